/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Packets as tshark -T fields prints them: ten fields in this order, or any of
 * them in any order below a line of their names,
 *
 *	frame.time_epoch tcp.stream ip.src tcp.srcport ip.dst tcp.dstport
 *	tcp.flags.syn tcp.flags.ack tcp.flags.fin tcp.flags.reset
 *
 * with any separator, in quotes or without.  A packet in a tunnel has several
 * addresses, the innermost last, which are the connection's.  One without an
 * IPv4 address is of IPv6.
 *
 * Or as it prints them of itself, a summary a line:
 *
 *	1 0.000000 192.0.2.10 -> 198.51.100.33 TCP 74 46378 -> 80 [SYN] Seq=0
 */

#include <string.h>

#include "study/capture/fields.h"
#include "study/capture/packets.h"
#include "study/capture/reader.h"
#include "study/capture/summary.h"

#define	NCOLUMNS	10	/* where nothing names them */

enum tshark_column {
	TSHARK_TIME,
	TSHARK_STREAM,
	TSHARK_SRC,
	TSHARK_SPORT,
	TSHARK_DST,
	TSHARK_DPORT,
	TSHARK_SYN,
	TSHARK_ACK,
	TSHARK_FIN,
	TSHARK_RST,
	TSHARK_FLAGS,		/* all in one, 0x0002 */
	TSHARK_PROTOCOLS,	/* eth:ethertype:ip:tcp */
	TSHARK_NCOLUMNS
};

/* A column has a name, or one of several that say the same. */
static const struct {
	const char	*name;
	enum tshark_column column;
} tshark_names[] = {
	{ "frame.time_epoch", TSHARK_TIME },
	{ "frame.time", TSHARK_TIME },
	{ "frame.time_utc", TSHARK_TIME },
	{ "frame.time_relative", TSHARK_TIME },
	{ "tcp.stream", TSHARK_STREAM },
	{ "ip.src", TSHARK_SRC },
	{ "tcp.srcport", TSHARK_SPORT },
	{ "ip.dst", TSHARK_DST },
	{ "tcp.dstport", TSHARK_DPORT },
	{ "tcp.flags.syn", TSHARK_SYN },
	{ "tcp.flags.ack", TSHARK_ACK },
	{ "tcp.flags.fin", TSHARK_FIN },
	{ "tcp.flags.reset", TSHARK_RST },
	{ "tcp.flags", TSHARK_FLAGS },
	{ "tcp.flags.str", TSHARK_FLAGS },
	{ "frame.protocols", TSHARK_PROTOCOLS }
};

struct tshark {
	struct packets	*packets;
	struct fields	*fields;
	char		separator;	/* of the line above; 0: none yet */
	guint		ncolumns;
	bool		exported;	/* from Wireshark's window */
	bool		dated;		/* frame.time: a date, with a comma */
	int		idx[TSHARK_NCOLUMNS];	/* -1: not there */
	/* The present line; "" where a column is not there. */
	const char	*value[TSHARK_NCOLUMNS];
};

static void *
tshark_new(void)
{
	struct tshark *t;
	int i;

	t = g_new0(struct tshark, 1);
	t->packets = packets_new();
	t->fields = fields_new();
	t->ncolumns = NCOLUMNS;
	for (i = 0; i < TSHARK_NCOLUMNS; i++)
		t->idx[i] = i < NCOLUMNS ? i : -1;
	return (t);
}

static void
tshark_free(void *state)
{
	struct tshark *t;

	t = state;
	packets_free(t->packets);
	fields_free(t->fields);
	g_free(t);
}

/* ---- the names --------------------------------------------------------- */

static bool
tshark_needs(struct capture *c, const struct tshark *t)
{
	static const enum tshark_column needed[] = { TSHARK_TIME, TSHARK_SRC,
	    TSHARK_SPORT, TSHARK_DST, TSHARK_DPORT, TSHARK_SYN, TSHARK_ACK,
	    TSHARK_FIN, TSHARK_RST };
	unsigned i, k;

	for (i = 0; i < G_N_ELEMENTS(needed); i++) {
		if (t->idx[needed[i]] >= 0 || (needed[i] >= TSHARK_SYN &&
		    t->idx[TSHARK_FLAGS] >= 0))
			continue;
		for (k = 0; tshark_names[k].column != needed[i]; k++)
			continue;
		return (capture_bad(c, "is a column that the line of names "
		    "has not", tshark_names[k].name));
	}
	return (true);
}

