/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Access logs of nginx that name the upstream and times: as NAME=VALUE, with
 * the names of nginx' variables or what people shorten them to (uct, urt, rt);
 * as JSON; or in the order of the ingress controller.
 *
 *	log_format up '$remote_addr [$time_local] "$request" $status '
 *	    'upstream_addr=$upstream_addr request_time=$request_time '
 *	    'upstream_connect_time=$upstream_connect_time '
 *	    'upstream_response_time=$upstream_response_time '
 *	    'upstream_status=$upstream_status';
 *
 * A request that several upstreams were tried for is a connection each.  A log
 * knows requests: one that went through a connection which was kept open counts
 * as another all the same, and what the clients opened is not in it.
 */

#include <string.h>

#include "study/capture/logline.h"
#include "study/capture/objects.h"
#include "study/capture/reader.h"
#include "study/capture/when.h"

enum nginx_field {
	NGINX_ADDR,
	NGINX_CONNECT,
	NGINX_RESPONSE,
	NGINX_STATUS,
	NGINX_REQUEST,
	NGINX_TIME,
	NGINX_NFIELDS
};

static const char *const nginx_names[NGINX_NFIELDS][9] = {
	[NGINX_ADDR] = { "upstream_addr", "upstream_address", "upstream",
	    "upstream_host", "uaddr", "ups", NULL },
	[NGINX_CONNECT] = { "upstream_connect_time", "uct", NULL },
	[NGINX_RESPONSE] = { "upstream_response_time", "urt",
	    "upstream_time", "ut", NULL },
	[NGINX_STATUS] = { "upstream_status", "ustatus", "us", NULL },
	[NGINX_REQUEST] = { "request_time", "rt", "req_time", NULL },
	[NGINX_TIME] = { "msec", "time_iso8601", "time_local", "@timestamp",
	    "timestamp", "time", "ts", NULL }
};

/* What a line says; NULL: nothing of that. */
struct nginx_line {
	char		*field[NGINX_NFIELDS];
};

struct nginx {
	struct objects	*objects;
};

static bool nginx_object(struct capture *, void *, const json_t *);

static void *
nginx_new(void)
{
	struct nginx *n;

	n = g_new0(struct nginx, 1);
	n->objects = objects_new(nginx_object, n);
	return (n);
}

static void
nginx_free(void *state)
{
	struct nginx *n;

	n = state;
	objects_free(n->objects);
	g_free(n);
}

static void
line_fini(struct nginx_line *l)
{
	unsigned i;

	for (i = 0; i < NGINX_NFIELDS; i++)
		g_free(l->field[i]);
}

/* ---- connections ------------------------------------------------------- */

/* One of a list of times; "-" and what is not there are none. */
static bool
list_time(struct capture *c, GStrv list, unsigned i, int64_t *ps)
{

	*ps = 0;
	if (list == NULL || i >= g_strv_length(list) ||
	    strcmp(list[i], "-") == 0 || *list[i] == '\0')
		return (true);
	return (capture_duration(c, list[i], ps));
}

static bool
list_is(GStrv list, unsigned i, const char *text)
{

	return (list != NULL && i < g_strv_length(list) &&
	    strcmp(list[i], text) == 0);
}

static GStrv
line_list(const struct nginx_line *l, enum nginx_field f)
{

	return (l->field[f] == NULL ? NULL : logline_list(l->field[f]));
}

/* One upstream that was tried. */
static bool
nginx_try(struct capture *c, char *upstream, struct capture_conn *cc)
{
	enum capture_got got;
	char *addr, *port;

	if (strcmp(upstream, "-") == 0 || *upstream == '\0')
		return (capture_leave(c, CAPTURE_NO_UPSTREAM));
	if (g_str_has_prefix(upstream, "unix:"))
		return (capture_leave(c, CAPTURE_UNIX_SOCKET));
	if (*upstream == '[')
		return (capture_leave(c, CAPTURE_IPV6));
	port = NULL;
	addr = upstream;
	if (strchr(upstream, ':') != NULL)
		(void)capture_split(upstream, ':', &addr, &port);
	got = capture_upstream(c, cc, addr, port);
	if (got == CAPTURE_LEFT && c->left[CAPTURE_NO_ADDRESS] > 0)
		capture_remark(c, "an upstream is logged by its name: "
		    "--server=NAME=ADDRESS:PORT tells the address");
	if (got == CAPTURE_GOT)
		capture_add(c, cc);
	return (got != CAPTURE_BAD);
}

