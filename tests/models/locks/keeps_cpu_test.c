/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A lock that spins and keeps its CPU (models/locks/classes/spin.c): neither
 * who holds it nor who wants it is put off, nobody sleeps, and all is as before
 * when it is released.
 */

#include "tests/models/locks/lock_rig.h"

static const struct act owner[] = { { LOCK, 0, 0 }, { WORK, 10 * SIM_MS, 0 },
    { UNLOCK, 0, 0 }, { WORK, 5 * SIM_MS, 0 }, { DONE, 0, 0 } };
static const struct act better[] = { { WORK, SIM_MS, 0 }, { DONE, 0, 0 } };

/* A receive thread of the owner's CPU waits until the lock is free. */
static void
test_owner_keeps_its_cpu(gconstpointer data)
{
	const struct lock_class *class;
	struct actor *a, *b;
	struct rig r;

	class = data;
	rig_init(&r, 1, class);
	a = rig_actor(&r, "owner", PRI_USER, 0, 0, owner);
	b = rig_actor(&r, "rx", PRI_RX, 0, SIM_MS, better);
	rig_run(&r, SIM_S);
	/* A mutex' owner gives way at once. */
	g_assert_cmpint(b->ended, ==, class->keeps_cpu ? 11 * SIM_MS :
	    2 * SIM_MS);
	g_assert_cmpint(a->ended, ==, 16 * SIM_MS);
	g_assert_cmpuint(a->thread.pri, ==, a->thread.base_pri);
	rig_fini(&r);
}

/* Who spins for it keeps its CPU, too, and never sleeps. */
static void
test_spinner_keeps_its_cpu(void)
{
	static const struct act wants[] = { { LOCK, 0, 0 },
	    { WORK, SIM_MS, 0 }, { UNLOCK, 0, 0 }, { DONE, 0, 0 } };
	struct actor *b, *c;
	struct rig r;

	rig_init(&r, 2, &lock_class_spin);
	rig_actor(&r, "owner", PRI_USER, 0, 0, owner);
	b = rig_actor(&r, "wants", PRI_USER, 1, SIM_MS, wants);
	c = rig_actor(&r, "rx", PRI_RX, 1, 2 * SIM_MS, better);
	rig_run(&r, 9 * SIM_MS);
	g_assert_cmpint(b->thread.state, ==, THREAD_SPINNING);
	g_assert_cmpint(c->thread.state, ==, THREAD_READY);
	rig_run(&r, SIM_S);
	/* It looks without a back-off: one pause after the release. */
	g_assert_cmpint(b->got[0], ==, 10 * SIM_MS + 50 * SIM_NS);
	g_assert_cmpint(b->ended, >=, 11 * SIM_MS);
	/* The receive thread's turn is when the lock is free again. */
	g_assert_cmpint(c->ended, ==, 12 * SIM_MS + 50 * SIM_NS);
	g_assert_cmpuint(b->thread.pri, ==, b->thread.base_pri);
	g_assert_cmpuint(r.stats[0].sleeps, ==, 0);
	rig_fini(&r);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_data_func("/lock/keeps_cpu/owner", &lock_class_spin,
	    test_owner_keeps_its_cpu);
	g_test_add_data_func("/lock/keeps_cpu/not_of_a_mutex",
	    &lock_class_mutex, test_owner_keeps_its_cpu);
	g_test_add_func("/lock/keeps_cpu/spinner",
	    test_spinner_keeps_its_cpu);
	return (g_test_run());
}
