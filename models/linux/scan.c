/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Candidates by the index: the first that is in none of the sets that matter,
 * and what the walk would have looked at up to there.
 *
 * Theory:	candidates of a pass are neighbours in linux_place()'s order,
 *		in one or two stretches (the pass goes round once), twice as
 *		many where ports are tried by ones.  All before the first free
 *		one are taken or reserved; so counts of what was looked at are
 *		counts of sets over these stretches.
 *
 *		With the step width of 7.1 they are not neighbours.  But a
 *		pass without a free candidate is known by its sets, whatever
 *		the order; with one, it is found after a few.
 */

#include <glib.h>

#include "models/linux/index.h"
#include "models/linux/linux.h"
#include "sim/kassert.h"

#define	MAXRANGES	4
#define	MAXSETS		4

struct range {
	uint16_t	lo, hi;		/* places */
};

/* Candidates of the first stretch: before the pass goes round. */
static unsigned
pass_split(const struct linux_pass *p)
{

	return (MIN(p->count, (p->high - p->start) / p->step + 1u));
}

/* Port of candidate i, of a pass by its step. */
static unsigned
pass_port(const struct linux_pass *p, unsigned i)
{
	unsigned port;

	port = p->start + i * p->step;
	return (i < pass_split(p) ? port : port - p->span);
}

/* The candidate that a port is; p->count: none. */
static unsigned
pass_index(const struct linux_pass *p, unsigned port)
{
	unsigned first, i, split;

	if (p->step == 2 && (port ^ p->start) % 2 != 0)
		return (p->count);
	split = pass_split(p);
	if (port >= p->start) {
		i = (port - p->start) / p->step;
		return (i < split ? i : p->count);
	}
	first = p->start + split * p->step - p->span;
	if (port < first)
		return (p->count);
	i = split + (port - first) / p->step;
	return (MIN(i, p->count));
}

/* The places of ports a to b, which are candidates and in one stretch. */
static unsigned
places(const struct linux_pass *p, unsigned a, unsigned b, struct range *out)
{
	unsigned n;

	n = 0;
	out[n++] = (struct range){ linux_place(a),
	    linux_place(b - (p->step == 1 && (a ^ b) % 2 != 0)) };
	if (p->step == 1 && a < b)
		out[n++] = (struct range){ linux_place(a + 1),
		    linux_place(b - (a ^ b ^ 1) % 2) };
	return (n);
}

/* .. of candidates [from, to). */
static unsigned
ranges(const struct linux_pass *p, unsigned from, unsigned to,
    struct range out[MAXRANGES])
{
	unsigned n, split;

	n = 0;
	split = pass_split(p);
	if (from < MIN(split, to))
		n += places(p, pass_port(p, from),
		    pass_port(p, MIN(split, to) - 1), out);
	if (MAX(from, split) < to)
		n += places(p, pass_port(p, MAX(from, split)),
		    pass_port(p, to - 1), out + n);
	return (n);
}

/* The first of candidates [from, to) in none of the sets; `to': none. */
static unsigned
first_free(const struct linux_pass *p, unsigned from, unsigned to,
    const struct port_set *const *sets, unsigned nsets)
{
	struct range r[MAXRANGES];
	unsigned best, i, n, place;

	n = ranges(p, from, to, r);
	best = to;
	for (i = 0; i < n; i++) {
		place = port_set_first_free(sets, nsets, r[i].lo, r[i].hi);
		if (place != PORT_NONE)
			best = MIN(best, pass_index(p,
			    linux_port_at(place)));
	}
	return (best);
}

static uint64_t
count(const struct linux_pass *p, unsigned from, unsigned to,
    const struct port_set *set)
{
	struct range r[MAXRANGES];
	uint64_t sum;
	unsigned i, n;

	if (set == NULL || set->count == 0)
		return (0);
	n = ranges(p, from, to, r);
	for (sum = i = 0; i < n; i++)
		sum += port_set_count(set, r[i].lo, r[i].hi);
	return (sum);
}

static uint64_t
count_both(const struct linux_pass *p, unsigned from, unsigned to,
    const struct port_set *a, const struct port_set *b)
{
	struct range r[MAXRANGES];
	uint64_t sum;
	unsigned i, n;

	if (a == NULL || a->count == 0 || b->count == 0)
		return (0);
	n = ranges(p, from, to, r);
	for (sum = i = 0; i < n; i++)
		sum += port_set_count_both(a, b, r[i].lo, r[i].hi);
	return (sum);
}

