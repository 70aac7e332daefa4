/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Claims: what [expect] says of an experiment, and whether it holds.
 */

#ifndef STUDY_RUN_CLAIM_H
#define	STUDY_RUN_CLAIM_H

#include <stdbool.h>

#include <glib.h>

#include "study/run/experiment.h"

enum claim_outcome {
	CLAIM_HOLDS,
	CLAIM_FAILS,
	CLAIM_SKIPPED		/* a variant that it needs was not run */
};

/*
 * Check the names that every claim uses, before anything runs.
 *
 * partial	some variants were left out on purpose: a claim about them is
 *		no error
 * Errors:	one line a claim: where it stands, and what is wrong.
 */
bool	claim_check_names(const struct scenario *, bool partial, GError **);

/*
 * Does claim `idx' hold?
 *
 * text		[out] the expression, with its values if it does not hold, or
 *		why it was skipped; free with g_free()
 */
enum claim_outcome claim_judge(const struct experiment *, unsigned idx,
	    char **text);

/* "ok", "FAIL", "skip". */
const char *claim_outcome_name(enum claim_outcome);

#endif /* !STUDY_RUN_CLAIM_H */
