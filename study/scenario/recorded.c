/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a recording asks of the tables; see recorded.h.
 */

#include <glib.h>

#include "study/scenario/recorded.h"

static bool
recorded_is(const struct recorded_part *part, const struct replay_conn *rc)
{

	switch (part->which) {
	case RECORDED_ALL:
		return (true);
	case RECORDED_BOUND:
		return (rc->bound);
	case RECORDED_UNBOUND:
		return (!rc->bound);
	case RECORDED_LADDR:
		return (rc->bound && rc->laddr == part->addr);
	case RECORDED_PEER:
		return (!rc->bound && rc->faddr == part->addr &&
		    rc->fport == part->port);
	}
	return (false);
}

/* ---- at a time --------------------------------------------------------- */

/*
 * When what is there ends.  Lives that are as long as one another end in the
 * order in which they begin, and wait in a ring, by time; only who ends before
 * the last of those is in a heap, the first at the front.
 */
struct ends {
	simtime		*ring;		/* ring[size] */
	size_t		size;		/* a power of two, or 0 */
	size_t		head, tail;	/* ever taken, ever put */
	simtime		*heap;		/* heap[room] */
	size_t		n, room;
	double		there, most;	/* that begun and did not end */
};

static void
ends_fini(struct ends *e)
{

	g_free(e->ring);
	g_free(e->heap);
}

static void
ends_append(struct ends *e, simtime end)
{
	simtime *grown;
	size_t i, size;

	if (e->tail - e->head == e->size) {
		size = e->size == 0 ? 256 : 2 * e->size;
		grown = g_new(simtime, size);
		for (i = e->head; i != e->tail; i++)
			grown[i & (size - 1)] = e->ring[i & (e->size - 1)];
		g_free(e->ring);
		e->ring = grown;
		e->size = size;
	}
	e->ring[e->tail++ & (e->size - 1)] = end;
}

static void
ends_push(struct ends *e, simtime end)
{
	size_t i;

	if (e->head == e->tail ||
	    end >= e->ring[(e->tail - 1) & (e->size - 1)]) {
		ends_append(e, end);
		return;
	}
	if (e->n == e->room) {
		e->room = e->room == 0 ? 256 : 2 * e->room;
		e->heap = g_renew(simtime, e->heap, e->room);
	}
	for (i = e->n++; i > 0 && e->heap[(i - 1) / 2] > end; i = (i - 1) / 2)
		e->heap[i] = e->heap[(i - 1) / 2];
	e->heap[i] = end;
}

static void
ends_pop(struct ends *e)
{
	size_t child, i;
	simtime last;

	last = e->heap[--e->n];
	for (i = 0; (child = 2 * i + 1) < e->n; i = child) {
		if (child + 1 < e->n && e->heap[child + 1] < e->heap[child])
			child++;
		if (e->heap[child] >= last)
			break;
		e->heap[i] = e->heap[child];
	}
	e->heap[i] = last;
}

/* One begins now, and ends then; SIM_NEVER: it does not. */
static void
ends_begin(struct ends *e, simtime now, simtime end)
{

	for (; e->head != e->tail && e->ring[e->head & (e->size - 1)] <= now;
	    e->there--)
		e->head++;
	for (; e->n > 0 && e->heap[0] <= now; e->there--)
		ends_pop(e);
	if (end != SIM_NEVER)
		ends_push(e, end);
	e->there++;
	e->most = MAX(e->most, e->there);
}

/* `to', which is empty, goes on as `e' does. */
static void
ends_copy(struct ends *to, const struct ends *e)
{

	*to = *e;
	to->ring = g_memdup2(e->ring, e->size * sizeof(*e->ring));
	to->heap = g_memdup2(e->heap, e->room * sizeof(*e->heap));
}

static double
recorded_stays(const struct recorded_stay *stay, const struct replay_conn *rc)
{

	if (recording_ends_there(rc))
		return (0);
	return (rc->closer == RECORDING_LOCAL ? stay->local : stay->unsaid);
}

void
recorded_most(const struct recording *rec, double until,
    const struct recorded_stay *stay, const struct recorded_part *part,
    struct recorded_most *most)
{
	struct recording_cursor cur = { .rec = rec };
	struct ends alive = { 0 }, held = { 0 };
	const struct replay_conn *rc;
	simtime end, stays;
	uint64_t i;
	bool apart;

	*most = (struct recorded_most){ 0 };
	apart = false;
	for (i = 0; i < rec->n; i++) {
		rc = recording_at(&cur, i);
		if ((double)rc->time >= until)
			break;
		if (!recorded_is(part, rc))
			continue;
		most->n++;
		most->last = rc->time;
		end = rc->duration == SIM_NEVER ? SIM_NEVER :
		    rc->time + rc->duration;
		/* Until the first that stays, the two are one. */
		stays = end == SIM_NEVER ? 0 :
		    (simtime)recorded_stays(stay, rc);
		if (!apart && stays > 0) {
			ends_copy(&held, &alive);
			apart = true;
		}
		ends_begin(&alive, rc->time, end);
		if (apart)
			ends_begin(&held, rc->time, end + stays);
	}
	most->open = alive.most;
	most->held = apart ? held.most : alive.most;
	ends_fini(&alive);
	ends_fini(&held);
}

bool
recorded_any(const struct recording *rec, double until)
{
	struct recording_cursor cur = { .rec = rec };

	return (rec->n > 0 && (double)recording_at(&cur, 0)->time < until);
}

/* ---- where ------------------------------------------------------------- */

bool
recorded_fullest(const struct recording *rec, double until,
    enum recorded_which which, struct recorded_part *fullest,
    unsigned *distinct)
{
	struct recording_cursor cur = { .rec = rec };
	const struct recorded_part all = { .which = which };
	g_autoptr(GHashTable) counts = NULL;
	const struct replay_conn *rc;
	uint64_t i, most, name, *count;

	counts = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free,
	    NULL);
	most = 0;
	for (i = 0; i < rec->n; i++) {
		rc = recording_at(&cur, i);
		if ((double)rc->time >= until)
			break;
		if (!recorded_is(&all, rc))
			continue;
		name = which == RECORDED_BOUND ? rc->laddr :
		    (uint64_t)rc->faddr << 16 | rc->fport;
		/* The key's neighbour in memory is its count. */
		if (!g_hash_table_lookup_extended(counts, &name,
		    (void **)&count, NULL)) {
			count = g_new0(uint64_t, 2);
			count[0] = name;
			g_hash_table_add(counts, count);
		}
		if (++count[1] <= most)
			continue;
		most = count[1];
		*fullest = which == RECORDED_BOUND ?
		    (struct recorded_part){ RECORDED_LADDR, rc->laddr, 0 } :
		    (struct recorded_part){ RECORDED_PEER, rc->faddr,
		    rc->fport };
	}
	*distinct = g_hash_table_size(counts);
	return (*distinct > 0);
}
