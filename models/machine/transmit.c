/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Frames, and who puts them on the ring; see transmit.h.
 */

#include <glib.h>

#include "models/machine/machine.h"
#include "models/machine/transmit.h"
#include "sim/kassert.h"

extern const struct lock_class lock_class_mutex;

/* lock.id of a queue's mutex: behind those of pcbs and listeners. */
#define	TXQ_ID		0x20000u

#define	FRAME_WORDS	3

static void
transmit_put(struct transmit_queue *q, transmit_fn fn, void *arg,
    uint64_t word)
{

	fifo_put(&q->frames, (uint64_t)(uintptr_t)fn);
	fifo_put(&q->frames, (uint64_t)(uintptr_t)arg);
	fifo_put(&q->frames, word);
}

/* Those in hand are on the ring. */
static void
transmit_tell(struct transmit_queue *q)
{
	transmit_fn fn;
	uint64_t word;
	void *arg;

	for (; q->inhand > 0; q->inhand--) {
		fn = (transmit_fn)(uintptr_t)fifo_take(&q->frames);
		arg = (void *)(uintptr_t)fifo_take(&q->frames);
		word = fifo_take(&q->frames);
		fn(arg, word);
	}
}

/* With the mutex: all that there is now. */
static void
transmit_work(struct transmit_queue *q, struct thread *t)
{
	struct machine *m;

	m = q->transmit->machine;
	q->inhand = fifo_count(&q->frames) / FRAME_WORDS;
	machine_begin(m, t, OP_OBSERVE, CONN_NONE);
	t->charge += (simtime)q->inhand * q->transmit->hold;
}

bool
transmit_send(struct transmit *tx, struct thread *t, unsigned i,
    transmit_fn fn, void *arg, uint64_t word)
{
	struct transmit_queue *q;

	q = &tx->queues[i];
	if (q->lock.owner == NULL) {
		transmit_put(q, fn, arg, word);
		if (!lock_acquire(&q->lock, t, false))
			kpanic("%s: a free mutex", q->name);
		transmit_work(q, t);
		return (true);
	}
	transmit_put(q, fn, arg, word);
	tx->deferred++;
	if (q->thread.state == THREAD_IDLE)
		machine_begin(tx->machine, &q->thread, OP_OBSERVE, CONN_NONE);
	return (false);
}

bool
transmit_go_on(struct transmit *tx, struct thread *t, unsigned i)
{
	struct transmit_queue *q;

	q = &tx->queues[i];
	KASSERT(q->lock.owner == t, ("%s has not %s", t->name, q->name));
	transmit_tell(q);
	if (fifo_count(&q->frames) > 0) {
		transmit_work(q, t);
		return (true);
	}
	lock_release(&q->lock, t);
	return (false);
}

/* The thread of a queue: woken, then with the mutex, then done. */
static void
transmit_deferred(struct thread *t)
{
	struct transmit_queue *q;
	struct machine *m;

	q = t->actor;
	m = q->transmit->machine;
	if (q->locked) {
		q->locked = transmit_go_on(q->transmit, t,
		    (unsigned)(q - q->transmit->queues));
		if (q->locked)
			return;
	}
	if (fifo_count(&q->frames) == 0) {
		machine_thread_idle(m, t);
		return;
	}
	/* What the owner sends meanwhile is none of its business any more. */
	machine_begin(m, t, OP_OBSERVE, CONN_NONE);
	q->locked = true;
	lock_acquire(&q->lock, t, false);
}

void
transmit_init(struct transmit *tx, struct machine *m, unsigned nqueues)
{
	struct transmit_queue *q;
	unsigned i;

	*tx = (struct transmit){ .machine = m,
	    .hold = m->conf->inbound.tx_hold };
	if (tx->hold == 0)
		return;
	tx->n = nqueues;
	tx->queues = g_new0(struct transmit_queue, nqueues);
	for (i = 0; i < nqueues; i++) {
		q = &tx->queues[i];
		q->transmit = tx;
		g_snprintf(q->name, sizeof(q->name), "txq%u", i);
		lock_init(&q->lock, &m->lockset, q->name, &lock_class_mutex,
		    TXQ_ID + i);
		machine_thread(m, &q->thread, q->name,
		    prio_of(m->sched.prio, PRI_NET), -1, transmit_deferred);
		q->thread.actor = q;
	}
}

void
transmit_fini(struct transmit *tx)
{
	unsigned i;

	for (i = 0; i < tx->n; i++)
		fifo_fini(&tx->queues[i].frames);
	g_free(tx->queues);
}
