/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Times as programs print them; see when.h.
 */

#include <stdbool.h>
#include <string.h>

#include <glib.h>

#include "sim/time.h"
#include "study/capture/when.h"
#include "study/text/unit.h"

#define	WHEN_MAXTEXT	64	/* nobody writes a longer time */
#define	WHEN_NONE	"is not a time"

struct when {
	int		year, month, day;
	int		hour, minute, second;
	int64_t		ps;		/* of the second */
	int		offset;		/* s east of UTC */
	int		half;		/* 12-hour clock: 0, or 'A', 'P' */
};

/* ---- parts ------------------------------------------------------------- */

/* Digits, `least' to `most' of them; false leaves the text as it is. */
static bool
part_number(const char **text, unsigned least, unsigned most, int *n)
{
	const char *p;

	*n = 0;
	for (p = *text; g_ascii_isdigit(*p) && p < *text + most; p++)
		*n = *n * 10 + (*p - '0');
	if (p < *text + least || g_ascii_isdigit(*p))
		return (false);
	*text = p;
	return (true);
}

static bool
part_char(const char **text, const char *chars)
{

	if (**text == '\0' || strchr(chars, **text) == NULL)
		return (false);
	++*text;
	return (true);
}

/* .430166, digits beyond the picosecond left out. */
static void
part_fraction(const char **text, int64_t *ps)
{
	int64_t unit;

	*ps = 0;
	if ((**text != '.' && **text != ',') ||
	    !g_ascii_isdigit((*text)[1]))
		return;
	++*text;
	for (unit = SIM_S / 10; g_ascii_isdigit(**text); unit /= 10)
		*ps += unit * (*(*text)++ - '0');
}

/* 14:39:59.430166 */
static bool
part_clock(const char **text, struct when *w)
{
	int hour, minute, second;
	const char *p;

	p = *text;
	if (!part_number(&p, 1, 2, &hour) || !part_char(&p, ":") ||
	    !part_number(&p, 2, 2, &minute) || !part_char(&p, ":") ||
	    !part_number(&p, 2, 2, &second))
		return (false);
	w->hour = hour;
	w->minute = minute;
	w->second = second;
	part_fraction(&p, &w->ps);
	*text = p;
	return (true);
}

/* +0200, +02:00, +02, Z, the name of a zone, nothing. */
static bool
part_offset(const char **text, struct when *w)
{
	int hours, minutes, sign;
	const char *p;

	p = *text;
	if (*p != '+' && *p != '-') {
		while (g_ascii_isalpha(*p))
			p++;
		*text = p;
		return (true);
	}
	sign = *p++ == '-' ? -1 : 1;
	minutes = 0;
	if (!g_ascii_isdigit(p[0]) || !g_ascii_isdigit(p[1]))
		return (false);
	hours = (p[0] - '0') * 10 + p[1] - '0';
	p += 2;
	if (*p == ':')
		p++;
	if (g_ascii_isdigit(*p) && !part_number(&p, 2, 2, &minutes))
		return (false);
	w->offset = sign * (hours * 3600 + minutes * 60);
	*text = p;
	return (true);
}

/* 1 to 12 by the first three letters, in English; 0: none. */
static int
month_number(const char *text)
{
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
	char name[4];
	const char *at;
	unsigned i;

	for (i = 0; i < 3; i++) {
		if (!g_ascii_isalpha(text[i]))
			return (0);
		name[i] = g_ascii_tolower(text[i]);
	}
	name[3] = '\0';
	at = strstr(names, name);
	return (at == NULL || (at - names) % 3 != 0 ? 0 :
	    (int)(at - names) / 3 + 1);
}

/* ---- together ---------------------------------------------------------- */

/* Days since 1970 of a date in the Gregorian calendar. */
static int64_t
when_days(const struct when *w)
{
	g_autoptr(GDateTime) date = NULL;

	date = g_date_time_new_utc(w->year, w->month, w->day, 0, 0, 0);
	return (date == NULL ? -1 : g_date_time_to_unix(date) / 86400);
}

static const char *
when_seconds(const struct when *w, uint64_t *s, int64_t *ps)
{
	int64_t days, t;
	int hour;

	days = when_days(w);
	hour = w->hour;
	if (w->half != 0)
		hour = hour % 12 + (w->half == 'P' ? 12 : 0);
	/* A leap second is the next one. */
	if (days < 0 || hour > 23 || w->minute > 59 || w->second > 60 ||
	    (w->half != 0 && (w->hour < 1 || w->hour > 12)))
		return ("is no time of any day since 1970");
	t = days * 86400 + hour * 3600 + w->minute * 60 + w->second -
	    w->offset;
	if (t < 0)
		return ("is before 1970");
	*s = (uint64_t)t;
	*ps = w->ps;
	return (NULL);
}

/* ---- ways to write it -------------------------------------------------- */

