/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * HAProxy's log, of option httplog or tcplog:
 *
 *	... [06/Feb/2009:12:14:14.655] FRONTEND BACKEND/SERVER TIMES ... --
 *
 * TIMES are milliseconds with slashes between: TR/Tw/Tc/Tr/Ta, or Tw/Tc/Tt of
 * tcplog.  The server is a name there; its address is told with --server, or
 * stands in the line where a log-format puts %si:%sp, perhaps with %bi:%bp, the
 * local end, before it.
 */

#include <stdlib.h>
#include <string.h>

#include "study/capture/logline.h"
#include "study/capture/reader.h"
#include "study/capture/when.h"

#define	MAXTIMES	5

struct haproxy_line {
	GPtrArray	*words;		/* of the line */
	guint		date;		/* idx of the date among them */
	int64_t		times[MAXTIMES];	/* ps; -1: did not come to it */
	guint		ntimes;
	const char	*how;		/* it ended, two letters or four */
};

static bool
is_date(const char *word)
{
	uint64_t s;
	int64_t ps;

	return (strchr(word, '/') != NULL && when_parse(word, &s, &ps) ==
	    NULL);
}

/* "10/0/30/69/109", "+" in front of one that goes on. */
static guint
parse_times(const char *word, int64_t times[MAXTIMES])
{
	char *end;
	guint n;

	for (n = 0; n < MAXTIMES; n++) {
		word += *word == '+';
		if (!g_ascii_isdigit(*word) && strncmp(word, "-1", 2) != 0)
			return (0);
		times[n] = g_ascii_strtoll(word, &end, 10);
		if (times[n] > INT32_MAX)
			return (0);
		times[n] = times[n] < 0 ? -1 : times[n] * SIM_MS;
		if (*end == '\0')
			return (n + 1);
		if (*end != '/')
			return (0);
		word = end + 1;
	}
	return (0);
}

static bool
is_how(const char *word)
{
	size_t len;

	len = strlen(word);
	return ((len == 2 || len == 4) && strspn(word,
	    "-CSPLRIDUKcsQHTVNOEWXFA") == len);
}

/* Where the parts are; false if it is no such line. */
static bool
haproxy_parse(const char *text, struct haproxy_line *l)
{
	guint i;

	memset(l, 0, sizeof(*l));
	l->words = logline_words(text);
	for (i = 0; i < l->words->len && !is_date(l->words->pdata[i]); i++)
		continue;
	l->date = i;
	if (i + 4 >= l->words->len ||
	    strchr(l->words->pdata[i + 2], '/') == NULL)
		return (false);
	for (i += 3; i < l->words->len && l->ntimes == 0; i++)
		l->ntimes = parse_times(l->words->pdata[i], l->times);
	for (; i < l->words->len && l->how == NULL; i++)
		if (is_how(l->words->pdata[i]))
			l->how = l->words->pdata[i];
	return (l->ntimes == 3 || l->ntimes == 5);
}

/* ---- a connection ------------------------------------------------------ */

/* ADDRESS:PORT words behind the server's name: its own, the last of them. */
static enum capture_got
haproxy_ends(struct capture *c, const struct haproxy_line *l,
    struct capture_conn *cc)
{
	g_autofree char *name = NULL, *server = NULL, *source = NULL;
	char *addr[2], *port[2];
	enum capture_got got;
	const char *word;
	guint i;

	name = g_strdup(l->words->pdata[l->date + 2]);
	for (i = l->date + 3; i < l->words->len; i++) {
		word = l->words->pdata[i];
		if (strchr(word, ':') == NULL || strspn(word,
		    "0123456789.:") != strlen(word) || strchr(word, '.') ==
		    NULL)
			continue;
		g_free(source);
		source = server;
		server = g_strdup(word);
	}
	if (server == NULL || !capture_split(server, ':', &addr[1], &port[1]))
		return (capture_upstream(c, cc, name, NULL));
	got = capture_upstream(c, cc, addr[1], port[1]);
	if (got != CAPTURE_GOT || source == NULL ||
	    !capture_split(source, ':', &addr[0], &port[0]))
		return (got);
	return (capture_ends(c, cc, (const char *const *)addr,
	    (const char *const *)port));
}

static bool
haproxy_conn(struct capture *c, const struct haproxy_line *l)
{
	const char *backend, *server;
	struct capture_conn cc = { .end = CAPTURE_END_UNSAID };
	int64_t begun, connect, queued, total;
	enum capture_got got;

	backend = l->words->pdata[l->date + 2];
	server = strchr(backend, '/') + 1;
	begun = l->ntimes == 5 ? MAX(l->times[0], 0) : 0;
	queued = l->times[l->ntimes == 5 ? 1 : 0];
	connect = l->times[l->ntimes == 5 ? 2 : 1];
	total = l->times[l->ntimes - 1];
	/* -1: the connect failed, or it was not tried. */
	if (*server == '<' || (connect < 0 && (l->how == NULL ||
	    l->how[1] != 'C')))
		return (capture_leave(c, CAPTURE_NO_UPSTREAM));
	got = haproxy_ends(c, l, &cc);
	if (got == CAPTURE_LEFT && c->left[CAPTURE_NO_ADDRESS] > 0)
		capture_remark(c, "servers are logged by their names: "
		    "--server=BACKEND/NAME=ADDRESS:PORT tells the address, or "
		    "%si:%sp in the log-format");
	if (got != CAPTURE_GOT)
		return (got == CAPTURE_LEFT);
	if (!capture_time(c, l->words->pdata[l->date], &cc.open))
		return (false);
	cc.close = cc.open + MAX(total, 0);
	cc.open += begun + MAX(queued, 0);
	if (connect < 0)
		cc.end = CAPTURE_END_REFUSED;
	else if (connect == 0)
		capture_remark(c, "a connect time of 0 is that of a "
		    "connection that was kept open, or quick: each line "
		    "counts as a connection");
	capture_add(c, &cc);
	return (true);
}

static bool
haproxy_line(struct capture *c, void *state, char *text)
{
	struct haproxy_line l;
	bool ok;

	(void)state;
	if (*text == '\0' || *text == '#')
		return (true);
	if (haproxy_parse(text, &l))
		ok = haproxy_conn(c, &l);
	else if (strstr(text, "haproxy[") != NULL ||
	    strstr(text, " haproxy ") != NULL)
		ok = capture_leave(c, CAPTURE_OTHER);
	else
		ok = capture_bad(c, "is no line of option httplog or tcplog",
		    text);
	g_ptr_array_unref(l.words);
	return (ok);
}

static bool
haproxy_recognise(const char *line)
{
	struct haproxy_line l;
	bool is;

	is = haproxy_parse(line, &l);
	g_ptr_array_unref(l.words);
	return (is || strstr(line, " haproxy[") != NULL);
}

extern const struct capture_format capture_format_haproxy;

const struct capture_format capture_format_haproxy = {
	.name = "haproxy",
	.title = "log of HAProxy, option httplog or tcplog",
	.command = "option httplog, with --server=BACKEND/NAME=ADDRESS:PORT\n"
	    "or log-format \"${HAPROXY_HTTP_LOG_FMT} %bi:%bp %si:%sp\"",
	.sign = "a date in brackets, BACKEND/SERVER and times such as "
	    "10/0/30/69/109",
	.recognise = haproxy_recognise,
	.line = haproxy_line
};
