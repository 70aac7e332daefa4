/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * CPUs and the threads that run on them, by kernel priority.
 *
 * Theory:	interrupt-like threads (receive, softclock) are bound to a CPU
 *		and preempt at once; user threads float, go to an idle CPU or
 *		wait in one queue for the end of somebody's slice.  A thread
 *		never runs inside another's event: being put on a CPU makes
 *		that CPU's slot due, and the machine takes it from there.
 *
 *		IDLE --wake--> READY --dispatch--> RUNNING --block--> BLOCKED
 *		                 ^                 |  ^  |               |
 *		                 +----preempt------+  |  +--> SPINNING   |
 *		                 |                    +----------+       |
 *		                 +---------------wake--------------------+
 *
 * Models:	sched_add(), sched_switch(), sched_lend_prio(), tdq_idled(),
 *		sys/kern/sched_ule.c, FreeBSD 12.1.
 * Left out:	per-CPU queues of user threads and their balancing (one queue
 *		for all stands for perfect stealing), interactivity scores,
 *		cache affinity beyond the last CPU, the tick's granularity.
 */

#ifndef MODELS_CPUS_SCHED_H
#define	MODELS_CPUS_SCHED_H

#include <sys/queue.h>

#include <stdbool.h>
#include <stdint.h>

#include "models/cpus/costs.h"
#include "models/net/net.h"
#include "sim/sim.h"
#include "sim/tally.h"
#include "sim/trace.h"

struct lock;
struct seek;
struct step;

/* Priorities; lower is better.  FreeBSD 12.x, sys/sys/priority.h. */
enum pri {
	PRI_TTY = 16,		/* keyboard interrupts (PI_TTY) */
	PRI_RX = 24,		/* iflib receive task queues (PI_SOFT) */
	PRI_SWI_TTY = 24,	/* a uart's second half (SWI_TTY) */
	PRI_NETISR = 28,	/* local traffic (SWI_NET) */
	PRI_SOFTCLOCK = 40,
	PRI_MESSAGE = 44,	/* DragonFly's netisr for a system call */
	PRI_GIANT = 48,		/* the task queue under Giant */
	PRI_PREEMPT = 80,	/* preempts at once if this or better */
	PRI_PSOCK = 104,	/* woken in a socket, until in user mode */
	PRI_CONSOLE = 120,	/* timeshare, interactive, best */
	PRI_USER = 136		/* timeshare, interactive, middling */
};

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
};

struct thread {
	const char	*name;		/* "utilities", "rx3" */
	unsigned	id;
	enum thread_state state;
	uint8_t		base_pri;
	uint8_t		pri;		/* effective: with what was lent */
	int		bound;		/* CPU, or -1 */
	int		cpu;		/* on it, or last; -1 never */
	bool		woken;		/* slept: pays for its wake-up */
	bool		dispatching;	/* on its CPU, not yet running */
	simtime		work_end;	/* RUNNING: when this stretch ends */
	simtime		work_left;	/* READY: still to compute */
	simtime		charge;		/* to be computed before next step */
	simtime		slice_end;
	TAILQ_ENTRY(thread) rq;		/* run queue */

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
	const struct step *pc;
	unsigned	op;		/* enum op */
	bool		gave_up;	/* the last operation did */
	uint8_t		message;	/* enum thread_message */
	uint64_t	repeat;		/* of each computing step */
	uint32_t	conn;		/* the connection it works on */
	struct net_op	result;		/* of its last decision */
	uint64_t	visits;		/* list nodes under the present hold */
	uint64_t	iters;
	struct thread_spent spent;	/* since it took up a connect */
	struct lock	*inp;		/* lock of the pcb it works on */
	struct lock	*listener;	/* .. of its listener; NULL: the
					   plan's */
	struct seek	*seek;		/* NULL: it never binds or connects */
	void		*actor;		/* its workload, receive queue ... */
	void		(*done)(struct thread *);
	TAILQ_ENTRY(thread) all;	/* of the machine */
};

TAILQ_HEAD(thread_queue, thread);
TAILQ_HEAD(thread_list, thread);

struct runq {
	struct thread_queue q[256];
	uint64_t	filled[4];	/* bit p: q[p] is not empty */
	unsigned	count;
};

struct cpu {
	struct thread	*cur;
	struct runq	bound;		/* READY threads bound to it */
};

struct sched {
	struct sim	*sim;
	const struct costs *costs;
	struct trace	trace;
	unsigned	ncpus;
	struct cpu	*cpus;		/* cpus[ncpus] */
	struct runq	user;		/* READY threads that float */
	unsigned	slot_cpu;	/* + cpu: its next step */
	unsigned	slot_slice;	/* + cpu: its slice ends */
	struct tally	spinning;	/* CPUs that spin */
	/* A thread left its CPU (lock_thread_stopped()). */
	void		(*stopped)(struct sched *, struct thread *);
};

/* Slots needed for n CPUs, from `slot' on. */
#define	SCHED_NSLOTS(n)	(2 * (n))

void	sched_init(struct sched *, struct sim *, const struct costs *,
	    unsigned ncpus, unsigned slot);
void	sched_fini(struct sched *);

void	thread_init(struct thread *, const char *name, unsigned id,
	    enum pri, int bound);

/* Is it on a CPU, so that an adaptive lock spins for it? */
static inline bool
thread_on_cpu(const struct thread *t)
{

	return (t->state == THREAD_RUNNING || t->state == THREAD_SPINNING);
}

/* A user's, which shares its CPU by slices; else the kernel's own. */
static inline bool
thread_is_user(const struct thread *t)
{

	return (t->base_pri > PRI_PREEMPT);
}

/* IDLE or BLOCKED -> READY, and onto a CPU if one is to be had. */
void	sched_wake(struct sched *, struct thread *);

/* RUNNING -> IDLE or BLOCKED; its CPU takes the next thread. */
void	sched_stop(struct sched *, struct thread *, enum thread_state);

/* RUNNING: compute for `work' ps (>= 0), then the CPU's slot is due. */
void	sched_compute(struct sched *, struct thread *, simtime work);

/*
 * The same, if nothing else happens meanwhile: it has computed, and goes on.
 * False: sched_compute() is to be used.
 */
bool	sched_compute_on(struct sched *, struct thread *, simtime work);

/* RUNNING -> SPINNING, and back. */
void	sched_spin(struct sched *, struct thread *);
void	sched_unspin(struct sched *, struct thread *);

/* SPINNING: look at the lock at `when'. */
void	sched_look(struct sched *, struct thread *, simtime when);

/* SPINNING: is it known when it looks next? */
static inline bool
sched_looks(const struct sched *s, const struct thread *t)
{

	return (sim_due(s->sim, s->slot_cpu + (unsigned)t->cpu) != SIM_NEVER);
}

/* Change the effective priority; may move it in a queue or onto a CPU. */
void	sched_set_pri(struct sched *, struct thread *, uint8_t pri);

/*
 * The slot of `cpu' is due.  Returns the thread that may take its next step
 * (it has computed what it had to, or must look at its lock), or NULL.
 */
struct thread *sched_cpu_due(struct sched *, unsigned cpu);

/* A slice of `cpu' has ended. */
void	sched_slice_due(struct sched *, unsigned cpu);

#endif /* !MODELS_CPUS_SCHED_H */
