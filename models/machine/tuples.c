/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * An open hash of 4-tuples; see tuples.h.
 */

#include <glib.h>

#include "models/machine/conn.h"
#include "models/machine/tuples.h"

#define	TUPLES_MINSIZE	256

void
tuples_fini(struct tuples *ts)
{

	g_free(ts->slot);
	*ts = (struct tuples){ .slot = NULL };
}

static uint32_t
tuples_home(const struct tuples *ts, const struct tuple *t)
{
	uint64_t h;

	h = ((uint64_t)t->faddr << 32 | t->laddr) *
	    UINT64_C(0x9e3779b97f4a7c15);
	h ^= h >> 29;
	h += ((uint64_t)t->fport << 16 | t->lport) *
	    UINT64_C(0xbf58476d1ce4e5b9);
	return ((uint32_t)(h >> 32) & (ts->size - 1));
}

/* Where it is, or would be. */
static uint32_t
tuples_find(const struct tuples *ts, const struct tuple *t)
{
	uint32_t i;

	i = tuples_home(ts, t);
	while (ts->slot[i].conn != CONN_NONE &&
	    !tuple_equal(&ts->slot[i].key, t))
		i = (i + 1) & (ts->size - 1);
	return (i);
}

static void
tuples_grow(struct tuples *ts)
{
	struct tuples old;
	uint32_t i;

	old = *ts;
	ts->size = old.size == 0 ? TUPLES_MINSIZE : 2 * old.size;
	ts->slot = g_new(struct tuples_slot, ts->size);
	for (i = 0; i < ts->size; i++)
		ts->slot[i].conn = CONN_NONE;
	for (i = 0; i < old.size; i++)
		if (old.slot[i].conn != CONN_NONE)
			ts->slot[tuples_find(ts, &old.slot[i].key)] =
			    old.slot[i];
	g_free(old.slot);
}

void
tuples_put(struct tuples *ts, const struct tuple *t, uint32_t conn)
{
	uint32_t i;

	if (2 * (ts->n + 1) > ts->size)
		tuples_grow(ts);
	i = tuples_find(ts, t);
	if (ts->slot[i].conn == CONN_NONE)
		ts->n++;
	ts->slot[i] = (struct tuples_slot){ .key = *t, .conn = conn };
}

uint32_t
tuples_take(struct tuples *ts, const struct tuple *t)
{
	uint32_t conn, hole, home, i, mask;

	if (ts->n == 0)
		return (CONN_NONE);
	mask = ts->size - 1;
	hole = tuples_find(ts, t);
	conn = ts->slot[hole].conn;
	if (conn == CONN_NONE)
		return (CONN_NONE);
	ts->n--;
	/* What a walk from its home would not find any more moves up. */
	for (i = (hole + 1) & mask; ts->slot[i].conn != CONN_NONE;
	    i = (i + 1) & mask) {
		home = tuples_home(ts, &ts->slot[i].key);
		if (((i - home) & mask) < ((i - hole) & mask))
			continue;
		ts->slot[hole] = ts->slot[i];
		hole = i;
	}
	ts->slot[hole].conn = CONN_NONE;
	return (conn);
}
