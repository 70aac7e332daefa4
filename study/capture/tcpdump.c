/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Packets as tcpdump(1) prints them, with -n, and best with -tt:
 *
 *	1591367999.430166 IP 192.0.2.10.46378 > 198.51.100.33.80: Flags [S], ...
 *
 * Times of day (no -t at all) count on over midnight.  -e, -i any and VLANs
 * put words in front of the addresses; -v puts them on a line of their own,
 * below the one that has the time.
 */

#include <string.h>

#include "study/capture/packets.h"
#include "study/capture/reader.h"
#include "study/capture/when.h"

#define	DAY_S	UINT64_C(86400)

struct tcpdump {
	struct packets	*packets;
	uint64_t	days;		/* full ones, of times of day */
	uint64_t	of_day;		/* the last time of day, s */
	int64_t		of_day_ps;
	bool		timed;		/* `when' is of the packet to come */
	bool		below;		/* a packet stands in the line above */
	bool		payload;	/* -A: what packets carry is shown */
	int64_t		when;
};

static void *
tcpdump_new(void)
{
	struct tcpdump *t;

	t = g_new0(struct tcpdump, 1);
	t->packets = packets_new();
	return (t);
}

static void
tcpdump_free(void *state)
{
	struct tcpdump *t;

	t = state;
	packets_free(t->packets);
	g_free(t);
}

/* ---- times ------------------------------------------------------------- */

static bool
tcpdump_of_day(struct capture *c, struct tcpdump *t, const char *text,
    uint64_t s, int64_t ps)
{

	if (s + DAY_S / 2 < t->of_day)
		t->days++;
	else if (s < t->of_day || (s == t->of_day && ps < t->of_day_ps))
		return (capture_bad(c, "is before the packet above; -tt gives "
		    "times, -ttt only distances", text));
	t->of_day = s;
	t->of_day_ps = ps;
	t->when = ps;
	return (capture_time_at(c, text, t->days * DAY_S + s, &t->when));
}

/* One word, or a date and a time of -tttt. */
static bool
tcpdump_time(struct capture *c, struct tcpdump *t, const char *text)
{
	g_autofree char *first = NULL, *two = NULL;
	const char *end;
	uint64_t s;
	int64_t ps;

	end = text + strcspn(text, " ");
	first = g_strndup(text, (gsize)(end - text));
	if (*end == ' ')
		two = g_strndup(text, (gsize)(end - text) + 1 +
		    strcspn(end + 1, " "));
	if (when_of_day(first, &s, &ps) == NULL)
		return (tcpdump_of_day(c, t, first, s, ps));
	if (when_parse(first, &s, &t->when) == NULL)
		return (capture_time_at(c, first, s, &t->when));
	if (two != NULL && when_parse(two, &s, &t->when) == NULL)
		return (capture_time_at(c, two, s, &t->when));
	return (capture_bad(c, "does not begin with a time; tcpdump -tt "
	    "prints one", text));
}

/* ---- packets ----------------------------------------------------------- */

/*
 * Where the flags begin: ": Flags [S], seq", or ": S 1:1(0) ack 2 win 65535" of
 * old ones and of OpenBSD; len, of what stands between.  NULL: nowhere.
 */
static const char *
tcpdump_flags(const char *text, size_t *len)
{
	const char *p;
	size_t n;

	p = strstr(text, ": Flags [");
	*len = strlen(": Flags [");
	if (p != NULL)
		return (p);
	*len = strlen(": ");
	for (p = text; (p = strstr(p, ": ")) != NULL; p++) {
		n = strspn(p + 2, "SFRPUWE.");
		if (n > 0 && n <= 4 && p[2 + n] == ' ' &&
		    (g_ascii_isdigit(p[3 + n]) ||
		    g_str_has_prefix(p + 3 + n, "ack ") ||
		    g_str_has_prefix(p + 3 + n, "win ")))
			return (p);
	}
	return (NULL);
}

/*
 * "SOMETHING 192.0.2.10.46378 > 198.51.100.33.80: Flags [S], ..."
 *
 * from, to	[out] the addresses with their ports; free with g_free()
 *
 * Returns:	the flags, within the text; NULL if it is no such line.
 */
static const char *
tcpdump_parts(const char *text, char **from, char **to)
{
	const char *end, *flags, *mark, *start;
	size_t len;

	flags = tcpdump_flags(text, &len);
	if (flags == NULL)
		return (NULL);
	for (mark = NULL, end = text; (end = strstr(end, " > ")) != NULL &&
	    end < flags; end++)
		mark = end;
	if (mark == NULL)
		return (NULL);
	for (start = mark; start > text && !g_ascii_isspace(start[-1]);
	    start--)
		continue;
	*from = g_strndup(start, (gsize)(mark - start));
	mark += strlen(" > ");
	*to = g_strndup(mark, (gsize)(flags - mark));
	return (flags + len);
}

