/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Shared bitmaps of ports: random meetings, searches and departures against a
 * plain model, and the stale bit that a merge leaves.
 */

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "models/ports/cache.h"

#define	NPCBS	40u
#define	BASE	1000u			/* port of pcb 0 */

/* The plain model: a bitmap is a set of flags and a count. */
struct plain {
	bool		port[NPCBS];
	unsigned	refs;
};

struct model {
	struct plain	*bitmap[NPCBS];	/* of each pcb; NULL: none */
};

static uint16_t
port_of(unsigned pcb)
{

	return ((uint16_t)(BASE + pcb));
}

static void
release(struct plain *b)
{

	if (--b->refs == 0)
		g_free(b);
}

static void
plain_meet(struct model *m, unsigned searcher, unsigned met)
{
	struct plain **a = &m->bitmap[searcher], **b = &m->bitmap[met];
	struct plain **moves, *from;
	unsigned i;

	if (*a == NULL && *b == NULL) {
		*b = g_new0(struct plain, 1);
		(*b)->port[met] = true;
		(*b)->refs = 1;
	}
	if (*b == NULL) {
		(*a)->port[met] = true;
		(*a)->refs++;
		*b = *a;
	} else if (*a == NULL) {
		(*b)->refs++;
		*a = *b;
	} else if (*a != *b) {
		moves = (*a)->refs > (*b)->refs ? b : a;
		from = *moves;
		*moves = moves == a ? *b : *a;
		for (i = 0; i < NPCBS; i++)
			(*moves)->port[i] |= from->port[i];
		(*moves)->refs++;
		release(from);
	}
}

static void
plain_leave(struct model *m, unsigned pcb)
{

	if (m->bitmap[pcb] == NULL)
		return;
	m->bitmap[pcb]->port[pcb] = false;
	release(m->bitmap[pcb]);
	m->bitmap[pcb] = NULL;
}

static void
compare(const struct model *m, const struct port_cache *pc)
{
	const struct port_set *set;
	unsigned count, i, p;

	for (i = 0; i < NPCBS; i++) {
		set = port_cache_of(pc, i);
		g_assert_cmpint(set != NULL, ==, m->bitmap[i] != NULL);
		if (set == NULL)
			continue;
		for (p = 0, count = 0; p < NPCBS; p++) {
			count += m->bitmap[i]->port[p];
			g_assert_cmpint(port_set_has(set, port_of(p)), ==,
			    m->bitmap[i]->port[p]);
		}
		g_assert_cmpuint(port_set_count(set, 0, 65535), ==, count);
	}
}

static void
test_as_the_plain_model(void)
{
	struct port_cache *pc;
	struct model m = { { NULL } };
	size_t empty;
	unsigned a, b, n;

	pc = port_cache_new(false);
	empty = port_cache_memory(pc);
	for (n = 0; n < 100000; n++) {
		a = (unsigned)g_test_rand_int_range(0, NPCBS);
		b = (unsigned)g_test_rand_int_range(0, NPCBS);
		switch (g_test_rand_int_range(0, 4)) {
		case 0:
		case 1:
			if (a == b)
				break;
			plain_meet(&m, a, b);
			port_cache_meet(pc, a, b, port_of(b));
			break;
		case 2:
			if (m.bitmap[a] != NULL)
				m.bitmap[a]->port[a] = true;
			port_cache_took(pc, a, port_of(a));
			break;
		default:
			plain_leave(&m, a);
			port_cache_leave(pc, a, port_of(a));
			break;
		}
		if (n % 20 == 0)
			compare(&m, pc);
	}
	for (a = 0; a < NPCBS; a++) {
		plain_leave(&m, a);
		port_cache_leave(pc, a, port_of(a));
	}
	compare(&m, pc);
	/* A bitmap goes with its last pcb: only the tables are left. */
	g_assert_cmpuint(port_cache_memory(pc), <, empty + 4096);
	port_cache_free(pc);
}

/*
 * Two bitmaps merge while a third pcb is attached to the smaller: when it goes
 * its port stays taken in the larger, until that is gone.
 */
static void
test_a_merge_leaves_a_stale_bit(void)
{
	struct port_cache *pc;

	pc = port_cache_new(false);
	port_cache_meet(pc, 1, 0, port_of(0));	/* first: 0, 1 */
	port_cache_took(pc, 1, port_of(1));
	port_cache_meet(pc, 3, 2, port_of(2));	/* second: 2, 3 */
	port_cache_took(pc, 3, port_of(3));
	port_cache_meet(pc, 4, 0, port_of(0));	/* 4 joins the first .. */
	port_cache_meet(pc, 4, 2, port_of(2));	/* .. whose 3 beat 2 */
	g_assert_true(port_cache_of(pc, 2) == port_cache_of(pc, 4));
	g_assert_true(port_cache_of(pc, 3) != port_cache_of(pc, 4));
	g_assert_true(port_set_has(port_cache_of(pc, 4), port_of(3)));
	port_cache_leave(pc, 3, port_of(3));
	g_assert_true(port_set_has(port_cache_of(pc, 4), port_of(3)));
	/* One that stayed clears its own. */
	port_cache_leave(pc, 2, port_of(2));
	g_assert_false(port_set_has(port_cache_of(pc, 4), port_of(2)));
	port_cache_free(pc);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/port_cache/as_the_plain_model",
	    test_as_the_plain_model);
	g_test_add_func("/port_cache/a_merge_leaves_a_stale_bit",
	    test_a_merge_leaves_a_stale_bit);
	return (g_test_run());
}
