/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Which simulation this thread is in, for panic messages and nothing else: the
 * one exception to the rule against file-scope state.  Set by sim_next().
 */

#ifndef SIM_RUNNING_H
#define	SIM_RUNNING_H

#include <stdint.h>

#include "sim/time.h"

/* Where a simulation is; it begins with one of these. */
struct sim_where {
	simtime		now;
	uint64_t	events;		/* delivered so far */
	uint64_t	seed;
};

struct sim_running {
	const struct sim_where *where;	/* NULL: in none */
};

/* Part of a program, never of a library that is loaded: one store. */
extern _Thread_local struct sim_running sim_running
    __attribute__((__tls_model__("local-exec")));

#endif /* !SIM_RUNNING_H */
