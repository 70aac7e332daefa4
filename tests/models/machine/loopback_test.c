/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Services of this host: each has a listener of its own, and no connection from
 * here waits for the one that clients from outside come to.
 */

#include <glib.h>

#include "models/machine/assembly.h"
#include "models/machine/machine.h"
#include "tests/models/machine/run_rig.h"

static const struct lock *
listener(const struct machine *m, unsigned workload)
{

	return (m->owners[workload].listener);
}

/* CALLS connects to an address of this host, OTHERS elsewhere. */
static struct assembly *
here(struct run_rig *r, struct run_result *res, const char *stack)
{

	run_rig_init(r, stack);
	r->recordings[CALLS].n = 0;
	r->wl[CALLS].recording = NULL;
	r->wl[CALLS].load = load_find("closed");
	r->wl[CALLS].faddrs = r->laddrs;
	r->wl[CALLS].size = 1;
	r->wl[FILL].size = 1;
	r->wl[CALLS].lifetime.a = SIM_MS;
	r->wl[CALLS].start = 2 * SIM_S;
	run_rig_cost(r, COST_TCP_INPUT, SIM_US);
	return (assembly_new(&r->conf, res));
}

static void
test_own_listener(void)
{
	const struct machine *m;
	struct run_result *res;
	struct assembly *a;
	struct run_rig r;

	res = g_new0(struct run_result, 1);
	a = here(&r, res, "freebsd-12.0");
	m = assembly_machine(a);
	g_assert_nonnull(listener(m, CALLS));
	g_assert_true(listener(m, CALLS) != &m->locks[m->plan->listener]);
	g_assert_cmpstr(listener(m, CALLS)->name, ==,
	    m->locks[m->plan->listener].name);
	g_assert_null(listener(m, OTHERS));
	assembly_free(a);
	run_result_free(res);
}

/* What is waited for there counts with all that have the name. */
static void
test_counted(void)
{
	const struct machine *m;
	struct run_result *res;
	struct assembly *a;
	struct run_rig r;
	uint64_t n;
	unsigned i;

	res = g_new0(struct run_result, 1);
	a = here(&r, res, "freebsd-12.0");
	m = assembly_machine(a);
	assembly_run(a);
	for (i = 0, n = 0; i < LOCK_USES; i++)
		n += m->lock_uses[m->plan->listener][i].acquisitions;
	g_assert_cmpuint(n, >, 0);
	assembly_free(a);
	run_result_free(res);
}

/* Each workload's accepts are its own, and none of them came from outside. */
static void
test_accepted(void)
{
	const struct workload_result *wr;
	struct run_result *res;
	struct assembly *a;
	struct run_rig r;

	res = g_new0(struct run_result, 1);
	a = here(&r, res, "freebsd-12.0");
	assembly_run(a);
	wr = &res->workloads[CALLS];
	g_assert_cmpuint(wr->accepted, >, 100);
	/* One may be on its way. */
	g_assert_cmpuint(wr->accepted, <=, wr->count.ok);
	g_assert_cmpuint(wr->accepted, >=, wr->count.ok - 1);
	g_assert_cmpuint(wr->accept_refused, ==, 0);
	g_assert_cmpint(wr->accept_max, >, 0);
	g_assert_cmpint(wr->accept_max, <=, hist_max(wr->call));
	g_assert_cmpuint(res->workloads[OTHERS].accepted, ==, 0);
	g_assert_cmpuint(res->accepted, ==, 0);
	assembly_free(a);
	run_result_free(res);
}

/* A kernel whose listeners have no lock of theirs. */
static void
test_no_such_lock(void)
{
	struct run_result *res;
	struct assembly *a;
	struct run_rig r;

	res = g_new0(struct run_result, 1);
	a = here(&r, res, "illumos");
	g_assert_null(listener(assembly_machine(a), CALLS));
	assembly_free(a);
	run_result_free(res);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/loopback/own_listener", test_own_listener);
	g_test_add_func("/loopback/counted", test_counted);
	g_test_add_func("/loopback/accepted", test_accepted);
	g_test_add_func("/loopback/no_such_lock", test_no_such_lock);
	return (g_test_run());
}
