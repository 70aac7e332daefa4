/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Laws of the measures of port choice: sources that are known, and what each
 * estimator must say of them.
 *
 *	entropy		log2 N of N values alike; 0.8113 of a coin of 3 to 1
 *	steps		RFC 6056, 3.3: 1 and 2 are uniform, log2 N bits and (2
 *			w + 1) / N within w; 3 steps by the connections between,
 *			of D destinations alike a geometric number, H = h(p) / p
 *			bits with p = 1 / D; 4 likewise among those of its
 *			counter; 5 by sums of uniform steps, log2 500 of one
 *	reuse		in turns N - 1 connections lie between; at random a
 *			geometric number, of median ln 2 N
 *	spread		1 of a fair die, 0 of turns
 *	behind		(a + (1 - a) f) / f, f = 1 - (1 - a)^2, of linear
 *			probing among independent taken ports; (B + 2) / 2
 *			behind a block of B that is closed
 */

#include "models/measures/entropy.h"
#include "models/measures/measures.h"
#include "models/measures/none.h"
#include "sim/rng.h"
#include "tests/law/law.h"

#define	N		4096u		/* ports */
#define	FIRST		10000u
#define	NREPS		20
#define	NSTEPS		20000

/* ---- sources of ports --------------------------------------------------- */

struct source {
	struct rng	rng;
	unsigned	next;
	unsigned	offset[16], counter[16];	/* by destination */
	unsigned	table[16];
};

typedef unsigned (*source_fn)(struct source *, unsigned dest);

static void
source_init(struct source *s, unsigned rep)
{
	unsigned i;

	*s = (struct source){ 0 };
	rng_init(&s->rng, 17, rep, "law/measures");
	for (i = 0; i < 16; i++) {
		s->offset[i] = (unsigned)rng_below(&s->rng, N);
		s->counter[i] = (unsigned)rng_below(&s->rng, 2);
		s->table[i] = (unsigned)rng_below(&s->rng, N);
	}
}

/* RFC 6056, algorithms 1 and 2, where most ports are free. */
static unsigned
uniform(struct source *s, unsigned dest)
{

	(void)dest;
	return ((unsigned)rng_below(&s->rng, N));
}

static unsigned
sequential(struct source *s, unsigned dest)
{

	(void)dest;
	return (s->next++ % N);
}

/* Algorithm 3: one counter, an offset for each destination. */
static unsigned
hashed(struct source *s, unsigned dest)
{

	return ((s->next++ + s->offset[dest]) % N);
}

/* Algorithm 4 with two counters. */
static unsigned
hashed_twice(struct source *s, unsigned dest)
{

	return ((s->table[s->counter[dest]]++ + s->offset[dest]) % N);
}

/* Algorithm 5: random steps of 1 to 500. */
static unsigned
random_steps(struct source *s, unsigned dest)
{

	(void)dest;
	s->next += 1 + (unsigned)rng_below(&s->rng, 500);
	return (s->next % N);
}

/* ---- steps -------------------------------------------------------------- */

/* What each of NREPS observers learns, of `ndests' destinations in all. */
static void
observe(source_fn fn, unsigned ndests, unsigned nsteps,
    double (*tell)(const struct trail *), struct law *l)
{
	struct trail_view views[16] = { 0 };
	struct source s;
	struct trail t;
	unsigned d, i, rep;

	*l = (struct law){ 0 };
	for (rep = 0; rep < NREPS; rep++) {
		source_init(&s, rep);
		trail_init(&t, N);
		memset(views, 0, sizeof(views));
		for (i = 0; i < nsteps; i++) {
			d = (unsigned)rng_below(&s.rng, ndests);
			trail_see(&t, &views[d], fn(&s, d), i + 1);
		}
		law_add(l, tell(&t));
		trail_fini(&t);
	}
}

static double
within_16(const struct trail *t)
{

	return (trail_within(t, 16));
}

/* Entropy of a geometric number, in bits. */
static double
geometric_bits(double p)
{

	return (-(p * log2(p) + (1 - p) * log2(1 - p)) / p);
}

