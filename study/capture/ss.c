/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Samples of ss(8), as scenarios/capture/sockets.sh takes them: a line with the
 * time in seconds, then what `ss -tanH' printed, again and again.
 *
 * A connection opens at the first sample that shows it and closes at the first
 * that does not, so times are as good as the period, and who lived shorter may
 * be lost.  TIME-WAIT does not count: the model adds its own.  Connections to
 * a port that somebody listens on are inbound.
 */

#include <string.h>

#include "study/capture/capture.h"

struct ss_conn {
	guint		idx;		/* in capture.conns */
	unsigned	sample;		/* that showed it last */
};

struct ss {
	GHashTable	*live;		/* "LOCAL PEER" -> struct ss_conn */
	GHashTable	*listening;	/* ports, as text */
	unsigned	sample;		/* 0: no time yet */
	int64_t		now;
};

static void *
ss_new(void)
{
	struct ss *s;

	s = g_new0(struct ss, 1);
	s->live = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    g_free);
	s->listening = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	return (s);
}

static void
ss_free(void *state)
{
	struct ss *s;

	s = state;
	g_hash_table_destroy(s->live);
	g_hash_table_destroy(s->listening);
	g_free(s);
}

/* Who was not in the sample that just ended is gone since its time. */
static void
ss_sample_end(struct capture *c, struct ss *s)
{
	struct ss_conn *sc;
	GHashTableIter it;
	void *value;

	g_hash_table_iter_init(&it, s->live);
	while (g_hash_table_iter_next(&it, NULL, &value)) {
		sc = value;
		if (sc->sample == s->sample)
			continue;
		g_array_index(c->conns, struct capture_conn, sc->idx).close =
		    s->now;
		g_hash_table_iter_remove(&it);
	}
}

/* "192.0.2.1:443", "[::ffff:192.0.2.1]:443", "192.0.2.1%eth0:443". */
static bool
ss_split(struct capture *c, const char *text, char **addr, const char **port)
{
	const char *colon;
	char *zone;

	colon = strrchr(text, ':');
	if (colon == NULL)
		return (capture_bad(c, "is no ADDRESS:PORT", text));
	*port = colon + 1;
	*addr = g_strndup(text, (gsize)(colon - text));
	if (g_str_has_prefix(*addr, "[::ffff:") &&
	    g_str_has_suffix(*addr, "]")) {
		memmove(*addr, *addr + 8, strlen(*addr + 8) + 1);
		(*addr)[strlen(*addr) - 1] = '\0';
	}
	zone = strchr(*addr, '%');
	if (zone != NULL)
		*zone = '\0';
	return (true);
}

static bool
ss_conn(struct capture *c, struct ss *s, const char *local, const char *peer)
{
	g_autofree char *faddr = NULL, *key = NULL, *laddr = NULL;
	struct capture_conn cc = { .open = s->now, .close = SIM_NEVER };
	const char *fport, *lport;
	struct ss_conn *sc;

	key = g_strconcat(local, " ", peer, NULL);
	sc = g_hash_table_lookup(s->live, key);
	if (sc != NULL) {
		sc->sample = s->sample;
		return (true);
	}
	if (!ss_split(c, local, &laddr, &lport) ||
	    !ss_split(c, peer, &faddr, &fport))
		return (false);
	if (laddr[0] == '[')
		return (capture_ignore(c));	/* IPv6 */
	if (!capture_addr(c, laddr, &cc.laddr) ||
	    !capture_addr(c, faddr, &cc.faddr) ||
	    !capture_port(c, lport, &cc.lport) ||
	    !capture_port(c, fport, &cc.fport))
		return (false);
	if (!capture_is_local(c, cc.laddr))
		return (capture_ignore(c));
	capture_add(c, &cc);
	sc = g_new(struct ss_conn, 1);
	*sc = (struct ss_conn){ c->conns->len - 1, s->sample };
	g_hash_table_insert(s->live, g_steal_pointer(&key), sc);
	return (true);
}

static bool
ss_socket(struct capture *c, struct ss *s, char **field)
{
	const char *port;

	if (strcmp(field[0], "LISTEN") == 0) {
		port = strrchr(field[3], ':');
		if (port != NULL)
			g_hash_table_add(s->listening, g_strdup(port + 1));
		return (true);
	}
	if (strcmp(field[0], "TIME-WAIT") == 0 ||
	    strcmp(field[0], "SYN-RECV") == 0 ||
	    strcmp(field[0], "UNCONN") == 0)
		return (true);
	return (ss_conn(c, s, field[3], field[4]));
}

static bool
ss_line(struct capture *c, void *state, char *text)
{
	g_auto(GStrv) all = NULL;
	g_autoptr(GPtrArray) field = NULL;
	struct ss *s;
	int64_t when;
	unsigned i;

	s = state;
	all = g_strsplit_set(text, " \t", -1);
	field = g_ptr_array_new();
	for (i = 0; all[i] != NULL; i++)
		if (all[i][0] != '\0')
			g_ptr_array_add(field, all[i]);
	if (field->len == 0 || strcmp(field->pdata[0], "State") == 0)
		return (true);
	if (field->len == 1) {
		if (!capture_time(c, field->pdata[0], &when))
			return (false);
		if (s->sample > 0 && when < s->now)
			return (capture_bad(c, "is before the sample above",
			    field->pdata[0]));
		if (s->sample > 0)
			ss_sample_end(c, s);
		s->sample++;
		s->now = when;
		return (true);
	}
	if (s->sample == 0)
		return (capture_bad(c, "comes before the time of a sample",
		    text));
	if (field->len < 5)
		return (capture_bad(c, "is no line of ss -tanH", text));
	return (ss_socket(c, s, (char **)field->pdata));
}

/* Which ports have listeners is known at the end only. */
static void
ss_end(struct capture *c, void *state)
{
	const struct capture_conn *cc;
	char port[16];
	struct ss *s;
	guint i, kept;

	s = state;
	ss_sample_end(c, s);
	for (i = kept = 0; i < c->conns->len; i++) {
		cc = &g_array_index(c->conns, struct capture_conn, i);
		g_snprintf(port, sizeof(port), "%u", cc->lport);
		if (g_hash_table_contains(s->listening, port))
			c->ignored++;
		else
			g_array_index(c->conns, struct capture_conn,
			    kept++) = *cc;
	}
	g_array_set_size(c->conns, kept);
}

extern const struct capture_format capture_format_ss;

const struct capture_format capture_format_ss = {
	.name = "ss",
	.title = "samples of ss(8) with their times, scenarios/capture/"
	    "sockets.sh",
	.line = ss_line,
	.end = ss_end,
	.state_new = ss_new,
	.state_free = ss_free
};
