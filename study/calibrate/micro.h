/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Operations that one thread can repeat: a system call, a lock that nobody
 * else wants, a spin-wait hint.
 *
 * Theory:	the loop is repeated until it takes long enough for the clock,
 *		and its time divided by its rounds.  pthread locks stand in for
 *		the kernel's: both are an atomic instruction to acquire and
 *		one to release, plus a call.
 */

#ifndef STUDY_CALIBRATE_MICRO_H
#define	STUDY_CALIBRATE_MICRO_H

#include <stdbool.h>

#include "models/cpus/costs.h"
#include "study/calibrate/runs.h"

struct calibrate_micro {
	const char	*name;		/* of the row */
	const char	*method;
	/* `rounds' times. */
	void		(*loop)(uint64_t rounds);
};

/* Those that this machine has, by name of the cost; .name NULL ends it. */
extern const struct calibrate_micro calibrate_micros[];

/* One run: at least `least' ps long; false: there is no thread to be had. */
bool	calibrate_micro_run(const struct calibrate_micro *, simtime least,
	    struct calibrate_runs *);

#endif /* !STUDY_CALIBRATE_MICRO_H */
