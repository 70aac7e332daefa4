/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Scenarios that include others: what goes over what, and each that cannot be
 * had is one problem, with its line.
 */

#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "study/scenario/load.h"
#include "study/scenario/scenario.h"
#include "tests/study/scenario/texts.h"

/* The error is that of an include, with its line, and nothing follows. */
static void
check_includes(const GError *error, const char *what)
{
	g_autofree char *want = g_build_filename(dir, what, NULL);

	g_assert_cmpstr(error->message, ==, want);
}

static char *
make_sub(void)
{
	char *sub;

	sub = g_build_filename(dir, "sub", NULL);
	g_mkdir(sub, 0755);
	return (sub);
}

static void
test_include(void)
{
	g_autofree char *a = NULL, *b = NULL, *sub = make_sub();
	struct scenario *sc;

	a = make_file("sub/base.ini", SMALL WORKLOAD "[host]\ncpus = 2\n"
	    "maxsockets = 2k\n");
	b = make_file("sub/middle.ini", "[scenario]\ninclude = base.ini\n");
	/* Wherever the line stands, this file goes over those. */
	sc = load_good("[host]\ncpus = 4\n[scenario]\ninclude = "
	    "sub/middle.ini\n");
	g_assert_cmpuint(sc->variants[0].conf.host.cpus, ==, 4);
	g_assert_cmpuint(sc->variants[0].conf.host.maxsockets, ==, 2000);
	scenario_free(sc);
}

static void
test_cycles(void)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *b = NULL, *c = NULL, *d = NULL, *sub = make_sub();
	struct scenario *sc;
	unsigned i;

	b = make_file("sub/middle.ini", "[scenario]\ninclude = base.ini\n");
	c = make_file("sub/base.ini", "[scenario]\ninclude = middle.ini\n");
	g_assert_null(load("[scenario]\ninclude = sub/middle.ini\n", &error));
	check_includes(error, "sub/base.ini:2: [scenario] include = "
	    "middle.ini: the file includes itself, by way of this one");
	g_clear_error(&error);
	d = make_file("sub/base.ini", "[scenario]\nformat = 1\ninclude = "
	    "base.ini\n");
	g_assert_null(load("[scenario]\ninclude = sub/base.ini\n[variant:v]\n"
	    "workload:w.rate = 1/s\n", &error));
	check_includes(error, "sub/base.ini:3: [scenario] include = "
	    "base.ini: the file includes itself");
	g_clear_error(&error);
	for (i = 0; i < 10; i++) {
		g_autofree char *name = g_strdup_printf("deep%u.ini", i);
		g_autofree char *text = i == 0 ? g_strdup(SMALL WORKLOAD) :
		    g_strdup_printf("[scenario]\ninclude = deep%u.ini\n",
		    i - 1);
		g_autofree char *path = make_file(name, text);

		g_clear_error(&error);
		sc = scenario_load(path, NULL, 0, NULL, &error);
		g_assert_cmpint(sc != NULL, ==, i <= 8);
		if (sc != NULL)
			scenario_free(sc);
	}
	check_includes(error, "deep1.ini:2: [scenario] include = deep0.ini: "
	    "files include one another more than 8 deep");
}

static void
test_not_there(void)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *sub = make_sub();

	/* What could not be read is one problem, whoever names it .. */
	g_assert_null(load("[scenario]\ninclude = sub/none.ini\n", &error));
	g_assert_null(strchr(error->message, '\n'));
	g_assert_nonnull(strstr(error->message, "there is no file"));
	g_clear_error(&error);
	/* .. and what is wrong with the rest is told, too. */
	g_assert_null(load("[scenario]\ninclude = sub/none.ini\n[host]\n"
	    "cpsu = 2\n", &error));
	g_assert_nonnull(strstr(error->message, "did you mean 'cpus'"));
	g_clear_error(&error);
	check_problem(SMALL WORKLOAD "# x\n[scenario]\ninclude = no.ini\n", 14,
	    "there is no file");
}

int
main(int argc, char **argv)
{
	int rc;

	g_test_init(&argc, &argv, NULL);
	dir = g_dir_make_tmp("include-XXXXXX", NULL);
	g_test_add_func("/include/over_and_under", test_include);
	g_test_add_func("/include/cycles_have_lines", test_cycles);
	g_test_add_func("/include/what_is_not_there_is_one_problem",
	    test_not_there);
	rc = g_test_run();
	{
		const char *argv_rm[] = { "rm", "-rf", dir, NULL };

		g_spawn_sync(NULL, (char **)(uintptr_t)argv_rm, NULL,
		    G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
	}
	g_free(dir);
	return (rc);
}
