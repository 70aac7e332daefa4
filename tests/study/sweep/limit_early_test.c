/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A run of limit that ends when its predicate is decided, or goes on from what
 * its values have in common, answers as one that goes from its start to its
 * end: every value that was tried, of predicates that turn early, late, twice
 * and never, with a warm-up and without.
 */

#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "study/scenario/param.h"
#include "study/sweep/limit.h"

/* Ports run out, what connects without binding fails and holds others up. */
static const char scenario[] =
	"[scenario]\nformat = 1\nduration = 12s\nwarmup = WARMUP\n"
	"[host]\ncpus = 2\nladdrs = 198.51.100.1*4\n"
	"[kernel]\nnet.inet.ip.portrange.first = 10000\n"
	"net.inet.ip.portrange.last = 10999\n"
	"[workload:proxy]\nload = poisson\nrate = 400/s\n"
	"lifetime = exponential(20s)\nbind = laddr\nfaddrs = 203.0.113.1\n"
	"fport = 443\ncloser = remote\n"
	"[workload:tools]\nload = LOAD\nrate = 40/s\n"
	"lifetime = exponential(1s)\nbind = none\nfaddrs = 203.0.113.9*4\n"
	"fport = 80\nretry = 200ms\nstart = 3s\n"
	"[inbound]\nsegments = 2k/s\naccepts = 20/s\n"
	"[variant:old]\nstack = freebsd-12.0\n"
	"[variant:new]\nstack = freebsd-12.2\n";

static const char *const predicates[] = {
	"old.eaddrnotavail > 0", "old.eaddrnotavail > 500", "verdict >= stalls",
	"old.tools_eaddrnotavail > new.tools_eaddrnotavail + 40",
	"old.stall_max_us > 500", "old.ssh_max_ms > 20 || old.frozen_s > 0",
	"old.eaddrnotavail > 20 && old.eaddrnotavail < 3000",
	"verdict >= freezes", "old.served / old.wanted < 0.9",
	"old.connect_p99_us > 300", "old.errors == 0"
};

/* What is varied: it acts from the start on; it does not. */
struct vary {
	const char	*group, *path, *range, *load;
	unsigned	replications, jobs;
};

static const struct vary vary_proxy = {
	"workload:proxy", "workload:proxy.rate", "100/s..1k/s", "poisson", 1, 1
};
static const struct vary vary_tools = {
	"workload:tools", "workload:tools.rate", "0/s..400/s", "poisson", 2, 2
};
static const struct vary vary_steady = {
	"workload:tools", "workload:tools.rate", "1/s..400/s", "steady", 1, 1
};

static GPtrArray *
answers_of(const char *path, const struct vary *vary, const char *until,
    bool whole)
{
	struct limit_conf c = { .scenario = path, .path = vary->path,
	    .until = until, .replications = vary->replications,
	    .jobs = vary->jobs, .whole = whole };
	GPtrArray *answers;
	GError *error;

	error = NULL;
	answers = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)limit_answer_free);
	c.param = param_find(vary->group, "rate");
	g_assert_true(limit_range_parse(vary->range, c.param, &c.range,
	    &error));
	c.range.tolerance = 0.1;
	g_assert_true(limit_run(&c, answers, &error));
	g_assert_no_error(error);
	return (answers);
}

static void
check_replication(const struct limit_replication *a,
    const struct limit_replication *b)
{
	const struct limit_point *p, *q;
	guint i;

	g_assert_cmpint(a->outcome, ==, b->outcome);
	g_assert_cmpuint(a->lo, ==, b->lo);
	g_assert_cmpuint(a->hi, ==, b->hi);
	g_assert_cmpint(a->monotone, ==, b->monotone);
	g_assert_cmpuint(a->points->len, ==, b->points->len);
	for (i = 0; i < a->points->len; i++) {
		p = &g_array_index(a->points, struct limit_point, i);
		q = &g_array_index(b->points, struct limit_point, i);
		g_assert_cmpuint(p->value, ==, q->value);
		g_assert_cmpint(p->holds, ==, q->holds);
	}
}

static char *
replaced(const char *text, const char *word, const char *by)
{
	g_auto(GStrv) parts = NULL;

	parts = g_strsplit(text, word, 2);
	return (g_strjoinv(by, parts));
}

static void
check_warmup(const char *warmup, const struct vary *vary)
{
	g_autofree char *dir = NULL, *path = NULL, *text = NULL, *warm = NULL;
	const struct limit_answer *x, *y;
	GPtrArray *early, *whole;
	unsigned i, k, r;

	dir = g_dir_make_tmp("early-XXXXXX", NULL);
	path = g_build_filename(dir, "early.ini", NULL);
	warm = replaced(scenario, "WARMUP", warmup);
	text = replaced(warm, "LOAD", vary->load);
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	for (i = 0; i < G_N_ELEMENTS(predicates); i++) {
		early = answers_of(path, vary, predicates[i], false);
		whole = answers_of(path, vary, predicates[i], true);
		g_assert_cmpuint(early->len, ==, whole->len);
		for (k = 0; k < early->len; k++) {
			x = early->pdata[k];
			y = whole->pdata[k];
			g_assert_cmpuint(x->n, ==, y->n);
			for (r = 0; r < x->n; r++)
				check_replication(&x->replication[r],
				    &y->replication[r]);
		}
		g_ptr_array_unref(early);
		g_ptr_array_unref(whole);
	}
	(void)g_unlink(path);
	(void)g_rmdir(dir);
}

static void
test_early(void)
{

	check_warmup("0s", &vary_proxy);
}

static void
test_warmup(void)
{

	check_warmup("11s", &vary_proxy);
}

static void
test_shared(void)
{

	check_warmup("0s", &vary_tools);
}

static void
test_shared_steady(void)
{

	check_warmup("2s", &vary_steady);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/limit/early_as_whole", test_early);
	g_test_add_func("/limit/early_after_warmup", test_warmup);
	g_test_add_func("/limit/shared_as_whole", test_shared);
	g_test_add_func("/limit/shared_steady", test_shared_steady);
	return (g_test_run());
}
