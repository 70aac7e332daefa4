/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A lock plan: what each operation of a kernel's TCP does, step by step, and
 * under which locks.  One constant table a kernel in models/plans/, to be read
 * beside the source.
 */

#ifndef MODELS_PLANS_PLAN_H
#define	MODELS_PLANS_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "models/cpus/costs.h"
#include "models/locks/lock.h"
#include "models/net/seek.h"

/*
 * The locks a step may name: a plan numbers its own from 0, at most
 * PLAN_MAXLOCKS, in a header beside it (models/plans/freebsd.h); behind them
 * are the lock of the pcb in hand and the buckets of that pcb's port, by the
 * kinds of models/net/seek.h.
 */
#define	PLAN_MAXLOCKS	8
#define	PLAN_INP	PLAN_MAXLOCKS
#define	PLAN_BUCKET(kind)	(PLAN_INP + 1 + (kind))

enum op {
	OP_NONE,
	/* system calls */
	OP_SOCKET,		/* socket(2) */
	OP_BIND,		/* bind(2) */
	OP_CONNECT,		/* connect(2) up to the SYN */
	OP_CLOSE,		/* close(2) of a connected socket: the FIN */
	OP_CLOSE_UNCONNECTED,	/* close(2) of one that is not connected */
	OP_NETSTAT,		/* sysctl net.inet.tcp.pcblist */
	/* receive threads */
	OP_SEGMENT,		/* established data or ACK */
	OP_SYN,			/* a client's first: for the listener */
	OP_SYNACK,		/* answer to our SYN */
	OP_ACCEPT,		/* ACK that completes an inbound handshake */
	OP_FIN,			/* the peer closes first */
	OP_TCP_CLOSE,		/* last ACK or RST: the pcb goes */
	OP_TIMEWAIT,		/* FIN and ACK of our FIN: into TIME_WAIT */
	OP_TIMEWAIT_RECYCLE,	/* zone full: the oldest goes at once */
	/* softclock */
	OP_CALLOUT,		/* a callout without TCP locks */
	OP_TIMEWAIT_EXPIRE,
	OP_TIMER_CLOSE,		/* nothing was heard of the peer: the pcb
				   goes; without steps: as the end of
				   TIME_WAIT */
	/* anybody: what was charged, and no lock; the same in every plan */
	OP_OBSERVE,
	/* what a netisr does for the system calls */
	OP_MSG_BIND,
	OP_MSG_CONNECT,
	OP_MSG_CLOSE,
	OP_MSG_CLOSE_UNCONNECTED,
	NOPS
};

enum step_kind {
	STEP_END,		/* arg 1: it gave up (thread.gave_up) */
	STEP_COST,		/* compute; arg: enum cost */
	STEP_WLOCK,		/* acquire exclusive; arg: a lock */
	STEP_RLOCK,		/* acquire shared */
	STEP_TRYRLOCK,		/* shared, unless a writer has it; skip `skip'
				   steps if it was got */
	STEP_UNLOCK,
	STEP_ACT,		/* change the tables; arg: enum act */
	STEP_UNLESS		/* skip `skip' steps if the condition holds not;
				   arg: enum cond */
};

enum act {
	ACT_BIND,
	ACT_CONNECT,
	ACT_ACCEPT,
	ACT_ADMIT,		/* is there room in the accept queue? */
	ACT_SEEK,		/* bind or connect, candidate by candidate,
				   taking bucket locks itself; see
				   models/machine/seek.h */
	ACT_PIECES,		/* bind or connect, in pieces, taking and
				   dropping the search's lock itself; see
				   models/machine/pieces.h */
	ACT_REMOVE,		/* the pcb leaves the tables */
	ACT_LOOKUP,		/* inbound lookup of the 4-tuple */
	ACT_TIMEWAIT,		/* into the TIME_WAIT queue */
	ACT_WALK,		/* visit every pcb (netstat): reference it, */
	ACT_COPY,		/* .. copy it out */
	ACT_UNREF,		/* .. and let go of it */
	ACT_NOTHING,
	ACT_ENTER,		/* the serializer of the connection's CPU ... */
	ACT_EXIT,		/* (models/machine/serial.h) */
	ACT_MESSAGE,		/* to the netisr: it does the rest; answered */
	NACTS
};

enum cond {
	COND_OK,		/* the last decision succeeded */
	COND_SEARCHED,		/* the last decision searched for its port */
	COND_HASHED		/* the pcb is in the tables */
};

struct step {
	uint8_t		kind;
	uint8_t		arg;
	uint8_t		skip;
};

#define	COMPUTE(c)	{ STEP_COST, COST_ ## c, 0 }
#define	WLOCK(l)	{ STEP_WLOCK, LOCK_ ## l, 0 }
#define	RLOCK(l)	{ STEP_RLOCK, LOCK_ ## l, 0 }
#define	TRYRLOCK(l, n)	{ STEP_TRYRLOCK, LOCK_ ## l, (n) }
#define	UNLOCK(l)	{ STEP_UNLOCK, LOCK_ ## l, 0 }
#define	ACT(a)		{ STEP_ACT, ACT_ ## a, 0 }
#define	SEEK		ACT(SEEK)
#define	IF(c, n)	{ STEP_UNLESS, COND_ ## c, (n) }
#define	END		{ STEP_END, 0, 0 }
#define	GIVE_UP		{ STEP_END, 1, 0 }

/* 32 steps are the longest an operation takes. */
#define	PLAN_MAXSTEPS	32

/* Is an operation a section of the network's epoch, and does it free a pcb? */
enum plan_epoch {
	PLAN_NO_EPOCH,
	PLAN_EPOCH,
	PLAN_EPOCH_FREES	/* ... as the last that it does */
};

struct lock_plan {
	const char	*source;
	/* Operations without steps here are as there; NULL: all are here. */
	const struct lock_plan *like;
	/* A class that is NULL: no such lock, or its readers never block. */
	struct lock_kind locks[PLAN_MAXLOCKS];
	/* Which of them covers a search; a number without one: the buckets. */
	unsigned	search;
	/* Which of them is a listener's, each having its own; 0: none. */
	unsigned	listener;
	const struct lock_class *inp;	/* class of the pcbs' own locks */
	/* Buckets with locks of their own; names NULL: there are none. */
	struct lock_kind buckets[NET_MAXBUCKETS];
	enum backoff_rule backoff;
	/* A lock is taken and dropped again for each candidate. */
	bool		locks_candidates;
	/* System calls are messages to netisrs. */
	bool		messages;
	const struct prio_table *prio;		/* NULL: prio_others */
	uint8_t		epoch[NOPS];		/* enum plan_epoch */
	struct step	ops[NOPS][PLAN_MAXSTEPS];
};

/* Kinds of bucket that have locks. */
unsigned plan_nbuckets(const struct lock_plan *);

/* Has it a lock, or buckets, of that name? */
bool	plan_has_lock(const struct lock_plan *, const char *name);

/* The steps of an operation; END alone: this kernel has none such. */
const struct step *plan_steps(const struct lock_plan *, enum op);

/* See models/machine/epoch.h. */
enum plan_epoch plan_epoch(const struct lock_plan *, enum op);

/* "connect", "tcp_close". */
const char *op_name(enum op);

#endif /* !MODELS_PLANS_PLAN_H */