/* ---- bind() ------------------------------------------------------------ */

static void
scan_bind(const struct linux_net *l, const struct linux_search *s,
    unsigned end, struct linux_found *f)
{
	const struct port_set *any, *own, *sets[MAXSETS];
	const struct linux_pass *p;
	uint64_t looked;
	unsigned i, n;

	p = &s->pass;
	any = linux_index_laddr(l->index, NET_ANY);
	own = linux_index_laddr(l->index, s->tuple.laddr);
	n = 0;
	sets[n++] = &l->reserved;
	if (s->tuple.laddr == NET_ANY)
		sets[n++] = &l->index->any;
	else {
		if (any != NULL)
			sets[n++] = any;
		if (own != NULL)
			sets[n++] = own;
	}
	i = first_free(p, s->done, end, sets, n);
	f->tried = i - s->done;
	f->reserved = count(p, s->done, i, &l->reserved);
	looked = f->tried - f->reserved;
	/* The first owner that is met ends the look, of * first of all. */
	f->visits.portlist = f->visits.porthash = looked;
	if (s->tuple.laddr != NET_ANY)
		f->visits.porthash -= count(p, s->done, i, any) -
		    count_both(p, s->done, i, any, &l->reserved);
	f->nth = i;
	f->found = i < end;
}

/* ---- connect() --------------------------------------------------------- */

/* What a destination's sockets on some candidates make it look at. */
struct blocked {
	uint64_t	waits;		/* TIME_WAITs */
	uint64_t	visits;		/* established sockets */
};

static bool
passed_over(const struct linux_net *l, unsigned place)
{

	return (port_set_has(&l->index->hidden, place) ||
	    port_set_has(&l->reserved, place));
}

/* Few sockets: one by one. */
static void
blocked_by_list(const struct linux_net *l, const struct linux_search *s,
    const struct linux_dest *d, unsigned to, struct blocked *b)
{
	const struct linux_sock *o;
	unsigned i;
	uint32_t k;

	for (k = d->first; k != LINUX_NONE; k = o->dnext) {
		o = &l->t.sock[k];
		i = pass_index(&s->pass, o->lport);
		if (i < s->done || i >= to ||
		    passed_over(l, linux_place(o->lport)) ||
		    !linux_index_blocks(l, k))
			continue;
		b->visits += linux_index_visits(l->index, o);
		b->waits += o->state == LINUX_TIMEWAIT;
	}
}

/* Take out those that are passed over before the tuple is looked for. */
static void
blocked_less(const struct linux_net *l, const struct linux_dest *d,
    const struct range *r, struct blocked *b)
{
	const struct port_set *h, *v, *t;
	unsigned place, w;
	uint64_t m;

	h = &l->index->hidden;
	v = &l->reserved;
	t = d->taken;
	for (w = r->lo / 64; w <= r->hi / 64u; w++) {
		m = t->word[w] & (h->word[w] | v->word[w]);
		if (m == UINT64_MAX && w * 64 >= r->lo &&
		    w * 64 + 63 <= r->hi) {
			/* A proxy that binds by name has whole blocks. */
			b->visits -= d->sums->visits.blocks.s64[w];
			if (d->sums->waits.count > 0)
				b->waits -= port_set_count(&d->sums->waits,
				    w * 64, w * 64 + 63);
			continue;
		}
		for (; m != 0; m &= m - 1) {
			place = w * 64 + (unsigned)__builtin_ctzll(m);
			if (place < r->lo || place > r->hi)
				continue;
			b->visits -= port_bytes_get(&d->sums->visits,
			    (uint16_t)place);
			b->waits -= port_set_has(&d->sums->waits, place);
		}
	}
}

static void
blocked_by_sums(const struct linux_net *l, const struct linux_search *s,
    const struct linux_dest *d, unsigned to, struct blocked *b)
{
	struct range r[MAXRANGES];
	unsigned i, n;

	KASSERT(d->taken != NULL, ("sums of a destination without its set"));
	n = ranges(&s->pass, s->done, to, r);
	for (i = 0; i < n; i++) {
		b->visits += port_bytes_range(&d->sums->visits, r[i].lo,
		    r[i].hi);
		if (d->sums->waits.count > 0)
			b->waits += port_set_count(&d->sums->waits, r[i].lo,
			    r[i].hi);
		if (l->index->hidden.count > 0 || l->reserved.count > 0)
			blocked_less(l, d, &r[i], b);
	}
}

