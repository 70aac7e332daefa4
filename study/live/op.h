/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What is done under the hash lock, in the order in which it was granted, and
 * what came of it: once in the simulator, once for real.
 *
 * Theory:	the simulator runs first and says which operations there are
 *		and in which order they get the lock; the real threads then do
 *		the same in the same order, each when it is due.  With the same
 *		order every decision must be the same, so that counts are equal
 *		or something is wrong; only times may differ.
 */

#ifndef STUDY_LIVE_OP_H
#define	STUDY_LIVE_OP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/time.h"

enum live_kind {
	LIVE_BIND,
	LIVE_CONNECT,
	LIVE_REMOVE,		/* the pcb leaves the tables */
	LIVE_LOOKUP		/* a segment looks for its pcb, lock shared */
};

#define	LIVE_NONE	UINT32_MAX

struct live_op {
	enum live_kind	kind;
	uint32_t	thread;		/* index, < live_ops.nthreads */
	uint32_t	sock;		/* index, < live_ops.nsocks */
	/*
	 * An operation of the same socket; `due' counts from its end.
	 * LIVE_NONE: from the start of the run.
	 */
	uint32_t	after;
	simtime		due;
	uint32_t	laddr, faddr;	/* network order */
	uint16_t	lport, fport;	/* host order; lport 0: any */
	/* ipport_tick() comes without the lock; so this is the simulator's. */
	unsigned	stoprandom;
};

struct live_outcome {
	simtime		requested, granted, released;	/* since the start */
	simtime		worked;		/* on a CPU, under the lock */
	int		error;
	uint64_t	iters;		/* candidates tried */
	uint64_t	visits;		/* pcbs, on port lists and chains */
};

struct live_ops {
	size_t		n;
	struct live_op	*op;		/* op[n] */
	struct live_outcome *model;	/* model[n], of the simulator */
	unsigned	nthreads;
	int		*cpu;		/* cpu[nthreads]; -1: any */
	uint32_t	nsocks;
	uint64_t	pcbs_max;	/* hashed at one time */
	simtime		duration;
	simtime		pause;		/* ps, as the costs have it */
	unsigned	backoff_base, backoff_step, backoff_max; /* pauses */
	bool		backoff_linear;
};

void	live_ops_free(struct live_ops *);

#endif /* !STUDY_LIVE_OP_H */
