/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * How long searches, insertions and removals take among 2.8 million pcbs on 50
 * local addresses, with tables of real size, and what memory they take.
 *
 * Each figure is the median of REPS; one CSV line each on standard output:
 * work,value,unit,target,held.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <glib.h>

#include "models/freebsd/freebsd.h"
#include "models/stacks/stack.h"
#include "sim/rng.h"
#include "study/scenario/stack_name.h"

#define	NADDRS		50
#define	FIRST		10000
#define	LAST		65535
#define	NPORTS		(LAST - FIRST + 1)
#define	MAXSOCKETS	4180000
#define	REPS		501
#define	BATCH		2000

static struct rng rng;

static uint32_t
draw(void *arg)
{

	(void)arg;
	return (rng_u32(&rng));
}

static double
now_ns(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (1e9 * (double)ts.tv_sec + (double)ts.tv_nsec);
}

static int
by_value(const void *a, const void *b)
{
	const double *x, *y;

	x = a;
	y = b;
	return (*x < *y ? -1 : *x > *y);
}

static double
median(double *v, size_t n)
{

	qsort(v, n, sizeof(*v), by_value);
	return (v[n / 2]);
}

static void
report(const char *stack, const char *work, double value, const char *unit,
    double target)
{

	printf("%s %s,%.4g,%s,%g,%s\n", stack, work, value, unit, target,
	    value <= target ? "yes" : "no");
	(void)fflush(stdout);
}

static uint32_t
laddr(unsigned i)
{

	return (net_addr_add(0x0a | 1u << 24, i));
}

#define	FADDR	(0xcbu | 113u << 16 | 10u << 24)	/* 203.0.113.10 */

/*
 * Which ports of the first address stay free: those that linear probing from
 * random starts leaves, in the clusters that it makes.
 */
static void
leave_free(bool *taken, unsigned spare)
{
	unsigned i, p;

	for (i = 0; i < NPORTS - spare; i++) {
		p = (unsigned)rng_below(&rng, NPORTS);
		while (taken[p])
			p = (p + 1) % NPORTS;
		taken[p] = true;
	}
}

/* Fill every port of every address but `spare' ports of the first. */
static struct net *
fill(const char *stack, enum net_search search, unsigned spare)
{
	static bool taken[NPORTS];
	struct net_conf conf = { .first = FIRST, .last = LAST,
	    .porthashsize = 65536, .draw = draw, .search = search };
	struct net_op op;
	struct net *n;
	uint32_t pcb;
	unsigned a, p;

	conf.hashsize = net_hashsize_auto(MAXSOCKETS);
	n = stack_net(stack_name_find(stack), &conf);
	(void)net_set(n, "randomized", 0);
	for (a = 0; a < NADDRS; a++)
		net_laddr_add(n, laddr(a));
	memset(taken, 0, sizeof(taken));
	leave_free(taken, spare);
	for (p = 0; p < NPORTS; p++)
		for (a = 0; a < NADDRS; a++) {
			if (a == 0 && !taken[p])
				continue;
			pcb = net_socket(n, 0, 0);
			net_bind(n, pcb, laddr(a), (uint16_t)(FIRST + p),
			    &op);
			net_connect(n, pcb, FADDR, 443, &op);
			g_assert_cmpint(op.error, ==, 0);
		}
	return (n);
}

static double
time_failing_connect(struct net *n)
{
	static double v[REPS];
	struct net_op op;
	uint32_t pcb;
	unsigned i;
	double t;

	net_set(n, "randomized", true);
	for (i = 0; i < REPS; i++) {
		pcb = net_socket(n, 0, 1001);
		t = now_ns();
		net_connect(n, pcb, FADDR, 443, &op);
		v[i] = now_ns() - t;
		g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
		g_assert_cmpuint(op.iters, ==, NPORTS);
		net_close(n, pcb, NULL);
	}
	return (median(v, REPS));
}

