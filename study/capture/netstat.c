/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What netstat(1) prints: FreeBSD's -an (macOS', the other BSDs') with
 * ADDRESS.PORT, Linux' -tan with ADDRESS:PORT, once or again and again, each
 * time after a line with the time.  Of options, -A, -T and -x put more columns
 * in between or behind, -p a process; -L lists listeners only, whose ports tell
 * which connections came from outside.  Windows' -ano has no queues, and a
 * process at the end; illumos' has sections, and windows.
 */

#include <string.h>

#include "models/net/net.h"
#include "study/capture/reader.h"
#include "study/capture/samples.h"

#define	NETSTAT_FIELDS	40	/* with -x */
#define	NETSTAT_CUT	18	/* bytes of an address with -A, without -W */
#define	NETSTAT_CUT6	16	/* of an IPv6 address without -W */
#define	NETSTAT_CUTPAIR	23	/* of address and port, on an old Linux */

struct netstat {
	struct samples	*samples;
	bool		cut;		/* -A: long addresses are cut */
	bool		windows;	/* illumos': addresses, then windows */
	bool		other;		/* .. and of another protocol */
	bool		programs;	/* Windows': -b has one below each */
	bool		elsewhere;	/* a list of other things has begun */
	bool		names;		/* .. and its columns' names follow */
	bool		apart;		/* as macOS' columns are, and others' */
};

static void *
netstat_new(void)
{
	struct netstat *ns;

	ns = g_new0(struct netstat, 1);
	ns->samples = samples_new();
	return (ns);
}

static void
netstat_free(void *state)
{
	struct netstat *ns;

	ns = state;
	samples_free(ns->samples);
	g_free(ns);
}

/* Blank-separated words, as many as matter, then NULL; changes the text. */
static unsigned
netstat_words(char *text, char *word[NETSTAT_FIELDS + 1])
{
	unsigned n;

	for (n = 0; n < NETSTAT_FIELDS; n++) {
		text += strspn(text, " \t");
		if (*text == '\0')
			break;
		word[n] = text;
		text += strcspn(text, " \t");
		if (*text != '\0')
			*text++ = '\0';
	}
	word[n] = NULL;
	return (n);
}

static bool
netstat_is_number(const char *text)
{

	return (*text != '\0' && strspn(text, "0123456789") == strlen(text));
}

/* Which word is the protocol, the first or, with -A, the second; -1: none. */
static int
netstat_protocol(char *const *word, unsigned n)
{
	static const char *const others[] = { "udp", "udplite", "raw", "icm",
	    "div", "sctp", "ip", "unix", "stream", "dgram", "seqpac", "mptcp",
	    "igmp", "icmp", "UDP" };
	unsigned i, k;

	for (i = 0; i < 2 && i < n; i++) {
		if (samples_is_tcp(word[i]))
			return ((int)i);
		for (k = 0; k < G_N_ELEMENTS(others); k++)
			if (g_str_has_prefix(word[i], others[k]))
				return ((int)i);
	}
	return (-1);
}

/* ---- lines ------------------------------------------------------------- */

/* FreeBSD separates the port with a dot, Linux with a colon. */
static bool
netstat_split(char *text, char **addr, char **port)
{
	char *colon, *dot;

	colon = strrchr(text, ':');
	dot = strrchr(text, '.');
	/* ::1.49153 and 2001:db8::1.80, but :::80, ::ffff:192.0.2.1:80 */
	return (capture_split(text, dot == NULL || (colon != NULL &&
	    colon > dot) ? ':' : '.', addr, port));
}

/*
 * The columns behind the protocol, up to the addresses, are numbers.  Returns
 * what stands behind those, NULL after capture_bad().
 */
static char **
netstat_addresses(struct capture *c, char **word, unsigned n,
    struct sample_socket *so)
{
	unsigned i, k;

	for (i = 0; i < n && netstat_is_number(word[i]); i++)
		continue;
	if (i + 1 >= n || !netstat_split(word[i], &so->addr[0],
	    &so->port[0]) || !netstat_split(word[i + 1], &so->addr[1],
	    &so->port[1])) {
		capture_bad(c, "is no ADDRESS.PORT", i < n ? word[i] : NULL);
		return (NULL);
	}
	for (k = 0; k < 2; k++)
		if (!netstat_is_number(so->port[k]) && *so->port[k] != '*') {
			capture_bad(c, "is a name for a port; netstat -n "
			    "prints numbers", so->port[k]);
			return (NULL);
		}
	return (word + i + 2);
}

