/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * From settings to runs: what the keys of a variant say together, checked, as a
 * run_conf.
 */

#ifndef STUDY_SCENARIO_WIRING_H
#define	STUDY_SCENARIO_WIRING_H

#include <glib.h>

#include "models/machine/run.h"
#include "study/scenario/settings.h"

/* Shared by the variants of a scenario. */
struct wiring {
	struct settings	*settings;
	GPtrArray	*pool;		/* memory of the confs; g_free */
	GPtrArray	*replays;	/* of struct replay */
	GPtrArray	*replay_keys;	/* in step: "skip\nPATH" */
};

/* Checks that hold for all variants. */
void	wiring_check(struct wiring *);

/*
 * Fill the conf of a variant, replication 0.  What is wrong goes to the
 * settings' problems; the conf is of no use then.
 */
void	wiring_variant(struct wiring *, const char *variant,
	    struct run_conf *);

#endif /* !STUDY_SCENARIO_WIRING_H */
