/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Laws of port choice, through the calls that a program makes.
 *
 *	linear probing	a random start and steps of one try, at load a = n / M,
 *			(1 + Q(M, n)) / 2 ports, Q(M, n) = sum (k + 1) n (n -
 *			1) ... (n - k + 1) / M^k; nearly (1 + 1 / (1 - a)^2) /
 *			2 up to a load of 0.95	    Knuth, TAOCP vol. 3, 6.4
 *	one counter	in sequence L addresses use up the range for unbound
 *			connects after exactly M connections in all
 *	random starts	C connections of L addresses leave M (1 - C / (L M))^L
 *			ports that no address uses: the addresses' tables are
 *			independent, and a port of one is taken with
 *			probability C / (L M)
 */

#include <errno.h>

#include "tests/law/law.h"
#include "tests/models/freebsd/net_rig.h"

/* ---- linear probing ---------------------------------------------------- */

#define	M		55536		/* ports: the range of the kernel */
#define	NTABLES		40
#define	NPROBES		1000		/* searches in each table */

/* Knuth's Q_1: the expectation is (1 + Q) / 2, exactly. */
static double
knuth_q(double m, double n)
{
	double q, term;
	unsigned k;

	for (k = 0, q = 0, term = 1; term > 1e-12; k++) {
		q += (k + 1) * term;
		term *= (n - k) / m;
		if (n - k <= 0)
			break;
	}
	return (q);
}

/* Candidates of a search in a table of n ports, mean of a table. */
static struct law
probes_at(const char *stack, bool randomized, unsigned n)
{
	struct law l = { 0 };
	struct net_op op;
	struct net_rig r;
	uint64_t iters;
	uint32_t pcb;
	unsigned i, table;

	for (table = 0; table < NTABLES; table++) {
		net_rig_init(&r, stack, M, 1);
		rng_init(&r.rng, 3, table, "law");
		r.random = true;
		net_set(r.net, "randomized", randomized);
		for (i = 0; i < n; i++)
			net_rig_unbound(&r, net_rig_faddr(0), &op);
		g_assert_cmpint(op.error, ==, 0);
		for (i = 0, iters = 0; i < NPROBES; i++) {
			pcb = net_rig_unbound(&r, net_rig_faddr(0), &op);
			iters += op.iters;
			net_close(r.net, pcb, NULL);
		}
		law_add(&l, (double)iters / NPROBES);
		net_rig_fini(&r);
	}
	return (l);
}

static void
test_linear_probing(void)
{
	static const double loads[] = { 0.5, 0.8, 0.9, 0.95 };
	struct law l;
	double a, exact, simple;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(loads); i++) {
		g_autofree char *what = NULL;

		a = loads[i];
		exact = (1 + knuth_q(M, a * M)) / 2;
		simple = (1 + 1 / ((1 - a) * (1 - a))) / 2;
		what = g_strdup_printf("load %g", a);
		/* The textbook's form is that of an endless table. */
		g_assert_cmpfloat(fabs(exact / simple - 1), <, 0.02);
		l = probes_at("freebsd-14", true, (unsigned)(a * M));
		law_holds(what, &l, exact);
		/* 1 / (1 - a), of a random pick each time, is not it. */
		law_is_caught("random picks", &l, 1 / (1 - a));
		/* Nor is the same at a load of two hundredths more. */
		l = probes_at("freebsd-14", true, (unsigned)((a + 0.02) * M));
		law_is_caught("2 % of the ports more", &l, exact);
	}
	/* In sequence the next port is free. */
	l = probes_at("freebsd-14", false, M / 2);
	g_assert_cmpfloat(law_mean(&l), ==, 1);
}

/* ---- one counter for all addresses ------------------------------------- */

/* Connects, round the addresses, until an unbound one fails. */
static unsigned
connects_until_exhausted(const char *stack, unsigned nports,
    unsigned nladdrs, bool randomized, unsigned limit)
{
	struct net_op op;
	struct net_rig r;
	unsigned n;
	uint32_t pcb;

	net_rig_init(&r, stack, nports, nladdrs);
	r.random = true;
	net_set(r.net, "randomized", randomized);
	for (n = 0; n < limit; n++) {
		pcb = net_rig_unbound(&r, net_rig_faddr(1), &op);
		net_close(r.net, pcb, NULL);
		if (op.error != 0) {
			g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
			break;
		}
		/* The probe moved the counter: put it back. */
		if (!randomized)
			net_set(r.net, "lastport", (uint16_t)(RIG_FIRST +
			    (n + nports - 1) % nports));
		pcb = net_rig_bind(&r, net_rig_laddr(n % nladdrs), &op);
		g_assert_cmpint(op.error, ==, 0);
		net_connect(r.net, pcb, net_rig_faddr(0), 443, &op);
		g_assert_cmpint(op.error, ==, 0);
	}
	net_rig_fini(&r);
	return (n);
}

