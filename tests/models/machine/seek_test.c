/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Searches without a common lock: in pieces they come to the same as in one;
 * side by side nobody takes what another has; one port is never tried; what is
 * remembered changes the visits and nothing else; and in a run nobody waits
 * for another's search, but for those who want the very bucket.
 */

#include <errno.h>
#include <string.h>

#include <glib.h>

#include "models/cpus/sched.h"
#include "models/machine/assembly.h"
#include "models/machine/load.h"
#include "models/machine/run.h"
#include "models/net/net.h"
#include "models/net/seek.h"
#include "models/stacks/stack.h"
#include "sim/hist.h"
#include "study/scenario/stack_name.h"

#define	FIRST	20000
#define	NPORTS	300
#define	LADDR	(0x0a | 1u << 24)	/* 10.0.0.1 */
#define	FADDR	(0xcb | 113u << 16 | 7u << 24)	/* 203.0.113.7 */
#define	MAXLOOKS 100000

/* ---- decisions --------------------------------------------------------- */

static uint32_t
draw(void *arg)
{
	uint64_t *s;

	s = arg;
	*s = *s * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return ((uint32_t)(*s >> 32));
}

static struct net *
world_new(const char *stack, uint64_t *rng, bool randomized)
{
	struct net_conf conf = { .search = NET_SEARCH_BOTH, .first = FIRST,
	    .last = FIRST + NPORTS - 1, .hashsize = 256,
	    .porthashsize = 64, .draw = draw, .draw_arg = rng,
	    .hash_seed = 77 };
	struct net *n;

	n = stack_net(stack_name_find(stack), &conf);
	net_set(n, "randomized", randomized);
	net_laddr_add(n, LADDR);
	net_laddr_add(n, net_addr_add(LADDR, 1));
	return (n);
}

/* A whole bind or connect in stretches of random length. */
static void
seek_whole(struct net *n, enum net_seek_state st, struct net_seek *s,
    struct net_op *op)
{
	unsigned looks;

	for (looks = 0; st != NET_SEEK_OVER && looks < MAXLOOKS; looks++)
		st = st == NET_SEEK_CANDIDATE ? net_seek_take(n, s, op) :
		    net_seek_stretch(n, s,
		    (unsigned)g_test_rand_int_range(0, 80), op);
	g_assert_cmpint(st, ==, NET_SEEK_OVER);
}

static void
ops_equal(const struct net *a, const struct net *b, uint32_t pcb,
    const struct net_op *x, const struct net_op *y)
{

	g_assert_cmpint(x->error, ==, y->error);
	g_assert_cmpuint(x->iters, ==, y->iters);
	g_assert_cmpuint(x->known, ==, y->known);
	g_assert_cmpuint(x->total.portlist, ==, y->total.portlist);
	g_assert_cmpuint(x->total.connhash, ==, y->total.connhash);
	g_assert_cmpuint(x->search.portlist, ==, y->search.portlist);
	g_assert_cmpuint(x->search.connhash, ==, y->search.connhash);
	g_assert_cmpuint(net_pcb_lport(a, pcb), ==, net_pcb_lport(b, pcb));
	g_assert_cmpuint(net_pcb_laddr(a, pcb), ==, net_pcb_laddr(b, pcb));
}

/* One random call, whole on `a' and in pieces on `b'. */
static void
one_call(struct net *a, struct net *b, uint32_t pcb)
{
	struct net_seek s;
	struct net_op x, y;
	uint32_t peer, local;
	uint16_t port;

	if (g_test_rand_int_range(0, 3) == 0) {
		local = g_test_rand_bit() ? NET_ANY : LADDR;
		port = (uint16_t)(g_test_rand_int_range(0, 4) > 0 ? 0 :
		    g_test_rand_int_range(FIRST, FIRST + NPORTS));
		net_bind(a, pcb, local, port, &x);
		seek_whole(b, net_seek_bind(b, &s, pcb, local, port, &y), &s,
		    &y);
		ops_equal(a, b, pcb, &x, &y);
		if (x.error != 0 || g_test_rand_bit())
			return;
	}
	peer = net_addr_add(FADDR, (uint32_t)g_test_rand_int_range(0, 3));
	net_connect(a, pcb, peer, 80, &x);
	seek_whole(b, net_seek_connect(b, &s, pcb, peer, 80, &y), &s, &y);
	ops_equal(a, b, pcb, &x, &y);
}

