/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A scenario: what a user writes, parsed, checked and wired to the models.
 * The file format is docs/man/pcbsim-scenario.5; the keys are one table
 * (study/scenario/param.h).
 */

#ifndef STUDY_SCENARIO_SCENARIO_H
#define	STUDY_SCENARIO_SCENARIO_H

#include <stdbool.h>

#include <glib.h>

#include "models/machine/run.h"

/* A column of the comparison: a stack plus overrides, fully resolved. */
struct variant {
	const char	*name;
	const char	*release;	/* as typed: a stack, or a release */
	struct run_conf	conf;		/* replication 0; no trace, no stop */
};

struct expectation {
	const char	*name;		/* "none-fails-after-the-fix" */
	const char	*text;		/* "proposed.eaddrnotavail == 0" */
	const char	*where;		/* "FILE:LINE" */
	struct expr	*expr;		/* study/text/expr.h */
};

struct scenario {
	char		*path;		/* as given */
	char		*name;		/* scenario.name, or from the file */
	char		*title;
	/* The comments that open the file, "# Question:" ...; or NULL. */
	char		*question;
	char		*expected;
	char		*wrong;
	char		digest[65];	/* SHA-256 of the canonical form, hex */
	uint64_t	seed;
	unsigned	replications;
	unsigned	nvariants;
	struct variant	*variants;
	unsigned	nexpectations;
	struct expectation *expectations;
	/* The recordings of all workloads, one a file. */
	unsigned	nreplays;
	struct replay	**replays;	/* study/scenario/replay.h */
	struct settings	*settings;	/* owns all text */
	void		*pool;		/* what the confs point to */
	/* What was read and has no meaning here, char *; borrowed. */
	const GPtrArray	*notes;
};

void	scenario_free(struct scenario *);

/* For each replication: conf of the variant with the replication set. */
void	scenario_conf(const struct scenario *, unsigned variant,
	    unsigned replication, struct run_conf *);

#endif /* !STUDY_SCENARIO_SCENARIO_H */