/* Within so much of the law, which is less sharp than five errors of it. */
#define	near_law(what, l, want, most) do {				\
	law_show(what, l, want);					\
	g_assert_cmpfloat(fabs(law_mean(l) - (want)), <, most);		\
} while (0)

/* The estimate of bits is within a twentieth of one. */
static void
test_bits(void)
{
	struct law l;

	observe(uniform, 1, NSTEPS, trail_bits, &l);
	near_law("uniform", &l, 12.0, 0.05);
	/* Where five of six values were never seen, too: a tenth. */
	observe(uniform, 1, 700, trail_bits, &l);
	near_law("uniform, 700 samples", &l, 12.0, 0.1);
	observe(hashed, 4, NSTEPS, trail_bits, &l);
	near_law("algorithm 3", &l, geometric_bits(0.25), 0.05);
	law_is_caught("five destinations", &l, geometric_bits(0.2));
	observe(hashed, 1, NSTEPS, trail_bits, &l);
	g_assert_cmpfloat(law_mean(&l), ==, 0);
	observe(random_steps, 1, NSTEPS, trail_bits, &l);
	near_law("algorithm 5", &l, log2(500), 0.05);
	law_is_caught("steps up to 480", &l, log2(480));
	/* Planted: half of the ports, the even ones, is a bit less. */
	observe(sequential, 1, NSTEPS, trail_bits, &l);
	g_assert_cmpfloat(law_mean(&l), ==, 0);
}

/* Two counters that two of four destinations share, or more: a mean over how
 * many share, since offsets and counters are drawn anew each time. */
static void
test_two_counters(void)
{
	double want;
	struct law l;

	observe(hashed_twice, 4, NSTEPS, trail_bits, &l);
	/*
	 * k of four on one counter, of which each then sees geometric steps
	 * with 1 / k; steps are pooled, and unlike mixtures only add to it.
	 */
	want = (2 * geometric_bits(0.25) + 8 * (0.75 * geometric_bits(1 /
	    3.0)) + 6 * geometric_bits(0.5)) / 16;
	law_show("algorithm 4", &l, want);
	g_assert_cmpfloat(law_mean(&l), >, want - 5 * law_se(&l));
	g_assert_cmpfloat(law_mean(&l), <, geometric_bits(0.25));
}

static void
test_within(void)
{
	struct law l;

	observe(uniform, 1, NSTEPS, within_16, &l);
	law_holds("uniform", &l, 33.0 / N);
	law_is_caught("17", &l, 35.0 / N * 1.05);
	observe(hashed, 4, NSTEPS, within_16, &l);
	law_holds("algorithm 3", &l, 1 - pow(0.75, 16));
	observe(sequential, 1, NSTEPS, within_16, &l);
	g_assert_cmpfloat(law_mean(&l), ==, 1);
}

/* One counter tells all, random ports nothing; 5 blurs it, but not much. */
static void
test_leak(void)
{
	struct law l;

	observe(hashed, 4, NSTEPS, trail_leak, &l);
	near_law("algorithm 3", &l, 1.0, 0.01);
	observe(hashed, 4, NSTEPS, trail_r2, &l);
	near_law("algorithm 3, r2", &l, 1.0, 0.01);
	observe(uniform, 4, NSTEPS, trail_leak, &l);
	near_law("uniform", &l, 0.0, 0.005);
	observe(uniform, 4, NSTEPS, trail_r2, &l);
	near_law("uniform, r2", &l, 0.0, 0.001);
	observe(random_steps, 4, NSTEPS, trail_leak, &l);
	g_assert_cmpfloat(law_mean(&l), >, 0.3);
	g_assert_cmpfloat(law_mean(&l), <, 0.7);
	/* A fifth counter, nobody's: a quarter of all is seen by no one. */
	observe(hashed_twice, 4, NSTEPS, trail_leak, &l);
	law_show("algorithm 4", &l, 1.0);
	g_assert_cmpfloat(law_mean(&l), <, 0.9);
	/* Always as many: nothing to learn, and nothing said. */
	observe(hashed, 1, NSTEPS, trail_leak, &l);
	g_assert_true(measure_is_none(law_mean(&l)));
}

