/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Receive queues, their threads, background segments; see inbound.h.
 */

#include <glib.h>

#include "models/machine/inbound.h"
#include "models/machine/machine.h"
#include "models/machine/timewait.h"
#include "models/net/net.h"
#include "sim/kassert.h"

/*
 * A word of a receive queue: the operation above, 6 bits; below it, in 26, the
 * connection's serial and in 32 its place, or only the number of background
 * segments that stand here one behind the other.
 */
#define	RX_WORD(op, n)	((uint64_t)(op) << 58 | (n))
#define	RX_OP(word)	((enum op)((word) >> 58))

_Static_assert(NOPS < 1 << 6, "an operation does not fit");

/* Data of a session, which is told; background segments stand together. */
#define	RX_SESSION	NOPS

static simtime inbound_work(const struct machine *);
static void rx_next(struct rx *);
static void rx_begin(struct rx *, enum op, uint32_t conn);
static void rx_take(struct rx *, enum op, uint32_t conn);

static inline struct rx *
rx_of(struct inbound *in, uint32_t conn)
{
	const struct conn *c;

	c = conn_get(&in->machine->conns, conn);
	if (c->loopback)
		return (&in->netisr);
	/* A division takes longer than all of this. */
	return (&in->rx[in->two_power ? c->serial & (in->nrx - 1) :
	    c->serial % in->nrx]);
}

unsigned
inbound_queue(struct inbound *in, uint32_t conn)
{

	return ((unsigned)(rx_of(in, conn) - in->rx));
}

const struct thread *
inbound_thread(struct inbound *in, uint32_t conn)
{

	return (&rx_of(in, conn)->thread);
}

static uint64_t
rx_word(const struct inbound *in, enum op op, uint32_t conn)
{
	uint64_t serial;

	serial = conn_get(&in->machine->conns, conn)->serial & CONN_SERIALS;
	return (RX_WORD(op, serial << 32 | conn));
}

/* Has the connection ended that this is a segment of? */
static bool
rx_late(const struct inbound *in, uint64_t word)
{

	return (conn_is_over(&in->machine->conns, (uint32_t)word,
	    (uint32_t)(word >> 32)));
}

static void
rx_kick(struct rx *rx)
{

	if (rx->thread.state == THREAD_IDLE)
		rx_next(rx);
}

/* ---- the wire ---------------------------------------------------------- */

/* A frame for the ring; false: it is full, and the frame is lost. */
static bool
rx_put(struct rx *rx, uint64_t word)
{

	if (rx->waiting == rx->ring) {
		rx->inbound->machine->res->segments_dropped++;
		return (false);
	}
	rx->waiting++;
	pace_device(&rx->inbound->machine->sched);
	/* Background segments stand together. */
	if (RX_OP(word) == OP_SEGMENT && fifo_count(&rx->queue) > 0 &&
	    RX_OP(*fifo_last(&rx->queue)) == OP_SEGMENT)
		++*fifo_last(&rx->queue);
	else
		fifo_put(&rx->queue, word);
	rx_kick(rx);
	return (true);
}

/* What is lost comes again, each time after twice as long. */
static void
inbound_send(struct inbound *in, uint64_t word)
{
	struct conn *c;
	simtime timeout;

	if (rx_put(rx_of(in, (uint32_t)word), word))
		return;
	c = conn_get(&in->machine->conns, (uint32_t)word);
	timeout = RX_OP(word) == OP_SYN ? INBOUND_TIMEOUT_SYN :
	    INBOUND_TIMEOUT;
	sim_timer_add(in->machine->sim, in->slot_again,
	    machine_now(in->machine) + (timeout << c->tries), word);
	if (c->tries < INBOUND_MAXTRIES)
		c->tries++;
}

static void
inbound_again_due(void *inbound, const struct sim_event *ev)
{

	/* Its end may have come before it. */
	if (!rx_late(inbound, ev->payload))
		inbound_send(inbound, ev->payload);
}

