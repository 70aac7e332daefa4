/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Sweeps: values of axes, order of cells, numbers and ids of runs, and what is
 * said of a file that is wrong.
 */

#include <string.h>

#include <glib/gstdio.h>

#include "study/run/version.h"
#include "study/sweep/file.h"
#include "study/sweep/sweep.h"
#include "study/text/problem.h"

#define	SCENARIO	"tests/study/data/seed.ini"

/* The values of an axis, "500/s 1000/s"; or the error. */
static char *
axis_values(const char *path, const char *text)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *group = NULL;
	struct sweep_axis *ax;
	const char *dot;
	GString *s;
	guint i;

	dot = strchr(path, '.');
	group = g_strndup(path, (gsize)(dot - path));
	ax = sweep_axis_new(path, param_find(group, dot + 1), text, ".",
	    &error);
	s = g_string_new(NULL);
	if (ax == NULL) {
		g_string_append_printf(s, "error: %s", error->message);
		return (g_string_free(s, FALSE));
	}
	for (i = 0; i < ax->points->len; i++)
		g_string_append_printf(s, "%s%s", i > 0 ? " " : "",
		    sweep_axis_point(ax, i)->text);
	g_string_append_printf(s, " as %s", ax->column);
	sweep_axis_free(ax);
	return (g_string_free(s, FALSE));
}

static void
axis_lists_and_ranges(void)
{
	static const struct {
		const char	*path, *text, *values;
	} cases[] = {
		{ "host.cpus", "2;8;32", "2 8 32 as host.cpus" },
		{ "host.cpus", " 2 ; 8 ;", "2 8 as host.cpus" },
		{ "host.cpus", "1;4..8 step 2", "1 4 6 8 as host.cpus" },
		{ "host.cpus", "4..9 step 2", "4 6 8 as host.cpus" },
		{ "host.cpus", "1..9 *2", "1 2 4 8 as host.cpus" },
		/* A factor that rounds to nothing still moves on. */
		{ "host.cpus", "1..4 *1.1", "1 2 3 4 as host.cpus" },
		{ "workload:w.rate", "500/s..4k/s *2",
		    "500/s 1000/s 2000/s 4000/s as workload:w.rate_per_s" },
		{ "kernel.net.inet.tcp.msl", "5s..30s step 12500ms",
		    "5s 17500ms 30s as kernel.net.inet.tcp.msl_s" },
		/* What is no number alone has no unit. */
		{ "workload:w.rate", "2k/s | 2k/s; 30s: 8k/s",
		    "2000/s 2000/s; 30s: 8000/s as workload:w.rate" },
		{ "workload:w.bind", "none;laddr",
		    "none laddr as workload:w.bind" },
		{ "host.laddrs", "198.51.100.1*2;198.51.100.1",
		    "198.51.100.1*2 198.51.100.1 as host.laddrs" }
	};
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *got = NULL;

		got = axis_values(cases[i].path, cases[i].text);
		g_assert_cmpstr(got, ==, cases[i].values);
	}
}

static void
axis_errors(void)
{
	static const struct {
		const char	*path, *text, *says;
	} cases[] = {
		{ "host.cpus", "2;8x", "'8x': unknown unit" },
		{ "host.cpus", "2,8", "values are separated with ;" },
		{ "host.cpus", "2;;8", "is empty" },
		{ "host.cpus", "", "is empty" },
		{ "host.cpus", "2..8", "how far apart?" },
		{ "host.cpus", "8..2 step 1", "the first is above the last" },
		{ "host.cpus", "2..8 step 0", "never gets to the last" },
		{ "host.cpus", "2..8 *1", "never gets to the last" },
		{ "host.cpus", "0..8 *2", "never gets to the last" },
		{ "host.cpus", "1..100000 *2", "out of range" },
		{ "workload:w.rate", "1..4k/s *2", "the unit is missing" },
		{ "kernel.net.inet.tcp.msl", "1s..9s step 2",
		    "the unit is missing" }
	};
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *got = NULL;

		got = axis_values(cases[i].path, cases[i].text);
		g_assert_true(g_str_has_prefix(got, "error: "));
		if (strstr(got, cases[i].says) == NULL)
			g_error("%s = %s: %s", cases[i].path, cases[i].text,
			    got);
	}
}

/* ---- files ------------------------------------------------------------- */

static struct sweep *
sweep_of(const char *scenario, const char *text, GError **error)
{
	g_autofree char *path = NULL, *whole = NULL;
	struct sweep *sw;
	int fd;

	fd = g_file_open_tmp("sweep-XXXXXX.sweep", &path, NULL);
	g_assert_cmpint(fd, >=, 0);
	g_close(fd, NULL);
	whole = g_strconcat("[sweep]\nscenario = ", scenario, "\n", text,
	    NULL);
	g_assert_true(g_file_set_contents(path, whole, -1, NULL));
	sw = sweep_load(path, error);
	g_unlink(path);
	return (sw);
}

