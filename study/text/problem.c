/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What is wrong with what a user wrote; see problem.h.
 */

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "study/text/problem.h"

#define	PROBLEM_QUOTE_MAX	60	/* keeps a message on one line */
#define	PROBLEM_LINE_MAX	2000	/* bytes of one */

GQuark
problem_quark(void)
{

	return (g_quark_from_static_string("pcbsim-scenario"));
}

void
problems_init(struct problems *ps)
{

	ps->lines = g_ptr_array_new_with_free_func(g_free);
	ps->told = g_hash_table_new(g_str_hash, g_str_equal);
	ps->unread = false;
}

void
problems_fini(struct problems *ps)
{

	g_hash_table_destroy(ps->told);
	g_ptr_array_unref(ps->lines);
}

/*
 * What a user wrote may be a line of 64 KiB; of a message that repeats it the
 * middle is left out.  Takes the line.
 */
static char *
problem_cut(char *line)
{
	const char *head, *tail;
	char *cut;
	size_t len;

	len = strlen(line);
	if (len <= PROBLEM_LINE_MAX || strchr(line, '\n') != NULL)
		return (line);
	/* Between characters; of what is no UTF-8 between bytes. */
	head = g_utf8_find_prev_char(line, line + PROBLEM_LINE_MAX / 2);
	tail = g_utf8_find_next_char(line + len - PROBLEM_LINE_MAX / 4, NULL);
	cut = g_strdup_printf("%.*s [%zu bytes] %s", (int)(head - line), line,
	    (size_t)(tail - head), tail);
	g_free(line);
	return (cut);
}

void
problems_add(struct problems *ps, const char *fmt, ...)
{
	va_list ap;
	char *line;

	va_start(ap, fmt);
	line = problem_cut(g_strdup_vprintf(fmt, ap));
	va_end(ap);
	if (g_hash_table_contains(ps->told, line)) {
		g_free(line);
		return;
	}
	g_hash_table_add(ps->told, line);
	g_ptr_array_add(ps->lines, line);
}

bool
problems_none(const struct problems *ps, GError **error)
{
	GString *all;
	guint i;

	if (ps->lines->len == 0)
		return (true);
	all = g_string_new(NULL);
	for (i = 0; i < ps->lines->len; i++)
		g_string_append_printf(all, "%s%s", i > 0 ? "\n" : "",
		    (const char *)ps->lines->pdata[i]);
	g_set_error_literal(error, PROBLEM_DOMAIN, ps->unread ? PROBLEM_READ :
	    PROBLEM_USER, all->str);
	g_string_free(all, TRUE);
	return (false);
}

bool
problem_unread(const GError *error)
{

	return (g_error_matches(error, PROBLEM_DOMAIN, PROBLEM_READ));
}

void
problems_because(struct problems *ps, const GError *cause)
{

	ps->unread |= problem_unread(cause);
}

void
problem_because(GError **error, const GError *cause)
{

	if (error != NULL && *error != NULL && problem_unread(cause))
		(*error)->code = PROBLEM_READ;
}

static void problem_set_code(GError **, enum problem_code, const char *fmt,
    va_list) G_GNUC_PRINTF(3, 0);

static void
problem_set_code(GError **error, enum problem_code code, const char *fmt,
    va_list ap)
{
	g_autofree char *text = NULL;

	text = problem_cut(g_strdup_vprintf(fmt, ap));
	g_set_error_literal(error, PROBLEM_DOMAIN, code, text);
}

void
problem_set(GError **error, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	problem_set_code(error, PROBLEM_USER, fmt, ap);
	va_end(ap);
}

void
problem_set_errno(GError **error, int cause, const char *fmt, ...)
{
	static const int of_names[] = { ENOENT, ENOTDIR, EISDIR, ELOOP,
	    ENAMETOOLONG, EACCES, EPERM, ENXIO };
	enum problem_code code;
	va_list ap;
	size_t i;

	code = PROBLEM_READ;
	for (i = 0; i < G_N_ELEMENTS(of_names); i++)
		if (cause == of_names[i])
			code = PROBLEM_USER;
	va_start(ap, fmt);
	problem_set_code(error, code, fmt, ap);
	va_end(ap);
}

char *
problem_quote(const char *text)
{
	GString *out;
	const unsigned char *p;

	out = g_string_new("'");
	for (p = (const unsigned char *)text; *p != '\0'; p++) {
		if (out->len > PROBLEM_QUOTE_MAX) {
			g_string_append(out, "...");
			break;
		}
		if (*p < ' ' || *p >= 127)
			g_string_append_printf(out, "\\x%02x", *p);
		else
			g_string_append_c(out, (char)*p);
	}
	g_string_append_c(out, '\'');
	return (g_string_free(out, FALSE));
}

char *
problem_plain(const char *text)
{
	const char *next, *p;
	GString *s;
	gunichar c;

	s = g_string_new(NULL);
	for (p = text; *p != '\0'; p = next) {
		c = g_utf8_get_char_validated(p, -1);
		next = c >= (gunichar)-2 ? p + 1 : g_utf8_next_char(p);
		if (c == '\n' || c == '\t' || (c < (gunichar)-2 &&
		    g_unichar_isprint(c))) {
			g_string_append_len(s, p, next - p);
			continue;
		}
		for (; p < next; p++)
			g_string_append_printf(s, "\\x%02x",
			    (unsigned char)*p);
	}
	return (g_string_free(s, FALSE));
}

/* Are these eight bytes all ASCII that prints?  Each by itself, at once. */
static bool
problem_eight(const char *text)
{
	const uint64_t each = UINT64_C(0x0101010101010101), top = each << 7;
	uint64_t x;

	memcpy(&x, text, sizeof(x));
	return (((x | (x + each)) & top) == 0 &&
	    (((x | top) - each * ' ') & top) == top);
}

const char *
problem_bytes(const char *text, size_t len)
{
	const char *p;
	gunichar c;
	size_t i;

	/* Nearly all is ASCII that prints. */
	for (i = 0; len - i >= sizeof(uint64_t) && problem_eight(text + i);
	    i += sizeof(uint64_t))
		;
	for (; i < len && text[i] >= ' ' && text[i] < 0x7f; i++)
		;
	if (i == len)
		return (NULL);
	if (memchr(text, '\0', len) != NULL)
		return ("a NUL byte");
	if (!g_utf8_validate(text, (gssize)len, NULL))
		return ("bytes that are not UTF-8");
	for (p = text + i; p < text + len; p = g_utf8_next_char(p)) {
		c = g_utf8_get_char(p);
		if (c != '\t' && g_unichar_iscntrl(c))
			return ("a control character");
		/* No page and no picture can show what XML has not. */
		if (c == 0xfffe || c == 0xffff)
			return ("U+FFFE or U+FFFF, which is no character");
	}
	return (NULL);
}
