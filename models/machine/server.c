/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Handshakes, the accept queue, accepted connections; see server.h.
 */

#include <errno.h>

#include <glib.h>

#include "models/machine/inbound.h"
#include "models/machine/lapse.h"
#include "models/machine/machine.h"
#include "models/machine/server.h"
#include "models/net/net.h"
#include "sim/dist.h"
#include "sim/kassert.h"

/* What a round trip brings: a segment of a client, and whose. */
#define	RTT_WORD(op, conn)	((uint64_t)(op) << 32 | (conn))

/* Clients come from 100.64.0.0/10, with ports of their own. */
#define	CLIENT_NET	0x00004064u	/* 100.64.0.0 as in_addr_t */
#define	CLIENT_PORTS	60000u
#define	CLIENT_ADDRS	(1u << 22)

static void
server_after_rtt(struct server *sv, enum op op, uint32_t conn)
{

	sim_timer_add(sv->machine->sim, sv->slot_rtt,
	    machine_now(sv->machine) +
	    sv->machine->conf->inbound.rtt, RTT_WORD(op, conn));
}

static void
server_rtt_due(void *server, const struct sim_event *ev)
{
	struct server *sv;

	sv = server;
	inbound_post(sv->inbound, (enum op)(ev->payload >> 32),
	    (uint32_t)ev->payload);
}

/* ---- clients ----------------------------------------------------------- */

static uint32_t
server_client(struct server *sv)
{
	const struct run_conf *conf;
	struct machine *m;
	struct conn *c;
	uint32_t idx;

	m = sv->machine;
	conf = m->conf;
	idx = conn_alloc(&m->conns);
	c = conn_get(&m->conns, idx);
	c->due = machine_now(m);
	c->workload = c->caller = CONN_INBOUND;
	c->closer = (uint8_t)conf->inbound.closer;
	c->laddr = conf->host.laddrs[0];
	c->lport = conf->inbound.lport;
	c->faddr = net_addr_add(CLIENT_NET,
	    sv->clients / CLIENT_PORTS % CLIENT_ADDRS);
	c->fport = (uint16_t)(1024 + sv->clients % CLIENT_PORTS);
	sv->clients++;
	return (idx);
}

static simtime
server_gap(struct server *sv)
{

	return ((simtime)(rng_exp1(&sv->rng_accept) * 1e18 /
	    (double)sv->machine->conf->inbound.accepts));
}

/* A client's SYN is due. */
static void
server_arrival_due(void *server, const struct sim_event *ev)
{
	struct server *sv;
	struct machine *m;
	uint32_t idx;

	sv = server;
	m = sv->machine;
	sim_at(m->sim, sv->slot_arrival, ev->time + 1 + server_gap(sv));
	idx = server_client(sv);
	conn_get(&m->conns, idx)->lifetime = dist_draw(
	    &m->conf->inbound.lifetime, &sv->rng_lifetime);
	inbound_post(sv->inbound, OP_SYN, idx);
}

void
server_call(struct server *sv, const struct replay_conn *rec,
    unsigned workload)
{
	const struct workload_conf *wc;
	struct machine *m;
	struct conn *c;
	uint32_t idx;

	m = sv->machine;
	idx = server_client(sv);
	c = conn_get(&m->conns, idx);
	wc = &m->conf->workloads[workload];
	c->caller = (uint16_t)workload;
	c->lifetime = recording_lifetime(rec, wc->speed_ppm);
	if (rec->laddr != NET_ANY)
		c->laddr = rec->laddr;
	if (rec->lport != 0)
		c->lport = rec->lport;
	c->faddr = rec->faddr;
	if (rec->fport != 0)
		c->fport = rec->fport;
	c->loopback = net_laddr_has(m->net, c->faddr);
	c->recorded = rec->closer;
	c->closer = (uint8_t)wc->closer;
	if (rec->closer == RECORDING_LOCAL)
		c->closer = CLOSER_LOCAL;
	else if (recording_ends_there(rec))
		c->closer = CLOSER_REMOTE;
	inbound_post(sv->inbound, OP_SYN, idx);
}

/*
 * The connection has lived: the client's FIN or RST arrives, or the server's
 * FIN goes.
 */
static void
server_close_due(void *server, const struct sim_event *ev)
{
	const struct conn *c;
	struct server *sv;
	simtime late;
	uint32_t conn;

	sv = server;
	conn = (uint32_t)ev->payload;
	c = conn_get(&sv->machine->conns, conn);
	if (c->recorded == RECORDING_RESET)
		inbound_post(sv->inbound, OP_TCP_CLOSE, conn);
	else if (c->closer == CLOSER_REMOTE)
		inbound_post(sv->inbound, OP_FIN, conn);
	else {
		late = dist_draw(&sv->machine->conf->inbound.peer_close,
		    &sv->rng_peer);
		if (late > 0)
			lapse_finwait(sv->lapse, conn,
			    sv->machine->conf->inbound.rtt, late);
		else
			server_after_rtt(sv, OP_TIMEWAIT, conn);
	}
}

/* ---- the accept queue -------------------------------------------------- */

/* With the listener's lock: is there room for one more? */
static bool
server_admit(void *server, struct thread *t)
{
	struct server *sv;
	struct machine *m;

	sv = server;
	m = sv->machine;
	t->result.error = conn_get(&m->conns, t->conn)->workload ==
	    CONN_INBOUND && fifo_count(&sv->queue) >
	    (uint64_t)m->conf->inbound.backlog * 3 / 2 ? ECONNABORTED : 0;
	return (true);
}