static bool
tshark_header(struct capture *c, struct tshark *t, const char *text)
{
	size_t first;
	guint i, k;

	first = *text == '"' || *text == '\'';
	first += strspn(text + first, "abcdefghijklmnopqrstuvwxyz0123456789._");
	if (text[first] == '"' || text[first] == '\'')
		first++;
	t->separator = text[first];
	if (t->separator == '\0')
		return (capture_bad(c, "names one column only", text));
	for (i = 0; i < TSHARK_NCOLUMNS; i++)
		t->idx[i] = -1;
	t->ncolumns = fields_split(t->fields, text, t->separator);
	for (i = 0; i < t->ncolumns; i++)
		for (k = 0; k < G_N_ELEMENTS(tshark_names); k++)
			if (strcmp(fields_at(t->fields, i),
			    tshark_names[k].name) == 0)
				t->idx[tshark_names[k].column] = (int)i;
	i = t->idx[TSHARK_TIME] < 0 ? 0 : (guint)t->idx[TSHARK_TIME];
	t->dated = strcmp(fields_at(t->fields, i), "frame.time") == 0 ||
	    strcmp(fields_at(t->fields, i), "frame.time_utc") == 0;
	return (tshark_needs(c, t));
}

static bool
tshark_is_header(const char *text)
{

	text += *text == '"' || *text == '\'';
	return (g_str_has_prefix(text, "frame.") ||
	    g_str_has_prefix(text, "tcp.") || g_str_has_prefix(text, "ip."));
}

/* ---- a packet ---------------------------------------------------------- */

/* The last of several values; times may have commas of their own. */
static const char *
tshark_last(const char *text)
{
	const char *comma;

	comma = strrchr(text, ',');
	return (comma != NULL ? comma + 1 : text);
}

/*
 * Without quotes the comma of "Jun  5, 2020 14:39:59" parts the date from its
 * year: one field too many.
 */
static guint
tshark_dated(struct tshark *t, const char *text, char separator, guint n)
{
	g_autofree char *line = NULL;
	g_auto(GStrv) field = NULL;
	guint time;

	if (!t->dated || separator != ',' || n <= t->ncolumns ||
	    (n - t->ncolumns) % 2 == 0 || strchr(text, '"') != NULL)
		return (n);
	field = g_strsplit(text, ",", -1);
	time = (guint)t->idx[TSHARK_TIME];
	if (time + 1 >= g_strv_length(field))
		return (n);
	line = g_strjoin(" ", field[time], field[time + 1], NULL);
	g_free(field[time]);
	field[time] = g_steal_pointer(&line);
	g_free(field[time + 1]);
	memmove(&field[time + 1], &field[time + 2],
	    (g_strv_length(&field[time + 2]) + 1) * sizeof(*field));
	line = g_strjoinv(",", field);
	return (fields_split(t->fields, line, separator));
}

/*
 * Take a line apart.  More fields than columns are addresses of a tunnel, as
 * many of the one end as of the other.
 */
static bool
tshark_columns(struct tshark *t, const char *text, char separator)
{
	guint at[TSHARK_NCOLUMNS + NCOLUMNS + 64];
	guint extra, i, n, next;

	n = fields_split(t->fields, text, separator);
	n = tshark_dated(t, text, separator, n);
	if (n < t->ncolumns || t->ncolumns > G_N_ELEMENTS(at) ||
	    (n - t->ncolumns) % 2 != 0)
		return (false);
	extra = (n - t->ncolumns) / 2;
	for (i = next = 0; i < t->ncolumns; i++) {
		if ((int)i == t->idx[TSHARK_SRC] ||
		    (int)i == t->idx[TSHARK_DST])
			next += extra;
		at[i] = next++;
	}
	for (i = 0; i < TSHARK_NCOLUMNS; i++) {
		t->value[i] = t->idx[i] < 0 ? "" :
		    fields_at(t->fields, at[t->idx[i]]);
		if (i != TSHARK_TIME)
			t->value[i] = tshark_last(t->value[i]);
	}
	return (true);
}

/* Do the addresses look like some? */
static bool
tshark_sound(const struct tshark *t)
{
	static const enum tshark_column where[] = { TSHARK_SRC, TSHARK_DST };
	const char *text;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(where); i++) {
		text = t->value[where[i]];
		if (*text != '\0' && strchr(text, '.') == NULL &&
		    !capture_is_ipv6(text))
			return (false);
	}
	return (strspn(t->value[TSHARK_SPORT], "0123456789") ==
	    strlen(t->value[TSHARK_SPORT]));
}

