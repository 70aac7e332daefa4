/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Quantities: exact in both directions, and never read by halves.
 */

#include <locale.h>
#include <string.h>

#include <glib.h>

#include "study/text/unit.h"

static void
test_durations(void)
{
	static const struct {
		const char	*text;
		simtime		ps;
		const char	*canonical;
	} good[] = {
		{ "0", 0, "0" },
		{ "0s", 0, "0" },
		{ "0.00ms", 0, "0" },
		{ "1ns", SIM_NS, "1ns" },
		{ "0.001ns", 1, "0.001ns" },
		{ "55.5ns", 55500, "55.5ns" },
		{ "1500us", 1500 * SIM_US, "1500us" },
		{ "0.25s", 250 * SIM_MS, "250ms" },
		{ "30s", 30 * SIM_S, "30s" },
		{ "90s", 90 * SIM_S, "90s" },
		{ "60s", 60 * SIM_S, "1min" },
		{ "1.5h", 5400 * SIM_S, "90min" },
		{ "2562h", 2562 * 3600 * SIM_S, "2562h" },
		{ "9223372.036854775806s", SIM_NEVER - 1,
		    "9223372036854775.806ns" },
		{ "007s", 7 * SIM_S, "7s" },
		{ "30 s", 30 * SIM_S, "30s" }
	};
	g_autoptr(GString) text = g_string_new(NULL);
	GError *error;
	simtime ps;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(good); i++) {
		error = NULL;
		g_assert_true(unit_duration(good[i].text, &ps, &error));
		g_assert_no_error(error);
		g_assert_cmpint(ps, ==, good[i].ps);
		g_string_truncate(text, 0);
		unit_add_duration(text, ps);
		g_assert_cmpstr(text->str, ==, good[i].canonical);
		g_assert_true(unit_duration(text->str, &ps, &error));
		g_assert_cmpint(ps, ==, good[i].ps);
	}
}

static void
test_not_durations(void)
{
	static const struct {
		const char	*text;
		const char	*told;
	} bad[] = {
		{ "10xs", "did you mean 'ns'?" },
		{ "10 S", "unknown unit 'S'" },
		{ "10", "the unit is missing" },
		{ "0.5", "the unit is missing" },
		{ "10sec", "unknown unit 'sec'" },
		{ "1s2", "unknown unit 's2'" },
		{ "1s 30", "unknown unit" },
		{ "-1s", "is negative" },
		{ "", "is empty" },
		{ "s", "is not a plain decimal number" },
		{ "+1s", "is not a plain decimal number" },
		{ "1.s", "is not a plain decimal number" },
		{ ".5s", "is not a plain decimal number" },
		{ "1..5s", "is not a plain decimal number" },
		{ "1,5s", "unknown unit" },
		{ "1e3s", "unknown unit" },
		{ "0x10s", "unknown unit" },
		{ "nan", "is not a plain decimal number" },
		{ "infs", "is not a plain decimal number" },
		{ "1_000s", "unknown unit" },
		{ "0.0001ns", "is finer than 1 ps" },
		{ "2563h", "is too large" },
		{ "99999999999999999999h", "is too large" },
		{ "999999999999999999999s", "at most 20 digits" },
		{ "\xd9\xa1s", "is not a plain decimal number" }
	};
	unsigned i;
	simtime ps;

	for (i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;

		g_test_message("'%s'", bad[i].text);
		g_assert_false(unit_duration(bad[i].text, &ps, &error));
		g_test_message("%s", error->message);
		g_assert_nonnull(strstr(error->message, bad[i].told));
		if (i < 21 && strstr(bad[i].told, "finer") == NULL)
			g_assert_nonnull(strstr(error->message, "min or h"));
	}
}

static void
test_rates(void)
{
	static const struct {
		const char	*text;
		rate_uhz	rate;
		const char	*canonical;
	} good[] = {
		{ "2k/s", 2000000000, "2000/s" },
		{ "0.5/s", 500000, "0.5/s" },
		{ "0/s", 0, "0/s" },
		{ "0.000001/s", 1, "0.000001/s" },
		{ "30/min", 500000, "0.5/s" },
		{ "1/min", 16667, "0.016667/s" },
		{ "3600/h", 1000000, "1/s" },
		{ "1.5M/s", 1500000000000, "1500000/s" },
		{ "1G/s", 1000000000000000, "1000000000/s" }
	};
	g_autoptr(GString) text = g_string_new(NULL);
	GError *error;
	rate_uhz rate;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(good); i++) {
		g_assert_true(unit_rate(good[i].text, &rate, NULL));
		g_assert_cmpuint(rate, ==, good[i].rate);
		g_string_truncate(text, 0);
		unit_add_rate(text, rate);
		g_assert_cmpstr(text->str, ==, good[i].canonical);
	}
	error = NULL;
	g_assert_false(unit_rate("2k", &rate, &error));
	g_assert_nonnull(strstr(error->message, "/s"));
	g_clear_error(&error);
	g_assert_false(unit_rate("0", &rate, NULL));
	g_assert_false(unit_rate("0.0000001/s", &rate, NULL));
	g_assert_false(unit_rate("2G/s", &rate, NULL));
	g_assert_false(unit_rate("2K/s", &rate, NULL));
}

