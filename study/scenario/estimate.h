/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a run will be like, before it runs: rough, from rates and means alone.
 *
 * Theory:	open loads: arrivals x time; open at a time at most rate x mean
 *		lifetime (Little), and never more than there were.  Loads that
 *		hold a number hold it, and renew it once a mean lifetime (and
 *		think time).  Failures, retries and TIME_WAIT are left out.
 */

#ifndef STUDY_SCENARIO_ESTIMATE_H
#define	STUDY_SCENARIO_ESTIMATE_H

#include "models/machine/run.h"

struct estimate {
	double		connections;	/* wanted in the whole run */
	double		open;		/* at a time, at most */
};

/* Of one workload, or of all and the accepted connections. */
void	estimate_workload(const struct run_conf *,
	    const struct workload_conf *, struct estimate *);
void	estimate_run(const struct run_conf *, struct estimate *);

#endif /* !STUDY_SCENARIO_ESTIMATE_H */
