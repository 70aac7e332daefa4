/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * locks.csv in the layouts of FreeBSD's own tools, to be laid beside a real
 * capture: lines that begin with # say of which variant what follows is, and
 * that it was simulated.  Replications are summed up.
 *
 * Models:	lockstat(1) with -H; LOCK_PROFILING(9), the sysctl
 *		debug.lock.prof.stats; folded stacks as flame graph tools read
 *		them.
 * Left out:	offsets within a function and line numbers (0); who it was
 *		that blocked: a writer, which here it always is.
 */

#ifndef STUDY_REPORT_LOCKS_H
#define	STUDY_REPORT_LOCKS_H

#include <glib.h>

#include "study/report/dossier.h"

/*
 * Each to be freed with g_free().
 *
 * Errors:	locks.csv is missing (a result of an older version), or broken.
 */
char	*report_lockstat(const struct dossier *, GError **);
char	*report_lockprof(const struct dossier *, GError **);

/*
 * `VARIANT;OPERATION;FUNCTION;LOCK;spin 812': simulated nanoseconds that went
 * into spinning for a lock, being blocked on it, and holding it.  A hold in
 * which another lock is waited for counts whole, and so does a spin in which
 * the spinner is put off its CPU.  The lines above it begin with #.
 */
char	*report_folded(const struct dossier *, GError **);

#endif /* !STUDY_REPORT_LOCKS_H */
