/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * How evenly the ports of a range are used.
 *
 * Theory:	each use of a port, by a connection whose port the kernel
 *		chose, is counted.  Of n uses of the N ports that there are:
 *
 *		entropy	-sum p log2 p, with Miller's and Madow's correction,
 *			over log2 min(N, n): 1 if all are used alike.
 *		spread	sum (c - n / N)^2 / (n / N) / (N - 1): 1 of a fair die,
 *			give or take sqrt(2 / N), whatever n; 0 of turns; more
 *			where some ports are preferred.
 *		peak	the uses of the port used most over the mean.
 *
 *		Of ports directly behind one that may not be used (reserved, or
 *		a listener's), a search that goes on at the next port uses more:
 *		their share of the uses over their share of the ports.  The two
 *		behind count, because Linux tries every other port: after a
 *		block of B, both ways of trying give (B + 2) / 2.
 */

#ifndef MODELS_MEASURES_EVENNESS_H
#define	MODELS_MEASURES_EVENNESS_H

#include <stdbool.h>
#include <stdint.h>

#include "models/ports/set.h"

struct evenness {
	uint16_t	first, last;
	const struct port_set *closed;	/* not to be used; borrowed */
	unsigned	ports;		/* the others */
	uint64_t	uses;
	uint32_t	*count;		/* by port */
};

void	evenness_init(struct evenness *, uint16_t first, uint16_t last,
	    const struct port_set *closed);
void	evenness_fini(struct evenness *);
void	evenness_forget(struct evenness *);

static inline void
evenness_add(struct evenness *e, uint16_t lport)
{

	e->count[lport]++;
	e->uses++;
}

/* NAN where there is nothing to tell of. */
double	evenness_entropy(const struct evenness *);
double	evenness_spread(const struct evenness *);
double	evenness_peak(const struct evenness *);
/* Share of the ports that was used. */
double	evenness_reached(const struct evenness *);
double	evenness_behind(const struct evenness *);

#endif /* !MODELS_MEASURES_EVENNESS_H */
