/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Receive queues, their rings, the listener's queue and who accepts; and the
 * walks of netstat, which meet them.
 */

#include <glib.h>

#include "models/machine/inbound.h"
#include "models/machine/machine.h"
#include "tests/models/machine/run_rig.h"

#define	LENGTH		SIM_S
#define	BEGIN		(2 * SIM_S)

/* ---- queues ------------------------------------------------------------ */

/* Where the receive threads are bound: "0 2 " with two on four CPUs. */
static char *
queues_bound(unsigned queues, unsigned cpus, bool bound)
{
	struct run_result *res;
	struct inbound in;
	struct run_rig r;
	struct machine *m;
	GString *s;
	unsigned i;

	run_rig_init(&r, "freebsd-12.0");
	r.conf.nworkloads = r.conf.nobservers = 0;
	r.conf.host.cpus = cpus;
	r.conf.inbound.queues = queues;
	r.conf.inbound.rx_bound = bound;
	res = g_new0(struct run_result, 1);
	m = machine_new(&r.conf, res, 64);
	inbound_init(&in, m, NULL);
	s = g_string_new(NULL);
	for (i = 0; i < in.nrx; i++)
		g_string_append_printf(s, "%d ", in.rx[i].thread.bound);
	inbound_fini(&in);
	machine_free(m);
	run_result_free(res);
	return (g_string_free(s, FALSE));
}

static void
test_queues(void)
{
	static const struct {
		unsigned	queues, cpus;
		bool		bound;
		const char	*want;
	} rows[] = {
		{ 0, 4, true, "0 1 2 3 " },
		{ 0, 16, true, "0 2 4 6 8 10 12 14 " },
		{ 2, 4, true, "0 2 " },
		{ 4, 2, true, "0 0 1 1 " },
		{ 2, 4, false, "-1 -1 " }
	};
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *got = NULL;

		got = queues_bound(rows[i].queues, rows[i].cpus,
		    rows[i].bound);
		g_assert_cmpstr(got, ==, rows[i].want);
	}
}

/* ---- rings ------------------------------------------------------------- */

/*
 * A session in 11, where each segment waits for the lock that a search holds,
 * with others on its queue.
 */
static struct run_result *
run_ring(unsigned ring)
{
	struct run_rig r;

	run_rig_init(&r, "freebsd-11");
	run_rig_search(&r, LENGTH);
	run_rig_connect(&r, CALLS, BEGIN);
	r.conf.duration = BEGIN + 4 * LENGTH;
	r.observer.kind = OBSERVER_SSH;
	r.conf.inbound.segments = run_rig_hz(4000);
	r.conf.inbound.ring = ring;
	return (run_simulate(&r.conf));
}

/*
 * A ring of 64 is full after 64 ms: keys are lost.  Those before them are taken
 * when the search is over, which tells the sender; it waits for another time
 * out of 230 ms, and sends the others again.  With room for all none is lost,
 * and the session goes on as soon as the search is over.
 */
static void
test_full_ring(void)
{
	struct run_result *res;

	res = run_ring(4096);
	g_assert_cmpuint(res->segments_dropped, ==, 0);
	g_assert_cmpint(hist_max(res->console), >, LENGTH * 98 / 100);
	g_assert_cmpint(hist_max(res->console), <, LENGTH * 105 / 100);
	run_result_free(res);

	res = run_ring(64);
	g_assert_cmpuint(res->segments_dropped, >, 3000);
	g_assert_cmpint(hist_max(res->console), >, LENGTH * 11 / 10);
	g_assert_cmpint(hist_max(res->console), <, LENGTH * 13 / 10);
	g_assert_cmpstr(res->observers[0].waited, ==, "rx");
	run_result_free(res);
}

/* Ends of connections are lost as well, and come again: none stays for ever. */
static void
test_lost_ends_come_again(void)
{
	struct run_result *res;
	struct run_rig r;
	unsigned i;

	run_rig_init(&r, "freebsd-11");
	run_rig_search(&r, LENGTH);
	run_rig_connect(&r, CALLS, BEGIN);
	r.conf.duration = BEGIN + 8 * LENGTH;
	r.wl[FILL].size = RIG_NPORTS - 4;
	for (i = 0; i < 4; i++)
		run_rig_connect(&r, OTHERS, 1500 * SIM_MS)->duration =
		    BEGIN + LENGTH / 2 - 1500 * SIM_MS;
	r.conf.inbound.segments = run_rig_hz(4000);
	r.conf.inbound.ring = 16;
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->segments_dropped, >, 3000);
	g_assert_cmpuint(res->rows[res->nrows - 1].pcbs, ==, RIG_NPORTS - 4);
	run_result_free(res);
}

