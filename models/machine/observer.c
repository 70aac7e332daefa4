/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Ticks on their way through the stages; see observer.h.
 */

#include <limits.h>

#include <glib.h>

#include "models/machine/inbound.h"
#include "models/machine/machine.h"
#include "models/machine/observer.h"
#include "models/machine/processors.h"
#include "models/machine/softclock.h"
#include "models/net/net.h"
#include "sim/hist.h"
#include "sim/kassert.h"

/* What is on its way on the wire, and whose: a tick, or a connection. */
enum wire {
	WIRE_SYN,
	WIRE_ACK,
	WIRE_CLOSE,
	WIRE_AGAIN		/* what netisr's queue had no room for */
};

#define	WIRE_WORD(what, n)	((uint64_t)(what) << 56 | (n))
#define	WIRE_WHAT(word)		((enum wire)((word) >> 56))
#define	WIRE_NUMBER(word)	((word) & (((uint64_t)1 << 56) - 1))

/* Clients of services come from 198.18.0.0/15 (RFC 2544), one port each. */
#define	CLIENT_NET	0x000012c6u	/* 198.18.0.0 as in_addr_t */
#define	CLIENT_PORTS	60000u
#define	CLIENT_ADDRS	(1u << 17)

static void observer_enter(struct observer *, uint64_t k);

static struct observer_tick *
observer_tick(const struct observer *o, uint64_t k)
{

	KASSERT(k >= o->oldest && k < o->due, ("%s: tick %ju", o->conf->name,
	    (uintmax_t)k));
	return (&o->ticks[k & (o->nticks - 1)]);
}

/* The next tick is due then; whom a timer wakes may be late. */
static void
observer_next(struct observer *o, simtime due)
{

	o->next = due;
	if (o->chain->timer)
		due = processors_wakes(o->machine->conf,
		    &o->machine->sched.turns, &o->threads[0].thread, due);
	sim_at(o->machine->sim, o->slot_due, due);
}

/* ---- served ------------------------------------------------------------ */

static void
observer_serve(struct observer *o, uint64_t k)
{
	struct observer_tick *t;
	simtime due, lag;

	t = observer_tick(o, k);
	due = t->due;
	lag = MAX(machine_now(o->machine) - due - o->lateness.alone, 0);
	lateness_served(&o->lateness, due, lag, t->waited);
	t->served = true;
	while (o->oldest < o->due && observer_tick(o, o->oldest)->served)
		o->oldest++;
	if (o->conf->closed)
		observer_next(o, machine_now(o->machine) + o->conf->period);
}

/* Tick k is done with its stage. */
static void
observer_leave(struct observer *o, uint64_t k)
{
	struct observer_tick *t;
	simtime now;

	t = observer_tick(o, k);
	now = machine_now(o->machine);
	t->waited[t->stage] = MAX(now - t->at - o->stages[t->stage].alone, 0);
	if (t->stage == 0 && o->chain->measures) {
		t->due = t->at + t->waited[0];
		t->waited[0] = 0;
	}
	t->at = now;
	if (++t->stage < o->chain->nstages) {
		observer_enter(o, k);
		return;
	}
	if (t->conn != CONN_NONE)
		sim_timer_add(o->machine->sim, o->slot_wire, now +
		    CHAIN_RTT, WIRE_WORD(WIRE_CLOSE, t->conn));
	observer_serve(o, k);
}

static void
observer_leave_first(struct observer *o, unsigned stage)
{

	observer_leave(o, fifo_take(&o->stages[stage].queue));
}

/* ---- threads ----------------------------------------------------------- */