void
inbound_post(struct inbound *in, enum op op, uint32_t conn)
{
	struct rx *rx;

	rx = rx_of(in, conn);
	if (rx->waiting > 0 || rx->ring == 0 ||
	    rx->thread.state != THREAD_IDLE) {
		inbound_send(in, rx_word(in, op, conn));
		return;
	}
	/* Nobody is before it: its turn is now. */
	pace_device(&in->machine->sched);
	rx_take(rx, op, conn);
}

bool
inbound_session(struct inbound *in, uint32_t conn)
{

	return (rx_put(rx_of(in, conn), rx_word(in, RX_SESSION, conn)));
}

/* One comes and is done before anything else happens, if so. */
static bool
rx_pass(struct rx *rx)
{
	struct machine *m;
	simtime work;

	m = rx->inbound->machine;
	if (!rx->inbound->passes || rx->thread.state != THREAD_IDLE)
		return (false);
	work = rx->inbound->work;
	if (work < 0)
		work = inbound_work(m);
	if (work == 0 || !sched_pass(&m->sched, &rx->thread, work))
		return (false);
	rx->thread.spent.worked += work;
	m->res->segments++;
	return (true);
}

/* Another segment of an established connection. */
static void
rx_segment_due(void *arg, const struct sim_event *ev)
{
	struct machine *m;
	struct rx *rx;

	rx = arg;
	m = rx->inbound->machine;
	sim_at(m->sim, rx->slot, ev->time + 1 + (simtime)(rng_exp1(&rx->rng) *
	    (double)rx->inbound->mean_gap));
	if (!rx_pass(rx))
		rx_put(rx, RX_WORD(OP_SEGMENT, 1));
}

/* ---- the threads ------------------------------------------------------- */

/* Its answer is on the wire; the connection may have ended meanwhile. */
static void
rx_sent(void *inbound, uint64_t word)
{
	const struct conn_owner *o;
	struct inbound *in;

	in = inbound;
	if (rx_late(in, word))
		return;
	o = machine_owner(in->machine, (uint32_t)word);
	o->segment_done(o->arg, RX_OP(word), (uint32_t)word, 0);
}

/*
 * Where a mutex is to be had for it: an operation that ends with an answer.
 * False: it has none.
 */
static bool
rx_answers(struct rx *rx, struct thread *t)
{
	struct inbound *in;

	in = rx->inbound;
	if (in->transmit.queues == NULL || rx == &in->netisr ||
	    (t->op != OP_SYN && t->op != OP_SYNACK && t->op != OP_FIN &&
	    t->op != OP_TIMEWAIT))
		return (false);
	rx->sending = transmit_send(&in->transmit, t,
	    (unsigned)(rx - in->rx), rx_sent, in, rx_word(in, t->op, t->conn));
	return (true);
}

static void
rx_done(struct thread *t)
{
	const struct conn_owner *o;
	struct machine *m;
	struct rx *rx;
	enum op op;

	rx = t->actor;
	m = rx->inbound->machine;
	if (rx->sending) {
		rx->sending = transmit_go_on(&rx->inbound->transmit, t,
		    (unsigned)(rx - rx->inbound->rx));
		if (!rx->sending)
			rx_next(rx);
		return;
	}
	if (t->op == OP_SEGMENT && t->conn == CONN_NONE)
		m->res->segments += t->repeat;
	else if (rx->syn != OP_NONE) {
		/* It was in the way of a client that comes back. */
		timewait_taken(rx->inbound->timewait, t->conn);
		op = rx->syn;
		rx->syn = OP_NONE;
		rx_begin(rx, op, rx->entering);
		return;
	} else if (t->op == OP_TIMEWAIT_RECYCLE) {
		/* Room is made: now the one that it was made for. */
		m->res->timewait_recycled++;
		machine_conn_over(m, t->conn);
		machine_begin(m, t, OP_TIMEWAIT, rx->entering);
		return;
	} else if (rx_answers(rx, t)) {
		if (rx->sending)
			return;
	} else {
		o = machine_owner(m, t->conn);
		o->segment_done(o->arg, t->op, t->conn, t->result.error);
	}
	rx_next(rx);
}

