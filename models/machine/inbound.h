/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Segments from the wire, and the receive threads that work them off: one
 * thread a CPU, above all users, each connection always on the same one; and
 * those between programs of this host, which all go through one thread more.
 *
 * Models:	netisr direct dispatch out of an iflib receive task queue;
 *		FreeBSD 12.1, sys/net/netisr.c, iflib.c.  Local traffic is
 *		queued, not dispatched (if_simloop(), netisr_queue()), to
 *		`swi1: netisr 0', of which there is one (net.isr.maxthreads),
 *		bound to no CPU (net.isr.bindthreads).
 * Left out:	the driver's ring and its losses, except that background
 *		segments beyond INBOUND_MAXQUEUE a thread are dropped and
 *		counted; TCP's own retransmission of those.
 */

#ifndef MODELS_MACHINE_INBOUND_H
#define	MODELS_MACHINE_INBOUND_H

#include <stdbool.h>
#include <stdint.h>

#include "models/cpus/sched.h"
#include "models/locks/lock.h"
#include "models/machine/fifo.h"
#include "models/plans/plan.h"
#include "sim/rng.h"
#include "sim/sim.h"

struct inbound;
struct machine;
struct timewait;

#define	INBOUND_NSLOTS(cpus)	((cpus) + 3)

/* Background segments that may wait for one receive thread. */
#define	INBOUND_MAXQUEUE	4096

/* Round trip to a client, which answers at once. */
#define	INBOUND_RTT	SIM_MS

struct rx {
	struct inbound	*inbound;
	struct thread	thread;
	struct fifo	queue;		/* op and connection, see inbound.c */
	uint64_t	waiting;	/* background segments in the queue */
	uint32_t	entering;	/* TIME_WAIT behind a recycled one */
	struct rng	rng;
	unsigned	slot;		/* next background segment */
	char		name[12];	/* "rx3" */
};

struct inbound {
	struct machine	*machine;
	struct timewait	*timewait;
	struct rx	*rx;		/* rx[ncpus] */
	unsigned	nrx;
	struct rx	netisr;		/* local traffic */
	unsigned	slot_accept;	/* next handshake completed */
	unsigned	slot_close;	/* timers: accepted ones close */
	unsigned	slot_rtt;	/* ring: their last ACK */
	struct rng	rng_accept;
	struct rng	rng_lifetime;
	uint32_t	listener;	/* pcb */
	uint32_t	clients;	/* counts them: their addresses */
	bool		batches;	/* a segment takes no lock */
	simtime		mean_gap;	/* of background segments on a CPU */
};

void	inbound_init(struct inbound *, struct machine *, struct timewait *);
void	inbound_fini(struct inbound *);

/* A segment of a connection arrives. */
void	inbound_post(struct inbound *, enum op, uint32_t conn);

/* The same; false: it was dropped. */
bool	inbound_offer(struct inbound *, enum op, uint32_t conn);

/* The same, data of an established session: its owner is told, too. */
bool	inbound_session(struct inbound *, uint32_t conn);

#endif /* !MODELS_MACHINE_INBOUND_H */
