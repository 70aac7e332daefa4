/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The mail: what a list would mangle, and what a reader must find.
 */

#include <glib/gstdio.h>

#include "study/plot/chart.h"
#include "study/plot/gnuplot.h"
#include "study/plot/plot.h"
#include "study/report/brief.h"
#include "study/report/report.h"
#include "study/run/results.h"
#include "study/text/mail.h"
#include "tests/study/fixture.h"

static struct experiment *
experiment_busy(struct scenario *sc, struct variant *variants)
{

	fixture_scenario(sc);
	if (variants != NULL)
		sc->variants = variants;
	return (fixture_experiment(sc, fixture_busy));
}

/* No line is too wide, none ends in a blank, all is ASCII. */
static void
check_mail(const char *text)
{
	g_auto(GStrv) lines = NULL;
	const char *p;
	char **line;

	for (p = text; *p != '\0'; p++)
		g_assert_true(*p == '\n' || (*p >= ' ' && *p <= '~'));
	lines = g_strsplit(text, "\n", -1);
	for (line = lines; *line != NULL; line++) {
		if (strlen(*line) > MAIL_WIDTH)
			g_test_message("too wide: %s", *line);
		g_assert_cmpuint(strlen(*line), <=, MAIL_WIDTH);
		g_assert_false(g_str_has_suffix(*line, " "));
	}
	g_assert_true(g_str_has_suffix(text, "\n"));
}

static void
survives_a_list(void)
{
	g_autofree char *text = NULL;
	struct scenario sc;
	struct experiment *e;

	e = experiment_busy(&sc, NULL);
	text = report_text(e, "pcbsim run by-hand.ini", NULL, NULL);
	check_mail(text);
	experiment_free(e);
}

/* Names as long and as odd as somebody may think of. */
static void
odd_names_survive(void)
{
	static char title[] = "Stra\xc3\x9f" "e \xe2\x80\x93 a title that is "
	    "longer than a line of a mail has room for, with \xff in it";
	struct variant odd[2];
	g_autofree char *text = NULL;
	struct scenario sc;
	struct experiment *e;

	odd[0] = fixture_variants[0];
	odd[1] = fixture_variants[1];
	odd[0].name = "a-variant-with-a-name-that-is-much-too-long-for-it";
	odd[1].name = "\xe6\x97\xa5\xe6\x9c\xac";
	e = experiment_busy(&sc, odd);
	sc.title = title;
	e->results[0]->stalls[0].holder = "a-holder-with-a-long-name";
	text = report_text(e, "pcbsim run by-hand.ini", NULL, NULL);
	check_mail(text);
	experiment_free(e);
}

static void
says_what_a_reader_needs(void)
{
	static const char *const needed[] = {
		" wanted = ", " failed + ", "Longest stall ",
		"does a result say what was measured?",
		"800 of 240,800", "58.2 s",
		"$ pcbsim run by-hand.ini", FIXTURE_DIGEST, "seed 42, N = 1",
		"tcphash utilities connect", "require_unique_port",
		"This is a model", "by hand, release 1",
		"docs/LAWS.md", "docs/RECORDED.md",
		"* current: 4.1 ms a connect: 73.2 % waiting for locks, ",
		"gnuplot, which draws them", "not worse than current"
	};
	g_autofree char *text = NULL;
	struct scenario sc;
	struct experiment *e;
	size_t i;

	e = experiment_busy(&sc, NULL);
	text = report_text(e, "pcbsim run by-hand.ini", NULL, NULL);
	for (i = 0; i < G_N_ELEMENTS(needed); i++) {
		if (strstr(text, needed[i]) == NULL)
			g_test_message("missing: %s\n%s", needed[i], text);
		g_assert_nonnull(strstr(text, needed[i]));
	}
	experiment_free(e);
}

/* What got worse is said even when the verdict is better. */
static void
worse_is_told(void)
{
	g_autofree char *text = NULL;
	struct scenario sc;
	struct experiment *e;

	e = experiment_busy(&sc, NULL);
	e->results[1]->wait_max = 5 * SIM_MS;
	text = report_text(e, "x", NULL, NULL);
	/* Of one replication nobody says so. */
	g_assert_null(strstr(text, "is worse than"));
	g_assert_nonnull(strstr(text, "proposed is not as good as current"));
	g_assert_nonnull(strstr(text, "  - wait_max_us: 5 ms against 0\n"));
	experiment_free(e);
}

/* Of what was not run nothing is claimed; of what was cut short, no rank. */
static void
not_run_is_said(void)
{
	static const char *const said[] = { "proposed: not run. Longest",
	    "proposed (new-2, address and port together): not run.\n",
	    "Nothing is compared: the runs are incomplete.",
	    "\nproposed: not run.\n", "means of what ran" };
	static const char *const not_said[] = { "Of -", "wanted = -", "for -",
	    "-> -", "not worse than", "proposed: no stall" };
	g_autofree char *text = NULL;
	struct scenario sc;
	struct experiment *e;
	size_t i;

	e = experiment_busy(&sc, NULL);
	g_clear_pointer(&e->results[1], run_result_free);
	text = report_text(e, "x", NULL, NULL);
	check_mail(text);
	for (i = 0; i < G_N_ELEMENTS(said); i++) {
		g_test_message("%s", said[i]);
		g_assert_nonnull(strstr(text, said[i]));
	}
	for (i = 0; i < G_N_ELEMENTS(not_said); i++) {
		g_test_message("%s", not_said[i]);
		g_assert_null(strstr(text, not_said[i]));
	}
	experiment_free(e);
}