static void
server_next(struct server *sv)
{
	struct machine *m;

	m = sv->machine;
	if (fifo_count(&sv->queue) > 0) {
		machine_begin(m, &sv->thread, OP_OBSERVE, CONN_NONE);
		machine_charge(m, &sv->thread, COST_SYSCALL, 1);
	} else if (sv->thread.state != THREAD_IDLE)
		machine_thread_idle(m, &sv->thread);
}

/* accept(2) returns: the connection's life begins. */
static void
server_accepted(struct thread *t)
{
	const struct conn *c;
	struct server *sv;
	struct machine *m;
	uint32_t conn;

	sv = t->actor;
	m = sv->machine;
	conn = (uint32_t)fifo_take(&sv->queue);
	c = conn_get(&m->conns, conn);
	record_accepted(&m->record, c);
	machine_conn_lives(m, conn, c->lifetime, sv->slot_close);
	server_next(sv);
}

/* It gets a RST in place of a connection. */
static void
server_refused(struct server *sv, uint32_t conn)
{

	record_refused(&sv->machine->record,
	    conn_get(&sv->machine->conns, conn));
	machine_conn_over(sv->machine, conn);
}

/* A segment of a client has been processed. */
static void
server_segment_done(void *server, enum op op, uint32_t conn, int error)
{
	struct server *sv;
	struct machine *m;

	sv = server;
	m = sv->machine;
	switch (op) {
	case OP_SYN:
	case OP_SEGMENT:	/* a SYN, where no plan has such */
		if (conn_get(&m->conns, conn)->recorded == RECORDING_REFUSED)
			server_refused(sv, conn);
		else
			server_after_rtt(sv, OP_ACCEPT, conn);
		break;
	case OP_ACCEPT:
		if (error != 0) {
			server_refused(sv, conn);
			break;
		}
		fifo_put(&sv->queue, conn);
		if (sv->thread.state == THREAD_IDLE)
			server_next(sv);
		break;
	case OP_FIN:
		/* The server closes at once; its last ACK comes back. */
		server_after_rtt(sv, OP_TCP_CLOSE, conn);
		break;
	case OP_TCP_CLOSE:
		machine_conn_over(m, conn);
		break;
	case OP_TIMEWAIT:
		break;
	default:
		kpanic("a client's connection: %s", op_name(op));
	}
}

/* ---- life -------------------------------------------------------------- */

void
server_listen(struct server *sv, uint16_t lport)
{
	struct machine *m;
	struct net_op op;
	uint32_t pcb;

	m = sv->machine;
	pcb = net_socket(m->net, 0, 0);
	if (pcb == NET_NOPCB)
		return;		/* maxsockets: nobody will be accepted */
	net_bind(m->net, pcb, NET_ANY, lport, &op);
	KASSERT(op.error == 0, ("the listener cannot bind: %d", op.error));
	net_listen(m->net, pcb, &op);
	KASSERT(op.error == 0, ("the listener cannot listen: %d", op.error));
}

bool
server_listens(const struct server *sv)
{

	return (sv->machine->conf->inbound.accepts > 0 ||
	    sv->machine->conf->inbound.open > 0);
}

/* Those who are there when the run begins. */
static void
server_open(struct server *sv)
{
	struct dist_rest *rest;
	struct machine *m;
	struct net_op op;
	struct conn *c;
	uint32_t idx;
	unsigned i;

	m = sv->machine;
	rest = dist_rest_new(&m->conf->inbound.lifetime);
	for (i = 0; i < m->conf->inbound.open; i++) {
		if ((i + 1) % MACHINE_STOP_EVENTS == 0 && machine_stops(m, 0))
			break;
		idx = server_client(sv);
		c = conn_get(&m->conns, idx);
		net_accept(m->net, c->laddr, c->lport, c->faddr, c->fport,
		    &c->pcb, &op);
		if (op.error != 0) {
			conn_release(&m->conns, idx);
			continue;
		}
		machine_conn_lives(m, idx, dist_rest_draw(rest,
		    &sv->rng_lifetime), sv->slot_close);
	}
	dist_rest_free(rest);
	record_pcbs(&m->record, net_npcbs(m->net));
}

void
server_init(struct server *sv, struct machine *m, struct inbound *in,
    struct lapse *la)
{

	*sv = (struct server){ .machine = m, .inbound = in,
	    .lapse = la };
	machine_own(m, CONN_INBOUND, &(struct conn_owner){ .arg = sv,
	    .segment_done = server_segment_done });
	machine_act_by(m, ACT_ADMIT, server_admit, sv);
	machine_thread(m, &sv->thread, "server", PRI_USER, -1,
	    server_accepted);
	sv->thread.actor = sv;
	sv->slot_arrival = machine_slot(m, server_arrival_due, sv);
	sv->slot_close = machine_slot(m, server_close_due, sv);
	sim_timers(m->sim, sv->slot_close);
	sv->slot_rtt = machine_slot(m, server_rtt_due, sv);
	sim_ring(m->sim, sv->slot_rtt);
	machine_stream(m, &sv->rng_accept, "inbound/accepts");
	machine_stream(m, &sv->rng_lifetime, "inbound/lifetime");
	machine_stream(m, &sv->rng_peer, "inbound/peers");
	if (!server_listens(sv))
		return;
	server_listen(sv, m->conf->inbound.lport);
	server_open(sv);
	if (m->conf->inbound.accepts > 0)
		sim_at(m->sim, sv->slot_arrival, server_gap(sv));
}

void
server_fini(struct server *sv)
{

	fifo_fini(&sv->queue);
}