static bool
netstat_is_cut(const struct netstat *ns, char *const *word, unsigned n)
{
	unsigned i;

	for (i = 0; ns->cut && i < n; i++)
		if (strlen(word[i]) == NETSTAT_CUT && strchr(word[i], '.') !=
		    NULL)
			return (true);
	return (false);
}

/* -L: tcp4  0/0/128  *.80 */
static bool
netstat_listener(struct capture *c, struct netstat *ns, char *const *word,
    unsigned n)
{
	char *addr, *port;

	if (n < 3 || !netstat_split(word[2], &addr, &port))
		return (capture_bad(c, "is no listener of netstat -L",
		    n > 0 ? word[0] : NULL));
	samples_listen(ns->samples, addr, port);
	return (samples_leave(ns->samples, c, CAPTURE_LISTENING, port));
}

/* IPv4 in IPv6, and surely the whole of it: long ones are cut, with -W not. */
static bool
netstat_is_mapped(const char *addr)
{

	return (g_ascii_strncasecmp(addr, "::ffff:", 7) == 0 &&
	    strchr(addr, '.') != NULL && strlen(addr) != NETSTAT_CUT6);
}

/* Linux says tcp6 of a socket that can do both, and IPv4's address. */
static bool
netstat_is_ipv6(const char *protocol, const char *addr)
{

	return (*addr == '[' || (strcmp(protocol, "tcp6") == 0 &&
	    !netstat_is_mapped(addr) && (strchr(addr, ':') != NULL ||
	    strchr(addr, '.') == NULL)));
}

/*
 * ::ffff:192.168.100:54321 has lost the end of its address; of what is as long
 * and looks whole, the last number may be a digit short.
 */
static bool
netstat_is_cut_pair(struct capture *c, const char *text)
{
	g_autofree char *addr = NULL;
	uint32_t parsed;

	if (g_ascii_strncasecmp(text, "::ffff:", 7) != 0 ||
	    strlen(text) != NETSTAT_CUTPAIR || strchr(text, '.') == NULL ||
	    strrchr(text, ':') < strrchr(text, '.'))
		return (false);
	addr = g_strndup(text + 7, strcspn(text + 7, ":"));
	if (!net_addr_parse(addr, &parsed))
		return (true);
	capture_remark(c, "addresses of IPv4 in IPv6 may have lost a digit; "
	    "netstat -W or ss -tan prints them whole");
	return (false);
}

/* ---- whose it is ------------------------------------------------------- */

/*
 * By its headings.  Not told apart by them: FreeBSD, DragonFly BSD, and OpenBSD
 * before "TCP-State".
 */
static void
netstat_system(struct capture *c, struct netstat *ns, const char *text)
{
	static const struct {
		const char	*begin, *system;
	} headings[] = {
		{ "Active Internet connections (servers and", "Linux" },
		{ "Active Internet connections (w/o servers)", "Linux" },
		{ "Active Internet connections (only servers)", "Linux" },
		{ "Active Connections", "Windows" },
		{ "TCP: IPv", "SunOS" },
		{ "Active Multipath Internet", "Darwin" },
		{ "Active kernel event sockets", "Darwin" },
		{ "Active kernel control sockets", "Darwin" },
		{ "Registered kernel control modules", "Darwin" }
	};
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(headings); i++)
		if (g_str_has_prefix(text, headings[i].begin))
			c->system = headings[i].system;
	if (!g_str_has_prefix(text, "Proto ") ||
	    strstr(text, "Address") == NULL)
		return;
	if (strstr(text, " TCP-State") != NULL)
		c->system = "OpenBSD";
	ns->apart = g_str_has_prefix(text, "Proto Recv-Q Send-Q  Local ");
	if (ns->apart && strstr(text, " State") != NULL)
		c->system = "NetBSD";
}

/*
 * By a socket: Linux alone has colons; FreeBSD since 11 and DragonFly BSD have
 * tcp4, too, but no columns two blanks apart.
 */
static void
netstat_system_of(struct capture *c, const struct netstat *ns,
    const char *protocol, const char *addr)
{
	const char *dot;

	dot = strrchr(addr, '.');
	if (dot != NULL && strchr(dot, ':') != NULL)
		c->system = "Linux";
	else if (ns->apart && c->system == NULL &&
	    strcmp(protocol, "tcp4") == 0)
		c->system = "Darwin";
}

