/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Traps for a modeller of what a long search does to the rest of the machine:
 * who stops, who burns a CPU, and who goes on.  In each run a search that fails
 * lasts from 2 s to 3 s.  docs/TRAPS.md lists them all.
 */

#include <glib.h>

#include "tests/models/machine/run_rig.h"
#include "tests/models/stacks/each.h"

#define	FILLED		(1200 * SIM_MS)	/* all ports but OTHERS' are taken */
#define	BEGIN		(2 * SIM_S)	/* of the search */
#define	LENGTH		SIM_S

/* A run with the search in it. */
static void
rig_with_search(struct run_rig *r, const char *stack)
{

	run_rig_init(r, stack);
	run_rig_search(r, LENGTH);
	run_rig_connect(r, CALLS, BEGIN);
	r->conf.duration = BEGIN + LENGTH + 500 * SIM_MS;
}

/* Segments a second for established connections while the search goes on. */
static uint64_t
segments_during(const char *stack, unsigned accepts_hz)
{
	struct run_rig r;
	struct run_result *res;
	uint64_t before;

	rig_with_search(&r, stack);
	r.conf.inbound.segments = run_rig_hz(4000);
	r.conf.inbound.accepts = run_rig_hz(accepts_hz);
	r.conf.duration = BEGIN + LENGTH / 10;
	res = run_simulate(&r.conf);
	before = res->segments;
	run_result_free(res);
	r.conf.duration = BEGIN + LENGTH * 9 / 10;
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->segments, >=, before);
	before = res->segments - before;
	run_result_free(res);
	return (before);
}

/*
 * The hash lock of 12.0 is a mutex that established traffic does not touch;
 * only in 11 does every segment take it, and stop.
 */
static void
test_only_11_stops_segments(void)
{

	/* Of 3,200 that come in 0.8 s; sigma 57. */
	g_assert_cmpuint(segments_during("freebsd-11", 0), ==, 0);
	g_assert_cmpuint(segments_during("freebsd-12.0", 0), >, 2900);
	g_assert_cmpuint(segments_during("freebsd-12.2", 0), >, 2900);
	g_assert_cmpuint(segments_during("freebsd-14", 0), >, 2900);
	g_assert_cmpuint(segments_during("freebsd-16", 0), >, 2900);
}

/*
 * In 12 the stall comes in with the first handshake that completes: its receive
 * thread waits, and what stands behind it in the queue, lock or no lock.
 */
static void
test_accepts_stop_segments(gconstpointer stack)
{

	g_assert_cmpuint(segments_during(stack, 1000), ==, 0);
}

/* Nobody waits for a search of 16. */
static void
test_nothing_stops_segments_of_16(void)
{

	g_assert_cmpuint(segments_during("freebsd-16", 1000), >, 2900);
}

/*
 * Peers of `n' connections out of four close in the middle of the search: one
 * each on the receive threads of the first `n' CPUs.
 */
static void
closes_during(struct run_rig *r, unsigned n)
{
	struct replay_conn *c;
	unsigned i;

	r->wl[FILL].size = RIG_NPORTS - 4;
	for (i = 0; i < 4; i++) {
		c = run_rig_connect(r, OTHERS, FILLED);
		/* Between two ticks of the console. */
		if (i < n)
			c->duration = BEGIN - FILLED + LENGTH / 10 +
			    3 * SIM_MS;
	}
}

/*
 * A waiter spins for as long as the owner runs, and keeps its CPU from
 * everybody: segments that need the lock come in on three of four CPUs, one of
 * them that to which callouts are bound here, and nobody draws the terminal
 * until the search is over.  A model that lets waiters sleep has three idle
 * CPUs, and a terminal in time.
 */
static void
test_spinning_freezes(gconstpointer stack)
{
	const struct timeline_row *row;
	struct run_rig r;
	struct run_result *res;

	rig_with_search(&r, stack);
	r.conf.kernel.pin_default_swi = true;
	closes_during(&r, 3);
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->count.eaddrnotavail, ==, 1);
	g_assert_cmpint(hist_max(res->console), >, LENGTH * 8 / 10);
	g_assert_cmpint(res->frozen, >, LENGTH * 8 / 10);
	row = run_rig_row(res, BEGIN + LENGTH / 2);
	/* Who put the search itself off a CPU sleeps, and lends. */
	g_assert_cmpfloat(row->spin_cpus_mean, >=, 2);
	g_assert_cmpuint(row->hash_waiters_max, ==, 3);
	run_result_free(res);

	/* Without anybody who wants the lock, the same search harms nobody. */
	rig_with_search(&r, stack);
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->count.eaddrnotavail, ==, 1);
	g_assert_cmpint(hist_max(res->console), <, 5 * SIM_MS);
	g_assert_cmpint(res->frozen, ==, 0);
	run_result_free(res);
}

