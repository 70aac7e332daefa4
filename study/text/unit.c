/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Quantities as people write them; see unit.h.
 */

#include <string.h>

#include "study/text/nearest.h"
#include "study/text/problem.h"
#include "study/text/unit.h"

typedef unsigned __int128 u128;

#define	UNIT_PS_DIGITS	12	/* of a second */
#define	UNIT_MAXDIGITS	20	/* x 3.6e15 ps an hour: fits 128 bits */

struct unit {
	const char	*name;
	uint64_t	num;		/* base units each, as a fraction */
	uint64_t	den;
};

/* What a kind of quantity may be measured in. */
struct unit_kind {
	const char	*what;		/* "a duration" */
	const char	*allowed;	/* for messages */
	const char	*finest;	/* the base unit */
	const struct unit *units;
	unsigned	nunits;
	bool		bare_zero;	/* 0 needs no unit */
	uint64_t	max;		/* in base units */
	const char	*max_text;
};

static const struct unit duration_units[] = {
	{ "ns", 1000, 1 },
	{ "us", 1000000, 1 },
	{ "ms", 1000000000, 1 },
	{ "s", 1000000000000, 1 },
	{ "min", 60000000000000, 1 },
	{ "h", 3600000000000000, 1 }
};

static const struct unit_kind duration_kind = {
	"a duration", "a number with ns, us, ms, s, min or h", "1 ps",
	duration_units, G_N_ELEMENTS(duration_units), true, SIM_NEVER - 1,
	"106 days"
};

static const struct unit rate_units[] = {
	{ "/s", 1000000, 1 },
	{ "k/s", 1000000000, 1 },
	{ "M/s", 1000000000000, 1 },
	{ "G/s", 1000000000000000, 1 },
	{ "/min", 1000000, 60 },
	{ "k/min", 1000000000, 60 },
	{ "M/min", 1000000000000, 60 },
	{ "/h", 1000000, 3600 },
	{ "k/h", 1000000000, 3600 },
	{ "M/h", 1000000000000, 3600 }
};

static const struct unit_kind rate_kind = {
	"a rate", "a number with /s, /min or /h, and k, M or G before it",
	"0.000001/s", rate_units, G_N_ELEMENTS(rate_units), false,
	1000000000000000, "1G/s"
};

static const struct unit count_units[] = {
	{ "", 1, 1 },
	{ "k", 1000, 1 },
	{ "M", 1000000, 1 },
	{ "G", 1000000000, 1 },
	{ "Ki", 1024, 1 },
	{ "Mi", 1024 * 1024, 1 },
	{ "Gi", 1024 * 1024 * 1024, 1 }
};

static const struct unit_kind count_kind = {
	"a count", "a whole number, with k, M, G, Ki, Mi or Gi or without", "1",
	count_units, G_N_ELEMENTS(count_units), true, UINT64_MAX,
	"18446744073709551615"
};

static const struct unit factor_units[] = {
	{ "", 1000000, 1 },
	{ "%", 10000, 1 }
};

static const struct unit_kind factor_kind = {
	"a factor", "a number, or a share with %", "0.000001", factor_units,
	G_N_ELEMENTS(factor_units), true, 1000000000000000, "1000000000"
};

/*
 * The digits of a number: its value is digits / 10^scale.
 *
 * Returns:	what follows them; NULL if there are none or too many.
 */
static const char *
unit_digits(const char *text, u128 *digits, unsigned *scale)
{
	const char *p;
	unsigned after, n;
	bool point;

	*digits = 0;
	after = n = 0;
	point = false;
	for (p = text; g_ascii_isdigit(*p) || (*p == '.' && !point); p++) {
		if (*p == '.') {
			point = true;
			continue;
		}
		*digits = *digits * 10 + (unsigned)(*p - '0');
		if (*digits > 0 && ++n > UNIT_MAXDIGITS)
			return (NULL);
		if (point)
			after++;
	}
	/* "5." and ".5" are slips of the finger. */
	if (p == text || text[0] == '.' || p[-1] == '.')
		return (NULL);
	for (; after > 0 && *digits % 10 == 0; after--)
		*digits /= 10;
	*scale = after;
	return (after <= UNIT_MAXDIGITS ? p : NULL);
}

static u128
unit_power10(unsigned n)
{
	u128 v;

	for (v = 1; n > 0; n--)
		v *= 10;
	return (v);
}

static const struct unit *
unit_find(const struct unit_kind *kind, const char *name)
{
	unsigned i;

	for (i = 0; i < kind->nunits; i++)
		if (strcmp(kind->units[i].name, name) == 0)
			return (&kind->units[i]);
	return (NULL);
}

static bool
unit_unknown(const struct unit_kind *kind, const char *name, GError **error)
{
	const char *names[16];
	unsigned i, n;
	char *hint, *quoted;

	if (*name == '\0') {
		problem_set(error, "the unit is missing; allowed: %s",
		    kind->allowed);
		return (false);
	}
	n = 0;
	for (i = 0; i < kind->nunits; i++)
		if (kind->units[i].name[0] != '\0')
			names[n++] = kind->units[i].name;
	hint = nearest_hint(name, names, n);
	quoted = problem_quote(name);
	problem_set(error, "unknown unit %s; allowed: %s%s", quoted,
	    kind->allowed, hint);
	g_free(quoted);
	g_free(hint);
	return (false);
}

