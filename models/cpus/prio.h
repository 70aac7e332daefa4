/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Priorities: lower is better.  Which number a thread of the kernel has, and
 * which numbers a user's may have, differ between releases.
 *
 * Models:	sys/sys/priority.h (PI_INTR, PI_SOFT, PSOCK); RQ_PPQ,
 *		sys/sys/runq.h; PRI_INTERACT_RANGE, SCHED_PRI_MIN,
 *		SCHED_PRI_RANGE, preempt_thresh, sched_priority(),
 *		sched_pickcpu(), tdq_notify(), sys/kern/sched_ule.c; FreeBSD
 *		12.1 and 14.0; sched_switch() and sched_balance(), 11.0;
 *		ast(), sys/kern/subr_trap.c, turnstile_wait() and
 *		turnstile_unpend(), sys/kern/subr_turnstile.c, 12.1.
 *		15: priority.h of main after 2025-06, where
 *		each priority has a queue of its own (af8de65ef23e); that
 *		nice(1) has 5/4 of its levels (review D46566), hence the
 *		ranges; no tree of 15.0 was read, the commits are older than
 *		its branch.
 */

#ifndef MODELS_CPUS_PRIO_H
#define	MODELS_CPUS_PRIO_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Whose priority: each name is its number in FreeBSD 12.x; prio_of() has that
 * of another release.  A user's is only where it begins.
 */
enum pri {
	PRI_NET = 8,		/* task queues of NIC drivers (PI_NET) */
	PRI_TTY = 16,		/* keyboard interrupts (PI_TTY) */
	PRI_RX = 24,		/* iflib receive task queues (PI_SOFT) */
	PRI_SOFTIRQ = 24,	/* qgroup_softirq (PI_SOFT) */
	PRI_SWI_TTY = 24,	/* a uart's second half (SWI_TTY) */
	PRI_NETISR = 28,	/* local traffic (SWI_NET) */
	PRI_SOFTCLOCK = 40,
	PRI_MESSAGE = 44,	/* DragonFly's netisr for a system call */
	PRI_GIANT = 48,		/* the task queue under Giant */
	PRI_PSOCK = 104,	/* woken in a socket, until in user mode */
	PRI_CONSOLE = 120,	/* timeshare, interactive, best */
	PRI_USER = 136		/* timeshare, interactive, middling */
};

/* None: worse than any. */
#define	PRI_NONE	255

struct prio_table {
	uint8_t		max_ithd;	/* interrupt threads are up to this */
	uint8_t		rx;		/* receive task queues of iflib */
	uint8_t		softclock;
	uint8_t		preempt;	/* preempts at once, up to this */
	uint8_t		min_interact, max_interact;
	uint8_t		min_batch, max_batch;	/* .. with any nice(1) */
	uint8_t		batch;		/* of who has burnt no CPU */
	uint8_t		batch_range;	/* added for who burns all of it */
	uint8_t		intr, soft;	/* all interrupt threads; all software
					 * interrupts; 0: as in 12.x */
	uint8_t		psock;
	uint8_t		queue_shift;	/* 2^n priorities share a queue */
	uint8_t		batch_queues;	/* which batch threads go round in */
	uint8_t		demotes;	/* added to an interrupt thread's at the
					 * end of a slice; 0: it has none */
	bool		spreads;	/* interactive scores have the whole
					 * range, else whole steps of it */
	bool		idle_first;	/* an interrupt's thread goes to an idle
					 * CPU, if there is one, and puts nobody
					 * off on its own */
	bool		heeds_queue;	/* who comes from another CPU must be
					 * better than all who wait, too, to
					 * preempt */
	bool		preempted_last;	/* who is put off goes behind its
					 * equals, as if its slice were over */
	bool		never_balances;	/* .. whatever kern.sched.balance is */
	bool		yields_last;	/* so does who leaves its CPU on its way
					 * to user mode */
	bool		gives_back_first;	/* who releases a lock gives
					 * back what it was lent, then wakes */
	bool		lends_first;	/* who goes to sleep for one lends
					 * before it leaves its CPU: of all
					 * sources, and in no table, for with
					 * it a booted 12.1 is met worse;
					 * docs/MODEL.md */
};

/*
 * The number that a release has for one of the kernel's.  It matters to
 * sleepers (PRI_PSOCK) above all: those of 12.x on 14 would come after users'
 * programs, whose numbers begin at 88 there.
 */
uint8_t	prio_of(const struct prio_table *, enum pri);

extern const struct prio_table prio_freebsd_11, prio_freebsd_12,
    prio_freebsd_12_2, prio_freebsd_14, prio_freebsd_15;

/* Kernels that are no FreeBSD: numbers of 12.x, nothing of its switches. */
extern const struct prio_table prio_others;

#endif /* !MODELS_CPUS_PRIO_H */
