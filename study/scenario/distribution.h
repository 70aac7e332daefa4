/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Distributions and rate profiles as a scenario writes them: lognormal(60s,
 * 1.2), and 2k/s; 30s: 8k/s; 60s: 2k/s.
 */

#ifndef STUDY_SCENARIO_DISTRIBUTION_H
#define	STUDY_SCENARIO_DISTRIBUTION_H

#include <stdbool.h>

#include <glib.h>

#include "models/machine/run.h"
#include "sim/dist.h"

struct distribution {
	struct dist	dist;		/* its table is ours */
	char		*file;		/* empirical: as it was found */
};

void	distribution_fini(struct distribution *);

/*
 * The i-th that there is: "pareto", "pareto(min, alpha)" and what it is of.
 * False: there are no more.
 */
bool	distribution_known(unsigned i, const char **name, const char **form,
	    const char **doc);

/*
 * constant(x) uniform(a, b) exponential(mean) lognormal(median, sigma)
 * pareto(min, alpha) empirical(FILE)
 *
 * dir		where empirical looks for FILE first; its column duration_s is
 *		the sample, so a recording will do
 */
bool	distribution_parse(const char *, const char *dir,
	    struct distribution *, GError **);
void	distribution_add(GString *, const struct distribution *);

/* Append the steps to `steps', a GArray of struct rate_step. */
bool	profile_parse(const char *, GArray *steps, GError **);
void	profile_add(GString *, const struct rate_step *, unsigned n);

#endif /* !STUDY_SCENARIO_DISTRIBUTION_H */
