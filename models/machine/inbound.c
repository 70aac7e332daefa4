/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Receive threads, background segments, inbound handshakes; see inbound.h.
 */

#include <glib.h>

#include "models/machine/inbound.h"
#include "models/machine/machine.h"
#include "models/machine/timewait.h"
#include "models/net/net.h"
#include "sim/dist.h"
#include "sim/kassert.h"

/*
 * A word of a receive queue: the operation above, below it the connection, or
 * the number of background segments that stand here one behind the other.
 */
#define	RX_WORD(op, n)	((uint64_t)(op) << 32 | (n))
#define	RX_OP(word)	((enum op)((word) >> 32))

/* Data of a session, which is told; background segments stand together. */
#define	RX_SESSION	NOPS

/* Clients come from 100.64.0.0/10, with ports of their own. */
#define	CLIENT_NET	0x00004064u	/* 100.64.0.0 as in_addr_t */
#define	CLIENT_PORTS	60000u
#define	CLIENT_ADDRS	(1u << 22)

static void rx_next(struct rx *);

static struct rx *
rx_of(struct inbound *in, uint32_t conn)
{

	const struct conn *c;

	c = conn_get(&in->machine->conns, conn);
	return (c->loopback ? &in->netisr : &in->rx[c->serial % in->nrx]);
}

static void
rx_kick(struct rx *rx)
{

	if (rx->thread.state == THREAD_IDLE)
		rx_next(rx);
}

/* ---- the wire ---------------------------------------------------------- */

void
inbound_post(struct inbound *in, enum op op, uint32_t conn)
{
	struct rx *rx;

	rx = rx_of(in, conn);
	fifo_put(&rx->queue, RX_WORD(op, conn));
	rx_kick(rx);
}

bool
inbound_offer(struct inbound *in, enum op op, uint32_t conn)
{

	if (rx_of(in, conn)->waiting == INBOUND_MAXQUEUE)
		return (false);
	inbound_post(in, op, conn);
	return (true);
}

bool
inbound_session(struct inbound *in, uint32_t conn)
{

	return (inbound_offer(in, (enum op)RX_SESSION, conn));
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
	if (rx->waiting == INBOUND_MAXQUEUE) {
		m->res->segments_dropped++;
		return;
	}
	rx->waiting++;
	if (fifo_count(&rx->queue) > 0 &&
	    RX_OP(*fifo_last(&rx->queue)) == OP_SEGMENT)
		++*fifo_last(&rx->queue);
	else
		fifo_put(&rx->queue, RX_WORD(OP_SEGMENT, 1));
	rx_kick(rx);
}

/* A client's last ACK of the handshake is due. */
static void
inbound_accept_due(void *arg, const struct sim_event *ev)
{
	const struct run_conf *conf;
	struct inbound *in;
	struct machine *m;
	struct conn *c;
	uint32_t idx;

	in = arg;
	m = in->machine;
	conf = m->conf;
	sim_at(m->sim, in->slot_accept, ev->time + 1 +
	    (simtime)(rng_exp1(&in->rng_accept) * 1e18 /
	    (double)conf->inbound.accepts));
	idx = conn_alloc(&m->conns);
	c = conn_get(&m->conns, idx);
	c->due = ev->time;
	c->lifetime = dist_draw(&conf->inbound.lifetime, &in->rng_lifetime);
	c->workload = CONN_INBOUND;
	c->laddr = conf->host.laddrs[0];
	c->lport = conf->inbound.lport;
	c->faddr = net_addr_add(CLIENT_NET,
	    in->clients / CLIENT_PORTS % CLIENT_ADDRS);
	c->fport = (uint16_t)(1024 + in->clients % CLIENT_PORTS);
	in->clients++;
	inbound_post(in, OP_ACCEPT, idx);
}

/* An accepted connection has its pcb: its life begins. */
static void
inbound_accepted(struct inbound *in, uint32_t conn)
{
	const struct conn *c;

	c = conn_get(&in->machine->conns, conn);
	sim_timer_add(in->machine->sim, in->slot_close,
	    machine_now(in->machine) + c->lifetime, conn);
}

/* The connection has lived: the client's FIN arrives, or the server's goes. */
static void
inbound_close_due(void *arg, const struct sim_event *ev)
{
	struct inbound *in;

	in = arg;
	if (in->machine->conf->inbound.closer == CLOSER_REMOTE)
		inbound_post(in, OP_FIN, (uint32_t)ev->payload);
	else
		sim_timer_add(in->machine->sim, in->slot_rtt, ev->time +
		    INBOUND_RTT, ev->payload);
}

/* The answer to our FIN: the last ACK, or the client's FIN. */
static void
inbound_rtt_due(void *arg, const struct sim_event *ev)
{
	struct inbound *in;

	in = arg;
	inbound_post(in, in->machine->conf->inbound.closer == CLOSER_REMOTE ?
	    OP_TCP_CLOSE : OP_TIMEWAIT, (uint32_t)ev->payload);
}

/* ---- the threads ------------------------------------------------------- */

