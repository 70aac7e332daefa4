/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Once through the whole range, each port once: orders that kernels might have,
 * which find a port where there is one.
 *
 * Theory:	stride: from a random port on, always the same random number
 *		of ports further, which has no factor in common with the size
 *		of the range.  Taken ports that stand together are met one at a
 *		time, not one after the other.
 *
 *		slices: the range is cut into one part a CPU; a search begins at
 *		a random port of its own CPU's part and goes up from there, and
 *		round.  (DragonFly's classes are ports modulo the number of
 *		CPUs; slices do the same with neighbours.)
 */

#ifndef MODELS_PORTS_ONCE_H
#define	MODELS_PORTS_ONCE_H

#include <stdbool.h>
#include <stdint.h>

#include "models/ports/allocator.h"

struct port_once {
	struct port_run	run;		/* of the search that is begun */
	bool		proposed;
};

/* The run of the search: all ports, from `start' on. */
void	port_once_set(struct port_once *, unsigned start, unsigned step,
	    unsigned ports);

enum allocator_begin port_once_stride(void *, const struct allocator_conf *,
	    uint16_t first, uint16_t last);
enum allocator_begin port_once_slices(void *, const struct allocator_conf *,
	    uint16_t first, uint16_t last);
bool	port_once_propose(void *, uint16_t first, uint16_t last,
	    struct port_run *);
void	port_once_tried(void *, uint16_t lport, bool found);

#endif /* !MODELS_PORTS_ONCE_H */
