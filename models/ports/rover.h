/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The rover: the last port handed out, and where the next search starts.
 */

#ifndef MODELS_PORTS_ROVER_H
#define	MODELS_PORTS_ROVER_H

#include <stdbool.h>
#include <stdint.h>

#include "models/ports/allocator.h"

struct port_rover {
	uint16_t	lastport;	/* initially 0 */
	bool		proposed;	/* the run of this search */
	unsigned	stoprandom;	/* s; 0: random starts allowed */
	unsigned	allocs;		/* searches ever; wraps */
	unsigned	allocs_at_tick;
};

/* Draw a start if the sysctls and the last seconds allow it. */
enum allocator_begin port_rover_begin(void *st,
	    const struct allocator_conf *, uint16_t first, uint16_t last);
/* Draw one on every call. */
enum allocator_begin port_rover_begin_random(void *st,
	    const struct allocator_conf *, uint16_t first, uint16_t last);
bool	port_rover_propose(void *st, uint16_t first, uint16_t last,
	    struct port_run *run);
void	port_rover_tried(void *st, uint16_t lport, bool found);
void	port_rover_tick(void *st, const struct allocator_conf *);
unsigned port_rover_lastport(const void *st);
void	port_rover_set_lastport(void *st, uint16_t lport);
unsigned port_rover_stoprandom(const void *st);
void	port_rover_set_stoprandom(void *st, unsigned seconds);

#endif /* !MODELS_PORTS_ROVER_H */
