/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Segments from the wire, and the receive threads that work them off: a thread
 * a queue, above all users, each connection always on the same one; and those
 * between programs of this host, which all go through one thread more.
 *
 * Theory:	while a thread waits for a lock its queue lies: what comes fills
 *		the ring, what comes then is lost, sessions' keys and ends of
 *		handshakes too, and comes again after a time out that doubles.
 *
 *		Most segments of the background find their thread asleep, its
 *		CPU idle, and nothing else happens until they are done: these
 *		are done at once (sched_pass()), with the same result.
 *
 * Models:	netisr direct dispatch out of an iflib receive task queue;
 *		FreeBSD 12.1, sys/net/netisr.c, iflib.c.  As many queues as the
 *		hardware has interrupts for, and no more than CPUs that are no
 *		hyperthread (iflib_msix_init(), set_interrupt_apic_ids()); 24
 *		and bound is iflib's.  11.0 has no driver with iflib: igb, ix,
 *		em and ixl receive in interrupt threads of 8 (PI_NET), bound if
 *		there is more than one queue (igb_msix_que(), bus_bind_intr());
 *		bge, re and vtnet have 8, too, and are bound to none.  Rings
 *		have 1,024 places (em, igb) or 2,048 (ix).  Local traffic is
 *		queued, not dispatched (if_simloop(), netisr_queue()), to
 *		`swi1: netisr 0', of which there is one (net.isr.maxthreads),
 *		bound to no CPU (net.isr.bindthreads), with 256 places
 *		(net.isr.defaultqlimit).
 * Left out:	moderation of interrupts and LRO; retransmission of background
 *		segments, which are counted only; that what was lost holds up
 *		what its connection sends later, so that an end may come first:
 *		what comes after it finds no pcb, takes what a segment does and
 *		is not answered by a RST.
 */

#ifndef MODELS_MACHINE_INBOUND_H
#define	MODELS_MACHINE_INBOUND_H

#include <stdbool.h>
#include <stdint.h>

#include "models/cpus/sched.h"
#include "models/locks/lock.h"
#include "models/machine/fifo.h"
#include "models/machine/transmit.h"
#include "models/plans/plan.h"
#include "sim/rng.h"
#include "sim/sim.h"

struct inbound;
struct machine;
struct run_conf;
struct timewait;

#define	INBOUND_NSLOTS(queues)	((queues) + 1)

/* Queues there are unless somebody says how many, at most. */
#define	INBOUND_MAXQUEUES	8
#define	INBOUND_NETISR_QUEUE	256

/*
 * Time outs of senders: what Linux and FreeBSD take once they know a short
 * round trip, and RFC 6298's first; both double, up to so often.
 */
#define	INBOUND_TIMEOUT		(230 * SIM_MS)
#define	INBOUND_TIMEOUT_SYN	SIM_S
#define	INBOUND_MAXTRIES	6

struct rx {
	struct inbound	*inbound;
	struct thread	thread;
	struct fifo	queue;		/* op and connection, see inbound.c */
	uint64_t	waiting;	/* frames in the queue */
	uint64_t	ring;		/* places for them */
	bool		sending;	/* its answer, with a mutex */
	uint32_t	entering;	/* what waits for a TIME_WAIT to go */
	enum op		syn;		/* it is this; OP_NONE: it is a
					   TIME_WAIT itself */
	struct rng	rng;
	unsigned	slot;		/* next background segment */
	char		name[12];	/* "rx3" */
};

struct inbound {
	struct machine	*machine;
	struct timewait	*timewait;
	struct rx	*rx;		/* rx[ncpus] */
	unsigned	nrx;
	bool		two_power;	/* nrx is */
	struct rx	netisr;		/* local traffic */
	struct transmit	transmit;	/* answers, and what programs send */
	unsigned	slot_again;	/* timers: what was lost */
	bool		batches;	/* a segment takes no lock */
	bool		passes;		/* .. and may be done at once */
	simtime		work;		/* .. which takes so long; < 0: it
					   depends */
	simtime		mean_gap;	/* of background segments on a queue */
};

void	inbound_init(struct inbound *, struct machine *, struct timewait *);
void	inbound_fini(struct inbound *);

/* Receive queues of a run. */
unsigned inbound_queues(const struct run_conf *);

/* A segment of a connection arrives; if it is lost, later. */
void	inbound_post(struct inbound *, enum op, uint32_t conn);

/* The queue of a connection that is not local, in and out. */
unsigned inbound_queue(struct inbound *, uint32_t conn);

/* The thread that receives what is sent on a connection. */
const struct thread *inbound_thread(struct inbound *, uint32_t conn);

/*
 * Data of an established session, whose owner is told when it was received.
 * False: it was lost, and is the owner's to send again.
 */
bool	inbound_session(struct inbound *, uint32_t conn);

#endif /* !MODELS_MACHINE_INBOUND_H */
