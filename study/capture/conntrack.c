/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What conntrack(8) prints: -L, the table, once or again and again after a line
 * with the time; or -E -o timestamp, its changes:
 *
 *	[1591367999.430166]	 [NEW] tcp 6 120 SYN_SENT src=... dst=... ...
 *
 * The first src, dst, sport and dport are the opener's; who closed first it
 * does not say.  With -e NEW,DESTROY it is not said either when: an entry goes
 * 120 s after TIME_WAIT began, 10 s after a reset.  What a NAT of this machine
 * changed on the way through is left out, unless the opener's address, or the
 * peer's, is this machine's own.
 */

#include <string.h>

#include "models/net/net.h"
#include "study/capture/locals.h"
#include "study/capture/reader.h"
#include "study/capture/samples.h"

/* One entry of the table. */
struct track {
	char		*addr[2], *port[2];	/* of the opener's direction */
	char		*reply[2];		/* addresses, the other way */
	const char	*state;			/* NULL: not said */
	const char	*event;			/* "NEW", ...; NULL: none */
	bool		assured;		/* both sides have sent */
};

/* A connection that -E has told of. */
struct tracked {
	guint		idx;
	bool		updated, answered, closing, reset;
};

/* nf_conntrack_tcp_timeout_time_wait and .._close: what DESTROY comes after. */
#define	TRACK_TIMEWAIT	(120 * SIM_S)
#define	TRACK_CLOSE	(10 * SIM_S)

struct conntrack {
	struct samples	*samples;
	GHashTable	*live;		/* of -E: name -> struct tracked */
};

static void *
conntrack_new(void)
{
	struct conntrack *ct;

	ct = g_new0(struct conntrack, 1);
	ct->samples = samples_new();
	ct->live = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    g_free);
	return (ct);
}

static void
conntrack_free(void *state)
{
	struct conntrack *ct;

	ct = state;
	samples_free(ct->samples);
	g_hash_table_unref(ct->live);
	g_free(ct);
}

/* ---- lines ------------------------------------------------------------- */

static const char *const track_states[] = { "SYN_SENT", "SYN_RECV",
    "ESTABLISHED", "FIN_WAIT", "CLOSE_WAIT", "LAST_ACK", "TIME_WAIT", "CLOSE",
    "SYN_SENT2", "NONE", NULL };

/* One word of it; the first of two equal names is the opener's. */
static void
track_word(struct track *t, char *word)
{
	static const char *const events[] = { "[NEW]", "[UPDATE]",
	    "[DESTROY]", NULL };
	char *value;

	if (g_strv_contains(events, word)) {
		t->event = word;
		return;
	}
	if (g_strv_contains(track_states, word)) {
		t->state = word;
		return;
	}
	if (strcmp(word, "[ASSURED]") == 0)
		t->assured = true;
	value = strchr(word, '=');
	if (value == NULL)
		return;
	*value++ = '\0';
	if (strcmp(word, "src") == 0)
		*(t->addr[0] == NULL ? &t->addr[0] : &t->reply[0]) = value;
	else if (strcmp(word, "dst") == 0)
		*(t->addr[1] == NULL ? &t->addr[1] : &t->reply[1]) = value;
	else if (strcmp(word, "sport") == 0 && t->port[0] == NULL)
		t->port[0] = value;
	else if (strcmp(word, "dport") == 0 && t->port[1] == NULL)
		t->port[1] = value;
}

/*
 * Did a NAT change it?  Then this machine's own socket is the opener's (its
 * packets leave with another address) or the peer's behind a redirection, and
 * --local says so; or it only forwards.
 */
static bool
track_is_forwarded(const struct capture *c, const struct track *t,
    const struct capture_conn *cc)
{

	if (t->reply[0] == NULL || t->reply[1] == NULL ||
	    (strcmp(t->reply[0], t->addr[1]) == 0 &&
	    strcmp(t->reply[1], t->addr[0]) == 0))
		return (false);
	return (c->locals->len > 0 &&
	    !locals_have(c->locals, cc->addr[CAPTURE_OPENER]) &&
	    !locals_have(c->locals, cc->addr[CAPTURE_PEER]));
}

/* ---- events ------------------------------------------------------------ */

