/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What searches are measured among: every port of every local address is
 * connected to one destination, but `spare' ports of the first address.
 */

#ifndef TESTS_BENCH_POPULATION_H
#define	TESTS_BENCH_POPULATION_H

#include <errno.h>

#include "models/stacks/stack.h"
#include "study/scenario/stack_name.h"
#include "tests/bench/bench.h"

#define	FIRST		10000
#define	LAST		65535
#define	NPORTS		(LAST - FIRST + 1)
#define	NADDRS		50		/* 2.8 million in all */
#define	MAXSOCKETS	4180000
#define	FADDR	(0xcbu | 113u << 16 | 10u << 24)	/* 203.0.113.10 */
#define	FPORT		443

struct population {
	struct net	*net;
	struct rng	rng;
	unsigned	naddrs, nports;
	uint32_t	*pcb;		/* of port p, address a:
					   pcb[p * naddrs + a] */
};

static inline uint32_t
population_laddr(unsigned i)
{

	return (net_addr_add(0x0a | 1u << 24, i));
}

static inline uint32_t
population_random(void *rng)
{

	return (rng_u32(rng));
}

/*
 * Which ports of the first address stay free: those that linear probing from
 * random starts leaves, in the clusters that it makes.
 */
static inline void
population_leave_free(struct population *pop, bool *taken, unsigned spare)
{
	unsigned i, p;

	for (i = 0; i < pop->nports - spare; i++) {
		p = (unsigned)rng_below(&pop->rng, pop->nports);
		while (taken[p])
			p = (p + 1) % pop->nports;
		taken[p] = true;
	}
}

static inline uint32_t
population_connect(struct population *pop, unsigned p, unsigned a)
{
	struct net_op op;
	uint32_t pcb;

	pcb = net_socket(pop->net, 0, 0);
	net_bind(pop->net, pcb, population_laddr(a), (uint16_t)(FIRST + p),
	    &op);
	net_connect(pop->net, pcb, FADDR, FPORT, &op);
	g_assert_cmpint(op.error, ==, 0);
	return (pcb);
}

static inline struct population *
population_new(const char *stack, enum net_search search, unsigned naddrs,
    unsigned nports, unsigned spare)
{
	g_autofree bool *taken = g_new0(bool, nports);
	struct net_conf conf = { .first = FIRST,
	    .last = (uint16_t)(FIRST + nports - 1),
	    .porthashsize = 65536, .draw = population_random,
	    .search = search };
	struct population *pop;
	unsigned a, p;

	pop = g_new0(struct population, 1);
	rng_init(&pop->rng, 1, 0, "population");
	pop->naddrs = naddrs;
	pop->nports = nports;
	pop->pcb = g_new0(uint32_t, nports * naddrs);
	conf.draw_arg = &pop->rng;
	conf.hashsize = net_hashsize_auto(MAXSOCKETS);
	pop->net = stack_net(stack_name_find(stack), &conf);
	(void)net_set(pop->net, "randomized", 0);
	for (a = 0; a < naddrs; a++)
		net_laddr_add(pop->net, population_laddr(a));
	population_leave_free(pop, taken, spare);
	for (p = 0; p < nports; p++)
		for (a = 0; a < naddrs; a++)
			if (a > 0 || taken[p])
				pop->pcb[p * naddrs + a] =
				    population_connect(pop, p, a);
	(void)net_set(pop->net, "randomized", 1);
	return (pop);
}

static inline void
population_free(struct population *pop)
{

	net_free(pop->net);
	g_free(pop->pcb);
	g_free(pop);
}

/* Connects for which there is no port, of one socket: ns for one. */
static inline double
population_failing_each(struct population *pop, unsigned times)
{
	struct net_op op;
	uint32_t pcb;
	unsigned i;
	double t;

	pcb = net_socket(pop->net, 0, 1001);
	t = bench_ns();
	for (i = 0; i < times; i++) {
		net_connect(pop->net, pcb, FADDR, FPORT, &op);
		g_assert_cmpint(op.error, !=, 0);
	}
	t = bench_ns() - t;
	net_close(pop->net, pcb, NULL);
	return (t / times);
}

static inline double
population_failing(struct population *pop)
{

	return (population_failing_each(pop, 1));
}

#define	POPULATION_CALLS	71
#define	POPULATION_BATCH	32	/* reading a clock takes as long as the
					   shortest search */

/* The same, us: the median of some. */
static inline double
population_failing_us(struct population *pop)
{
	double v[POPULATION_CALLS];
	unsigned i;

	for (i = 0; i < POPULATION_CALLS; i++)
		v[i] = population_failing_each(pop, POPULATION_BATCH);
	return (bench_median(v, POPULATION_CALLS) / 1e3);
}

/* A random one goes, and comes again. */
static inline void
population_renew(struct population *pop)
{
	unsigned a, p;

	a = (unsigned)rng_below(&pop->rng, pop->naddrs);
	p = (unsigned)rng_below(&pop->rng, pop->nports);
	net_close(pop->net, pop->pcb[p * pop->naddrs + a], NULL);
	pop->pcb[p * pop->naddrs + a] = population_connect(pop, p, a);
}

/* For counting instructions: few enough to be filled under callgrind. */
#define	COUNT_ADDRS	2
#define	COUNT_PORTS	16384
#define	COUNT_PCBS	(COUNT_ADDRS * COUNT_PORTS)

#endif /* !TESTS_BENCH_POPULATION_H */
