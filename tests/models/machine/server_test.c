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
	g_assert_cmpint(hist_max(res->accept), >, 15 * 50 * SIM_MS);
	g_assert_cmpint(hist_max(res->accept), <=, 17 * 50 * SIM_MS);
	/* The refused never had a pcb: listener, queue, accepted. */
	g_assert_cmpuint(res->pcbs_max, <=, 1 + 16 + 200);
	run_result_free(res);

	res = run_accepts(stack, 1000);
	g_assert_cmpuint(res->accept_refused, ==, 0);
	g_assert_cmpint(hist_max(res->accept), >, 5 * SIM_S);
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

/* ---- recorded clients -------------------------------------------------- */

/* A client's row: port 443 or, of the second address, 8443. */
struct in_row {
	unsigned	at_ms, lives_ms;	/* 0: it stays open */
	enum recording_closer closer;
	bool		second;
	bool		back;	/* with the port of the first row */
};

/* One of ours at 0.5 s for 1 s, and these, with an msl of 1 s. */
static struct run_result *
run_recorded(const char *stack, const struct in_row *rows, unsigned n,
    unsigned repeat)
{
	struct recording in = { .copy = recording_copy_array };
	struct replay_conn conns[8];
	struct run_result *res;
	struct run_rig r;
	unsigned i;

	run_rig_init(&r, stack);
	r.wl[FILL].size = 0;
	r.conf.kernel.msl = SIM_S;
	r.conf.duration = 12 * SIM_S;
	run_rig_connect(&r, CALLS, SIM_S / 2)->duration = SIM_S;
	for (i = 0; i < n; i++) {
		conns[i] = (struct replay_conn){
		    .time = (simtime)rows[i].at_ms * SIM_MS,
		    .duration = rows[i].lives_ms == 0 ? SIM_NEVER :
		    (simtime)rows[i].lives_ms * SIM_MS,
		    .laddr = rows[i].second ? r.laddrs[1] : r.laddrs[0],
		    .lport = rows[i].second ? 8443 : 443,
		    .faddr = r.faddrs[0], .fport = (uint16_t)(50000 +
		    (rows[i].back ? 0 : i)),
		    .closer = (uint8_t)rows[i].closer };
		in.last = conns[i].time;
	}
	in.n = n;
	in.arg = conns;
	r.wl[CALLS].recorded_in = &in;
	r.wl[CALLS].repeat = repeat;
	res = run_simulate(&r.conf);
	return (res);
}

/* Pcbs and TIME_WAITs at a time, in ms, beside `listeners'. */
static void
there(const struct run_result *res, unsigned ms, uint64_t listeners,
    uint64_t pcbs, uint64_t timewaits)
{
	const struct timeline_row *row;

	row = run_rig_row(res, (simtime)ms * SIM_MS);
	g_assert_cmpuint(row->pcbs, ==, listeners + pcbs);
	g_assert_cmpuint(row->timewaits, ==, timewaits);
}

/*
 * Who is there when follows from the rows: one a second, each for as long as
 * it says, and 2 s more in TIME_WAIT where we closed first.
 */
static void
test_recorded(gconstpointer stack)
{
	static const struct in_row rows[] = {
		{ 1000, 3000, RECORDING_LOCAL, false, false },
		{ 2000, 1000, RECORDING_REMOTE, true, false },
		{ 2500, 1000, RECORDING_RESET, false, false },
		{ 3000, 1000, RECORDING_REFUSED, true, false },
		{ 8000, 0, RECORDING_OPEN, false, false },
		{ 9000, 1000, RECORDING_UNSAID, false, false }
	};
	struct run_result *res;

	res = run_recorded(stack, rows, G_N_ELEMENTS(rows), 1);
	g_assert_cmpuint(res->count.wanted, ==, 1);
	g_assert_cmpuint(res->count.ok, ==, 1);
	g_assert_cmpuint(res->accepted, ==, 5);
	g_assert_cmpuint(res->accept_refused, ==, 1);
	there(res, 450, 2, 0, 0);
	there(res, 950, 2, 1, 0);	/* ours */
	there(res, 1250, 2, 2, 0);
	there(res, 1950, 2, 1, 0);
	there(res, 2250, 2, 2, 0);
	there(res, 2750, 2, 3, 0);
	there(res, 3250, 2, 2, 0);	/* the second ended there */
	there(res, 3750, 2, 1, 0);	/* as did the third */
	there(res, 4250, 2, 1, 1);	/* the first, here */
	there(res, 5750, 2, 1, 1);
	there(res, 7250, 2, 0, 0);
	there(res, 8250, 2, 1, 0);
	there(res, 9500, 2, 2, 0);
	there(res, 10250, 2, 1, 0);	/* as the workload says: there */
	there(res, 11950, 2, 1, 0);	/* open at the end */
	run_result_free(res);
}

/*
 * Both kinds are repeated together, one mean gap after the last of both: rows
 * at 0.5, 1 and 2 s, so every 2.667 s.
 */
