/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a run will be like, before it runs: rough, from rates and means alone.
 *
 * Theory:	open loads: arrivals x time; at a time at most rate x mean time
 *		in the tables (Little), and never more than there were.  Where
 *		our side closes, a connection is in the tables for its lifetime
 *		and then for the 2 MSL of TIME_WAIT, unless the kernel goes
 *		without it (nolocaltimewait) or caps it (maxtcptw, to 13.x).
 *		Loads that hold a number hold it, TIME_WAIT included, and renew
 *		each once its time is over.  Failures and retries are left out.
 */

#ifndef STUDY_SCENARIO_ESTIMATE_H
#define	STUDY_SCENARIO_ESTIMATE_H

#include <stdbool.h>

#include "study/scenario/recorded.h"
#include "study/scenario/scenario.h"

struct estimate {
	double		connections;	/* wanted in the whole run */
	/* At a time, at most. */
	double		open;		/* alive */
	double		timewait;	/* in TIME_WAIT */
	double		held;		/* either: pcbs */
	bool		capped;		/* `timewait' is the kernel's cap */
	double		rate;		/* of a workload, a second, at most; 0:
					   not by a rate */
};

/* Of one workload, or of all and the accepted connections. */
void	estimate_workload(const struct run_conf *,
	    const struct workload_conf *, struct estimate *);
void	estimate_run(const struct run_conf *, struct estimate *);

/*
 * Why the workload wants no connection at all: "its rate is 0/s".  NULL if it
 * wants some, or may.
 */
const char *estimate_none(const struct run_conf *,
	    const struct workload_conf *);

/*
 * "connects to 127.0.0.1, which is not in host.laddrs and so is another
 * host's": any host has that address, and few will mean another's.  NULL, or
 * g_free().
 */
char	*estimate_elsewhere(const struct run_conf *,
	    const struct workload_conf *);

/*
 * What nobody may have meant: workloads that want none in any variant, and
 * variants in which nobody wants any; peers on the loopback that count as other
 * hosts.  A line each, free with g_ptr_array_unref().
 */
GPtrArray *estimate_idle(const struct scenario *);

/* How long a connection of the workload stays in TIME_WAIT, mean, ps. */
double	estimate_timewait(const struct run_conf *,
	    const struct workload_conf *);

/* The same of a recording, in its own time. */
void	estimate_stay(const struct run_conf *, const struct workload_conf *,
	    struct recorded_stay *);

/* Connections in TIME_WAIT that the kernel keeps; infinite: no cap. */
double	estimate_timewait_max(const struct run_conf *);

#endif /* !STUDY_SCENARIO_ESTIMATE_H */