static void
test_exhausted_after_n_in_all(void)
{
	static const unsigned nladdrs[] = { 1, 5, 50 };
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(nladdrs); i++) {
		g_assert_cmpuint(connects_until_exhausted("freebsd-11",
		    3000, nladdrs[i], false, 10000), ==, 3000);
		g_assert_cmpuint(connects_until_exhausted("freebsd-12.0",
		    3000, nladdrs[i], false, 10000), ==, 3000);
	}
	/* The real range, and the real fifty. */
	g_assert_cmpuint(connects_until_exhausted("freebsd-12.0", 55536, 50,
	    false, 60000), ==, 55536);
	/* Planted: random starts last longer; an address first, for ever. */
	g_assert_cmpuint(connects_until_exhausted("freebsd-12.0", 3000, 50,
	    true, 6000), ==, 6000);
	g_assert_cmpuint(connects_until_exhausted("freebsd-12.2", 3000, 50,
	    false, 6000), ==, 6000);
}

/* ---- random starts ----------------------------------------------------- */

/* Ports that no address uses, after so many connects of 50 addresses. */
static struct law
free_for_any(unsigned nports, bool randomized, unsigned count,
    unsigned nreplications)
{
	struct law l = { 0 };
	struct net_op op;
	struct net_rig r;
	unsigned i, replication;
	uint32_t pcb;

	for (replication = 0; replication < nreplications; replication++) {
		net_rig_init(&r, "freebsd-12.0", nports, 50);
		rng_init(&r.rng, 4, replication, "law");
		r.random = true;
		net_set(r.net, "randomized", randomized);
		for (i = 0; i < count; i++) {
			pcb = net_rig_bind(&r, net_rig_laddr(i % 50), &op);
			net_connect(r.net, pcb, net_rig_faddr(0), 443, &op);
			g_assert_cmpint(op.error, ==, 0);
		}
		law_add(&l, net_ports_free(r.net, NET_ANY));
		net_free(r.net);
	}
	return (l);
}

static double
free_law(double nports, double count)
{

	return (nports * pow(1 - count / (50 * nports), 50));
}

static void
test_random_starts(void)
{
	/* The range of the kernel, at a tenth, and loads as in 2.5 passes. */
	static const unsigned counts[] = { 5500, 10000, 15000 };
	struct law l;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(counts); i++) {
		g_autofree char *what = NULL;

		what = g_strdup_printf("%u connects", counts[i]);
		l = free_for_any(5554, true, counts[i], 20);
		law_holds(what, &l, free_law(5554, counts[i]));
	}
	/* Balls in bins, without the tables of 50 addresses, is not it. */
	law_is_caught("balls in bins", &l, 5554 * exp(-15000.0 / 5554));
	/* In sequence nothing is left after N. */
	l = free_for_any(5554, false, 5554, 2);
	g_assert_cmpfloat(law_mean(&l), ==, 0);
}

/* The kernel's range: what was counted on a replica of its code. */
static void
test_random_starts_real_range(void)
{
	static const struct { unsigned count, free; } counted[] = {
		{ 55000, 20355 }, { 100000, 8900 }, { 250000, 494 },
		{ 500000, 5 }
	};
	struct law l;
	double sd, want;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(counted); i++) {
		want = free_law(55536, counted[i].count);
		/* A count of rare events: no wider than Poisson's. */
		sd = sqrt(want);
		l = free_for_any(55536, true, counted[i].count, 1);
		g_test_message("%u: %g, law %g, replica %u", counted[i].count,
		    law_mean(&l), want, counted[i].free);
		g_assert_cmpfloat(fabs(law_mean(&l) - want), <, 4 * sd);
		g_assert_cmpfloat(fabs(counted[i].free - want), <, 4 * sd);
		/* Planted: a tenth more connects; five ports tell nothing. */
		want = free_law(55536, 1.1 * counted[i].count);
		if (counted[i].free > 100)
			g_assert_cmpfloat(law_mean(&l) - want, >,
			    4 * sqrt(want));
	}
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/law/linear_probing", test_linear_probing);
	g_test_add_func("/law/exhausted_after_n_in_all",
	    test_exhausted_after_n_in_all);
	g_test_add_func("/law/random_starts", test_random_starts);
	g_test_add_func("/law/random_starts_real_range",
	    test_random_starts_real_range);
	return (g_test_run());
}