static const char *
when_number(const char *text, uint64_t *s, int64_t *ps)
{
	char plain[WHEN_MAXTEXT + 2];
	size_t digits, len, shift;

	len = strlen(text);
	digits = strspn(text, "0123456789");
	if (digits > 20)
		return (WHEN_NONE);
	memcpy(plain, text, len + 1);
	if (plain[digits] == ',')
		plain[digits] = '.';
	/* A count of finer units: the point moves to where seconds end. */
	shift = digits < 12 ? 0 : digits < 15 ? 3 : digits < 18 ? 6 : 9;
	if (shift > 0) {
		if (plain[digits] == '.')
			memmove(plain + digits - shift + 1,
			    plain + digits - shift, shift);
		else
			memmove(plain + digits - shift + 1,
			    plain + digits - shift, len - digits + shift + 1);
		plain[digits - shift] = '.';
	}
	return (unit_seconds(plain, strlen(plain), s, ps));
}

/* 2020-06-05T14:39:59.43Z */
static bool
when_iso(const char *p, struct when *w)
{

	if (!part_number(&p, 4, 4, &w->year) || !part_char(&p, "-/") ||
	    !part_number(&p, 2, 2, &w->month) || !part_char(&p, "-/") ||
	    !part_number(&p, 2, 2, &w->day) || !part_char(&p, "Tt _") ||
	    !part_clock(&p, w))
		return (false);
	if (*p == ' ')
		p++;
	return (part_offset(&p, w) && *p == '\0');
}

/* 05/Jun/2020:14:39:59 +0000 */
static bool
when_log(const char *p, struct when *w)
{

	if (!part_number(&p, 2, 2, &w->day) || !part_char(&p, "/"))
		return (false);
	w->month = month_number(p);
	if (w->month == 0)
		return (false);
	p += 3;
	if (!part_char(&p, "/") || !part_number(&p, 4, 4, &w->year) ||
	    !part_char(&p, ":") || !part_clock(&p, w))
		return (false);
	if (*p == ' ')
		p++;
	return (part_offset(&p, w) && *p == '\0');
}

/* One word of date(1): Fri, Jun, 5, 14:39:59, PM, UTC, 2020. */
static bool
when_word(const char *word, struct when *w, bool *clock)
{
	const char *p;
	int n;

	p = word;
	if (part_clock(&p, w) && *p == '\0') {
		*clock = true;
		return (true);
	}
	p = word;
	if (part_number(&p, 4, 4, &n) && *p == '\0' && w->year == 0) {
		w->year = n;
		return (true);
	}
	p = word;
	if (part_number(&p, 1, 2, &n) && (*p == '\0' ||
	    strcmp(p, ".") == 0) && w->day == 0) {
		w->day = n;
		return (true);
	}
	if (g_ascii_strcasecmp(word, "AM") == 0 ||
	    g_ascii_strcasecmp(word, "PM") == 0) {
		w->half = (unsigned char)g_ascii_toupper(*word);
		return (true);
	}
	if (w->month == 0 && (n = month_number(word)) != 0) {
		w->month = n;
		return (true);
	}
	p = word;
	return (part_offset(&p, w) && *p == '\0');
}

static bool
when_words(const char *text, struct when *w)
{
	g_auto(GStrv) words = g_strsplit_set(text, " ,\t", -1);
	bool clock;
	unsigned i;

	clock = false;
	for (i = 0; words[i] != NULL; i++)
		if (*words[i] != '\0' && !when_word(words[i], w, &clock))
			return (false);
	return (clock && w->year > 0 && w->month > 0 && w->day > 0);
}

const char *
when_parse(const char *text, uint64_t *s, int64_t *ps)
{
	static bool (*const ways[])(const char *, struct when *) = {
		when_iso, when_log, when_words };
	struct when w;
	size_t digits;
	unsigned i;

	if (strlen(text) > WHEN_MAXTEXT)
		return (WHEN_NONE);
	digits = strspn(text, "0123456789");
	if (digits > 0 && strspn(text + digits, ".,0123456789") ==
	    strlen(text + digits))
		return (when_number(text, s, ps));
	for (i = 0; i < G_N_ELEMENTS(ways); i++) {
		memset(&w, 0, sizeof(w));
		if (ways[i](text, &w))
			return (when_seconds(&w, s, ps));
	}
	return (WHEN_NONE);
}

const char *
when_of_day(const char *text, uint64_t *s, int64_t *ps)
{
	struct when w = { .hour = 0 };
	const char *p;

	p = text;
	if (!part_clock(&p, &w) || *p != '\0' || w.hour > 23 ||
	    w.minute > 59 || w.second > 60)
		return ("is no time of day");
	*s = (uint64_t)w.hour * 3600 + (uint64_t)w.minute * 60 +
	    (uint64_t)w.second;
	*ps = w.ps;
	return (NULL);
}
