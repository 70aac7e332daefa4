/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * How large a table becomes that is full.
 *
 * Theory:	twice as large while it is small, an eighth larger from then on.
 *		So of ten million entries no more than an eighth is room, where
 *		doubling leaves up to a half; and realloc(3) moves pages of a
 *		table of that size, or, where it copies, does so nine times for
 *		each entry.
 */

#ifndef SIM_GROW_H
#define	SIM_GROW_H

#include <stdint.h>

#define	GROW_DOUBLES	65536u

/* least: of a table that has no entry yet; at least 1. */
static inline uint32_t
grow_size(uint32_t size, uint32_t least)
{

	if (size == 0)
		return (least);
	return (size < GROW_DOUBLES ? 2 * size : size + size / 8);
}

#endif /* !SIM_GROW_H */