static bool
netstat_socket(struct capture *c, struct netstat *ns, char **word,
    unsigned n)
{
	g_autofree char *whole = g_strjoinv(" ", word);
	struct sample_socket so = { .state = SAMPLE_UNSAID };
	char **rest;
	unsigned i;

	if (!samples_is_tcp(word[0])) {
		g_autofree char *name = g_strjoin(" ", word[0], n > 3 ?
		    word[3] : "", n > 4 ? word[4] : "", NULL);

		return (samples_leave(ns->samples, c, CAPTURE_NOT_TCP, name));
	}
	if (n > 2 && strchr(word[1], '/') != NULL)
		return (netstat_listener(c, ns, word, n));
	if (netstat_is_cut(ns, word, n))
		return (capture_bad(c, "has an address that may be cut; "
		    "netstat -anW prints it whole", word[0]));
	for (i = 3; i < 5 && i < n; i++)
		if (netstat_is_cut_pair(c, word[i]))
			return (capture_bad(c, "is cut off; netstat -W or ss "
			    "-tan prints it whole", word[i]));
	if (n > 3)
		netstat_system_of(c, ns, word[0], word[3]);
	rest = netstat_addresses(c, word + 1, n - 1, &so);
	if (rest == NULL)
		return (false);
	for (; rest < word + n; rest++)
		if (samples_state(*rest, &so.state))
			break;
	if (so.state != SAMPLE_LISTEN && netstat_is_ipv6(word[0], so.addr[0]))
		return (samples_leave(ns->samples, c, CAPTURE_IPV6, whole));
	return (samples_socket(ns->samples, c, &so));
}

/*
 * illumos' and Solaris' netstat -an: sections by protocol, and no protocol in a
 * line; what they print in front of lines of sockets.
 */
static bool
netstat_section(struct netstat *ns, const char *text)
{

	if (g_str_has_prefix(text, "TCP: IPv") ||
	    g_str_has_prefix(text, "UDP: IPv") ||
	    g_str_has_prefix(text, "SCTP:") ||
	    (ns->windows && g_str_has_prefix(text, "Active UNIX"))) {
		ns->windows = true;
		ns->other = strcmp(text, "TCP: IPv4") != 0;
		return (true);
	}
	return (ns->windows && (strstr(text, "Remote Address") != NULL ||
	    strstr(text, "-----") != NULL));
}

static bool
netstat_section_line(struct capture *c, struct netstat *ns, char **word,
    unsigned n, const char *whole)
{
	struct sample_socket so = { .state = SAMPLE_UNSAID };

	if (ns->other)
		return (samples_leave(ns->samples, c, strchr(whole, ':') !=
		    NULL ? CAPTURE_IPV6 : CAPTURE_NOT_TCP, whole));
	if (netstat_addresses(c, word, n, &so) == NULL)
		return (false);
	if (!samples_state(word[n - 1], &so.state))
		return (capture_bad(c, "has no state", whole));
	return (so.state == SAMPLE_CLOSED || samples_socket(ns->samples, c,
	    &so));
}

/*
 * A list of other sockets, which macOS has after those of TCP (kernel events
 * and controls, MPTCP), others of the local domain or of netgraph: its heading,
 * the names of its columns, and all its lines.
 */
static bool
netstat_elsewhere(struct capture *c, struct netstat *ns, const char *text)
{

	if (g_str_has_prefix(text, "Active Internet") ||
	    g_str_has_prefix(text, "Active Connections"))
		ns->elsewhere = false;
	else if (g_str_has_prefix(text, "Active ") ||
	    g_str_has_prefix(text, "Registered kernel") ||
	    g_str_has_prefix(text, "Netgraph sockets"))
		ns->elsewhere = ns->names = true;
	else if (ns->elsewhere && samples_time(ns->samples, c, text)) {
		ns->elsewhere = false;
		return (true);
	} else if (ns->elsewhere && ns->names)
		ns->names = false;
	else if (ns->elsewhere && g_str_has_prefix(text, "Proto"))
		ns->elsewhere = false;
	else if (ns->elsewhere)
		samples_leave(ns->samples, c, CAPTURE_NOT_TCP, text);
	return (ns->elsewhere);
}

