/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Whether what is chosen lies behind what is taken.
 *
 * Theory:	a search that starts anywhere and goes on at the next port ends
 *		behind the run of taken ports that it fell into, the more often
 *		the longer the run.  Each choice adds 1 if one of the two ports
 *		before it is taken, and, as its fair share, the share of such
 *		ports among all that were free then.  The ratio of the sums is 1
 *		if every free port was as likely.  At a load a of independent
 *		ports it is (a + (1 - a) f) / f, f = 1 - (1 - a)^2, for a random
 *		start and steps of one.
 *
 *		How many free ports lie behind a taken one is kept, not counted:
 *		a port that is taken or let go changes it for three places.
 *		Places are ports less the first of the range.
 */

#ifndef MODELS_MEASURES_GAPS_H
#define	MODELS_MEASURES_GAPS_H

#include <stdbool.h>
#include <stdint.h>

struct gaps {
	unsigned	ports;		/* places 0 .. ports - 1 */
	unsigned	held;		/* taken */
	unsigned	open;		/* neither taken nor closed */
	unsigned	behind;		/* .. and behind a taken one */
	uint64_t	*taken;		/* a bit a place, after two */
	const uint64_t	*closed;	/* likewise; borrowed */
};

/* Words for the bits of so many places. */
#define	GAPS_WORDS(ports)	(((ports) + 2 + 63) / 64)

/* closed	as `taken'; nothing of it may be taken later */
void	gaps_init(struct gaps *, unsigned ports, const uint64_t *closed);
void	gaps_fini(struct gaps *);

static inline bool
gaps_bit(const uint64_t *words, unsigned place)
{

	return ((words[(place + 2) / 64] >> (place + 2) % 64 & 1) != 0);
}

/* Is a free place behind a taken one? */
bool	gaps_is_behind(const struct gaps *, unsigned place);

/* Take a place, let it go; what is so already stays so. */
void	gaps_take(struct gaps *, unsigned place);
void	gaps_free(struct gaps *, unsigned place);

#endif /* !MODELS_MEASURES_GAPS_H */