static bool
unit_parse(const struct unit_kind *kind, const char *text, uint64_t *value,
    GError **error)
{
	const struct unit *u;
	const char *rest;
	u128 num, den;
	unsigned scale;

	rest = unit_digits(text, &num, &scale);
	if (rest == NULL) {
		problem_set(error, "%s; allowed: %s", *text == '-' ?
		    "is negative" : *text == '\0' ? "is empty" :
		    "is not a plain decimal number of at most 20 digits",
		    kind->allowed);
		return (false);
	}
	if (num == 0 && *rest == '\0' && kind->bare_zero) {
		*value = 0;
		return (true);
	}
	while (*rest == ' ')
		rest++;
	u = unit_find(kind, rest);
	if (u == NULL)
		return (unit_unknown(kind, rest, error));
	num *= u->num;
	den = unit_power10(scale) * u->den;
	if (num % den != 0 && u->den == 1) {
		problem_set(error, "is finer than %s, the least there is",
		    kind->finest);
		return (false);
	}
	num = (num + den / 2) / den;
	if (num > kind->max) {
		problem_set(error, "is too large; at most %s", kind->max_text);
		return (false);
	}
	*value = (uint64_t)num;
	return (true);
}

/* value / 10^digits without needless zeros. */
static void
unit_add_decimal(GString *out, uint64_t value, unsigned digits)
{
	uint64_t power;

	power = (uint64_t)unit_power10(digits);
	g_string_append_printf(out, "%" G_GUINT64_FORMAT, value / power);
	value %= power;
	if (value == 0)
		return;
	for (; value % 10 == 0; digits--)
		value /= 10;
	g_string_append_printf(out, ".%0*" G_GUINT64_FORMAT, (int)digits,
	    value);
}

bool
unit_duration(const char *text, simtime *ps, GError **error)
{
	uint64_t value;

	if (!unit_parse(&duration_kind, text, &value, error))
		return (false);
	*ps = (simtime)value;
	return (true);
}

void
unit_add_duration(GString *out, simtime ps)
{
	const struct unit *u;

	if (ps == 0) {
		g_string_append_c(out, '0');
		return;
	}
	for (u = &duration_units[G_N_ELEMENTS(duration_units) - 1];
	    u > duration_units && (uint64_t)ps % u->num != 0; u--)
		;
	if (u == duration_units)
		unit_add_decimal(out, (uint64_t)ps, 3);
	else
		unit_add_decimal(out, (uint64_t)ps / u->num, 0);
	g_string_append(out, u->name);
}

bool
unit_rate(const char *text, rate_uhz *rate, GError **error)
{

	return (unit_parse(&rate_kind, text, rate, error));
}

void
unit_add_rate(GString *out, rate_uhz rate)
{

	unit_add_decimal(out, rate, 6);
	g_string_append(out, "/s");
}

bool
unit_count(const char *text, uint64_t *count, GError **error)
{

	return (unit_parse(&count_kind, text, count, error));
}

void
unit_add_count(GString *out, uint64_t count)
{

	unit_add_decimal(out, count, 0);
}

bool
unit_factor(const char *text, uint64_t *ppm, GError **error)
{

	return (unit_parse(&factor_kind, text, ppm, error));
}

void
unit_add_factor(GString *out, uint64_t ppm)
{

	unit_add_decimal(out, ppm, 6);
}

/* Digits behind the point of a number of seconds: as picoseconds, rounded. */
static const char *
unit_fraction(const char *p, const char *end, simtime *ps)
{
	static const simtime places[UNIT_PS_DIGITS + 1] = {
		1000000000000, 100000000000, 10000000000, 1000000000,
		100000000, 10000000, 1000000, 100000, 10000, 1000, 100, 10, 1
	};
	const char *from, *last;
	simtime value;
	unsigned digit;
	bool up;

	value = 0;
	up = false;
	last = end - p > UNIT_PS_DIGITS ? p + UNIT_PS_DIGITS : end;
	for (from = p; p < last && (digit = (unsigned)*p - '0') <= 9; p++)
		value = value * 10 + digit;
	value *= places[p - from];
	if (p == last && p < end) {
		up = *p >= '5' && *p <= '9';
		while (p < end && g_ascii_isdigit(*p))
			p++;
	}
	*ps = value + up;
	return (p);
}

const char *
unit_seconds(const char *text, size_t len, uint64_t *s, simtime *ps)
{
	const char *end, *p;
	uint64_t whole;
	unsigned digit;
	bool minus;

	end = text + len;
	p = text;
	whole = *s = 0;
	*ps = 0;
	minus = p < end && *p == '-';
	if (minus)
		p++;
	if (p == end || !g_ascii_isdigit(*p))
		return ("is not a plain decimal number");
	for (; p < end && (digit = (unsigned)*p - '0') <= 9; p++) {
		if (whole > UINT64_MAX / 100)
			return ("is too large");
		whole = whole * 10 + digit;
	}
	*s = whole;
	if (p < end && *p == '.') {
		if (++p == end)
			return ("is not a plain decimal number");
		p = unit_fraction(p, end, ps);
		if (*ps == SIM_S) {
			*ps = 0;
			++*s;
		}
	}
	if (p != end)
		return ("is not a plain decimal number");
	if (minus && (*s != 0 || *ps != 0))
		return ("is negative");
	return (NULL);
}
