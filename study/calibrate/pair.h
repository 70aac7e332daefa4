/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Two threads that take turns: what passes between CPUs, or between threads of
 * one CPU.
 *
 * Theory:	handoff: both spin on one word, on two cores; a round moves its
 *		cache line there and back.  wake: one sleeps until the other
 *		wakes it, on another core that has gone idle; from before the
 *		waking call until the sleeper runs.  switch: both on one CPU, a
 *		byte through a pipe and one back; a round is two switches, with
 *		the system calls that bring them about.
 */

#ifndef STUDY_CALIBRATE_PAIR_H
#define	STUDY_CALIBRATE_PAIR_H

#include <stdbool.h>

#include "study/calibrate/cpu.h"
#include "study/calibrate/runs.h"

struct calibrate_pair {
	const char	*name;		/* of the cost */
	const char	*method;
	bool		two_cpus;	/* needs calibrate_cpu.other */
	unsigned	rounds;		/* of a run */
	/* One run; false: the system would not do it. */
	bool		(*run)(const struct calibrate_cpu *, unsigned rounds,
			    struct calibrate_runs *);
};

/* .name NULL ends it. */
extern const struct calibrate_pair calibrate_pairs[];

/* Why it cannot be measured here, a literal; NULL if it can. */
const char *calibrate_pair_missing(const struct calibrate_pair *,
	    const struct calibrate_cpu *);

#endif /* !STUDY_CALIBRATE_PAIR_H */
