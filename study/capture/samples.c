/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Connections out of samples of sockets; see samples.h.
 */

#include <string.h>

#include "models/net/net.h"
#include "study/capture/samples.h"
#include "study/capture/when.h"

/* What TIME_WAIT lasts at the most that anybody has it by default. */
#define	SAMPLES_TIMEWAIT	(60 * SIM_S)

struct sample_conn {
	guint		idx;		/* in capture.conns */
	unsigned	sample;		/* that showed it last */
	enum sample_state state;	/* and how */
	bool		over;		/* it has ended */
};

struct samples {
	GHashTable	*live;		/* "ADDR:PORT ADDR:PORT" -> conn */
	GHashTable	*listening;	/* "PORT", or "ADDR:PORT" */
	GHashTable	*left;		/* "KIND TEXT" that was counted */
	GArray		*vanished;	/* guint: established, then no more */
	unsigned	sample;		/* 0: none yet */
	int64_t		now, before;	/* of this sample, and the last */
	bool		timed;		/* it has a time */
	bool		headed;		/* it has names of columns */
	bool		again;		/* and for a second time */
	bool		shared;		/* sockets may stand there often */
	unsigned	doubled;	/* that do, although they may not */
	bool		shows_all;	/* listeners, or TIME_WAIT */
	bool		oriented;
};

struct samples *
samples_new(void)
{
	struct samples *s;

	s = g_new0(struct samples, 1);
	s->live = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    g_free);
	s->listening = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	s->left = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	s->vanished = g_array_new(FALSE, FALSE, sizeof(guint));
	return (s);
}

void
samples_free(struct samples *s)
{

	g_hash_table_unref(s->live);
	g_hash_table_unref(s->listening);
	g_hash_table_unref(s->left);
	g_array_free(s->vanished, TRUE);
	g_free(s);
}

/* ---- words ------------------------------------------------------------- */

bool
samples_state(const char *text, enum sample_state *state)
{
	static const struct {
		const char	*name;
		enum sample_state state;
	} names[] = {
		{ "ESTAB", SAMPLE_ESTABLISHED },
		{ "ESTABLISHED", SAMPLE_ESTABLISHED },
		{ "SYN_SENT", SAMPLE_SYN_SENT },
		{ "SYN_RECV", SAMPLE_SYN_RCVD },
		{ "SYN_RCVD", SAMPLE_SYN_RCVD },
		{ "SYN_RECEIVED", SAMPLE_SYN_RCVD },
		{ "NEW_SYN_RECV", SAMPLE_SYN_RCVD },
		{ "FIN_WAIT_1", SAMPLE_FIN_WAIT },
		{ "FIN_WAIT_2", SAMPLE_FIN_WAIT },
		{ "FIN_WAIT1", SAMPLE_FIN_WAIT },
		{ "FIN_WAIT2", SAMPLE_FIN_WAIT },
		{ "CLOSING", SAMPLE_FIN_WAIT },
		{ "CLOSE_WAIT", SAMPLE_CLOSE_WAIT },
		{ "LAST_ACK", SAMPLE_CLOSE_WAIT },
		{ "TIME_WAIT", SAMPLE_TIME_WAIT },
		{ "LISTEN", SAMPLE_LISTEN },
		{ "LISTENING", SAMPLE_LISTEN },
		{ "UNCONN", SAMPLE_CLOSED },
		{ "CLOSE", SAMPLE_CLOSED },
		{ "CLOSED", SAMPLE_CLOSED },
		{ "BOUND", SAMPLE_CLOSED },
		{ "IDLE", SAMPLE_CLOSED },
		{ "BOUND_INACTIVE", SAMPLE_CLOSED }
	};
	g_autofree char *name = g_strdelimit(g_strdup(text), "-", '_');
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(names); i++)
		if (strcmp(names[i].name, name) == 0) {
			*state = names[i].state;
			return (true);
		}
	return (false);
}

bool
samples_is_tcp(const char *text)
{

	return ((g_str_has_prefix(text, "tcp") || strcmp(text, "TCP") == 0) &&
	    strspn(text + 3, "46") == strlen(text + 3));
}

/* ---- samples ----------------------------------------------------------- */

