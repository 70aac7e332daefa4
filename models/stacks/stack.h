/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A stack: one kernel's way of doing it, as data plus the few plug-ins in
 * which it differs from its neighbours.  One file a stack in models/stacks/;
 * nothing else names one.
 */

#ifndef MODELS_STACKS_STACK_H
#define	MODELS_STACKS_STACK_H

#include <stdbool.h>

struct allocator;		/* models/ports/allocator.h */
struct pcb_layout;		/* models/pcb/layout.h */
struct lock_plan;		/* models/plans/plan.h */

enum timewait_kind {
	TIMEWAIT_CAPPED,	/* FIFO, capped, scanned every 500 ms (<= 13) */
	TIMEWAIT_CALLOUT	/* uncapped, one exact callout each (14) */
};

struct stack {
	const char	*name;		/* "freebsd-12.0" */
	const char	*title;		/* one line for `pcbsim list stacks' */
	const char	*source;	/* kernel functions and release */
	const char	*left_out;	/* what the model leaves out */
	/*
	 * Operations recorded from that kernel's code (tests/golden/) whose
	 * decisions and counts are the model's; 0: none were to be had.
	 */
	unsigned	recorded_ops;
	const char	*recorded_but;	/* what of them does not count; NULL */

	/* Decisions (models/net/net.h). */
	const struct allocator *allocator;
	const struct pcb_layout *layout;
	bool		has_lport_cache;	/* models/ports/cache.h */
	bool		has_tick;		/* ipport_tick() */
	bool		has_require_unique;	/* tcp.require_unique_port */
	bool		has_accept;		/* accept op recorded */

	/* Time (models/machine/machine.h). */
	const struct lock_plan *plan;
	enum timewait_kind timewait;
	bool		nolocaltimewait;	/* default of the sysctl */
};

/* NULL if there is none of that name. */
const struct stack *stack_find(const char *name);

#endif /* !MODELS_STACKS_STACK_H */
