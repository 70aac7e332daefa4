/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What ss(8) prints of Linux' sockets, with any options: -t -a -n at best, -o,
 * -p and -e put more behind, -H leaves the names of columns away, a filter by
 * state leaves the state away, several families put a Netid in front.  -i and
 * -m put more below, which is passed over.
 *
 * Once, or again and again, each time after a line with the time, as
 * scenarios/capture/sockets.sh does.
 */

#include <string.h>

#include "study/capture/reader.h"
#include "study/capture/samples.h"

#define	SS_FIELDS	6	/* Netid, state, two queues, two addresses */

static void *
ss_new(void)
{

	return (samples_new());
}

static void
ss_free(void *state)
{

	samples_free(state);
}

static bool
ss_is_number(const char *text)
{

	return (*text != '\0' && strspn(text, "0123456789") == strlen(text));
}

/* Families and types that are not TCP. */
static bool
ss_is_netid(const char *text)
{
	static const char *const names[] = { "dccp", "icmp6", "mptcp", "nl",
	    "p_dgr", "p_raw", "raw", "sctp", "ti_dg", "ti_rd", "ti_sq",
	    "ti_st", "tcp", "u_dgr", "u_seq", "u_str", "udp", "udpl", "unix",
	    "v_dgr", "v_str", "xdp", "???", NULL };

	return (g_strv_contains(names, text));
}

static bool
ss_is_header(const char *text)
{

	return (strstr(text, "Recv-Q") != NULL &&
	    strstr(text, "Send-Q") != NULL);
}

/* Blank-separated words, as many as matter; the text is changed. */
static unsigned
ss_words(char *text, char *word[SS_FIELDS])
{
	unsigned n;

	for (n = 0; n < SS_FIELDS; n++) {
		text += strspn(text, " \t");
		if (*text == '\0')
			break;
		word[n] = text;
		text += strcspn(text, " \t");
		if (*text != '\0')
			*text++ = '\0';
	}
	return (n);
}

/* The words behind Netid and state; NULL if they do not begin as a socket. */
static char **
ss_rest(char **word, unsigned *n, const char **netid,
    enum sample_state *state)
{
	enum sample_state st;

	*netid = "tcp";
	*state = SAMPLE_UNSAID;
	if (*n > 0 && ss_is_netid(word[0])) {
		*netid = word[0];
		word++;
		--*n;
	}
	if (*n > 0 && samples_state(word[0], &st)) {
		*state = st;
		word++;
		--*n;
	}
	if (*n < 4 || !ss_is_number(word[0]) || !ss_is_number(word[1]))
		return (NULL);
	return (word);
}

/* Not of TCP: what it is and who has it, so that it counts once. */
static bool
ss_other(struct capture *c, struct samples *s, const char *netid,
    char *const *rest)
{
	g_autofree char *name = g_strjoin(" ", netid, rest[2], rest[3], NULL);

	return (samples_leave(s, c, CAPTURE_NOT_TCP, name));
}

/* A filter by state hides the state; the timer of -o shows this one. */
static void
ss_stateless(struct capture *c, const char *line, enum sample_state *state)
{

	if (strstr(line, "timer:(timewait,") != NULL)
		*state = SAMPLE_TIME_WAIT;
	else
		capture_remark(c, "states are not shown, as with a filter by "
		    "state: all count as established");
}

static bool
ss_socket(struct capture *c, struct samples *s, char *text)
{
	struct sample_socket so = { .oriented = false };
	char *whole, *word[SS_FIELDS], **rest;
	const char *netid;
	unsigned n;
	bool ok;

	whole = g_strdup(text);
	n = ss_words(text, word);
	rest = ss_rest(word, &n, &netid, &so.state);
	if (rest != NULL && so.state == SAMPLE_UNSAID)
		ss_stateless(c, whole, &so.state);
	if (rest == NULL)
		ok = samples_time(s, c, whole) || capture_bad(c,
		    "is neither a socket of ss -tan, nor a time as date +%s "
		    "prints it", whole);
	else if (strcmp(netid, "tcp") != 0)
		ok = ss_other(c, s, netid, rest);
	else if (!capture_split(rest[2], ':', &so.addr[0], &so.port[0]) ||
	    !capture_split(rest[3], ':', &so.addr[1], &so.port[1]))
		ok = capture_bad(c, "is no ADDRESS:PORT", rest[2]);
	else if ((!ss_is_number(so.port[0]) && *so.port[0] != '*') ||
	    (!ss_is_number(so.port[1]) && *so.port[1] != '*'))
		ok = capture_bad(c, "has a name for a port; ss -n prints "
		    "numbers", whole);
	else
		ok = samples_socket(s, c, &so);
	g_free(whole);
	return (ok);
}

static bool
ss_line(struct capture *c, void *state, char *text)
{
	struct samples *s;

	s = state;
	if (text[strspn(text, " \t")] == '\0' || *text == '#')
		return (true);
	if (ss_is_header(text)) {
		samples_header(s);
		return (true);
	}
	/* -i and -m; -ti, without a state, begins with blanks, too. */
	if (*text == '\t' || (*text == ' ' && (strstr(text, " rto:") != NULL ||
	    strstr(text, "skmem:") != NULL || strstr(text, "wscale:") !=
	    NULL))) {
		capture_note(c, "what ss -i and -m add has no use here; run "
		    "ss -tan");
		return (capture_leave(c, CAPTURE_DETAIL));
	}
	return (ss_socket(c, s, text));
}

static void
ss_end(struct capture *c, void *state)
{

	samples_end(state, c);
}

/* ---- the format -------------------------------------------------------- */

/* Names of columns, or a socket with both addresses. */
static bool
ss_recognise(const char *line)
{
	g_autofree char *text = g_strdup(line);
	char *word[SS_FIELDS], **rest;
	enum sample_state state;
	const char *netid;
	unsigned n;

	if (ss_is_header(line))
		return (strstr(line, "Proto") == NULL &&
		    strstr(line, "Address:Port") != NULL);
	n = ss_words(text, word);
	rest = ss_rest(word, &n, &netid, &state);
	return (rest != NULL && strchr(rest[2], ':') != NULL &&
	    strchr(rest[3], ':') != NULL);
}

extern const struct capture_format capture_format_ss;

const struct capture_format capture_format_ss = {
	.name = "ss",
	.title = "sockets of Linux, once or with times between",
	.command = "ss -tan, or: sh scenarios/capture/sockets.sh SECONDS",
	.sign = "Recv-Q, Send-Q and two ADDRESS:PORT, behind a state or alone",
	.system = "Linux",
	.terminal = true,
	.recognise = ss_recognise,
	.line = ss_line,
	.end = ss_end,
	.state_new = ss_new,
	.state_free = ss_free
};