static bool
tcpdump_packet(struct capture *c, struct tcpdump *t, const char *text)
{
	g_autofree char *from = NULL, *to = NULL;
	struct packet p = { .when = t->when };
	struct capture_conn cc;
	char *addr[2], *port[2];
	enum capture_got got;
	const char *flags;

	flags = tcpdump_parts(text, &from, &to);
	if (flags == NULL && (strchr(text, ' ') == NULL ||
	    (strstr(text, " IP ") != NULL && strstr(text, " > ") == NULL &&
	    strstr(text, "proto ") == NULL)))
		return (capture_bad(c, "is cut off", text));
	if (flags == NULL)
		return (capture_leave(c, CAPTURE_NOT_TCP));
	if (!capture_split(from, '.', &addr[0], &port[0]) ||
	    !capture_split(to, '.', &addr[1], &port[1]))
		return (capture_bad(c, "has no address and port", text));
	if (strspn(port[0], "0123456789") != strlen(port[0]) ||
	    strspn(port[1], "0123456789") != strlen(port[1]))
		return (capture_bad(c, "has a name for a port or address; "
		    "tcpdump -n prints numbers", text));
	got = capture_ends(c, &cc, (const char *const *)addr,
	    (const char *const *)port);
	if (got != CAPTURE_GOT)
		return (got == CAPTURE_LEFT);
	memcpy(p.addr, cc.addr, sizeof(p.addr));
	memcpy(p.port, cc.port, sizeof(p.port));
	p.ack = strstr(flags, " ack ") != NULL;
	for (; *flags != '\0' && *flags != ']' && *flags != ' '; flags++) {
		p.syn = p.syn || *flags == 'S';
		p.ack = p.ack || *flags == '.';
		p.fin = p.fin || *flags == 'F';
		p.rst = p.rst || *flags == 'R';
	}
	packets_see(t->packets, c, &p);
	return (true);
}

/*
 * -A shows what packets carry, from IP's header on, whose first octet is E.
 * Peers may send lines that look like packets, so none of it is passed over.
 */
static bool
tcpdump_payload(struct capture *c, struct tcpdump *t, const char *text)
{

	t->payload = t->payload || (t->below && *text == 'E' &&
	    strchr(text, '.') != NULL);
	t->below = false;
	return (t->payload && !g_ascii_isdigit(*text) &&
	    !capture_bad(c, "is what a packet carries; tcpdump without -A "
	    "does not show that", text));
}

/* What tcpdump says of itself, on the same terminal. */
static bool
tcpdump_is_chatter(const char *text)
{

	return (g_str_has_prefix(text, "tcpdump: ") ||
	    g_str_has_prefix(text, "reading from ") ||
	    g_str_has_prefix(text, "listening on ") ||
	    g_str_has_prefix(text, "dropped privs") ||
	    strstr(text, " packets captured") != NULL ||
	    strstr(text, " packets received by filter") != NULL ||
	    strstr(text, " packets dropped by ") != NULL);
}

/* "    1  14:39:59.430166 IP ...": behind the number of --number. */
static char *
tcpdump_unnumbered(char *text)
{
	char *p;
	size_t digits;

	p = text + strspn(text, " ");
	digits = strspn(p, "0123456789");
	return (digits > 0 && p[digits] == ' ' && p[digits + 1] == ' ' &&
	    g_ascii_isdigit(p[digits + 2]) ? p + digits + 2 : text);
}

static bool
tcpdump_line(struct capture *c, void *state, char *text)
{
	struct tcpdump *t;

	t = state;
	if (*text == '\0')
		return (true);
	if (tcpdump_is_chatter(text)) {
		if (strstr(text, " packets dropped by ") != NULL &&
		    *text != '0')
			capture_note(c, "the capture is not whole: it speaks "
			    "of drops");
		return (true);
	}
	text = tcpdump_unnumbered(text);
	/* -ttt and -ttttt begin with a blank, too, but then with a digit. */
	if (g_ascii_isspace(*text) && !(text[0] == ' ' &&
	    g_ascii_isdigit(text[1]))) {
		if (!t->timed)
			return (true);		/* was counted above */
		t->timed = false;
		return (tcpdump_packet(c, t, text));
	}
	if (tcpdump_payload(c, t, text) ||
	    !tcpdump_time(c, t, text + (*text == ' ')))
		return (false);
	t->below = true;
	t->timed = strstr(text, " > ") == NULL &&
	    strstr(text, "proto TCP") != NULL;
	return (t->timed || tcpdump_packet(c, t, text));
}

static void
tcpdump_end(struct capture *c, void *state)
{

	packets_end(((struct tcpdump *)state)->packets, c);
}

/* ---- the format -------------------------------------------------------- */

static bool
tcpdump_recognise(const char *line)
{

	size_t len;

	return ((strstr(line, " > ") != NULL &&
	    tcpdump_flags(line, &len) != NULL) ||
	    (strstr(line, " IP ") != NULL && strstr(line, "proto TCP") !=
	    NULL) || strstr(line, " IP6 ") != NULL);
}

extern const struct capture_format capture_format_tcpdump;

const struct capture_format capture_format_tcpdump = {
	.name = "tcpdump",
	.title = "packets as tcpdump prints them",
	.command = "tcpdump -n -tt -i INTERFACE \\\n"
	    "    'tcp[tcpflags] & (tcp-syn|tcp-fin|tcp-rst) != 0'",
	.sign = "... IP ADDRESS.PORT > ADDRESS.PORT: Flags [S] ...",
	.terminal = true,
	.recognise = tcpdump_recognise,
	.line = tcpdump_line,
	.end = tcpdump_end,
	.state_new = tcpdump_new,
	.state_free = tcpdump_free
};
