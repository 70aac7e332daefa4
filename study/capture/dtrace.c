/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What scenarios/capture/connects.d (DTrace, FreeBSD) and connects.bt
 * (bpftrace, Linux) print: t_open_ns,t_close_ns,laddr,lport,faddr,fport,bound.
 *
 * t_close_ns 0: the connection was established; a later line with the same
 * t_open_ns, laddr and lport says when it closed, and without one it was still
 * open.  One that failed has only the later line.  bound: 0 no, 1 to an
 * address, 2 to a port.  A # line is a remark; one that speaks of drops says
 * that the capture is not whole, and is passed on.
 */

#include <string.h>

#include "study/capture/reader.h"

#define	NFIELDS	7

/* Of connections that are left out: their second line is not told, either. */
#define	PROBE_LEFT	G_MAXUINT

/* Nanoseconds of the machine's clock. */
static bool
probe_time(struct capture *c, const char *text, int64_t *ps)
{
	char *end;
	guint64 ns;

	ns = g_ascii_strtoull(text, &end, 10);
	if (*end != '\0' || end == text || !g_ascii_isdigit(*text))
		return (capture_bad(c, "is not a time in ns", text));
	if (ns > (guint64)(SIM_NEVER / SIM_NS) / 2)
		return (capture_bad(c, "is more than 50 days", text));
	*ps = (int64_t)ns * SIM_NS;
	return (true);
}

/* "t_open_ns,laddr,lport" -> index of the connection + 1. */
static void *
probe_new(void)
{

	return (g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL));
}

static void
probe_free(void *state)
{

	g_hash_table_destroy(state);
}

static void
probe_add(struct capture *c, GHashTable *known, const char *key,
    const struct capture_conn *cc)
{
	guint idx;

	idx = capture_add(c, cc);
	if (cc->end == CAPTURE_END_OPEN)
		g_hash_table_insert(known, g_strdup(key),
		    GUINT_TO_POINTER(idx + 1));
}

static bool
probe_conn(struct capture *c, GHashTable *known, char **field,
    struct capture_conn *cc)
{
	g_autofree char *key = NULL;
	struct capture_conn *opened;
	enum capture_got got;
	guint n;

	key = g_strconcat(field[0], ",", field[2], ",", field[3], NULL);
	n = GPOINTER_TO_UINT(g_hash_table_lookup(known, key));
	if (n == PROBE_LEFT)
		return (true);
	if (n > 0) {
		opened = capture_conn_at(c, n - 1);
		opened->close = cc->close;
		opened->end = cc->end;
		g_hash_table_remove(known, key);
		return (true);
	}
	got = capture_ends(c, cc, (const char *[]){ field[2], field[4] },
	    (const char *[]){ strcmp(field[3], "0") == 0 ? NULL : field[3],
	    field[5] });
	if (got == CAPTURE_GOT)
		probe_add(c, known, key, cc);
	else if (got == CAPTURE_LEFT)
		g_hash_table_insert(known, g_steal_pointer(&key),
		    GUINT_TO_POINTER(PROBE_LEFT));
	return (got != CAPTURE_BAD);
}

static bool
probe_fields(struct capture *c, GHashTable *known, char **field)
{
	struct capture_conn cc = { .sure = true,
	    .said = CAPTURE_SIDE(CAPTURE_OPENER), .end = CAPTURE_END_OPEN };

	if (!probe_time(c, field[0], &cc.open))
		return (false);
	if (strcmp(field[1], "0") != 0 && field[1][0] != '\0') {
		if (!probe_time(c, field[1], &cc.close))
			return (false);
		if (cc.close < cc.open)
			return (capture_bad(c, "is before t_open_ns",
			    field[1]));
		cc.end = CAPTURE_END_UNSAID;
	}
	if (field[6][0] < '0' || field[6][0] > '2' || field[6][1] != '\0')
		return (capture_bad(c, "is none of 0, 1, 2", field[6]));
	cc.bound = field[6][0] == '0' ? CAPTURE_BOUND_NO :
	    CAPTURE_BOUND_YES;
	return (probe_conn(c, known, field, &cc));
}

static bool
probe_line(struct capture *c, void *state, char *text)
{
	g_auto(GStrv) field = NULL;

	g_strstrip(text);
	if (text[0] == '#' || strstr(text, " drops") != NULL) {
		if (strstr(text, "drop") != NULL)
			capture_note(c, "the capture is not whole: it "
			    "speaks of drops");
		return (true);
	}
	if (text[0] == '\0' || g_str_has_prefix(text, "t_open_ns,") ||
	    g_str_has_prefix(text, "Attaching "))
		return (true);
	field = g_strsplit(text, ",", NFIELDS + 1);
	if (g_strv_length(field) != NFIELDS)
		return (capture_bad(c, "is not t_open_ns,t_close_ns,laddr,"
		    "lport,faddr,fport,bound", text));
	return (probe_fields(c, state, field));
}

/* Names of columns, or seven fields with bound at the end. */
static bool
probe_recognise(const char *line)
{
	g_auto(GStrv) field = NULL;

	if (g_str_has_prefix(line, "t_open_ns,"))
		return (true);
	field = g_strsplit(line, ",", NFIELDS + 1);
	return (g_strv_length(field) == NFIELDS &&
	    g_ascii_isdigit(*field[0]) && strpbrk(field[2], ".:") != NULL &&
	    strpbrk(field[4], ".:") != NULL && strlen(field[6]) == 1);
}

extern const struct capture_format capture_format_dtrace;

const struct capture_format capture_format_dtrace = {
	.name = "dtrace",
	.title = "connects of DTrace or bpftrace; the best one to have",
	.command = "dtrace -s scenarios/capture/connects.d, or\n"
	    "bpftrace scenarios/capture/connects.bt",
	.sign = "t_open_ns,t_close_ns,laddr,lport,faddr,fport,bound",
	.recognise = probe_recognise,
	.line = probe_line,
	.state_new = probe_new,
	.state_free = probe_free
};
