/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The simulator's side: a run of the machine, watched at the hash lock.
 *
 * Theory:	what only a kernel does (system calls, routes, segments, its
 *		callouts) costs nothing here, as it is not done in the real
 *		run either; so both sides time the same work.
 */

#ifndef STUDY_LIVE_MODEL_H
#define	STUDY_LIVE_MODEL_H

#include <glib.h>

#include "models/machine/run.h"
#include "study/live/op.h"

#define	LIVE_MAXTHREADS	16
#define	LIVE_MAXSECONDS	120

/*
 * Can that be done for real, on `cpus' CPUs?  False with an error that says
 * what stands in the way and what to write instead.
 */
bool	live_model_check(const struct run_conf *, unsigned cpus, GError **);

/*
 * Simulate and take down every operation under the hash lock.
 *
 * Errors:	more than LIVE_MAXTHREADS threads take the lock.
 */
struct live_ops *live_model_run(const struct run_conf *, GError **);

#endif /* !STUDY_LIVE_MODEL_H */
