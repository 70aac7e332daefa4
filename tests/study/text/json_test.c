/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * JSON: whatever is written in whatever order comes out as JSON, and what
 * cannot be is refused.
 */

#include <math.h>
#include <stdlib.h>

#include <glib.h>

#include "study/text/json.h"
#include "tests/study/is_json.h"

static void
test_looks(void)
{
	g_autoptr(GString) s = g_string_new(NULL);
	enum json_look look;
	struct json j;

	for (look = JSON_TIGHT; look <= JSON_LINES; look++) {
		g_string_truncate(s, 0);
		json_init(&j, s, look);
		json_object(&j);
		json_member_text(&j, "a", "b");
		json_key(&j, "list");
		json_list(&j);
		json_count(&j, UINT64_MAX);
		json_object(&j);
		json_member_count(&j, "n", 0);
		json_key(&j, "none");
		json_list(&j);
		json_end(&j);
		json_end(&j);
		json_bool(&j, false);
		json_text(&j, NULL);
		json_end(&j);
		json_member_double(&j, "x", 0.5);
		json_end(&j);
		json_fini(&j);
		g_assert_true(is_json(s->str));
		g_assert_cmpstr(s->str, ==, look == JSON_TIGHT ?
		    "{\"a\":\"b\",\"list\":[18446744073709551615,"
		    "{\"n\":0,\"none\":[]},false,null],\"x\":0.5}" :
		    "{\n\"a\":\"b\",\n\"list\":[18446744073709551615,"
		    "{\n\"n\":0,\n\"none\":[]},false,null],\n\"x\":0.5}");
	}
}

/* Whole numbers whole, and no digit that a sum of doubles made up. */
static void
test_noise(void)
{
	static const struct {
		double		v;
		const char	*text;
	} cases[] = {
		{ 0, "0" }, { -0.0, "0" }, { -3, "-3" }, { 0.5, "0.5" },
		{ 0.1, "0.1" }, { 0.1 + 0.2, "0.3" },
		{ 120900.00000000001, "120900" },
		{ 900.00000000000011, "900" },
		{ 61000.000000000007, "61000" },
		{ 864600000000, "864600000000" },
		{ 9007199254740991, "9007199254740991" },
		{ 2.0 / 3, "0.666666666666667" }, { 1e300, "1e+300" },
		{ HUGE_VAL, "null" }, { NAN, "null" }
	};
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) s = g_string_new(NULL);
		struct json j;

		json_init(&j, s, JSON_TIGHT);
		json_double(&j, cases[i].v);
		json_fini(&j);
		g_assert_cmpstr(s->str, ==, cases[i].text);
		g_assert_true(is_json(s->str));
	}
}

/* A list that two writers fill one after the other. */
static void
test_inside(void)
{
	g_autoptr(GString) s = g_string_new(NULL), more = g_string_new(NULL);
	struct json inside, j;

	json_init(&j, s, JSON_TIGHT);
	json_list(&j);
	json_line(&j);
	json_count(&j, 1);
	json_init_inside(&inside, more, JSON_TIGHT);
	json_line(&inside);
	json_object(&inside);
	json_member_count(&inside, "n", 2);
	json_end(&inside);
	json_text(&inside, "3");
	json_fini(&inside);
	g_string_append(s, more->str);
	json_line(&j);
	json_end(&j);
	json_fini(&j);
	g_assert_cmpstr(s->str, ==, "[\n1,\n{\"n\":2},\"3\"\n]");
}

static void
test_texts(void)
{
	static const struct {
		const char	*text, *json;
	} cases[] = {
		{ "", "[\"\"]" },
		{ "a \"b\" \\ /", "[\"a \\\"b\\\" \\\\ /\"]" },
		{ "\n\t\x01\x1f\x7f",
		    "[\"\\u000a\\u0009\\u0001\\u001f\x7f\"]" },
		{ "\xc3\xa4", "[\"\xc3\xa4\"]" },
		{ "a\xff\xc3", "[\"a\xef\xbf\xbd\xef\xbf\xbd\"]" }
	};
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) s = g_string_new(NULL);
		struct json j;

		json_init(&j, s, JSON_TIGHT);
		json_list(&j);
		json_text(&j, cases[i].text);
		json_end(&j);
		json_fini(&j);
		g_assert_cmpstr(s->str, ==, cases[i].json);
	}
}

