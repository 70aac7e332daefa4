/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Costs measured here: the loops visit what they are said to visit, and the
 * table is one that host.costs takes.
 *
 * Alone: it measures this machine.
 */

#include <limits.h>
#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "study/calibrate/calibrate.h"
#include "study/calibrate/nodes.h"
#include "study/calibrate/runs.h"
#include "study/scenario/costs_file.h"

static void
test_runs(void)
{
	static const simtime quiet[] = { 1200, 1000, 1299, 1250, 9000 };
	struct calibrate_runs r;
	unsigned i;

	calibrate_runs_init(&r);
	for (i = 0; i < G_N_ELEMENTS(quiet); i++)
		calibrate_runs_add(&r, quiet[i] * 10, 10);
	g_assert_cmpint(calibrate_runs_median(&r), ==, 1250);
	g_assert_cmpint(calibrate_runs_min(&r), ==, 1000);
	g_assert_false(calibrate_runs_noisy(&r));
	/* 1250 and 1299 are in the middle now; the lower one counts. */
	calibrate_runs_add(&r, 5000, 1);
	g_assert_cmpint(calibrate_runs_median(&r), ==, 1250);
	calibrate_runs_add(&r, 1301, 1);
	g_assert_cmpint(calibrate_runs_median(&r), ==, 1299);
	g_assert_false(calibrate_runs_noisy(&r));
	calibrate_runs_add(&r, 1301, 1);
	calibrate_runs_add(&r, 1302, 1);
	g_assert_cmpint(calibrate_runs_median(&r), ==, 1301);
	g_assert_true(calibrate_runs_noisy(&r));
	/* Twice as much, but of nearly nothing. */
	calibrate_runs_init(&r);
	calibrate_runs_add(&r, 40, 1);
	calibrate_runs_add(&r, 80, 1);
	calibrate_runs_add(&r, 80, 1);
	g_assert_false(calibrate_runs_noisy(&r));
}

/* Every pcb once, whichever way and whatever the processor may do. */
static void
check_visits(struct calibrate_nodes *t, uint64_t all, unsigned ports)
{
	uint64_t visits;
	unsigned way;

	for (way = 0; way < 2; way++) {
		visits = 0;
		g_assert_cmpuint(calibrate_nodes_search(t, 1, way != 0,
		    &visits), ==, 0);
		g_assert_cmpuint(visits, ==, all);
		visits = 0;
		g_assert_cmpuint(calibrate_nodes_search_chains(t, way != 0,
		    &visits), ==, ports);
		g_assert_cmpuint(visits, ==, all);
	}
}

static void
test_visits(void)
{
	struct calibrate_nodes *t;
	uint64_t visits;
	unsigned n;

	t = calibrate_nodes_new(2 * CALIBRATE_NODES_PORTS);
	g_assert_nonnull(t);
	calibrate_nodes_fill(t, 64);
	check_visits(t, 64, 64);
	calibrate_nodes_fill(t, 2 * CALIBRATE_NODES_PORTS);
	check_visits(t, 2 * CALIBRATE_NODES_PORTS, CALIBRATE_NODES_PORTS);
	/* Out and in again: those that are out are not visited. */
	n = calibrate_nodes_choose(t);
	g_assert_cmpuint(n, >, 1000);
	calibrate_nodes_remove(t);
	visits = 0;
	calibrate_nodes_search_chains(t, false, &visits);
	g_assert_cmpuint(visits, ==, 2 * CALIBRATE_NODES_PORTS - n);
	visits = 0;
	calibrate_nodes_search(t, UINT_MAX, false, &visits);
	g_assert_cmpuint(visits, ==, 2 * CALIBRATE_NODES_PORTS - n);
	calibrate_nodes_insert(t);
	check_visits(t, 2 * CALIBRATE_NODES_PORTS, CALIBRATE_NODES_PORTS);
	/* Heads alone: every port is free, and no pcb is visited. */
	calibrate_nodes_fill_heads(t, 64);
	visits = 0;
	g_assert_cmpuint(calibrate_nodes_search(t, UINT_MAX, false, &visits),
	    ==, 64);
	g_assert_cmpuint(calibrate_nodes_search(t, 1, false, &visits), ==, 1);
	g_assert_cmpuint(visits, ==, 0);
	calibrate_nodes_free(t);
}

