/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The same of every kernel, with 2.8 million pcbs on 50 addresses in tables of
 * real size: a connect(2) that fails, by index and by the walk along that
 * kernel's lists; a connection that goes and comes again; memory.
 *
 * The yardstick is a pointer hop over as many bytes as the tables have.  Of the
 * walk it is the index: how much is saved.  On Linux a failing connect() looks
 * at few nodes itself, so there is less to save.
 */

#include "models/illumos/illumos.h"
#include "tests/bench/population.h"

#define	ROUNDS	7
/*
 * As many as the yardstick has hops: under a hypervisor that builds tables of
 * pages anew now and then, a few hundred tell what it takes to reach a page.
 */
#define	RENEWED	20000
#define	PCB_BYTES	488	/* struct inpcb, FreeBSD 12.1, amd64 */

static const struct family {
	const char	*stack;
	double		failing;	/* targets: us, */
	double		times;		/* .. walk / index */
	unsigned	walks;
} families[] = {
	{ "freebsd-12.0", 1, 1e5, 5 },
	{ "freebsd-12.2", 2, 1e5, 5 },
	{ "freebsd-14", 2, 1e5, 5 },
	{ "freebsd-16", 2, 1e5, 5 },
	{ "linux-6.18", 8, 50, 15 },
	{ "netbsd", 1, 1e5, 5 },
	{ "dragonfly", 1, 1e5, 5 },
	{ "xnu", 1, 1e5, 5 },
	{ "openbsd", 2, 1e5, 3 },
	{ "illumos", 2, 1e5, 3 },
};

static double
renewed(struct population *pop)
{
	double t;
	unsigned i;

	t = bench_cpu();
	for (i = 0; i < RENEWED; i++)
		population_renew(pop);
	return ((bench_cpu() - t) * 1e9 / RENEWED);
}

static void
bench_memory(const char *stack, const struct population *pop)
{
	struct bench_row row = { .unit = "bytes", .sense = BENCH_MOST,
	    .target = 96, .yard = "the kernel's struct inpcb",
	    .yard_unit = "bytes", .ratio = 96.0 / PCB_BYTES };

	bench_add(&row, (double)net_memory(pop->net) /
	    (double)net_npcbs(pop->net), PCB_BYTES, NAN);
	bench_tell(&row, "%s: memory a pcb", stack);
}

static void
bench_index(const struct family *f, struct population *pop)
{
	struct bench_row fails = { .unit = "us", .sense = BENCH_MOST,
	    .target = f->failing, .yard = "a pointer hop", .yard_unit = "us" };
	struct bench_row again = { .unit = "ns", .sense = BENCH_MOST,
	    .target = 2000, .yard = "a pointer hop", .yard_unit = "ns" };
	struct bench_hops *hops;
	unsigned i;

	hops = bench_hops_new(net_memory(pop->net));
	(void)renewed(pop);
	for (i = 0; i < ROUNDS; i++) {
		bench_add(&fails, population_failing_us(pop),
		    bench_hop(hops) / 1e3, NAN);
		bench_add(&again, renewed(pop), bench_hop(hops), NAN);
	}
	bench_hops_free(hops);
	bench_tell(&fails, "%s: failing connect", f->stack);
	bench_tell(&again, "%s: close and connect again", f->stack);
}

/*
 * Its own population, but for illumos: the model keeps that kernel's lists
 * whichever the search, and the kernel takes minutes to make them.
 */
static struct population *
population_walked(const char *stack)
{
	struct population *pop;
	bool keeps;

	keeps = strcmp(stack, "illumos") == 0;
	pop = population_new(stack, keeps ? NET_SEARCH_INDEX :
	    NET_SEARCH_WALK, NADDRS, NPORTS, 0);
	if (keeps)
		illumos_of(pop->net)->search = NET_SEARCH_WALK;
	return (pop);
}

static void
bench_walk(const struct family *f, struct population *pop)
{
	struct bench_row row = { .unit = "ms", .sense = BENCH_LEAST,
	    .yard = "the same by index", .yard_unit = "ms",
	    .ratio = f->times };
	struct population *walked;
	unsigned i;

	walked = population_walked(f->stack);
	for (i = 0; i < f->walks; i++)
		bench_add(&row, population_failing(walked) / 1e6,
		    population_failing_us(pop) / 1e3, NAN);
	population_free(walked);
	bench_tell(&row, "%s: failing connect by walk", f->stack);
}

static void
bench_family(const struct family *f)
{
	struct population *pop;

	pop = population_new(f->stack, NET_SEARCH_INDEX, NADDRS, NPORTS, 0);
	bench_memory(f->stack, pop);
	bench_index(f, pop);
	if (f->walks > 0)
		bench_walk(f, pop);
	population_free(pop);
}

/*
 * For tests/bench/instructions_test.sh, which counts inside these two; at each
 * return what was counted is written down.
 */
static void G_GNUC_NO_INLINE
counted_failing(struct population *pop, unsigned times)
{
	unsigned i;

	for (i = 0; i < times; i++)
		(void)population_failing(pop);
}

static void G_GNUC_NO_INLINE
counted_again(struct population *pop, unsigned times)
{
	unsigned i;

	for (i = 0; i < times; i++)
		population_renew(pop);
}

static void
alone(const char *stack, unsigned times, unsigned naddrs)
{
	struct population *pop;

	pop = population_new(stack, NET_SEARCH_INDEX, naddrs,
	    COUNT_PCBS / naddrs, 0);
	/* What is done once: a cache is made, a hash of tuples grows. */
	(void)population_failing(pop);
	population_renew(pop);
	(void)population_failing(pop);
	counted_failing(pop, times);
	counted_again(pop, times);
	population_free(pop);
}

/* family_bench [STACK]; list, of these; or alone STACK TIMES [ADDRESSES]. */
int
main(int argc, char **argv)
{
	unsigned i;

	if (argc >= 4 && strcmp(argv[1], "alone") == 0) {
		alone(argv[2], (unsigned)strtoul(argv[3], NULL, 10), argc > 4 ?
		    (unsigned)strtoul(argv[4], NULL, 10) : COUNT_ADDRS);
		return (0);
	}
	for (i = 0; i < G_N_ELEMENTS(families); i++)
		if (argc == 2 && strcmp(argv[1], "list") == 0)
			puts(families[i].stack);
		else if (argc < 2 || strcmp(argv[1], families[i].stack) == 0)
			bench_family(&families[i]);
	return (0);
}