/* A segment of an accepted connection has been processed. */
static void
inbound_done(void *arg, enum op op, uint32_t conn, int error)
{
	struct inbound *in;
	struct machine *m;

	in = arg;
	m = in->machine;
	switch (op) {
	case OP_ACCEPT:
		if (error == 0)
			inbound_accepted(in, conn);
		else
			machine_conn_over(m, conn);
		break;
	case OP_FIN:
		/* The server closes at once; its last ACK comes back. */
		sim_timer_add(m->sim, in->slot_rtt, machine_now(m) +
		    INBOUND_RTT, conn);
		break;
	case OP_TCP_CLOSE:
		machine_conn_over(m, conn);
		break;
	case OP_TIMEWAIT:
		break;
	default:
		kpanic("inbound connection: %s", op_name(op));
	}
}

static void
rx_done(struct thread *t)
{
	const struct conn_owner *o;
	struct machine *m;
	struct rx *rx;

	rx = t->actor;
	m = rx->inbound->machine;
	if (t->op == OP_SEGMENT && t->conn == CONN_NONE)
		m->res->segments += t->repeat;
	else if (t->op == OP_TIMEWAIT_RECYCLE) {
		/* Room is made: now the one that it was made for. */
		m->res->timewait_recycled++;
		machine_conn_over(m, t->conn);
		machine_begin(m, t, OP_TIMEWAIT, rx->entering);
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

	m = rx->inbound->machine;
	if (op == RX_SESSION ||
	    (op == OP_SYN && m->steps[OP_SYN]->kind == STEP_END))
		op = OP_SEGMENT;
	rx->thread.listener = machine_owner(m, conn)->listener;
	machine_begin(m, &rx->thread, op, conn);
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
		fifo_take(&rx->queue);
		if (op == OP_TIMEWAIT &&
		    !timewait_reserve(rx->inbound->timewait))
			rx_recycle(rx, arg);
		else
			rx_begin(rx, op, arg);
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

static void
inbound_listen(struct inbound *in)
{
	struct machine *m;
	struct net_op op;

	m = in->machine;
	in->listener = net_socket(m->net, 0, 0);
	net_bind(m->net, in->listener, NET_ANY, m->conf->inbound.lport, &op);
	KASSERT(op.error == 0, ("the listener cannot bind: %d", op.error));
	net_listen(m->net, in->listener, &op);
	KASSERT(op.error == 0, ("the listener cannot listen: %d", op.error));
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
rx_init_thread(struct rx *rx, struct inbound *in, enum pri pri, int bound)
{

	rx->inbound = in;
	machine_thread(in->machine, &rx->thread, rx->name, pri, bound,
	    rx_done);
	rx->thread.actor = rx;
}

static void
rx_init(struct rx *rx, struct inbound *in, unsigned cpu)
{
	struct machine *m;
	char *stream;

	m = in->machine;
	g_snprintf(rx->name, sizeof(rx->name), "rx%u", cpu);
	rx_init_thread(rx, in, (enum pri)m->sched.prio->rx, (int)cpu);
	rx->slot = machine_slot(m, rx_segment_due, rx);
	stream = g_strdup_printf("inbound/segments/%u", cpu);
	machine_stream(m, &rx->rng, stream);
	g_free(stream);
	if (m->conf->inbound.segments > 0)
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
	    .nrx = conf->host.cpus,
	    .batches = inbound_plan_batches(m->plan) };
	machine_own(m, CONN_INBOUND, &(struct conn_owner){ .arg = in,
	    .segment_done = inbound_done });
	if (conf->inbound.segments > 0)
		in->mean_gap = (simtime)(1e18 * in->nrx /
		    (double)conf->inbound.segments);
	in->rx = g_new0(struct rx, in->nrx);
	for (i = 0; i < in->nrx; i++)
		rx_init(&in->rx[i], in, i);
	g_strlcpy(in->netisr.name, "netisr0", sizeof(in->netisr.name));
	rx_init_thread(&in->netisr, in, PRI_NETISR, -1);
	in->slot_accept = machine_slot(m, inbound_accept_due, in);
	in->slot_close = machine_slot(m, inbound_close_due, in);
	sim_timers(m->sim, in->slot_close);
	in->slot_rtt = machine_slot(m, inbound_rtt_due, in);
	sim_ring(m->sim, in->slot_rtt);
	machine_stream(m, &in->rng_accept, "inbound/accepts");
	machine_stream(m, &in->rng_lifetime, "inbound/lifetime");
	if (conf->inbound.accepts > 0) {
		inbound_listen(in);
		sim_at(m->sim, in->slot_accept,
		    (simtime)(rng_exp1(&in->rng_accept) * 1e18 /
		    (double)conf->inbound.accepts));
	}
}

void
inbound_fini(struct inbound *in)
{
	unsigned i;

	for (i = 0; i < in->nrx; i++)
		fifo_fini(&in->rx[i].queue);
	fifo_fini(&in->netisr.queue);
	g_free(in->rx);
}