/* The later a stage, the older its ticks: they go first. */
static void
observer_thread_next(struct observer_thread *ot)
{
	const struct chain_stage *s;
	struct observer *o;
	unsigned i;

	o = ot->observer;
	for (i = o->chain->nstages; i-- > 0;) {
		s = &o->chain->stages[i];
		if (s->kind != STAGE_THREAD || ot != &o->threads[s->thread] ||
		    fifo_count(&o->stages[i].queue) == 0)
			continue;
		ot->stage = i;
		/* Back in user mode it has its own again. */
		if (s->wake_pri != 0 && ot->thread.state == THREAD_IDLE)
			sched_set_pri(&o->machine->sched, &ot->thread,
			    prio_of(o->machine->sched.prio, s->wake_pri));
		machine_begin(o->machine, &ot->thread, OP_OBSERVE, CONN_NONE);
		ot->thread.in_user = ot->thread.user && !s->sends;
		ot->thread.charge += o->stages[i].cost;
		return;
	}
	if (ot->thread.state != THREAD_IDLE)
		machine_thread_idle(o->machine, &ot->thread);
}

static void
observer_sent(void *observer, uint64_t k)
{

	observer_leave(observer, k);
}

static void
observer_thread_done(struct thread *t)
{
	struct observer_thread *ot;
	struct transmit *tx;
	struct observer *o;
	unsigned q;

	ot = t->actor;
	o = ot->observer;
	tx = o->inbound != NULL ? &o->inbound->transmit : NULL;
	if (tx == NULL || tx->queues == NULL || o->chain->loopback ||
	    !o->chain->stages[ot->stage].sends) {
		observer_leave_first(o, ot->stage);
		observer_thread_next(ot);
		return;
	}
	q = inbound_queue(o->inbound, o->conn);
	ot->sending = ot->sending ? transmit_go_on(tx, t, q) :
	    transmit_send(tx, t, q, observer_sent, o,
	    fifo_take(&o->stages[ot->stage].queue));
	if (!ot->sending)
		observer_thread_next(ot);
}

/* ---- clock 0 ----------------------------------------------------------- */

/* vt draws all that changed before it began; what comes later is next. */
static bool
observer_flush(struct observer *o, unsigned stage, struct thread *t,
    bool again)
{
	struct machine *m;

	m = o->machine;
	if (again) {
		for (; o->drawing > 0; o->drawing--)
			observer_leave_first(o, stage);
		sim_at(m->sim, o->slot_timer, machine_now(m) +
		    CHAIN_FLUSH_DELAY);
		return (false);
	}
	o->drawing = fifo_count(&o->stages[stage].queue);
	o->armed = o->drawing > 0;
	if (!o->armed)
		return (false);
	machine_begin(m, t, OP_OBSERVE, CONN_NONE);
	t->charge += o->stages[stage].cost;
	return (true);
}

bool
observer_called(struct observer *o, struct thread *t, bool again)
{
	unsigned i;

	for (i = 0; i < o->chain->nstages; i++)
		if (o->chain->stages[i].kind == STAGE_FLUSH)
			return (observer_flush(o, i, t, again));
		else if (o->chain->stages[i].kind == STAGE_CLOCK)
			break;
	observer_leave_first(o, i);
	return (false);
}

/* ---- the wire ---------------------------------------------------------- */

/* A segment with the ticks from `first' up to what was sent. */
static void
observer_send(struct observer *o, uint64_t first)
{
	struct machine *m;

	m = o->machine;
	if (inbound_session(o->inbound, o->conn)) {
		fifo_put(&o->segments, first);
		fifo_put(&o->segments, o->sent);
		return;
	}
	/* One time out runs, for the oldest that is not acknowledged. */
	if (sim_due(m->sim, o->slot_timer) != SIM_NEVER)
		return;
	o->timeout = o->timeout == 0 ? INBOUND_TIMEOUT : MIN(2 * o->timeout,
	    INBOUND_TIMEOUT << INBOUND_MAXTRIES);
	sim_at(m->sim, o->slot_timer, machine_now(m) + o->timeout);
}

/* A segment to the other end on this host, through netisr's queue. */
static void
observer_local(struct observer *o, uint64_t k)
{

	if (inbound_session(o->inbound, o->conn))
		fifo_put(&o->segments, k);
	else
		sim_timer_add(o->machine->sim, o->slot_wire,
		    machine_now(o->machine) + INBOUND_TIMEOUT,
		    WIRE_WORD(WIRE_AGAIN, k));
}

