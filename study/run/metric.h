/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What is measured of a run: the columns of summary.csv, which are also the
 * names that [expect] knows.  One table; a column is a row of it.
 *
 * A workload's own metrics follow as WORKLOAD_METRIC, with each `-' of the
 * workload's name turned into `_': "nginx_eaddrnotavail".
 */

#ifndef STUDY_RUN_METRIC_H
#define	STUDY_RUN_METRIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "models/machine/run.h"
#include "sim/time.h"
#include "study/text/csvout.h"

struct scenario;

enum metric_kind {
	METRIC_TEXT,		/* no number: stack, variant */
	METRIC_VERDICT,		/* text, and 0 (ok) .. 4 (never-recovers) */
	METRIC_COUNT,
	METRIC_TIME,		/* ps, told in units of `unit_ps' */
	METRIC_DOUBLE
};

enum metric_better {
	METRIC_NEUTRAL,
	METRIC_LOWER,		/* less is better */
	METRIC_HIGHER
};

/* Of what a value is taken. */
struct metric_run {
	const char	*variant;
	const struct run_conf *conf;
	const struct run_result *res;
};

struct metric_value {
	enum metric_kind kind;
	bool		none;		/* e.g. no exhaustion: no time of it */
	const char	*text;		/* METRIC_TEXT, METRIC_VERDICT */
	uint64_t	count;		/* METRIC_COUNT, METRIC_VERDICT */
	simtime		ps;
	simtime		unit_ps;
	double		number;		/* METRIC_DOUBLE */
};

struct metric {
	const char	*name;		/* "connect_p99_us" */
	const char	*unit;		/* "us"; "" for a count or share */
	const char	*doc;
	enum metric_kind kind;
	enum metric_better better;
	simtime		unit_ps;
	/* How to take it; see metric.c. */
	unsigned	from;
	size_t		offset;
	unsigned	num, den;
	void		(*take)(const struct metric_run *,
			    struct metric_value *);
};

/* The metrics of a run, in the order of the columns; .name NULL ends. */
extern const struct metric metric_table[];
/* The metrics of a workload. */
extern const struct metric metric_workload_table[];

void	metric_take(const struct metric *, const struct metric_run *,
	    struct metric_value *);
void	metric_take_workload(const struct metric *,
	    const struct workload_result *, struct metric_value *);

/* As a number of the metric's unit; none is infinity. */
double	metric_number(const struct metric_value *);

/*
 * How sharp a figure is: by how much it may be too high.  A quantile is known
 * to a bucket of its histogram, 0.8 %; all else exactly.
 *
 * values	values[n], in the metric's unit, finite; the mean is taken
 */
double	metric_resolution(const struct metric *, const double *values,
	    unsigned n);

/* As a CSV field; none is empty. */
void	metric_write(const struct metric_value *, struct csvout *);

/* "nginx_ok" for workload "nginx".  Free with g_free(). */
char	*metric_workload_name(const char *workload, const struct metric *);

/*
 * What a column of that name in summary.csv shows, of a run or of whatever
 * workload; NULL: nothing that is known.
 */
const struct metric *metric_of_column(const char *name);

/*
 * Could [expect] know this name?  True for WORKLOAD_METRIC with any workload;
 * metric_check() knows the workloads, too.
 */
bool	metric_known(const char *name);

/* The metric of that name and its workload's index, -1: the run's. */
const struct metric *metric_find(const struct run_conf *, const char *name,
	    int *workload);

/*
 * "; did you mean X?" of a name that metric_find() does not know, or "": of the
 * run's metrics, its workloads' and verdicts.  Free with g_free().
 */
char	*metric_hint(const struct run_conf *, const char *name);

/* A value by name; false if there is no such number. */
bool	metric_lookup(const struct metric_run *, const char *name,
	    double *value);

/*
 * An expr_lookup_fn that checks the names only; `scenario' is a struct
 * scenario.
 */
bool	metric_check(const char *variant, const char *metric, double *value,
	    void *scenario, GError **);

#define	METRIC_ERROR	g_quark_from_static_string("pcbsim-metric")
#define	METRIC_ERROR_VARIANT	1	/* no such variant */
#define	METRIC_ERROR_NAME	2	/* no such metric */

#endif /* !STUDY_RUN_METRIC_H */
