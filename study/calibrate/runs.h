/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The same measured several times: what one operation took in each run.
 *
 * Theory:	other work on the machine only ever adds, so the minimum is
 *		the least disturbed run and the median what is to be expected;
 *		where the two lie far apart, the machine was not quiet.
 */

#ifndef STUDY_CALIBRATE_RUNS_H
#define	STUDY_CALIBRATE_RUNS_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/time.h"

#define	CALIBRATE_RUNS_MAX	16

/*
 * A median above this share of the minimum, in percent, is noise, unless it is
 * so little above that nothing shows: 0.1 ns.
 */
#define	CALIBRATE_RUNS_NOISE	130
#define	CALIBRATE_RUNS_SLACK	(SIM_NS / 10)

struct calibrate_runs {
	unsigned	n;
	simtime		ps[CALIBRATE_RUNS_MAX];	/* of one operation */
};

/* The present moment of a clock that only goes forward, ps. */
simtime	calibrate_runs_clock(void);

void	calibrate_runs_init(struct calibrate_runs *);

/* A run of `ops' operations that took `elapsed' ps in all; ops > 0. */
void	calibrate_runs_add(struct calibrate_runs *, simtime elapsed,
	    uint64_t ops);

/* Of at least one run; with an even number the lower of the two medians. */
simtime	calibrate_runs_median(const struct calibrate_runs *);
simtime	calibrate_runs_min(const struct calibrate_runs *);

/* Is the median more than 30 % above the minimum? */
bool	calibrate_runs_noisy(const struct calibrate_runs *);

#endif /* !STUDY_CALIBRATE_RUNS_H */