/* ---- the accept queue -------------------------------------------------- */

/* 100 clients a second for one that accepts 20. */
static struct run_result *
run_accepts(const char *stack, unsigned backlog)
{
	struct run_rig r;

	run_rig_init(&r, stack);
	r.conf.nworkloads = 0;
	run_rig_cost(&r, COST_SYSCALL, 50 * SIM_MS);
	r.conf.duration = 10 * SIM_S;
	r.conf.inbound.accepts = run_rig_hz(100);
	r.conf.inbound.backlog = backlog;
	return (run_simulate(&r.conf));
}

/*
 * sonewconn() makes one more as long as no more than 1.5 x backlog wait: with
 * 10, sixteen may, and the last of them waits for sixteen times 50 ms.
 */
static void
test_backlog(gconstpointer stack)
{
	struct run_result *res;

	res = run_accepts(stack, 10);
	g_assert_cmpuint(res->accepted, >=, 197);
	g_assert_cmpuint(res->accepted, <=, 200);
	g_assert_cmpuint(res->accept_refused, >, 600);
	g_assert_cmpint(res->accept_max, >, 15 * 50 * SIM_MS);
	g_assert_cmpint(res->accept_max, <=, 17 * 50 * SIM_MS);
	/* The refused never had a pcb: listener, queue, accepted. */
	g_assert_cmpuint(res->pcbs_max, <=, 1 + 16 + 200);
	run_result_free(res);

	res = run_accepts(stack, 1000);
	g_assert_cmpuint(res->accept_refused, ==, 0);
	g_assert_cmpint(res->accept_max, >, 5 * SIM_S);
	run_result_free(res);
}

/* Those who are there at the start live on as if they always had. */
static void
test_open(void)
{
	struct run_result *res;
	struct run_rig r;

	run_rig_init(&r, "freebsd-12.0");
	r.conf.nworkloads = 0;
	r.conf.inbound.open = 1000;
	r.conf.inbound.closer = CLOSER_REMOTE;
	r.conf.inbound.lifetime = (struct dist){ .kind = DIST_EXPONENTIAL,
	    .a = 3 * SIM_S };
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->pcbs_max, ==, 1001);
	/* After one mean 1 / e are left: 368, sigma 15. */
	g_assert_cmpuint(res->rows[res->nrows - 1].pcbs, >, 308);
	g_assert_cmpuint(res->rows[res->nrows - 1].pcbs, <, 428);
	g_assert_cmpuint(res->accepted, ==, 0);
	run_result_free(res);
}

/* ---- netstat ----------------------------------------------------------- */

/*
 * tcp_pcblist() walks three times, with the info lock but in the second: 1,000
 * pcbs at 100 us hold it for 0.1 s, twice.
 */
static void
test_netstat_walks_thrice(void)
{
	const struct lock_result *tcp;
	struct run_result *res;
	struct run_rig r;

	run_rig_init(&r, "freebsd-12.0");
	r.conf.netstat.period = BEGIN;
	run_rig_cost(&r, COST_PCB_VISIT, 100 * SIM_US);
	r.conf.nworkloads = 0;
	r.conf.inbound.open = 999;
	res = run_simulate(&r.conf);
	tcp = run_rig_lock(res, "tcp");
	g_assert_cmpuint(tcp->acquisitions, ==, 2);
	g_assert_cmpint(hist_max(tcp->hold), >=, 100 * SIM_MS);
	g_assert_cmpint(hist_max(tcp->hold), <, 101 * SIM_MS);
	g_assert_cmpfloat(tcp->busy_frac * 3, >, 0.199);
	run_result_free(res);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/server/queues", test_queues);
	g_test_add_func("/server/full_ring", test_full_ring);
	g_test_add_func("/server/lost_ends_come_again",
	    test_lost_ends_come_again);
	g_test_add_data_func("/server/backlog/11", "freebsd-11",
	    test_backlog);
	g_test_add_data_func("/server/backlog/12.0", "freebsd-12.0",
	    test_backlog);
	g_test_add_data_func("/server/backlog/14", "freebsd-14",
	    test_backlog);
	g_test_add_func("/server/open", test_open);
	g_test_add_func("/server/netstat_walks_thrice",
	    test_netstat_walks_thrice);
	return (g_test_run());
}