/* A segment was processed: what is next in order wakes sshd. */
static void
observer_received(struct observer *o, unsigned stage)
{
	uint64_t first, behind;

	first = fifo_take(&o->segments);
	behind = fifo_take(&o->segments);
	if (first > o->received)
		return;			/* waits for what is missing */
	if (behind > o->received && o->timeout != 0) {
		/* Acknowledged: a new time out for what is still missing. */
		sim_cancel(o->machine->sim, o->slot_timer);
		o->timeout = behind < o->sent ? INBOUND_TIMEOUT : 0;
		if (o->timeout != 0)
			sim_at(o->machine->sim, o->slot_timer,
			    machine_now(o->machine) + o->timeout);
	}
	for (; o->received < behind; o->received++)
		observer_leave_first(o, stage);
}

static uint32_t
observer_conn(struct observer *o)
{
	const struct run_conf *conf;
	struct conn *c;
	uint32_t idx;

	conf = o->machine->conf;
	idx = conn_alloc(&o->machine->conns);
	c = conn_get(&o->machine->conns, idx);
	c->workload = (uint16_t)CONN_OBSERVER(o->idx);
	c->laddr = conf->host.laddrs[0];
	c->lport = o->chain->loopback ? 7 : 22;
	c->faddr = o->chain->loopback ? c->laddr : net_addr_add(CLIENT_NET,
	    o->clients / CLIENT_PORTS % CLIENT_ADDRS);
	c->fport = (uint16_t)(1024 + o->clients % CLIENT_PORTS);
	c->loopback = o->chain->loopback;
	o->clients++;
	return (idx);
}

/* A SYN or the ACK of tick k. */
static void
observer_handshake(struct observer *o, uint64_t k, enum wire what)
{
	uint32_t conn;

	conn = observer_tick(o, k)->conn;
	/* Nobody measures when such a one was due: it says whose it is. */
	conn_get(&o->machine->conns, conn)->due = (simtime)k;
	inbound_post(o->inbound, what == WIRE_SYN ? OP_SYN : OP_ACCEPT, conn);
}

static void
observer_wire_due(void *observer, const struct sim_event *ev)
{
	struct observer *o;
	uint64_t n;

	o = observer;
	n = WIRE_NUMBER(ev->payload);
	if (WIRE_WHAT(ev->payload) == WIRE_CLOSE)
		inbound_post(o->inbound, OP_TCP_CLOSE, (uint32_t)n);
	else if (WIRE_WHAT(ev->payload) == WIRE_AGAIN)
		observer_local(o, n);
	else
		observer_handshake(o, n, WIRE_WHAT(ev->payload));
}

/* A receive thread is done with a segment of it. */
static void
observer_segment_done(void *observer, enum op op, uint32_t conn, int error)
{
	struct observer *o;
	uint64_t k;

	(void)error;
	o = observer;
	if (op == OP_TCP_CLOSE) {
		machine_conn_over(o->machine, conn);
		return;
	}
	if (conn == o->conn && o->chain->loopback) {
		observer_leave(o, fifo_take(&o->segments));
		return;
	}
	if (conn == o->conn) {
		observer_received(o, 0);
		return;
	}
	k = (uint64_t)conn_get(&o->machine->conns, conn)->due;
	observer_leave(o, k);
}

/* ---- stages ------------------------------------------------------------ */

