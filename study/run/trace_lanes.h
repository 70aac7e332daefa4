/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The lanes of one traced run: its trace records, as they come, turned into
 * events of the Trace Event format; see timeline_trace.h.
 */

#ifndef STUDY_RUN_TRACE_LANES_H
#define	STUDY_RUN_TRACE_LANES_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

#include "sim/trace.h"
#include "study/text/json.h"

/* Which part of a run is written. */
struct timeline_trace_conf {
	simtime		from, to;	/* [from, to) is written */
	uint64_t	cap;		/* slices a variant */
};

enum slice_kind {
	SLICE_THREAD,
	SLICE_OP,
	SLICE_HOLD,
	SLICE_SPIN,
	SLICE_SEARCH
};

struct slice {
	uint64_t	id;		/* no two are the same */
	enum slice_kind	kind;
	uint32_t	lock;		/* SLICE_HOLD, SLICE_SPIN */
	const char	*name;		/* interned */
	uint64_t	iters, visits;	/* SLICE_SEARCH, once known */
	int		error;		/* of the search */
	bool		known;
};

#define	MAXSLICES	12

struct lane {
	const char	*name;		/* of the thread, interned */
	const char	*lock;		/* that it sleeps on, interned */
	int		cpu;		/* -1: not on one */
	bool		asleep;
	bool		named;		/* its lane among the sleepers */
	unsigned	nslices;
	struct slice	slices[MAXSLICES];
};

/* What is written of a CPU's lane, and whose slices it is to show. */
struct cpu_lane {
	int		thread;		/* -1: nobody's */
	bool		changed;
	unsigned	nslices;
	struct slice	slices[MAXSLICES];
};

enum window {
	WINDOW_BEFORE,
	WINDOW_OPEN,
	WINDOW_AFTER
};

struct trace_lanes {
	const struct timeline_trace_conf *conf;
	unsigned	number;		/* of the variant */
	const char	*title;
	unsigned	ncpus;
	struct cpu_lane	*cpus;		/* cpus[ncpus] */
	uint64_t	ids;
	GArray		*lanes;		/* struct lane, by thread */
	GString		*out;		/* events, as a list's, a line each */
	struct json	json;		/* into `out' */
	uint64_t	slices;
	simtime		now;
	simtime		cut;		/* SIM_NEVER: not cut */
	enum window	state;
};

void	trace_lanes_init(struct trace_lanes *, unsigned number,
	    const char *title, unsigned ncpus,
	    const struct timeline_trace_conf *);
void	trace_lanes_fini(struct trace_lanes *);

/* The sink of the run; `lanes' is a struct trace_lanes. */
void	trace_lanes_record(void *lanes, const struct trace_rec *);

/* End what still goes on; the events are in `out'. */
void	trace_lanes_close(struct trace_lanes *);

/* Processes: of the CPUs, and of the threads that sleep. */
unsigned trace_lanes_pid(const struct trace_lanes *);
unsigned trace_lanes_sleepers(const struct trace_lanes *);

/* The name of a process or thread, and its place among its like. */
void	trace_lanes_meta(struct json *, const char *what, unsigned pid,
	    unsigned tid, const char *name, unsigned sort);

#endif /* !STUDY_RUN_TRACE_LANES_H */