/* Undisturbed, a call in pieces does what the call does, count for count. */
static void
test_pieces_make_the_whole(gconstpointer stack)
{
	struct net *a, *b;
	uint64_t ra = 1, rb = 1;
	GArray *socks;
	uint32_t pcb;
	unsigned i, j;
	bool randomized;

	randomized = g_test_rand_bit();
	a = world_new(stack, &ra, randomized);
	b = world_new(stack, &rb, randomized);
	socks = g_array_new(FALSE, FALSE, sizeof(pcb));
	for (i = 0; i < 6000; i++) {
		if (socks->len > 0 && g_test_rand_int_range(0, 100) < 45) {
			j = (unsigned)g_test_rand_int_range(0,
			    (gint32)socks->len);
			pcb = g_array_index(socks, uint32_t, j);
			net_close(a, pcb, NULL);
			net_close(b, pcb, NULL);
			g_array_remove_index_fast(socks, j);
			continue;
		}
		pcb = net_socket(a, 0, 1001);
		g_assert_cmpuint(net_socket(b, 0, 1001), ==, pcb);
		g_array_append_val(socks, pcb);
		one_call(a, b, pcb);
	}
	net_check(a);
	net_check(b);
	/* A kernel that takes the port first has no more than there are. */
	g_assert_cmpuint(net_npcbs(a), >, NPORTS - NPORTS / 10);
	g_array_free(socks, TRUE);
	net_free(a);
	net_free(b);
}

/*
 * N - 1 tries: the port before the start is not among them, so a search can
 * fail beside a free port, and another start finds it.
 */
static void
test_one_port_is_never_tried(void)
{
	struct net *n;
	struct net_op op;
	uint64_t rng = 1;
	uint32_t pcb;
	unsigned i;

	n = world_new("freebsd-16", &rng, false);
	for (i = 0; i < NPORTS - 1; i++) {
		net_connect(n, net_socket(n, 0, 0), FADDR, 80, &op);
		g_assert_cmpint(op.error, ==, 0);
	}
	g_assert_cmpuint(net_tuples_free(n, LADDR, FADDR, 80), ==, 1);
	/* Only the last port is free: from the first on it is out of reach. */
	pcb = net_socket(n, 0, 0);
	net_set(n, "lastport", FIRST);
	net_connect(n, pcb, FADDR, 80, &op);
	g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
	g_assert_cmpuint(op.iters, ==, NPORTS - 1);
	net_set(n, "lastport", FIRST + 1);
	net_connect(n, pcb, FADDR, 80, &op);
	g_assert_cmpint(op.error, ==, 0);
	g_assert_cmpuint(net_pcb_lport(n, pcb), ==, FIRST + NPORTS - 1);
	net_free(n);
}

/* The counter goes one further a call, whatever the call went through. */
static void
test_counter_ignores_collisions(void)
{
	struct net *n;
	struct net_op op;
	uint64_t rng = 1;
	uint32_t pcb;
	unsigned i;

	n = world_new("freebsd-16", &rng, false);
	for (i = 0; i < 50; i++) {
		pcb = net_socket(n, 0, 0);
		net_bind(n, pcb, LADDR, (uint16_t)(FIRST + i), &op);
	}
	net_set(n, "lastport", FIRST);
	for (i = 0; i < 10; i++) {
		pcb = net_socket(n, 0, 0);
		net_connect(n, pcb, FADDR, 80, &op);
		g_assert_cmpuint(net_pcb_lport(n, pcb), ==, FIRST + 50 + i);
		/* Start at FIRST + i, over all of them again. */
		g_assert_cmpuint(op.iters, ==, 51);
		g_assert_cmpuint(net_lastport(n), ==, FIRST + i + 1);
	}
	net_free(n);
}

