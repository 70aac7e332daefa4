/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Numbers as text; see number.h.
 */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/kassert.h"
#include "study/text/number.h"

#define	NUMBER_SHORT	3	/* digits of what is for people */

/* Cut "1.500" to "1.5" and "2.000" to "2", from byte `from' on. */
static void
number_trim(GString *out, size_t from)
{
	size_t len;

	if (strchr(out->str + from, '.') == NULL)
		return;
	for (len = out->len; out->str[len - 1] == '0'; len--)
		;
	if (out->str[len - 1] == '.')
		len--;
	g_string_truncate(out, len);
}

#define	NUMBER_WIDTH	20	/* digits of the largest count */

/*
 * Write the digits of n, `least' of them or more, before `end'.
 *
 * Returns:	where they begin
 */
static char *
number_digits(char *end, uint64_t n, int least)
{

	for (; n > 0 || least > 0; n /= 10, least--)
		*--end = (char)('0' + n % 10);
	return (end);
}

void
number_add_plain(GString *out, uint64_t n)
{
	char buf[NUMBER_WIDTH], *from;

	from = number_digits(buf + NUMBER_WIDTH, n, 1);
	g_string_append_len(out, from, buf + NUMBER_WIDTH - from);
}

void
number_add_ps(GString *out, simtime ps, simtime unit)
{
	char buf[2 * NUMBER_WIDTH + 2], *end, *from;
	uint64_t rest, size;
	simtime scale;
	int digits;

	KASSERT(unit > 0, ("unit %jd", (intmax_t)unit));
	/* The magnitude of INT64_MIN fits only without a sign. */
	size = ps < 0 ? -(uint64_t)ps : (uint64_t)ps;
	rest = size % (uint64_t)unit;
	from = end = buf + sizeof(buf);
	if (rest != 0) {
		digits = 0;
		for (scale = unit; scale > 1; scale /= 10)
			digits++;
		for (; rest % 10 == 0; rest /= 10)
			digits--;
		from = number_digits(from, rest, digits);
		*--from = '.';
	}
	from = number_digits(from, size / (uint64_t)unit, 1);
	if (ps < 0)
		*--from = '-';
	g_string_append_len(out, from, end - from);
}

/* The decimal exponent of v, after rounding to `digits' digits. */
static int
number_exponent(double v, int digits)
{
	char buf[G_ASCII_DTOSTR_BUF_SIZE], fmt[16];
	const char *e;

	g_snprintf(fmt, sizeof(fmt), "%%.%de", digits - 1);
	g_ascii_formatd(buf, sizeof(buf), fmt, v);
	e = strchr(buf, 'e');
	KASSERT(e != NULL, ("no exponent in %s", buf));
	return (atoi(e + 1));
}

static void
number_add_digits(GString *out, double v, int digits)
{
	char buf[512], fmt[16];
	int decimals;

	decimals = CLAMP(digits - 1 - number_exponent(v, digits), 0, 15);
	g_snprintf(fmt, sizeof(fmt), "%%.%df", decimals);
	g_ascii_formatd(buf, sizeof(buf), fmt, v);
	g_string_append(out, buf);
}

/* The same without trailing zeros. */
static void
number_add_trimmed(GString *out, double v, int digits)
{
	size_t from;

	from = out->len;
	number_add_digits(out, v, digits);
	number_trim(out, from);
	/* What rounds to nothing is nothing, without a sign. */
	if (strcmp(out->str + from, "-0") == 0)
		g_string_erase(out, (gssize)from, 1);
}

void
number_add_double(GString *out, double v)
{

	if (isnan(v)) {
		g_string_append(out, "nan");
	} else if (isinf(v)) {
		g_string_append(out, v < 0 ? "-inf" : "inf");
	} else if (v == 0) {
		g_string_append(out, "0");
	} else {
		number_add_trimmed(out, v, NUMBER_DIGITS);
	}
}

void
number_add_count(GString *out, uint64_t n)
{
	char buf[32];
	int i, len;

	len = g_snprintf(buf, sizeof(buf), "%ju", (uintmax_t)n);
	for (i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			g_string_append_c(out, ',');
		g_string_append_c(out, buf[i]);
	}
}

void
number_add_duration(GString *out, simtime ps)
{
	static const struct {
		const char	*name;
		simtime		ps;
	} units[] = {
		{ "s", SIM_S }, { "ms", SIM_MS }, { "us", SIM_US },
		{ "ns", SIM_NS }, { "ps", 1 }
	};
	double v;
	size_t i;

	if (ps == SIM_NEVER) {
		g_string_append(out, "never");
		return;
	}
	if (ps == 0) {
		g_string_append(out, "0");
		return;
	}
	KASSERT(ps > 0, ("duration %jd", (intmax_t)ps));
	/* 999.9 us reads as 1 ms once it is rounded. */
	for (i = 0; ps + units[i].ps / 2000 < units[i].ps; i++)
		;
	v = (double)ps / (double)units[i].ps;
	number_add_trimmed(out, v, NUMBER_SHORT);
	g_string_append_printf(out, " %s", units[i].name);
}

/* ---- of numbers that may be anything ----------------------------------- */

/* What a simtime and a count hold, with room to round. */
#define	NUMBER_MAXTIME	9.2e18
#define	NUMBER_MAXCOUNT	1.8e19

simtime
number_to_time(double v, simtime unit)
{
	double ps;

	ps = v * (double)unit;
	if (!(ps > 0))
		return (0);
	return (ps > NUMBER_MAXTIME ? SIM_NEVER - 1 : (simtime)(ps + 0.5));
}

uint64_t
number_to_count(double v)
{

	if (!(v > 0))
		return (0);
	return (v > NUMBER_MAXCOUNT ? UINT64_MAX : (uint64_t)(v + 0.5));
}

void
number_add_time(GString *out, double v, simtime unit)
{

	if (v < 0) {
		g_string_append_c(out, '-');
		v = -v;
	}
	if (v * (double)unit <= NUMBER_MAXTIME) {
		number_add_duration(out, number_to_time(v, unit));
		return;
	}
	number_add_double(out, v * ((double)unit / (double)SIM_S));
	g_string_append(out, isnan(v) ? "" : " s");
}

/* More than anybody counts, as a power of ten: its digits would fill a page. */
static void
number_add_huge(GString *out, double v)
{
	char buf[G_ASCII_DTOSTR_BUF_SIZE];

	if (isfinite(v))
		g_string_append(out, g_ascii_formatd(buf, sizeof(buf), "%.3g",
		    v));
	else
		number_add_double(out, v);
}

void
number_add_short(GString *out, double v)
{
	double unit;

	if (!isfinite(v) || fabs(v) > NUMBER_MAXCOUNT) {
		number_add_huge(out, v);
	} else if (v == 0) {
		number_add_double(out, v);
	} else if (fabs(v) < 999.5) {
		number_add_trimmed(out, v, NUMBER_SHORT);
	} else {
		unit = pow(10, floor(log10(fabs(v))) + 1 - NUMBER_SHORT);
		number_add_amount(out, round(v / unit) * unit);
	}
}

void
number_add_amount(GString *out, double v)
{

	if (v <= -0.5) {
		g_string_append_c(out, '-');
		v = -v;
	}
	if (v <= NUMBER_MAXCOUNT)
		number_add_count(out, number_to_count(v));
	else
		number_add_huge(out, v);
}