/* With the separator of the line above, or else any that makes sense. */
static bool
tshark_split(struct tshark *t, const char *text)
{
	const char *p;

	if (t->separator != '\0' && tshark_columns(t, text, t->separator) &&
	    tshark_sound(t))
		return (true);
	for (p = text; *p != '\0'; p++) {
		if (g_ascii_isalnum(*p) || strchr(".\"'_", *p) != NULL ||
		    memchr(text, *p, (size_t)(p - text)) != NULL ||
		    !tshark_columns(t, text, *p) || !tshark_sound(t))
			continue;
		t->separator = *p;
		return (true);
	}
	return (false);
}

/* 0 and 1, or False and True as of version 4.2. */
static bool
tshark_flag(struct capture *c, const char *text, bool *flag)
{

	*flag = strcmp(text, "1") == 0 ||
	    g_ascii_strcasecmp(text, "True") == 0;
	if (*flag || strcmp(text, "0") == 0 ||
	    g_ascii_strcasecmp(text, "False") == 0)
		return (true);
	return (capture_bad(c, "is no flag: 0, 1, True or False", text));
}

static bool
tshark_flags(struct capture *c, const struct tshark *t, struct packet *p)
{
	const char *text;
	guint64 flags;
	char *end;

	text = t->value[TSHARK_FLAGS];
	if (*text == '\0')
		return (tshark_flag(c, t->value[TSHARK_SYN], &p->syn) &&
		    tshark_flag(c, t->value[TSHARK_ACK], &p->ack) &&
		    tshark_flag(c, t->value[TSHARK_FIN], &p->fin) &&
		    tshark_flag(c, t->value[TSHARK_RST], &p->rst));
	/* tcp.flags.str: a letter for each, dots or stars for the others. */
	if (!g_ascii_isdigit(*text) && strlen(text) >= 8) {
		p->fin = strchr(text, 'F') != NULL;
		p->syn = strchr(text, 'S') != NULL;
		p->rst = strchr(text, 'R') != NULL;
		p->ack = strchr(text, 'A') != NULL;
		return (true);
	}
	flags = g_ascii_strtoull(text, &end, 0);
	if (*end != '\0' || !g_ascii_isdigit(*text))
		return (capture_bad(c, "is no set of flags such as 0x0002",
		    text));
	p->fin = flags & 0x01;
	p->syn = flags & 0x02;
	p->rst = flags & 0x04;
	p->ack = flags & 0x10;
	return (true);
}

/* Is the TCP in IPv6, whatever that may be in itself? */
static bool
tshark_is_ipv6(const struct tshark *t)
{
	const char *in6, *in4, *protocols;

	protocols = t->value[TSHARK_PROTOCOLS];
	if (*protocols == '\0')
		return (*t->value[TSHARK_SRC] == '\0' &&
		    *t->value[TSHARK_DST] == '\0');
	in6 = g_strrstr(protocols, ":ipv6:");
	in4 = g_strrstr(protocols, ":ip:");
	return (in6 != NULL && (in4 == NULL || in4 < in6));
}

static bool
tshark_packet(struct capture *c, struct tshark *t)
{
	const char *addr[2] = { t->value[TSHARK_SRC], t->value[TSHARK_DST] };
	const char *port[2] = { t->value[TSHARK_SPORT],
	    t->value[TSHARK_DPORT] };
	struct packet p = { .when = 0 };
	struct capture_conn cc;
	enum capture_got got;

	if (*port[0] == '\0' && *port[1] == '\0')
		return (capture_leave(c, CAPTURE_NOT_TCP));
	if (tshark_is_ipv6(t))
		return (capture_leave(c, CAPTURE_IPV6));
	if (!capture_time(c, t->value[TSHARK_TIME], &p.when))
		return (false);
	got = capture_ends(c, &cc, addr, port);
	if (got != CAPTURE_GOT)
		return (got == CAPTURE_LEFT);
	if (!tshark_flags(c, t, &p))
		return (false);
	memcpy(p.addr, cc.addr, sizeof(p.addr));
	memcpy(p.port, cc.port, sizeof(p.port));
	if (*t->value[TSHARK_STREAM] != '\0')
		p.stream = t->value[TSHARK_STREAM];
	packets_see(t->packets, c, &p);
	return (true);
}