static void
test_numbers(void)
{
	static const double values[] = { 0, -0.0, 0.1, 1e300, -1e-300, 1.0 / 3,
	    9007199254740993.0 };
	g_autoptr(GString) s = g_string_new(NULL);
	struct json j;
	unsigned i;
	double read;

	for (i = 0; i < G_N_ELEMENTS(values); i++) {
		g_string_truncate(s, 0);
		json_init(&j, s, JSON_TIGHT);
		json_double(&j, values[i]);
		json_fini(&j);
		g_assert_true(is_json(s->str));
		read = g_ascii_strtod(s->str, NULL);
		g_assert_true(fabs(read - values[i]) <= 1e-15 *
		    fabs(values[i]));
	}
	g_string_truncate(s, 0);
	json_init(&j, s, JSON_TIGHT);
	json_list(&j);
	json_double(&j, NAN);
	json_double(&j, -INFINITY);
	json_number(&j, "%d.%03u", 12, 5);
	json_end(&j);
	json_fini(&j);
	g_assert_cmpstr(s->str, ==, "[null,null,12.005]");
}

/* ---- whatever ---------------------------------------------------------- */

static void
any_value(struct json *j, unsigned depth)
{
	unsigned n;

	if (g_test_rand_bit())
		json_line(j);
	switch (g_test_rand_int_range(depth == JSON_MAXDEPTH ? 2 : 0, 6)) {
	case 0:
		json_list(j);
		for (n = (unsigned)g_test_rand_int_range(0, 4); n > 0; n--)
			any_value(j, depth + 1);
		json_end(j);
		break;
	case 1:
		json_object(j);
		for (n = (unsigned)g_test_rand_int_range(0, 4); n > 0; n--) {
			json_key(j, "\"key\"");
			any_value(j, depth + 1);
		}
		json_end(j);
		break;
	case 2:
		json_text(j, g_test_rand_bit() ? "\"]}," : NULL);
		break;
	case 3:
		json_bool(j, g_test_rand_bit());
		break;
	case 4:
		json_count(j, (uint64_t)g_test_rand_int() << 20);
		break;
	default:
		json_double(j, g_test_rand_double());
		break;
	}
}

static void
test_any(void)
{
	unsigned i;

	for (i = 0; i < 2000; i++) {
		g_autoptr(GString) s = g_string_new(NULL);
		struct json j;

		json_init(&j, s, g_test_rand_bit() ? JSON_LINES : JSON_TIGHT);
		any_value(&j, 0);
		json_fini(&j);
		if (!is_json(s->str))
			g_error("%s", s->str);
	}
}

/* ---- misuse ------------------------------------------------------------ */

static void
misuse(unsigned how)
{
	g_autoptr(GString) s = g_string_new(NULL);
	struct json j;
	unsigned i;

	json_init(&j, s, JSON_TIGHT);
	switch (how) {
	case 0:
		json_object(&j);
		json_count(&j, 1);
		break;
	case 1:
		json_list(&j);
		json_key(&j, "a");
		break;
	case 2:
		json_object(&j);
		json_key(&j, "a");
		json_key(&j, "b");
		break;
	case 3:
		json_object(&j);
		json_key(&j, "a");
		json_end(&j);
		break;
	case 4:
		json_end(&j);
		break;
	case 5:
		json_list(&j);
		json_fini(&j);
		break;
	default:
		for (i = 0; i <= JSON_MAXDEPTH; i++)
			json_list(&j);
		break;
	}
}

static void
test_misuse(gconstpointer how)
{

	if (g_test_subprocess()) {
		misuse(GPOINTER_TO_UINT(how));
		exit(0);
	}
	g_test_trap_subprocess(NULL, 0, 0);
	g_test_trap_assert_failed();
	g_test_trap_assert_stderr("*panic:*");
}

int
main(int argc, char **argv)
{
	unsigned i;

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/json/numbers_without_noise", test_noise);
	g_test_add_func("/json/both_looks", test_looks);
	g_test_add_func("/json/two_writers_of_one_list", test_inside);
	g_test_add_func("/json/texts_are_only_texts", test_texts);
	g_test_add_func("/json/numbers_come_back", test_numbers);
	g_test_add_func("/json/whatever_is_written_is_json", test_any);
	for (i = 0; i < 7; i++) {
		g_autofree char *path = g_strdup_printf("/json/misuse/%u", i);

		g_test_add_data_func(path, GUINT_TO_POINTER(i), test_misuse);
	}
	return (g_test_run());
}
