/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The first sentence names everybody who was frozen, who was it longest first,
 * and who froze longest where that is not the worst; where nobody was it does
 * not speak of it.
 */

#include <string.h>

#include <glib.h>

#include "study/report/lead.h"

#define	MADE_OBSERVERS	3

static const char *const made_observers[MADE_OBSERVERS] = { "screen",
    "ssh-in", "daemon" };

struct made {
	const char	*name, *verdict;
	unsigned	served, failed;
	double		frozen[MADE_OBSERVERS];	/* s; < 0: not known */
};

static const char *
made_name(const void *made, unsigned v)
{

	return (((const struct made *)made)[v].name);
}

static const char *
made_verdict(const void *made, unsigned v)
{

	return (((const struct made *)made)[v].verdict);
}

static const char *
made_observer(const void *made, unsigned i)
{

	(void)made;
	return (i < MADE_OBSERVERS ? made_observers[i] : NULL);
}

static bool
made_mean(const void *made, unsigned v, const char *metric, double *mean)
{
	static const char *const metrics[MADE_OBSERVERS] = {
	    "screen_frozen_s", "ssh_in_frozen_s", "daemon_frozen_s" };
	const struct made *m;
	unsigned i;

	m = (const struct made *)made + v;
	*mean = strcmp(metric, "served") == 0 ? m->served :
	    strcmp(metric, "failed") == 0 ? m->failed :
	    strcmp(metric, "wanted") == 0 ? m->served + m->failed : 0;
	for (i = 0; i < MADE_OBSERVERS; i++)
		if (strcmp(metric, metrics[i]) == 0)
			*mean = m->frozen[i];
	return (*mean >= 0);
}

static char *
made_figure(const void *made, unsigned v, const char *metric)
{
	double mean;

	if (!made_mean(made, v, metric, &mean))
		return (g_strdup("-"));
	return (g_strdup_printf(strstr(metric, "frozen") != NULL ? "%g s" :
	    "%g", mean));
}

static void
check_lead(const struct made *made, unsigned n, const char *said)
{
	const struct lead lead = { .arg = made, .nvariants = n,
	    .name = made_name, .verdict = made_verdict,
	    .observer = made_observer, .figure = made_figure,
	    .mean = made_mean };
	g_autoptr(GString) s = NULL;

	s = g_string_new(NULL);
	lead_add(&lead, s);
	g_assert_cmpstr(s->str, ==, said);
}

static void
the_longest_comes_first(void)
{
	static const struct made made[] = {
		{ "old", "freezes", 7, 3, { 8, 71, 29 } },
		{ "new", "ok", 10, 0, { 0, 0, 0 } },
	};

	check_lead(made, 2, "old: 10 wanted = 7 served + 3 failed + 0 waiting, "
	    "and frozen: ssh-in for 71 s, daemon for 29 s, screen for 8 s; "
	    "new: 10 wanted = 10 served + 0 failed + 0 waiting, nobody "
	    "frozen");
}

static void
of_nobody_nothing(void)
{
	static const struct made made[] = {
		{ "old", "fails", 9, 1, { 0, 0, 0 } },
		{ "new", "ok", 10, 0, { 0, -1, 0 } },
	};

	check_lead(made, 2, "old: 10 wanted = 9 served + 1 failed + 0 waiting; "
	    "new: 10 wanted = 10 served + 0 failed + 0 waiting");
}

static void
of_what_did_not_run_nothing(void)
{
	static const struct made made[] = {
		{ "old", "freezes", 9, 1, { 0, 2, -1 } },
		{ "new", VERDICT_NOT_RUN, 0, 0, { -1, -1, -1 } },
	};

	check_lead(made, 2, "old: 10 wanted = 9 served + 1 failed + 0 waiting, "
	    "and frozen: ssh-in for 2 s; new: not run");
}

static void
of_many_the_worst_and_the_longest(void)
{
	struct made made[] = {
		{ "a", "ok", 10, 0, { 0, 0, 0 } },
		{ "b", "freezes", 4, 6, { 0, 5, 0 } },
		{ "c", "freezes", 5, 5, { 3, 1, 4 } },
		{ "d", "ok", 10, 0, { 0, 0, 0 } },
	};

	check_lead(made, 4, "freezes: b, c; ok: a, d. The worst, b: 10 wanted "
	    "= 4 served + 6 failed + 0 waiting, and frozen: ssh-in for 5 s; "
	    "frozen longest, c: daemon for 4 s, screen for 3 s, ssh-in for "
	    "1 s");
	/* Nobody longer than the worst. */
	made[2].frozen[0] = 0;
	check_lead(made, 4, "freezes: b, c; ok: a, d. The worst, b: 10 wanted "
	    "= 4 served + 6 failed + 0 waiting, and frozen: ssh-in for 5 s");
}

/* A result of somebody else may have none. */
static void
of_no_variant_nothing(void)
{

	check_lead(NULL, 0, "");
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/lead/the_longest_comes_first",
	    the_longest_comes_first);
	g_test_add_func("/lead/of_nobody_nothing", of_nobody_nothing);
	g_test_add_func("/lead/of_what_did_not_run_nothing",
	    of_what_did_not_run_nothing);
	g_test_add_func("/lead/of_many_the_worst_and_the_longest",
	    of_many_the_worst_and_the_longest);
	g_test_add_func("/lead/of_no_variant_nothing", of_no_variant_nothing);
	return (g_test_run());
}