/* All slots for TIME_WAIT are in use: the oldest makes room for `conn'. */
static void
rx_recycle(struct rx *rx, uint32_t conn)
{
	struct machine *m;
	uint32_t oldest;

	m = rx->inbound->machine;
	oldest = timewait_recycle(rx->inbound->timewait);
	if (oldest == CONN_NONE) {
		machine_begin(m, &rx->thread, OP_TCP_CLOSE, conn);
		return;
	}
	rx->entering = conn;
	machine_begin(m, &rx->thread, OP_TIMEWAIT_RECYCLE, oldest);
}

/* A segment of a connection; a kernel whose plan has no SYN takes any. */
static void
rx_begin(struct rx *rx, enum op op, uint32_t conn)
{
	struct machine *m;
	struct conn *c;

	m = rx->inbound->machine;
	if (op == RX_SESSION ||
	    (op == OP_SYN && plan_steps(m->plan, op)->kind == STEP_END))
		op = OP_SEGMENT;
	rx->thread.listener = machine_owner(m, conn)->listener;
	c = conn_get(&m->conns, conn);
	/* A page that is only read stays one that copies share. */
	if (c->tries != 0)
		c->tries = 0;
	machine_begin(m, &rx->thread, op, conn);
}

/*
 * What opens a connection here, and the tuple is in TIME_WAIT: that goes first.
 * Over the loopback the end of a handshake stands for both its segments.
 */
static bool
rx_takes_timewait(struct rx *rx, enum op op, uint32_t conn)
{
	const struct conn *c;
	struct machine *m;
	uint32_t old;

	m = rx->inbound->machine;
	c = conn_get(&m->conns, conn);
	if (op != OP_SYN && !(op == OP_ACCEPT && c->server))
		return (false);
	if (rx->inbound->timewait == NULL)
		return (false);		/* a test's */
	old = timewait_take(rx->inbound->timewait, c);
	if (old == CONN_NONE)
		return (false);
	rx->syn = op;
	rx->entering = conn;
	machine_begin(m, &rx->thread, OP_TCP_CLOSE, old);
	return (true);
}

/* The next segment is a connection's, which is not over. */
static void
rx_take(struct rx *rx, enum op op, uint32_t conn)
{

	if (op == OP_TIMEWAIT && !timewait_reserve(rx->inbound->timewait))
		rx_recycle(rx, conn);
	else if (!rx_takes_timewait(rx, op, conn))
		rx_begin(rx, op, conn);
}

/* Begin the next segment, or rest. */
static void
rx_next(struct rx *rx)
{
	struct machine *m;
	struct thread *t;
	uint64_t batch, *word;
	uint32_t arg;
	enum op op;
	bool late;

	m = rx->inbound->machine;
	t = &rx->thread;
	if (fifo_count(&rx->queue) == 0) {
		if (t->state != THREAD_IDLE)
			machine_thread_idle(m, t);
		return;
	}
	word = fifo_first(&rx->queue);
	op = RX_OP(*word);
	arg = (uint32_t)*word;
	if (op != OP_SEGMENT) {
		late = rx_late(rx->inbound, fifo_take(&rx->queue));
		rx->waiting--;
		if (late) {
			/* It finds no pcb. */
			machine_begin(m, t, OP_SEGMENT, CONN_NONE);
			t->repeat = 1;
		} else
			rx_take(rx, op, arg);
		return;
	}
	/*
	 * Where a segment takes no lock, those that stand one behind the
	 * other are one stretch of work: nobody can tell the difference.
	 */
	batch = rx->inbound->batches ? arg : 1;
	if (batch == arg)
		fifo_take(&rx->queue);
	else
		*word -= batch;
	rx->waiting -= batch;
	machine_begin(m, t, OP_SEGMENT, CONN_NONE);
	t->repeat = batch;
}

/* ---- life -------------------------------------------------------------- */

/* What a segment takes now, if it takes no lock. */
static simtime
inbound_work(const struct machine *m)
{
	const struct step *s;
	simtime work;

	work = 0;
	for (s = plan_steps(m->plan, OP_SEGMENT); s->kind != STEP_END; s++)
		work += cost_at(m->conf->host.costs, s->arg, net_npcbs(m->net));
	return (work);
}