static bool
has_remark(const struct calibrate *c, const char *text)
{
	const GPtrArray *remarks;
	unsigned i;

	remarks = calibrate_remarks(c);
	for (i = 0; i < remarks->len; i++)
		if (strstr(remarks->pdata[i], text) != NULL)
			return (true);
	return (false);
}

/* What was written, as a run would read it; `text' is the file. */
static struct costs *
written(const struct calibrate *c, char **text)
{
	g_autofree char *dir = g_dir_make_tmp("calibrate-XXXXXX", NULL);
	g_autofree char *file = g_build_filename(dir, "c.csv", NULL);
	g_autofree char *path = NULL;
	g_autoptr(GError) error = NULL;
	struct costs *costs;
	uint64_t hash;
	FILE *f;

	f = fopen(file, "w");
	g_assert_nonnull(f);
	calibrate_write(c, f);
	g_assert_cmpint(fclose(f), ==, 0);
	g_assert_true(g_file_get_contents(file, text, NULL, NULL));
	costs = costs_file_load("c.csv", dir, &path, &hash, &error);
	g_assert_no_error(error);
	g_unlink(file);
	g_rmdir(dir);
	return (costs);
}

static void
count_tick(void *ticks, double share)
{
	double *last;

	last = ticks;
	g_assert_cmpfloat(share, >=, *last);
	g_assert_cmpfloat(share, <=, 1);
	*last = share;
}

static void
test_quick(void)
{
	struct calibrate_conf conf = { .quick = true, .tick = count_tick };
	static const enum cost walks[] = { COST_PCB_VISIT, COST_CHAIN_VISIT };
	g_autofree struct costs *costs = NULL;
	g_autofree char *text = NULL;
	struct calibrate *c;
	double share;
	unsigned i;

	share = 0;
	conf.tick_arg = &share;
	c = calibrate_new(&conf, NULL);
	g_assert_nonnull(c);
	g_assert_cmpfloat(share, ==, 1);
	costs = written(c, &text);
	for (i = 0; i < NCOSTS; i++)
		g_assert_cmpuint(costs->curve[i].npoints, >=, 1);
	for (i = 0; i < G_N_ELEMENTS(walks); i++) {
		g_assert_cmpuint(costs->curve[walks[i]].npoints, >=, 3);
		g_assert_cmpint(cost_at(costs, walks[i], 2776800), >,
		    cost_at(costs, walks[i], 64));
	}
	g_assert_cmpint(cost_at(costs, COST_LPORT_ITER, 0), >, 0);
	/* Heads apart from nodes, and dearer when they are not in cache. */
	g_assert_cmpuint(costs->curve[COST_HEAD].npoints, >=, 3);
	g_assert_cmpint(cost_at(costs, COST_HEAD, 2776800), >,
	    cost_at(costs, COST_HEAD, 64));
	g_assert_cmpint(cost_at(costs, COST_SYSCALL, 0), >,
	    cost_at(costs, COST_LPORT_ITER, 0));
	/* What cannot be told says where it is from, what can is not copied. */
	g_assert_nonnull(strstr(text, "\nroute,0,-,200,200,copied: epyc-vm"));
	g_assert_null(strstr(text, "syscall,0,-,199"));
	g_assert_nonnull(strstr(text, "# cpu: "));
	g_assert_true(has_remark(c, "--quick"));
	calibrate_free(c);
}

/* A table for 28,232 pcbs is complete, and says that it is no more. */
static void
test_little_memory(void)
{
	struct calibrate_conf conf = { .quick = true };
	g_autofree struct costs *costs = NULL;
	g_autofree char *text = NULL;
	const struct cost_curve *curve;
	struct calibrate *c;

	conf.memory = calibrate_nodes_memory(28232);
	c = calibrate_new(&conf, NULL);
	g_assert_nonnull(c);
	g_assert_true(has_remark(c, "no more than 28232 pcbs"));
	costs = written(c, &text);
	curve = &costs->curve[COST_PCB_VISIT];
	g_assert_cmpuint(curve->npoints, ==, 3);
	g_assert_cmpuint(curve->population[2], ==, 28232);
	g_assert_nonnull(strstr(text, "# remark: memory holds no more"));
	calibrate_free(c);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/calibrate/median_minimum_noise", test_runs);
	g_test_add_func("/calibrate/a_walk_visits_every_pcb", test_visits);
	g_test_add_func("/calibrate/quick_covers_every_cost", test_quick);
	g_test_add_func("/calibrate/little_memory_is_told",
	    test_little_memory);
	return (g_test_run());
}
