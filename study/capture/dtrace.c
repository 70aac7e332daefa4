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

#include <stdlib.h>
#include <string.h>

#include "study/capture/capture.h"

#define	NFIELDS	7

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

/* The line says when a connection ended that is known already. */
static bool
probe_closes(struct capture *c, GHashTable *open, char **field,
    const struct capture_conn *cc)
{
	g_autofree char *key = NULL;
	guint n;

	key = g_strconcat(field[0], ",", field[2], ",", field[3], NULL);
	n = GPOINTER_TO_UINT(g_hash_table_lookup(open, key));
	if (n > 0) {
		g_array_index(c->conns, struct capture_conn, n - 1).close =
		    cc->close;
		g_hash_table_remove(open, key);
		return (true);
	}
	if (cc->close == SIM_NEVER)
		g_hash_table_insert(open, g_steal_pointer(&key),
		    GUINT_TO_POINTER(c->conns->len + 1));
	return (false);
}

static bool
probe_conn(struct capture *c, GHashTable *open, char **field)
{
	struct capture_conn cc = { .close = SIM_NEVER };

	if (!probe_time(c, field[0], &cc.open))
		return (false);
	if (strcmp(field[1], "0") != 0 && field[1][0] != '\0' &&
	    !probe_time(c, field[1], &cc.close))
		return (false);
	if (cc.close < cc.open)
		return (capture_bad(c, "is before t_open_ns", field[1]));
	if (!capture_addr(c, field[2], &cc.laddr) ||
	    !capture_addr(c, field[4], &cc.faddr) ||
	    !capture_port(c, field[5], &cc.fport))
		return (false);
	if (strcmp(field[3], "0") != 0 &&
	    !capture_port(c, field[3], &cc.lport))
		return (false);
	if (field[6][0] < '0' || field[6][0] > '2' || field[6][1] != '\0')
		return (capture_bad(c, "is none of 0, 1, 2", field[6]));
	cc.bound = field[6][0] == '0' ? CAPTURE_BOUND_NO :
	    CAPTURE_BOUND_YES;
	if (!capture_is_local(c, cc.laddr))
		return (capture_ignore(c));
	if (!probe_closes(c, open, field, &cc))
		capture_add(c, &cc);
	return (true);
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
	return (probe_conn(c, state, field));
}

extern const struct capture_format capture_format_dtrace;

const struct capture_format capture_format_dtrace = {
	.name = "dtrace",
	.title = "scenarios/capture/connects.d or connects.bt",
	.line = probe_line,
	.state_new = probe_new,
	.state_free = probe_free
};
