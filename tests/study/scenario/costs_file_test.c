/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Tables of costs: the built-in one is complete and says what was measured; a
 * user's must be complete, too.
 */

#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "study/scenario/costs_file.h"

static void
test_builtin(void)
{
	const struct costs_builtin *b;
	unsigned n;

	for (b = costs_builtin, n = 0; b->name != NULL; b++, n++) {
		g_autoptr(GError) error = NULL;
		g_autofree struct costs *costs = NULL;
		g_autofree char *path = NULL;
		uint64_t hash;
		unsigned i, k;

		costs = costs_file_load(b->name, ".", &path, &hash, &error);
		g_assert_no_error(error);
		g_assert_cmpstr(path, ==, b->name);
		for (i = 0; i < NCOSTS; i++)
			for (k = 1; k < costs->curve[i].npoints; k++)
				g_assert_cmpuint(costs->curve[i].population[k],
				    >, costs->curve[i].population[k - 1]);
	}
	g_assert_cmpuint(n, >, 0);
}

/* Large pages, random order; what else was measured does not slip in. */
static void
test_epyc(void)
{
	g_autofree struct costs *costs = NULL;
	g_autofree char *path = NULL;
	uint64_t hash;

	costs = costs_file_load("epyc-vm", ".", &path, &hash, NULL);
	g_assert_cmpint(cost_at(costs, COST_PCB_VISIT, 64), ==, 1100);
	g_assert_cmpint(cost_at(costs, COST_PCB_VISIT, 55536), ==, 140700);
	g_assert_cmpint(cost_at(costs, COST_PCB_VISIT, 2776800), ==, 307900);
	g_assert_cmpint(cost_at(costs, COST_CHAIN_VISIT, 2776800), ==,
	    300500);
	g_assert_cmpint(cost_at(costs, COST_SYSCALL, 0), ==, 199000);
	g_assert_cmpint(cost_at(costs, COST_WAKE, 0), ==, 17247000);
	/* Within 2.5 % of one another at every point. */
	g_assert_cmpint(cost_at(costs, COST_CHAIN_VISIT, 555360), >=,
	    cost_at(costs, COST_PCB_VISIT, 555360) * 975 / 1000);
}

/* The file in the tree is the one that is built in. */
static void
test_same_file(void)
{
	g_autofree struct costs *a = NULL, *b = NULL;
	g_autofree char *name = NULL, *path = NULL;
	uint64_t ha, hb;

	a = costs_file_load("epyc-vm", ".", &name, &ha, NULL);
	b = costs_file_load("costs/epyc-vm.csv", "study", &path, &hb, NULL);
	g_assert_nonnull(b);
	g_assert_cmpstr(path, ==, "study/costs/epyc-vm.csv");
	g_assert_cmpuint(ha, ==, hb);
	g_assert_cmpmem(a, sizeof(*a), b, sizeof(*b));
}

static void
check_bad(const char *from, const char *to, const char *told)
{
	g_autofree char *dir = g_dir_make_tmp("costs-XXXXXX", NULL);
	g_autofree char *file = g_build_filename(dir, "c.csv", NULL);
	g_autofree char *path = NULL;
	g_autoptr(GString) text = g_string_new(costs_builtin[0].text);
	g_autoptr(GError) error = NULL;
	uint64_t hash;

	g_assert_cmpuint(g_string_replace(text, from, to, 1), ==, 1);
	g_assert_true(g_file_set_contents(file, text->str, -1, NULL));
	g_assert_null(costs_file_load("c.csv", dir, &path, &hash, &error));
	g_test_message("%s", error->message);
	g_assert_nonnull(strstr(error->message, told));
	g_unlink(file);
	g_rmdir(dir);
}

static void
test_bad(void)
{
	g_autofree char *path = NULL;
	g_autoptr(GError) error = NULL;
	uint64_t hash;

	check_bad("\nsearch,", "\nsaerch,", "missing costs: search");
	check_bad("\nroute,0,-,200", "\nroute,0,-,-200",
	    "column median_ns: '-200' is negative");
	check_bad("\nroute,0,-,200", "\nroute,0,-,",
	    "column median_ns: '' is not a plain decimal number");
	check_bad("\nroute,0,-,200", "\nroute,0,-,99999999999999",
	    "more than an hour");
	check_bad("\nroute,0,", "\nroute,x,", "column population");
	check_bad("\nroute,", "\nsearch,0,-,1,1,x\nroute,",
	    "stands above already");
	check_bad("median_ns,", "median,", "missing column median_ns");
	g_assert_null(costs_file_load("epyc_vm", ".", &path, &hash, &error));
	g_assert_nonnull(strstr(error->message, "did you mean 'epyc-vm'?"));
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/costs_file/builtin_is_complete", test_builtin);
	g_test_add_func("/costs_file/epyc_vm_as_measured", test_epyc);
	g_test_add_func("/costs_file/builtin_is_the_file", test_same_file);
	g_test_add_func("/costs_file/bad_tables", test_bad);
	return (g_test_run());
}
