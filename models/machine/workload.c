/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Programs and their connections; see workload.h.
 */

#include <errno.h>

#include <glib.h>

#include "models/machine/ends.h"
#include "models/machine/inbound.h"
#include "models/machine/lapse.h"
#include "models/machine/load.h"
#include "models/machine/loopback.h"
#include "models/machine/machine.h"
#include "models/machine/measuring.h"
#include "models/machine/processors.h"
#include "models/machine/timewait.h"
#include "models/machine/workload.h"
#include "models/net/net.h"
#include "sim/dist.h"
#include "sim/kassert.h"

#define	WORKLOAD_SLEEP	SIM_US	/* nobody sleeps for less */

/* ---- jobs -------------------------------------------------------------- */

static void
workload_begin(struct worker *w, uint64_t word)
{
	const struct conn *c;
	struct workload *wl;
	struct machine *m;
	enum op op;

	wl = w->crew->owner;
	m = wl->machine;
	c = conn_get(&m->conns, (uint32_t)word);
	op = OP_SOCKET;
	if (JOB_OF(word) == JOB_CLOSE)
		op = c->closer == CLOSER_ABORT ? OP_CLOSE_UNCONNECTED :
		    OP_CLOSE;
	else if (c->failed)
		launchers_resume(&wl->launchers, (uint32_t)word, &w->thread);
	else
		launchers_fork(&wl->launchers, (uint32_t)word, &w->thread);
	machine_begin(m, &w->thread, op, (uint32_t)word);
}

static void
workload_job(struct workload *wl, enum job job, uint32_t conn)
{

	workers_job(&wl->workers, JOB_WORD(job, conn));
}

/* The thread is done with a job. */
static void
workload_next(struct workload *wl, struct worker *w)
{

	record_busy(&wl->machine->record, wl->idx, w->thread.spent.since);
	worker_next(w);
}

/* ---- a connection's way ------------------------------------------------ */

/* Will this SYN be answered?  Both ends of a loopback are alive. */
static bool
workload_unanswered(struct workload *wl, const struct conn *c)
{

	return (wl->conf->unanswered_ppm > 0 && !c->loopback &&
	    rng_below(&wl->rng_peer, 1000000) < wl->conf->unanswered_ppm);
}

/* The connection's life begins. */
static void
workload_lives(struct workload *wl, uint32_t conn)
{
	const struct conn *c;
	struct machine *m;

	m = wl->machine;
	c = conn_get(&m->conns, conn);
	machine_conn_lives(m, conn, c->lifetime, wl->slot_close);
}

/* connect() succeeded: the SYN is out. */
static void
workload_opened(struct workload *wl, uint32_t conn)
{
	struct machine *m;
	struct conn *c;

	m = wl->machine;
	c = conn_get(&m->conns, conn);
	c->open = true;
	c->tried = 0;
	if (c->loopback || wl->conf->closer != CLOSER_ABORT)
		sim_timer_add(m->sim, wl->slot_rtt, machine_now(m) +
		    wl->conf->rtt, JOB_WORD(JOB_SYNACK, conn));
	if (!c->loopback)
		workload_lives(wl, conn);
}

static void
workload_decided(struct workload *wl, const struct thread *t)
{
	struct conn *c;
	simtime called;

	c = conn_get(&wl->machine->conns, t->conn);
	wl->pending--;
	record_attempt(&wl->machine->record, t, c);
	if (wl->machine->measuring != NULL)
		measuring_attempt(wl->machine, t, c);
	called = ((struct worker *)t->actor)->called;
	if (t->result.error != 0 || !c->loopback || wl->conf->bind_only)
		record_called(&wl->machine->record, wl->idx,
		    machine_now(wl->machine) - called);
	else
		c->due = called;
}

/* The program is done with a connection, whatever the kernel still does. */
static void
workload_closed(struct workload *wl)
{

	if (wl->conf->load->ops->closed != NULL)
		wl->conf->load->ops->closed(wl);
}

/* What close(2) left of its pcb. */
static void
workload_unhash(struct machine *m, struct conn *c)
{

	if (c->pcb != NET_NOPCB)
		net_close(m->net, c->pcb, NULL);
	c->pcb = NET_NOPCB;
}

