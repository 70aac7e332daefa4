/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Zeek's conn.log, in its own format of tab-separated columns that a #fields
 * line names.
 *
 * Of use are TCP connections whose originator is ours: local_orig is T, or
 * the address is one of --local; where neither says, all are.  OTH is no
 * opening that was seen.  A duration that is not set is that of one packet: a
 * SYN without an answer (S0) holds its port until net.inet.tcp.keepinit, 75 s;
 * anything else ended at once.
 */

#include <string.h>

#include "study/capture/capture.h"

#define	S0_HELD	(75 * SIM_S)

enum zeek_column {
	ZEEK_TS,
	ZEEK_ORIG_H,
	ZEEK_ORIG_P,
	ZEEK_RESP_H,
	ZEEK_RESP_P,
	ZEEK_PROTO,
	ZEEK_DURATION,
	ZEEK_STATE,
	ZEEK_LOCAL_ORIG,
	ZEEK_NCOLUMNS
};

static const char *const zeek_names[ZEEK_NCOLUMNS] = {
	"ts", "id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p", "proto",
	"duration", "conn_state", "local_orig"
};

struct zeek {
	int		idx[ZEEK_NCOLUMNS];	/* -1: not there */
	unsigned	ncolumns;		/* 0: no #fields yet */
};

static void *
zeek_new(void)
{

	return (g_new0(struct zeek, 1));
}

static bool
zeek_fields(struct capture *c, struct zeek *z, char **name)
{
	unsigned i, j;

	z->ncolumns = g_strv_length(name);
	for (i = 0; i < ZEEK_NCOLUMNS; i++) {
		z->idx[i] = -1;
		for (j = 0; j < z->ncolumns; j++)
			if (strcmp(name[j], zeek_names[i]) == 0)
				z->idx[i] = (int)j;
		if (z->idx[i] < 0 && i <= ZEEK_DURATION && i != ZEEK_ORIG_P) {
			z->ncolumns = 0;
			return (capture_bad(c, "is a column that #fields does "
			    "not name", zeek_names[i]));
		}
	}
	return (true);
}

static const char *
zeek_field(const struct zeek *z, char **field, enum zeek_column col)
{

	return (z->idx[col] < 0 ? "-" : field[z->idx[col]]);
}

/* Is the connection an outgoing one of ours, and of TCP? */
static bool
zeek_wanted(const struct capture *c, const struct zeek *z, char **field,
    uint32_t laddr)
{
	const char *local;

	if (strcmp(zeek_field(z, field, ZEEK_STATE), "OTH") == 0)
		return (false);
	if (c->locals->len > 0)
		return (capture_is_local(c, laddr));
	local = zeek_field(z, field, ZEEK_LOCAL_ORIG);
	return (strcmp(local, "F") != 0);
}

static bool
zeek_duration(struct capture *c, const struct zeek *z, char **field,
    struct capture_conn *cc)
{
	const char *text;
	int64_t ps;

	text = zeek_field(z, field, ZEEK_DURATION);
	if (strcmp(text, "-") == 0)
		ps = strcmp(zeek_field(z, field, ZEEK_STATE), "S0") == 0 ?
		    S0_HELD : 0;
	else if (!capture_duration(c, text, &ps))
		return (false);
	cc->close = cc->open + ps;
	return (true);
}

static bool
zeek_conn(struct capture *c, const struct zeek *z, char **field)
{
	struct capture_conn cc = { .close = SIM_NEVER };
	const char *lport;

	if (strcmp(zeek_field(z, field, ZEEK_PROTO), "tcp") != 0)
		return (capture_ignore(c));
	if (strchr(zeek_field(z, field, ZEEK_ORIG_H), ':') != NULL)
		return (capture_ignore(c));
	if (!capture_time(c, zeek_field(z, field, ZEEK_TS), &cc.open) ||
	    !capture_addr(c, zeek_field(z, field, ZEEK_ORIG_H), &cc.laddr))
		return (false);
	if (!zeek_wanted(c, z, field, cc.laddr))
		return (capture_ignore(c));
	lport = zeek_field(z, field, ZEEK_ORIG_P);
	if (!capture_addr(c, zeek_field(z, field, ZEEK_RESP_H), &cc.faddr) ||
	    !capture_port(c, zeek_field(z, field, ZEEK_RESP_P), &cc.fport) ||
	    (strcmp(lport, "-") != 0 && !capture_port(c, lport,
	    &cc.lport)) || !zeek_duration(c, z, field, &cc))
		return (false);
	capture_add(c, &cc);
	return (true);
}

static bool
zeek_line(struct capture *c, void *state, char *text)
{
	g_auto(GStrv) field = NULL;
	struct zeek *z;

	z = state;
	if (g_str_has_prefix(text, "#fields\t")) {
		field = g_strsplit(text + strlen("#fields\t"), "\t", -1);
		return (zeek_fields(c, z, field));
	}
	if (text[0] == '#' || text[0] == '\0')
		return (true);
	if (z->ncolumns == 0)
		return (capture_bad(c, "comes before a #fields line; is this "
		    "a conn.log of Zeek, with tabs?", text));
	field = g_strsplit(text, "\t", -1);
	if (g_strv_length(field) != z->ncolumns)
		return (capture_bad(c, "has not as many fields as #fields "
		    "names", text));
	return (zeek_conn(c, z, field));
}

extern const struct capture_format capture_format_zeek;

const struct capture_format capture_format_zeek = {
	.name = "zeek",
	.title = "conn.log of Zeek",
	.line = zeek_line,
	.state_new = zeek_new,
	.state_free = g_free
};
