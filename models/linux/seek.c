/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * System calls in pieces; see models/net/seek.h.
 *
 * Models:	as search.c and walk.c: no lock lasts from one candidate to
 *		the next.
 */

#include <errno.h>
#include <string.h>

#include <glib.h>

#include "models/linux/linux.h"
#include "sim/kassert.h"

_Static_assert(sizeof(struct linux_search) <=
    sizeof(((struct net_seek *)NULL)->own), "a search is too large");

static struct linux_search *
search_of(struct net_seek *s)
{

	return ((struct linux_search *)(void *)s->own);
}

static enum net_seek_state
over(struct net_op *op, int error)
{

	op->error = error;
	return (NET_SEEK_OVER);
}

static void
visits_count(struct net_op *op, const struct linux_found *f)
{

	op->iters += f->tried;
	op->known += f->reserved;
	op->unlocked += f->unlocked;
	op->search.porthash += f->visits.porthash;
	op->search.portlist += f->visits.portlist;
	op->search.connhash += f->visits.connhash;
	op->total.porthash += f->visits.porthash;
	op->total.portlist += f->visits.portlist;
	op->total.connhash += f->visits.connhash;
}

/* The candidate that is next, for whoever locks its buckets. */
static enum net_seek_state
more(struct linux_net *l, struct net_seek *s, struct net_op *op)
{
	struct linux_search *x;

	x = search_of(s);
	if (x->done == x->pass.count && !linux_search_next(l, x)) {
		linux_search_failed(l, x);
		s->left.count = 0;
		return (over(op, s->connects ? EADDRNOTAVAIL : EADDRINUSE));
	}
	s->q.laddr = x->tuple.laddr;
	s->left.start = linux_pass_port(&x->pass, x->done);
	s->left.step = (uint16_t)x->pass.stride;
	s->left.count = x->pass.count - x->done;
	return (NET_SEEK_MORE);
}

/* After the begin of a system call. */
static enum net_seek_state
begun(struct linux_net *l, struct net_seek *s, int error, struct net_op *op)
{
	const struct linux_search *x;

	x = search_of(s);
	if (error != LINUX_SEARCHES && error != LINUX_NAMED)
		return (over(op, error));
	s->q.laddr = x->tuple.laddr;
	s->q.faddr = x->tuple.faddr;
	s->q.fport = x->tuple.fport;
	s->unlocked = s->connects && l->variant->looks_first;
	net_range(&l->net, &s->q.first, &s->q.last);
	if (error == LINUX_SEARCHES)
		return (more(l, s, op));
	s->left = (struct port_run){ .start = x->tuple.lport, .step = 1,
	    .count = 1 };
	return (NET_SEEK_CANDIDATE);
}

enum net_seek_state
linux_seek_bind(struct net *n, struct net_seek *s, uint32_t laddr,
    uint16_t lport, struct net_op *op)
{
	struct linux_net *l;

	l = linux_of(n);
	return (begun(l, s, linux_bind_begin(l, s->pcb, laddr, lport,
	    search_of(s)), op));
}

enum net_seek_state
linux_seek_connect(struct net *n, struct net_seek *s, uint32_t faddr,
    uint16_t fport, struct net_op *op)
{
	struct linux_net *l;

	l = linux_of(n);
	return (begun(l, s, linux_connect_begin(l, s->pcb, faddr, fport,
	    search_of(s)), op));
}

enum net_seek_state
linux_seek_stretch(struct net *n, struct net_seek *s, unsigned max,
    struct net_op *op)
{
	struct linux_found f, one;
	struct linux_search *x;
	struct linux_net *l;

	l = linux_of(n);
	x = search_of(s);
	if (max == 0)
		return (NET_SEEK_CANDIDATE);
	linux_try(l, x, max, &f);
	if (!f.found) {
		visits_count(op, &f);
		x->done += (unsigned)f.tried;
		return (more(l, s, op));
	}
	/* That one is looked at again, under its locks. */
	one = (struct linux_found){ 0 };
	linux_look(l, x, f.lport, &one);
	f.tried -= one.tried;
	f.visits.porthash -= one.visits.porthash;
	f.visits.portlist -= one.visits.portlist;
	f.visits.connhash -= one.visits.connhash;
	visits_count(op, &f);
	x->done = f.nth;
	s->left.start = f.lport;
	s->left.count = x->pass.count - x->done;
	return (NET_SEEK_CANDIDATE);
}

enum net_seek_state
linux_seek_take(struct net *n, struct net_seek *s, struct net_op *op)
{
	struct linux_found f = { 0 };
	struct linux_search *x;
	struct linux_net *l;

	l = linux_of(n);
	x = search_of(s);
	if (!s->searches)
		return (over(op, linux_search_named(l, x, op)));
	f.nth = x->done;
	f.lport = linux_pass_port(&x->pass, x->done);
	f.found = linux_look(l, x, f.lport, &f) == LINUX_FREE;
	visits_count(op, &f);
	if (!f.found) {
		x->done++;
		return (more(l, s, op));
	}
	linux_search_took(l, x, &f, op);
	return (over(op, 0));
}

uint32_t
linux_seek_bucket(const struct net *n, unsigned kind, uint32_t faddr,
    uint16_t fport, uint16_t lport)
{
	const struct linux_net *l;
	uint64_t h;

	l = linux_of_const(n);
	switch ((enum linux_bucket)kind) {
	case LINUX_BUCKET_BIND:
		return (lport);
	default:
		/* Of the destination: it has no say in whose bucket. */
		h = ((uint64_t)faddr << 16 | fport) ^ l->t.secret;
		h *= UINT64_C(0x9e3779b97f4a7c15);
		return (((uint32_t)(h >> 32) + lport) & l->t.hmask);
	}
}