/*
 * Callouts are bound to no CPU by default: with three of four spinning, they
 * run on the fourth, which the search is put off for a moment, and so does the
 * terminal.
 */
static void
test_softclock_floats(gconstpointer stack)
{
	const struct timeline_row *row;
	struct run_rig r;
	struct run_result *res;

	rig_with_search(&r, stack);
	closes_during(&r, 3);
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->count.eaddrnotavail, ==, 1);
	row = run_rig_row(res, BEGIN + LENGTH / 2);
	g_assert_cmpfloat(row->spin_cpus_mean, >=, 2);
	g_assert_cmpint(hist_max(res->console), <, LENGTH / 5);
	run_result_free(res);
}

/*
 * With a fourth no CPU is left for the search but one that it was put off.  The
 * receive thread there finds the owner off, sleeps and lends it its priority,
 * with which the search goes on at once; the others spin on, and the freeze
 * with them.
 */
static void
test_preempted_owner_goes_on(gconstpointer stack)
{
	const struct timeline_row *row;
	struct run_rig r;
	struct run_result *res;

	rig_with_search(&r, stack);
	closes_during(&r, 4);
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->count.eaddrnotavail, ==, 1);
	g_assert_cmpint(hist_max(res->console), >, LENGTH * 8 / 10);
	row = run_rig_row(res, BEGIN + LENGTH / 2);
	g_assert_cmpfloat(row->spin_cpus_mean, ==, 3);
	g_assert_cmpuint(row->hash_waiters_max, ==, 4);
	/* The search has lost no time: it did not wait for a CPU. */
	g_assert_cmpint(hist_max(res->hash_hold), ==, LENGTH);
	run_result_free(res);
}

/* Netstat starts in the middle of a search; then peers close connections. */
static struct run_result *
run_netstat(const char *stack)
{
	struct run_rig r;

	rig_with_search(&r, stack);
	r.conf.netstat.period = BEGIN + LENGTH / 10;
	closes_during(&r, 1);
	r.conns[OTHERS][0].duration += LENGTH / 10;
	return (run_simulate(&r.conf));
}

/*
 * The pcb that connects is locked for as long as its port is searched.  Netstat
 * stops at it with the lock over all pcbs in hand: in 11 FIN segments and
 * close(2) wait for that lock, in 12 nobody does.
 */
static void
test_netstat_stops_at_the_searcher(void)
{
	const struct lock_result *tcp;
	struct run_result *res;

	res = run_netstat("freebsd-11");
	tcp = run_rig_lock(res, "tcp");
	g_assert_cmpuint(tcp->contested, >, 0);
	g_assert_cmpint(hist_max(tcp->hold), >=, LENGTH * 9 / 10);
	g_assert_cmpint(hist_max(tcp->wait), >=, LENGTH * 78 / 100);
	run_result_free(res);

	res = run_netstat("freebsd-12.0");
	tcp = run_rig_lock(res, "tcp");
	g_assert_cmpuint(tcp->contested, ==, 0);
	g_assert_cmpint(hist_max(tcp->hold), >=, LENGTH * 9 / 10);
	run_result_free(res);
}

/* From 14 on netstat holds no such lock while it waits. */
static void
test_netstat_of_14_holds_nothing(void)
{
	struct run_result *res;

	res = run_netstat("freebsd-14");
	g_assert_cmpint(hist_max(run_rig_lock(res, "tcp")->hold), <, SIM_MS);
	run_result_free(res);
}

/*
 * How late the terminal is at most, on four CPUs with nothing to do but the
 * search; if asked, one TIME_WAIT ends in the middle of it.
 */
static simtime
console_lag(const char *stack, bool timewait)
{
	struct replay_conn *c;
	struct run_rig r;
	struct run_result *res;
	simtime lag;

	rig_with_search(&r, stack);
	r.wl[FILL].size--;
	c = run_rig_connect(&r, OTHERS, FILLED);
	if (timewait) {
		r.conf.kernel.msl = 500 * SIM_MS;
		r.wl[OTHERS].closer = CLOSER_LOCAL;
		c->duration = 50 * SIM_MS;
	}
	res = run_simulate(&r.conf);
	/* In 16 the search may live to see the port come free. */
	g_assert_cmpuint(res->count.attempts, ==, RIG_NPORTS + 1);
	lag = hist_max(res->console);
	run_result_free(res);
	return (lag);
}

