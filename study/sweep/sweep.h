/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A sweep: one scenario over combinations of parameters.
 *
 *	[sweep]
 *	scenario = proxy.ini
 *	replications = 10		default: the scenario's own
 *	constraint = workload:web.rate <= 2000 * host.cpus
 *	zip = host.cpus,inbound.segments	in lockstep; more after ;
 *	host.cpus = 2;8;32		a key with a dot is an axis
 *	workload:web.rate = 500/s..4k/s *2
 *	[labels]
 *	host.cpus = small;large;huge	names for the values, optional
 *
 * Theory:	all there is to do follows from the file: axes give cells (in
 *		file order, the first axis the slowest), cells x variants x
 *		replications give a numbered list of runs.  Replication is
 *		outermost, so that more of them later only add runs; then come
 *		variants, then cells, so that of two shards each gets some of
 *		every variant.  A run is known by a hash of all that decides
 *		its result, the build too; so no list of what was done is kept.
 *
 *		Streams of random numbers derive from seed and replication
 *		only: cells and variants see the same arrivals.
 *
 * Left out:	[expect] of the scenario is checked, but not judged.
 */

#ifndef STUDY_SWEEP_SWEEP_H
#define	STUDY_SWEEP_SWEEP_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

#include "study/scenario/scenario.h"
#include "study/sweep/axis.h"

#define	SWEEP_MAXCELLS	100000
#define	SWEEP_MAXRUNS	10000000
#define	SWEEP_TRYCELLS	500		/* loaded before anything runs */
#define	SWEEP_IDLEN	16		/* hex digits of a run's id */

struct keyfile_entry;
struct problems;

struct sweep {
	char		*path;		/* as given */
	char		*name;		/* of the file */
	char		*scenario;	/* path of the scenario */
	/* The scenario without any of the values, one replication. */
	struct scenario	*base;
	unsigned	replications;
	GPtrArray	*axes;		/* of struct sweep_axis */
	unsigned	ndims;
	unsigned	*dims;		/* dims[ndims]: how many values */
	char		*constraint;	/* NULL: none */
	GArray		*cells;		/* of unsigned, in the full product */
	unsigned	npoints;	/* the full product */
	/* Of each cell with each variant: by cell, then variant. */
	uint8_t		(*digests)[32];
	uint64_t	nruns;
};

/* One run of the list. */
struct sweep_run {
	uint64_t	idx;		/* 0-based, in the list of all */
	unsigned	cell, variant, replication;	/* 0-based */
};

/* A sweep of nothing yet; `path' is its file's. */
struct sweep *sweep_new(const char *path);
void	sweep_free(struct sweep *);

/*
 * The file is read (file.h): make the cells that the constraint leaves, and
 * count the runs.  What is wrong goes to `problems'.  Of more than
 * SWEEP_TRYCELLS cells that many are tried, evenly; what is wrong with another
 * is told when its turn comes.
 */
void	sweep_fill(struct sweep *, const struct keyfile_entry *constraint,
	    struct problems *);

/* Index of the value that an axis has in a cell. */
unsigned sweep_value(const struct sweep *, unsigned cell,
	    const struct sweep_axis *);

/* "host.cpus = 2, ..."; free with g_free(). */
char	*sweep_cell_text(const struct sweep *, unsigned cell);

/* The scenario of a cell; may be called by several threads. */
struct scenario *sweep_cell_load(const struct sweep *, unsigned cell,
	    GError **);

/* idx < nruns */
void	sweep_run_at(const struct sweep *, uint64_t idx, struct sweep_run *);

/*
 * What a run is known by: the first hex digits of SHA-256 of the canonical
 * scenario, of what the axes put into it (where values may name files: of the
 * canonical scenario of its cell), variant, replication and build.
 *
 * build	version_text(), or that of the build that made the runs
 * id		[out] id[SWEEP_IDLEN + 1]
 */
void	sweep_run_id(const struct sweep *, const struct sweep_run *,
	    const char *build, char *id);

/*
 * Axes that do nothing in a variant, because it sets the parameter itself: one
 * line each, for people.  Free with g_ptr_array_unref().
 */
GPtrArray *sweep_warnings(const struct sweep *);

#endif /* !STUDY_SWEEP_SWEEP_H */
