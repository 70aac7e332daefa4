/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What FreeBSD's sockstat(1) prints: each socket with its process, so that one
 * which several share stands there several times, and counts once.  What no
 * process has any more has closed here; -s says how far that is.
 */

#include <stdio.h>
#include <string.h>

#include "study/capture/reader.h"
#include "study/capture/samples.h"

static void *
sockstat_new(void)
{
	struct samples *s;

	s = samples_new();
	samples_share(s);
	return (s);
}

static void
sockstat_free(void *state)
{

	samples_free(state);
}

/* No process has it: "?", and "??" of later releases. */
static bool
sockstat_is_none(const char *word)
{

	return (strcmp(word, "?") == 0 || strcmp(word, "??") == 0);
}

/* The protocol, which is the first word of such a name, or -1. */
static int
sockstat_protocol(char *const *word)
{
	static const char *const others[] = { "udp", "stream", "dgram",
	    "seqpac", "sctp", "divert", "icmp", "raw" };
	unsigned i, k;

	for (i = 0; i < 8 && word[i] != NULL; i++) {
		if (samples_is_tcp(word[i]))
			return ((int)i);
		for (k = 0; i > 2 && k < G_N_ELEMENTS(others); k++)
			if (g_str_has_prefix(word[i], others[k]))
				return ((int)i);
	}
	return (-1);
}

static bool
sockstat_socket(struct capture *c, struct samples *s, char **word,
    bool orphan)
{
	struct sample_socket so = { .state = SAMPLE_UNSAID };
	bool said;

	if (word[0] == NULL || word[1] == NULL ||
	    !capture_split(word[0], ':', &so.addr[0], &so.port[0]) ||
	    !capture_split(word[1], ':', &so.addr[1], &so.port[1]))
		return (capture_bad(c, "is no ADDRESS:PORT", word[0]));
	for (said = false, word += 2; *word != NULL && !said; word++)
		said = samples_state(*word, &so.state);
	if (!said && orphan)
		so.state = *so.port[1] == '*' ? SAMPLE_CLOSED : SAMPLE_GONE;
	return (samples_socket(s, c, &so));
}

static bool
sockstat_line(struct capture *c, void *state, char *text)
{
	g_autoptr(GPtrArray) word = NULL;
	g_auto(GStrv) all = NULL;
	struct samples *s;
	int protocol;
	guint i;

	s = state;
	if (text[strspn(text, " \t")] == '\0' || *text == '#')
		return (true);
	if (g_str_has_prefix(text, "USER ")) {
		samples_header(s);
		return (true);
	}
	if (samples_time(s, c, text))
		return (true);
	all = g_strsplit_set(text, " \t", -1);
	word = g_ptr_array_new();
	for (i = 0; all[i] != NULL; i++)
		if (*all[i] != '\0')
			g_ptr_array_add(word, all[i]);
	g_ptr_array_add(word, NULL);
	protocol = sockstat_protocol((char *const *)word->pdata);
	if (protocol < 1)
		return (capture_bad(c, "is neither a socket of sockstat, nor "
		    "a time as date +%s prints it", text));
	if (!samples_is_tcp(word->pdata[protocol]))
		return (samples_leave(s, c, CAPTURE_NOT_TCP, text));
	return (sockstat_socket(c, s, (char **)word->pdata + protocol + 1,
	    sockstat_is_none(word->pdata[0])));
}

static void
sockstat_end(struct capture *c, void *state)
{

	samples_end(state, c);
}

/* "www nginx 900 3 tcp4 ADDRESS:PORT ADDRESS:PORT", or names of columns. */
static bool
sockstat_recognise(const char *line)
{
	char user[64], command[64], pid[16], fd[16], protocol[16];

	if (g_str_has_prefix(line, "USER ") &&
	    strstr(line, "LOCAL ADDRESS") != NULL)
		return (true);
	return (sscanf(line, "%63s %63s %15s %15s %15s", user, command, pid,
	    fd, protocol) == 5 && samples_is_tcp(protocol) &&
	    (sockstat_is_none(pid) || g_ascii_isdigit(*pid)));
}

extern const struct capture_format capture_format_sockstat;

const struct capture_format capture_format_sockstat = {
	.name = "sockstat",
	.title = "sockets of FreeBSD with their processes",
	.command = "sockstat -4",
	.sign = "USER COMMAND PID FD PROTO, or tcp4 as the fifth word",
	.terminal = true,
	.recognise = sockstat_recognise,
	.line = sockstat_line,
	.end = sockstat_end,
	.state_new = sockstat_new,
	.state_free = sockstat_free
};
