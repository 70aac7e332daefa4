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

struct sim;

struct sim_running {
	const struct sim *sim;
};

extern _Thread_local struct sim_running sim_running;

uint64_t sim_seed(const struct sim *);

#endif /* !SIM_RUNNING_H */
