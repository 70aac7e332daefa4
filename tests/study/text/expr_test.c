/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Expressions: what they mean, and where they go wrong.
 */

#include <math.h>
#include <string.h>

#include <glib.h>

#include "study/text/expr.h"
#include "study/text/problem.h"

/* a.x is 3, a-b.x is 10, a-b.inf infinite; nothing else is known. */
static bool
lookup(const char *variant, const char *metric, double *value, void *arg,
    GError **error)
{
	unsigned *calls;

	calls = arg;
	if (calls != NULL)
		++*calls;
	if (strcmp(variant, "a") == 0 && strcmp(metric, "x") == 0)
		*value = 3;
	else if (strcmp(variant, "a-b") == 0 && strcmp(metric, "x") == 0)
		*value = 10;
	else if (strcmp(variant, "a-b") == 0 && strcmp(metric, "inf") == 0)
		*value = INFINITY;
	else {
		problem_set(error, "no %s.%s", variant, metric);
		return (false);
	}
	return (true);
}

/* Of a comparison. */
static double
eval(const char *text)
{
	g_autoptr(GError) error = NULL;
	struct expr *e;
	double value;

	e = expr_parse(text, &error);
	g_assert_no_error(error);
	g_assert_true(expr_check(e, lookup, NULL, &error));
	g_assert_true(expr_eval(e, lookup, NULL, &value, &error));
	g_assert_no_error(error);
	expr_free(e);
	return (value);
}

/* A whole expression compares, so a part of one is compared. */
static bool
is_worth(const char *text, double value)
{
	g_autofree char *same = g_strdup_printf("(%s) == %.9f", text, value);
	g_autofree char *less = g_strdup_printf("(%s) < %.9f", text, value);

	return (eval(same) == 1 && eval(less) == 0);
}

static void
test_values(void)
{
	static const struct {
		const char	*text;
		double		value;
	} good[] = {
		{ "1", 1 }, { "0.25", 0.25 }, { "  7 ", 7 },
		{ "1+2*3", 7 }, { "(1+2)*3", 9 }, { "8/4/2", 1 },
		{ "10-4-3", 3 }, { "-2*3", -6 }, { "2*-3", -6 },
		{ "--2", 2 }, { "1-(-1)", 2 },
		{ "a.x", 3 }, { "a-b.x", 10 }, { "a.x-a-b.x", -7 },
		{ "a.x - a-b.x", -7 }, { "a.x-1", 2 }, { "a.x*a.x", 9 },
		{ "1<2", 1 }, { "2<2", 0 }, { "2<=2", 1 }, { "2==2", 1 },
		{ "2!=2", 0 }, { "2>=3", 0 }, { "3>2", 1 }, { "1<-1", 0 },
		{ "1+1==2", 1 }, { "1<2&&2<3", 1 }, { "1<2&&3<2", 0 },
		{ "1>2||2>1", 1 }, { "0>1&&1>0||1>0", 1 },
		{ "1>0||1>0&&0>1", 1 }, { "(1>0||1>0)&&0>1", 0 },
		{ "(1<2)==1", 1 }, { "(1<2)+(2<3)", 2 },
		{ "a.x > 0.5 * a-b.x", 0 },
		{ "a-b.inf > a.x", 1 }, { "a-b.inf < 5", 0 }
	};
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(good); i++) {
		g_test_message("%s", good[i].text);
		g_assert_true(is_worth(good[i].text, good[i].value));
	}
}

/* What divides by 0 does not hold, and is not made to hold by a comparison. */
static void
test_undefined(void)
{
	static const char *const undefined[] = {
		"1/0 > 1000", "1/0 < 1000", "0/0 == 0/0", "1/0 != 5",
		"a.x / (a.x - 3) > 1", "1 / (1/0) < 5", "-(1/0) < 5",
		"(1/0 > 1) == 0", "1/0 > 1 && 2 > 1", "2 > 1 && 1/0 > 1",
		"1/0 > 1 || 1 > 2", "a-b.inf - a-b.inf != 1"
	};
	static const struct {
		const char	*text;
		double		value;
	} decided[] = {
		{ "2 > 1 || 1/0 > 1", 1 }, { "1/0 > 1 || 2 > 1", 1 },
		{ "1 > 2 && 1/0 > 1", 0 }, { "1/0 > 1 && 1 > 2", 0 },
		{ "a.x == 3 || a.x / (a.x - 3) > 1", 1 }
	};
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(undefined); i++) {
		g_test_message("%s", undefined[i]);
		g_assert_true(isnan(eval(undefined[i])));
	}
	for (i = 0; i < G_N_ELEMENTS(decided); i++)
		g_assert_cmpfloat(eval(decided[i].text), ==,
		    decided[i].value);
}