/* A time that came in some replications did not come "never". */
static void
some_replications_are_counted(void)
{
	g_autoptr(GString) table = NULL;
	g_autofree char *text = NULL;
	struct scenario sc;
	struct experiment *e;

	fixture_scenario(&sc);
	sc.replications = 3;
	e = fixture_experiment(&sc, fixture_busy);
	table = g_string_new(NULL);
	g_assert_cmpint(e->results[0]->first_exhaustion, !=, SIM_NEVER);
	e->results[2]->first_exhaustion = SIM_NEVER;
	brief_table(e, table);
	g_assert_nonnull(strstr(table->str, "in 2 of 3"));
	text = report_text(e, "x", NULL, NULL);
	g_assert_nonnull(strstr(text, "for want of a port"));
	g_assert_nonnull(strstr(text, "in 2 of 3 replications"));
	experiment_free(e);
}

/* Does a line of a table, its columns joined by bars, end in that? */
static bool
row_ends(const char *line, const char *end)
{
	g_auto(GStrv) cells = g_regex_split_simple("  +", line, 0, 0);
	g_autofree char *row = g_strjoinv("|", cells);

	if (g_str_has_suffix(row, end))
		return (true);
	g_test_message("%s", row);
	return (false);
}

/* A second observer, of whom the run's own columns say nothing. */
static void
experiment_add_observer(struct experiment *e, unsigned run, simtime frozen,
    simtime late)
{
	static const struct observer_conf two[] = { { .name = "screen" },
	    { .name = "far-shell" } };
	struct run_result *r;

	r = e->results[run];
	e->confs[run].observers = two;
	r->nobservers = e->confs[run].nobservers = 2;
	r->observers = g_renew(struct observer_result, r->observers, 2);
	r->observers[0].frozen = r->observers[0].lag_max = r->frozen = 0;
	r->observers[1] = (struct observer_result){ .name = "far-shell",
	    .lag = hist_new(), .waited = "", .frozen = frozen };
	hist_add(r->observers[0].lag, SIM_MS);
	hist_add(r->observers[1].lag, late);
}

/*
 * The table is of who was worst off, as the headline and the verdict are, and
 * not of who stands first in the scenario.
 */
static void
the_table_has_the_worst_observer(void)
{
	g_autoptr(GString) lead = NULL, table = NULL;
	g_auto(GStrv) lines = NULL;
	struct scenario sc;
	struct experiment *e;

	fixture_scenario(&sc);
	e = fixture_experiment(&sc, fixture_small);
	experiment_add_observer(e, 0, 2530 * SIM_MS, 2900 * SIM_MS);
	experiment_add_observer(e, 1, 0, 21 * SIM_US);
	table = g_string_new(NULL);
	brief_table(e, table);
	lines = g_strsplit(table->str, "\n", -1);
	g_assert_true(row_ends(lines[0], "|worst off|late|frozen"));
	g_assert_true(row_ends(lines[1], "|far-shell|2.9 s|2.53 s"));
	/* Nobody was frozen: who was latest. */
	g_assert_true(row_ends(lines[2], "|screen|1 ms|0"));
	lead = g_string_new(NULL);
	brief_headline(e, lead);
	g_assert_nonnull(strstr(lead->str, "frozen: far-shell for 2.53 s"));
	experiment_free(e);
}

/* Who did not look, or was never late, has no name there. */
static void
the_table_names_nobody_for_nothing(void)
{
	g_autoptr(GString) table = NULL;
	g_auto(GStrv) lines = NULL;
	struct scenario sc;
	struct experiment *e;

	fixture_scenario(&sc);
	e = fixture_experiment(&sc, fixture_small);
	e->results[0]->observers[0].frozen = 0;
	hist_free(e->results[0]->observers[0].lag);
	e->results[0]->console = e->results[0]->observers[0].lag = hist_new();
	e->confs[1].nobservers = e->results[1]->nobservers = 0;
	table = g_string_new(NULL);
	brief_table(e, table);
	lines = g_strsplit(table->str, "\n", -1);
	g_assert_true(row_ends(lines[1], "|-|0|0"));
	g_assert_true(row_ends(lines[2], "|-|-|-"));
	e->results[1]->nobservers = 1;
	experiment_free(e);
}

static void
paragraphs_wrap(void)
{
	g_autoptr(GString) s = NULL;

	s = g_string_new(NULL);
	mail_paragraph(s, "* ", "  ", "");
	g_assert_cmpstr(s->str, ==, "*\n");
	g_string_truncate(s, 0);
	mail_paragraph(s, "* ", "  ", "  a   b\nc ");
	g_assert_cmpstr(s->str, ==, "* a b c\n");
	g_string_truncate(s, 0);
	mail_paragraph(s, "", "", "123456789 123456789 123456789 123456789 "
	    "123456789 123456789 123456789 12 3");
	g_assert_cmpstr(s->str, ==, "123456789 123456789 123456789 123456789 "
	    "123456789 123456789 123456789 12\n3\n");
}

