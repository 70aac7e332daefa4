/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * JSON; see json.h.
 */

#include <math.h>
#include <stdarg.h>

#include "sim/kassert.h"
#include "study/text/json.h"

#define	JSON_MAXWHOLE	9007199254740992.0	/* 2^53 */

static void
json_begin(struct json *j, GString *out, enum json_look look, bool first)
{

	*j = (struct json){ .out = out, .look = look, .first = first };
}

void
json_init(struct json *j, GString *out, enum json_look look)
{

	json_begin(j, out, look, true);
}

void
json_init_inside(struct json *j, GString *out, enum json_look look)
{

	json_begin(j, out, look, false);
}

void
json_fini(struct json *j)
{

	KASSERT(j->depth == 0, ("%u objects or lists not ended", j->depth));
	KASSERT(!j->keyed, ("a key without a value"));
}

void
json_line(struct json *j)
{

	j->line = true;
}

/* ---- what stands between values ---------------------------------------- */

static bool
json_in_object(const struct json *j)
{

	return (j->depth > 0 && j->ends[j->depth - 1] == '}');
}

static void
json_break(struct json *j)
{

	if (j->line)
		g_string_append_c(j->out, '\n');
	j->line = false;
}

/* Before a key, or before a value that has none. */
static void
json_next(struct json *j)
{

	if (!j->first)
		g_string_append_c(j->out, ',');
	j->first = false;
	json_break(j);
}

/* Before any value. */
static void
json_value(struct json *j)
{

	KASSERT(j->keyed == json_in_object(j),
	    ("a key for each value of an object, and for no other"));
	if (!j->keyed)
		json_next(j);
	j->keyed = false;
}

static void
json_open(struct json *j, char start, char end)
{

	KASSERT(j->depth < JSON_MAXDEPTH, ("too deep"));
	json_value(j);
	g_string_append_c(j->out, start);
	j->ends[j->depth++] = end;
	j->first = true;
}

void
json_object(struct json *j)
{

	json_open(j, '{', '}');
}

void
json_list(struct json *j)
{

	json_open(j, '[', ']');
}

void
json_end(struct json *j)
{

	KASSERT(j->depth > 0, ("nothing to end"));
	KASSERT(!j->keyed, ("a key without a value"));
	json_break(j);
	g_string_append_c(j->out, j->ends[--j->depth]);
	j->first = false;
}

/* ---- values ------------------------------------------------------------ */

static void
json_string(struct json *j, const char *text)
{
	g_autofree char *valid = NULL;

	if (!g_utf8_validate(text, -1, NULL)) {
		valid = g_utf8_make_valid(text, -1);
		text = valid;
	}
	g_string_append_c(j->out, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			g_string_append_c(j->out, '\\');
		if ((unsigned char)*text < ' ')
			g_string_append_printf(j->out, "\\u%04x",
			    (unsigned)*text);
		else
			g_string_append_c(j->out, *text);
	}
	g_string_append_c(j->out, '"');
}

void
json_key(struct json *j, const char *key)
{

	KASSERT(json_in_object(j) && !j->keyed, ("%s: no place for a key",
	    key));
	j->line |= j->look == JSON_LINES;
	json_next(j);
	json_string(j, key);
	g_string_append_c(j->out, ':');
	j->keyed = true;
}

void
json_text(struct json *j, const char *text)
{

	json_value(j);
	if (text == NULL)
		g_string_append(j->out, "null");
	else
		json_string(j, text);
}

void
json_bool(struct json *j, bool v)
{

	json_value(j);
	g_string_append(j->out, v ? "true" : "false");
}

void
json_count(struct json *j, uint64_t n)
{

	json_value(j);
	g_string_append_printf(j->out, "%ju", (uintmax_t)n);
}

void
json_double(struct json *j, double v)
{
	char buf[G_ASCII_DTOSTR_BUF_SIZE];

	json_value(j);
	/* Up to there each whole number is one; -0 is 0. */
	if (!isfinite(v))
		g_string_append(j->out, "null");
	else
		g_string_append(j->out, g_ascii_formatd(buf, sizeof(buf),
		    v == trunc(v) && fabs(v) <= JSON_MAXWHOLE ? "%.0f" :
		    "%.15g", v == 0 ? 0 : v));
}

void
json_number(struct json *j, const char *fmt, ...)
{
	va_list ap;

	json_value(j);
	va_start(ap, fmt);
	g_string_append_vprintf(j->out, fmt, ap);
	va_end(ap);
}

/* ---- members ----------------------------------------------------------- */

void
json_member_text(struct json *j, const char *key, const char *text)
{

	json_key(j, key);
	json_text(j, text);
}

void
json_member_count(struct json *j, const char *key, uint64_t n)
{

	json_key(j, key);
	json_count(j, n);
}

void
json_member_double(struct json *j, const char *key, double v)
{

	json_key(j, key);
	json_double(j, v);
}