static void
test_counts(void)
{
	uint64_t n;

	g_assert_true(unit_count("64k", &n, NULL));
	g_assert_cmpuint(n, ==, 64000);
	g_assert_true(unit_count("64Ki", &n, NULL));
	g_assert_cmpuint(n, ==, 65536);
	g_assert_true(unit_count("55.5k", &n, NULL));
	g_assert_cmpuint(n, ==, 55500);
	g_assert_true(unit_count("18446744073709551615", &n, NULL));
	g_assert_cmpuint(n, ==, UINT64_MAX);
	g_assert_false(unit_count("18446744073709551616", &n, NULL));
	g_assert_false(unit_count("1.5", &n, NULL));
	g_assert_false(unit_count("0.0001k", &n, NULL));
	g_assert_false(unit_count("10x", &n, NULL));
	g_assert_false(unit_count("-1", &n, NULL));
	g_assert_true(unit_factor("1.5", &n, NULL));
	g_assert_cmpuint(n, ==, 1500000);
	g_assert_true(unit_factor("150%", &n, NULL));
	g_assert_cmpuint(n, ==, 1500000);
	g_assert_false(unit_factor("0.0000001", &n, NULL));
}

/* Any value's canonical text gives the value back. */
static void
test_round_trip(void)
{
	g_autoptr(GString) text = g_string_new(NULL);
	uint64_t value, back;
	simtime ps;
	unsigned i;

	for (i = 0; i < 100000; i++) {
		value = ((uint64_t)g_test_rand_int() << 32 |
		    (uint32_t)g_test_rand_int()) >>
		    (1 + g_test_rand_int_range(0, 63));
		/* Round numbers are those that people write. */
		if (i % 2 == 0 && value > 1000)
			value -= value % 1000;
		g_string_truncate(text, 0);
		unit_add_duration(text, (simtime)value);
		g_assert_true(unit_duration(text->str, &ps, NULL));
		g_assert_cmpint(ps, ==, (simtime)value);
		value %= 1000000000000000;
		g_string_truncate(text, 0);
		unit_add_rate(text, value);
		g_assert_true(unit_rate(text->str, &back, NULL));
		g_assert_cmpuint(back, ==, value);
		g_string_truncate(text, 0);
		unit_add_factor(text, value);
		g_assert_true(unit_factor(text->str, &back, NULL));
		g_assert_cmpuint(back, ==, value);
	}
}

static void
test_seconds(void)
{
	static const struct {
		const char	*text;
		uint64_t	s;
		simtime		ps;
	} good[] = {
		{ "0", 0, 0 },
		{ "-0.0", 0, 0 },
		{ "1713484784.962686", 1713484784, 962686 * SIM_US },
		{ "0.000000000001", 0, 1 },
		{ "0.0000000000015", 0, 2 },
		{ "0.00000000000149999", 0, 1 },
		{ "0.0000000000000001", 0, 0 },
		{ "1.9999999999999", 2, 0 }
	};
	uint64_t s;
	simtime ps;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(good); i++) {
		g_test_message("%s", good[i].text);
		g_assert_null(unit_seconds(good[i].text,
		    strlen(good[i].text), &s, &ps));
		g_assert_cmpuint(s, ==, good[i].s);
		g_assert_cmpint(ps, ==, good[i].ps);
	}
	g_assert_nonnull(unit_seconds("1 ", 2, &s, &ps));
	g_assert_nonnull(unit_seconds("", 0, &s, &ps));
	g_assert_nonnull(unit_seconds("-", 1, &s, &ps));
	g_assert_nonnull(unit_seconds("1.", 2, &s, &ps));
	g_assert_nonnull(unit_seconds("184467440737095516150", 21, &s, &ps));
	/* It stops at the length, not at a NUL. */
	g_assert_null(unit_seconds("12x", 2, &s, &ps));
	g_assert_cmpuint(s, ==, 12);
}

int
main(int argc, char **argv)
{

	/* With a comma for a point, if there is such a locale. */
	setlocale(LC_ALL, "de_DE.UTF-8");
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/unit/durations_are_exact", test_durations);
	g_test_add_func("/unit/nothing_is_read_by_halves",
	    test_not_durations);
	g_test_add_func("/unit/rates_are_exact", test_rates);
	g_test_add_func("/unit/counts_decimal_and_binary", test_counts);
	g_test_add_func("/unit/canonical_text_round_trip", test_round_trip);
	g_test_add_func("/unit/seconds_to_the_picosecond", test_seconds);
	return (g_test_run());
}