static void
charts_are_clean(void)
{
	g_autofree char *got = NULL;

	got = chart_clean("\f\n\n   title   \n  1 ++ \n\n    0   \n\n\n");
	g_assert_cmpstr(got, ==, "   title\n  1 ++\n\n    0\n");
}

/* Nothing that a user may write runs or substitutes anything. */
static void
gnuplot_text_is_inert(void)
{
	g_autoptr(GString) s = NULL;

	s = g_string_new(NULL);
	gnuplot_add_text(s, "it's `id` \"x\"\n$HOME");
	g_assert_cmpstr(s->str, ==, "\"it\\047s \\140id\\140 \\042x\\042 "
	    "\\044HOME\"");
}

static char *
picture_text(const struct output *o, const char *name)
{
	g_autofree char *path = NULL;
	char *text;

	path = g_build_filename(output_partial(o), "plots", name, NULL);
	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	g_assert_cmpstr(text, !=, "");
	return (text);
}

static void
check_drawn_twice(struct output *o)
{
	static const char *const names[] = { "port-exhaustion.svg",
	    "lock-stalls.svg", "connect-latency.svg", "observer-lags.svg",
	    "connect-causes.svg", "address-occupancy.svg",
	    "port-exhaustion.gp", "timeline.dat", "latency.dat",
	    "connects.dat", "addresses.dat" };
	char *first[G_N_ELEMENTS(names)];
	g_auto(GStrv) drawn = NULL;
	size_t i;

	drawn = plot_names();
	for (i = 0; drawn[i] != NULL; i++)
		output_expect(o, drawn[i]);
	g_assert_true(plot_draw(output_partial(o), NULL));
	for (i = 0; i < G_N_ELEMENTS(names); i++)
		first[i] = picture_text(o, names[i]);
	g_assert_true(plot_draw(output_partial(o), NULL));
	for (i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *second = NULL;

		second = picture_text(o, names[i]);
		g_assert_cmpstr(first[i], ==, second);
		g_free(first[i]);
	}
}

/* Drawn twice, the same bytes; with text that means something to gnuplot. */
static void
pictures_are_the_same_again(void)
{
	static char title[] = "it's `touch PWNED` \"$HOME\" \\ _^{2} %d";
	g_autoptr(GError) error = NULL;
	g_autofree char *ports = NULL, *stalls = NULL, *dir = NULL;
	g_autofree char *gnuplot = NULL;
	g_autofree char *result = NULL, *trap = NULL;
	struct scenario sc;
	struct experiment *e;
	struct output *o;

	gnuplot = g_find_program_in_path("gnuplot");
	if (gnuplot == NULL) {
		g_test_skip("no gnuplot");
		return;
	}
	dir = g_dir_make_tmp("report-XXXXXX", NULL);
	result = g_build_filename(dir, "result", NULL);
	e = experiment_busy(&sc, NULL);
	sc.title = title;
	o = output_new(result, &error);
	g_assert_no_error(error);
	/* Not results_write(): a scenario made by hand has no run.ini. */
	g_assert_true(results_write_tables(e, o, 2, &error));
	check_drawn_twice(o);
	trap = g_build_filename(output_partial(o), "plots", "PWNED", NULL);
	g_assert_false(g_file_test(trap, G_FILE_TEST_EXISTS));
	g_assert_true(plot_charts(output_partial(o), &ports, &stalls,
	    &error));
	g_assert_no_error(error);
	check_mail(ports);
	check_mail(stalls);
	g_assert_nonnull(strstr(ports, "o current, x proposed"));
	output_free(o);
	experiment_free(e);
	g_assert_cmpint(g_rmdir(dir), ==, 0);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/report/survives_a_list", survives_a_list);
	g_test_add_func("/report/odd_names_survive", odd_names_survive);
	g_test_add_func("/report/says_what_a_reader_needs",
	    says_what_a_reader_needs);
	g_test_add_func("/report/worse_is_told", worse_is_told);
	g_test_add_func("/report/not_run_is_said", not_run_is_said);
	g_test_add_func("/report/some_replications_are_counted",
	    some_replications_are_counted);
	g_test_add_func("/brief/the_table_has_the_worst_observer",
	    the_table_has_the_worst_observer);
	g_test_add_func("/brief/the_table_names_nobody_for_nothing",
	    the_table_names_nobody_for_nothing);
	g_test_add_func("/mail/paragraphs_wrap", paragraphs_wrap);
	g_test_add_func("/chart/charts_are_clean", charts_are_clean);
	g_test_add_func("/gnuplot/gnuplot_text_is_inert",
	    gnuplot_text_is_inert);
	g_test_add_func("/plot/pictures_are_the_same_again",
	    pictures_are_the_same_again);
	return (g_test_run());
}
