/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Times in every way that programs write them are the same time; what is none
 * is told.
 */

#include <string.h>

#include <glib.h>

#include "sim/time.h"
#include "study/capture/when.h"

#define	T	UINT64_C(1591367999)	/* 2020-06-05 14:39:59 UTC */

static void
check(const char *text, uint64_t s, int64_t ps)
{
	const char *what;
	uint64_t got_s;
	int64_t got_ps;

	what = when_parse(text, &got_s, &got_ps);
	g_test_message("%s: %s", text, what != NULL ? what : "good");
	g_assert_null(what);
	g_assert_cmpuint(got_s, ==, s);
	g_assert_cmpint(got_ps, ==, ps);
}

static void
test_numbers(void)
{

	check("1591367999", T, 0);
	check("1591367999.430166", T, 430166 * SIM_US);
	check("1591367999,430166", T, 430166 * SIM_US);
	check("1591367999430", T, 430 * SIM_MS);
	check("1591367999430.166", T, 430166 * SIM_US);
	check("1591367999430166", T, 430166 * SIM_US);
	check("1591367999430166001", T, 430166001 * SIM_NS);
	check("0.000000", 0, 0);
	check("99999999999.5", UINT64_C(99999999999), SIM_S / 2);
}

static void
test_dates(void)
{

	check("2020-06-05T14:39:59Z", T, 0);
	check("2020-06-05T14:39:59.430166Z", T, 430166 * SIM_US);
	check("2020-06-05T14:39:59.430166000Z", T, 430166 * SIM_US);
	check("2020-06-05 14:39:59,430", T, 430 * SIM_MS);
	check("2020-06-05T16:39:59+0200", T, 0);
	check("2020-06-05T16:39:59.5+02:00", T, SIM_S / 2);
	check("2020-06-05 09:09:59 -05:30", T, 0);
	check("2020/06/05 14:39:59", T, 0);
	check("05/Jun/2020:14:39:59 +0000", T, 0);
	check("05/Jun/2020:16:39:59.430 +0200", T, 430 * SIM_MS);
	check("05/Jun/2020:14:39:59.430", T, 430 * SIM_MS);
	check("Fri Jun  5 14:39:59 UTC 2020", T, 0);
	check("Fri Jun  5 02:39:59 PM UTC 2020", T, 0);
	check("Fri 05 Jun 2020 02:39:59 PM UTC", T, 0);
	check("Fri, 05 Jun 2020 16:39:59 +0200", T, 0);
	check("Jun  5, 2020 14:39:59.430166000 CEST", T, 430166 * SIM_US);
	check("1970-01-01T00:00:00Z", 0, 0);
	check("2016-12-31T23:59:60Z", UINT64_C(1483228800), 0);
	check("2020-02-29T00:00:00", UINT64_C(1582934400), 0);
	check("Fri Jun  5 12:00:00 AM UTC 2020", T - 52799, 0);
}

static void
test_none(void)
{
	static const char *const texts[] = { "", "-1", "1.", "1.2.3", "1,2,3",
	    "1591367999x", "12:34", "2020-13-01T00:00:00", "2021-02-29 0:00:00",
	    "2020-06-05", "2020-06-05T25:00:00Z", "2020-06-05T14:60:00Z",
	    "2020-06-05T14:39:59+2", "1969-12-31T23:59:59Z",
	    "Fr 5. Jun 14:39:59 CEST 2020 Uhr 7", "5 juin 2020",
	    "05/Jum/2020:14:39:59", "99999999999999999999999999",
	    "Fri Jun  5 13:39:59 PM UTC 2020", "ESTAB", "\xff\xfe" };
	uint64_t s;
	int64_t ps;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_test_message("%s", texts[i]);
		g_assert_nonnull(when_parse(texts[i], &s, &ps));
	}
}

static void
test_of_day(void)
{
	uint64_t s;
	int64_t ps;

	g_assert_null(when_of_day("12:34:56.789012", &s, &ps));
	g_assert_cmpuint(s, ==, 45296);
	g_assert_cmpint(ps, ==, 789012 * SIM_US);
	g_assert_nonnull(when_of_day("24:00:00", &s, &ps));
	g_assert_nonnull(when_of_day("12:34:56x", &s, &ps));
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/when/numbers", test_numbers);
	g_test_add_func("/when/dates", test_dates);
	g_test_add_func("/when/none", test_none);
	g_test_add_func("/when/of_day", test_of_day);
	return (g_test_run());
}