/*
 * TIME_WAITs end in softclock on CPU 0, where every other callout runs too,
 * with the terminal's among them: one that waits for the hash lock stops them
 * all, with three CPUs idle.  Up to 13 the scan at 2.5 s meets the search, from
 * 14 on the callout does, at 2.25 s.
 */
static void
test_one_softclock(void)
{

	g_assert_cmpint(console_lag("freebsd-12.0", true), >,
	    490 * SIM_MS);
	g_assert_cmpint(console_lag("freebsd-12.0", true), <, 510 * SIM_MS);
	g_assert_cmpint(console_lag("freebsd-14", true), >, 730 * SIM_MS);
	g_assert_cmpint(console_lag("freebsd-14", true), <, 760 * SIM_MS);
	g_assert_cmpint(console_lag("freebsd-12.0", false), <, 5 * SIM_MS);
	g_assert_cmpint(console_lag("freebsd-14", false), <, 5 * SIM_MS);
}

/* In 16 the callout takes one bucket, and the search holds none for long. */
static void
test_softclock_of_16_goes_on(void)
{

	g_assert_cmpint(console_lag("freebsd-16", true), <, 5 * SIM_MS);
}

/*
 * UDP has a lock of its own and waits for no search.  Segments without a lock
 * stand for it: they go on beside the search, and stop where the receive
 * threads spin for somebody else's lock.
 */
static void
test_lockless_traffic_stops_too(gconstpointer stack)
{

	g_assert_cmpuint(segments_during(stack, 0), >, 2900);
	g_assert_cmpuint(segments_during(stack, 1000), ==, 0);
}

/*
 * A socket that is bound and not connected is closed while a search goes on,
 * and a little later somebody calls socket(2).
 */
static struct run_result *
run_close(const char *stack)
{
	struct replay_conn *c;
	struct run_rig r;

	rig_with_search(&r, stack);
	/*
	 * The second of two OTHERS wants the tuple of the first, so that its
	 * connect fails after a bind, and it closes.  Entering the kernel is
	 * all that takes time: it has the hash lock 0.15 ms after BEGIN for
	 * the last time, the search from 0.20 ms on, and at 0.25 ms it
	 * closes.
	 */
	run_rig_cost(&r, COST_SYSCALL, 100 * SIM_US);
	r.wl[OTHERS].bind = BIND_LADDR_LPORT;
	r.wl[OTHERS].sockopts = NET_REUSEADDR;
	c = run_rig_connect(&r, OTHERS, FILLED);
	c->laddr = r.laddrs[1];
	c->lport = RIG_FIRST;
	c->bound = true;
	*run_rig_connect(&r, OTHERS, BEGIN) = *c;
	r.conns[OTHERS][1].time = BEGIN - 150 * SIM_US;
	run_rig_connect(&r, CALLS, BEGIN + LENGTH / 10);
	return (run_simulate(&r.conf));
}

/*
 * That close waits for the hash lock with its own pcb's lock alone in hand, and
 * takes the lock of the pcb list later: socket(2), which needs no hash, goes on
 * meanwhile.  A plan that takes the list first has it stand behind the search.
 */
static void
test_close_stops_no_socket(gconstpointer stack)
{
	const struct lock_result *hash, *list;
	struct run_result *res;

	res = run_close(stack);
	g_assert_cmpuint(res->count.eaddrinuse, ==, 1);
	hash = &res->locks[0];
	while (res->hash_wait != hash->wait)
		hash++;
	g_assert_cmpint(hist_max(hash->wait), >, LENGTH * 8 / 10);
	list = run_rig_lock(res, g_str_has_prefix(stack, "freebsd-14") ?
	    "tcp" : "pcblist");
	g_assert_cmpint(hist_max(list->hold), <, SIM_MS);
	g_assert_cmpuint(list->contested, ==, 0);
	run_result_free(res);
}