/* The failed socket is closed, by `t': try again later, or give up. */
static void
workload_failed(struct workload *wl, uint32_t conn, const struct thread *t)
{
	struct machine *m;
	struct conn *c;
	bool again;

	m = wl->machine;
	c = conn_get(&m->conns, conn);
	workload_unhash(m, c);
	c->tried = 0;
	again = wl->conf->retry > 0 && (wl->conf->retry_for == 0 ||
	    machine_now(m) + wl->conf->retry - conn_wanted(&m->conns, conn) <=
	    wl->conf->retry_for);
	if (again && wl->conf->retry >= WORKLOAD_SLEEP) {
		launchers_pause(&wl->launchers, conn, t);
		sim_timer_add(m->sim, wl->slot_retry, processors_wakes(m->conf,
		    &m->sched.turns, &wl->ran->thread, machine_now(m) +
		    wl->conf->retry), conn);
	} else if (again) {
		/* The thread that failed takes it up itself, if any. */
		c->due = machine_now(m);
		wl->pending++;
		fifo_put(&wl->workers.jobs, JOB_WORD(JOB_CONNECT, conn));
	} else {
		launchers_exit(&wl->launchers, conn, t);
		record_given_up(&m->record, wl->idx);
		machine_conn_over(m, conn);
	}
}

/* It was aborted, or was to be bound and no more: close(2) ended it. */
static void
workload_gone(struct workload *wl, uint32_t conn)
{
	struct machine *m;
	struct conn *c;

	m = wl->machine;
	c = conn_get(&m->conns, conn);
	workload_unhash(m, c);
	loopback_closed(wl->loopback, conn);
	launchers_exit(&wl->launchers, conn, &wl->ran->thread);
	machine_conn_over(m, conn);
	workload_closed(wl);
}

/*
 * socket(2) returned: with a socket, or ENOBUFS.
 *
 * Left out:	that one that fails has done less than its plan says.
 */
static bool
workload_socket_done(struct worker *w, struct conn *c)
{
	struct workload *wl;
	struct machine *m;
	struct thread *t;

	wl = w->crew->owner;
	m = wl->machine;
	t = &w->thread;
	c->pcb = ends_socket(wl->machine, wl->conf);
	w->called = machine_now(m);
	if (c->pcb != NET_NOPCB) {
		machine_begin(m, t, c->binds ? OP_BIND : OP_CONNECT, t->conn);
		return (true);
	}
	t->result = (struct net_op){ .error = ENOBUFS };
	workload_decided(wl, t);
	workload_failed(wl, t->conn, t);
	return (false);
}

/* The next peer, at once, and in the same thread; false: no more of them. */
static bool
workload_tries_on(struct worker *w, struct conn *c)
{
	struct workload *wl;
	struct machine *m;

	wl = w->crew->owner;
	m = wl->machine;
	if (c->tried + 1u >= wl->conf->tries)
		return (false);
	c->tried++;
	workload_unhash(m, c);
	if (wl->conf->nfaddrs > 0)	/* a replay goes as recorded */
		ends_peer(m, wl->conf, &wl->rng_faddr, c);
	wl->pending++;
	machine_begin(m, &w->thread, OP_SOCKET, w->thread.conn);
	return (true);
}

static void
workload_done(struct thread *t)
{
	struct machine *m;
	struct worker *w;
	struct workload *wl;
	struct conn *c;

	w = t->actor;
	wl = w->crew->owner;
	wl->ran = w;
	m = wl->machine;
	c = conn_get(&m->conns, t->conn);
	switch ((enum op)t->op) {
	case OP_SOCKET:
		if (workload_socket_done(w, c))
			return;
		break;
	case OP_BIND:
		if (t->result.error == 0 && !wl->conf->bind_only) {
			machine_begin(m, t, OP_CONNECT, t->conn);
			return;
		}
		/* FALLTHROUGH */
	case OP_CONNECT:
		if (t->result.error == 0 && workload_unanswered(wl, c)) {
			lapse_unanswered(wl->lapse, t->conn);
			break;
		}
		workload_decided(wl, t);
		if (t->result.error != 0 || wl->conf->bind_only) {
			machine_begin(m, t, OP_CLOSE_UNCONNECTED, t->conn);
			return;
		}
		workload_opened(wl, t->conn);
		break;
	case OP_CLOSE_UNCONNECTED:
		if (c->open || (wl->conf->bind_only && t->result.error == 0))
			workload_gone(wl, t->conn);
		else if (workload_tries_on(w, c))
			return;
		else
			workload_failed(wl, t->conn, t);
		break;
	case OP_CLOSE:
		sim_timer_add(m->sim, wl->slot_rtt, machine_now(m) +
		    wl->conf->rtt, JOB_WORD(JOB_CLOSED, t->conn));
		loopback_closed(wl->loopback, t->conn);
		launchers_exit(&wl->launchers, t->conn, t);
		workload_next(wl, w);
		workload_closed(wl);
		return;
	default:
		kpanic("worker: %s", op_name(t->op));
	}
	workload_next(wl, w);
}