/* The time in brackets; none of the text is left of it. */
static bool
event_time(struct capture *c, char **text, int64_t *when)
{
	char *end;

	*text += strspn(*text, " \t");
	end = strchr(*text, ']');
	if (**text != '[' || end == NULL || !g_ascii_isdigit((*text)[1]))
		return (capture_bad(c, "has no time; conntrack -E needs "
		    "-o timestamp", *text));
	*end = '\0';
	g_strchomp(*text);
	if (!capture_time(c, *text + 1, when))
		return (false);
	*text = end + 1;
	return (true);
}

static bool
event_open(struct capture *c, struct conntrack *ct, const struct track *t,
    const char *name, int64_t when)
{
	struct capture_conn cc = { .open = when, .end = CAPTURE_END_OPEN };
	struct tracked *tr;
	enum capture_got got;

	got = capture_ends(c, &cc, (const char *const *)t->addr,
	    (const char *const *)t->port);
	if (got != CAPTURE_GOT)
		return (got == CAPTURE_LEFT);
	if (track_is_forwarded(c, t, &cc))
		return (capture_leave(c, CAPTURE_TRANSLATED));
	tr = g_new0(struct tracked, 1);
	tr->idx = capture_add(c, &cc);
	g_hash_table_replace(ct->live, g_strdup(name), tr);
	return (true);
}

static void
event_update(struct capture *c, struct tracked *tr, const struct track *t,
    int64_t when)
{
	static const char *const closing[] = { "FIN_WAIT", "CLOSE_WAIT",
	    "LAST_ACK", "TIME_WAIT", NULL };
	struct capture_conn *cc;

	cc = capture_conn_at(c, tr->idx);
	tr->updated = true;
	if (t->state == NULL)
		return;
	if (strcmp(t->state, "CLOSE") == 0 && !tr->closing) {
		cc->end = tr->answered ? CAPTURE_END_RESET :
		    CAPTURE_END_REFUSED;
		cc->close = when;
		tr->reset = true;
	} else if (g_strv_contains(closing, t->state) && !tr->reset) {
		cc->end = CAPTURE_END_UNSAID;
		cc->close = when;
		tr->closing = true;
	} else if (strcmp(t->state, "SYN_SENT") != 0)
		tr->answered = true;
}

/*
 * Of -e NEW,DESTROY: it was open, and ended as long ago as an entry stays; one
 * that is younger was taken out of the table.
 */
static void
event_ended(struct capture_conn *cc, const struct track *t, int64_t when)
{

	if ((t->state != NULL && strcmp(t->state, "CLOSE") == 0) ||
	    when - cc->open < TRACK_TIMEWAIT) {
		cc->end = CAPTURE_END_RESET;
		cc->close = when - cc->open < TRACK_CLOSE ? when :
		    when - TRACK_CLOSE;
	} else {
		cc->end = CAPTURE_END_UNSAID;
		cc->close = when - TRACK_TIMEWAIT;
	}
}

/* The entry is gone: of what nobody answered, or it was forgotten. */
static void
event_destroy(struct capture *c, const struct tracked *tr,
    const struct track *t, int64_t when)
{
	struct capture_conn *cc;

	cc = capture_conn_at(c, tr->idx);
	if (!tr->updated && t->assured)
		event_ended(cc, t, when);
	if (tr->closing || tr->reset || tr->answered || t->assured)
		return;
	cc->end = CAPTURE_END_REFUSED;
	cc->close = MIN(when, cc->open + CAPTURE_UNANSWERED);
}

static bool
conntrack_event(struct capture *c, struct conntrack *ct,
    const struct track *t, int64_t when)
{
	g_autofree char *name = g_strjoin(" ", t->addr[0], t->port[0],
	    t->addr[1], t->port[1], NULL);
	struct tracked *tr;

	if (strcmp(t->event, "[NEW]") == 0)
		return (event_open(c, ct, t, name, when));
	tr = g_hash_table_lookup(ct->live, name);
	if (tr == NULL)
		return (samples_leave(ct->samples, c,
		    capture_is_ipv6(t->addr[0]) ? CAPTURE_IPV6 :
		    CAPTURE_NOT_OPENED, name));
	if (strcmp(t->event, "[UPDATE]") == 0) {
		event_update(c, tr, t, when);
		return (true);
	}
	event_destroy(c, tr, t, when);
	g_hash_table_remove(ct->live, name);
	return (true);
}