static void
conn_gone(struct samples *s, struct capture *c, const struct sample_conn *sc)
{
	struct capture_conn *cc;

	cc = capture_conn_at(c, sc->idx);
	cc->close = s->now;
	cc->end = CAPTURE_END_UNSAID;
	if (sc->state == SAMPLE_SYN_SENT)
		cc->end = CAPTURE_END_REFUSED;
	else if (s->oriented)
		return;
	else if (sc->state == SAMPLE_FIN_WAIT ||
	    sc->state == SAMPLE_CLOSE_WAIT) {
		cc->end = CAPTURE_END_CLOSED;
		cc->closer = sc->state == SAMPLE_CLOSE_WAIT;
	} else if (s->now - s->before < SAMPLES_TIMEWAIT)
		g_array_append_val(s->vanished, sc->idx);
}

/* Who was not in the sample that just ended is gone since its time. */
static void
sample_close(struct samples *s, struct capture *c)
{
	struct sample_conn *sc;
	GHashTableIter it;
	void *value;

	g_hash_table_iter_init(&it, s->live);
	while (g_hash_table_iter_next(&it, NULL, &value)) {
		sc = value;
		if (sc->sample == s->sample)
			continue;
		if (!sc->over)
			conn_gone(s, c, sc);
		g_hash_table_iter_remove(&it);
	}
}

/* 1591367999.0, or "=== Fri Jun  5 14:39:59 UTC 2020 ===". */
static char *
time_undecorated(const char *text)
{
	static const char decoration[] = " \t=-#*[]";
	size_t len;

	text += strspn(text, decoration);
	len = strlen(text);
	while (len > 0 && strchr(decoration, text[len - 1]) != NULL)
		len--;
	return (g_strndup(text, len));
}

bool
samples_time(struct samples *s, struct capture *c, const char *text)
{
	g_autofree char *plain = time_undecorated(text);
	uint64_t sec;
	int64_t when;

	if (when_parse(plain, &sec, &when) != NULL)
		return (false);
	if (s->sample > 0 && !s->timed) {
		capture_bad(c, "is a time, but the sample above has none",
		    text);
		return (true);
	}
	if (!capture_time_at(c, plain, sec, &when))
		return (true);
	if (s->sample > 0 && when < s->now) {
		capture_bad(c, "is before the sample above", text);
		return (true);
	}
	if (s->sample > 0)
		sample_close(s, c);
	s->before = s->now;
	s->now = when;
	s->sample++;
	s->timed = true;
	s->headed = s->again = false;
	return (true);
}

void
samples_header(struct samples *s)
{

	s->again = s->again || s->headed;
	s->headed = true;
}

void
samples_share(struct samples *s)
{

	s->shared = true;
}

/* ---- sockets ----------------------------------------------------------- */

bool
samples_leave(struct samples *s, struct capture *c, enum capture_left left,
    const char *text)
{

	if (g_hash_table_add(s->left, g_strdup_printf("%d %s", (int)left,
	    text)))
		capture_leave(c, left);
	return (true);
}

static bool
addr_is_any(const char *addr)
{

	return (strcmp(addr, "*") == 0 || strcmp(addr, "0.0.0.0") == 0 ||
	    strcmp(addr, "[::]") == 0 || strcmp(addr, "::") == 0);
}

void
samples_listen(struct samples *s, const char *addr, const char *port)
{
	g_autofree char *plain = g_strndup(addr, strcspn(addr, "%"));

	s->shows_all = true;
	g_hash_table_add(s->listening, addr_is_any(plain) ? g_strdup(port) :
	    g_strconcat(plain, ":", port, NULL));
}

/* Returns NULL if it gives no connection: bad, or of IPv6. */
static struct sample_conn *
socket_add(struct samples *s, struct capture *c, struct sample_socket *so,
    const char *name)
{
	struct capture_conn cc = { .open = s->now, .close = s->now,
	    .end = CAPTURE_END_OPEN };
	struct sample_conn *sc;
	unsigned i;

	if (capture_is_ipv6(so->addr[0]) || capture_is_ipv6(so->addr[1])) {
		samples_leave(s, c, CAPTURE_IPV6, name);
		return (NULL);
	}
	for (i = 0; i < 2; i++)
		if (g_ascii_isalpha(*so->addr[i]) &&
		    strchr(so->addr[i], ':') == NULL) {
			capture_bad(c, "is a name for an address; with -n it "
			    "is a number", so->addr[i]);
			return (NULL);
		}
	if (capture_ends(c, &cc, (const char *const *)so->addr,
	    (const char *const *)so->port) != CAPTURE_GOT)
		return (NULL);
	cc.sure = !so->oriented;
	cc.said = so->oriented ? 0 : CAPTURE_SIDE(CAPTURE_OPENER);
	s->oriented = so->oriented;
	sc = g_new(struct sample_conn, 1);
	*sc = (struct sample_conn){ capture_add(c, &cc), s->sample,
	    so->state, false };
	g_hash_table_replace(s->live, g_strdup(name), sc);
	return (sc);
}

