/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Columns and variants of a sweep as people call them: "rate of nginx", not
 * workload:nginx.rate_per_s.
 */

#ifndef STUDY_SWEEP_WORDS_H
#define	STUDY_SWEEP_WORDS_H

#include <glib.h>

#include "study/run/metric.h"
#include "study/sweep/table.h"

/* "rate of nginx"; "host.cpus". */
void	words_axis(const struct sweep_table *, int axis, GString *);
/* "rate of nginx (per s)" */
void	words_axis_unit(const struct sweep_table *, int axis, GString *);
/* "rate of nginx = 2500 per s" */
void	words_axis_value(const struct sweep_table *, int axis, guint value,
	    GString *);

/* What a column shows; NULL: nothing that is known. */
const struct metric *words_metric(const struct sweep_table *, int column);
/* "39.8 s", of a column. */
void	words_value(const struct sweep_table *, int column, double, GString *);
/* "ssh: time in which it missed its deadline, s; less is better" */
void	words_column(const struct sweep_table *, int column, GString *);

/* "current (freebsd-12.0)"; without the stack if the name says it. */
void	words_variant(const struct sweep_table *, guint variant, GString *);

#endif /* !STUDY_SWEEP_WORDS_H */
