/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Connections by their 4-tuple: an open hash that forgets.
 *
 * Theory:	linear probing, at most half full; what is taken out leaves no
 *		mark, because what stands behind it moves up.  Nobody walks it,
 *		so that no result depends on its order.
 */

#ifndef MODELS_MACHINE_TUPLES_H
#define	MODELS_MACHINE_TUPLES_H

#include <stdbool.h>
#include <stdint.h>

struct tuple {
	uint32_t	laddr, faddr;
	uint16_t	lport, fport;
};

struct tuples_slot {
	struct tuple	key;
	uint32_t	conn;		/* CONN_NONE: the slot is free */
};

/* All zero: an empty one. */
struct tuples {
	struct tuples_slot *slot;	/* slot[size] */
	uint32_t	size;		/* a power of two, or 0 */
	uint32_t	n;
};

void	tuples_fini(struct tuples *);

static inline bool
tuple_equal(const struct tuple *a, const struct tuple *b)
{

	return (a->laddr == b->laddr && a->faddr == b->faddr &&
	    a->lport == b->lport && a->fport == b->fport);
}

/* In place of whatever has that tuple. */
void	tuples_put(struct tuples *, const struct tuple *, uint32_t conn);
/* Take it out; CONN_NONE: it is not there. */
uint32_t tuples_take(struct tuples *, const struct tuple *);

#endif /* !MODELS_MACHINE_TUPLES_H */