/* Netstat has the info lock, as it waits; somebody calls socket(2). */
static simtime
socket_waits(const char *stack)
{
	const struct lock_use_result *u;
	struct run_rig r;
	struct run_result *res;
	simtime wait;
	unsigned i;

	rig_with_search(&r, stack);
	r.conf.netstat.period = BEGIN + LENGTH / 10;
	run_rig_connect(&r, OTHERS, BEGIN + LENGTH / 5);
	res = run_simulate(&r.conf);
	for (i = 0, wait = 0; i < res->nuses; i++) {
		u = &res->uses[i];
		if (g_str_equal(u->op, "socket") && u->shared)
			wait = MAX(wait, u->use.wait.max);
	}
	run_result_free(res);
	return (wait);
}

/* In 11 socket(2) reads the lock over all pcbs, and waits behind netstat. */
static void
test_socket_of_11_reads_info(void)
{

	g_assert_cmpint(socket_waits("freebsd-11"), >, LENGTH * 7 / 10);
	g_assert_cmpint(socket_waits("freebsd-12.0"), ==, 0);
}

/*
 * Netstat of 11 stands at the pcb that is searched with the info lock in hand
 * from 2.1 s to 3 s.  One TIME_WAIT ends in the middle of that.
 */
static struct run_result *
run_expiry(struct run_rig *r, const char *stack)
{
	struct replay_conn *c;

	rig_with_search(r, stack);
	r->conf.netstat.period = BEGIN + LENGTH / 10;
	r->wl[FILL].size--;
	r->conf.kernel.msl = 500 * SIM_MS;
	r->wl[OTHERS].closer = CLOSER_LOCAL;
	c = run_rig_connect(r, OTHERS, FILLED);
	c->duration = 50 * SIM_MS;
	r->conf.duration += SIM_S;
	/* While 11 fills the range the terminal freezes, too. */
	r->conf.warmup = BEGIN - 100 * SIM_MS;
	return (run_simulate(&r->conf));
}

/*
 * The scan of 11 only tries for the info lock, and gives up until the next one
 * if somebody writes: softclock stops for nobody.  That of 12 waits for the
 * hash.
 */
static void
test_scan_of_11_gives_up(void)
{
	struct run_rig r;
	struct run_result *res;

	res = run_expiry(&r, "freebsd-11");
	g_assert_cmpuint(res->count.eaddrnotavail, ==, 1);
	g_assert_cmpint(hist_max(res->console), <, 5 * SIM_MS);
	/* It is tried again, and goes. */
	g_assert_cmpuint(res->rows[res->nrows - 1].timewaits, ==, 0);
	run_result_free(res);
	res = run_expiry(&r, "freebsd-12.0");
	g_assert_cmpint(hist_max(res->console), >, 490 * SIM_MS);
	run_result_free(res);
}

int
main(int argc, char **argv)
{
	static const char *const with_mutex[] = { "freebsd-12.0",
	    "freebsd-12.2", "freebsd-14", "freebsd-15", NULL };
	static const char *const with_list_lock[] = { "freebsd-11",
	    "freebsd-12.0", "freebsd-12.2", "freebsd-14", NULL };

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/trap/02_only_11_stops_segments",
	    test_only_11_stops_segments);
	stacks_each("/trap/02_accepts_stop_segments", with_mutex,
	    test_accepts_stop_segments);
	g_test_add_func("/trap/02_nothing_stops_segments_of_16",
	    test_nothing_stops_segments_of_16);
	stacks_each("/trap/03_spinning_freezes", with_mutex,
	    test_spinning_freezes);
	stacks_each("/trap/18_softclock_floats", with_mutex,
	    test_softclock_floats);
	stacks_each("/trap/03_preempted_owner_goes_on", with_mutex,
	    test_preempted_owner_goes_on);
	g_test_add_func("/trap/17_netstat_stops_at_the_searcher",
	    test_netstat_stops_at_the_searcher);
	g_test_add_func("/trap/17_netstat_of_14_holds_nothing",
	    test_netstat_of_14_holds_nothing);
	g_test_add_func("/trap/18_one_softclock", test_one_softclock);
	g_test_add_func("/trap/18_softclock_of_16_goes_on",
	    test_softclock_of_16_goes_on);
	stacks_each("/trap/19_lockless_traffic_stops_too", with_mutex,
	    test_lockless_traffic_stops_too);
	stacks_each("/lock/close_stops_no_socket", with_list_lock,
	    test_close_stops_no_socket);
	g_test_add_func("/lock/socket_of_11_reads_info",
	    test_socket_of_11_reads_info);
	g_test_add_func("/lock/scan_of_11_gives_up",
	    test_scan_of_11_gives_up);
	return (g_test_run());
}
