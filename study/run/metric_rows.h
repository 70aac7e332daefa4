/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * How the tables of metrics write a row: by a function, as a field of the
 * struct METRIC_OF, as a quantile of a histogram there.
 */

#ifndef STUDY_RUN_METRIC_ROWS_H
#define	STUDY_RUN_METRIC_ROWS_H

#define	FN(n, k, u, b, s, fn, d)					\
	{ .name = n, .unit = u, .doc = d, .kind = METRIC_##k,		\
	    .better = METRIC_##b, .unit_ps = s, .take = fn }
#define	FU(n, k, u, b, s, fn, d)					\
	{ .name = n, .unit = u, .doc = d, .kind = METRIC_##k,		\
	    .better = METRIC_##b, .unit_ps = s, .take = fn, .grows = true }
#define	OF(n, k, u, b, s, how, field, d)				\
	{ .name = n, .unit = u, .doc = d, .kind = METRIC_##k,		\
	    .better = METRIC_##b, .unit_ps = s, .from = FROM_##how,	\
	    .offset = offsetof(struct METRIC_OF, field) }
/* The same of what only grows while a run goes on. */
#define	UP(n, k, u, b, s, how, field, d)				\
	{ .name = n, .unit = u, .doc = d, .kind = METRIC_##k,		\
	    .better = METRIC_##b, .unit_ps = s, .from = FROM_##how,	\
	    .offset = offsetof(struct METRIC_OF, field), .grows = true }
#define	QU(n, u, s, field, p, q, d)					\
	{ .name = n, .unit = u, .doc = d, .kind = METRIC_TIME,		\
	    .better = METRIC_LOWER, .unit_ps = s,			\
	    .from = FROM_QUANTILE,					\
	    .offset = offsetof(struct METRIC_OF, field),		\
	    .num = p, .den = q }

#endif /* !STUDY_RUN_METRIC_ROWS_H */