static void
workload_close_due(void *arg, const struct sim_event *ev)
{
	struct workload *wl;
	uint32_t conn;

	wl = arg;
	conn = (uint32_t)ev->payload;
	if (conn_get(&wl->machine->conns, conn)->closer == CLOSER_REMOTE)
		inbound_post(wl->inbound, OP_FIN, conn);
	else
		workload_job(wl, JOB_CLOSE, conn);
}

/* What came back after a round trip. */
static void
workload_rtt_due(void *arg, const struct sim_event *ev)
{
	const struct conn *c;
	struct workload *wl;
	simtime late;
	uint32_t conn;

	wl = arg;
	conn = (uint32_t)ev->payload;
	c = conn_get(&wl->machine->conns, conn);
	if (JOB_OF(ev->payload) == JOB_SYNACK) {
		inbound_post(wl->inbound, OP_SYNACK, conn);
		loopback_opened(wl->loopback, conn, false);
		return;
	}
	late = 0;
	if (c->closer != CLOSER_REMOTE && !c->loopback)
		late = dist_draw(&wl->conf->peer_close, &wl->rng_peer);
	if (late > 0) {
		inbound_session(wl->inbound, conn);	/* an ACK, no FIN */
		lapse_finwait(wl->lapse, conn, 0, late);
	} else if (c->closer == CLOSER_REMOTE ||
	    timewait_skipped(wl->timewait, c->faddr))
		inbound_post(wl->inbound, OP_TCP_CLOSE, conn);
	else
		inbound_post(wl->inbound, OP_TIMEWAIT, conn);
}

/* A timer has closed it: SYN_SENT was over, or FIN_WAIT_2. */
static void
workload_lapsed(void *arg, uint32_t conn)
{
	struct workload *wl;
	struct conn *c;

	wl = arg;
	c = conn_get(&wl->machine->conns, conn);
	if (c->open) {
		machine_conn_over(wl->machine, conn);
		return;
	}
	wl->pending--;
	record_timed_out(&wl->machine->record, c);
	workload_failed(wl, conn, NULL);
	workers_kick(&wl->workers);
}

/* The server's end is there, or is not: the client's life begins. */
static void
workload_accepted(struct workload *wl, uint32_t conn, int error)
{
	const struct conn *c;
	struct machine *m;
	uint32_t client;

	m = wl->machine;
	c = conn_get(&m->conns, conn);
	client = c->twin;
	if (error == 0)
		record_accepted(&m->record, c);
	else
		record_refused(&m->record, c);
	record_called(&m->record, wl->idx, machine_now(m) -
	    conn_get(&m->conns, client)->due);
	workload_lives(wl, client);
}

/* A receive thread is done with a segment of one of ours. */
static void
workload_segment_done(void *arg, enum op op, uint32_t conn, int error)
{
	struct workload *wl;

	wl = arg;
	if (conn_get(&wl->machine->conns, conn)->server) {
		if (op == OP_ACCEPT)
			workload_accepted(wl, conn, error);
		loopback_segment_done(wl->loopback, op, conn);
	} else if (op == OP_FIN)
		workload_job(wl, JOB_CLOSE, conn);
	else if (op == OP_TCP_CLOSE)
		machine_conn_over(wl->machine, conn);
}

/* ---- arrivals ---------------------------------------------------------- */

static uint32_t
workload_conn(struct workload *wl)
{
	struct machine *m;
	struct conn *c;
	uint32_t idx;

	m = wl->machine;
	idx = conn_alloc(&m->conns);
	c = conn_get(&m->conns, idx);
	c->due = machine_now(m);
	if (wl->conf->retry_for > 0)
		conn_want(&m->conns, idx, c->due);
	c->workload = (uint16_t)wl->idx;
	c->closer = (uint8_t)wl->conf->closer;
	wl->wanted++;
	wl->pending++;
	record_wanted(&m->record, wl->idx);
	return (idx);
}

bool
workload_has_all(const struct workload *wl)
{

	return (wl->conf->total != 0 && wl->wanted >= wl->conf->total);
}

void
workload_want(struct workload *wl)
{
	struct conn *c;
	uint32_t idx;

	if (workload_has_all(wl))
		return;
	idx = workload_conn(wl);
	c = conn_get(&wl->machine->conns, idx);
	c->lifetime = dist_draw(&wl->conf->lifetime, &wl->rng_lifetime);
	ends_draw(wl->machine, wl->conf, &wl->rng_faddr, c,
	    wl->opened + wl->wanted - 1);
	workload_job(wl, JOB_CONNECT, idx);
}

simtime
workload_at_start(struct workload *wl)
{

	return (wl->conf->start);
}

simtime
workload_size_once(struct workload *wl)
{

	workload_want_many(wl, wl->conf->size - wl->opened);
	return (SIM_NEVER);
}