/* Does the destination, which has no set, have a socket on the candidate? */
static bool
blocked_at(const struct linux_net *l, const struct linux_search *s,
    const struct linux_dest *d, unsigned i)
{
	uint32_t k;

	for (k = d->first; k != LINUX_NONE; k = l->t.sock[k].dnext)
		if (l->t.sock[k].lport == pass_port(&s->pass, i))
			return (linux_index_blocks(l, k));
	return (false);
}

/* The first free candidate of [s->done, end), what is before it in *f. */
static void
scan_connect(const struct linux_net *l, const struct linux_search *s,
    unsigned end, struct linux_found *f)
{
	const struct port_set *sets[MAXSETS];
	const struct linux_dest *d;
	const struct linux_pass *p;
	struct blocked b = { 0 };
	unsigned i, n;

	p = &s->pass;
	d = linux_index_dest(l, s->tuple.laddr, s->tuple.faddr,
	    s->tuple.fport);
	n = 0;
	sets[n++] = &l->reserved;
	sets[n++] = &l->index->hidden;
	if (d != NULL && d->taken != NULL)
		sets[n++] = d->taken;
	i = first_free(p, s->done, end, sets, n);
	if (d != NULL && d->taken == NULL)
		while (i < end && blocked_at(l, s, d, i))
			i = first_free(p, i + 1, end, sets, n);
	if (d != NULL && d->sums == NULL)
		blocked_by_list(l, s, d, i, &b);
	else if (d != NULL)
		blocked_by_sums(l, s, d, i, &b);
	f->tried = i - s->done;
	f->reserved = count(p, s->done, i, &l->reserved);
	/* What is taken has a bucket: hidden, or with the socket in the way. */
	f->visits.porthash = f->tried - f->reserved;
	f->visits.connhash = b.visits;
	if (l->variant->looks_first) {
		f->visits.porthash += b.waits;
		f->unlocked = f->tried - f->reserved - b.waits;
	}
	f->nth = i;
	f->found = i < end;
}

/* ---- how many ports ---------------------------------------------------- */

unsigned
linux_scan_outside(const struct port_set *const *sets, unsigned n,
    uint16_t first, uint16_t last)
{
	struct linux_pass p = { .start = first, .high = last,
	    .span = last - first + 1u, .stride = 1, .step = 1,
	    .count = last - first + 1u };
	struct range r[MAXRANGES];
	unsigned i, sum;

	sum = 0;
	i = ranges(&p, 0, p.count, r);
	while (i-- > 0)
		sum += port_set_count_free(sets, n, r[i].lo, r[i].hi);
	return (sum);
}

/* ---- either ------------------------------------------------------------ */

/* The same candidates, one after the other, whatever the stride. */
static bool
scan_strided(const struct linux_net *l, const struct linux_search *s,
    unsigned max, struct linux_found *f)
{
	struct linux_search whole;

	if (s->pass.stride == s->pass.step)
		return (false);
	if (s->done == 0 && max >= s->pass.count) {
		whole = *s;
		whole.pass.stride = whole.pass.step;
		scan_connect(l, &whole, whole.pass.count, f);
		if (!f->found)
			return (true);
		*f = (struct linux_found){ 0 };
	}
	linux_walk(l, s, max, f);
	return (true);
}

void
linux_scan(const struct linux_net *l, const struct linux_search *s,
    unsigned max, struct linux_found *f)
{
	enum linux_look look;
	unsigned end;

	*f = (struct linux_found){ 0 };
	if (s->relax && (l->t.sock[s->sock].opts & NET_REUSEADDR) != 0) {
		/* Nearly all of them are free to it. */
		linux_walk(l, s, max, f);
		return;
	}
	if (scan_strided(l, s, max, f))
		return;
	end = s->done + MIN(max, s->pass.count - s->done);
	if (s->connects)
		scan_connect(l, s, end, f);
	else
		scan_bind(l, s, end, f);
	if (!f->found) {
		f->nth = 0;
		return;
	}
	f->lport = (uint16_t)pass_port(&s->pass, f->nth);
	look = linux_look(l, s, f->lport, f);
	KASSERT(look == LINUX_FREE, ("port %u is free by index only",
	    f->lport));
}