/* It is in TIME_WAIT, or has no process any more, or was reset. */
static void
socket_over(struct samples *s, struct capture *c, struct sample_conn *sc)
{
	struct capture_conn *cc;

	if (sc->over || (sc->state != SAMPLE_TIME_WAIT &&
	    sc->state != SAMPLE_GONE && sc->state != SAMPLE_RESET))
		return;
	cc = capture_conn_at(c, sc->idx);
	cc->close = s->now;
	cc->closer = CAPTURE_OPENER;
	cc->end = sc->state == SAMPLE_TIME_WAIT ? CAPTURE_END_CLOSED :
	    sc->state == SAMPLE_RESET ? CAPTURE_END_RESET :
	    CAPTURE_END_UNSAID;
	sc->over = true;
}

/* A connection; known already, or new, or another one between those ports. */
static bool
socket_conn(struct samples *s, struct capture *c, struct sample_socket *so,
    const char *name)
{
	struct sample_conn *sc;
	uint64_t bad;

	sc = g_hash_table_lookup(s->live, name);
	if (sc != NULL && sc->sample == s->sample && s->again)
		return (capture_bad(c, "stands in this sample already: between "
		    "two samples must be a line with the time (date +%s)",
		    name));
	if (sc != NULL && sc->sample == s->sample && sc->state == so->state)
		s->doubled++;
	if (sc == NULL || (sc->over && so->state != SAMPLE_TIME_WAIT &&
	    so->state != SAMPLE_GONE)) {
		bad = c->nbad;
		sc = socket_add(s, c, so, name);
		if (sc == NULL)
			return (c->nbad == bad);
	}
	sc->sample = s->sample;
	sc->state = so->state;
	socket_over(s, c, sc);
	return (true);
}

bool
samples_socket(struct samples *s, struct capture *c, struct sample_socket *so)
{
	g_autofree char *name = NULL;
	unsigned i;

	if (s->sample == 0)
		s->sample = 1;
	/* Of an interface, 192.0.2.1%eth0: the same address without. */
	for (i = 0; i < 2; i++)
		if (*so->addr[i] != '[')
			so->addr[i][strcspn(so->addr[i], "%")] = '\0';
	if (so->state == SAMPLE_UNSAID)
		so->state = *so->port[1] == '*' && *so->port[0] != '*' ?
		    SAMPLE_LISTEN : SAMPLE_ESTABLISHED;
	s->shows_all = s->shows_all || so->state == SAMPLE_TIME_WAIT;
	name = g_strconcat(so->addr[0], ":", so->port[0], " ", so->addr[1],
	    ":", so->port[1], NULL);
	if (so->state == SAMPLE_LISTEN) {
		samples_listen(s, so->addr[0], so->port[0]);
		return (samples_leave(s, c, CAPTURE_LISTENING, name));
	}
	if (so->state == SAMPLE_CLOSED || *so->port[1] == '*' ||
	    addr_is_any(so->addr[1]))
		return (samples_leave(s, c, CAPTURE_NO_PEER, name));
	if (so->state == SAMPLE_SYN_RCVD)
		return (samples_leave(s, c, CAPTURE_HALF_OPEN, name));
	return (socket_conn(s, c, so, name));
}

/* ---- the end ----------------------------------------------------------- */

static bool
conn_is_listened(const struct samples *s, const struct capture *c,
    const struct capture_conn *cc)
{
	char addr[16], text[32];
	guint i;

	g_snprintf(text, sizeof(text), "%u", cc->port[0]);
	if (g_hash_table_contains(s->listening, text))
		return (true);
	g_snprintf(text, sizeof(text), "%s:%u",
	    net_addr_format(cc->addr[0], addr), cc->port[0]);
	if (g_hash_table_contains(s->listening, text))
		return (true);
	for (i = 0; i < c->listening->len; i++)
		if (g_array_index(c->listening, uint16_t, i) == cc->port[0])
			return (true);
	return (false);
}

