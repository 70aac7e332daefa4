/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Markup: no text gets through as anything but text; charts lose no peak.
 */

#include <math.h>
#include <string.h>

#include <glib.h>

#include "study/report/svgchart.h"
#include "study/text/markup.h"

#define	POINTS	20000

static void
check_text(const char *text, const char *want)
{
	g_autoptr(GString) s = NULL;

	s = g_string_new("x");
	markup_text(s, text);
	g_assert_cmpstr(s->str + 1, ==, want);
}

static void
text_is_escaped(void)
{

	check_text("", "");
	check_text("plain \303\251", "plain \303\251");
	check_text("<a href=\"x\" b='&amp;'>", "&lt;a href=&quot;x&quot; "
	    "b=&#39;&amp;amp;&#39;&gt;");
	check_text("a\nb\tc", "a\nb\tc");
	check_text("a\033[31m\177", "a\357\277\275[31m\357\277\275");
	/* C1 controls, and what is no UTF-8. */
	check_text("\302\205", "\357\277\275");
	check_text("\300\274script", "\357\277\275\357\277\275script");
}

static void
check_number(double v, int decimals, const char *want)
{
	g_autoptr(GString) s = NULL;

	s = g_string_new(NULL);
	markup_number(s, v, decimals);
	g_assert_cmpstr(s->str, ==, want);
}

static void
numbers_are_short(void)
{

	check_number(0, 1, "0");
	check_number(-0.04, 1, "0");
	check_number(100, 0, "100");
	check_number(100, 1, "100");
	check_number(12.34, 1, "12.3");
	check_number(12.5, 3, "12.5");
	check_number(-7.25, 1, "-7.2");
}

static struct svgchart
chart_of(GString *out, double to)
{
	struct svgchart c = { .out = out, .height = 100 };

	c.x = (struct svgchart_scale){ "x", SVGCHART_SECONDS, false, 0, to };
	c.y = (struct svgchart_scale){ "y", SVGCHART_COUNT, false, 0, 10000 };
	return (c);
}

/* How many numbers an attribute lists. */
static unsigned
listed(const GString *s, const char *attribute)
{
	const char *at;
	unsigned n;

	at = strstr(s->str, attribute);
	g_assert_nonnull(at);
	n = 1;
	for (at += strlen(attribute); *at != '"'; at++)
		n += *at == ' ';
	return (n);
}

static void
thinning_keeps_peaks(void)
{
	static double x[POINTS], y[POINTS];
	struct svgchart_series series = { .name = "s", .x = x, .y = y,
	    .n = POINTS };
	g_autoptr(GString) s = NULL;
	struct svgchart c;
	unsigned i;

	for (i = 0; i < POINTS; i++) {
		x[i] = i;
		y[i] = 500;
	}
	y[12345] = 9999;
	y[12346] = 7;
	y[POINTS - 1] = 9876;
	s = g_string_new(NULL);
	c = chart_of(s, POINTS);
	svgchart_open(&c, "c");
	svgchart_series(&c, &series);
	g_assert_true(c.thinned);
	g_assert_cmpuint(listed(s, "data-ys=\""), <=, 2 * SVGCHART_WIDTH);
	g_assert_cmpuint(listed(s, "data-xs=\""), ==, listed(s,
	    "data-ys=\""));
	g_assert_nonnull(strstr(s->str, " 9999 "));
	g_assert_nonnull(strstr(s->str, " 7 "));
	g_assert_nonnull(strstr(s->str, " 9876\""));
	/* Few are all there. */
	series.n = SVGCHART_WIDTH;
	g_string_truncate(s, 0);
	c = chart_of(s, SVGCHART_WIDTH);
	svgchart_open(&c, "c");
	svgchart_series(&c, &series);
	g_assert_false(c.thinned);
	g_assert_cmpuint(listed(s, "data-ys=\""), ==, SVGCHART_WIDTH);
}

static void
gaps_are_gaps(void)
{
	const double x[] = { 0, 1, 2, 3 }, y[] = { 5000, NAN, 0, 20000 };
	struct svgchart_series series = { .name = "<s>", .x = x, .y = y,
	    .n = 4 };
	g_autoptr(GString) s = NULL;
	struct svgchart c;

	s = g_string_new(NULL);
	c = chart_of(s, 3);
	svgchart_series(&c, &series);
	g_assert_nonnull(strstr(s->str, "data-name=\"&lt;s&gt;\""));
	g_assert_nonnull(strstr(s->str, "data-ys=\"5000 - 0 20000\""));
	/* In the middle; a new piece at the foot; beyond the axis: its top. */
	g_assert_nonnull(strstr(s->str, "d=\"M70 64M487.3 114L696 14\""));
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/markup/text_is_escaped", text_is_escaped);
	g_test_add_func("/markup/numbers_are_short", numbers_are_short);
	g_test_add_func("/svgchart/thinning_keeps_peaks",
	    thinning_keeps_peaks);
	g_test_add_func("/svgchart/gaps_are_gaps", gaps_are_gaps);
	return (g_test_run());
}
