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

struct lock_class;

/* The locks a step may name. */
enum plan_lock {
	LOCK_INFO,		/* ipi_lock, "tcp" */
	LOCK_LIST,		/* ipi_list_lock, "pcblist" */
	LOCK_HASH,		/* ipi_hash_lock, "tcphash" */
	LOCK_LISTENER,		/* the pcb lock of the inbound listener */
	LOCK_UNCONN,		/* ipi_list_unconn's, from 15 on */
	NPLANLOCKS,
	LOCK_INP = NPLANLOCKS,	/* the pcb lock of the connection in hand */
	LOCK_EXACT,		/* the buckets of that connection's port */
	LOCK_WILD,
	LOCK_PORT
};

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
	OP_SYNACK,		/* answer to our SYN */
	OP_ACCEPT,		/* ACK that completes an inbound handshake */
	OP_FIN,			/* the peer closes first */
	OP_TCP_CLOSE,		/* last ACK or RST: the pcb goes */
	OP_TIMEWAIT,		/* FIN and ACK of our FIN: into TIME_WAIT */
	OP_TIMEWAIT_RECYCLE,	/* zone full: the oldest goes at once */
	/* softclock */
	OP_CALLOUT,		/* a callout without TCP locks */
	OP_TIMEWAIT_EXPIRE,
	/* the terminal */
	OP_CONSOLE,
	NOPS
};

enum step_kind {
	STEP_END,
	STEP_COST,		/* compute; arg: enum cost */
	STEP_WLOCK,		/* acquire exclusive; arg: enum plan_lock */
	STEP_RLOCK,		/* acquire shared */
	STEP_UNLOCK,
	STEP_ACT,		/* change the tables; arg: enum act */
	STEP_UNLESS		/* skip `skip' steps if the condition holds not;
				   arg: enum cond */
};

enum act {
	ACT_BIND,
	ACT_CONNECT,
	ACT_ACCEPT,
	ACT_SEEK,		/* bind or connect, candidate by candidate,
				   taking bucket locks itself (seek.h) */
	ACT_REMOVE,		/* the pcb leaves the tables */
	ACT_LOOKUP,		/* inbound lookup of the 4-tuple */
	ACT_TIMEWAIT,		/* into the TIME_WAIT queue */
	ACT_WALK,		/* visit every pcb (netstat) */
	ACT_CONSOLE		/* the terminal's own work */
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
#define	UNLOCK(l)	{ STEP_UNLOCK, LOCK_ ## l, 0 }
#define	ACT(a)		{ STEP_ACT, ACT_ ## a, 0 }
#define	SEEK		ACT(SEEK)
#define	IF(c, n)	{ STEP_UNLESS, COND_ ## c, (n) }
#define	END		{ STEP_END, 0, 0 }

/* 32 steps are the longest an operation takes. */
#define	PLAN_MAXSTEPS	32

struct lock_plan {
	const char	*source;
	/* Operations without steps here are as there; NULL: all are here. */
	const struct lock_plan *like;
	/* NULL: the kernel has no such lock, or its readers never block. */
	const struct lock_class *locks[NPLANLOCKS];
	const char	*lock_names[NPLANLOCKS];
	const struct lock_class *inp;
	/* Class of the bucket locks; NULL: there are none. */
	const struct lock_class *buckets;
	bool		linear_backoff;		/* 11.x */
	struct step	ops[NOPS][PLAN_MAXSTEPS];
};

/* The steps of an operation. */
const struct step *plan_steps(const struct lock_plan *, enum op);

/* "connect", "tcp_close". */
const char *op_name(enum op);

extern const struct lock_plan plan_freebsd_11;
extern const struct lock_plan plan_freebsd_12;
extern const struct lock_plan plan_freebsd_14;
extern const struct lock_plan plan_freebsd_15;
extern const struct lock_plan plan_freebsd_15_onelevel;

#endif /* !MODELS_PLANS_PLAN_H */