static void
test_errors(void)
{
	static const struct {
		const char	*text;
		const char	*told;
	} bad[] = {
		{ "", "at character 1: expected a number" },
		{ "1 +", "at character 4: expected a number" },
		{ "1 2", "at character 3: expected an operator" },
		{ "(1", "at character 3: expected an operator or )" },
		{ "1)", "at character 2: expected an operator" },
		{ "a", "at character 2: expected a . and a metric" },
		{ "a.", "at character 3: expected the name of a metric" },
		{ "a.x(1)", "at character 4: expected an operator" },
		{ "1 < 2 < 3", "at character 7: expected && or ||" },
		{ "a.x = 1", "at character 5: expected an operator" },
		{ "a.x & 1", "at character 5: expected an operator" },
		{ "a.x > 500ms", "without unit" },
		{ "1.5.2", "plain number" },
		{ "1.", "plain number" },
		{ ".5", "expected a number" },
		{ "1e3", "plain number" },
		{ "a.x > 5%", "plain number" },
		{ "$(ls)", "at character 1: expected a number" },
		{ "!a.x", "at character 1" },
		{ "a.x", "at character 4: expected a comparison, such as > 0, "
		    "found the end" },
		{ "1", "at character 2: expected a comparison" },
		{ "a.x - (a.x > 1)", "at character 16: expected a comparison" },
		{ "-(a.x > 1)", "at character 11: expected a comparison" },
		{ "a.x && a.x > 1", "at character 5: expected a comparison, "
		    "such as > 0, found '&& a.x > 1'" },
		{ "a.x > 1 || a.x ", "at character 16: expected a comparison" },
		{ "(a.x || a.x > 1) == 1", "at character 6: expected a comp" },
		{ "a.verdict >= freeze", "did you mean 'freezes'" },
		{ "a.verdict == exhuasted", "did you mean 'exhausted'" }
	};
	g_autoptr(GString) deep = g_string_new(NULL);
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_null(expr_parse(bad[i].text, &error));
		g_test_message("%s: %s", bad[i].text, error->message);
		g_assert_nonnull(strstr(error->message, bad[i].told));
	}
	for (i = 0; i < 3999; i++)
		g_string_append_c(deep, "(-"[i % 2]);
	g_assert_null(expr_parse(deep->str, NULL));
	g_string_truncate(deep, 0);
	for (i = 0; i < 1999; i++)
		g_string_append(deep, "1+");
	g_string_append_c(deep, '1');
	g_string_append(deep, ">0");
	g_string_erase(deep, 0, 2);
	g_assert_cmpuint(deep->len, ==, 3999);
	g_assert_cmpfloat(eval(deep->str), ==, 1);
	g_string_append(deep, "+1+1");
	g_assert_null(expr_parse(deep->str, NULL));
}

static void
test_names(void)
{
	g_autoptr(GError) error = NULL;
	struct expr *e;
	unsigned calls;
	double value;

	/* A name is checked even where it would not be asked for. */
	e = expr_parse("1 > 0 || a.x > c.y", NULL);
	g_assert_false(expr_check(e, lookup, NULL, &error));
	g_assert_cmpstr(error->message, ==, "no c.y");
	g_clear_error(&error);
	g_assert_false(expr_eval(e, lookup, NULL, &value, &error));
	g_assert_nonnull(error);
	expr_free(e);
	e = expr_parse("a.x + a-b.x > 1", NULL);
	calls = 0;
	g_assert_true(expr_check(e, lookup, &calls, NULL));
	g_assert_cmpuint(calls, ==, 2);
	expr_free(e);
}

static void
test_explain(void)
{
	g_autofree char *text = NULL, *undefined = NULL, *unknown = NULL;
	struct expr *e;

	e = expr_parse("a.x / (a.x - 3) > 1", NULL);
	undefined = expr_explain(e, lookup, NULL);
	g_assert_cmpstr(undefined, ==, "a.x (= 3) / (a.x (= 3) - 3) > 1: "
	    "undefined, a division by 0");
	expr_free(e);
	e = expr_parse("a-b.x - a.x == 0", NULL);
	text = expr_explain(e, lookup, NULL);
	g_assert_cmpstr(text, ==, "a-b.x (= 10) - a.x (= 3) == 0");
	expr_free(e);
	e = expr_parse("7 > c.x", NULL);
	unknown = expr_explain(e, lookup, NULL);
	g_assert_cmpstr(unknown, ==, "7 > c.x (= ?)");
	expr_free(e);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/expr/values_and_precedence", test_values);
	g_test_add_func("/expr/division_by_0_does_not_hold", test_undefined);
	g_test_add_func("/expr/errors_say_where", test_errors);
	g_test_add_func("/expr/names_are_checked", test_names);
	g_test_add_func("/expr/explain_puts_values_beside_names",
	    test_explain);
	return (g_test_run());
}