static bool
nginx_upstreams(struct capture *c, const struct nginx_line *l, int64_t when,
    int64_t request)
{
	g_auto(GStrv) addr = line_list(l, NGINX_ADDR);
	g_auto(GStrv) connect = line_list(l, NGINX_CONNECT);
	g_auto(GStrv) response = line_list(l, NGINX_RESPONSE);
	g_auto(GStrv) status = line_list(l, NGINX_STATUS);
	int64_t at, ps;
	unsigned i;

	if (addr[0] == NULL)
		return (capture_leave(c, CAPTURE_NO_UPSTREAM));
	/* The request began before the line was written, its tries then. */
	at = when - request;
	for (i = 0; request == 0 && addr[i] != NULL; i++) {
		if (!list_time(c, response, i, &ps))
			return (false);
		at -= ps;
	}
	for (i = 0; addr[i] != NULL; i++) {
		struct capture_conn cc = { .open = at };

		if (!list_time(c, response, i, &ps))
			return (false);
		at += ps;
		cc.close = at;
		if (list_is(connect, i, "-") && (list_is(status, i, "502") ||
		    list_is(status, i, "504")))
			cc.end = CAPTURE_END_REFUSED;
		if (list_is(connect, i, "0.000"))
			capture_remark(c, "a connect time of 0.000 is that of "
			    "a connection that was kept open, or quick: each "
			    "request counts as a connection");
		if (!nginx_try(c, addr[i], &cc))
			return (false);
	}
	return (true);
}

static bool
nginx_request(struct capture *c, const struct nginx_line *l, const char *text)
{
	int64_t request, when;

	if (l->field[NGINX_ADDR] == NULL) {
		capture_remark(c, "lines name no upstream; a log_format with "
		    "upstream_addr=$upstream_addr and times does: see "
		    "`pcbsim import --list'");
		return (capture_leave(c, CAPTURE_NO_UPSTREAM));
	}
	if (l->field[NGINX_TIME] == NULL)
		return (capture_bad(c, "has no time", text));
	if (l->field[NGINX_RESPONSE] == NULL &&
	    l->field[NGINX_REQUEST] == NULL)
		return (capture_bad(c, "says neither $upstream_response_time "
		    "nor $request_time", text));
	request = 0;
	if (l->field[NGINX_REQUEST] != NULL &&
	    !capture_duration(c, l->field[NGINX_REQUEST], &request))
		return (false);
	return (capture_time(c, l->field[NGINX_TIME], &when) &&
	    nginx_upstreams(c, l, when, request));
}

/* ---- lines ------------------------------------------------------------- */

static bool
is_time(const char *text)
{
	uint64_t s;
	int64_t ps;

	return (when_parse(text, &s, &ps) == NULL);
}

/* In brackets, or among the first words; neither a port nor a duration. */
static char *
words_time(const GPtrArray *words)
{
	const char *word;
	guint i;

	for (i = 0; i < words->len && i < 8; i++) {
		word = words->pdata[i];
		if ((strpbrk(word, "/-:") != NULL ||
		    strspn(word, "0123456789") >= 9) && is_time(word))
			return (g_strdup(word));
	}
	return (NULL);
}

static bool
word_is_list_of(const char *word, const char *chars)
{

	return (*word != '\0' && strspn(word, chars) == strlen(word));
}

/*
 * The ingress controller: REQUEST_TIME [NAME] [NAME] ADDRESSES LENGTHS TIMES
 * STATUSES, behind what a common log has.
 */
static void
words_ingress(const GPtrArray *words, struct nginx_line *l)
{
	const char *const *w;
	guint i;

	for (i = 8; i + 3 < words->len; i++) {
		w = (const char *const *)words->pdata + i;
		if (!word_is_list_of(w[0], "0123456789.:, -") ||
		    (strchr(w[0], ':') == NULL && strcmp(w[0], "-") != 0) ||
		    !word_is_list_of(w[1], "0123456789, -") ||
		    !word_is_list_of(w[2], "0123456789., -") ||
		    !word_is_list_of(w[3], "0123456789, -"))
			continue;
		l->field[NGINX_ADDR] = g_strdup(w[0]);
		l->field[NGINX_RESPONSE] = g_strdup(w[2]);
		l->field[NGINX_STATUS] = g_strdup(w[3]);
		if (word_is_list_of(w[-3], "0123456789."))
			l->field[NGINX_REQUEST] = g_strdup(w[-3]);
		return;
	}
}