/* Two searches side by side: the second to come looks on. */
static void
test_taken_meanwhile(void)
{
	struct net_seek s, u;
	struct net_op op, oq;
	struct net *n;
	uint64_t rng = 1;
	uint32_t p, q;

	n = world_new("freebsd-16", &rng, true);
	p = net_socket(n, 0, 0);
	q = net_socket(n, 0, 0);
	g_assert_cmpint(net_seek_connect(n, &s, p, FADDR, 80, &op), ==,
	    NET_SEEK_MORE);
	rng = 1;
	net_seek_connect(n, &u, q, FADDR, 80, &oq);
	g_assert_cmpuint(s.left.start, ==, u.left.start);
	g_assert_cmpint(net_seek_stretch(n, &s, 64, &op), ==,
	    NET_SEEK_CANDIDATE);
	g_assert_cmpint(net_seek_stretch(n, &u, 64, &oq), ==,
	    NET_SEEK_CANDIDATE);
	g_assert_cmpint(net_seek_take(n, &u, &oq), ==, NET_SEEK_OVER);
	g_assert_cmpint(oq.error, ==, 0);
	g_assert_cmpint(net_seek_take(n, &s, &op), ==, NET_SEEK_MORE);
	seek_whole(n, NET_SEEK_MORE, &s, &op);
	g_assert_cmpint(op.error, ==, 0);
	g_assert_cmpuint(op.iters, ==, 2);
	g_assert_cmpuint(net_pcb_lport(n, p), ==, net_pcb_lport(n, q) + 1);
	net_check(n);
	net_free(n);
}

/*
 * What is remembered of a destination is skipped, until it closes.  One search
 * after another, so that there is one bitmap and no stale bit in it.
 */
static void
test_known_ports_are_not_looked_up(void)
{
	struct net_op op, plain;
	struct net *n, *m;
	uint64_t rng = 1, rng2 = 1;
	uint32_t pcb;
	unsigned i;

	n = world_new("freebsd-16-lportcache", &rng, true);
	m = world_new("freebsd-16", &rng2, true);
	/* The same decisions with and without. */
	for (i = 0; i < NPORTS + 20; i++) {
		pcb = net_socket(n, 0, 0);
		g_assert_cmpuint(net_socket(m, 0, 0), ==, pcb);
		net_connect(n, pcb, FADDR, 80, &op);
		net_connect(m, pcb, FADDR, 80, &plain);
		g_assert_cmpint(op.error, ==, plain.error);
		g_assert_cmpuint(op.iters, ==, plain.iters);
		g_assert_cmpuint(net_pcb_lport(n, pcb), ==,
		    net_pcb_lport(m, pcb));
		g_assert_cmpuint(op.total.connhash, <=, plain.total.connhash);
	}
	/* All but a few are known now: the first lookup tells. */
	g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
	g_assert_cmpuint(op.known, >=, NPORTS - 4);
	g_assert_cmpuint(op.total.connhash, <, 5);
	g_assert_cmpuint(plain.known, ==, 0);
	g_assert_cmpuint(plain.total.connhash, >=, NPORTS - 1);
	net_close(n, 0, NULL);
	g_assert_cmpuint(net_tuples_free(n, LADDR, FADDR, 80), >=, 1);
	for (i = 0, op.error = 1; i < 20 && op.error != 0; i++)
		net_connect(n, net_socket(n, 0, 0), FADDR, 80, &op);
	g_assert_cmpint(op.error, ==, 0);
	net_free(n);
	net_free(m);
}

/* Listeners are met, never remembered. */
static void
test_unconnected_holders_are_not_known(void)
{
	struct net_op op;
	struct net *n;
	uint64_t rng = 1;
	uint32_t pcb;
	unsigned i;

	n = world_new("freebsd-16-lportcache", &rng, false);
	for (i = 0; i < NPORTS; i++) {
		pcb = net_socket(n, 0, 0);
		net_bind(n, pcb, LADDR, (uint16_t)(FIRST + i), &op);
		net_listen(n, pcb, &op);
	}
	for (i = 0; i < 3; i++) {
		net_connect(n, net_socket(n, 0, 0), FADDR, 80, &op);
		g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
		g_assert_cmpuint(op.known, ==, 0);
		g_assert_cmpuint(op.total.connhash, >=, NPORTS - 1);
	}
	net_free(n);
}

