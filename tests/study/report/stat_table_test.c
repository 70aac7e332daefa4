/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The table "Side by side": with one replication bare figures, with three
 * their spread and what differs.
 */

#include "study/report/stat_table.h"
#include "study/text/mail.h"
#include "tests/study/fixture.h"

/* Both variants of the small fixture, `n' replications of each. */
static struct experiment *
table_experiment(struct scenario *sc, unsigned n)
{

	fixture_scenario(sc);
	sc->replications = n;
	return (fixture_experiment(sc, fixture_small));
}

static char *
table_text(const struct experiment *e)
{
	g_auto(GStrv) lines = NULL;
	GString *out;
	char **line;

	out = g_string_new(NULL);
	stat_table_add(e, out);
	lines = g_strsplit(out->str, "\n", -1);
	for (line = lines; *line != NULL; line++) {
		if (strlen(*line) > MAIL_WIDTH)
			g_test_message("too wide: %s", *line);
		g_assert_cmpuint(strlen(*line), <=, MAIL_WIDTH);
	}
	return (g_string_free(out, FALSE));
}

/* Does a line hold these words, with any blanks between them? */
static void
table_has(const char *text, const char *words)
{
	g_auto(GStrv) lines = NULL;
	g_autofree char *regex = NULL;
	char **line;

	regex = g_strdup_printf("^%s$", words);
	lines = g_strsplit(text, "\n", -1);
	for (line = lines; *line != NULL; line++)
		if (g_regex_match_simple(regex, *line, 0, 0))
			return;
	g_test_message("no line '%s' in:\n%s", words, text);
	g_test_fail();
}

static void
one_has_no_spread(void)
{
	g_autofree char *text = NULL;
	struct experiment *e;
	struct scenario sc;

	e = table_experiment(&sc, 1);
	text = table_text(e);
	g_assert_null(strstr(text, "+/-"));
	g_assert_null(strstr(text, "proven"));
	table_has(text, "longest stall +1.5 ms +0");
	experiment_free(e);
}

static void
two_prove_nothing(void)
{
	g_autofree char *text = NULL;
	struct experiment *e;
	struct scenario sc;

	e = table_experiment(&sc, 2);
	text = table_text(e);
	g_assert_null(strstr(text, "+/-"));
	table_has(text, "No spread is told: it takes 3 whole replications.");
	experiment_free(e);
}

/*
 * Stalls of 1, 2 and 3 ms: 2 ms, half = 4.302653 x 1 ms / sqrt(3) = 2.48 ms.
 * Less 0, 1 and 2.9 ms they are 1, 1 and 0.1 ms: 0.7 ms, s = 0.5196 ms, half =
 * 1.291 ms, which proves nothing.  (0, 1, 2.9 themselves: s = 1.473, half =
 * 3.66.)
 */
static void
three_by_hand(void)
{
	static const simtime old[] = { 1000, 2000, 3000 };
	static const simtime new[] = { 0, 1000, 2900 };
	g_autofree char *text = NULL;
	struct experiment *e;
	struct scenario sc;
	struct stat_diff d;
	unsigned i;

	e = table_experiment(&sc, 3);
	for (i = 0; i < 3; i++) {
		e->results[i]->stall_max = old[i] * SIM_US;
		e->results[3 + i]->stall_max = new[i] * SIM_US;
		e->results[3 + i]->visits_max = 11 + i;
		e->results[3 + i]->wait_max = (4 + i) * SIM_MS;
	}
	g_assert_true(stat_table_diff(e, 0, 1, "stall_max_us", &d));
	g_assert_cmpfloat(fabs(d.diff + 700), <, 1e-9);
	g_assert_cmpfloat(fabs(d.half - 1290.8), <, 0.1);
	g_assert_false(d.proven);
	text = table_text(e);
	table_has(text, "longest stall +2 ms \\+/- 2.5 ms +1.3 ms \\+/- "
	    "3.7 ms");
	table_has(text, "No difference proven: longest stall.");
	/* 12 +/- 2.48 visits against a million, 5 +/- 2.48 ms against none. */
	table_has(text, "list nodes visited, most +1,000,000 +12 \\+/- 2.5");
	table_has(text, "list nodes visited, most +-1,000,000 \\+/- 2.5 +"
	    "-100 %");
	table_has(text, "longest wait for a lock +\\+5 ms \\+/- 2.5 ms +-");
	/* The same in every replication, and so exactly different. */
	table_has(text, "failed +-6 \\+/- 0 +-100 %");
	table_has(text, "proposed less current +difference");
	experiment_free(e);
}

/* What is not there in each replication has no mean. */
static void
absent_is_told(void)
{
	g_autofree char *text = NULL;
	struct experiment *e;
	struct scenario sc;
	struct stat_diff d;

	e = table_experiment(&sc, 3);
	e->results[1]->first_exhaustion = SIM_NEVER;
	g_assert_false(stat_table_diff(e, 0, 1, "first_exhaustion_s", &d));
	text = table_text(e);
	table_has(text, "first failure for want of a port +in 2 of 3 +never");
	/* Of the console's lag the fixture has no value for `proposed'. */
	table_has(text, "Not in every replication: first failure for want of "
	    "a port; first");
	experiment_free(e);
}

/* A run that was stopped has no say. */
static void
stopped_has_no_spread(void)
{
	g_autofree char *text = NULL;
	struct experiment *e;
	struct scenario sc;
	struct stat_diff d;

	e = table_experiment(&sc, 3);
	e->results[4]->complete = false;
	g_assert_false(stat_table_diff(e, 0, 1, "stall_max_us", &d));
	text = table_text(e);
	g_assert_null(strstr(text, "+/-"));
	experiment_free(e);
}

/* The widest figures still go beside each other, or below. */
static void
wide_figures_fit(void)
{
	g_autofree char *text = NULL;
	struct experiment *e;
	struct scenario sc;
	unsigned i;

	e = table_experiment(&sc, 3);
	for (i = 0; i < 6; i++)
		e->results[i]->searches = UINT64_C(1000000000000) +
		    i * UINT64_C(123456789012);
	text = table_text(e);
	table_has(text, "searches for a port +1,123,456,789,012 \\+/- "
	    "310,000,000,000");
	experiment_free(e);
}

/* Beside a thousand, no tenths, and commas as of what is counted. */
static void
large_means_have_commas(void)
{
	g_autofree char *text = NULL;
	struct experiment *e;
	struct scenario sc;
	unsigned i;

	e = table_experiment(&sc, 3);
	for (i = 0; i < 6; i++)
		hist_add(e->results[i]->probes, 6300 + i * 100);
	text = table_text(e);
	table_has(text, "probes a search, mean +2,135 \\+/- 83 +2,235 \\+/- "
	    "83");
	experiment_free(e);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/stat_table/one_has_no_spread", one_has_no_spread);
	g_test_add_func("/stat_table/two_prove_nothing", two_prove_nothing);
	g_test_add_func("/stat_table/three_by_hand", three_by_hand);
	g_test_add_func("/stat_table/absent_is_told", absent_is_told);
	g_test_add_func("/stat_table/stopped_has_no_spread",
	    stopped_has_no_spread);
	g_test_add_func("/stat_table/wide_figures_fit", wide_figures_fit);
	g_test_add_func("/stat_table/large_means_have_commas",
	    large_means_have_commas);
	return (g_test_run());
}
