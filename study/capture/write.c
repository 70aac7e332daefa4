/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The recording that a capture becomes; see write.h.
 */

#include <string.h>

#include "models/net/net.h"
#include "study/capture/write.h"

/* Closer as the recording names it, of a settled connection. */
static const char *
conn_closer(const struct capture_conn *cc)
{

	switch (cc->end) {
	case CAPTURE_END_CLOSED:
		return (cc->closer == cc->ours ? "local" : "remote");
	case CAPTURE_END_RESET:
		return ("reset");
	case CAPTURE_END_REFUSED:
		return ("refused");
	case CAPTURE_END_OPEN:
		return ("open");
	default:
		return ("");
	}
}

char *
capture_left_text(const struct capture *c)
{
	GString *out;
	unsigned i;

	out = g_string_new(NULL);
	for (i = 0; i < CAPTURE_NLEFT; i++)
		if (c->left[i] > 0)
			g_string_append_printf(out, "%s%" G_GUINT64_FORMAT
			    " %s", out->len > 0 ? ", " : "", c->left[i],
			    capture_left_name(i));
	if (out->len == 0) {
		g_string_free(out, TRUE);
		return (NULL);
	}
	return (g_string_free(out, FALSE));
}

char *
capture_text(const struct capture *c)
{
	static const char *const closers[] = { "local", "remote", "reset",
	    "refused", "open", "" };
	guint bound, i, in, k, n[G_N_ELEMENTS(closers)] = { 0 };
	const struct capture_conn *cc;
	GString *out;

	for (i = bound = in = 0; i < c->conns->len; i++) {
		cc = &g_array_index(c->conns, struct capture_conn, i);
		in += cc->ours == CAPTURE_PEER;
		bound += cc->bound == CAPTURE_BOUND_YES;
		for (k = 0; k < G_N_ELEMENTS(closers) - 1 &&
		    g_strcmp0(closers[k], conn_closer(cc)) != 0; k++)
			continue;
		n[k]++;
	}
	out = g_string_new(NULL);
	g_string_append_printf(out, "%u connections, %u out (%u bound), %u in; "
	    "closer", c->conns->len, c->conns->len - in, bound, in);
	for (k = 0; k < G_N_ELEMENTS(closers); k++)
		if (n[k] > 0)
			g_string_append_printf(out, "%s %s %u", out->str[
			    out->len - 1] == 'r' ? "" : ",",
			    *closers[k] != '\0' ? closers[k] : "not known",
			    n[k]);
	return (g_string_free(out, FALSE));
}

/* Microseconds: more than a capture knows. */
static void
write_seconds(FILE *f, int64_t ps)
{
	int64_t us;

	us = (ps + SIM_US / 2) / SIM_US;
	fprintf(f, "%jd.%06jd", (intmax_t)(us / 1000000),
	    (intmax_t)(us % 1000000));
}

static void
write_conn(FILE *f, const struct capture_conn *cc, int64_t base)
{
	unsigned ours, theirs;
	char addr[16];

	ours = cc->ours;
	theirs = 1 - ours;
	write_seconds(f, cc->open - base);
	/* What was not bound has no address; what came in came to one. */
	fprintf(f, ",%s", cc->addr[ours] != NET_ANY && (ours == CAPTURE_PEER ||
	    cc->bound == CAPTURE_BOUND_YES) ?
	    net_addr_format(cc->addr[ours], addr) : "");
	fprintf(f, ",%s,", net_addr_format(cc->addr[theirs], addr));
	if (cc->port[theirs] != 0)
		fprintf(f, "%u", cc->port[theirs]);
	fputc(',', f);
	if (cc->end != CAPTURE_END_OPEN)
		write_seconds(f, cc->close - cc->open);
	if (cc->port[ours] != 0)
		fprintf(f, ",%u", cc->port[ours]);
	else
		fputc(',', f);
	fprintf(f, ",%d,%s,%s\n", cc->bound == CAPTURE_BOUND_YES,
	    conn_closer(cc), ours == CAPTURE_PEER ? "in" : "out");
}

void
capture_write(const struct capture *c, const char *format, FILE *f)
{
	g_autofree char *all = capture_text(c);
	g_autofree char *left = capture_left_text(c);
	int64_t base;
	guint i;

	fprintf(f, "# imported from %s: %s\n", format, all);
	if (left != NULL)
		fprintf(f, "# left out: %s\n", left);
	if (c->nbad > 0)
		fprintf(f, "# bad lines skipped: %" G_GUINT64_FORMAT "\n",
		    c->nbad);
	fputs("time_s,laddr,faddr,fport,duration_s,lport,bound,closer,dir\n",
	    f);
	base = g_array_index(c->conns, struct capture_conn, 0).open;
	for (i = 0; i < c->conns->len; i++)
		write_conn(f, &g_array_index(c->conns, struct capture_conn,
		    i), base);
}