/* ---- runs -------------------------------------------------------------- */

struct fixture {
	struct costs	costs;
	struct rate_step rate;
	struct workload_conf wl[2];
	struct run_conf	conf;
};

static const uint32_t run_laddrs[] = { LADDR };
static const uint32_t run_faddrs[] = { FADDR };
static const uint16_t run_fport = 80;

static void
cost_set(struct fixture *f, enum cost c, simtime ps)
{

	f->costs.curve[c].npoints = 1;
	f->costs.curve[c].ps[0] = ps;
}

/*
 * 1,000 ports, taken for good by 1,000 connections at the start; searches that
 * fail take 10 ms; accepted connections come all the time.
 */
static void
fixture_init(struct fixture *f, const char *stack)
{
	enum cost c;

	memset(f, 0, sizeof(*f));
	for (c = 0; c < NCOSTS; c++)
		cost_set(f, c, 100 * SIM_NS);
	cost_set(f, COST_CHAIN_VISIT, 10 * SIM_US);
	f->rate.rate = (rate_uhz)100 * 1000000;
	f->wl[0] = (struct workload_conf){ .name = "holders",
	    .load = load_find("burst"), .nrates = 1, .rates = &f->rate,
	    .bind = BIND_NONE, .nladdrs = 1, .laddrs = run_laddrs,
	    .nfaddrs = 1, .faddrs = run_faddrs, .nfports = 1,
	    .fports = &run_fport, .threads = 1,
	    .closer = CLOSER_REMOTE, .rtt = SIM_MS, .stop = SIM_NEVER,
	    .speed_ppm = 1000000, .repeat = 1, .size = 1000,
	    .lifetime = { .kind = DIST_CONSTANT, .a = 3600 * SIM_S } };
	f->wl[1] = f->wl[0];
	f->wl[1].name = "late";
	f->wl[1].load = load_find("poisson");
	f->wl[1].threads = 2;
	f->wl[1].start = 5 * SIM_S;
	f->conf = (struct run_conf){ .stack = stack_name_find(stack),
	    .search = NET_SEARCH_INDEX, .seed = 1, .duration = 10 * SIM_S,
	    .interval = SIM_S, .stall_threshold = SIM_MS, .seek_stretch = 64,
	    .host = { .cpus = 4, .nladdrs = 1, .laddrs = run_laddrs,
	    .maxsockets = 300000, .costs = &f->costs },
	    .kernel = { .portrange_first = 10000, .portrange_last = 10999,
	    .portrange_randomized = true, .portrange_randomcps = 10,
	    .portrange_randomtime = 45, .msl = SIM_S },
	    .inbound = { .accepts = (rate_uhz)200 * 1000000, .lport = 443,
	    .rtt = SIM_MS, .rx_bound = true, .ring = 1024,
	    .backlog = 128,
	    .lifetime = { .kind = DIST_CONSTANT, .a = SIM_S },
	    .closer = CLOSER_REMOTE },
	    .nworkloads = 2, .workloads = f->wl };
}

/* The same failing searches stall accepts on 14 and nobody on 16. */
static void
test_nobody_waits_for_a_search(void)
{
	struct fixture f;
	struct run_result *res[2];

	fixture_init(&f, "freebsd-14");
	res[0] = run_simulate(&f.conf);
	fixture_init(&f, "freebsd-16");
	res[1] = run_simulate(&f.conf);
	g_assert_cmpuint(res[0]->count.eaddrnotavail, >, 200);
	g_assert_cmpuint(res[1]->count.eaddrnotavail, >, 200);
	g_assert_cmpint(hist_max(res[0]->hash_hold), >, 9 * SIM_MS);
	g_assert_cmpint(res[0]->stall_max, >, 5 * SIM_MS);
	g_assert_cmpint(hist_max(res[1]->hash_hold), <, SIM_MS);
	g_assert_cmpint(res[1]->stall_max, <, SIM_MS);
	/* The caller still pays for it. */
	g_assert_cmpint(hist_max(res[1]->workloads[1].connect), >,
	    9 * SIM_MS);
	run_result_free(res[0]);
	run_result_free(res[1]);
}

