/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What is said to be certain is so, whatever the names come to in their ranges;
 * and what two values in the ranges decide differently is never called certain.
 */

#include <math.h>
#include <string.h>

#include <glib.h>

#include "study/text/expr.h"

#define	NNAMES	3

/* v.a, v.b and v.c: what is known, and what they come to. */
struct names {
	struct expr_range range[NNAMES];
	double		value[NNAMES];
};

static struct expr_range
range_of(const char *variant, const char *metric, void *arg)
{
	const struct names *nm;

	(void)variant;
	nm = arg;
	return (nm->range[metric[0] - 'a']);
}

static bool
value_of(const char *variant, const char *metric, double *value, void *arg,
    GError **error)
{
	const struct names *nm;

	(void)variant;
	(void)error;
	nm = arg;
	*value = nm->value[metric[0] - 'a'];
	return (true);
}

static const char *const texts[] = {
	"v.a > 0", "v.a >= 3 && v.b < 2", "v.a == 0", "v.a != v.b",
	"v.a > 2 || v.b > 2", "v.a + v.b > 4", "v.a - v.b >= 1",
	"v.a * v.b > 6", "v.a / v.b < 2", "-v.a < -2", "v.a - v.a != 0",
	"v.a / v.b > 1 || v.c > 2", "v.a / v.b > 1 && v.c > 2",
	"(v.a * v.b > 1) < 2", "(v.a - v.b > 1) < 2", "(v.a / v.b > 1) < 2",
	"(v.a / v.b > 1 || v.c > 2) < 2",
	"(v.a > 1) + (v.b > 1) == 2", "v.a <= v.b && v.b <= v.c",
	"v.a > v.b || v.c < 5", "v.c == v.c", "v.a >= freezes"
};

static double
draw_value(const struct expr_range *r)
{
	static const double odd[] = { NAN, HUGE_VAL, -HUGE_VAL, 0, 1, -1 };

	if (!r->known)
		return (g_test_rand_bit() ? odd[g_test_rand_int_range(0,
		    (gint32)G_N_ELEMENTS(odd))] :
		    g_test_rand_int_range(-6, 7));
	if (r->hi == HUGE_VAL && g_test_rand_int_range(0, 8) == 0)
		return (HUGE_VAL);
	return (r->hi == r->lo ? r->lo : r->lo + g_test_rand_int_range(0,
	    r->hi == HUGE_VAL ? 7 : (gint32)(r->hi - r->lo) + 1));
}

static void
draw_range(struct expr_range *r)
{

	*r = (struct expr_range){ .known = g_test_rand_int_range(0, 4) > 0 };
	r->lo = g_test_rand_int_range(-1, 6);
	r->hi = r->lo + g_test_rand_int_range(0, 4);
	if (g_test_rand_bit())
		r->hi = HUGE_VAL;
}

static void
test_sure_is_so(void)
{
	struct names nm;
	struct expr *e;
	unsigned i, k, n, round, sure;
	double value;
	bool holds;

	for (i = sure = 0; i < G_N_ELEMENTS(texts); i++) {
		e = expr_parse(texts[i], NULL);
		g_assert_nonnull(e);
		for (round = 0; round < 3000; round++) {
			for (n = 0; n < NNAMES; n++)
				draw_range(&nm.range[n]);
			if (!expr_sure(e, range_of, &nm, &holds))
				continue;
			sure++;
			for (k = 0; k < 20; k++) {
				for (n = 0; n < NNAMES; n++)
					nm.value[n] = draw_value(
					    &nm.range[n]);
				g_assert_true(expr_eval(e, value_of, &nm,
				    &value, NULL));
				if (holds != (value == value && value != 0))
					g_error("%s: not so", texts[i]);
			}
		}
		expr_free(e);
	}
	g_assert_cmpuint(sure, >, 1000);
}

/* The cases that end runs early. */
static void
test_sure_in_time(void)
{
	static const struct {
		const char	*text;
		double		a, b;	/* at least */
		bool		sure, holds;
	} cases[] = {
		{ "v.a > 0", 0, 0, false, false },
		{ "v.a > 0", 1, 0, true, true },
		{ "v.a == 0", 1, 0, true, false },
		{ "v.a >= freezes", 3, 0, false, false },
		{ "v.a >= freezes", 4, 0, true, true },
		{ "v.a > 2 || v.b > 2", 0, 3, true, true },
		{ "v.a > 2 && v.b > 2", 0, 3, false, false },
		{ "v.a < 2 && v.b > 2", 2, 0, true, false },
		{ "v.a / 10 > 1", 11, 0, true, true },
		{ "v.a + v.b > 9", 5, 5, true, true },
		{ "v.c > 0 || v.a > 0", 1, 0, true, true },
		{ "v.c > 0 && v.a > 0", 1, 0, false, false }
	};
	struct names nm;
	struct expr *e;
	unsigned i;
	bool holds;

	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		e = expr_parse(cases[i].text, NULL);
		nm.range[0] = (struct expr_range){ cases[i].a, HUGE_VAL,
		    true };
		nm.range[1] = (struct expr_range){ cases[i].b, HUGE_VAL,
		    true };
		nm.range[2] = (struct expr_range){ .known = false };
		g_assert_cmpint(expr_sure(e, range_of, &nm, &holds), ==,
		    cases[i].sure);
		if (cases[i].sure)
			g_assert_cmpint(holds, ==, cases[i].holds);
		expr_free(e);
	}
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/expr_sure/so_whatever_comes", test_sure_is_so);
	g_test_add_func("/expr_sure/as_soon_as_it_is", test_sure_in_time);
	return (g_test_run());
}