/* Of counts by hand. */
static void
test_entropy(void)
{
	static const uint32_t coin[] = { 3000, 1000 }, one[] = { 0, 7, 0 };
	uint32_t once[100];
	unsigned i;

	g_assert_cmpfloat(fabs(entropy_plugin(coin, 2) - 0.811278), <, 1e-6);
	g_assert_cmpfloat(fabs(entropy_miller_madow(coin, 2) - 0.811278 -
	    1 / (2 * 4000 * log(2))), <, 1e-6);
	g_assert_cmpfloat(fabs(entropy_chao_shen(coin, 2) - 0.811278), <,
	    1e-3);
	g_assert_cmpfloat(entropy_chao_shen(one, 3), ==, 0);
	g_assert_cmpfloat(entropy_miller_madow(one, 3), ==, 0);
	/* Each seen once: more than the log of how many. */
	for (i = 0; i < 100; i++)
		once[i] = 1;
	g_assert_cmpfloat(entropy_chao_shen(once, 100), >, log2(100));
}

/* ---- evenness ----------------------------------------------------------- */

static void
fill(struct evenness *e, source_fn fn, unsigned rep, unsigned uses)
{
	struct source s;
	unsigned i;

	source_init(&s, rep);
	for (i = 0; i < uses; i++)
		evenness_add(e, (uint16_t)(FIRST + fn(&s, 0)));
}

/* A port of the even half only, as a planted error. */
static unsigned
even_half(struct source *s, unsigned dest)
{

	(void)dest;
	return ((unsigned)rng_below(&s->rng, N / 2) * 2);
}

static void
uses_law(source_fn fn, unsigned uses, double (*tell)(const struct evenness *),
    struct law *l)
{
	static const struct port_set none;
	struct evenness e;
	unsigned rep;

	*l = (struct law){ 0 };
	for (rep = 0; rep < NREPS; rep++) {
		evenness_init(&e, FIRST, FIRST + N - 1, &none);
		fill(&e, fn, rep, uses);
		law_add(l, tell(&e));
		evenness_fini(&e);
	}
}

static void
test_evenness(void)
{
	struct law l;

	uses_law(uniform, 10 * N, evenness_spread, &l);
	law_holds("spread, fair", &l, 1.0);
	uses_law(uniform, N / 4, evenness_spread, &l);
	law_holds("spread, fair, few", &l, 1.0);
	uses_law(sequential, 10 * N, evenness_spread, &l);
	g_assert_cmpfloat(law_mean(&l), ==, 0);
	/* Half of the ports: n / N + 1 more or less. */
	uses_law(even_half, 10 * N, evenness_spread, &l);
	law_is_caught("half of the ports", &l, 1.0);
	near_law("half of the ports", &l, 10 + 1.0, 0.1);
	uses_law(uniform, 10 * N, evenness_entropy, &l);
	near_law("entropy, fair", &l, 1.0, 0.001);
	uses_law(even_half, 10 * N, evenness_entropy, &l);
	near_law("entropy, half", &l, 11.0 / 12, 0.001);
	uses_law(uniform, N, evenness_reached, &l);
	law_holds("reached", &l, 1 - exp(-1));
	uses_law(sequential, 3 * N, evenness_peak, &l);
	g_assert_cmpfloat(law_mean(&l), ==, 1);
}

/* Behind closed ports: linear probing, by steps of one and of two. */
static void
closed_law(unsigned step, unsigned block, struct law *l)
{
	struct port_set closed;
	struct evenness e;
	struct source s;
	unsigned i, p, rep;

	*l = (struct law){ 0 };
	port_set_clear(&closed);
	for (i = 0; i < block; i++)
		port_set_add(&closed, (uint16_t)(FIRST + 1000 + i));
	for (rep = 0; rep < NREPS; rep++) {
		source_init(&s, rep);
		evenness_init(&e, FIRST, FIRST + N - 1, &closed);
		for (i = 0; i < 100 * N; i++) {
			p = (unsigned)rng_below(&s.rng, N);
			while (port_set_has(&closed, FIRST + p))
				p = (p + step) % N;
			evenness_add(&e, (uint16_t)(FIRST + p));
		}
		law_add(l, evenness_behind(&e));
		evenness_fini(&e);
	}
}