/*
 * Proposals that hold the lock for a while or not at all: as long as 256
 * candidates last, or as one.  The caller still pays.
 */
static void
test_who_drops_the_lock(void)
{
	static const struct {
		const char	*stack;
		simtime		more, less;	/* than the longest hold */
	} cases[] = {
		{ "freebsd-12.0", 9 * SIM_MS, SIM_S },
		{ "freebsd-12.0+drop-lock", 2 * SIM_MS, 3 * SIM_MS },
		{ "freebsd-12.0+unlocked", 0, 100 * SIM_US },
		{ "freebsd-14", 9 * SIM_MS, SIM_S },
		{ "freebsd-14+drop-lock", 2 * SIM_MS, 3 * SIM_MS },
		{ "freebsd-14+unlocked", 0, 100 * SIM_US },
		{ "freebsd-main-2026-04+unlocked", 0, 100 * SIM_US }
	};
	struct run_result *res;
	struct fixture f;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		fixture_init(&f, cases[i].stack);
		/* 12.0 walks port lists. */
		cost_set(&f, COST_PCB_VISIT, 10 * SIM_US);
		cost_set(&f, COST_BIND_VISIT, 10 * SIM_US);
		res = run_simulate(&f.conf);
		g_assert_cmpuint(res->count.eaddrnotavail, >, 200);
		g_assert_cmpint(hist_max(res->hash_hold), >=, cases[i].more);
		g_assert_cmpint(hist_max(res->hash_hold), <=, cases[i].less);
		g_assert_cmpint(hist_max(res->workloads[1].connect), >,
		    9 * SIM_MS);
		run_result_free(res);
	}
}

/* Remembering makes the failing search cheap for the caller, too. */
static void
test_cache_spares_the_caller(void)
{
	struct fixture f;
	struct run_result *res;

	fixture_init(&f, "freebsd-16-lportcache");
	f.wl[1].threads = 1;
	res = run_simulate(&f.conf);
	g_assert_cmpuint(res->count.eaddrnotavail, >, 200);
	g_assert_cmpint(hist_quantile(res->workloads[1].connect, 99, 100), <,
	    5 * SIM_MS);
	run_result_free(res);
}

/*
 * Stretches against every candidate under its own locks.  Where one thread
 * alone searches the two are the same to the picosecond.
 */
static void
test_stretch_is_literal_for_one(void)
{
	struct fixture f;
	struct run_result *a, *b;

	fixture_init(&f, "freebsd-16");
	f.wl[1].threads = 1;
	f.wl[1].start = 60 * SIM_S;
	f.conf.inbound.accepts = 0;
	a = run_simulate(&f.conf);
	f.conf.seek_stretch = 0;
	b = run_simulate(&f.conf);
	g_assert_cmpuint(a->count.ok, ==, b->count.ok);
	g_assert_cmpint(hist_max(a->connect), ==, hist_max(b->connect));
	g_assert_cmpfloat(hist_mean(a->connect), ==, hist_mean(b->connect));
	g_assert_cmpfloat(hist_mean(a->probes), ==, hist_mean(b->probes));
	run_result_free(a);
	run_result_free(b);
}

/* Side by side they differ in who comes first, not in what comes out. */
static void
test_stretch_is_close_to_literal(void)
{
	struct fixture f;
	struct run_result *a, *b;

	fixture_init(&f, "freebsd-16");
	f.wl[0].size = 990;
	f.wl[1].lifetime.a = 50 * SIM_MS;
	f.wl[1].threads = 4;
	a = run_simulate(&f.conf);
	f.conf.seek_stretch = 0;
	b = run_simulate(&f.conf);
	g_assert_cmpuint(a->count.attempts, >, 400);
	g_assert_cmpuint(a->count.attempts, ==, b->count.attempts);
	g_assert_cmpfloat_with_epsilon((double)a->count.ok,
	    (double)b->count.ok, 0.03 * (double)b->count.ok);
	g_assert_cmpfloat_with_epsilon(hist_mean(a->connect),
	    hist_mean(b->connect), 0.05 * hist_mean(b->connect));
	run_result_free(a);
	run_result_free(b);
}

