/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Both sides of a live run, row by row, and whether they lie within the band
 * that is stated for each (docs/LIVE.md).
 *
 * Counts have to be equal.  A time is judged by its ratio, real to model, which
 * has to lie between 1 / band and band.  What rests on too few waits, and the
 * longest of anything, is only told: one interruption by the system is enough
 * to make it large.  So is whatever the clock on the wall says while other work
 * takes CPUs away and empties their caches: it is judged only if the machine
 * was quiet.  On any machine the median CPU time of a search shows whether the
 * costs are of this machine at all.
 */

#ifndef STUDY_LIVE_LIVE_H
#define	STUDY_LIVE_LIVE_H

#include <stdio.h>

#include <glib.h>

#include "study/live/model.h"
#include "study/live/run.h"
#include "study/live/stat.h"

enum live_verdict {
	LIVE_EQUAL,
	LIVE_DIFFERENT,		/* a count: something is wrong */
	LIVE_WITHIN,
	LIVE_OUTSIDE,
	LIVE_TOLD		/* not judged */
};

#define	LIVE_NROWS	18

/* Waits on both sides below which nothing is said about them. */
#define	LIVE_MINWAITS	100

struct live_row {
	const char	*name;		/* column of live.csv */
	double		real, model;
	double		ratio;		/* 0: there is none */
	double		band;		/* 0: none is stated */
	enum live_verdict verdict;
};

/*
 * Quiet is a machine on which the searches, by the clock, took at most that
 * share longer than the CPU time they had.
 */
#define	LIVE_QUIET	1.05

/* One variant, both ways. */
struct live_pair {
	const char	*name;		/* of the variant; borrowed */
	const char	*stack;
	unsigned	nthreads;
	bool		large, bound;	/* as in struct live_real */
	uint64_t	put_off;	/* likewise */
	bool		quiet;
	struct live_op	differs;	/* the first that does, ... */
	struct live_outcome differs_real, differs_model;
	bool		has_differs;	/* .. if any does */
	struct live_row	rows[LIVE_NROWS];
};

const char *live_verdict_name(enum live_verdict);

/* Did the machine do nothing else meanwhile? */
bool	live_quiet(const struct live_stat *real);

void	live_rows(const struct live_stat *real, const struct live_stat *model,
	    struct live_row rows[LIVE_NROWS]);

/* rows[LIVE_NROWS]: how many have that verdict. */
unsigned live_count(const struct live_row *rows, enum live_verdict);

/*
 * Simulate, then do the same for real.
 *
 * Errors:	see live_model_run() and live_run().
 */
bool	live_pair_run(struct live_pair *, const struct run_conf *,
	    void (*tick)(void *arg, double share), void *arg, GError **);

/* The table a reader sees, and, if there is one, the first difference. */
void	live_pair_text(const struct live_pair *, GString *);

/* Rows "variant,stack,metric,real,model,ratio,band,verdict". */
void	live_write_csv(const struct live_pair *, unsigned npairs, FILE *);

#endif /* !STUDY_LIVE_LIVE_H */