/* ua is the upstream for some, the browser for others. */
static char *
line_ua(const char *text)
{
	static const char *const names[] = { "ua", NULL };
	g_autofree char *value = logline_value(text, names);

	if (value == NULL || (!word_is_list_of(value, "0123456789.:, -") &&
	    *value != '[' && !g_str_has_prefix(value, "unix:")))
		return (NULL);
	return (g_steal_pointer(&value));
}

static void
line_parse(const char *text, struct nginx_line *l)
{
	g_autoptr(GPtrArray) words = logline_words(text);
	unsigned i;

	memset(l, 0, sizeof(*l));
	for (i = 0; i < NGINX_TIME; i++)
		l->field[i] = logline_value(text, nginx_names[i]);
	if (l->field[NGINX_ADDR] == NULL)
		l->field[NGINX_ADDR] = line_ua(text);
	if (l->field[NGINX_ADDR] == NULL)
		words_ingress(words, l);
	l->field[NGINX_TIME] = words_time(words);
	if (l->field[NGINX_TIME] == NULL)
		l->field[NGINX_TIME] = logline_value(text,
		    nginx_names[NGINX_TIME]);
}

static bool
nginx_object(struct capture *c, void *arg, const json_t *object)
{
	struct nginx_line l = { .field = { NULL } };
	char buf[OBJECTS_MAXTEXT];
	const char *text;
	unsigned i, k;
	bool ok;

	(void)arg;
	for (i = 0; i < NGINX_NFIELDS; i++)
		for (k = 0; nginx_names[i][k] != NULL && l.field[i] == NULL;
		    k++) {
			text = object_field(object, nginx_names[i][k], buf,
			    sizeof(buf));
			if (text != NULL && (i != NGINX_TIME || is_time(text)))
				l.field[i] = g_strdup(text);
		}
	ok = nginx_request(c, &l, NULL);
	line_fini(&l);
	return (ok);
}

static bool
nginx_line(struct capture *c, void *state, char *text)
{
	struct nginx_line l;
	struct nginx *n;
	bool ok;

	n = state;
	if (objects_inside(n->objects) || *text == '{')
		return (objects_line(n->objects, c, text));
	if (*text == '\0' || *text == '#')
		return (true);
	line_parse(text, &l);
	ok = nginx_request(c, &l, text);
	line_fini(&l);
	return (ok);
}

static void
nginx_end(struct capture *c, void *state)
{

	objects_end(((struct nginx *)state)->objects, c);
}

/* ---- the format -------------------------------------------------------- */

/* A line that names an upstream, or at least one of a web server's log. */
static bool
nginx_recognise(const char *line)
{
	struct nginx_line l;
	const char *at;
	bool is;

	if (*line == '{')
		return (strstr(line, "\"upstream_addr\"") != NULL);
	at = strchr(line, '[');
	if (at != NULL && strstr(at, "\"GET ") != NULL &&
	    strstr(at, " HTTP/") != NULL && strstr(line, "haproxy[") == NULL)
		return (true);
	line_parse(line, &l);
	is = l.field[NGINX_ADDR] != NULL && l.field[NGINX_TIME] != NULL &&
	    strchr("0123456789-", *l.field[NGINX_ADDR]) != NULL;
	line_fini(&l);
	return (is);
}

extern const struct capture_format capture_format_nginx;

const struct capture_format capture_format_nginx = {
	.name = "nginx",
	.title = "access log of nginx with upstream and times",
	.command = "log_format up '... [$time_local] "
	    "upstream_addr=$upstream_addr\n"
	    "    upstream_connect_time=$upstream_connect_time\n"
	    "    upstream_response_time=$upstream_response_time\n"
	    "    upstream_status=$upstream_status "
	    "request_time=$request_time';",
	.sign = "upstream_addr=, or an access log",
	.recognise = nginx_recognise,
	.line = nginx_line,
	.end = nginx_end,
	.state_new = nginx_new,
	.state_free = nginx_free
};
