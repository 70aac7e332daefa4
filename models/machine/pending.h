/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The run is over, and some still wait for their connect().
 *
 * Theory:	who is not counted is taken for one who did not wait: of a
 *		program that hangs, the few connects that came back say that it
 *		is fast.  So who waits counts with what it has waited, which is
 *		the least that its latency can be, and quantiles with them are
 *		such, too.  The same holds of calls and of threads that are at
 *		one connection.
 * Left out:	a SYN that nobody answers: connect(2) is over (lapse.h); who
 *		got an error and will try again: that was decided.
 */

#ifndef MODELS_MACHINE_PENDING_H
#define	MODELS_MACHINE_PENDING_H

struct workload;

/* It is the end of the run, now: into the record. */
void	pending_end(const struct workload *);

#endif /* !MODELS_MACHINE_PENDING_H */
