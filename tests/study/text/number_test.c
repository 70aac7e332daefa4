/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Numbers as text: exact, and the same in every locale.
 */

#include <locale.h>
#include <math.h>

#include "study/text/number.h"

static void
check_ps(simtime ps, simtime unit, const char *want)
{
	g_autoptr(GString) s = NULL;

	s = g_string_new("x");
	number_add_ps(s, ps, unit);
	g_assert_cmpstr(s->str + 1, ==, want);
}

static void
check_double(double v, const char *want)
{
	g_autoptr(GString) s = NULL;

	s = g_string_new("x");
	number_add_double(s, v);
	g_assert_cmpstr(s->str + 1, ==, want);
}

static void
check_duration(simtime ps, const char *want)
{
	g_autoptr(GString) s = NULL;

	s = g_string_new(NULL);
	number_add_duration(s, ps);
	g_assert_cmpstr(s->str, ==, want);
}

static void
check_count(uint64_t n, const char *want)
{
	g_autoptr(GString) s = NULL;

	s = g_string_new(NULL);
	number_add_count(s, n);
	g_assert_cmpstr(s->str, ==, want);
}

static void
check_short(double v, const char *want)
{
	g_autoptr(GString) s = NULL;

	s = g_string_new(NULL);
	number_add_short(s, v);
	g_assert_cmpstr(s->str, ==, want);
}

static void
ps_is_exact(void)
{

	check_ps(0, SIM_US, "0");
	check_ps(1, SIM_US, "0.000001");
	check_ps(1500000, SIM_US, "1.5");
	check_ps(10 * SIM_S, SIM_S, "10");
	check_ps(100 * SIM_S + 1, SIM_S, "100.000000000001");
	check_ps(INT64_MAX, SIM_S, "9223372.036854775807");
	check_ps(INT64_MIN, SIM_S, "-9223372.036854775808");
	check_ps(-SIM_MS, SIM_S, "-0.001");
	check_ps(700, 1, "700");
	check_ps(INT64_MIN, 1, "-9223372036854775808");
	check_ps(-1, SIM_S, "-0.000000000001");
}

static void
short_has_three_digits(void)
{

	check_short(0, "0");
	check_short(-0.0, "0");
	check_short(33.3278, "33.3");
	check_short(0.0039149, "0.00391");
	check_short(999.6, "1,000");
	check_short(-12345, "-12,300");
	check_short(-4.557, "-4.56");
	check_short((double)NAN, "nan");
	check_short(-HUGE_VAL, "-inf");
	/* Beyond what can be counted: no line of zeros. */
	check_short(1e300 / 1e280, "1e+20");
	check_short(5e-324, "0");
	check_short(1e308, "1e+308");
}

/* As printf(3) has it, of all lengths. */
static void
plain_is_that_of_printf(void)
{
	g_autoptr(GString) s = g_string_new(NULL);
	g_autoptr(GString) want = g_string_new(NULL);
	uint64_t n;
	unsigned i;

	for (i = 0; i < 640; i++) {
		n = (uint64_t)g_test_rand_int() << 32 |
		    (uint32_t)g_test_rand_int();
		n = i == 0 ? UINT64_MAX : i == 1 ? 0 : n >> i % 64;
		number_add_plain(s, n);
		g_string_append_printf(want, "%" G_GUINT64_FORMAT, n);
	}
	g_assert_cmpstr(s->str, ==, want->str);
}

static void
double_has_six_digits(void)
{

	check_double(0, "0");
	check_double(-0.0, "0");
	check_double(1, "1");
	check_double(0.125, "0.125");
	check_double(1.0 / 3, "0.333333");
	check_double(100, "100");
	check_double(123456.7, "123457");
	check_double(12345678, "12345678");
	check_double(99999.96, "100000");
	check_double(9.9999999, "10");
	check_double(0.00001234567, "0.0000123457");
	check_double(-2.5, "-2.5");
	check_double(-1e-30, "0");
	check_double(HUGE_VAL, "inf");
	check_double(-HUGE_VAL, "-inf");
	check_double(NAN, "nan");
}

static void
duration_suits_people(void)
{

	check_duration(0, "0");
	check_duration(SIM_NEVER, "never");
	check_duration(1, "1 ps");
	check_duration(250, "250 ps");
	check_duration(1500 * SIM_US, "1.5 ms");
	check_duration(1624 * SIM_MS, "1.62 s");
	check_duration(120 * SIM_S, "120 s");
	check_duration(1234 * SIM_S, "1234 s");
	/* What rounds up to the next unit is told in it. */
	check_duration(999999 * SIM_NS, "1 ms");
	check_duration(999 * SIM_US, "999 us");
}

static void
count_is_grouped(void)
{

	check_count(0, "0");
	check_count(999, "999");
	check_count(1000, "1,000");
	check_count(55536, "55,536");
	check_count(UINT64_MAX, "18,446,744,073,709,551,615");
}

/* A locale with a decimal comma changes nothing, where there is one. */
static void
locale_is_ignored(void)
{
	static const char *const names[] = { "de_DE.UTF-8", "fr_FR.UTF-8",
	    "de_DE.utf8", "C.UTF-8" };
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(names); i++)
		if (setlocale(LC_ALL, names[i]) != NULL)
			break;
	g_test_message("locale %s", i < G_N_ELEMENTS(names) ? names[i] : "C");
	check_double(0.5, "0.5");
	check_ps(1500000, SIM_US, "1.5");
	check_duration(1500 * SIM_US, "1.5 ms");
	setlocale(LC_ALL, "C");
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/number/ps_is_exact", ps_is_exact);
	g_test_add_func("/number/plain_is_that_of_printf",
	    plain_is_that_of_printf);
	g_test_add_func("/number/double_has_six_digits",
	    double_has_six_digits);
	g_test_add_func("/number/short_has_three_digits",
	    short_has_three_digits);
	g_test_add_func("/number/duration_suits_people",
	    duration_suits_people);
	g_test_add_func("/number/count_is_grouped", count_is_grouped);
	g_test_add_func("/number/locale_is_ignored", locale_is_ignored);
	return (g_test_run());
}
