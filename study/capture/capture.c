/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Captures; see capture.h.
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "models/net/net.h"
#include "study/capture/capture.h"
#include "study/scenario/addrs.h"
#include "study/text/lines.h"
#include "study/text/unit.h"

#define	CAPTURE_MAXBAD	20	/* lines told one by one */
#define	CAPTURE_MAX_S	(50 * INT64_C(86400))

extern const struct capture_format capture_format_dtrace,
    capture_format_ss, capture_format_tshark, capture_format_zeek;

const struct capture_format *const capture_formats[] = {
	&capture_format_dtrace, &capture_format_ss, &capture_format_tshark,
	&capture_format_zeek, NULL
};

const struct capture_format *
capture_format_find(const char *name)
{
	const struct capture_format *const *f;

	for (f = capture_formats; *f != NULL; f++)
		if (strcmp((*f)->name, name) == 0)
			return (*f);
	return (NULL);
}

void
capture_init(struct capture *c)
{

	*c = (struct capture){ .path = "-", .origin_s = UINT64_MAX };
	c->locals = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	c->conns = g_array_new(FALSE, FALSE, sizeof(struct capture_conn));
	c->bad = g_string_new(NULL);
	c->notes = g_string_new(NULL);
}

void
capture_fini(struct capture *c)
{

	g_array_free(c->locals, TRUE);
	g_array_free(c->conns, TRUE);
	g_string_free(c->bad, TRUE);
	g_string_free(c->notes, TRUE);
}

/* ---- lines and fields -------------------------------------------------- */

bool
capture_bad(struct capture *c, const char *what, const char *value)
{
	g_autofree char *clean = NULL;

	if (c->nbad++ >= CAPTURE_MAXBAD)
		return (false);
	g_string_append_printf(c->bad, "%s%s:%" G_GUINT64_FORMAT ": ",
	    c->bad->len > 0 ? "\n" : "", c->path, c->line);
	if (value != NULL) {
		clean = g_strescape(value, NULL);
		g_string_append_printf(c->bad, "'%.40s' ", clean);
	}
	g_string_append(c->bad, what);
	return (false);
}

bool
capture_ignore(struct capture *c)
{

	c->ignored++;
	return (true);
}

void
capture_note(struct capture *c, const char *text)
{

	g_string_append_printf(c->notes, "%s:%" G_GUINT64_FORMAT ": %s\n",
	    c->path, c->line, text);
}

void
capture_add(struct capture *c, const struct capture_conn *conn)
{
	struct capture_conn cc;

	cc = *conn;
	cc.line = c->line;
	g_array_append_val(c->conns, cc);
}

/* Clocks count from 1970: only the distance to the first time fits. */
bool
capture_time(struct capture *c, const char *text, int64_t *ps)
{
	const char *what;
	int64_t distance;
	uint64_t s;

	what = unit_seconds(text, strlen(text), &s, ps);
	if (what != NULL)
		return (capture_bad(c, what, text));
	if (c->origin_s == UINT64_MAX)
		c->origin_s = s;
	distance = (int64_t)(s - c->origin_s);
	if (distance > CAPTURE_MAX_S || distance < -CAPTURE_MAX_S)
		return (capture_bad(c, "is more than 50 days from the first "
		    "time", text));
	*ps += distance * SIM_S;
	return (true);
}

bool
capture_duration(struct capture *c, const char *text, int64_t *ps)
{
	const char *what;
	uint64_t s;

	what = unit_seconds(text, strlen(text), &s, ps);
	if (what == NULL && s > CAPTURE_MAX_S)
		what = "is more than 50 days";
	if (what != NULL)
		return (capture_bad(c, what, text));
	*ps += (int64_t)s * SIM_S;
	return (true);
}

bool
capture_addr(struct capture *c, const char *text, uint32_t *addr)
{

	if (strchr(text, ':') != NULL)
		return (capture_bad(c, "is no IPv4 address; IPv6 is not "
		    "modelled", text));
	if (!net_addr_parse(text, addr))
		return (capture_bad(c, "is not an IPv4 address", text));
	if (!addrs_is_host(*addr))
		return (capture_bad(c, "is no host's address", text));
	return (true);
}

bool
capture_port(struct capture *c, const char *text, uint16_t *port)
{
	const char *p;
	unsigned n;

	for (p = text, n = 0; g_ascii_isdigit(*p) && n <= UINT16_MAX; p++)
		n = n * 10 + (unsigned)(*p - '0');
	if (*p != '\0' || p == text || n < 1 || n > UINT16_MAX)
		return (capture_bad(c, "is not a port, 1..65535", text));
	*port = (uint16_t)n;
	return (true);
}

bool
capture_is_local(const struct capture *c, uint32_t addr)
{
	unsigned i;

	for (i = 0; i < c->locals->len; i++)
		if (g_array_index(c->locals, uint32_t, i) == addr)
			return (true);
	return (c->locals->len == 0);
}

