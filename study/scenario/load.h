/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * From a scenario file to a scenario that can be run.
 */

#ifndef STUDY_SCENARIO_LOAD_H
#define	STUDY_SCENARIO_LOAD_H

#include "study/scenario/scenario.h"
#include "study/scenario/settings.h"

/*
 * path		a file; "-" is standard input, which may be loaded again
 * variant	NULL, or the only variant wanted (an unknown one is an error)
 *
 * Errors:	one line a problem, "FILE:LINE: [GROUP] KEY: ..." in one
 *		GError of domain pcbsim-scenario; all problems are told, not
 *		just the first.
 */
struct scenario *scenario_load(const char *path,
	    const struct override *overrides, unsigned noverrides,
	    const char *variant, GError **);

/* The same of a text, which messages call `name'; no file is made of it. */
struct scenario *scenario_load_text(const char *name, const char *text,
	    GError **);

/*
 * The same file with some values changed, as one of many: without a digest, and
 * what is parsed of defaults is the base's.  It must not change meanwhile, and
 * outlive the scenario; several threads may ask.
 */
struct scenario *scenario_load_like(const struct scenario *base,
	    const struct override *overrides, unsigned noverrides, GError **);

/*
 * Have another number of replications, as if it had been loaded so; its digest
 * changes with it.
 */
void	scenario_replicate(struct scenario *, unsigned replications,
	    const char *where);

#endif /* !STUDY_SCENARIO_LOAD_H */
