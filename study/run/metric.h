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
 * workload's name turned into `_': "nginx_eaddrnotavail"; then an observer's as
 * OBSERVER_METRIC: "ssh_max_ms".
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
	METRIC_VERDICT,		/* text, and 0 (ok) .. 6 (panics) */
	METRIC_COUNT,
	METRIC_TIME,		/* ps, told in units of `unit_ps' */
	METRIC_DOUBLE
};

enum metric_better {
	METRIC_NEUTRAL,
	METRIC_LOWER,		/* less is better */
	METRIC_HIGHER
};

/* How it is taken of the struct that it is of. */
enum metric_from {
	FROM_FUNCTION,
	FROM_U64,
	FROM_TIME,		/* a simtime; SIM_NEVER is none */
	FROM_DOUBLE,
	FROM_BOOL,
	FROM_TEXT,		/* a const char * */
	FROM_QUANTILE,		/* of a histogram; none if it is empty */
	FROM_MEAN,		/* likewise */
	FROM_MAX		/* of a histogram; 0 if it is empty */
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
	/*
	 * As long as a run goes on, and its warm-up is over, it is never more
	 * than it is going to be at the end (assembly_so_far()).
	 */
	bool		grows;
	/* How to take it: a field, or a function. */
	enum metric_from from;
	size_t		offset;
	unsigned	num, den;
	void		(*take)(const struct metric_run *,
			    struct metric_value *);
};

/* The metrics of a run, in the order of the columns; .name NULL ends. */
extern const struct metric metric_table[];
/* .. beside them those of scenario.measures = 1. */
extern const struct metric metric_measures_table[];
/* The metrics of a workload, and of an observer. */
extern const struct metric metric_workload_table[];
extern const struct metric metric_observer_table[];

void	metric_take(const struct metric *, const struct metric_run *,
	    struct metric_value *);
void	metric_take_observer(const struct metric *,
	    const struct observer_result *, struct metric_value *);
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
char	*metric_own_name(const char *owner, const struct metric *);

/*
 * Is it a column of its own?  Of an observer called console the run has what
 * it has of the first.
 */
bool	metric_observer_own(const char *observer, const struct metric *);

/*
 * What a column of that name in summary.csv shows, of a run or of whatever
 * workload or observer; NULL: nothing that is known.
 */
const struct metric *metric_of_column(const char *name);

/*
 * Could [expect] know this name?  True for WORKLOAD_METRIC and OBSERVER_METRIC
 * with any name; metric_check() knows the names, too.
 */
bool	metric_known(const char *name);

/* Whose a metric is: the run's, a workload's or an observer's. */
struct metric_owner {
	const struct metric *table;
	unsigned	idx;		/* of the workload, or observer */
};

/* The metric of that name, and whose it is. */
const struct metric *metric_find(const struct run_conf *, const char *name,
	    struct metric_owner *);

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
