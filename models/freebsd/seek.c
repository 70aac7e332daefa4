/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * System calls in pieces; see models/net/seek.h.
 *
 * Models:	in_pcb_lport_dest(), in_pcbbind_setup(), in_pcbconnect(),
 *		sys/netinet/in_pcb.c, main of 2025 with bucket locks.
 * Left out:	as in call.c.
 */

#include <errno.h>

#include <glib.h>

#include "models/freebsd/freebsd.h"
#include "models/pcb/layout.h"
#include "sim/kassert.h"

static enum net_seek_state
over(struct net_op *op, int error)
{

	op->error = error;
	return (NET_SEEK_OVER);
}

/* Of the search in hand, in the room for the family. */
struct seeking {
	struct freebsd_laddrs laddrs;
	uint32_t	version;	/* of the question, at the start */
	bool		all;		/* every port will be tried */
	bool		binds;		/* connect(2) takes a port first, */
	uint32_t	faddr;		/* .. then goes there */
	uint16_t	fport;
};

_Static_assert(sizeof(struct seeking) <= sizeof(((struct net_seek *)0)->own),
    "a search is too large");

static struct seeking *
seeking(struct net_seek *s)
{

	return ((struct seeking *)(void *)s->own);
}

static enum net_seek_state seek_next_address(struct freebsd *,
	    struct net_seek *, struct net_op *);

/* The range and the run of a search; or just the one port that was given. */
static enum net_seek_state
seek_begin(struct freebsd *f, struct net_seek *s, uint16_t lport,
    struct net_op *op)
{
	const struct allocator *a;
	struct port_run second;

	freebsd_lport_range(f, &s->q);
	if (!s->searches) {
		s->left = (struct port_run){ .start = lport, .step = 1,
		    .count = 1 };
		return (NET_SEEK_CANDIDATE);
	}
	if (freebsd_memory_full(f, &s->q)) {
		op->iters++;
		op->known++;
		return (seek_next_address(f, s, op));
	}
	seeking(s)->version = freebsd_memory_version(f, &s->q);
	a = f->allocator;
	f->conf.query = &s->q;
	f->conf.cpu = f->net.cpu;
	if (a->begin(f->state, &f->conf, s->q.first, s->q.last) !=
	    ALLOCATOR_OK)
		return (over(op, NET_EDIVZERO));
	if (!a->propose(f->state, s->q.first, s->q.last, &s->left))
		return (over(op, EADDRNOTAVAIL));
	KASSERT(!a->propose(f->state, s->q.first, s->q.last, &second),
	    ("%s proposes a second run", a->name));
	freebsd_lport_run(f, &s->q, &s->left);
	if (f->proposal->max_tries != 0)
		s->left.count = MIN(s->left.count, f->proposal->max_tries);
	seeking(s)->all = s->left.count == s->q.last - s->q.first + 1u;
	return (NET_SEEK_MORE);
}

static enum net_seek_state
seek_next_address(struct freebsd *f, struct net_seek *s, struct net_op *op)
{

	if (s->connects && freebsd_laddrs_next(f, &s->q, &seeking(s)->laddrs))
		return (seek_begin(f, s, 0, op));
	return (over(op, EADDRNOTAVAIL));
}

/* No candidate of this address is left: the next address, or none. */
static enum net_seek_state
seek_failed(struct freebsd *f, struct net_seek *s, struct net_op *op)
{

	const unsigned ports = s->q.last - s->q.first + 1u;

	if (seeking(s)->all)
		freebsd_memory_failed(f, &s->q, seeking(s)->version);
	f->allocator->tried(f->state, freebsd_lport_after(&s->q,
	    s->left.start, ports - s->left.step % ports), false);
	(void)freebsd_lport_over(f, s->pcb, &s->q, 0);
	return (seek_next_address(f, s, op));
}

enum net_seek_state
freebsd_seek_bind(struct net *n, struct net_seek *s, uint32_t laddr,
    uint16_t lport, struct net_op *op)
{
	const struct pcb *p;
	struct freebsd *f;
	int error;

	f = freebsd_of(n);
	p = freebsd_pcb(f, s->pcb);
	error = freebsd_check_bind(f, p, laddr);
	if (error != 0)
		return (over(op, error));
	if (lport == 0 && freebsd_leaves_port(f, p, laddr)) {
		freebsd_pcb(f, s->pcb)->laddr = laddr;
		return (over(op, 0));
	}
	s->q = freebsd_local_query(p, laddr);
	return (seek_begin(f, s, lport, op));
}

enum net_seek_state
freebsd_seek_connect(struct net *n, struct net_seek *s, uint32_t faddr,
    uint16_t fport, struct net_op *op)
{
	const struct pcb *p;
	struct freebsd *f;
	int error;

	f = freebsd_of(n);
	p = freebsd_pcb(f, s->pcb);
	error = freebsd_check_connect(f, p);
	if (error == 0 && freebsd_binds_first(f, p)) {
		s->q = freebsd_local_query(p, NET_ANY);
		seeking(s)->binds = true;
		seeking(s)->faddr = faddr;
		seeking(s)->fport = fport;
		return (seek_begin(f, s, 0, op));
	}
	if (error == 0)
		error = freebsd_tuple_query(f, p, faddr, fport, &s->q);
	if (error != 0)
		return (over(op, error));
	if (p->lport == 0)
		freebsd_laddrs_begin(f, s->pcb, &s->q, &seeking(s)->laddrs);
	return (seek_begin(f, s, p->lport, op));
}