static void
observer_enter(struct observer *o, uint64_t k)
{
	const struct chain_stage *s;
	struct observer_thread *ot;
	struct observer_tick *t;
	struct machine *m;

	m = o->machine;
	t = observer_tick(o, k);
	s = &o->chain->stages[t->stage];
	switch (s->kind) {
	case STAGE_SYN:
		t->conn = observer_conn(o);
		observer_handshake(o, k, WIRE_SYN);
		return;
	case STAGE_LOCAL:
		observer_local(o, k);
		return;
	case STAGE_ACK:
		sim_timer_add(m->sim, o->slot_wire, t->at + CHAIN_RTT,
		    WIRE_WORD(WIRE_ACK, k));
		return;
	default:
		break;
	}
	fifo_put(&o->stages[t->stage].queue, k);
	if (s->kind == STAGE_THREAD) {
		ot = &o->threads[s->thread];
		if (ot->thread.state == THREAD_IDLE)
			observer_thread_next(ot);
	} else if (s->kind == STAGE_SEGMENT) {
		o->sent = k + 1;
		observer_send(o, k);
	} else if (s->kind == STAGE_CLOCK)
		softclock_post(o->softclock, o->callout, o->idx);
	else if (!o->armed) {
		o->armed = true;
		sim_at(m->sim, o->slot_timer, t->at + CHAIN_FLUSH_DELAY);
	}
}

static void
observer_timer_due(void *observer, const struct sim_event *ev)
{
	struct observer *o;

	(void)ev;
	o = observer;
	if (o->chain->stages[0].kind == STAGE_SEGMENT)
		observer_send(o, o->received);
	else
		softclock_post(o->softclock, o->callout, o->idx);
}

/* More ticks are under way than there was room for. */
static void
observer_grow(struct observer *o)
{
	struct observer_tick *ticks;
	uint64_t k, n;

	n = MAX(2 * o->nticks, 64);
	ticks = g_new(struct observer_tick, n);
	for (k = o->oldest; k < o->due; k++)
		ticks[k & (n - 1)] = *observer_tick(o, k);
	g_free(o->ticks);
	o->ticks = ticks;
	o->nticks = n;
}

static void
observer_due(void *observer, const struct sim_event *ev)
{
	struct observer *o;
	uint64_t k;

	o = observer;
	if (o->due - o->oldest == o->nticks)
		observer_grow(o);
	k = o->due++;
	*observer_tick(o, k) = (struct observer_tick){ .due = o->next,
	    .at = ev->time, .conn = CONN_NONE };
	if (!o->conf->closed)
		observer_next(o, o->next + o->conf->period);
	observer_enter(o, k);
	inquiry_begin(&o->lateness.inquiry);
}

/* ---- who waits --------------------------------------------------------- */

/* Was what a receive thread should have by now lost on its way there? */
static bool
observer_lost(const struct observer *o, const struct observer_tick *t)
{

	if (t->conn != CONN_NONE)
		return (conn_get(&o->machine->conns, t->conn)->tries > 0);
	return (fifo_count(&o->segments) == 0 ||
	    *fifo_first(&o->segments) > o->received);
}

/* The oldest tick that was not served, for an inquiry. */
static bool
observer_waits(void *observer, struct inquiry_wait *w)
{
	const struct observer_tick *t;
	const struct chain_stage *s;
	const struct observer *o;

	o = observer;
	if (o->oldest == o->due)
		return (false);
	t = observer_tick(o, o->oldest);
	s = &o->chain->stages[t->stage];
	*w = (struct inquiry_wait){ .since = t->due +
	    o->lateness.alone };
	if (s->kind == STAGE_THREAD)
		w->thread = &o->threads[s->thread].thread;
	else if (s->kind == STAGE_CLOCK || s->kind == STAGE_FLUSH)
		w->thread = &o->softclock->thread;
	else {
		w->thread = inbound_thread(o->inbound, t->conn != CONN_NONE ?
		    t->conn : o->conn);
		w->lost = s->kind != STAGE_LOCAL && observer_lost(o, t);
	}
	return (true);
}

/* ---- life -------------------------------------------------------------- */

static void
observer_thread_init(struct observer *o, const struct chain_stage *s)
{
	struct observer_thread *ot;

	ot = &o->threads[s->thread];
	if (ot->observer != NULL)
		return;
	ot->observer = o;
	ot->name = g_strdup_printf("%s/%s", o->conf->name, s->name);
	machine_thread(o->machine, &ot->thread, ot->name,
	    o->conf->priority != 0 ? o->conf->priority :
	    prio_of(o->machine->sched.prio, s->pri),
	    o->conf->cpu == UINT_MAX ? -1 : (int)o->conf->cpu,
	    observer_thread_done);
	ot->thread.actor = ot;
}