/* Somebody else opened it: the sides change places. */
static void
conn_turn(struct capture_conn *cc)
{
	uint32_t addr;
	uint16_t port;

	addr = cc->addr[0];
	cc->addr[0] = cc->addr[1];
	cc->addr[1] = addr;
	port = cc->port[0];
	cc->port[0] = cc->port[1];
	cc->port[1] = port;
	cc->closer = 1 - cc->closer;
	cc->said = CAPTURE_SIDE(CAPTURE_PEER);
}

/* As it was shown, and not turned. */
static bool
conn_is_opened(const struct capture_conn *cc)
{

	return (cc->said == CAPTURE_SIDE(CAPTURE_OPENER));
}

/* How many connections that count as opened here have each port here. */
static guint *
ports_counted(struct capture *c)
{
	guint i, *n;

	n = g_new0(guint, UINT16_MAX + 1);
	for (i = 0; i < c->conns->len; i++)
		n[capture_conn_at(c, i)->port[0]] +=
		    conn_is_opened(capture_conn_at(c, i));
	return (n);
}

static char *
conn_name(const struct capture_conn *cc, unsigned from)
{

	return (g_strdup_printf("%x:%u %x:%u", cc->addr[from], cc->port[from],
	    cc->addr[1 - from], cc->port[1 - from]));
}

/*
 * A connection of the machine to itself, of which both ends are shown and no
 * listener: the end whose port more connections have was opened to, of two that
 * as many have the lower port's.
 */
static void
samples_pairs(struct capture *c)
{
	g_autoptr(GHashTable) names = NULL;
	g_autofree guint *counts = NULL;
	struct capture_conn *cc;
	guint i, n;

	names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (i = 0; i < c->conns->len; i++)
		if (conn_is_opened(capture_conn_at(c, i)))
			g_hash_table_add(names, conn_name(
			    capture_conn_at(c, i), 0));
	counts = ports_counted(c);
	for (i = n = 0; i < c->conns->len; i++) {
		g_autofree char *other = NULL;

		cc = capture_conn_at(c, i);
		other = conn_name(cc, 1);
		if (!conn_is_opened(cc) ||
		    !g_hash_table_contains(names, other) ||
		    counts[cc->port[0]] < counts[cc->port[1]] ||
		    (counts[cc->port[0]] == counts[cc->port[1]] &&
		    cc->port[0] >= cc->port[1]))
			continue;
		conn_turn(cc);
		n++;
	}
	if (n > 0)
		capture_remark(c, "both ends of connections of this machine "
		    "to itself are shown, but not who listens: the port that "
		    "more of them share counts as opened to, or the lower "
		    "one");
}

/* Nothing shows who opened what; a port that many share would tell. */
static void
remark_unlistened(struct capture *c)
{
	g_autofree guint *counts = ports_counted(c);
	g_autoptr(GString) text = NULL;
	guint i, most;
	unsigned shared;

	for (i = most = shared = 0; i <= UINT16_MAX; i++)
		if (counts[i] > most) {
			most = counts[i];
			shared = i;
		}
	text = g_string_new("no listening sockets are shown, so all count as "
	    "opened here; --listen=PORT,... names ports that others connect "
	    "to");
	if (most > 1)
		g_string_append_printf(text, "; %u are at port %u of this "
		    "machine", most, shared);
	capture_remark(c, text->str);
}

void
samples_end(struct samples *s, struct capture *c)
{
	struct capture_conn *cc;
	guint i;

	if (s->sample == 0)
		return;
	sample_close(s, c);
	if (s->doubled > 0 && !s->shared)
		capture_remark(c, "some sockets stand in one sample more than "
		    "once; is a line with the time (date +%s) missing between "
		    "two samples?");
	for (i = 0; i < s->vanished->len && s->shows_all; i++) {
		cc = capture_conn_at(c, g_array_index(s->vanished, guint, i));
		cc->end = CAPTURE_END_CLOSED;
		cc->closer = CAPTURE_PEER;
	}
	if (s->oriented)
		return;
	for (i = 0; i < c->conns->len; i++) {
		cc = capture_conn_at(c, i);
		if (conn_is_listened(s, c, cc))
			conn_turn(cc);
	}
	samples_pairs(c);
	if (c->conns->len > 0 && c->listening->len == 0 &&
	    g_hash_table_size(s->listening) == 0)
		remark_unlistened(c);
}
