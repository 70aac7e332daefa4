/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Is an address, or a port, among these?  Lists have up to a million entries,
 * and are compared with each other.
 *
 * Theory:	sorted, and halved: 4 bytes an entry.
 */

#ifndef STUDY_SCENARIO_ADDR_SET_H
#define	STUDY_SCENARIO_ADDR_SET_H

#include <stdbool.h>
#include <stdint.h>

struct addr_set {
	uint32_t	*sorted;
	unsigned	n;
};

/* A copy of theirs. */
void	addr_set_init(struct addr_set *, const uint32_t *addrs, unsigned n);
void	addr_set_fini(struct addr_set *);

bool	addr_set_has(const struct addr_set *, uint32_t addr);

/* One that is there twice; 0: none is. */
uint32_t addr_set_twice(const struct addr_set *);

/* The share of `theirs' that is in it. */
double	addr_set_share(const struct addr_set *, const uint32_t *theirs,
	    unsigned n);

#endif /* !STUDY_SCENARIO_ADDR_SET_H */
