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

/* When what is there ends, the first at the front: a binary heap. */
static void
ends_push(GArray *ends, simtime end)
{
	simtime *at;
	guint i;

	g_array_append_val(ends, end);
	at = (simtime *)(void *)ends->data;
	for (i = ends->len - 1; i > 0 && at[(i - 1) / 2] > end;
	    i = (i - 1) / 2)
		at[i] = at[(i - 1) / 2];
	at[i] = end;
}

static void
ends_pop(GArray *ends)
{
	simtime *at, last;
	guint child, i;

	at = (simtime *)(void *)ends->data;
	last = at[ends->len - 1];
	g_array_set_size(ends, ends->len - 1);
	for (i = 0; (child = 2 * i + 1) < ends->len; i = child) {
		if (child + 1 < ends->len && at[child + 1] < at[child])
			child++;
		if (at[child] >= last)
			break;
		at[i] = at[child];
	}
	if (ends->len > 0)
		at[i] = last;
}

static double
recorded_stays(const struct recorded_stay *stay, const struct replay_conn *rc)
{

	if (stay == NULL || recording_ends_there(rc))
		return (0);
	return (rc->closer == RECORDING_LOCAL ? stay->local : stay->unsaid);
}

double
recorded_most(const struct recording *rec, double until,
    const struct recorded_stay *stay, const struct recorded_part *part,
    uint64_t *n, simtime *last)
{
	struct recording_cursor cur = { .rec = rec };
	g_autoptr(GArray) ends = NULL;
	const struct replay_conn *rc;
	uint64_t i, opened;
	double most, there;
	simtime when;

	ends = g_array_new(FALSE, FALSE, sizeof(simtime));
	most = there = 0;
	for (i = opened = 0, when = 0; i < rec->n; i++) {
		rc = recording_at(&cur, i);
		if ((double)rc->time >= until)
			break;
		if (!recorded_is(part, rc))
			continue;
		opened++;
		when = rc->time;
		for (; ends->len > 0 && g_array_index(ends, simtime, 0) <=
		    when; there--)
			ends_pop(ends);
		if (rc->duration != SIM_NEVER)
			ends_push(ends, when + rc->duration +
			    (simtime)recorded_stays(stay, rc));
		there++;
		most = MAX(most, there);
	}
	if (n != NULL)
		*n = opened;
	if (last != NULL)
		*last = when;
	return (most);
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
