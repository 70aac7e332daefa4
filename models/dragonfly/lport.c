/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The two searches for a port.
 *
 * Theory:	bind(2) goes class by class, the class of CPU 0 first, for all
 *		binds run there: the ports of the range that are of that class,
 *		each once, from a random one on, then the next class.  A class
 *		without a port in the range looks at one beyond it, as often
 *		as its arithmetic says.  connect(2) goes through the whole
 *		range from a random port on; but the first `trycount' steps
 *		only look at a port if the connection would belong to the CPU
 *		that asks, or the last of these steps.  Who connects to itself
 *		passes over its own port.
 *
 *		By index, places of classes are tried (memo.h), and ports; by
 *		walk every candidate along its bucket and its list.
 * Models:	in_pcbsetlport(), in_pcbportrange(), in_pcbbind_remote(),
 *		in_pcbporthash_update(), in_pcbporthash_update4(), sys/netinet/
 *		in_pcb.c, DragonFly of 2020-07-24.
 * Left out:	IP_PORTRANGE_HIGH and _LOW; jails.
 */

#include <errno.h>

#include <glib.h>

#include "models/dragonfly/dragonfly.h"
#include "models/dragonfly/toeplitz.h"
#include "sim/kassert.h"

/* What trying candidates came to. */
struct tried {
	bool		found;
	bool		divides;	/* by zero */
	uint16_t	lport;
	uint64_t	iters;
	struct net_visits visits;
};

static void
visits_add(struct net_visits *to, const struct net_visits *v)
{

	to->porthash += v->porthash;
	to->portlist += v->portlist;
	to->connhash += v->connhash;
}

/* One candidate, along its bucket and its list. */
static bool
walk_free(const struct dragonfly *d, const struct pcb_question *q,
    uint16_t port, struct net_visits *v)
{

	return (!pcb_heads_walk(&d->heads, port, &v->porthash) ||
	    dragonfly_port_walk(d, q, port, &v->portlist) == DPCB_NONE);
}

/* One candidate, without walking to its head. */
static bool
index_free(struct dragonfly *d, const struct pcb_question *q,
    uint16_t port, struct net_visits *v)
{

	v->porthash += port_sums_get(&d->heads.visits, port);
	return (pcb_memos_first(&d->by_port, q, port, port, &v->portlist) !=
	    PCB_PLACE_NONE);
}

static bool
is_free(struct dragonfly *d, bool walk, const struct pcb_question *q,
    uint16_t port, struct net_visits *v)
{

	return (walk ? walk_free(d, q, port, v) : index_free(d, q, port, v));
}

/* The two searches must have come to the same. */
static void
agree(const struct tried *x, const struct tried *w)
{

	KASSERT(x->found == w->found && (!x->found || x->lport == w->lport) &&
	    x->iters == w->iters, ("search: index %d port %u after %ju, walk "
	    "%d port %u after %ju", x->found, x->lport, (uintmax_t)x->iters,
	    w->found, w->lport, (uintmax_t)w->iters));
	KASSERT(x->visits.porthash == w->visits.porthash &&
	    x->visits.portlist == w->visits.portlist, ("search: index visits "
	    "%ju heads, %ju pcbs, walk %ju, %ju",
	    (uintmax_t)x->visits.porthash, (uintmax_t)x->visits.portlist,
	    (uintmax_t)w->visits.porthash, (uintmax_t)w->visits.portlist));
}

typedef void search_fn(struct dragonfly *, bool walk,
	    const struct pcb_question *, uint32_t draw, struct tried *);

/* One search or the other, or both. */
static int
search(struct dragonfly *d, search_fn *fn, const struct pcb_question *q,
    uint16_t *lport, struct net_op *op)
{
	struct tried t, w;
	uint32_t draw;

	draw = net_draw(&d->net);
	fn(d, d->search == NET_SEARCH_WALK, q, draw, &t);
	if (d->search == NET_SEARCH_BOTH) {
		fn(d, true, q, draw, &w);
		agree(&t, &w);
	}
	if (t.divides)
		return (NET_EDIVZERO);
	op->iters += t.iters;
	visits_add(&op->search, &t.visits);
	visits_add(&op->total, &t.visits);
	if (!t.found)
		return (EADDRNOTAVAIL);
	*lport = t.lport;
	return (0);
}

/* ---- bind --------------------------------------------------------------- */

/* The ports of one class: those of [first, last], which may be none. */
struct class_range {
	unsigned	first, last;
};

/* As the kernel rounds it; none: first is the one after the range. */
static struct class_range
class_range(const struct dragonfly *d, unsigned class)
{
	struct class_range r;
	uint16_t hi, lo;

	net_range(&d->net, &lo, &hi);
	r.first = lo + (class + d->cpus - lo % d->cpus) % d->cpus;
	r.last = hi - (hi % d->cpus + d->cpus - class) % d->cpus;
	return (r);
}

/* The class has no port: one beyond the range is looked at again and again. */
static bool
empty_class(struct dragonfly *d, bool walk, const struct pcb_question *q,
    const struct class_range *r, struct tried *t)
{
	struct net_visits v = { 0 };
	uint16_t port;
	uint64_t tries;

	port = (uint16_t)r->first;
	tries = (uint16_t)(r->last - r->first) / d->cpus + 1;
	t->iters++;
	t->found = is_free(d, walk, q, port, &v);
	t->lport = port;
	if (!t->found) {
		t->iters += tries - 1;
		v.porthash *= tries;
		v.portlist *= tries;
	}
	visits_add(&t->visits, &v);
	return (t->found);
}

/* [lo, hi] of a class, upwards. */
static bool
class_part(struct dragonfly *d, bool walk, const struct pcb_question *q,
    unsigned lo, unsigned hi, struct tried *t)
{
	unsigned end, place, start;

	if (walk) {
		for (; lo <= hi && !t->found; lo += d->cpus) {
			t->iters++;
			t->lport = (uint16_t)lo;
			t->found = walk_free(d, q, t->lport, &t->visits);
		}
		return (t->found);
	}
	start = d->place[lo];
	end = d->place[hi];
	place = pcb_memos_first(&d->by_place, q, start, end,
	    &t->visits.portlist);
	t->found = place != PCB_PLACE_NONE;
	if (t->found)
		end = place;
	t->lport = d->port[end];
	t->iters += end - start + 1;
	t->visits.porthash += pcb_heads_sum_places(&d->heads, start, end);
	return (t->found);
}

/* All of a class, from a random port on. */
static bool
class_whole(struct dragonfly *d, bool walk, const struct pcb_question *q,
    const struct class_range *r, unsigned start, struct tried *t)
{
	const struct net_visits before = t->visits;
	struct pcb_full full;
	unsigned class;

	class = r->first % d->cpus;
	full.lo = d->place[r->first];
	full.hi = d->place[r->last];
	if (!walk && pcb_memos_full(&d->by_place, q, class, &full)) {
		t->iters += full.hi - full.lo + 1;
		t->visits.porthash += full.porthash;
		t->visits.portlist += full.portlist;
		t->lport = (uint16_t)r->last;
		return (false);
	}
	if (class_part(d, walk, q, start, r->last, t) ||
	    (start > r->first && class_part(d, walk, q, r->first,
	    start - d->cpus, t)))
		return (true);
	full.porthash = t->visits.porthash - before.porthash;
	full.portlist = t->visits.portlist - before.portlist;
	if (!walk)
		pcb_memos_is_full(&d->by_place, q, class, &full);
	return (false);
}

static void
search_classes(struct dragonfly *d, bool walk, const struct pcb_question *q,
    uint32_t draw, struct tried *t)
{
	struct class_range r;
	unsigned class, start;

	*t = (struct tried){ 0 };
	for (class = 0; class < d->cpus; class++) {
		r = class_range(d, class);
		if (r.first > r.last) {
			if (empty_class(d, walk, q, &r, t))
				return;
			continue;
		}
		t->divides = r.first == r.last;
		if (t->divides)
			return;
		start = draw % (r.last - r.first);
		start = start / d->cpus * d->cpus + r.first;
		if (class_whole(d, walk, q, &r, start, t))
			return;
	}
}

int
dragonfly_lport_bind(struct dragonfly *d, const struct pcb_question *q,
    uint16_t *lport, struct net_op *op)
{

	return (search(d, search_classes, q, lport, op));
}

/* ---- connect ------------------------------------------------------------ */

/* Where a search for connect() is. */
struct remote {
	unsigned	first, last;
	unsigned	port;		/* next; last + 1: first */
	unsigned	left;		/* steps */
	unsigned	tries;		/* of these for the own CPU */
	unsigned	self;		/* port to pass over, or PORT_NONE */
	bool		met_self;
};

/* The own port is next: it is passed over, once free of charge. */
static bool
pass_self(struct remote *s)
{

	if (s->port != s->self)
		return (false);
	if (!s->met_self)
		s->left++;
	s->met_self = true;
	return (true);
}

/* The first steps, which look at few ports. */
static bool
search_own(struct dragonfly *d, bool walk, const struct pcb_question *q,
    struct remote *s, struct tried *t)
{
	uint32_t base;

	base = toeplitz_addr(q->faddr) ^ toeplitz_addr(q->laddr) ^
	    toeplitz_port(q->fport);
	for (; s->left > 0 && s->tries > 0; s->left--, s->port++) {
		if (s->port > s->last)
			s->port = s->first;
		t->iters++;
		if (pass_self(s))
			continue;
		s->tries--;
		if (toeplitz_cpu(base ^ toeplitz_port((uint16_t)s->port),
		    d->cpus) != d->net.cpu % d->cpus && s->tries > 0)
			continue;
		t->lport = (uint16_t)s->port;
		t->found = is_free(d, walk, q, t->lport, &t->visits);
		if (t->found)
			return (true);
	}
	return (false);
}

/* n ports from s->port on, all of which are looked at. */
static bool
remote_part(struct dragonfly *d, bool walk, const struct pcb_question *q,
    const struct remote *s, unsigned n, struct tried *t)
{
	unsigned end, port;

	if (walk) {
		for (port = s->port; port < s->port + n && !t->found;
		    port++) {
			t->iters++;
			t->lport = (uint16_t)port;
			t->found = walk_free(d, q, t->lport, &t->visits);
		}
		return (t->found);
	}
	end = s->port + n - 1;
	port = pcb_memos_first(&d->by_port, q, s->port, end,
	    &t->visits.portlist);
	t->found = port != PCB_PLACE_NONE;
	if (t->found)
		end = port;
	t->lport = (uint16_t)end;
	t->iters += end - s->port + 1;
	t->visits.porthash += pcb_heads_sum(&d->heads, s->port, end);
	return (t->found);
}

/* What is left is all of the range, once, and known to be taken. */
static bool
full_range(struct dragonfly *d, const struct pcb_question *q,
    const struct remote *s, struct tried *t)
{
	struct pcb_full full = { .lo = s->first, .hi = s->last };

	if (!pcb_memos_full(&d->by_port, q, 0, &full))
		return (false);
	t->iters += s->left;
	t->visits.porthash += full.porthash;
	t->visits.portlist += full.portlist;
	return (true);
}

static void
search_range(struct dragonfly *d, bool walk, const struct pcb_question *q,
    uint32_t draw, struct tried *t)
{
	struct remote s = { .self = PORT_NONE, .tries = d->trycount };
	struct net_visits before;
	struct pcb_full full;
	uint16_t first, last;
	unsigned n;

	*t = (struct tried){ 0 };
	net_range(&d->net, &first, &last);
	s.first = first;
	s.last = last;
	s.port = s.first + draw % (s.last - s.first);
	s.left = s.last - s.first + 1 + d->trycount;
	if (q->faddr == q->laddr)
		s.self = q->fport;
	if (search_own(d, walk, q, &s, t) ||
	    (!walk && s.self == PORT_NONE && full_range(d, q, &s, t)))
		return;
	before = t->visits;
	while (s.left > 0) {
		if (s.port > s.last)
			s.port = s.first;
		if (pass_self(&s)) {
			t->iters++;
			n = 1;
		} else {
			n = MIN(s.left, s.last - s.port + 1);
			if (s.self > s.port)
				n = MIN(n, s.self - s.port);
			if (remote_part(d, walk, q, &s, n, t))
				return;
		}
		s.port += n;
		s.left -= n;
	}
	if (walk || s.self != PORT_NONE)
		return;
	full = (struct pcb_full){ .lo = s.first, .hi = s.last,
	    .porthash = t->visits.porthash - before.porthash,
	    .portlist = t->visits.portlist - before.portlist };
	pcb_memos_is_full(&d->by_port, q, 0, &full);
}

int
dragonfly_lport_connect(struct dragonfly *d, const struct pcb_question *q,
    uint16_t *lport, struct net_op *op)
{

	if (d->net.first == d->net.last)
		return (NET_EDIVZERO);
	return (search(d, search_range, q, lport, op));
}
