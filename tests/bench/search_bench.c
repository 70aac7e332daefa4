/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What only FreeBSD's tables have rows for, among 2.8 million pcbs on 50
 * addresses: a failing search just after something has changed, random starts
 * in a range that is nearly full, a pcb taken out and put in; and the proposals
 * whose searches the index must answer otherwise.  What every kernel has:
 * family_bench.c.
 *
 * The yardstick is a pointer hop over as many bytes as the tables have.
 */

#include "models/freebsd/freebsd.h"
#include "tests/bench/population.h"

#define	ROUNDS	7
#define	BATCH	2000
/* As many as the yardstick has hops; see family_bench.c. */
#define	REMOVED	20000

/* A failing connect, each time after something has changed, us. */
static double
after_change(struct population *pop)
{
	static unsigned stranger;
	double v[POPULATION_CALLS];
	struct net_op op;
	uint32_t pcb;
	unsigned i, p;

	for (i = 0; i < POPULATION_CALLS; i++) {
		/* Of an address that is not the one that fails. */
		do
			p = (unsigned)(NADDRS * rng_below(&pop->rng, NPORTS) +
			    1 + rng_below(&pop->rng, NADDRS - 1));
		while (pop->pcb[p] == NET_NOPCB);
		net_close(pop->net, pop->pcb[p], NULL);
		pop->pcb[p] = NET_NOPCB;
		v[i] = population_failing(pop);
		/* The freed pcb comes back on another destination. */
		pcb = net_socket(pop->net, 0, 0);
		net_accept_on(pop->net, pcb, population_laddr(1),
		    (uint16_t)(FIRST + stranger), FADDR + 1,
		    (uint16_t)(1024 + stranger), &op);
		stranger++;
	}
	return (bench_median(v, POPULATION_CALLS) / 1e3);
}

/* From a random start, us; *probes: how many ports it looked at. */
static double
random_start(struct population *pop, enum port_rule rule, double *probes)
{
	struct port_query q = { .rule = rule, .laddr = population_laddr(0),
	    .faddr = FADDR, .fport = FPORT, .first = FIRST,
	    .last = (uint16_t)(FIRST + pop->nports - 1) };
	struct port_run run = { .step = 1, .count = pop->nports };
	struct port_found f;
	struct pcb_table *table;
	uint64_t iters;
	unsigned i;
	double t;

	table = &freebsd_of(pop->net)->table;
	iters = 0;
	t = bench_cpu();
	for (i = 0; i < BATCH; i++) {
		run.start = (uint16_t)(FIRST + rng_below(&pop->rng,
		    pop->nports));
		pcb_table_search(table, &q, &run, &f);
		iters += f.iters;
	}
	t = bench_cpu() - t;
	*probes = (double)iters / BATCH;
	return (t * 1e6 / BATCH);
}

/* ns.  Of random ones, or of the oldest, as connections of equal life go. */
static double
remove_insert(struct population *pop, bool oldest, unsigned round)
{
	struct net_visits visits = { 0 };
	struct pcb_table *table;
	uint32_t pcb[REMOVED];
	unsigned i;
	double t;

	table = &freebsd_of(pop->net)->table;
	for (i = 0; i < REMOVED; i++)
		pcb[i] = oldest ? round * REMOVED + i :
		    (uint32_t)rng_below(&pop->rng, table->pool.used);
	t = bench_cpu();
	for (i = 0; i < REMOVED; i++) {
		if ((pcb_get(&table->pool, pcb[i])->flags & PCB_INHASH) == 0)
			continue;
		pcb_table_remove(table, pcb[i]);
		pcb_table_insert(table, pcb[i], &visits);
	}
	return ((bench_cpu() - t) * 1e9 / REMOVED);
}

/* A whole life among them, ns: the search is most of it. */
static double
whole_life(struct population *pop)
{
	struct net_op op;
	uint32_t pcb;
	unsigned i;
	double t;

	t = bench_cpu();
	for (i = 0; i < BATCH; i++) {
		pcb = net_socket(pop->net, 0, 1001);
		net_bind(pop->net, pcb, population_laddr(0), 0, &op);
		net_connect(pop->net, pcb, FADDR, FPORT, &op);
		net_close(pop->net, pcb, NULL);
	}
	return ((bench_cpu() - t) * 1e9 / BATCH);
}

static struct bench_row
row_of(const char *unit, double target)
{

	return ((struct bench_row){ .unit = unit, .sense = BENCH_MOST,
	    .target = target, .yard = "a pointer hop", .yard_unit = unit });
}

static void
bench_changes(struct population *pop, struct bench_hops *hops,
    struct bench_row *row)
{
	unsigned i;

	for (i = 0; i < ROUNDS; i++)
		bench_add(row, after_change(pop), bench_hop(hops) / 1e3, NAN);
}