/*
 * The walk of a long list holds that port's buckets, and only they wait: here
 * the listener's port lies in the range, and bind(2) comes by.
 */
static void
test_long_list_blocks_its_port(void)
{
	struct fixture f;
	struct run_result *res[2];
	unsigned i;

	for (i = 0; i < 2; i++) {
		fixture_init(&f, "freebsd-16");
		cost_set(&f, COST_PCB_VISIT, 20 * SIM_US);
		f.wl[0].size = 0;
		f.wl[1].bind = BIND_LADDR;
		f.wl[1].start = SIM_S;
		f.wl[1].lifetime.a = SIM_S;
		f.conf.kernel.portrange_first = 10000;
		f.conf.kernel.portrange_last = 10009;
		f.conf.inbound.lport = i == 0 ? 10004 : 443;
		f.conf.inbound.accepts = (rate_uhz)2000 * 1000000;
		f.wl[0].load = load_find("poisson");
		f.wl[0].start = f.conf.duration - 1;
		res[i] = run_simulate(&f.conf);
	}
	/* 2,000 pcbs at 20 us each. */
	g_assert_cmpint(hist_max(res[0]->hash_hold), >, 20 * SIM_MS);
	g_assert_cmpint(res[0]->stall_max, >, 10 * SIM_MS);
	g_assert_cmpint(res[1]->stall_max, <, 10 * SIM_MS);
	run_result_free(res[0]);
	run_result_free(res[1]);
}

int
main(int argc, char **argv)
{
	/* Others than 16 search so only where it is proposed. */
	static const char *const wholes[] = { "freebsd-16",
	    "freebsd-16-lportcache", "freebsd-12.0", "freebsd-12.2",
	    "freebsd-14", "freebsd-12.0+full-cache+first-match",
	    "freebsd-12.2+spread", "freebsd-14+laddr-hash",
	    "freebsd-14+dest-counters", "freebsd-16+spread+full-cache",
	    "freebsd-16+stride", "freebsd-16-lportcache+stride",
	    "freebsd-12.0+noport+laddr-hash" };
	unsigned i;

	g_test_init(&argc, &argv, NULL);
	for (i = 0; i < G_N_ELEMENTS(wholes); i++) {
		g_autofree char *path = g_strconcat(
		    "/seek/pieces_make_the_whole/", wholes[i], NULL);

		g_test_add_data_func(path, wholes[i],
		    test_pieces_make_the_whole);
	}
	g_test_add_func("/seek/who_drops_the_lock", test_who_drops_the_lock);
	g_test_add_func("/seek/one_port_is_never_tried",
	    test_one_port_is_never_tried);
	g_test_add_func("/seek/counter_ignores_collisions",
	    test_counter_ignores_collisions);
	g_test_add_func("/seek/taken_meanwhile", test_taken_meanwhile);
	g_test_add_func("/seek/known_ports_are_not_looked_up",
	    test_known_ports_are_not_looked_up);
	g_test_add_func("/seek/unconnected_holders_are_not_known",
	    test_unconnected_holders_are_not_known);
	g_test_add_func("/seek/nobody_waits_for_a_search",
	    test_nobody_waits_for_a_search);
	g_test_add_func("/seek/cache_spares_the_caller",
	    test_cache_spares_the_caller);
	g_test_add_func("/seek/stretch_is_literal_for_one",
	    test_stretch_is_literal_for_one);
	g_test_add_func("/seek/stretch_is_close_to_literal",
	    test_stretch_is_close_to_literal);
	g_test_add_func("/seek/long_list_blocks_its_port",
	    test_long_list_blocks_its_port);
	return (g_test_run());
}
