/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Sets of ports, 0 to 65535, with the two questions that a port search asks:
 * which is the first port in none of these sets, and how many of this range
 * are in it.
 */

#ifndef MODELS_PORTS_SET_H
#define	MODELS_PORTS_SET_H

#include <stdbool.h>
#include <stdint.h>

#define	PORT_WORDS	1024		/* 65536 / 64 */
#define	PORT_NONE	65536u		/* "no such port" */

struct port_set {
	uint32_t	count;
	uint32_t	whole;		/* 4096s of ports that are all in it */
	uint64_t	some[PORT_WORDS / 64];	/* words with any bit set */
	uint64_t	full[PORT_WORDS / 64];	/* words with all bits set */
	uint64_t	word[PORT_WORDS];
};

void	port_set_clear(struct port_set *);

/* Must not, must be in it. */
void	port_set_add(struct port_set *, uint16_t port);
void	port_set_remove(struct port_set *, uint16_t port);

static inline bool
port_set_has(const struct port_set *s, unsigned port)
{

	return ((s->word[port / 64] >> port % 64 & 1) != 0);
}

/* First, last port in [lo, hi] that is in the set, or PORT_NONE. */
unsigned port_set_next(const struct port_set *, unsigned lo, unsigned hi);
unsigned port_set_prev(const struct port_set *, unsigned lo, unsigned hi);

/* How many ports of [lo, hi] are in it. */
unsigned port_set_count(const struct port_set *, unsigned lo, unsigned hi);

/* .. in both. */
unsigned port_set_count_both(const struct port_set *,
	    const struct port_set *, unsigned lo, unsigned hi);

/*
 * First, last port in [lo, hi] that is in none of sets[n], or PORT_NONE.
 */
unsigned port_set_first_free(const struct port_set *const *sets, unsigned n,
	    unsigned lo, unsigned hi);
unsigned port_set_last_free(const struct port_set *const *sets, unsigned n,
	    unsigned lo, unsigned hi);
/* How many ports of [lo, hi] are in none of them. */
unsigned port_set_count_free(const struct port_set *const *sets, unsigned n,
	    unsigned lo, unsigned hi);

#endif /* !MODELS_PORTS_SET_H */
