/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Searching without a common lock; see seek.h.
 *
 * Models:	the loop of in_pcb_lport_dest() and the bucket locks kept by
 *		in_pcbbind() and in_pcbconnect() until the pcb is entered,
 *		sys/netinet/in_pcb.c, main of 2025: exact, load-balancing
 *		group, wild bucket for a connect; wild, port bucket for a bind.
 * Left out:	the load-balancing group's mutex is paid for, never waited
 *		for: it is dropped at once where there is no group.
 */

#include <glib.h>

#include "models/machine/machine.h"
#include "models/machine/seek.h"
#include "models/net/net.h"

void
seek_charge(struct machine *m, struct thread *t, const struct net_op *before,
    unsigned mutexes)
{
	const struct net_op *op;
	uint64_t iters, looked;
	simtime charge;

	charge = t->charge;
	op = &t->result;
	iters = op->iters - before->iters;
	looked = iters - (op->known - before->known) -
	    (op->unlocked - before->unlocked);
	machine_charge(m, t, COST_LPORT_ITER, iters);
	machine_charge(m, t, COST_MUTEX, looked * mutexes);
	machine_charge(m, t, COST_PCB_VISIT, op->total.portlist -
	    before->total.portlist);
	machine_charge(m, t, COST_CHAIN_VISIT, op->total.connhash -
	    before->total.connhash);
	t->spent.searched += t->charge - charge;
	t->iters = op->iters;
	t->visits = op->total.portlist + op->total.connhash;
}

bool
seek_over(struct machine *m, struct thread *t)
{

	t->seek->state = SEEK_BEGIN;
	machine_decided(m, t);
	if (t->result.iters > 0)
		machine_searched(m, t);
	if (t->result.error == 0)
		record_pcbs(&m->record, net_npcbs(m->net));
	return (true);
}

static void
seek_go(struct seek *s, enum net_seek_state next)
{

	s->state = next == NET_SEEK_MORE ? SEEK_STRETCH : SEEK_FIRST_LOCK;
}

enum net_seek_state
seek_first(struct machine *m, struct thread *t)
{
	enum net_seek_state next;
	struct seek *s;
	struct conn *c;

	s = t->seek;
	machine_net_time(m);
	s->failed = false;
	c = conn_get(&m->conns, t->conn);
	if (t->op == OP_BIND)
		next = net_seek_bind(m->net, &s->net, c->pcb, c->laddr,
		    c->lport, &t->result);
	else
		next = net_seek_connect(m->net, &s->net, c->pcb, c->faddr,
		    c->fport, &t->result);
	if (next != NET_SEEK_OVER && s->net.searches) {
		machine_charge(m, t, COST_SEARCH, 1);
		trace_emit(&m->conf->trace, .time = machine_now(m),
		    .kind = TRACE_SEEK, .who = t->id);
	}
	return (next);
}

static bool
seek_begin(struct machine *m, struct thread *t)
{
	enum net_seek_state next;

	next = seek_first(m, t);
	if (next == NET_SEEK_OVER)
		return (seek_over(m, t));
	seek_go(t->seek, next);
	return (false);
}

static bool
seek_stretch(struct machine *m, struct thread *t)
{
	enum net_seek_state next;
	struct net_op before;
	struct seek *s;

	s = t->seek;
	before = t->result;
	next = net_seek_stretch(m->net, &s->net, bucket_ahead(&m->buckets,
	    m->net, &s->net, m->conf->seek_stretch), &t->result);
	seek_charge(m, t, &before, net_seek_locks(m->net, &s->net)->paid);
	if (next == NET_SEEK_OVER)
		return (seek_over(m, t));
	seek_go(s, next);
	return (false);
}

static void
seek_lock(struct machine *m, struct thread *t, unsigned i)
{
	const struct net_seek *s;
	unsigned kind;

	s = &t->seek->net;
	kind = net_seek_locks(m->net, s)->kind[i];
	machine_bucket_acquire(m, t, &(struct bucket_key){ .kind = kind,
	    .bucket = net_bucket(m->net, kind, s->q.faddr, s->q.fport,
	    s->left.start), .lport = s->left.start });
}

static bool
seek_take(struct machine *m, struct thread *t)
{
	enum net_seek_state next;
	struct net_op before;
	struct seek *s;

	s = t->seek;
	before = t->result;
	next = net_seek_take(m->net, &s->net, &t->result);
	/* Two mutexes were paid for when they were granted. */
	seek_charge(m, t, &before, net_seek_locks(m->net, &s->net)->paid - 2);
	if (next == NET_SEEK_OVER && t->result.error == 0)
		return (seek_over(m, t));
	s->failed = next == NET_SEEK_OVER;
	s->state = SEEK_RELEASE;
	return (false);
}

static bool
seek_release(struct machine *m, struct thread *t)
{
	const struct net_seek_locks *locks;
	struct seek *s;

	s = t->seek;
	locks = net_seek_locks(m->net, &s->net);
	machine_bucket_release(m, t, locks->kind[1]);
	machine_bucket_release(m, t, locks->kind[0]);
	if (s->failed)
		return (seek_over(m, t));
	s->state = SEEK_STRETCH;
	return (false);
}

static bool
seek_step(void *machine, struct thread *t)
{
	struct machine *m;
	struct seek *s;

	m = machine;
	s = t->seek;
	switch (s->state) {
	case SEEK_BEGIN:
		return (seek_begin(m, t));
	case SEEK_STRETCH:
		return (seek_stretch(m, t));
	case SEEK_FIRST_LOCK:
		s->state = SEEK_SECOND_LOCK;
		seek_lock(m, t, 0);
		return (false);
	case SEEK_SECOND_LOCK:
		s->state = SEEK_TAKE;
		seek_lock(m, t, 1);
		return (false);
	case SEEK_TAKE:
		return (seek_take(m, t));
	case SEEK_RELEASE:
		return (seek_release(m, t));
	}
	return (true);
}

void
seek_init(struct machine *m)
{

	machine_act_by(m, ACT_SEEK, seek_step, m);
}
