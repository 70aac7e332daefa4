/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Distances of reuse; see reuse.h.
 */

#include <glib.h>

#include "models/measures/reuse.h"

#define	NPORTS		65536u
#define	FIRST_SIZE	1024u

static void
found_init(struct reuse_found *f)
{

	f->time = hist_new();
	f->conns = hist_new();
}

static void
found_fini(struct reuse_found *f)
{

	hist_free(f->time);
	hist_free(f->conns);
}

void
reuse_init(struct reuse *r, unsigned maxtuples)
{

	*r = (struct reuse){ .size = MIN(FIRST_SIZE, maxtuples),
	    .maxtuples = maxtuples };
	r->entry = g_new0(struct reuse_entry, r->size);
	found_init(&r->ports);
	found_init(&r->tuples);
}

void
reuse_fini(struct reuse *r)
{
	unsigned i;

	for (i = 0; i < REUSE_ADDRS; i++)
		g_free(r->port[i]);
	g_free(r->entry);
	found_fini(&r->ports);
	found_fini(&r->tuples);
}

void
reuse_forget(struct reuse *r)
{

	found_fini(&r->ports);
	found_fini(&r->tuples);
	found_init(&r->ports);
	found_init(&r->tuples);
}

/* ---- the table of tuples ----------------------------------------------- */

/* splitmix64's last step, over both halves of a tuple. */
static uint64_t
tuple_hash(const struct reuse_tuple *t)
{
	uint64_t z;

	z = ((uint64_t)t->laddr << 32 | t->faddr) *
	    UINT64_C(0x9e3779b97f4a7c15);
	z ^= ((uint64_t)t->lport << 16 | t->fport) *
	    UINT64_C(0xd6e8feb86659fd93);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (z ^ z >> 31);
}

/* Places are by the low bits, who is watched by the high ones. */
static bool
is_watched(const struct reuse *r, uint64_t hash)
{

	return (r->halvings == 0 || hash >> (64 - r->halvings) == 0);
}

static bool
same_tuple(const struct reuse_tuple *a, const struct reuse_tuple *b)
{

	return (a->laddr == b->laddr && a->faddr == b->faddr &&
	    a->lport == b->lport && a->fport == b->fport);
}

/* The tuple's place, or where it would be. */
static struct reuse_entry *
entry_of(const struct reuse *r, const struct reuse_tuple *t, uint64_t hash)
{
	struct reuse_entry *e;
	unsigned i;

	for (i = (unsigned)hash & (r->size - 1);; i = (i + 1) & (r->size - 1)) {
		e = &r->entry[i];
		if (e->tuple.lport == 0 || same_tuple(&e->tuple, t))
			return (e);
	}
}

/* Twice as large, or with half of the tuples. */
static void
make_room(struct reuse *r)
{
	struct reuse_entry *old;
	unsigned i, n;
	uint64_t hash;

	old = r->entry;
	n = r->size;
	if (n < r->maxtuples)
		r->size *= 2;
	else
		r->halvings++;
	r->entry = g_new0(struct reuse_entry, r->size);
	r->used = 0;
	for (i = 0; i < n; i++) {
		if (old[i].tuple.lport == 0)
			continue;
		hash = tuple_hash(&old[i].tuple);
		if (!is_watched(r, hash))
			continue;
		*entry_of(r, &old[i].tuple, hash) = old[i];
		r->used++;
	}
	g_free(old);
}

/* ---- uses -------------------------------------------------------------- */

static void
found_add(struct reuse_found *f, const struct reuse *r,
    const struct reuse_last *last, simtime now)
{

	hist_add(f->time, now - last->time);
	hist_add(f->conns, (int64_t)(r->opened - last->opened));
}

/* What is known of the port; NULL: it is not watched. */
static struct reuse_port *
port_of(struct reuse *r, const struct reuse_tuple *t, unsigned place)
{

	if (place >= REUSE_ADDRS)
		return (NULL);
	if (r->port[place] == NULL)
		r->port[place] = g_new0(struct reuse_port, NPORTS);
	return (&r->port[place][t->lport]);
}

void
reuse_open(struct reuse *r, const struct reuse_tuple *t, unsigned place,
    simtime now)
{
	const struct reuse_last at = { .time = now, .opened = r->opened };
	struct reuse_entry *e;
	struct reuse_port *p;
	uint64_t hash;

	p = port_of(r, t, place);
	/* A port that nobody had yet has a count of no connections. */
	if (p != NULL && p->users > 0)
		found_add(&r->ports, r, &at, now);
	else if (p != NULL && p->last.opened > 0)
		found_add(&r->ports, r, &p->last, now);
	if (p != NULL)
		p->users++;
	hash = tuple_hash(t);
	if (is_watched(r, hash)) {
		e = entry_of(r, t, hash);
		if (e->tuple.lport != 0 && e->last.opened > 0)
			found_add(&r->tuples, r, &e->last, now);
	}
	r->opened++;
}

void
reuse_end(struct reuse *r, const struct reuse_tuple *t, unsigned place,
    simtime now)
{
	struct reuse_last at;
	struct reuse_entry *e;
	struct reuse_port *p;
	uint64_t hash;

	at = (struct reuse_last){ .time = now, .opened = r->opened };
	p = port_of(r, t, place);
	if (p != NULL && p->users > 0 && --p->users == 0)
		p->last = at;
	hash = tuple_hash(t);
	if (!is_watched(r, hash))
		return;
	if (r->used >= r->size / 4 * 3) {
		make_room(r);
		if (!is_watched(r, hash))
			return;
	}
	e = entry_of(r, t, hash);
	r->used += e->tuple.lport == 0;
	e->tuple = *t;
	e->last = at;
}
