/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Serializers: kernels that give each connection to a CPU, and do the work of
 * all connections of a CPU one after the other, without a lock over the
 * tables.
 *
 * Theory:	two ways.  A squeue is entered by whoever has something to do,
 *		a system call or the thread that receives, and left again.  A
 *		netisr is a thread of its own: a system call sends it a message
 *		and sleeps until the answer; what it runs for the caller, it
 *		runs on its CPU and before any program.  Either is held as a
 *		lock of kind 0 of the plan's buckets, whose number is the CPU;
 *		so who waits behind a search, and how long, is measured as for
 *		other locks.
 *
 *		A connection belongs to the CPU that its receive thread has;
 *		DragonFly sends every bind to CPU 0, and there also a connect
 *		of a socket that has been bound.
 * Models:	squeue_enter(), squeue_synch_enter(), usr/src/uts/common/inet/
 *		squeue.c, illumos-gate of 2020-12-24; tcp_usr_bind(),
 *		tcp_usr_listen(), tcp_connect(), sys/netinet/tcp_usrreq.c,
 *		sys/net/netisr.c, DragonFly of 2020-07-24.
 * Left out:	the message to another CPU that follows a connect whose tuple
 *		hashes there; that a netisr takes packets and messages from one
 *		queue: here packets come first (a receive thread is put in
 *		front of the netisr's and then waits for it).  Priorities of
 *		the others are FreeBSD's.
 */

#ifndef MODELS_MACHINE_SERIAL_H
#define	MODELS_MACHINE_SERIAL_H

#include "models/cpus/sched.h"
#include "models/machine/fifo.h"

struct machine;

/* A thread that runs messages. */
struct netisr {
	struct serial	*serial;
	struct thread	thread;
	char		name[16];	/* "netisr0" */
	struct fifo	queue;		/* callers' threads */
	struct thread	*caller;	/* whose message it runs */
};

struct serial {
	struct machine	*machine;
	unsigned	n;		/* CPUs */
	struct netisr	*netisrs;	/* netisrs[n]; NULL: no messages */
};

void	serial_init(struct serial *, struct machine *);
void	serial_fini(struct serial *);

#endif /* !MODELS_MACHINE_SERIAL_H */