bool
capture_read(struct capture *c, const struct capture_format *f,
    const char *path, GError **error)
{
	struct lines *in;
	void *state;
	char *text;
	bool ok;

	c->path = strcmp(path, "-") == 0 ? "standard input" : path;
	in = lines_open(path, error);
	if (in == NULL)
		return (false);
	state = f->state_new == NULL ? NULL : f->state_new();
	while ((ok = lines_next(in, &text, error)) && text != NULL) {
		c->line = lines_number(in);
		(void)f->line(c, state, text);
	}
	if (ok && f->end != NULL)
		f->end(c, state);
	if (state != NULL)
		f->state_free(state);
	lines_close(in);
	return (ok);
}

/* ---- all connections --------------------------------------------------- */

static int
conn_compare(const void *a, const void *b)
{
	const struct capture_conn *x, *y;

	x = a;
	y = b;
	if (x->open != y->open)
		return (x->open < y->open ? -1 : 1);
	return (x->line < y->line ? -1 : x->line > y->line);
}

/* How often each local address was used, the most used one first. */
static uint32_t
most_used(const struct capture *c)
{
	g_autoptr(GHashTable) counts = NULL;
	const struct capture_conn *cc;
	uint32_t best;
	guint n, most;
	unsigned i;

	counts = g_hash_table_new(NULL, NULL);
	best = NET_ANY;
	most = 0;
	for (i = 0; i < c->conns->len; i++) {
		cc = &g_array_index(c->conns, struct capture_conn, i);
		n = GPOINTER_TO_UINT(g_hash_table_lookup(counts,
		    GUINT_TO_POINTER(cc->laddr))) + 1;
		g_hash_table_insert(counts, GUINT_TO_POINTER(cc->laddr),
		    GUINT_TO_POINTER(n));
		/* The first to get there is the one, whatever the hash. */
		if (n > most) {
			most = n;
			best = cc->laddr;
		}
	}
	return (best);
}

static void
decide_bound(struct capture *c)
{
	struct capture_conn *cc;
	uint32_t primary;
	unsigned i;

	primary = most_used(c);
	for (i = 0; i < c->conns->len; i++) {
		cc = &g_array_index(c->conns, struct capture_conn, i);
		if (cc->bound != CAPTURE_BOUND_UNKNOWN)
			continue;
		if (c->guess == CAPTURE_GUESS)
			cc->bound = cc->laddr == primary ? CAPTURE_BOUND_NO :
			    CAPTURE_BOUND_YES;
		else
			cc->bound = c->guess == CAPTURE_ALL_BOUND ?
			    CAPTURE_BOUND_YES : CAPTURE_BOUND_NO;
	}
}

bool
capture_finish(struct capture *c, bool skip, GError **error)
{

	if (c->nbad > 0 && !skip) {
		if (c->nbad > CAPTURE_MAXBAD)
			g_string_append_printf(c->bad, "\n%s: %"
			    G_GUINT64_FORMAT " more bad lines", c->path,
			    c->nbad - CAPTURE_MAXBAD);
		g_set_error_literal(error, CAPTURE_ERROR, 0, c->bad->str);
		return (false);
	}
	if (c->conns->len == 0) {
		g_set_error(error, CAPTURE_ERROR, 0, "%s: no outgoing TCP "
		    "connection in %" G_GUINT64_FORMAT " lines%s", c->path,
		    c->line, c->locals->len > 0 ? " from the addresses of "
		    "--local" : "");
		return (false);
	}
	qsort(c->conns->data, c->conns->len, sizeof(struct capture_conn),
	    conn_compare);
	decide_bound(c);
	return (true);
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

void
capture_write(const struct capture *c, FILE *f)
{
	const struct capture_conn *cc;
	char addr[16];
	int64_t base;
	unsigned i;

	fputs("time_s,laddr,faddr,fport,duration_s,lport,bound\n", f);
	base = g_array_index(c->conns, struct capture_conn, 0).open;
	for (i = 0; i < c->conns->len; i++) {
		cc = &g_array_index(c->conns, struct capture_conn, i);
		write_seconds(f, cc->open - base);
		fprintf(f, ",%s,", cc->bound == CAPTURE_BOUND_YES ?
		    net_addr_format(cc->laddr, addr) : "");
		fprintf(f, "%s,%u,", net_addr_format(cc->faddr, addr),
		    cc->fport);
		if (cc->close != SIM_NEVER)
			write_seconds(f, MAX(cc->close - cc->open, 0));
		if (cc->lport != 0)
			fprintf(f, ",%u", cc->lport);
		else
			fputc(',', f);
		fprintf(f, ",%d\n", cc->bound == CAPTURE_BOUND_YES);
	}
}
