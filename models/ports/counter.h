/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The counter: where the next search starts, for searches that run side by
 * side.
 */

#ifndef MODELS_PORTS_COUNTER_H
#define	MODELS_PORTS_COUNTER_H

#include <stdbool.h>
#include <stdint.h>

#include "models/ports/allocator.h"

struct port_counter {
	unsigned	lastport;	/* may stand behind the range */
	uint16_t	start;		/* of the search that begins */
	bool		proposed;
};

/* Draw a start, or take the counter's value and step it. */
enum allocator_begin port_counter_begin(void *st,
	    const struct allocator_conf *, uint16_t first, uint16_t last);
/* One run, of one candidate less than there are ports. */
bool	port_counter_propose(void *st, uint16_t first, uint16_t last,
	    struct port_run *run);
/* Nothing: collisions do not move the counter. */
void	port_counter_tried(void *st, uint16_t lport, bool found);
unsigned port_counter_lastport(const void *st);
void	port_counter_set_lastport(void *st, uint16_t lport);

#endif /* !MODELS_PORTS_COUNTER_H */