/* A service that listens; its pcb's lock is its own. */
static void
observer_listen(struct observer *o)
{
	struct machine *m;
	struct net_op op;
	uint32_t pcb;

	m = o->machine;
	if (m->plan->listener != 0)
		lock_init(&o->listener, &m->lockset,
		    m->plan->locks[m->plan->listener].name,
		    m->plan->locks[m->plan->listener].class,
		    PLAN_MAXLOCKS + o->threads[0].thread.id);
	pcb = net_socket(m->net, 0, 0);
	net_bind(m->net, pcb, NET_ANY, o->chain->loopback ? 7 : 22, &op);
	if (op.error == 0)
		net_listen(m->net, pcb, &op);
}

void
observer_init(struct observer *o, struct machine *m, unsigned idx,
    struct softclock *sc, unsigned callout, struct inbound *in)
{
	struct observer_stage *os;
	simtime alone, work;
	unsigned i;

	*o = (struct observer){ .machine = m, .softclock = sc,
	    .callout = callout, .inbound = in, .idx = idx };
	o->conf = &m->conf->observers[idx];
	o->chain = &chain_table[o->conf->kind];
	o->conn = CONN_NONE;
	work = o->conf->work != SIM_NEVER ? o->conf->work : o->chain->work;
	for (i = 0, alone = 0; i < o->chain->nstages; i++) {
		os = &o->stages[i];
		os->cost = chain_cost(&o->chain->stages[i], work,
		    m->conf->host.costs);
		os->alone = chain_alone(&o->chain->stages[i], os->cost,
		    m->conf->host.costs);
		alone += os->alone;
		if (o->chain->stages[i].kind == STAGE_THREAD)
			observer_thread_init(o, &o->chain->stages[i]);
	}
	o->slot_due = machine_slot(m, observer_due, o);
	o->slot_timer = machine_slot(m, observer_timer_due, o);
	o->slot_wire = machine_slot(m, observer_wire_due, o);
	sim_timers(m->sim, o->slot_wire);
	if (o->chain->stages[0].kind == STAGE_SYN)
		observer_listen(o);
	machine_own(m, CONN_OBSERVER(idx), &(struct conn_owner){ .arg = o,
	    .segment_done = observer_segment_done,
	    .listener = o->listener.class != NULL ? &o->listener : NULL });
	if (o->chain->session)
		o->conn = observer_conn(o);
	lateness_init(&o->lateness, m, idx, alone, observer_waits, o);
	observer_next(o, o->conf->period);
}

void
observer_fini(struct observer *o)
{
	unsigned k;

	for (k = 0; k < CHAIN_MAXSTAGES; k++)
		fifo_fini(&o->stages[k].queue);
	for (k = 0; k < CHAIN_MAXTHREADS; k++)
		g_free(o->threads[k].name);
	fifo_fini(&o->segments);
	lateness_fini(&o->lateness);
	g_free(o->ticks);
}

/* ---- asking ------------------------------------------------------------ */

simtime
observer_waiting(const struct observer *o)
{

	if (o->oldest == o->due)
		return (0);
	return (MAX(machine_now(o->machine) - observer_tick(o, o->oldest)->due -
	    o->lateness.alone, 0));
}

/* What was not served has waited where it is. */
void
observer_end(struct observer *o)
{
	struct observer_tick *t;
	simtime waiting;
	uint64_t k;

	waiting = observer_waiting(o);
	while ((k = o->oldest) < o->due) {
		t = observer_tick(o, k);
		t->waited[t->stage] = MAX(machine_now(o->machine) - t->at -
		    o->stages[t->stage].alone, 0);
		observer_serve(o, k);
	}
	lateness_end(&o->lateness, waiting);
}
