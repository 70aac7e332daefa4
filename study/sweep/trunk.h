/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What runs have in common that differ in one parameter, simulated once.
 *
 * Theory:	nobody looks at the rate of a workload whose load is `poisson'
 *		or `steady' before that workload starts (load_ops.rates); so
 *		all runs that differ in it are the same one until then.  That
 *		part is run, and a copy of the process (brood.h) goes on from
 *		there at each value.  No other parameter acts that late for
 *		sure: all of a run's memory may depend on it from the start.
 */

#ifndef STUDY_SWEEP_TRUNK_H
#define	STUDY_SWEEP_TRUNK_H

#include <stdbool.h>

#include "models/machine/run.h"
#include "study/scenario/scenario.h"

struct assembly;

/* Where of a run: one that has got so far, and what it writes to. */
struct trunk_run {
	struct run_conf	conf;		/* .stop is whoever's has it */
	struct run_result *result;
	struct assembly	*assembly;	/* NULL: it is not shared */
	unsigned	workload;	/* that is varied */
};

struct trunk {
	unsigned	nvariants;
	struct trunk_run *runs;		/* runs[nvariants] */
};

/*
 * Until when runs of this variant are the same whatever `path' is; 0: not long
 * enough to be worth it.
 *
 * path		"workload:web.rate"
 * workload	[out] index of that
 */
simtime	trunk_until(const struct run_conf *, const char *path,
	    unsigned *workload);

/*
 * Run what variants have in common, of those that `wanted' names.
 *
 * sc		at one of the values; must outlive it
 * wanted	wanted[sc->nvariants]
 * stop		a run_conf.stop
 */
void	trunk_init(struct trunk *, const struct scenario *sc, const char *path,
	    unsigned replication, const bool *wanted,
	    bool (*stop)(void *, simtime), void *stop_arg);
void	trunk_fini(struct trunk *);

/*
 * Go on from here as the variant's run of another value.
 *
 * conf		of that
 *
 * Returns:	NULL: that one has nothing in common.  Else it is the caller's,
 *		with its conf, result and assembly.
 */
struct trunk_run *trunk_take(struct trunk *, unsigned variant,
	    const struct run_conf *conf);

#endif /* !STUDY_SWEEP_TRUNK_H */
