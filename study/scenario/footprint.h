/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * How much memory a run takes, before it runs, and how much there is: a typing
 * error in a rate should be told in a moment, not by the machine that swaps.
 *
 * Theory:	what grows in a run is its connections: each that is held at a
 *		time has a pcb, a place in every index, and what a workload
 *		remembers of it; one that only waits for a thread has the last
 *		of these.  Tables double as they grow, so there is a factor of
 *		two in it: FOOTPRINT_CONN is measured at its worst, just after
 *		a doubling (tests/study/scenario/footprint_test.c holds runs to
 *		it, from above and from below).  So do the rows of the timeline,
 *		which the result of a run keeps, and `run' those of all runs.
 */

#ifndef STUDY_SCENARIO_FOOTPRINT_H
#define	STUDY_SCENARIO_FOOTPRINT_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

#include "study/scenario/scenario.h"

#define	FOOTPRINT_BASE	(8u << 20)	/* bytes: tables of a small run */
#define	FOOTPRINT_CONN	320u		/* bytes a connection that is held */
#define	FOOTPRINT_THREAD 1200u		/* .. a program of its own, that may
					   be at work with all others at once */
#define	FOOTPRINT_RESULT (450u << 10)	/* a result: its histograms */
#define	FOOTPRINT_RESULT_LOAD (120u << 10)	/* .. of a workload */
#define	FOOTPRINT_MEASURES (40u << 20)	/* scenario.measures */

/* One run of the variant, bytes, at most. */
double	footprint_run(const struct run_conf *);

/* Of the scenario's variants the greatest, bytes; its index in `variant'. */
double	footprint_scenario(const struct scenario *, unsigned *variant);

/* What the results of all runs take together, which `run' keeps, bytes. */
double	footprint_results(const struct scenario *);

/*
 * What this process may still have, bytes: the least of what the system calls
 * available, its control group's limit and its own.  On systems that do not
 * say what is available, half of what is built in.
 */
double	footprint_available(void);

/*
 * Does one run at a time fit, and how many do?
 *
 * limit	bytes; 0: what there is
 * jobs		how many are wanted at a time; in the end how many fit
 *
 * Errors:	one run is larger than the limit: both figures, and which
 *		variant wants how many connections at a time.
 */
bool	footprint_fits(const struct scenario *, double limit, unsigned *jobs,
	    GError **);

/*
 * The same, if the results of all runs are kept until the last is there.
 *
 * Errors:	also, they are larger than the limit.
 */
bool	footprint_fits_all(const struct scenario *, double limit,
	    unsigned *jobs, GError **);

/* Append bytes as people say them: "3.9 GB". */
void	footprint_add(GString *, double bytes);

#endif /* !STUDY_SCENARIO_FOOTPRINT_H */
