/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Laws of TIME_WAIT, through whole runs of hosts that close first.
 *
 *	without a cap	the ports of one address towards one destination are
 *			N servers that keep each customer for h = lifetime +
 *			round trips + 2 msl, and turn away who finds none
 *			free: Erlang's loss system (1917).  Served are r (1 -
 *			B(N, r h)) of r a second, whatever the distribution
 *			of h; never more than N / h, a destination
 *	with a cap	min(max(N' / 2, 32), maxsockets / 5) stand in it, N'
 *			one less than N, the oldest leaves for the next, and
 *			nobody is turned away
 */

#include "sim/hist.h"
#include "tests/law/law.h"
#include "tests/models/machine/run_rig.h"

#define	NREPLICATIONS	20
#define	WARM		(12 * SIM_S)
#define	SPAN		(42 * SIM_S)
#define	MSL		SIM_S
#define	RTT_S		0.002		/* two of 1 ms */

struct host {
	const char	*stack;
	unsigned	rate;
	unsigned	ndests;
	unsigned	nports;
	/* What is measured. */
	uint64_t	timewaits;	/* at most */
	uint64_t	failed;
};

static void
host_init(const struct host *h, struct run_rig *r)
{

	run_rig_init(r, h->stack);
	r->rate.rate = run_rig_hz(h->rate);
	r->wl[0] = r->wl[OTHERS];
	r->wl[0].load = load_find("poisson");
	r->wl[0].closer = CLOSER_LOCAL;
	r->wl[0].nfaddrs = h->ndests;
	/* Spread, so that what the start did together comes back apart. */
	r->wl[0].lifetime = (struct dist){ .kind = DIST_EXPONENTIAL,
	    .a = SIM_S };
	r->conf.nworkloads = 1;
	r->conf.kernel.msl = MSL;
	r->conf.kernel.portrange_last = (uint16_t)(RIG_FIRST + h->nports - 1);
	r->conf.kernel.portrange_randomized = true;
	r->conf.duration = SPAN;
	r->conf.interval = SIM_S;
}

/* Connections a second between `from' and the end. */
static double
host_rate(struct host *h, const struct run_conf *conf, simtime from)
{
	const struct timeline_row *row;
	struct run_result *res;
	uint64_t ok;
	size_t i;

	res = run_simulate(conf);
	for (i = 0, ok = 0; i < res->nrows; i++) {
		row = &res->rows[i];
		h->timewaits = MAX(h->timewaits, row->timewaits);
		if (row->time > from)
			ok += row->connects_ok;
	}
	h->failed += res->count.eaddrnotavail;
	g_assert_cmpuint(res->count.eaddrinuse + res->count.other, ==, 0);
	run_result_free(res);
	return ((double)ok / ((double)(conf->duration - from) / 1e12));
}

static struct law
host_rates(struct host *h)
{
	struct law l = { 0 };
	struct run_rig r;
	unsigned i;

	for (i = 0; i < NREPLICATIONS; i++) {
		host_init(h, &r);
		r.conf.replication = i;
		law_add(&l, host_rate(h, &r.conf, WARM));
	}
	return (l);
}

/* Erlang's B: the share of `a' Erlang that n servers turn away. */
static double
erlang_b(unsigned n, double a)
{
	double b;
	unsigned k;

	for (k = 1, b = 1; k <= n; k++)
		b = a * b / (k + a * b);
	return (b);
}

static double
served(unsigned nports, double rate)
{

	return (rate * (1 - erlang_b(nports, rate * (1 + RTT_S + 2))));
}

static void
test_without_cap(void)
{
	struct host h = { .stack = "freebsd-14", .rate = 400, .ndests = 1,
	    .nports = RIG_NPORTS };
	struct law l;
	double want;

	want = served(RIG_NPORTS, 400);
	g_assert_cmpfloat(want, <, RIG_NPORTS / (1 + RTT_S + 2));
	l = host_rates(&h);
	law_holds("1,000 ports at load 1.2", &l, want);
	g_assert_cmpuint(h.failed, >, 0);

	/* Planted: three ports in a hundred less; a cap. */
	h.nports = RIG_NPORTS * 97 / 100;
	l = host_rates(&h);
	law_is_caught("3 % fewer ports", &l, want);
	h.nports = RIG_NPORTS;
	h.stack = "freebsd-12.2";
	l = host_rates(&h);
	law_is_caught("the cap of FreeBSD 13", &l, want);
}

/* Each destination has all of the ports. */
static void
test_each_destination(void)
{
	struct host h = { .stack = "freebsd-14", .rate = 800, .ndests = 2,
	    .nports = RIG_NPORTS };
	struct law l;
	double want;

	want = 2 * served(RIG_NPORTS, 400);
	l = host_rates(&h);
	law_holds("two destinations", &l, want);
	h.ndests = 1;
	l = host_rates(&h);
	law_is_caught("one destination", &l, want);
	law_holds("one destination", &l, served(RIG_NPORTS, 800));
}

static void
test_below_capacity(void)
{
	struct host h = { .stack = "freebsd-14", .rate = 250, .ndests = 1,
	    .nports = RIG_NPORTS };
	struct law l;

	l = host_rates(&h);
	g_assert_cmpuint(h.failed, ==, 0);
	law_holds("all are served", &l, 250);
}

static void
test_cap(gconstpointer stack)
{
	struct host h = { .stack = stack, .rate = 400, .ndests = 1,
	    .nports = RIG_NPORTS };
	struct law l;

	/* Open ones: 400; with a full TIME_WAIT 899 of 1,000 ports. */
	l = host_rates(&h);
	law_holds("all are served", &l, 400);
	g_assert_cmpuint(h.failed, ==, 0);
	g_assert_cmpuint(h.timewaits, ==, (RIG_NPORTS - 1) / 2);
	/* Planted: without the cap more of them stand. */
	h = (struct host){ .stack = "freebsd-14", .rate = 400, .ndests = 1,
	    .nports = RIG_NPORTS };
	host_rates(&h);
	g_assert_cmpuint(h.timewaits, >, RIG_NPORTS / 2);
}

/*
 * The default range and 2 msl of a minute: 925 a second.  In two minutes no
 * port serves more than twice, and callers enough find each of them.
 */
static void
test_kernel_size(void)
{
	struct host h = { .stack = "freebsd-14", .rate = 1200, .ndests = 1,
	    .nports = 55536 };
	struct run_rig r;
	double most, rate;

	host_init(&h, &r);
	r.wl[0].lifetime = (struct dist){ .kind = DIST_CONSTANT,
	    .a = SIM_MS };
	r.conf.kernel.msl = 30 * SIM_S;
	r.conf.duration = 180 * SIM_S;
	rate = host_rate(&h, &r.conf, 60 * SIM_S);
	most = 2 * 55536 / 120.0;
	g_test_message("%.1f connections a second, at most %.1f", rate, most);
	g_assert_cmpfloat(rate, <=, most);
	g_assert_cmpfloat(rate, >, 0.99 * most);
	g_assert_cmpuint(h.failed, >, 0);

	/* Planted: the cap of FreeBSD 13. */
	h = (struct host){ .stack = "freebsd-12.0", .rate = 1200,
	    .ndests = 1, .nports = 55536 };
	r.conf.stack = stack_find(h.stack);
	r.conf.host.maxsockets = 1000000;
	rate = host_rate(&h, &r.conf, 60 * SIM_S);
	g_assert_cmpfloat(rate, >, 1.01 * most);
	g_assert_cmpuint(h.failed, ==, 0);
	/* 55,535 / 2. */
	g_assert_cmpuint(h.timewaits, ==, 27767);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/law/timewait/without_cap", test_without_cap);
	g_test_add_func("/law/timewait/each_destination",
	    test_each_destination);
	g_test_add_func("/law/timewait/below_capacity", test_below_capacity);
	g_test_add_data_func("/law/timewait/cap/11", "freebsd-11", test_cap);
	g_test_add_data_func("/law/timewait/cap/12.0", "freebsd-12.0",
	    test_cap);
	g_test_add_data_func("/law/timewait/cap/12.2", "freebsd-12.2",
	    test_cap);
	g_test_add_func("/law/timewait/kernel_size", test_kernel_size);
	return (g_test_run());
}