static void
test_behind_closed(void)
{
	static const unsigned blocks[] = { 2, 100 };
	double want;
	struct law l;
	unsigned i, step;

	for (i = 0; i < G_N_ELEMENTS(blocks); i++) {
		want = (blocks[i] + 2) / 2.0 * (N - blocks[i]) / N;
		for (step = 1; step <= 2; step++) {
			closed_law(step, blocks[i], &l);
			law_holds("a block", &l, want);
			law_is_caught("without it", &l, 1.0);
		}
	}
}

/* ---- behind what is taken ----------------------------------------------- */

/*
 * Ports of one destination, a share of them taken for good; more come and go
 * at once.  probing: from a random port on; else any free one.
 */
static double
behind_taken(unsigned rep, double load, bool probing)
{
	static const struct port_set none;
	struct reuse_tuple u = { .laddr = 1, .faddr = 2, .fport = 3 };
	bool taken[N] = { false };
	struct measures m;
	struct source s;
	unsigned i, p, st;
	double ratio;

	source_init(&s, rep);
	measures_init(&m, FIRST, FIRST + N - 1, &none, false, 1);
	st = measures_stream(&m, 1, 2, 3);
	for (i = 0; i < load * N;) {
		p = (unsigned)rng_below(&s.rng, N);
		if (taken[p])
			continue;
		taken[p] = true;
		u.lport = (uint16_t)(FIRST + p);
		measures_open(&m, st, &u, 0, 0);
		i++;
	}
	measures_forget(&m);
	for (i = 0; i < 5 * N; i++) {
		p = (unsigned)rng_below(&s.rng, N);
		while (taken[p])
			p = probing ? (p + 1) % N :
			    (unsigned)rng_below(&s.rng, N);
		u.lport = (uint16_t)(FIRST + p);
		measures_open(&m, st, &u, 0, 0);
		measures_end(&m, &u, 0, 0);
		measures_gone(&m, st, u.lport);
	}
	ratio = measures_behind(&m);
	measures_fini(&m);
	return (ratio);
}

static void
test_behind_taken(void)
{
	static const double loads[] = { 0.1, 0.5, 0.8 };
	struct law free, probing;
	double a, f, want;
	unsigned i, rep;

	for (i = 0; i < G_N_ELEMENTS(loads); i++) {
		a = loads[i];
		f = 1 - (1 - a) * (1 - a);
		want = (a + (1 - a) * f) / f;
		free = probing = (struct law){ 0 };
		for (rep = 0; rep < NREPS; rep++) {
			law_add(&probing, behind_taken(rep, a, true));
			law_add(&free, behind_taken(rep, a, false));
		}
		law_holds("linear probing", &probing, want);
		law_holds("any free port", &free, 1.0);
		law_is_caught("any free port", &free, want);
	}
}

/* The counts that are kept, against counting. */
static void
test_gaps(void)
{
	static const uint64_t closed[GAPS_WORDS(200)] = { 0xf0 };
	struct gaps g;
	struct rng rng;
	unsigned behind, i, k, p, open;

	gaps_init(&g, 200, closed);
	rng_init(&rng, 3, 0, "gaps");
	for (i = 0; i < 20000; i++) {
		p = (unsigned)rng_below(&rng, 200);
		if (rng_below(&rng, 2) == 0)
			gaps_take(&g, p);
		else
			gaps_free(&g, p);
		for (k = 0, behind = open = 0; k < 200; k++) {
			if (gaps_bit(g.taken, k) || gaps_bit(closed, k))
				continue;
			open++;
			behind += (k > 0 && gaps_bit(g.taken, k - 1)) ||
			    (k > 1 && gaps_bit(g.taken, k - 2));
		}
		g_assert_cmpuint(g.behind, ==, behind);
		g_assert_cmpuint(g.open, ==, open);
		g_assert_cmpuint(g.held + g.open, ==, 196);
	}
	gaps_fini(&g);
}

/* ---- reuse -------------------------------------------------------------- */

