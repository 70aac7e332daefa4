/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The table of parameters holds together, and so do the small languages of its
 * values.
 */

#include <string.h>

#include <glib.h>

#include "models/machine/load.h"
#include "models/net/net.h"
#include "models/registry.h"
#include "study/scenario/addrs.h"
#include "study/scenario/distribution.h"
#include "study/scenario/param.h"
#include "study/scenario/value.h"
#include "study/text/nearest.h"

/* Room for the largest struct that a value goes into. */
union target {
	struct run_conf	run;
	struct workload_conf workload;
	struct param_head head;
	unsigned char	bytes[sizeof(struct run_conf)];
};

static size_t
target_size(const struct param *p)
{

	switch (p->target) {
	case PARAM_IN_RUN:
		return (sizeof(struct run_conf));
	case PARAM_IN_WORKLOAD:
		return (sizeof(struct workload_conf));
	case PARAM_IN_OBSERVER:
		return (sizeof(struct observer_conf));
	case PARAM_IN_HEAD:
		return (sizeof(struct param_head));
	default:
		return (0);
	}
}

static void
test_table(void)
{
	const struct param *p, *q;

	for (p = param_table; p->group != NULL; p++) {
		g_test_message("%s.%s", p->group, p->key);
		g_assert_nonnull(p->doc);
		g_assert_true(g_str_has_suffix(p->doc, "."));
		g_assert_true(p->min <= p->max);
		g_assert_true((p->choices != NULL) ==
		    (p->type == PARAM_CHOICE || p->type == PARAM_FLAGS));
		g_assert_cmpuint(p->offset + p->size, <=, target_size(p));
		g_assert_null(strchr(p->group, '.'));
		for (q = param_table; q < p; q++) {
			g_assert_false(strcmp(p->group, q->group) == 0 &&
			    strcmp(p->key, q->key) == 0);
			/* Two keys share a field only across kernels. */
			if (((p->flags | q->flags) & PARAM_OTHERS) != 0)
				continue;
			g_assert_false(p->target == q->target &&
			    p->target != PARAM_IN_NOTHING &&
			    p->offset < q->offset + q->size &&
			    q->offset < p->offset + p->size);
		}
	}
}

/* Each default is good, goes where it belongs, and nowhere else. */
static void
test_defaults(void)
{
	const struct param *p;
	union target t;
	size_t i;

	for (p = param_table; p->group != NULL; p++) {
		g_autoptr(GError) error = NULL;
		struct value *v, *again;

		if (p->def == NULL)
			continue;
		v = value_new(p, p->def, ".", &error);
		g_assert_no_error(error);
		again = value_new(p, v->text, ".", &error);
		g_assert_no_error(error);
		g_assert_cmpstr(v->text, ==, again->text);
		if (p->target != PARAM_IN_NOTHING) {
			memset(&t, 0xa5, sizeof(t));
			value_store(v, &t);
			for (i = 0; i < sizeof(t); i++)
				if ((i < p->offset ||
				    i >= p->offset + p->size) &&
				    (p->count_offset == 0 ||
				    i < p->count_offset || i >=
				    p->count_offset + sizeof(unsigned)))
					g_assert_cmpuint(t.bytes[i], ==, 0xa5);
		}
		value_free(again);
		value_free(v);
	}
}

/* What a load needs or takes are keys, and every such key has a load. */
static void
test_loads(void)
{
	const struct load *const *l;
	const struct param *p;
	unsigned i, n;

	for (l = registry_loads; *l != NULL; l++) {
		g_autofree char *all = g_strconcat((*l)->needs, ";",
		    (*l)->takes, NULL);
		g_auto(GStrv) keys = g_strsplit(all, ";", -1);

		for (i = 0; keys[i] != NULL; i++)
			if (*keys[i] != '\0') {
				p = param_find("workload:x", keys[i]);
				g_assert_nonnull(p);
				g_assert_true(p->flags & PARAM_BY_LOAD);
			}
	}
	for (p = param_table; p->group != NULL; p++) {
		if (!(p->flags & PARAM_BY_LOAD))
			continue;
		for (l = registry_loads, n = 0; *l != NULL; l++)
			n += strstr((*l)->needs, p->key) != NULL ||
			    strstr((*l)->takes, p->key) != NULL;
		g_test_message("%s: %u loads", p->key, n);
		g_assert_cmpuint(n, >, 0);
	}
}