static void
test_recorded_again(void)
{
	static const struct in_row rows[] = {
		{ 1000, 100, RECORDING_REMOTE, false, false },
		{ 2000, 1000, RECORDING_REMOTE, true, false }
	};
	struct run_result *res;

	res = run_recorded("freebsd-12.0", rows, G_N_ELEMENTS(rows), 3);
	g_assert_cmpuint(res->count.ok, ==, 3);
	g_assert_cmpuint(res->accepted, ==, 6);
	there(res, 2250, 2, 1, 0);
	there(res, 3100, 2, 0, 0);
	there(res, 3250, 2, 1, 0);	/* ours: 2.667 + 0.5 */
	there(res, 7350, 2, 1, 0);	/* 5.333 + 2 */
	there(res, 8400, 2, 0, 0);
	run_result_free(res);
}

/*
 * A client that comes back with the port it had ends the TIME_WAIT that is in
 * its way, and is served; where the connection still stands, it is refused.
 */
static void
test_recorded_back(gconstpointer stack)
{
	static const struct in_row rows[] = {
		{ 1000, 1000, RECORDING_LOCAL, false, false },
		{ 2500, 1000, RECORDING_LOCAL, false, true },
		{ 4000, 3000, RECORDING_LOCAL, false, true },
		{ 5000, 1000, RECORDING_LOCAL, false, true },
		{ 9950, 1000, RECORDING_LOCAL, false, true }
	};
	struct run_result *res;

	res = run_recorded(stack, rows, G_N_ELEMENTS(rows), 1);
	g_assert_cmpuint(res->accepted, ==, 4);
	g_assert_cmpuint(res->accept_refused, ==, 1);
	g_assert_cmpuint(res->timewait_recycled, ==, 2);
	there(res, 2250, 1, 1, 1);
	there(res, 2750, 1, 1, 0);
	there(res, 3750, 1, 1, 1);
	there(res, 4250, 1, 1, 0);
	there(res, 8500, 1, 1, 1);	/* the third's */
	there(res, 9800, 1, 0, 0);
	there(res, 11500, 1, 1, 1);
	run_result_free(res);
}

/* ---- netstat ----------------------------------------------------------- */

/*
 * tcp_pcblist() walks three times, with the info lock in the first, 1,000 pcbs
 * at 100 us for 0.1 s, and on 11 shared in the third.
 */
static uint64_t
netstat_takes(const char *stack, bool netstat)
{
	const struct lock_result *tcp;
	struct run_result *res;
	struct run_rig r;
	uint64_t taken;

	run_rig_init(&r, stack);
	r.conf.netstat.period = netstat ? BEGIN : 0;
	run_rig_cost(&r, COST_PCB_VISIT, 100 * SIM_US);
	r.conf.nworkloads = 0;
	r.conf.inbound.open = 999;
	res = run_simulate(&r.conf);
	tcp = run_rig_lock(res, "tcp");
	taken = tcp->acquisitions;
	if (netstat) {
		g_assert_cmpint(hist_max(tcp->hold), >=, 100 * SIM_MS);
		g_assert_cmpint(hist_max(tcp->hold), <, 101 * SIM_MS);
		g_assert_cmpfloat(tcp->busy_frac * 3, >, 0.0995);
		g_assert_cmpfloat(tcp->busy_frac * 3, <, 0.1005);
	}
	run_result_free(res);
	return (taken);
}

static void
test_netstat_walks_thrice(void)
{

	g_assert_cmpuint(netstat_takes("freebsd-11", true), ==,
	    netstat_takes("freebsd-11", false) + 2);
	g_assert_cmpuint(netstat_takes("freebsd-12.0", true), ==, 1);
	g_assert_cmpuint(netstat_takes("freebsd-12.0", false), ==, 0);
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
	g_test_add_data_func("/server/recorded/11", "freebsd-11",
	    test_recorded);
	g_test_add_data_func("/server/recorded/12.0", "freebsd-12.0",
	    test_recorded);
	g_test_add_data_func("/server/recorded/14", "freebsd-14",
	    test_recorded);
	g_test_add_data_func("/server/recorded/linux", "linux-6.18",
	    test_recorded);
	g_test_add_func("/server/recorded_again", test_recorded_again);
	g_test_add_data_func("/server/recorded_back/11", "freebsd-11",
	    test_recorded_back);
	g_test_add_data_func("/server/recorded_back/12.0", "freebsd-12.0",
	    test_recorded_back);
	g_test_add_data_func("/server/recorded_back/14", "freebsd-14",
	    test_recorded_back);
	g_test_add_data_func("/server/recorded_back/16", "freebsd-16",
	    test_recorded_back);
	g_test_add_data_func("/server/recorded_back/linux", "linux-6.18",
	    test_recorded_back);
	g_test_add_func("/server/netstat_walks_thrice",
	    test_netstat_walks_thrice);
	return (g_test_run());
}