/* As before, each time after something has changed. */
static double
time_failing_after_change(struct net *n)
{
	static double v[REPS];
	struct net_op op;
	uint32_t pcb;
	unsigned i;
	double t;

	for (i = 0; i < REPS; i++) {
		net_close(n, (uint32_t)(NADDRS * (rng_below(&rng, NPORTS - 1))
		    + 1 + rng_below(&rng, NADDRS - 1)), NULL);
		pcb = net_socket(n, 0, 1001);
		t = now_ns();
		net_connect(n, pcb, FADDR, 443, &op);
		v[i] = now_ns() - t;
		g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
		net_close(n, pcb, NULL);
		/* The freed pcb comes back on another destination. */
		pcb = net_socket(n, 0, 0);
		net_accept_on(n, pcb, laddr(1), (uint16_t)(FIRST + i),
		    FADDR + 1, (uint16_t)(1024 + i), &op);
	}
	return (median(v, REPS));
}

static double
time_random_start(struct net *n, enum port_rule rule, double *probes)
{
	static double v[REPS];
	struct port_query q = { .rule = rule, .laddr = laddr(0),
	    .faddr = FADDR, .fport = 443, .first = FIRST, .last = LAST };
	struct port_run run = { .step = 1, .count = NPORTS };
	struct port_found f;
	struct pcb_table *table;
	uint64_t iters;
	unsigned i, j;
	double t;

	table = &freebsd_of(n)->table;
	iters = 0;
	for (i = 0; i < REPS; i++) {
		t = now_ns();
		for (j = 0; j < BATCH / 10; j++) {
			run.start = (uint16_t)(FIRST + rng_below(&rng,
			    NPORTS));
			pcb_table_search(table, &q, &run, &f);
			iters += f.iters;
		}
		v[i] = (now_ns() - t) / (BATCH / 10);
	}
	*probes = (double)iters / (REPS * (BATCH / 10));
	return (median(v, REPS));
}

/* Of random ones, or of the oldest, as connections of equal life go. */
static double
time_remove_insert(struct net *n, bool oldest)
{
	static double v[REPS];
	struct net_visits visits = { 0 };
	struct pcb_table *table;
	uint32_t pcb[BATCH];
	unsigned i, j;
	double t;

	table = &freebsd_of(n)->table;
	for (i = 0; i < REPS; i++) {
		for (j = 0; j < BATCH; j++)
			pcb[j] = oldest ? i * BATCH + j :
			    (uint32_t)rng_below(&rng, table->pool.used);
		t = now_ns();
		for (j = 0; j < BATCH; j++) {
			if ((pcb_get(&table->pool, pcb[j])->flags &
			    PCB_INHASH) == 0)
				continue;
			pcb_table_remove(table, pcb[j]);
			pcb_table_insert(table, pcb[j], &visits);
		}
		v[i] = (now_ns() - t) / BATCH;
	}
	return (median(v, REPS));
}

/* A whole life among them: the search is most of it. */
static double
time_cycle(struct net *n)
{
	static double v[REPS];
	struct net_op op;
	uint32_t pcb;
	unsigned i, j;
	double t;

	for (i = 0; i < REPS; i++) {
		t = now_ns();
		for (j = 0; j < 50; j++) {
			pcb = net_socket(n, 0, 1001);
			net_bind(n, pcb, laddr(0), 0, &op);
			net_connect(n, pcb, FADDR, 443, &op);
			net_close(n, pcb, NULL);
		}
		v[i] = (now_ns() - t) / 50;
	}
	return (median(v, REPS));
}

