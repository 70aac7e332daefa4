/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Samples as files that ministat(1) reads.
 */

#ifndef STUDY_STAT_COMPARE_SAMPLES_H
#define	STUDY_STAT_COMPARE_SAMPLES_H

#include <stdbool.h>

#include <glib.h>

#include "study/stat/compare_input.h"

/*
 * Write DIR/samples/VARIANT/METRIC.txt, one number a line as it stands in
 * summary.csv, a replication each; a verdict as its number.  Replications
 * without a value are left out, and a # line counts them.
 *
 * metrics	names, NULL-terminated; NULL: all
 * stop		once it is not 0, nothing is written; NULL: never
 * remark	[out] of what was ended before (study/run/amend.h); g_free()
 *
 * Errors:	the file and the cause: one that is not ours stands there
 *		(study/run/amend.h).
 */
bool	compare_samples_write(const struct compare_input *, char **metrics,
	    const gint *stop, char **remark, GError **);

#endif /* !STUDY_STAT_COMPARE_SAMPLES_H */