static void
test_find(void)
{

	g_assert_nonnull(param_find("host", "cpus"));
	g_assert_nonnull(param_find("kernel", "net.inet.tcp.msl"));
	g_assert_nonnull(param_find("workload:nginx", "rate"));
	g_assert_null(param_find("workload", "rate"));
	g_assert_null(param_find("host:x", "cpus"));
	g_assert_null(param_find("host", "cpu"));
	g_assert_true(param_group_known("variant:v"));
	g_assert_false(param_group_known("variants:v"));
	g_assert_false(param_group_known("expect"));
}

static void
test_nearest(void)
{
	static const char *const names[] = { "cpus", "laddrs", "maxsockets" };
	static const char *const stacks[] = { "freebsd-11", "freebsd-12.0" };

	g_assert_cmpuint(nearest_distance("abc", "abc"), ==, 0);
	g_assert_cmpuint(nearest_distance("abc", "acb"), ==, 1);
	g_assert_cmpuint(nearest_distance("abc", ""), ==, 3);
	g_assert_cmpuint(nearest_distance("kitten", "sitting"), ==, 3);
	g_assert_cmpuint(nearest_distance("CA", "abc"), ==, 3);
	g_assert_cmpstr(nearest_find("cpu", names, 3), ==, "cpus");
	g_assert_cmpstr(nearest_find("Ladrs", names, 3), ==, "laddrs");
	g_assert_cmpstr(nearest_find("max", names, 3), ==, "maxsockets");
	/* More of a name to come is nearer than another name. */
	g_assert_cmpstr(nearest_find("freebsd-12", stacks, 2), ==,
	    "freebsd-12.0");
	g_assert_null(nearest_find("xyzzy", names, 3));
	g_assert_null(nearest_find("", names, 3));
	g_assert_null(nearest_find("cpus", names, 0));
}