/* A line of the summary; what is no packet that opens or closes is passed. */
static bool
tshark_summary(struct capture *c, struct tshark *t, const char *text)
{
	struct packet p = { .when = 0 };
	struct capture_conn cc;
	enum capture_got got;
	struct summary s;
	bool ok;

	ok = true;
	if (!summary_parse(&s, text))
		return (capture_leave(c, CAPTURE_OTHER));
	got = capture_ends(c, &cc, (const char *const *)s.addr,
	    (const char *const *)s.port);
	if (got != CAPTURE_GOT)
		ok = got == CAPTURE_LEFT;
	else if (!capture_time(c, s.time, &p.when))
		ok = false;
	else {
		memcpy(p.addr, cc.addr, sizeof(p.addr));
		memcpy(p.port, cc.port, sizeof(p.port));
		p.syn = strstr(s.flags, "SYN") != NULL;
		p.ack = strstr(s.flags, "ACK") != NULL;
		p.fin = strstr(s.flags, "FIN") != NULL;
		p.rst = strstr(s.flags, "RST") != NULL;
		packets_see(t->packets, c, &p);
	}
	summary_fini(&s);
	return (ok);
}

/* Names of columns of Wireshark's "Export Packet Dissections", "As CSV". */
static bool
tshark_is_export(const char *text)
{

	return (g_str_has_prefix(text, "\"No.\",\"Time\",\"Source\","
	    "\"Destination\",\"Protocol\",\"Length\",\"Info\""));
}

/* A packet of it says what the summary does; its arrow may be a >. */
static bool
tshark_export(struct capture *c, struct tshark *t, const char *text)
{
	g_autofree char *line = NULL;
	GString *info;

	if (fields_split(t->fields, text, ',') < 7)
		return (capture_bad(c, "has not the seven columns of "
		    "Wireshark", text));
	info = g_string_new(fields_at(t->fields, 6));
	g_string_replace(info, " > ", " -> ", 1);
	line = g_strdup_printf("%s %s %s -> %s %s %s %s",
	    fields_at(t->fields, 0), fields_at(t->fields, 1),
	    fields_at(t->fields, 2), fields_at(t->fields, 3),
	    fields_at(t->fields, 4), fields_at(t->fields, 5), info->str);
	g_string_free(info, TRUE);
	return (tshark_summary(c, t, line));
}

static bool
tshark_line(struct capture *c, void *state, char *text)
{
	struct tshark *t;

	t = state;
	if (*text == '\0')
		return (true);
	if (tshark_is_export(text)) {
		t->exported = true;
		return (true);
	}
	if (t->exported)
		return (tshark_export(c, t, text));
	if (summary_is(text))
		return (tshark_summary(c, t, text));
	if (tshark_is_header(text))
		return (tshark_header(c, t, text));
	if (!tshark_split(t, text))
		return (capture_bad(c, "has not the ten fields of "
		    "scenarios/capture/packets.sh, nor a line of names above "
		    "(-E header=y)", text));
	return (tshark_packet(c, t));
}

static void
tshark_end(struct capture *c, void *state)
{

	packets_end(((struct tshark *)state)->packets, c);
}

/* ---- the format -------------------------------------------------------- */

/* A line of names, or a packet whose ports are where they should be. */
static bool
tshark_recognise(const char *line)
{
	struct tshark *t;
	bool is;

	if (tshark_is_header(line) || tshark_is_export(line) ||
	    summary_is(line))
		return (true);
	if (!g_ascii_isdigit(*line) && strchr("\"'", *line) == NULL)
		return (false);
	t = tshark_new();
	is = tshark_split(t, line) && (*t->value[TSHARK_SPORT] != '\0' &&
	    *t->value[TSHARK_SYN] != '\0' &&
	    strchr("01TF", *t->value[TSHARK_SYN]) != NULL);
	tshark_free(t);
	return (is);
}

extern const struct capture_format capture_format_tshark;

const struct capture_format capture_format_tshark = {
	.name = "tshark",
	.title = "packets as fields, of tshark",
	.command = "sh scenarios/capture/packets.sh FILE.pcap",
	.sign = "names such as frame.time_epoch, or ten fields: time, stream, "
	    "address, port, ...",
	.recognise = tshark_recognise,
	.line = tshark_line,
	.end = tshark_end,
	.state_new = tshark_new,
	.state_free = tshark_free
};
