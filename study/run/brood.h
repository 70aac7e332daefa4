/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Processes that share a piece of work, where each needs a copy of what is in
 * memory: a fork(2) a part, some at a time.  What they find out goes into
 * memory that all have.
 *
 * Theory:	only the calling thread goes on in a copy, so there must not be
 *		another one, which may hold a lock just then.  A part that dies
 *		of a signal (a panic) takes all with it.  Parts see that whoever
 *		asked is gone, and end then.
 */

#ifndef STUDY_RUN_BROOD_H
#define	STUDY_RUN_BROOD_H

#include <stdbool.h>
#include <stddef.h>

/* Zeroed memory that copies of this process share; NULL: none is to be had. */
void	*brood_memory(size_t size);
void	brood_memory_free(void *, size_t size);

/*
 * Do work(arg) in a copy of this process, and wait for its end.
 *
 * Returns:	false if no copy could be made, and nothing was done.
 */
bool	brood_one(void (*work)(void *arg), void *arg);

struct brood {
	unsigned	n, jobs;	/* parts; at a time, >= 1 */
	void		(*work)(void *arg, unsigned part);
	/* By the caller, each CREW_TICK. */
	void		(*tick)(void *arg);
	void		*arg;
};

/*
 * Blocks until all parts are done.
 *
 * Returns:	how many parts, the first ones, were begun; the rest is the
 *		caller's to do: no copy could be made.
 */
unsigned brood_run(const struct brood *);

/* In a copy: is who made it gone? */
bool	brood_orphan(void);

#endif /* !STUDY_RUN_BROOD_H */