static struct sweep *
sweep_good(const char *text)
{
	g_autoptr(GError) error = NULL;
	struct sweep *sw;

	sw = sweep_of(SCENARIO, text, &error);
	g_assert_no_error(error);
	return (sw);
}

static void
assert_cell(const struct sweep *sw, unsigned cell, const char *text)
{
	g_autofree char *got = sweep_cell_text(sw, cell);

	g_assert_cmpstr(got, ==, text);
}

static void
cells_first_axis_is_slowest(void)
{
	struct sweep *sw;

	sw = sweep_good("host.cpus = 2;8\nkernel.net.inet.tcp.msl = 5s;30s\n");
	g_assert_cmpuint(sw->cells->len, ==, 4);
	assert_cell(sw, 0, "host.cpus = 2, kernel.net.inet.tcp.msl = 5s");
	assert_cell(sw, 1, "host.cpus = 2, kernel.net.inet.tcp.msl = 30s");
	assert_cell(sw, 2, "host.cpus = 8, kernel.net.inet.tcp.msl = 5s");
	assert_cell(sw, 3, "host.cpus = 8, kernel.net.inet.tcp.msl = 30s");
	sweep_free(sw);
}

static void
cells_zip_is_lockstep(void)
{
	struct sweep *sw;

	sw = sweep_good("host.cpus = 2;8\nkernel.net.inet.tcp.msl = 5s;30s\n"
	    "inbound.segments = 1k/s;2k/s\n"
	    "zip = host.cpus,inbound.segments\n");
	g_assert_cmpuint(sw->cells->len, ==, 4);
	assert_cell(sw, 1, "host.cpus = 2, kernel.net.inet.tcp.msl = 30s, "
	    "inbound.segments = 1000/s");
	assert_cell(sw, 2, "host.cpus = 8, kernel.net.inet.tcp.msl = 5s, "
	    "inbound.segments = 2000/s");
	sweep_free(sw);
}

static void
cells_constraint_chooses(void)
{
	struct sweep *sw;

	sw = sweep_good("host.cpus = 1;2;4\n"
	    "workload:nginx.rate = 500/s..2k/s *2\n"
	    "host.laddrs = 198.51.100.1;198.51.100.1*50\n"
	    "constraint = workload:nginx.rate <= 500 * host.cpus && "
	    "host.laddrs - 1 > 0\n");
	/* 1: 500; 2: 500, 1000; 4: all three. */
	g_assert_cmpuint(sw->cells->len, ==, 6);
	g_assert_cmpuint(sw->npoints, ==, 18);
	assert_cell(sw, 2, "host.cpus = 2, workload:nginx.rate = 1000/s, "
	    "host.laddrs = 198.51.100.1*50");
	sweep_free(sw);
	/* What divides by 0 does not hold. */
	sw = sweep_good("host.cpus = 1;2;4\n"
	    "constraint = 1 / (host.cpus - 2) > 0\n");
	g_assert_cmpuint(sw->cells->len, ==, 1);
	assert_cell(sw, 0, "host.cpus = 4");
	sweep_free(sw);
}

