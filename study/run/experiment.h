/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * An experiment: every variant of a scenario, every replication, each a run
 * of its own, several at a time.  A result is stored under its run's index,
 * so that nothing depends on which was done first.
 */

#ifndef STUDY_RUN_EXPERIMENT_H
#define	STUDY_RUN_EXPERIMENT_H

#include <stdbool.h>

#include <glib.h>

#include "models/machine/run.h"
#include "study/run/crew.h"
#include "study/run/metric.h"
#include "study/run/provenance.h"
#include "study/scenario/scenario.h"

struct moves;

struct experiment {
	const struct scenario *sc;	/* borrowed */
	unsigned	nruns;		/* variants x replications */
	struct run_conf	*confs;		/* confs[nruns], by variant */
	struct run_result **results;	/* results[nruns]; NULL: never begun */

	const struct moves *moves;	/* borrowed; NULL: nobody tried */

	/* While it runs. */
	const struct experiment_how *how;
	struct crew	crew;
	gint		next;		/* run, for who asks first */
	gint		*permille;	/* permille[nruns], of its duration */
};

struct experiment_how {
	unsigned	jobs;		/* runs at a time, >= 1 */
	/* run_simulate(), or what a test puts in its place. */
	struct run_result *(*simulate)(const struct run_conf *);
	/* Set to the number of a signal by its handler; may be NULL. */
	const gint	*stop;
	/* Called some times a second: share done, 0..1.  May be NULL. */
	void		(*tick)(void *arg, double share);
	void		*tick_arg;
	/* Fewer threads than jobs could be made (crew.h); may be NULL. */
	void		(*fewer)(unsigned made, unsigned wanted,
			    const char *why);
};

/* `search' is how searches are made in all runs. */
struct experiment *experiment_new(const struct scenario *, enum net_search);
void	experiment_free(struct experiment *);

/*
 * Take over the runs that `from' has done of the same scenario with fewer
 * replications; they are not done again.
 *
 * replications	of `from'
 */
void	experiment_adopt(struct experiment *, struct experiment *from,
	    unsigned replications);

/* Blocks until all runs are over, or stopped. */
void	experiment_run(struct experiment *, const struct experiment_how *);

/* Did every run reach its end? */
bool	experiment_complete(const struct experiment *);

/*
 * What to say in the mark of an unfinished result: "2 of 4 runs ended early".
 * NULL if it is complete.  Free with g_free().
 */
char	*experiment_incomplete(const struct experiment *);

/* Of one run; .res is NULL if it never began. */
struct metric_run experiment_metric_run(const struct experiment *,
    unsigned variant, unsigned replication);

/* Index of a variant, -1 if there is none. */
int	experiment_variant(const struct experiment *, const char *name);

/*
 * Mean of a metric over a variant's replications; a single infinite one makes
 * it infinite.  False if there is no such metric, or nothing was run.
 */
bool	experiment_mean(const struct experiment *, unsigned variant,
	    const char *metric, double *mean);

/* An expr_lookup_fn over those means; `experiment' is a struct experiment. */
bool	experiment_lookup(const char *variant, const char *metric,
	    double *value, void *experiment, GError **);

#endif /* !STUDY_RUN_EXPERIMENT_H */