/* ---- the table --------------------------------------------------------- */

static bool
conntrack_entry(struct capture *c, struct conntrack *ct, struct track *t)
{
	struct sample_socket so = { .state = SAMPLE_ESTABLISHED,
	    .oriented = true };
	struct capture_conn cc;
	unsigned i;

	for (i = 0; i < 2; i++) {
		so.addr[i] = t->addr[i];
		so.port[i] = t->port[i];
	}
	if (t->state != NULL && strcmp(t->state, "TIME_WAIT") == 0)
		so.state = SAMPLE_GONE;
	else if (t->state != NULL && strcmp(t->state, "CLOSE") == 0)
		so.state = SAMPLE_RESET;
	else if (t->state != NULL && strcmp(t->state, "SYN_SENT") == 0)
		so.state = SAMPLE_SYN_SENT;
	if (net_addr_parse(t->addr[0], &cc.addr[0]) &&
	    net_addr_parse(t->addr[1], &cc.addr[1]) &&
	    track_is_forwarded(c, t, &cc)) {
		g_autofree char *name = g_strjoin(" ", t->addr[0], t->port[0],
		    t->addr[1], t->port[1], NULL);

		return (samples_leave(ct->samples, c, CAPTURE_TRANSLATED,
		    name));
	}
	return (samples_socket(ct->samples, c, &so));
}

static bool
conntrack_track(struct capture *c, struct conntrack *ct, char *text)
{
	struct track t = { .state = NULL };
	g_autofree char *whole = g_strdup(text);
	char *rest, *start, *word;
	int64_t when;

	start = text;
	when = 0;
	if (strstr(text, "[NEW]") != NULL || strstr(text, "[UPDATE]") !=
	    NULL || strstr(text, "[DESTROY]") != NULL)
		if (!event_time(c, &start, &when))
			return (false);
	for (rest = start; (word = strsep(&rest, " \t")) != NULL;)
		if (*word != '\0')
			track_word(&t, word);
	if (t.addr[0] == NULL || t.addr[1] == NULL || t.port[0] == NULL ||
	    t.port[1] == NULL)
		return (capture_bad(c, "has not src, dst, sport and dport",
		    whole));
	if (t.event != NULL)
		return (conntrack_event(c, ct, &t, when));
	return (conntrack_entry(c, ct, &t));
}

/* " tcp 6 " of -L and -E, also behind "ipv4 2" of /proc/net/nf_conntrack. */
static bool
conntrack_is_tcp(const char *text)
{
	const char *at;

	at = strstr(text, "tcp ");
	return (at != NULL && (at == text || g_ascii_isspace(at[-1])));
}

static bool
conntrack_line(struct capture *c, void *state, char *text)
{
	struct conntrack *ct;

	ct = state;
	if (text[strspn(text, " \t")] == '\0' ||
	    g_str_has_prefix(text, "conntrack v") ||
	    samples_time(ct->samples, c, text))
		return (true);
	if (strstr(text, "src=") == NULL)
		return (capture_bad(c, "is no entry of conntrack", text));
	if (!conntrack_is_tcp(text))
		return (samples_leave(ct->samples, c, CAPTURE_NOT_TCP, text));
	return (conntrack_track(c, ct, text));
}

static void
conntrack_end(struct capture *c, void *state)
{

	samples_end(((struct conntrack *)state)->samples, c);
}

/* ---- the format -------------------------------------------------------- */

static bool
conntrack_recognise(const char *line)
{

	return (strstr(line, " src=") != NULL && strstr(line, " dst=") !=
	    NULL && (strstr(line, " sport=") != NULL ||
	    strstr(line, "icmp ") != NULL));
}

extern const struct capture_format capture_format_conntrack;

const struct capture_format capture_format_conntrack = {
	.name = "conntrack",
	.title = "Linux' table of connections, or its changes",
	.command = "conntrack -L -p tcp, or conntrack -E -p tcp -o timestamp",
	.sign = "src=, dst= and sport=",
	.system = "Linux",
	.terminal = true,
	.recognise = conntrack_recognise,
	.line = conntrack_line,
	.end = conntrack_end,
	.state_new = conntrack_new,
	.state_free = conntrack_free
};