/* The candidates before the first of [0, max) that has a long list. */
static unsigned
short_ones(const struct freebsd *f, const struct net_seek *s, unsigned max)
{
	uint16_t port;
	unsigned i;

	if (s->q.rule != PORT_RULE_LOCAL || freebsd_memory_bits(f, &s->q))
		return (max);
	port = s->left.start;
	for (i = 0; i < max; i++) {
		if (pcb_table_list(&f->table, port) > NET_SEEK_LONG)
			break;
		port = freebsd_lport_after(&s->q, port, s->left.step);
	}
	return (i);
}

static void
seek_advance(struct net_seek *s, unsigned tried)
{

	s->left.start = freebsd_lport_after(&s->q, s->left.start,
	    (uint64_t)tried * s->left.step);
	s->left.count -= tried;
}

enum net_seek_state
freebsd_seek_stretch(struct net *n, struct net_seek *s, unsigned max,
    struct net_op *op)
{
	struct port_found got, one;
	struct port_run run;
	struct freebsd *f;
	unsigned tried;

	f = freebsd_of(n);
	max = short_ones(f, s, MIN(max, s->left.count));
	if (max == 0)
		return (NET_SEEK_CANDIDATE);
	freebsd_lport_try(f, s->pcb, &s->q, &s->left, max, &got);
	tried = (unsigned)got.iters;
	net_visits_add(&op->search, &got.visits);
	net_visits_add(&op->total, &got.visits);
	if (got.found) {
		/* That one is looked at again, under its locks. */
		run = (struct port_run){ .start = got.lport, .step = 1,
		    .count = 1 };
		pcb_table_search(&f->table, &s->q, &run, &one);
		if (freebsd_memory_bits(f, &s->q))
			freebsd_memory_count(f, &s->q, &run, &one);
		net_visits_less(&op->search, &one.visits);
		net_visits_less(&op->total, &one.visits);
		tried--;
	}
	op->iters += tried - got.passed;
	op->known += got.known;
	seek_advance(s, tried);
	if (got.found)
		return (NET_SEEK_CANDIDATE);
	return (s->left.count > 0 ? NET_SEEK_MORE : seek_failed(f, s, op));
}

/* It has the port: now the address, and the connection. */
static int
bound_first(struct freebsd *f, struct net_seek *s, uint16_t lport,
    struct net_op *op)
{
	int error;

	freebsd_enter_bound(f, s->pcb, NET_ANY, lport, op);
	error = freebsd_tuple_query(f, freebsd_pcb(f, s->pcb),
	    seeking(s)->faddr, seeking(s)->fport, &s->q);
	return (error != 0 ? error : freebsd_connect_bound(f, s->pcb, &s->q,
	    op));
}

/* The port that was given: may it be had? */
static enum net_seek_state
take_given(struct freebsd *f, struct net_seek *s, struct net_op *op)
{
	const uint16_t lport = s->left.start;
	int error;

	if (s->connects) {
		error = freebsd_connect_bound(f, s->pcb, &s->q, op);
		return (over(op, error));
	}
	error = freebsd_check_named(f, freebsd_pcb(f, s->pcb), s->q.laddr,
	    lport, op);
	if (error == 0)
		freebsd_enter_bound(f, s->pcb, s->q.laddr, lport, op);
	return (over(op, error));
}

enum net_seek_state
freebsd_seek_take(struct net *n, struct net_seek *s, struct net_op *op)
{
	const uint16_t lport = s->left.start;
	struct port_found got;
	struct port_run run;
	struct freebsd *f;

	f = freebsd_of(n);
	if (!s->searches)
		return (take_given(f, s, op));
	run = (struct port_run){ .start = lport, .step = 1, .count = 1 };
	freebsd_lport_try(f, s->pcb, &s->q, &run, 1, &got);
	net_visits_add(&op->search, &got.visits);
	net_visits_add(&op->total, &got.visits);
	op->iters += got.iters;
	op->known += got.known;
	seek_advance(s, 1);
	if (!got.found)
		return (s->left.count > 0 ? NET_SEEK_MORE :
		    seek_failed(f, s, op));
	f->allocator->tried(f->state, lport, true);
	(void)freebsd_lport_over(f, s->pcb, &s->q, lport);
	if (seeking(s)->binds)
		return (over(op, bound_first(f, s, lport, op)));
	if (s->connects)
		freebsd_enter_connected(f, s->pcb, &s->q, lport, op);
	else
		freebsd_enter_bound(f, s->pcb, s->q.laddr, lport, op);
	return (over(op, 0));
}

uint32_t
freebsd_seek_bucket(const struct net *n, unsigned kind, uint32_t faddr,
    uint16_t fport, uint16_t lport)
{
	const struct freebsd *f;

	f = freebsd_of_const(n);
	switch ((enum freebsd_bucket)kind) {
	case FREEBSD_BUCKET_EXACT:
		return ((pcb_layout_key(f->layout, f->hash_seed, NET_ANY,
		    faddr, fport) ^ lport) & f->hash_mask);
	case FREEBSD_BUCKET_WILD:
		return ((pcb_layout_wild_key(f->layout, f->hash_seed) ^
		    lport) & f->hash_mask);
	default:
		return (lport & f->port_mask);
	}
}
