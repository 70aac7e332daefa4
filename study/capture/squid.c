/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Squid's access.log in its own format:
 *
 *	1591367999.430 245 CLIENT TCP_MISS/200 612 GET URL - DIRECT/ADDRESS T
 *
 * The line is written when the request is over, and says how many milliseconds
 * it took.  The port of a server is that of the URL; that of another proxy is
 * not logged: --server=ADDRESS=ADDRESS:PORT tells it, or %<p in the logformat,
 * as HIERARCHY/ADDRESS:PORT.
 */

#include <string.h>

#include "study/capture/logline.h"
#include "study/capture/reader.h"

enum squid_word {
	SQUID_TIME,
	SQUID_ELAPSED,
	SQUID_CLIENT,
	SQUID_RESULT,
	SQUID_BYTES,
	SQUID_METHOD,
	SQUID_URL,
	SQUID_USER,
	SQUID_PEER,
	SQUID_NWORDS
};

/* The port of "http://host:8080/path", "host:443" of CONNECT; NULL: unknown. */
static char *
url_port(const char *method, const char *url)
{
	static const struct {
		const char	*scheme, *port;
	} schemes[] = {
		{ "http://", "80" }, { "https://", "443" }, { "ftp://", "21" }
	};
	g_autofree char *host = NULL;
	const char *colon, *port;
	unsigned i;

	port = strcmp(method, "CONNECT") == 0 ? "443" : NULL;
	for (i = 0; i < G_N_ELEMENTS(schemes); i++)
		if (g_str_has_prefix(url, schemes[i].scheme)) {
			port = schemes[i].port;
			url += strlen(schemes[i].scheme);
			break;
		}
	host = g_strndup(url, strcspn(url, "/?#"));
	colon = strrchr(host, ':');
	if (colon != NULL && strchr(colon, ']') == NULL)
		return (g_strdup(colon + 1));
	return (g_strdup(port));
}

/* HIER_DIRECT/198.51.100.33, perhaps with its port. */
static enum capture_got
squid_peer(struct capture *c, const GPtrArray *words, struct capture_conn *cc)
{
	g_autofree char *peer = NULL, *port = NULL;
	char *addr, *own;

	peer = g_strdup(strchr(words->pdata[SQUID_PEER], '/') + 1);
	addr = peer;
	if (strstr(words->pdata[SQUID_PEER], "DIRECT") != NULL)
		port = url_port(words->pdata[SQUID_METHOD],
		    words->pdata[SQUID_URL]);
	if (strchr(peer, '.') != NULL && strchr(peer, ':') != NULL &&
	    capture_split(peer, ':', &addr, &own)) {
		g_free(port);
		port = g_strdup(own);
	}
	return (capture_upstream(c, cc, addr, port));
}

static bool
squid_request(struct capture *c, const GPtrArray *words)
{
	struct capture_conn cc = { .end = CAPTURE_END_UNSAID };
	const char *elapsed, *peer;
	enum capture_got got;

	peer = words->pdata[SQUID_PEER];
	elapsed = words->pdata[SQUID_ELAPSED];
	if (strchr(peer, '/') == NULL)
		return (capture_bad(c, "is no HIERARCHY/ADDRESS", peer));
	if (g_str_has_suffix(peer, "/-") || g_str_has_prefix(peer, "NONE/") ||
	    g_str_has_prefix(peer, "HIER_NONE/"))
		return (capture_leave(c, CAPTURE_NO_UPSTREAM));
	if (strspn(elapsed, "0123456789") != strlen(elapsed) ||
	    strlen(elapsed) > 9)
		return (capture_bad(c, "is no number of milliseconds",
		    elapsed));
	got = squid_peer(c, words, &cc);
	if (got == CAPTURE_LEFT && c->left[CAPTURE_NO_ADDRESS] > 0)
		capture_remark(c, "the port of another proxy is not logged: "
		    "--server=ADDRESS=ADDRESS:PORT tells it, or %<a:%<p in "
		    "the logformat");
	if (got != CAPTURE_GOT)
		return (got == CAPTURE_LEFT);
	if (!capture_time(c, words->pdata[SQUID_TIME], &cc.close))
		return (false);
	cc.open = cc.close - g_ascii_strtoll(elapsed, NULL, 10) * SIM_MS;
	capture_add(c, &cc);
	return (true);
}

/* Behind what syslog puts in front: "... squid[123]: ", "(squid-1)[123]: ". */
static const char *
squid_own(const char *line)
{
	const char *end, *name;

	name = strstr(line, "squid");
	end = name == NULL ? NULL : strstr(name, "]: ");
	return (end == NULL || memchr(name, '/', (size_t)(end - name)) !=
	    NULL ? line : end + 3 + strspn(end + 3, " "));
}

static bool
squid_line(struct capture *c, void *state, char *text)
{
	g_autoptr(GPtrArray) words = NULL;

	(void)state;
	if (*text == '\0' || *text == '#')
		return (true);
	words = logline_words(squid_own(text));
	if (words->len < SQUID_NWORDS)
		return (capture_bad(c, "has not the ten fields of Squid's own "
		    "format", text));
	return (squid_request(c, words));
}

/* A time, a duration, an address, RESULT/STATUS. */
static bool
squid_recognise(const char *line)
{
	g_autoptr(GPtrArray) words = logline_words(squid_own(line));
	const char *result, *slash, *time;

	if (words->len < SQUID_NWORDS)
		return (false);
	time = words->pdata[SQUID_TIME];
	result = words->pdata[SQUID_RESULT];
	slash = strchr(result, '/');
	return (g_ascii_isdigit(*time) && strchr(time, '.') != NULL &&
	    slash != NULL && strspn(result, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") ==
	    (size_t)(slash - result) && strlen(slash) == 4 &&
	    strspn(slash + 1, "0123456789") == 3);
}

extern const struct capture_format capture_format_squid;

const struct capture_format capture_format_squid = {
	.name = "squid",
	.title = "access.log of Squid, its own format",
	.command = "access_log stdio:/var/log/squid/access.log squid",
	.sign = "a time, milliseconds, an address, TCP_MISS/200",
	.recognise = squid_recognise,
	.line = squid_line
};
