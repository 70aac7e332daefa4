/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * How much work a run is, before it runs: a typing error in a rate should be
 * told in a moment, not after a night.
 *
 * Theory:	instructions, which do not depend on the machine's mood: so many
 *		for each connection (by the kernel's family: their searches
 *		visit more or less), for each that is open when the run
 *		begins, each inbound segment, each period of an observer, each
 *		wake-up of a daemon and each row of the timeline, for which
 *		some families count every port; and seconds, at EFFORT_PER_S of
 *		them.  How many connections there are is estimate.h's; if
 *		paper.h finds too few ports, those that fail are counted, too,
 *		as often as they try again.  The figures were counted by
 *		callgrind; tests/study/scenario/effort_test.sh holds runs to
 *		them, within a factor of EFFORT_FACTOR either way.  What is
 *		made of a run's result is in the time of all runs only.
 */

#ifndef STUDY_SCENARIO_EFFORT_H
#define	STUDY_SCENARIO_EFFORT_H

#include <glib.h>

#include "study/scenario/scenario.h"

#define	EFFORT_FACTOR	2
#define	EFFORT_PER_S	6e9	/* instructions a second of a CPU of today */

/* Instructions of one run of the variant. */
double	effort_run(const struct run_conf *);

/* Of all runs of the scenario; which variant's run is the longest. */
double	effort_scenario(const struct scenario *, unsigned *variant);

/* Append the time that they take of a CPU, two digits of it: "2.9 s". */
void	effort_add(GString *, double instructions);

#endif /* !STUDY_SCENARIO_EFFORT_H */