static void
check_addrs(const char *text, unsigned n, const char *canonical)
{
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	GArray *list;

	list = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	g_assert_true(addrs_parse(text, ADDRS_MAX, list, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(list->len, ==, n);
	addrs_add(out, (const uint32_t *)(void *)list->data, list->len);
	g_assert_cmpstr(out->str, ==, canonical);
	g_array_unref(list);
}

static void
test_addrs(void)
{
	static const char *const bad[] = { "", ";", "1.2.3", "1.2.3.4.5",
	    "1.2.3.256", "01.2.3.4", "1.2.3.4*0", "1.2.3.4*", "1.2.3.4*x",
	    "1.2.3.4*-1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
	    "223.255.255.255*2", "1.2.3.4*65537", "::1", "localhost",
	    "1.2.3.4;;1.2.3.5", "1.2.3.4 5.6.7.8", "*3" };
	unsigned i;

	check_addrs("198.51.100.1", 1, "198.51.100.1");
	check_addrs("198.51.100.1*50", 50, "198.51.100.1*50");
	check_addrs(" 10.0.0.254 * 4 ;10.0.1.2;", 5, "10.0.0.254*5");
	check_addrs("10.0.0.2; 10.0.0.1; 10.0.0.2", 3,
	    "10.0.0.2; 10.0.0.1*2");
	check_addrs("10.0.0.1; 10.0.0.1", 2, "10.0.0.1; 10.0.0.1");
	check_addrs("10.0.0.1*64Ki", 65536, "10.0.0.1*65536");
	for (i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;
		GArray *list;

		g_test_message("'%s'", bad[i]);
		list = g_array_new(FALSE, FALSE, sizeof(uint32_t));
		g_assert_false(addrs_parse(bad[i], ADDRS_MAXLOCAL, list,
		    &error));
		g_assert_nonnull(error);
		g_array_unref(list);
	}
}

static void
check_distribution(const char *text, const char *canonical)
{
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	struct distribution ds;

	g_assert_true(distribution_parse(text, "tests/study/data", &ds,
	    &error));
	g_assert_no_error(error);
	distribution_add(out, &ds);
	g_assert_cmpstr(out->str, ==, canonical);
	distribution_fini(&ds);
}

static void
test_distributions(void)
{
	static const char *const bad[] = { "", "constant", "constant()",
	    "constant(1)", "constant(1s, 2s)", "constant(1s", "uniform(1s)",
	    "exponential(-1s)", "exponential(700h)", "lognormal(1s, 1s)",
	    "lognormal(1s, 11)", "lognormal(1s, nan)", "pareto(1s, 0.05)",
	    "empirical()", "empirical(bad/INDEX.csv)",
	    "empirical(bad/37_header_only.csv)", "(1s)" };
	struct distribution ds;
	unsigned i;

	check_distribution("constant(1h)", "constant(1h)");
	check_distribution("uniform( 0 , 1500ms )", "uniform(0, 1500ms)");
	check_distribution("exponential(60s)", "exponential(1min)");
	check_distribution("lognormal(60s, 1.20)", "lognormal(1min, 1.2)");
	check_distribution("lognormal(60s, 0.000001)",
	    "lognormal(1min, 0.000001)");
	check_distribution("pareto (1ms, 1.1)", "pareto(1ms, 1.1)");
	check_distribution("empirical(bad/05_quoted_plain.csv)",
	    "empirical(tests/study/data/bad/05_quoted_plain.csv)");
	g_assert_true(distribution_parse("empirical(bad/05_quoted_plain.csv)",
	    "tests/study/data", &ds, NULL));
	g_assert_cmpuint(ds.dist.ntable, ==, 2);
	g_assert_cmpint(ds.dist.table[0], ==, 250 * SIM_MS);
	g_assert_cmpint(ds.dist.table[1], ==, 1500 * SIM_MS);
	distribution_fini(&ds);
	for (i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;

		g_test_message("'%s'", bad[i]);
		g_assert_false(distribution_parse(bad[i], "tests/study/data",
		    &ds, &error));
		g_assert_nonnull(error);
		distribution_fini(&ds);
	}
}

static void
test_profiles(void)
{
	static const char *const bad[] = { "", "30s: 2k/s", "2k/s; 8k/s",
	    "2k/s; 30s: 8k/s; 30s: 1/s", "2k/s; 0: 1/s", "2k/s;",
	    "2k/s; 30: 1/s", "2k/s; 30s: 8k" };
	g_autoptr(GString) out = g_string_new(NULL);
	GArray *steps;
	unsigned i;

	steps = g_array_new(FALSE, FALSE, sizeof(struct rate_step));
	g_assert_true(profile_parse("2k/s; 30s: 8k/s;60s:2k/s", steps, NULL));
	g_assert_cmpuint(steps->len, ==, 3);
	profile_add(out, (const struct rate_step *)(void *)steps->data,
	    steps->len);
	g_assert_cmpstr(out->str, ==, "2000/s; 30s: 8000/s; 1min: 2000/s");
	g_array_unref(steps);
	for (i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;

		g_test_message("'%s'", bad[i]);
		steps = g_array_new(FALSE, FALSE, sizeof(struct rate_step));
		g_assert_false(profile_parse(bad[i], steps, &error));
		g_assert_nonnull(error);
		g_array_unref(steps);
	}
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/param/table_holds_together", test_table);
	g_test_add_func("/param/defaults_are_good", test_defaults);
	g_test_add_func("/param/loads_name_keys", test_loads);
	g_test_add_func("/param/find", test_find);
	g_test_add_func("/nearest/edits", test_nearest);
	g_test_add_func("/addrs/lists", test_addrs);
	g_test_add_func("/distribution/text", test_distributions);
	g_test_add_func("/profile/text", test_profiles);
	return (g_test_run());
}
