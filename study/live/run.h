/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The real side: a thread for each of the simulator's that took the lock, the
 * operations due when they were due there, tables of real pcbs, a real lock.
 *
 * Theory:	each thread does its own operations in order.  A turnstile
 *		before the lock lets through the next operation as soon as the
 *		one before it has been granted the lock, no sooner: so the
 *		order is the simulator's, and two threads still meet at the
 *		lock.  Time spent at the turnstile because an earlier operation
 *		had not yet asked is no wait for the lock: stat.h tells
 *		them apart.  With three or more in the queue, all but the first
 *		stand at the turnstile.
 */

#ifndef STUDY_LIVE_RUN_H
#define	STUDY_LIVE_RUN_H

#include <glib.h>

#include "models/machine/run.h"
#include "study/live/op.h"

struct live_real {
	struct live_outcome *out;	/* out[ops.n] */
	bool		large;		/* pcbs in large pages */
	bool		bound;		/* threads could be bound to CPUs */
	uint64_t	put_off;	/* times a thread was, for another */
	simtime		clock;		/* of a hold, spent on timing it */
};

/*
 * Takes as long as the scenario's duration, on up to all CPUs.
 *
 * tick		called some times a second with the share done; may be NULL
 *
 * Errors:	no memory for the pcbs, no thread to be had: PROBLEM_READ.
 */
struct live_real *live_run(const struct run_conf *, const struct live_ops *,
	    void (*tick)(void *arg, double share), void *arg, GError **);
void	live_real_free(struct live_real *);

#endif /* !STUDY_LIVE_RUN_H */
