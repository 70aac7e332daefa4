/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A comparison for people, and for programs.
 */

#ifndef STUDY_STAT_COMPARE_TEXT_H
#define	STUDY_STAT_COMPARE_TEXT_H

#include <stdio.h>

#include <glib.h>

#include "study/stat/compare.h"

/* Metrics by what came out for each: better, worse, not proven, ... */
void	compare_text(const struct compare *, GString *);

/* Every metric in ministat(1)'s layout, and the difference that counts. */
void	compare_text_samples(const struct compare *, GString *);

/*
 * One row a pair and metric.  A value that is not there is an empty field;
 * `difference' is that of the means, `half_width' that of the 95 % interval.
 */
void	compare_text_csv(const struct compare *, FILE *);

#endif /* !STUDY_STAT_COMPARE_TEXT_H */