/* Connections of one destination, over at once: what lies between. */
static void
reuse_of(source_fn fn, unsigned rep, unsigned maxtuples, struct reuse *r)
{
	struct reuse_tuple u = { .laddr = 1, .faddr = 2, .fport = 3 };
	struct source s;
	unsigned i;

	source_init(&s, rep);
	reuse_init(r, maxtuples);
	for (i = 0; i < 40 * N; i++) {
		u.lport = (uint16_t)(FIRST + fn(&s, 0));
		reuse_open(r, &u, 0, (simtime)i * SIM_MS);
		reuse_end(r, &u, 0, (simtime)i * SIM_MS);
	}
}

static void
test_reuse(void)
{
	struct law median = { 0 }, mean = { 0 }, half = { 0 };
	struct reuse r;
	unsigned rep;

	reuse_of(sequential, 0, REUSE_MAXTUPLES, &r);
	g_assert_cmpint(hist_min(r.ports.conns), ==, N - 1);
	g_assert_cmpint(hist_max(r.tuples.conns), ==, N - 1);
	g_assert_cmpint(hist_min(r.tuples.time), ==, N * SIM_MS);
	g_assert_cmpuint(r.halvings, ==, 0);
	reuse_fini(&r);
	for (rep = 0; rep < NREPS; rep++) {
		reuse_of(uniform, rep, REUSE_MAXTUPLES, &r);
		law_add(&median, (double)hist_quantile(r.tuples.conns, 1, 2));
		law_add(&mean, hist_mean(r.ports.conns));
		reuse_fini(&r);
		/* A table for a quarter of the tuples. */
		reuse_of(uniform, rep, 1024, &r);
		g_assert_cmpuint(r.halvings, >=, 2);
		law_add(&half, (double)hist_quantile(r.tuples.conns, 1, 2));
		reuse_fini(&r);
	}
	/* What comes back after the end of the run is missing: 1/40 or so. */
	near_law("median", &median, log(2) * N, 0.05 * N);
	near_law("mean", &mean, N, 0.05 * N);
	near_law("median of a sample", &half, law_mean(&median), 0.05 * N);
	law_is_caught("turns", &median, N - 1.0);
}

/* ---- fairness ----------------------------------------------------------- */

static void
test_fairness(void)
{
	static const struct port_set none;
	struct reuse_tuple u = { .laddr = 1, .fport = 3 };
	struct measures m;
	unsigned i, st;

	measures_init(&m, FIRST, FIRST + N - 1, &none, false, 4);
	/* Two destinations: one gets all, one a third: (4/3)^2 / (2 10/9). */
	for (i = 0; i < 60; i++) {
		u.faddr = i % 2;
		u.lport = (uint16_t)(FIRST + i);
		st = measures_stream(&m, 1, u.faddr, 3);
		g_assert_cmpuint(st, ==, i % 2);
		measures_attempt(&m, st, i % 2 == 0 || i % 3 == 0);
		measures_open(&m, st, &u, i % 2, 0);
	}
	g_assert_cmpfloat(fabs(measures_dest_fairness(&m) - 0.8), <, 1e-9);
	g_assert_cmpfloat(fabs(measures_addr_fairness(&m) - 0.5), <, 1e-9);
	g_assert_cmpfloat(fabs(measures_held_max(&m) - 30.0 / N), <, 1e-9);
	measures_fini(&m);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/law/measures/entropy", test_entropy);
	g_test_add_func("/law/measures/bits", test_bits);
	g_test_add_func("/law/measures/two_counters", test_two_counters);
	g_test_add_func("/law/measures/within", test_within);
	g_test_add_func("/law/measures/leak", test_leak);
	g_test_add_func("/law/measures/evenness", test_evenness);
	g_test_add_func("/law/measures/behind_closed", test_behind_closed);
	g_test_add_func("/law/measures/behind_taken", test_behind_taken);
	g_test_add_func("/law/measures/gaps", test_gaps);
	g_test_add_func("/law/measures/reuse", test_reuse);
	g_test_add_func("/law/measures/fairness", test_fairness);
	return (g_test_run());
}
