/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What the pictures show, taken from the CSV files of a result: so that
 * drawing a result again gives the same pictures as the run did.
 *
 * Of several replications the first is drawn.
 */

#ifndef STUDY_PLOT_DATA_H
#define	STUDY_PLOT_DATA_H

#include <stdbool.h>

#include <glib.h>

#include "study/text/csvtable.h"

/* [from, to] in seconds. */
struct plotdata_span {
	double		from, to;
};

struct plotdata_variant {
	const char	*name;
	const char	*stack;
	bool		port_first;	/* how connect() chooses */
	double		ports;		/* in its range */
	size_t		row;		/* of summary.csv */
	double		first_failure_s;	/* NaN: none */
	double		none_free_s;	/* from then on each port was in use
					   on some address; inf: never */
	double		pcbs_max, timewaits_max, over_max;
	/* Workloads that bind to an address first, or not; NULL: none. */
	const char	*bound, *unbound;
	/* The longest stall; length 0: none above the threshold. */
	double		stall_start_s;
	double		stall_length_s;
	const char	*stall_holder;
	const char	*stall_doing;
	const char	*stall_lock;
	/* Of addresses.csv, if it was read: rows a look; the fullest ever. */
	unsigned	address_rows;
	double		address_most;	/* share of its ports */
	/* When somebody was frozen, to within an interval. */
	GArray		*frozen;		/* of struct plotdata_span */
	GArray		**frozen_of;		/* .. of each observer */
	double		*frozen_s_of;		/* in all; NaN: not known */
};

/* Somebody who looked on; names of columns are those of the files. */
struct plotdata_observer {
	char		*name;
	char		*lag;		/* "ssh_lag_ms", of timeline.csv */
	char		*frozen;	/* "ssh_frozen_s", of summary.csv */
	double		deadline_ms;
};

/* A curve of the latency picture: a block of latency.dat. */
struct plotdata_curve {
	unsigned	variant;
	unsigned	workload;	/* 0: all, else counted from 1 */
	const char	*what;		/* "connect:nginx" */
};

struct plotdata {
	struct csvtable	*timeline;
	struct csvtable	*summary;
	struct csvtable	*stalls;
	struct csvtable	*latency;
	struct csvtable	*connects;	/* NULL: not read, or not there */
	struct csvtable	*addresses;	/* .. */
	unsigned	nvariants;
	struct plotdata_variant *variants;
	unsigned	nobservers;
	struct plotdata_observer *observers;
	GArray		*curves;	/* of struct plotdata_curve */
	/* Over all variants, for common scales. */
	double		end_s;
	double		ports;		/* in the range */
	double		failed_max;	/* connects in one interval */
	double		lag_max_ms;
	double		stall_max_ms;
	double		deadline_ms;
	double		interval_s;
	unsigned	every;		/* intervals a row of timeline.dat */
	bool		incomplete;
};

/* Of timeline.csv and summary.csv only; no stalls, no curves. */
struct plotdata *plotdata_read_timeline(const char *dir, GError **);
/* And of stalls.csv and latency.csv. */
struct plotdata *plotdata_read(const char *dir, GError **);
/*
 * One more file.  Results of older builds have neither; what is there must be
 * whole.
 */
bool	plotdata_read_connects(struct plotdata *, const char *dir, GError **);
bool	plotdata_read_addresses(struct plotdata *, const char *dir, GError **);
void	plotdata_free(struct plotdata *);

/*
 * timeline.dat: a block a variant: time_s ports_busy ports_free_any
 * tuples_free connects_failed stall_ms hash_hold_percent console_lag_ms
 * connected timewait over: pcbs by their state
 */
char	*plotdata_timeline(const struct plotdata *);

/* From now on so many intervals are a row. */
void	plotdata_merge(struct plotdata *, unsigned every);

/*
 * How many intervals are to be a row, so that a picture of so many curves a
 * variant is drawn with as many points as can be seen, and stays small.
 */
unsigned plotdata_every(const struct plotdata *, unsigned curves);

/*
 * lags.dat: a block a variant: time_s and the lag of each observer, ms; a row
 * is plotdata_every() intervals of a curve each.
 */
char	*plotdata_lags(const struct plotdata *);

/*
 * fullest.dat: a block a variant: time_s, ports free on the fullest address;
 * one of NaN where that is not known.
 */
char	*plotdata_fullest(const struct plotdata *);

/* latency.dat: a block a curve: value_us, share of values not below it. */
char	*plotdata_latency(const struct plotdata *);

/*
 * connects.dat: a block a variant: time_s, median, 99 % and longest latency in
 * us, then the share of connects of each cause, percent, each on top of those
 * before it, in the order of plotdata_cause(); NaN where nothing was decided.
 * A row is an interval, or several.
 */
char	*plotdata_connects(const struct plotdata *);

/*
 * addresses.dat: a block a variant: column row percent, of the ports of each
 * address; then a block a variant: the same, of the ports of any.  Addresses
 * have two rows each, 0 and 1 the first one's; columns are looks.
 */
char	*plotdata_addresses(const struct plotdata *);

/* The causes as they lie on one another, from the foot. */
unsigned plotdata_cause(unsigned place);
/* How long a row of connects.dat is, s. */
double	plotdata_connects_step(const struct plotdata *);

/* ---- for the above ----------------------------------------------------- */

/* Each row of the variant that is drawn: of its first replication. */
#define	PLOTDATA_ROWS(row, table, variant)				\
	for ((row) = csvtable_first_of((table), (variant));		\
	    (row) < csvtable_rows(table);				\
	    (row) = csvtable_next_of((table), (row)))
/* NaN: empty. */
double	plotdata_number(const struct csvtable *, size_t row,
	    const char *column);

/* Share of an address' ports that are in use, of a row of addresses.csv. */
double	plotdata_address_share(const struct plotdata *,
	    const struct plotdata_variant *, size_t row);

/* Blocks are apart by two empty lines: gnuplot's `index'. */
void	plotdata_block(GString *, const char *of, const char *columns);
/* " 1.5" */
void	plotdata_add(GString *, double);
/* The first number of a line, as it stands in the table; NaN if it is none. */
void	plotdata_add_first(GString *, const struct csvtable *, size_t row,
	    const char *column);

#endif /* !STUDY_PLOT_DATA_H */