static void
cells_set_the_scenario(void)
{
	g_autoptr(GError) error = NULL;
	struct scenario *sc;
	struct sweep *sw;

	sw = sweep_good("replications = 7\nhost.cpus = 2;8\n"
	    "variant:proposed.kernel.net.inet.tcp.msl = 5s;30s\n"
	    "[labels]\nhost.cpus = small;large\n");
	assert_cell(sw, 2, "host.cpus = large, "
	    "variant:proposed.kernel.net.inet.tcp.msl = 5s");
	sc = sweep_cell_load(sw, 2, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(sc->variants[0].conf.host.cpus, ==, 8);
	g_assert_cmpint(sc->variants[0].conf.kernel.msl, ==, 30 * SIM_S);
	g_assert_cmpint(sc->variants[1].conf.kernel.msl, ==, 5 * SIM_S);
	scenario_free(sc);
	sweep_free(sw);
}

/* ---- runs -------------------------------------------------------------- */

static char *
run_id(const struct sweep *sw, uint64_t idx, const char *build)
{
	char id[SWEEP_IDLEN + 1];
	struct sweep_run run;

	sweep_run_at(sw, idx, &run);
	sweep_run_id(sw, &run, build, id);
	g_assert_cmpuint(strlen(id), ==, SWEEP_IDLEN);
	return (g_strdup(id));
}

static void
runs_replication_is_outermost(void)
{
	struct sweep_run run;
	struct sweep *sw;

	sw = sweep_good("replications = 3\nhost.cpus = 2;8;16\n");
	g_assert_cmpuint(sw->nruns, ==, 18);
	sweep_run_at(sw, 0, &run);
	g_assert_cmpuint(run.cell + run.variant + run.replication, ==, 0);
	sweep_run_at(sw, 2, &run);
	g_assert_cmpuint(run.cell, ==, 2);
	g_assert_cmpuint(run.variant, ==, 0);
	sweep_run_at(sw, 3, &run);
	g_assert_cmpuint(run.cell, ==, 0);
	g_assert_cmpuint(run.variant, ==, 1);
	sweep_run_at(sw, 6, &run);
	g_assert_cmpuint(run.replication, ==, 1);
	g_assert_cmpuint(run.cell + run.variant, ==, 0);
	sweep_free(sw);
}

/* More of anything leaves the ids of what was there. */
static void
ids_say_what_decides(void)
{
	g_autoptr(GHashTable) seen = NULL;
	struct sweep *less, *more;
	uint64_t i;

	less = sweep_good("replications = 2\nhost.cpus = 2;8\n");
	more = sweep_good("replications = 4\nhost.cpus = 2;8\n");
	for (i = 0; i < less->nruns; i++) {
		g_autofree char *a = run_id(less, i, "1");
		g_autofree char *b = run_id(more, i, "1");
		g_autofree char *c = run_id(more, i, "2");

		g_assert_cmpstr(a, ==, b);
		g_assert_cmpstr(a, !=, c);
	}
	seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (i = 0; i < more->nruns; i++)
		g_assert_true(g_hash_table_add(seen, run_id(more, i, "1")));
	sweep_free(less);
	less = sweep_good("host.cpus = 1;8\n");
	{
		g_autofree char *other = run_id(less, 0, "1");
		g_autofree char *same = run_id(less, 1, "1");

		g_assert_false(g_hash_table_contains(seen, other));
		g_assert_true(g_hash_table_contains(seen, same));
	}
	sweep_free(less);
	sweep_free(more);
}

/* Each cell of very many has a name of its own, but few are loaded for it. */
static void
ids_of_many_cells(void)
{
	g_autoptr(GHashTable) seen = NULL;
	struct sweep *sw;
	uint64_t i;

	sw = sweep_good("host.cpus = 1..128 step 1\n"
	    "scenario.seed = 1..300 step 1\n");
	g_assert_cmpuint(sw->cells->len, ==, 128 * 300);
	g_assert_cmpuint(sw->cells->len, >, SWEEP_TRYCELLS);
	seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (i = 0; i < sw->nruns; i++)
		g_assert_true(g_hash_table_add(seen, run_id(sw, i, "1")));
	sweep_free(sw);
}

/* A variant that an axis does not reach has one run for all its values. */
static void
ids_of_what_does_nothing(void)
{
	g_autofree char *a = NULL, *b = NULL, *c = NULL, *d = NULL;
	struct sweep *sw;

	sw = sweep_good("variant:proposed.host.cpus = 2;8\n");
	g_assert_cmpuint(sw->nruns, ==, 4);
	a = run_id(sw, 0, "1");
	b = run_id(sw, 1, "1");
	c = run_id(sw, 2, "1");
	d = run_id(sw, 3, "1");
	g_assert_cmpstr(a, ==, b);
	g_assert_cmpstr(c, !=, d);
	g_assert_cmpstr(a, !=, c);
	sweep_free(sw);
}

/* ---- what is wrong ----------------------------------------------------- */

static void
errors_say_where(void)
{
	static const struct {
		const char	*text, *says;
	} cases[] = {
		{ "host.cpsu = 2\n", ":3: [sweep] host.cpsu = 2: "
		    "there is no key 'cpsu'; did you mean 'cpus'?" },
		{ "hots.cpus = 2\n", "'hots' is no group of parameters" },
		{ "workload:ngnix.rate = 1/s\n",
		    "no [workload:ngnix]; did you mean 'workload:nginx'?" },
		{ "variant:proposed.host.cpsu = 2\n",
		    "did you mean 'cpus'?" },
		{ "host.cpus = 2;x\n", ":3: [sweep] host.cpus = 2;x: 'x': " },
		{ "replicatoins = 2\n", "did you mean 'replications'?" },
		{ "replications = 0\n", "allowed: 1 to 10000" },
		{ "scenario.replications = 2;3\n", "set replications = N" },
		{ "scenario.title = a;b\n", "is not to be swept" },
		{ "host.cpus = 2\nzip = host.cpus,host.maxsockets\n",
		    ":4: [sweep] zip = host.cpus,host.maxsockets: "
		    "host.maxsockets is no parameter that is swept" },
		{ "host.cpus = 2\nhost.maxsockets = 2k;4k\n"
		    "zip = host.cpus,host.maxsockets\n",
		    "host.cpus has 1 values, but host.maxsockets has 2" },
		{ "host.cpus = 2;8\nconstraint = host.cpu > 2\n",
		    ":4: [sweep] constraint = host.cpu > 2: at character 1: "
		    "expected a parameter that is swept" },
		{ "host.cpus = 2;8\nconstraint = 1 < host.cpsu\n",
		    "did you mean 'host.cpus'?" },
		{ "host.cpus = 2;8\nconstraint = host.cpus > 2k/s\n",
		    "expected a plain number" },
		{ "host.cpus = 2;8\nconstraint = host.cpus\n",
		    ":4: [sweep] constraint = host.cpus: at character 10: "
		    "expected a comparison" },
		{ "host.cpus = 2;8\nconstraint = host.cpus > 9\n",
		    "no combination is left" },
		{ "workload:nginx.bind = none;laddr\n"
		    "constraint = workload:nginx.bind > 1\n",
		    "the values of workload:nginx.bind are no numbers" },
		{ "host.cpus = 2;8\n[labels]\nhost.cpus = a\n",
		    ":5: [labels] host.cpus = a: 1 names, but host.cpus has 2 "
		    "values" },
		{ "host.cpus = 2;8;2\n",
		    ":3: [sweep] host.cpus = 2;8;2: the value 2 stands there "
		    "twice" },
		{ "host.cpus = 2;8;2\nscenario.seed = 1;2;1\n"
		    "zip = host.cpus,scenario.seed\n",
		    ":3: [sweep] host.cpus = 2;8;2: the value 2 stands there "
		    "twice" },
		{ "host.cpus = 2;8\n[labels]\nhost.cpus = a;a\n",
		    "'a' stands there twice" },
		{ "[lables]\nhost.cpus = 1\n", "did you mean 'labels'?" },
		/* Good alone, but not together. */
		{ "kernel.net.inet.ip.portrange.first = 10000;65000\n"
		    "kernel.net.inet.ip.portrange.last = 64000\n"
		    "host.laddrs = 198.51.100.1\n"
		    "workload:nginx.laddrs = 198.51.100.9\n",
		    "cannot be run" }
	};
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		struct sweep *sw;

		sw = sweep_of(SCENARIO, cases[i].text, &error);
		g_assert_null(sw);
		g_assert_true(error->domain == PROBLEM_DOMAIN);
		if (strstr(error->message, cases[i].says) == NULL)
			g_error("%s: %s", cases[i].text, error->message);
	}
}

