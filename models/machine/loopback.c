/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Both ends of a connection; see loopback.h.
 */

#include <glib.h>

#include "models/machine/inbound.h"
#include "models/machine/loopback.h"
#include "models/machine/machine.h"
#include "models/machine/timewait.h"
#include "models/net/net.h"
#include "sim/kassert.h"

/* A segment on its way to the server's end. */
#define	LOOPBACK_WORD(op, conn)	((uint64_t)(op) << 32 | (conn))

void
loopback_opened(struct loopback *lb, uint32_t conn, bool now)
{
	const struct conn *c;
	struct conn *s;
	struct machine *m;
	struct net_op op;
	uint32_t idx;

	m = lb->machine;
	if (!net_laddr_has(m->net, conn_get(&m->conns, conn)->faddr))
		return;
	idx = conn_alloc(&m->conns);	/* may move them */
	c = conn_get(&m->conns, conn);
	s = conn_get(&m->conns, idx);
	s->due = machine_now(m);
	s->lifetime = SIM_NEVER;
	s->workload = c->workload;
	s->closer = c->closer;
	s->server = true;
	s->loopback = true;
	/* What follows comes after the accept, on the same thread. */
	s->serial = c->serial;
	s->laddr = c->faddr;
	s->lport = c->fport;
	s->faddr = net_pcb_laddr(m->net, c->pcb);
	s->fport = net_pcb_lport(m->net, c->pcb);
	s->twin = conn;
	conn_get(&m->conns, conn)->twin = idx;
	if (now)
		net_accept(m->net, s->laddr, s->lport, s->faddr, s->fport,
		    &s->pcb, &op);
	else
		inbound_post(lb->inbound, OP_ACCEPT, idx);
}

void
loopback_closed(struct loopback *lb, uint32_t conn)
{
	struct conn *c;

	c = conn_get(&lb->machine->conns, conn);
	if (c->twin == CONN_NONE)
		return;
	/* By the clock: who calls has a CPU, and keeps it. */
	sim_timer_add(lb->machine->sim, lb->slot, machine_now(lb->machine),
	    LOOPBACK_WORD(c->closer == CLOSER_ABORT ? OP_TCP_CLOSE : OP_FIN,
	    c->twin));
	c->twin = CONN_NONE;
}

/* The answer to the server's FIN: the last ACK, or the client's FIN. */
static void
loopback_answer(struct loopback *lb, uint32_t conn)
{
	const struct conn *s;
	struct machine *m;
	enum op op;

	m = lb->machine;
	s = conn_get(&m->conns, conn);
	op = s->closer == CLOSER_REMOTE &&
	    !timewait_skipped(lb->timewait, s->faddr) ? OP_TIMEWAIT :
	    OP_TCP_CLOSE;
	sim_timer_add(m->sim, lb->slot, machine_now(m) +
	    m->conf->workloads[s->workload].rtt, LOOPBACK_WORD(op, conn));
}

void
loopback_segment_done(struct loopback *lb, enum op op, uint32_t conn)
{
	struct machine *m;

	m = lb->machine;
	switch (op) {
	case OP_ACCEPT:
	case OP_TIMEWAIT:
		break;
	case OP_FIN:
		/* There was no socket for it: the client never knew. */
		if (conn_get(&m->conns, conn)->pcb == NET_NOPCB)
			machine_conn_over(m, conn);
		else
			loopback_answer(lb, conn);
		break;
	case OP_TCP_CLOSE:
		machine_conn_over(m, conn);
		break;
	default:
		kpanic("loopback: %s", op_name(op));
	}
}

static void
loopback_due(void *arg, const struct sim_event *ev)
{
	struct loopback *lb;

	lb = arg;
	inbound_post(lb->inbound, (enum op)(ev->payload >> 32),
	    (uint32_t)ev->payload);
}

/* ---- life -------------------------------------------------------------- */

/* lock.id of a listener: behind those of pcbs, which threads name. */
#define	LISTENER_ID	0x10000u

static void
loopback_lock(struct loopback *lb, unsigned workload)
{
	struct loopback_listener *l;
	const struct lock_kind *k;
	struct machine *m;

	m = lb->machine;
	if (m->plan->listener == 0)
		return;
	k = &m->plan->locks[m->plan->listener];
	l = &lb->listeners[workload];
	lock_init(&l->lock, &m->lockset, k->name, k->class, LISTENER_ID +
	    workload);
	lock_stats_init(&l->lock, &l->stats);
	l->stats.uses = m->lock_uses[m->plan->listener];
}

struct lock *
loopback_listener(const struct loopback *lb, unsigned workload)
{
	struct lock *lk;

	lk = &lb->listeners[workload].lock;
	return (lk->class != NULL ? lk : NULL);
}

/* A listener on each port that somebody connects to here. */
static void
loopback_listen(struct machine *m, const struct workload_conf *wc)
{
	struct net_op op;
	uint32_t pcb;
	unsigned i;

	for (i = 0; i < wc->nfports; i++) {
		pcb = net_socket(m->net, 0, 0);
		if (pcb == NET_NOPCB)
			return;
		net_bind(m->net, pcb, NET_ANY, wc->fports[i], &op);
		if (op.error == 0)
			net_listen(m->net, pcb, &op);
		else
			net_close(m->net, pcb, NULL);	/* there is one */
	}
}

void
loopback_init(struct loopback *lb, struct machine *m, struct inbound *in,
    const struct timewait *tw)
{
	const struct workload_conf *wc;
	unsigned i, k;

	*lb = (struct loopback){ .machine = m, .inbound = in,
	    .timewait = tw };
	lb->slot = machine_slot(m, loopback_due, lb);
	sim_timers(m->sim, lb->slot);
	lb->listeners = g_new0(struct loopback_listener,
	    m->conf->nworkloads);
	for (i = 0; i < m->conf->nworkloads; i++) {
		wc = &m->conf->workloads[i];
		for (k = 0; wc->recording == NULL && k < wc->nfaddrs; k++)
			if (net_laddr_has(m->net, wc->faddrs[k])) {
				loopback_listen(m, wc);
				loopback_lock(lb, i);
				break;
			}
	}
}

void
loopback_fini(struct loopback *lb)
{
	unsigned i;

	for (i = 0; i < lb->machine->conf->nworkloads; i++)
		if (lb->listeners[i].lock.class != NULL)
			lock_stats_fini(&lb->listeners[i].stats);
	g_free(lb->listeners);
}
