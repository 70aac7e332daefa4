/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Memory in large pages where the system gives them, as a kernel's is.
 */

#ifndef STUDY_CALIBRATE_MAP_H
#define	STUDY_CALIBRATE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define	CALIBRATE_MAP_LARGE	(2UL << 20)	/* bytes of a large page */

struct calibrate_map {
	void		*base;		/* as it was mapped */
	size_t		size;		/* bytes */
	bool		large;		/* nine tenths are in large pages */
};

/*
 * Map, ask for large pages, touch all of it, and see whether they were given.
 *
 * Returns:	false if the system does not give that much; nothing is left.
 */
bool	calibrate_map_init(struct calibrate_map *, size_t size);
void	calibrate_map_fini(struct calibrate_map *);

/* The first address in it where a large page may begin. */
static inline char *
calibrate_map_start(const struct calibrate_map *m)
{

	return ((char *)(((uintptr_t)m->base + CALIBRATE_MAP_LARGE - 1) &
	    ~(CALIBRATE_MAP_LARGE - 1)));
}

#endif /* !STUDY_CALIBRATE_MAP_H */
