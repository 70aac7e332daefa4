/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The threads of a program: who works off its jobs, oldest first.
 *
 * Theory:	a job waits until a thread is free; with no limit to their
 *		number each finds one, as separate programs do.
 */

#ifndef MODELS_MACHINE_WORKER_H
#define	MODELS_MACHINE_WORKER_H

#include <stdint.h>

#include "models/cpus/thread.h"
#include "models/locks/lock.h"
#include "models/machine/fifo.h"
#include "models/machine/seek.h"

struct machine;
struct workers;

struct worker {
	struct thread	thread;
	struct lock	inp;
	struct seek	seek;
	struct worker	*next;		/* of all, or of the idle ones */
	struct worker	*next_idle;
	struct workers	*crew;
	simtime		called;		/* since then, its program calls */
};

struct workers {
	struct machine	*machine;
	const char	*name;
	unsigned	max;		/* 0: no limit */
	void		*owner;
	/* Begin a job; an operation of such a thread is done. */
	void		(*begin)(struct worker *, uint64_t job);
	void		(*done)(struct thread *);
	struct fifo	jobs;
	struct worker	*all;		/* newest first */
	struct worker	*idle;
	unsigned	n;
};

void	workers_fini(struct workers *);

/* A job, for a thread that is idle or a new one, or until there is one. */
void	workers_job(struct workers *, uint64_t job);

/* Who is idle, or a new one, takes a job that waits. */
void	workers_kick(struct workers *);

/* The thread is done with its job: it takes the next one, or rests. */
void	worker_next(struct worker *);

#endif /* !MODELS_MACHINE_WORKER_H */
