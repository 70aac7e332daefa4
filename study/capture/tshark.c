/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Packets that open and close connections, as scenarios/capture/packets.sh has
 * tshark print them: ten fields with commas between, in this order,
 *
 *	frame.time_epoch tcp.stream ip.src tcp.srcport ip.dst tcp.dstport
 *	tcp.flags.syn tcp.flags.ack tcp.flags.fin tcp.flags.reset
 *
 * A SYN without ACK from one of ours opens; the stream's last FIN or RST
 * closes it; without one it was still open.  A SYN sent again is one
 * connection.
 */

#include <string.h>

#include "study/capture/capture.h"

#define	NFIELDS	10

enum tshark_field {
	TSHARK_TIME,
	TSHARK_STREAM,
	TSHARK_SRC,
	TSHARK_SPORT,
	TSHARK_DST,
	TSHARK_DPORT,
	TSHARK_SYN,
	TSHARK_ACK,
	TSHARK_FIN,
	TSHARK_RST
};

/* tcp.stream -> index of its connection + 1. */
static void *
tshark_new(void)
{

	return (g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL));
}

static void
tshark_free(void *state)
{

	g_hash_table_destroy(state);
}

/* 0 and 1, or False and True as of version 4.2. */
static bool
tshark_flag(struct capture *c, const char *text, bool *flag)
{

	*flag = strcmp(text, "1") == 0 || strcmp(text, "True") == 0;
	if (*flag || strcmp(text, "0") == 0 || strcmp(text, "False") == 0)
		return (true);
	return (capture_bad(c, "is no flag: 0, 1, True or False", text));
}

static bool
tshark_open(struct capture *c, GHashTable *streams, char **field,
    int64_t when)
{
	struct capture_conn cc = { .open = when, .close = SIM_NEVER };

	if (!capture_addr(c, field[TSHARK_SRC], &cc.laddr))
		return (false);
	if (!capture_is_local(c, cc.laddr))
		return (capture_ignore(c));
	if (!capture_addr(c, field[TSHARK_DST], &cc.faddr) ||
	    !capture_port(c, field[TSHARK_SPORT], &cc.lport) ||
	    !capture_port(c, field[TSHARK_DPORT], &cc.fport))
		return (false);
	capture_add(c, &cc);
	g_hash_table_insert(streams, g_strdup(field[TSHARK_STREAM]),
	    GUINT_TO_POINTER(c->conns->len));
	return (true);
}

static bool
tshark_packet(struct capture *c, GHashTable *streams, char **field)
{
	bool ack, fin, rst, syn;
	int64_t when;
	guint n;

	if (!capture_time(c, field[TSHARK_TIME], &when) ||
	    !tshark_flag(c, field[TSHARK_SYN], &syn) ||
	    !tshark_flag(c, field[TSHARK_ACK], &ack) ||
	    !tshark_flag(c, field[TSHARK_FIN], &fin) ||
	    !tshark_flag(c, field[TSHARK_RST], &rst))
		return (false);
	n = GPOINTER_TO_UINT(g_hash_table_lookup(streams,
	    field[TSHARK_STREAM]));
	if (syn && !ack && n == 0)
		return (tshark_open(c, streams, field, when));
	if (n > 0 && (fin || rst))
		g_array_index(c->conns, struct capture_conn, n - 1).close =
		    when;
	return (true);
}

static bool
tshark_line(struct capture *c, void *state, char *text)
{
	g_auto(GStrv) field = NULL;

	if (text[0] == '\0' || g_str_has_prefix(text, "frame.time_epoch,"))
		return (true);
	field = g_strsplit(text, ",", NFIELDS + 1);
	if (g_strv_length(field) != NFIELDS)
		return (capture_bad(c, "has not ten fields; see "
		    "scenarios/capture/packets.sh", text));
	return (tshark_packet(c, state, field));
}

extern const struct capture_format capture_format_tshark;

const struct capture_format capture_format_tshark = {
	.name = "tshark",
	.title = "fields of SYN, FIN and RST packets, scenarios/capture/"
	    "packets.sh",
	.line = tshark_line,
	.state_new = tshark_new,
	.state_free = tshark_free
};