static void
bench_stack(const char *stack, double failing_target)
{
	struct net *n;
	double probes;

	n = fill(stack, NET_SEARCH_INDEX, 0);
	report(stack, "memory a pcb", (double)net_memory(n) /
	    (double)net_npcbs(n), "bytes", 96);
	report(stack, "failing connect", time_failing_connect(n) / 1e3, "us",
	    failing_target);
	report(stack, "failing connect after a change",
	    time_failing_after_change(n) / 1e3, "us", 10);
	report(stack, "remove + insert; the oldest",
	    time_remove_insert(n, true), "ns", 150);
	report(stack, "remove + insert; random ones",
	    time_remove_insert(n, false), "ns", 150);
	net_free(n);
	n = fill(stack, NET_SEARCH_INDEX, NPORTS / 100);
	report(stack, "random start 99 % full; by local end",
	    time_random_start(n, PORT_RULE_LOCAL, &probes) / 1e3, "us", 0.5);
	report(stack, "random start 99 % full; by 4-tuple",
	    time_random_start(n, PORT_RULE_TUPLE, &probes) / 1e3, "us", 0.5);
	report(stack, "probes of these", probes, "1", NPORTS);
	net_set(n, "randomized", true);
	report(stack, "bind connect close at 99 %", time_cycle(n), "ns",
	    1000);
	net_free(n);
}

/* A proposal whose searches the index must answer otherwise. */
static void
bench_proposal(const char *stack)
{
	struct net *n;

	n = fill(stack, NET_SEARCH_INDEX, 0);
	report(stack, "failing connect", time_failing_connect(n) / 1e3, "us",
	    8);
	report(stack, "failing connect after a change",
	    time_failing_after_change(n) / 1e3, "us", 10);
	net_free(n);
}

/*
 * Of any kernel: a failing connect by index, and by the walk along its lists,
 * which is what the kernel does, among as many.
 */
static double
time_failing(const char *stack, enum net_search search, unsigned reps)
{
	static double v[REPS];
	struct net_op op;
	struct net *n;
	uint32_t pcb;
	unsigned i;
	double t;

	n = fill(stack, search, 0);
	for (i = 0; i < reps; i++) {
		pcb = net_socket(n, 0, 1001);
		t = now_ns();
		net_connect(n, pcb, FADDR, 443, &op);
		v[i] = now_ns() - t;
		g_assert_cmpint(op.error, !=, 0);
		net_close(n, pcb, NULL);
	}
	net_free(n);
	return (median(v, reps));
}

static void
bench_family(const char *stack, double times)
{
	double index, walk;

	index = time_failing(stack, NET_SEARCH_INDEX, REPS);
	walk = time_failing(stack, NET_SEARCH_WALK, 3);
	printf("%s failing connect; by index,%.4g,us,,\n", stack, index / 1e3);
	printf("%s failing connect; by walk,%.4g,us,,\n", stack, walk / 1e3);
	printf("%s failing connect; walk / index,%.4g,ratio,%g,%s\n", stack,
	    walk / index, times, walk / index >= times ? "yes" : "no");
	(void)fflush(stdout);
}

/* One kernel's alone: search_bench STACK. */
int
main(int argc, char **argv)
{
	/*
	 * On Linux a failing connect() looks at few nodes: 0.4 ms itself.
	 * OpenBSD and illumos take minutes to be filled by the walk: by name.
	 */
	static const struct {
		const char	*stack;
		double		times;
	} all[] = { { "freebsd-12.0", 1e5 }, { "linux-6.18", 50 },
	    { "netbsd", 1e5 }, { "dragonfly", 1e5 }, { "xnu", 1e5 } };
	unsigned i;

	rng_init(&rng, 1, 0, "search_bench");
	printf("work,value,unit,target,held\n");
	if (argc == 2) {
		bench_family(argv[1], 1e5);
		return (0);
	}
	bench_stack("freebsd-12.0", 1);
	bench_stack("freebsd-12.2", 2);
	bench_stack("freebsd-14", 2);
	bench_proposal("freebsd-12.0+first-match");
	bench_proposal("freebsd-14+stride");
	bench_proposal("freebsd-main-2026-04+together");
	for (i = 0; i < G_N_ELEMENTS(all); i++)
		bench_family(all[i].stack, all[i].times);
	return (0);
}
