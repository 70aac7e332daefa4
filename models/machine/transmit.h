/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Transmit queues of NICs, one a receive queue, each under a mutex that senders
 * only try.
 *
 * Theory:	who sends puts its frame on the ring with the mutex held.  Who
 *		finds it held leaves the frame behind, wakes the queue's thread
 *		and goes on; that thread waits for the mutex.  Whoever has it
 *		sends what was left behind, too.  So a program that is put off
 *		its CPU in the driver holds up the others' frames, a receive
 *		thread's among them, until it runs again: the thread lends it
 *		its priority.
 * Models:	vtnet_txq_mq_start(), vtnet_txq_mq_start_locked(),
 *		vtnet_txq_tq_deferred(), vtnet_start_taskqueues() (PI_NET, not
 *		bound), sys/dev/virtio/network/if_vtnet.c, FreeBSD 12.1.
 *		iflib's drivers have rings without a lock.
 * Left out:	the transmit interrupt, which takes the mutex, too: the queue
 *		asks for none until it is nearly full; a full ring; frames of
 *		workloads' own calls.
 */

#ifndef MODELS_MACHINE_TRANSMIT_H
#define	MODELS_MACHINE_TRANSMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "models/cpus/thread.h"
#include "models/locks/lock.h"
#include "models/machine/fifo.h"
#include "sim/time.h"

struct machine;
struct transmit;

/* A frame is on its way. */
typedef void (*transmit_fn)(void *arg, uint64_t word);

struct transmit_queue {
	struct transmit	*transmit;
	struct lock	lock;
	struct thread	thread;		/* "vtnetN txq 0" */
	bool		locked;		/* by this thread */
	uint64_t	inhand;		/* frames the owner puts on the ring */
	struct fifo	frames;		/* fn, arg, word of each */
	char		name[16];
};

struct transmit {
	struct machine	*machine;
	simtime		hold;		/* a frame; 0: there are no mutexes */
	struct transmit_queue *queues;	/* queues[n]; NULL: none */
	unsigned	n;
	uint64_t	deferred;	/* frames left behind so far */
};

void	transmit_init(struct transmit *, struct machine *, unsigned nqueues);
void	transmit_fini(struct transmit *);

/*
 * Thread `t', between two operations, sends a frame by queue `q'; fn(arg, word)
 * is called when it is on the ring.  True: `t' does it, and is to call
 * transmit_go_on() each time that it has done an operation, until that returns
 * false.  False: somebody else will, `t' goes on.
 */
bool	transmit_send(struct transmit *, struct thread *, unsigned q,
	    transmit_fn, void *arg, uint64_t word);
bool	transmit_go_on(struct transmit *, struct thread *, unsigned q);

#endif /* !MODELS_MACHINE_TRANSMIT_H */