static void
bench_full(const char *stack)
{
	struct bench_row change, old, some;
	struct bench_hops *hops;
	struct population *pop;
	unsigned i;

	pop = population_new(stack, NET_SEARCH_INDEX, NADDRS, NPORTS, 0);
	hops = bench_hops_new(net_memory(pop->net));
	old = row_of("ns", 150);
	some = row_of("ns", 150);
	change = row_of("us", 10);
	for (i = 0; i < ROUNDS; i++) {
		bench_add(&old, remove_insert(pop, true, i), bench_hop(hops),
		    NAN);
		bench_add(&some, remove_insert(pop, false, i),
		    bench_hop(hops), NAN);
	}
	bench_changes(pop, hops, &change);
	bench_hops_free(hops);
	population_free(pop);
	bench_tell(&change, "%s: failing connect after a change", stack);
	bench_tell(&old, "%s: remove and insert the oldest", stack);
	bench_tell(&some, "%s: remove and insert a random one", stack);
}

static void
bench_nearly_full(const char *stack)
{
	struct bench_row life, local, probes, tuple;
	struct bench_hops *hops;
	struct population *pop;
	double looked;
	unsigned i;

	pop = population_new(stack, NET_SEARCH_INDEX, NADDRS, NPORTS,
	    NPORTS / 100);
	hops = bench_hops_new(net_memory(pop->net));
	local = row_of("us", 0.5);
	tuple = row_of("us", 0.5);
	life = row_of("ns", 1000);
	probes = (struct bench_row){ .unit = "ports",
	    .sense = BENCH_MOST };
	for (i = 0; i < ROUNDS; i++) {
		bench_add(&local, random_start(pop, PORT_RULE_LOCAL, &looked),
		    bench_hop(hops) / 1e3, NAN);
		bench_add(&tuple, random_start(pop, PORT_RULE_TUPLE, &looked),
		    bench_hop(hops) / 1e3, NAN);
		bench_add(&life, whole_life(pop), bench_hop(hops), NAN);
		bench_add(&probes, looked, NAN, NAN);
	}
	bench_hops_free(hops);
	population_free(pop);
	bench_tell(&local, "%s: random start at 99 %% by local end", stack);
	bench_tell(&tuple, "%s: random start at 99 %% by 4-tuple", stack);
	bench_tell(&probes, "%s: ports that these look at", stack);
	bench_tell(&life, "%s: bind connect close at 99 %%", stack);
}

/* A proposal whose searches the index must answer otherwise. */
static void
bench_proposal(const char *stack)
{
	struct bench_row change, fails;
	struct bench_hops *hops;
	struct population *pop;
	unsigned i;

	pop = population_new(stack, NET_SEARCH_INDEX, NADDRS, NPORTS, 0);
	hops = bench_hops_new(net_memory(pop->net));
	fails = row_of("us", 8);
	change = row_of("us", 10);
	for (i = 0; i < ROUNDS; i++)
		bench_add(&fails, population_failing_us(pop),
		    bench_hop(hops) / 1e3, NAN);
	bench_changes(pop, hops, &change);
	bench_hops_free(hops);
	population_free(pop);
	bench_tell(&fails, "%s: failing connect", stack);
	bench_tell(&change, "%s: failing connect after a change", stack);
}

/*
 * For tests/bench/instructions_test.sh, which counts inside these three; at
 * each return what was counted is written down.
 */
static void G_GNUC_NO_INLINE
counted_start(struct population *pop)
{
	double probes;

	(void)random_start(pop, PORT_RULE_TUPLE, &probes);
}

static void G_GNUC_NO_INLINE
counted_life(struct population *pop)
{

	(void)whole_life(pop);
}

static void G_GNUC_NO_INLINE
counted_insert(struct population *pop)
{

	(void)remove_insert(pop, false, 0);
}

static void
alone(const char *stack)
{
	struct population *pop;

	pop = population_new(stack, NET_SEARCH_INDEX, COUNT_ADDRS,
	    COUNT_PORTS, COUNT_PORTS / 100);
	counted_start(pop);
	counted_life(pop);
	counted_insert(pop);
	population_free(pop);
}

/* search_bench [STACK]; list, of these; or alone STACK. */
int
main(int argc, char **argv)
{
	static const char *const stacks[] = { "freebsd-12.0", "freebsd-12.2",
	    "freebsd-14" };
	static const char *const proposals[] = { "freebsd-12.0+first-match",
	    "freebsd-14+stride", "freebsd-main-2026-04+together" };
	unsigned i;

	if (argc == 2 && strcmp(argv[1], "list") == 0) {
		for (i = 0; i < G_N_ELEMENTS(stacks); i++)
			puts(stacks[i]);
		for (i = 0; i < G_N_ELEMENTS(proposals); i++)
			puts(proposals[i]);
		return (0);
	}
	if (argc == 3 && strcmp(argv[1], "alone") == 0) {
		alone(argv[2]);
		return (0);
	}
	for (i = 0; i < G_N_ELEMENTS(stacks); i++) {
		if (argc >= 2 && strcmp(argv[1], stacks[i]) != 0)
			continue;
		bench_full(stacks[i]);
		bench_nearly_full(stacks[i]);
	}
	for (i = 0; i < G_N_ELEMENTS(proposals); i++)
		if (argc < 2 || strcmp(argv[1], proposals[i]) == 0)
			bench_proposal(proposals[i]);
	return (0);
}