static void
warns_of_what_changes_nothing(void)
{
	g_autoptr(GPtrArray) lines = NULL, none = NULL;
	g_autoptr(GError) error = NULL;
	struct sweep *sw;

	sw = sweep_of("scenarios/claim-4-fifty-addresses.ini",
	    "host.cpus = 2;8\nworkload:nginx.bind = laddr;none\n", &error);
	g_assert_no_error(error);
	lines = sweep_warnings(sw);
	g_assert_cmpuint(lines->len, ==, 1);
	g_assert_nonnull(strstr(lines->pdata[0], ":4: workload:nginx.bind "
	    "changes nothing in variant fifty-unbound"));
	sweep_free(sw);
	sw = sweep_good("host.cpus = 2;8\n"
	    "variant:proposed.stack = freebsd-12.2;freebsd-14\n");
	none = sweep_warnings(sw);
	g_assert_cmpuint(none->len, ==, 0);
	sweep_free(sw);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sweep_axis/lists_and_ranges", axis_lists_and_ranges);
	g_test_add_func("/sweep_axis/errors", axis_errors);
	g_test_add_func("/sweep/first_axis_is_slowest",
	    cells_first_axis_is_slowest);
	g_test_add_func("/sweep/zip_is_lockstep", cells_zip_is_lockstep);
	g_test_add_func("/sweep/constraint_chooses", cells_constraint_chooses);
	g_test_add_func("/sweep/cells_set_the_scenario",
	    cells_set_the_scenario);
	g_test_add_func("/sweep/replication_is_outermost",
	    runs_replication_is_outermost);
	g_test_add_func("/sweep/ids_say_what_decides", ids_say_what_decides);
	g_test_add_func("/sweep/ids_of_many_cells", ids_of_many_cells);
	g_test_add_func("/sweep/ids_of_what_does_nothing",
	    ids_of_what_does_nothing);
	g_test_add_func("/sweep/errors_say_where", errors_say_where);
	g_test_add_func("/sweep/warns_of_what_changes_nothing",
	    warns_of_what_changes_nothing);
	return (g_test_run());
}
