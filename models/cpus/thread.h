/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A thread: what the scheduler, the locks and the machine keep of it.
 *
 *		IDLE --wake--> READY --dispatch--> RUNNING --block--> BLOCKED
 *		                 ^                 |  ^  |               |
 *		                 +----preempt------+  |  +--> SPINNING   |
 *		                 |                    +----------+       |
 *		                 +---------------wake--------------------+
 */

#ifndef MODELS_CPUS_THREAD_H
#define	MODELS_CPUS_THREAD_H

#include <sys/queue.h>

#include <stdbool.h>
#include <stdint.h>

#include "models/cpus/interact.h"
#include "models/cpus/prio.h"
#include "models/net/net.h"
#include "sim/time.h"

struct lock;
struct seek;
struct stride;

enum thread_state {
	THREAD_IDLE,		/* nothing to do */
	THREAD_READY,		/* waits for a CPU */
	THREAD_RUNNING,		/* computes, or is about to */
	THREAD_SPINNING,	/* burns its CPU waiting for a lock */
	THREAD_BLOCKED		/* sleeps on a lock */
};

/* A message to another thread (models/machine/serial.h). */
enum thread_message {
	MESSAGE_NONE,
	MESSAGE_SENT,
	MESSAGE_ANSWERED
};

#define	THREAD_MAXHELD	6

/* How its time went; the rest is waiting for a CPU. */
struct thread_spent {
	simtime		since;
	simtime		locked;		/* waited for locks */
	simtime		worked;		/* computed */
	simtime		searched;	/* .. in searches for a port */
	uint64_t	candidates;	/* that these tried */
	uint64_t	visits;		/* .. and list nodes */
};

/* Who it is to those who count CPU time. */
enum thread_group {
	THREAD_OTHER,
	THREAD_RX,		/* a receive thread */
	THREAD_NETISR,
	THREAD_CLOCK,		/* softclock */
	THREAD_USER,
	THREAD_NGROUPS
};

/* Time of its life; what it did else is sleep, or wait for a CPU. */
struct thread_used {
	simtime		ran;		/* on a CPU */
	simtime		spun;		/* .. of that, for a lock */
	simtime		blocked;	/* slept for a lock */
};

struct thread {
	const char	*name;		/* "utilities", "rx3" */
	unsigned	id;
	enum thread_state state;
	uint8_t		base_pri;	/* a user's: as it entered the kernel */
	uint8_t		pri;		/* effective: with what was lent */
	int		bound;		/* CPU, or -1 */
	int		cpu;		/* on it, or last; -1 never */
	int		home;		/* CPU of its interrupt; -1: CPU 0 */
	enum thread_group group;
	struct thread_used used;	/* up to its last change */
	simtime		on_since;	/* on its CPU */
	simtime		spin_since;	/* SPINNING */
	bool		woken;		/* slept: pays for its wake-up */
	bool		dispatching;	/* on its CPU, not yet running */
	simtime		work_end;	/* RUNNING: when this stretch ends */
	simtime		work_left;	/* READY: still to compute */
	simtime		charge;		/* to be computed before next step */
	TAILQ_ENTRY(thread) rq;		/* run queue */
	uint64_t	turn;		/* its place among batch threads */

	/* How a user's thread uses its CPU (models/cpus/interact.h). */
	bool		user;		/* timeshare; else the kernel's own */
	bool		ithd;		/* an interrupt thread: its priority is
					   `user_pri' when it wakes, and worse
					   after a slice (from FreeBSD 14 on) */
	bool		in_user;	/* computes in user mode */
	bool		woke;		/* to return to user mode first */
	bool		newborn;	/* .. for the first time in its life */
	struct interact	interact;
	uint8_t		user_pri;	/* in user mode, by that */
	simtime		since;		/* on its CPU, or idle, from then on */
	simtime		unscored;	/* has run, user_pri not yet anew */
	simtime		slice_used;	/* of its slice */

	/* What it waits for (models/locks/lock.h). */
	struct lock	*waiting;
	bool		wait_shared;
	simtime		wait_since;
	unsigned	delay;		/* back-off that this wait reached */
	simtime		looked;		/* SPINNING: its last look, or began */
	simtime		bounded;	/* of a bounded spin, spent before */
	bool		put_off;	/* of its CPU while it spun */
	bool		contested;	/* had to wait for this one */
	bool		in_spinners;	/* of `waiting' */
	bool		spin_bounded;	/* gives up at a limit */
	bool		asleep;		/* on `waiting', or woken just now */
	simtime		sleep_since;
	simtime		slept;		/* for this one, in all */
	TAILQ_ENTRY(thread) wq;		/* spinners or sleepers of `waiting' */
	struct lock	*held[THREAD_MAXHELD];
	unsigned	nheld;
	unsigned	nshared;	/* of those, held shared */

	/* What it does (models/machine/machine.h). */
	const struct stride *pc;
	unsigned	op;		/* enum op */
	bool		gave_up;	/* the last operation did */
	uint8_t		message;	/* enum thread_message */
	struct thread	*asked;		/* MESSAGE_SENT: who is to answer */
	uint64_t	repeat;		/* of each computing step */
	uint32_t	conn;		/* the connection it works on */
	struct net_op	result;		/* of its last decision */
	uint64_t	visits;		/* list nodes under the present hold */
	uint64_t	iters;
	struct thread_spent spent;	/* since it took up a connect */
	struct lock	*inp;		/* lock of the pcb it works on */
	struct lock	*listener;	/* .. of its listener; NULL: the
					   plan's */
	uint8_t		section;	/* 1, 2: in one of the epoch's, by its
					   last bit (models/machine/epoch.h) */
	bool		pinned;		/* .. and bound for that time */
	unsigned	section_cpu;	/* where it began */
	struct seek	*seek;		/* NULL: it never binds or connects */
	void		*actor;		/* its workload, receive queue ... */
	void		(*done)(struct thread *);
	TAILQ_ENTRY(thread) all;	/* of the machine */
};

TAILQ_HEAD(thread_queue, thread);
TAILQ_HEAD(thread_list, thread);

void	thread_init(struct thread *, const char *name, unsigned id, enum pri,
	    int bound);

/* Is it on a CPU, so that an adaptive lock spins for it? */
static inline bool
thread_on_cpu(const struct thread *t)
{

	return (t->state == THREAD_RUNNING || t->state == THREAD_SPINNING);
}

#endif /* !MODELS_CPUS_THREAD_H */
