/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * An axis of a sweep: a parameter and the values that it takes in turn.
 *
 *	host.cpus = 2;8;32		a list
 *	workload:web.rate = 500/s..4k/s *2	each twice the one before
 *	kernel.net.inet.tcp.msl = 5s..30s step 5s
 *	workload:web.rate = 2k/s | 2k/s;30s:8k/s	| where values have ;
 *
 * A range may be an item of a list.  Both its ends and its step have the
 * parameter's unit; it holds the upper end if a step hits it.
 */

#ifndef STUDY_SWEEP_AXIS_H
#define	STUDY_SWEEP_AXIS_H

#include <stdbool.h>

#include <glib.h>

#include "study/scenario/param.h"
#include "study/text/csvout.h"

#define	SWEEP_AXIS_MAXVALUES	10000

/* One value. */
struct sweep_point {
	char		*text;		/* canonical, as of --set */
	char		*label;		/* NULL: none */
	char		*field;		/* a plain number; NULL: it is none */
	/*
	 * For constraints: counts, factors; rates in 1/s, times in s, of
	 * addresses how many.  NaN: it is no number.
	 */
	double		number;
};

struct sweep_axis {
	char		*path;		/* "workload:web.rate" */
	char		*where;		/* "FILE:LINE" */
	const struct param *param;	/* borrowed */
	char		*column;	/* in the CSV, with its unit */
	bool		numeric;	/* each value has a field */
	GPtrArray	*points;	/* of struct sweep_point */
	unsigned	dim;		/* axes in lockstep share one */
};

/*
 * text		the values, as above
 * dir		where names of files in values are looked up first
 *
 * Errors:	what is wrong with the values, and what is allowed.
 */
struct sweep_axis *sweep_axis_new(const char *path, const struct param *,
	    const char *text, const char *dir, GError **);
void	sweep_axis_free(struct sweep_axis *);

/* Give each value a name: "1;5;50".  Errors: not one each, or one twice. */
bool	sweep_axis_label(struct sweep_axis *, const char *text, GError **);

const struct sweep_point *sweep_axis_point(const struct sweep_axis *,
	    unsigned idx);

/* For people: the label, or the text. */
const char *sweep_point_name(const struct sweep_point *);

/* Has every value a number? */
bool	sweep_axis_has_numbers(const struct sweep_axis *);

/* Its name, and a value, as CSV fields. */
void	sweep_axis_write_column(const struct sweep_axis *, struct csvout *);
void	sweep_axis_write(const struct sweep_axis *, unsigned idx,
	    struct csvout *);

#endif /* !STUDY_SWEEP_AXIS_H */
