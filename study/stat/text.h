/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Samples and differences in the layout that ministat(1) prints, so that
 * whoever knows one can read the other, and a program that reads one reads
 * both.  Quantiles are computed here and rounded to three decimals there, so
 * the last digits of an interval may differ.
 */

#ifndef STUDY_STAT_TEXT_H
#define	STUDY_STAT_TEXT_H

#include <glib.h>

#include "study/stat/stat.h"

/* Who is x and who +, and their rows under one heading. */
void	stat_text_samples(GString *, const char *name_a,
	    const struct stat_sample *a, const char *name_b,
	    const struct stat_sample *b);

/*
 * The difference with its interval, or that none is proven.  The pooled one
 * reads as ministat's; the others say what they are.
 *
 * base		the mean that percentages refer to; 0: there are none
 */
void	stat_text_diff(GString *, const struct stat_diff *, double base);

#endif /* !STUDY_STAT_TEXT_H */