/* Whose the socket above is: [svchost.exe], a service, or that none says. */
static bool
netstat_program(const struct netstat *ns, const char *text)
{

	if (!ns->programs || !g_ascii_isspace(*text))
		return (false);
	text += strspn(text, " \t");
	return (*text == '[' || strpbrk(text, " \t.:") == NULL ||
	    g_str_has_prefix(text, "Can not obtain ownership"));
}

/* Names of columns, of a section; what is not about sockets ends there. */
static bool
netstat_heading(struct netstat *ns, const char *text)
{

	if (g_str_has_prefix(text, "Active Connections"))
		ns->programs = true;
	if (g_str_has_prefix(text, "Active ") ||
	    g_str_has_prefix(text, "Current listen queue") ||
	    g_str_has_prefix(text, "netstat: "))
		return (true);
	if (strstr(text, "Proto") == NULL || strstr(text, "Address") == NULL)
		return (g_str_has_prefix(text, "Proto ") ||
		    g_str_has_prefix(text, "Address "));
	ns->cut = g_str_has_prefix(text, "Tcpcb") ||
	    g_str_has_prefix(text, "Socket") || g_str_has_prefix(text, "PCB");
	if (strstr(text, "Listen") == NULL)
		samples_header(ns->samples);
	return (true);
}

static bool
netstat_line(struct capture *c, void *state, char *text)
{
	g_autofree char *whole = NULL;
	char *word[NETSTAT_FIELDS + 1];
	struct netstat *ns;
	unsigned n;
	int protocol;

	ns = state;
	netstat_system(c, ns, text);
	if (text[strspn(text, " \t")] == '\0' || *text == '#' ||
	    netstat_section(ns, text) || (!ns->windows &&
	    netstat_elsewhere(c, ns, text)) || netstat_heading(ns, text))
		return (true);
	whole = g_strdup(text);
	n = netstat_words(text, word);
	if (ns->windows)
		return (netstat_section_line(c, ns, word, n, whole));
	protocol = netstat_protocol(word, n);
	if (protocol >= 0)
		return (netstat_socket(c, ns, word + protocol, n -
		    (unsigned)protocol));
	if (samples_time(ns->samples, c, whole))
		return (true);
	if (netstat_program(ns, whole))
		return (capture_leave(c, CAPTURE_DETAIL));
	/* FreeBSD lists the local domain by addresses of the kernel. */
	if (strspn(word[0], "0123456789abcdef") == strlen(word[0]) && n > 3)
		return (samples_leave(ns->samples, c, CAPTURE_NOT_TCP,
		    whole));
	return (capture_bad(c, "is neither a socket of netstat, nor a time "
	    "as date +%s prints it", whole));
}

static void
netstat_end(struct capture *c, void *state)
{

	samples_end(((struct netstat *)state)->samples, c);
}

/* ---- the format -------------------------------------------------------- */

/* A heading, or "tcp4 0 0 ADDRESS.PORT ADDRESS.PORT ...". */
static bool
netstat_recognise(const char *line)
{
	g_autofree char *text = g_strdup(line);
	char *word[NETSTAT_FIELDS + 1];
	unsigned n;

	if (g_str_has_prefix(line, "Active Internet connections") ||
	    g_str_has_prefix(line, "Active Connections") ||
	    g_str_has_prefix(line, "TCP: IPv4") ||
	    g_str_has_prefix(line, "Current listen queue") ||
	    (strstr(line, "Proto ") != NULL && (strstr(line, "Recv-Q") !=
	    NULL || strstr(line, " Listen ") != NULL)))
		return (true);
	n = netstat_words(text, word);
	if (n >= 4 && strcmp(word[0], "TCP") == 0)
		return (strchr(word[1], ':') != NULL &&
		    strchr(word[2], ':') != NULL);
	return (n >= 5 && samples_is_tcp(word[0]) &&
	    netstat_is_number(word[1]) && netstat_is_number(word[2]) &&
	    strpbrk(word[3], ".:") != NULL);
}

extern const struct capture_format capture_format_netstat;

const struct capture_format capture_format_netstat = {
	.name = "netstat",
	.title = "sockets of FreeBSD and others, once or with times between",
	.command = "netstat -an, or: sh scenarios/capture/sockets.sh SECONDS",
	.sign = "Proto and Recv-Q, or tcp4 and two numbers before addresses",
	.terminal = true,
	.recognise = netstat_recognise,
	.line = netstat_line,
	.end = netstat_end,
	.state_new = netstat_new,
	.state_free = netstat_free
};
