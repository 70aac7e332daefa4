/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The steps of a plan as one machine takes them.
 *
 * Theory:	much of what a step asks for is known before the run: which
 *		lock of the machine it names, what that costs when it is free,
 *		and what costs that follow one another add up to, where none
 *		goes by the population.  A stride is what is computed from a
 *		step on, and the step that comes then.  It stands where its
 *		first step does, so that a skip is the same; a step is a
 *		stride without costs.
 */

#ifndef MODELS_MACHINE_STRIDE_H
#define	MODELS_MACHINE_STRIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "models/plans/plan.h"
#include "sim/time.h"

struct lock;
struct run_conf;

struct stride {
	simtime		work;		/* what its costs take, once */
	simtime		taking;		/* .. and its lock, if that is free */
	struct lock	*lock;		/* NULL: the thread knows which */
	/*
	 * The step behind the costs, which are so many; or STEP_COST, and they
	 * are to be asked for one by one.
	 */
	uint8_t		kind, arg, skip;
	uint8_t		costs;
	/* It needs no part of the machine, if its lock is free. */
	bool		known;
};

struct strides {
	const struct stride *of[NOPS];	/* an operation's */
	struct stride	*all;
};

/*
 * Those of a plan, for one run of the machine whose locks these are,
 * locks[PLAN_MAXLOCKS].
 */
void	stride_init(struct strides *, const struct run_conf *,
	    const struct lock_plan *, struct lock *locks);
void	stride_fini(struct strides *);

#endif /* !MODELS_MACHINE_STRIDE_H */
