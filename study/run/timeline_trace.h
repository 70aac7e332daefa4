/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * trace.json: what every CPU did, in the Trace Event format that Perfetto,
 * speedscope and chrome://tracing open.
 *
 * Theory:	one process a variant, one lane a CPU in it.  On a lane: the
 *		thread that runs there, in it the operation, in that the locks
 *		held and spun for, the search.  Threads that sleep on a lock
 *		have lanes of their own in a second process.  Slices nest
 *		whatever the order in which locks are released: what lies above
 *		one that ends is ended and begun again at the same instant.
 *		Instants for connects that failed; counters of waiters and of
 *		free ports.
 *
 *		Only the first replication is traced.  Slices are written as
 *		pairs of B and E, never X, so that ends and beginnings at one
 *		instant have the same time stamp.
 */

#ifndef STUDY_RUN_TIMELINE_TRACE_H
#define	STUDY_RUN_TIMELINE_TRACE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <glib.h>

#include "study/run/experiment.h"
#include "study/run/trace_lanes.h"

#define	TIMELINE_TRACE_ERROR	g_quark_from_static_string("pcbsim-trace")

/* Slices a variant, unless told otherwise. */
#define	TIMELINE_TRACE_CAP	200000

struct timeline_trace;

/* "30s..31s", "500ms..": the window.  NULL text: all. */
bool	timeline_trace_window(const char *text, struct timeline_trace_conf *,
	    GError **);

/* Trace replication 0 of each variant; before experiment_run(). */
struct timeline_trace *timeline_trace_new(struct experiment *,
	    const struct timeline_trace_conf *);
void	timeline_trace_free(struct timeline_trace *);

/* The whole file. */
void	timeline_trace_write(const struct timeline_trace *, FILE *);

/*
 * "current: stopped at 1.93 s, after 200000 slices", a line for each variant
 * whose window did not fit under the cap; NULL if all did.  Free with g_free().
 */
char	*timeline_trace_cut(const struct timeline_trace *);

#endif /* !STUDY_RUN_TIMELINE_TRACE_H */
