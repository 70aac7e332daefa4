/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A sweep file, up to its axes; the rest of struct sweep is sweep.c's.
 */

#ifndef STUDY_SWEEP_FILE_H
#define	STUDY_SWEEP_FILE_H

#include "study/sweep/sweep.h"
#include "study/text/keyfile.h"
#include "study/text/problem.h"

/*
 * Fill in scenario, base, replications, axes and dims.
 *
 * Returns:	the entry of the constraint, NULL if there is none.
 */
const struct keyfile_entry *sweep_file_read(struct sweep *,
	    const struct keyfile *, struct problems *);

#endif /* !STUDY_SWEEP_FILE_H */
