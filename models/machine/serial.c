/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Serializers and messages to them; see serial.h.
 */

#include <glib.h>

#include "models/machine/machine.h"
#include "models/machine/serial.h"
#include "models/net/net.h"
#include "sim/kassert.h"

/* The plan's bucket kind that a serializer is. */
#define	SERIAL_KIND	0

/* The CPU that a thread's work belongs to. */
static unsigned
serial_cpu(const struct serial *s, const struct thread *t)
{

	if (t->conn == CONN_NONE)
		return ((t->bound >= 0 ? (unsigned)t->bound : t->id) % s->n);
	return (conn_get(&s->machine->conns, t->conn)->serial % s->n);
}

/* ---- squeues ----------------------------------------------------------- */

static bool
serial_enter(void *serial, struct thread *t)
{
	struct serial *s;

	s = serial;
	machine_bucket_acquire(s->machine, t, &(struct bucket_key){
	    .kind = SERIAL_KIND, .bucket = serial_cpu(s, t) });
	return (true);
}

static bool
serial_exit(void *serial, struct thread *t)
{
	struct serial *s;

	s = serial;
	machine_bucket_release(s->machine, t, SERIAL_KIND);
	return (true);
}

/* ---- messages ---------------------------------------------------------- */

/* What the netisr does for a system call. */
static enum op
message_op(enum op call)
{

	switch (call) {
	case OP_BIND:
		return (OP_MSG_BIND);
	case OP_CONNECT:
		return (OP_MSG_CONNECT);
	case OP_CLOSE:
		return (OP_MSG_CLOSE);
	case OP_CLOSE_UNCONNECTED:
		return (OP_MSG_CLOSE_UNCONNECTED);
	default:
		kpanic("no message for %s", op_name(call));
	}
}

/* Where a system call's message goes. */
static struct netisr *
netisr_of(const struct serial *s, const struct thread *t)
{
	const struct conn *c;
	bool bound;

	c = conn_get(&s->machine->conns, t->conn);
	bound = t->op == OP_BIND || (t->op == OP_CONNECT &&
	    net_pcb_lport(s->machine->net, c->pcb) != 0);
	return (&s->netisrs[bound ? 0 : serial_cpu(s, t)]);
}

static void
netisr_next(struct netisr *n)
{
	struct thread *caller;

	if (fifo_count(&n->queue) == 0) {
		n->caller = NULL;
		if (n->thread.state != THREAD_IDLE)
			machine_thread_idle(n->serial->machine, &n->thread);
		return;
	}
	caller = (struct thread *)(uintptr_t)fifo_take(&n->queue);
	n->caller = caller;
	n->thread.spent = (struct thread_spent){ 0 };
	machine_begin(n->serial->machine, &n->thread,
	    message_op((enum op)caller->op), caller->conn);
}

/* The message has been run: answer, and take the next. */
static void
netisr_done(struct thread *t)
{
	struct thread *caller;
	struct netisr *n;
	struct machine *m;

	n = t->actor;
	m = n->serial->machine;
	caller = n->caller;
	caller->result = t->result;
	caller->iters = t->iters;
	caller->visits = t->visits;
	caller->spent.worked += t->spent.worked;
	caller->spent.searched += t->spent.searched;
	caller->spent.candidates += t->spent.candidates;
	caller->spent.visits += t->spent.visits;
	caller->spent.locked += machine_now(m) - caller->wait_since -
	    t->spent.worked;
	caller->message = MESSAGE_ANSWERED;
	sched_wake(&m->sched, caller);
	netisr_next(n);
}

static bool
serial_message(void *serial, struct thread *t)
{
	struct netisr *n;
	struct serial *s;

	if (t->message == MESSAGE_ANSWERED) {
		t->message = MESSAGE_NONE;
		return (true);
	}
	KASSERT(t->message == MESSAGE_NONE, ("%s sends twice", t->name));
	/* Nobody could lend to who sleeps for an answer. */
	KASSERT(t->nheld == 0, ("%s sends while it holds a lock", t->name));
	s = serial;
	n = netisr_of(s, t);
	t->message = MESSAGE_SENT;
	t->asked = &n->thread;
	t->wait_since = machine_now(s->machine);
	fifo_put(&n->queue, (uint64_t)(uintptr_t)t);
	sched_stop(&s->machine->sched, t, THREAD_BLOCKED);
	if (n->caller == NULL)
		netisr_next(n);
	return (false);
}

/* A message's serializer is its netisr's, whatever it is about. */
static bool
serial_enter_netisr(void *serial, struct thread *t)
{
	struct serial *s;
	struct netisr *n;

	s = serial;
	for (n = s->netisrs; n < s->netisrs + s->n; n++)
		if (t == &n->thread) {
			machine_bucket_acquire(s->machine, t,
			    &(struct bucket_key){ .kind = SERIAL_KIND,
			    .bucket = (uint32_t)(n - s->netisrs) });
			return (true);
		}
	return (serial_enter(serial, t));
}

/* ---- life -------------------------------------------------------------- */

static void
netisr_init(struct netisr *n, struct serial *s, unsigned cpu)
{

	n->serial = s;
	g_snprintf(n->name, sizeof(n->name), "netisr%u", cpu);
	machine_thread(s->machine, &n->thread, n->name, PRI_MESSAGE, (int)cpu,
	    netisr_done);
	n->thread.actor = n;
}

void
serial_init(struct serial *s, struct machine *m)
{
	unsigned i;

	*s = (struct serial){ .machine = m, .n = m->conf->host.cpus };
	machine_act_by(m, ACT_ENTER, m->plan->messages ?
	    serial_enter_netisr : serial_enter, s);
	machine_act_by(m, ACT_EXIT, serial_exit, s);
	machine_act_by(m, ACT_MESSAGE, serial_message, s);
	if (!m->plan->messages)
		return;
	s->netisrs = g_new0(struct netisr, s->n);
	for (i = 0; i < s->n; i++)
		netisr_init(&s->netisrs[i], s, i);
}

void
serial_fini(struct serial *s)
{
	unsigned i;

	for (i = 0; s->netisrs != NULL && i < s->n; i++)
		fifo_fini(&s->netisrs[i].queue);
	g_free(s->netisrs);
}
