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
	double		first_failure_s;	/* NaN: none */
	double		frozen_s;
	/* The longest stall; length 0: none above the threshold. */
	double		stall_start_s;
	double		stall_length_s;
	const char	*stall_holder;
	const char	*stall_doing;
	const char	*stall_lock;
	/* Of addresses.csv, if it was read: rows a look; the fullest ever. */
	unsigned	address_rows;
	double		address_most;	/* share of its ports */
	/* When the console was frozen, to within an interval. */
	GArray		*frozen;		/* of struct plotdata_span */
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
	GArray		*curves;	/* of struct plotdata_curve */
	/* Over all variants, for common scales. */
	double		end_s;
	double		ports;		/* in the range */
	double		failed_max;	/* connects in one interval */
	double		lag_max_ms;
	double		stall_max_ms;
	double		deadline_ms;
	double		interval_s;
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
 */
char	*plotdata_timeline(const struct plotdata *);

/* latency.dat: a block a curve: value_us, share of values not below it. */
char	*plotdata_latency(const struct plotdata *);

/*
 * connects.dat: a block a variant and cause (variant * NCAUSES + cause):
 * time_s latency_us count; one of NaN where there is nothing.
 */
char	*plotdata_connects(const struct plotdata *);

/*
 * addresses.dat: a block a variant: column row percent, of the ports of each
 * address; then a block a variant: the same, of the ports of any.  Addresses
 * have two rows each, 0 and 1 the first one's; columns are looks.
 */
char	*plotdata_addresses(const struct plotdata *);

/* ---- for the above ----------------------------------------------------- */

/* A row of the variant that is drawn: its first replication. */
bool	plotdata_is(const struct csvtable *, size_t row, const char *variant);
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