/* .. whatever the population; < 0: that matters. */
static simtime
inbound_constant_work(const struct machine *m)
{
	const struct step *s;

	for (s = plan_steps(m->plan, OP_SEGMENT); s->kind != STEP_END; s++)
		if (s->kind != STEP_COST ||
		    m->conf->host.costs->curve[s->arg].npoints > 1)
			return (-1);
	return (inbound_work(m));
}

static bool
inbound_plan_batches(const struct lock_plan *plan)
{
	const struct step *s;

	for (s = plan_steps(plan, OP_SEGMENT); s->kind != STEP_END; s++)
		if (s->kind != STEP_COST)
			return (false);
	return (true);
}

static void
rx_init_thread(struct rx *rx, struct inbound *in, enum pri pri, int bound,
    uint64_t ring)
{

	rx->inbound = in;
	rx->ring = ring;
	machine_thread(in->machine, &rx->thread, rx->name, pri, bound,
	    rx_done);
	rx->thread.actor = rx;
	rx->thread.group = THREAD_RX;
}

unsigned
inbound_queues(const struct run_conf *conf)
{

	if (conf->inbound.queues != 0)
		return (conf->inbound.queues);
	return (MIN(conf->host.cpus, INBOUND_MAXQUEUES));
}

/* Queues are spread over the CPUs; with fewer, some CPUs have none. */
static void
rx_init(struct rx *rx, struct inbound *in, unsigned i)
{
	const struct run_conf *conf;
	struct machine *m;
	unsigned cpu;
	char *stream;

	m = in->machine;
	conf = m->conf;
	cpu = (unsigned)((uint64_t)i * conf->host.cpus / in->nrx) %
	    conf->host.cpus;
	g_snprintf(rx->name, sizeof(rx->name), "rx%u", i);
	rx_init_thread(rx, in, conf->inbound.rx_priority != 0 ?
	    conf->inbound.rx_priority : m->sched.prio->rx,
	    conf->inbound.rx_bound ? (int)cpu : -1, conf->inbound.ring);
	rx->thread.home = (int)cpu;
	rx->slot = machine_slot(m, rx_segment_due, rx);
	stream = g_strdup_printf("inbound/segments/%u", i);
	machine_stream(m, &rx->rng, stream);
	g_free(stream);
	if (conf->inbound.segments > 0)
		sim_at(m->sim, rx->slot, (simtime)(rng_exp1(&rx->rng) *
		    (double)in->mean_gap));
}

void
inbound_init(struct inbound *in, struct machine *m, struct timewait *tw)
{
	const struct run_conf *conf;
	unsigned i;

	conf = m->conf;
	*in = (struct inbound){ .machine = m, .timewait = tw,
	    .nrx = inbound_queues(conf),
	    .batches = inbound_plan_batches(m->plan) };
	in->two_power = (in->nrx & (in->nrx - 1)) == 0;
	in->passes = in->batches && !conf->stepwise && conf->inbound.ring > 0;
	in->work = inbound_constant_work(m);
	if (conf->inbound.segments > 0)
		in->mean_gap = (simtime)(1e18 * in->nrx /
		    (double)conf->inbound.segments);
	in->rx = g_new0(struct rx, in->nrx);
	for (i = 0; i < in->nrx; i++)
		rx_init(&in->rx[i], in, i);
	g_strlcpy(in->netisr.name, "netisr0", sizeof(in->netisr.name));
	rx_init_thread(&in->netisr, in, prio_of(m->sched.prio, PRI_NETISR), -1,
	    INBOUND_NETISR_QUEUE);
	in->netisr.thread.group = THREAD_NETISR;
	in->netisr.thread.ithd = true;
	transmit_init(&in->transmit, m, in->nrx);
	in->slot_again = machine_slot(m, inbound_again_due, in);
	sim_timers(m->sim, in->slot_again);
}

void
inbound_fini(struct inbound *in)
{
	unsigned i;

	for (i = 0; i < in->nrx; i++)
		fifo_fini(&in->rx[i].queue);
	fifo_fini(&in->netisr.queue);
	transmit_fini(&in->transmit);
	g_free(in->rx);
}