void
workload_want_after(struct workload *wl, simtime pause)
{

	sim_timer_add(wl->machine->sim, wl->slot_think,
	    processors_wakes(wl->machine->conf, &wl->machine->sched.turns,
	    &wl->ran->thread, machine_now(wl->machine) + pause), 0);
}

void
workload_want_recorded(struct workload *wl, const struct replay_conn *rec)
{
	struct conn *c;
	uint32_t idx;

	idx = workload_conn(wl);
	c = conn_get(&wl->machine->conns, idx);
	c->lifetime = recording_lifetime(rec, wl->conf->speed_ppm);
	c->faddr = rec->faddr;
	c->loopback = net_laddr_has(wl->machine->net, c->faddr);
	c->fport = rec->fport;
	c->laddr = rec->bound ? rec->laddr : NET_ANY;
	if (wl->conf->bind == BIND_LADDR_LPORT)
		c->lport = rec->lport;
	c->binds = c->laddr != NET_ANY || c->lport != 0;
	if (rec->closer == RECORDING_LOCAL)
		c->closer = CLOSER_LOCAL;
	else if (recording_ends_there(rec))
		c->closer = CLOSER_REMOTE;
	workload_job(wl, JOB_CONNECT, idx);
}

static void
workload_retry_due(void *arg, const struct sim_event *ev)
{
	struct workload *wl;

	wl = arg;
	conn_get(&wl->machine->conns, (uint32_t)ev->payload)->due = ev->time;
	wl->pending++;
	workload_job(wl, JOB_CONNECT, (uint32_t)ev->payload);
}

static void
workload_think_due(void *arg, const struct sim_event *ev)
{
	struct workload *wl;

	wl = arg;
	if (ev->time < wl->conf->stop)
		workload_want(wl);
}

/* ---- life -------------------------------------------------------------- */

void
workload_stream(struct workload *wl, struct rng *rng, const char *what)
{
	char *name;

	name = g_strdup_printf("workload:%s/%s", wl->conf->name, what);
	machine_stream(wl->machine, rng, name);
	g_free(name);
}

static void
workload_init_slots(struct workload *wl)
{
	struct machine *m;

	m = wl->machine;
	wl->slot_rtt = machine_slot(m, workload_rtt_due, wl);
	sim_ring(m->sim, wl->slot_rtt);
	wl->slot_close = machine_slot(m, workload_close_due, wl);
	sim_timers(m->sim, wl->slot_close);
	wl->slot_retry = machine_slot(m, workload_retry_due, wl);
	/* Where wake-ups wait for a clock they are not in order. */
	if (m->conf->kernel.periodic)
		sim_timers(m->sim, wl->slot_retry);
	else
		sim_ring(m->sim, wl->slot_retry);
	wl->slot_think = machine_slot(m, workload_think_due, wl);
	sim_timers(m->sim, wl->slot_think);
}

void
workload_init(struct workload *wl, struct machine *m, unsigned idx,
    struct inbound *in, const struct timewait *tw, struct loopback *lb,
    struct lapse *la)
{

	*wl = (struct workload){ .conf = &m->conf->workloads[idx],
	    .machine = m, .sim = m->sim, .inbound = in, .timewait = tw,
	    .loopback = lb, .lapse = la, .idx = idx };
	wl->workers = (struct workers){ .machine = m, .owner = wl,
	    .name = wl->conf->name, .max = wl->conf->threads,
	    .begin = workload_begin, .done = workload_done };
	KASSERT(wl->conf->load->ops != NULL, ("load %s does nothing",
	    wl->conf->load->name));
	machine_own(m, idx, &(struct conn_owner){ .arg = wl,
	    .lapsed = workload_lapsed, .segment_done = workload_segment_done,
	    .listener = loopback_listener(lb, idx) });
	/* Clients that come again are programs that stay. */
	launchers_init(&wl->launchers, wl->conf->threads == 0 &&
	    wl->conf->load->ops->closed == NULL, wl->conf->launchers,
	    &m->sched);
	workload_stream(wl, &wl->rng_arrival, "arrivals");
	workload_stream(wl, &wl->rng_lifetime, "lifetimes");
	workload_stream(wl, &wl->rng_faddr, "faddrs");
	workload_stream(wl, &wl->rng_think, "think");
	workload_stream(wl, &wl->rng_peer, "peers");
	workload_init_slots(wl);
	if (wl->conf->recording != NULL) {
		wl->cursor = g_new0(struct recording_cursor, 1);
		wl->cursor->rec = wl->conf->recording;
	}
}

void
workload_fini(struct workload *wl)
{

	g_free(wl->cursor);
	launchers_fini(&wl->launchers);
	workers_fini(&wl->workers);
}
