/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Captures; see capture.h.
 */

#include <arpa/inet.h>

#include <string.h>

#include "models/net/net.h"
#include "study/capture/capture.h"
#include "study/capture/locals.h"
#include "study/capture/when.h"
#include "study/scenario/addrs.h"
#include "study/text/unit.h"

#define	CAPTURE_MAXBAD	20	/* lines told one by one */
#define	CAPTURE_MAX_S	(50 * INT64_C(86400))

static const char *const left_names[CAPTURE_NLEFT] = {
	[CAPTURE_IPV6] = "IPv6",
	[CAPTURE_NOT_TCP] = "not TCP",
	[CAPTURE_ELSEWHERE] = "of other machines",
	[CAPTURE_NOT_OPENED] = "not seen to open",
	[CAPTURE_LISTENING] = "listening",
	[CAPTURE_NO_PEER] = "without a peer",
	[CAPTURE_HALF_OPEN] = "half open",
	[CAPTURE_OTHER_END] = "other ends of connections to itself",
	[CAPTURE_TRANSLATED] = "translated (NAT)",
	[CAPTURE_NO_UPSTREAM] = "served without an upstream",
	[CAPTURE_UNIX_SOCKET] = "through Unix sockets",
	[CAPTURE_NO_ADDRESS] = "to a name without its address",
	[CAPTURE_DETAIL] = "lines of details",
	[CAPTURE_TWICE] = "the same record again",
	[CAPTURE_OTHER] = "other records"
};

const char *
capture_left_name(enum capture_left left)
{

	return (left_names[left]);
}

void
capture_init(struct capture *c)
{

	*c = (struct capture){ .path = "-", .origin_s = UINT64_MAX };
	c->locals = g_array_new(FALSE, FALSE, sizeof(struct locals_range));
	c->listening = g_array_new(FALSE, FALSE, sizeof(uint16_t));
	c->servers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    g_free);
	c->conns = g_array_new(FALSE, FALSE, sizeof(struct capture_conn));
	c->named = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	c->bad = g_string_new(NULL);
	c->notes = g_string_new(NULL);
}

void
capture_fini(struct capture *c)
{

	g_array_free(c->locals, TRUE);
	g_array_free(c->listening, TRUE);
	g_hash_table_unref(c->servers);
	g_array_free(c->conns, TRUE);
	g_hash_table_unref(c->named);
	g_string_free(c->bad, TRUE);
	g_string_free(c->notes, TRUE);
	if (c->recording != NULL)
		g_byte_array_unref(c->recording);
	g_free(c->local_hint);
}

/* ---- lines ------------------------------------------------------------- */

bool
capture_bad(struct capture *c, const char *what, const char *value)
{
	g_autofree char *clean = NULL;

	if (c->nbad++ >= CAPTURE_MAXBAD)
		return (false);
	g_string_append_printf(c->bad, "%s%s:%" G_GUINT64_FORMAT ": ",
	    c->bad->len > 0 ? "\n" : "", c->path, c->line);
	if (value != NULL) {
		clean = g_strescape(value, NULL);
		g_string_append_printf(c->bad, "'%.40s' ", clean);
	}
	g_string_append(c->bad, what);
	return (false);
}

bool
capture_leave(struct capture *c, enum capture_left left)
{

	c->left[left]++;
	return (true);
}

void
capture_note(struct capture *c, const char *text)
{

	if (strstr(c->notes->str, text) == NULL)
		g_string_append_printf(c->notes, "%s:%" G_GUINT64_FORMAT
		    ": %s\n", c->path, c->line, text);
}

void
capture_remark(struct capture *c, const char *text)
{

	if (strstr(c->notes->str, text) == NULL)
		g_string_append_printf(c->notes, "%s: %s\n", c->path, text);
}

guint
capture_add(struct capture *c, const struct capture_conn *conn)
{
	struct capture_conn cc;

	cc = *conn;
	cc.line = c->line;
	g_array_append_val(c->conns, cc);
	return (c->conns->len - 1);
}

static bool
capture_is_same(const struct capture_conn *a, const struct capture_conn *b)
{

	return (a->open == b->open && a->close == b->close &&
	    memcmp(a->addr, b->addr, sizeof(a->addr)) == 0 &&
	    memcmp(a->port, b->port, sizeof(a->port)) == 0 &&
	    a->end == b->end && a->closer == b->closer && a->said == b->said);
}

bool
capture_add_once(struct capture *c, const char *name,
    const struct capture_conn *cc)
{
	void *idx;

	if (name != NULL && g_hash_table_lookup_extended(c->named, name, NULL,
	    &idx) && capture_is_same(capture_conn_at(c,
	    GPOINTER_TO_UINT(idx)), cc))
		return (capture_leave(c, CAPTURE_TWICE));
	idx = GUINT_TO_POINTER(capture_add(c, cc));
	if (name != NULL)
		g_hash_table_replace(c->named, g_strdup(name), idx);
	return (true);
}

struct capture_conn *
capture_conn_at(struct capture *c, guint idx)
{

	return (&g_array_index(c->conns, struct capture_conn, idx));
}

/* ---- times ------------------------------------------------------------- */

/* Clocks count from 1970: only the distance to the first time fits. */
bool
capture_time_at(struct capture *c, const char *text, uint64_t s, int64_t *ps)
{
	int64_t distance;

	if (c->origin_s == UINT64_MAX)
		c->origin_s = s;
	if (s > c->origin_s + CAPTURE_MAX_S || s + CAPTURE_MAX_S <
	    c->origin_s)
		return (capture_bad(c, "is more than 50 days from the first "
		    "time", text));
	distance = (int64_t)(s - c->origin_s);
	*ps += distance * SIM_S;
	c->latest = MAX(c->latest, *ps);
	return (true);
}

bool
capture_time(struct capture *c, const char *text, int64_t *ps)
{
	const char *what;
	uint64_t s;

	what = when_parse(text, &s, ps);
	if (what != NULL)
		return (capture_bad(c, what, text));
	return (capture_time_at(c, text, s, ps));
}

bool
capture_duration(struct capture *c, const char *text, int64_t *ps)
{
	g_autofree char *plain = g_strdelimit(g_strdup(text), ",", '.');
	const char *what;
	uint64_t s;

	what = unit_seconds(plain, strlen(plain), &s, ps);
	if (what == NULL && s > CAPTURE_MAX_S)
		what = "is more than 50 days";
	if (what != NULL)
		return (capture_bad(c, what, text));
	*ps += (int64_t)s * SIM_S;
	return (true);
}

/* ---- addresses --------------------------------------------------------- */

/* Without brackets and zone; IPv4 in IPv6 as what it is. */
static void
addr_plain(const char *text, char *buf, size_t size)
{
	size_t len;

	if (*text == '[')
		text++;
	if (g_ascii_strncasecmp(text, "::ffff:", 7) == 0 &&
	    strchr(text, '.') != NULL)
		text += 7;
	len = strcspn(text, "%]");
	g_snprintf(buf, (gulong)MIN(size, len + 1), "%s", text);
}

bool
capture_is_ipv6(const char *text)
{
	struct in6_addr in6;
	char buf[64];

	addr_plain(text, buf, sizeof(buf));
	return (strchr(buf, ':') != NULL && inet_pton(AF_INET6, buf, &in6) ==
	    1);
}

static bool
addr_parse(struct capture *c, const char *text, uint32_t *addr)
{
	char buf[64];

	addr_plain(text, buf, sizeof(buf));
	if (!net_addr_parse(buf, addr))
		return (capture_bad(c, "is not an IP address", text));
	if (!addrs_is_host(*addr))
		return (capture_bad(c, "is no host's address", text));
	return (true);
}

bool
capture_port(struct capture *c, const char *text, uint16_t *port)
{
	const char *p;
	unsigned n;

	for (p = text, n = 0; g_ascii_isdigit(*p) && n <= UINT16_MAX; p++)
		n = n * 10 + (unsigned)(*p - '0');
	if (*p != '\0' || p == text || n < 1 || n > UINT16_MAX)
		return (capture_bad(c, "is not a port, 1..65535", text));
	*port = (uint16_t)n;
	return (true);
}

enum capture_got
capture_ends(struct capture *c, struct capture_conn *cc,
    const char *const addr[2], const char *const port[2])
{
	unsigned side;

	if (capture_is_ipv6(addr[0]) || capture_is_ipv6(addr[1])) {
		capture_leave(c, CAPTURE_IPV6);
		return (CAPTURE_LEFT);
	}
	for (side = 0; side < 2; side++)
		if (!addr_parse(c, addr[side], &cc->addr[side]) ||
		    (port[side] != NULL &&
		    !capture_port(c, port[side], &cc->port[side])))
			return (CAPTURE_BAD);
	return (CAPTURE_GOT);
}

enum capture_got
capture_upstream(struct capture *c, struct capture_conn *cc, const char *addr,
    const char *port)
{
	g_autofree char *told = NULL;
	char *told_addr, *told_port;

	cc->sure = true;
	cc->said = CAPTURE_SIDE(CAPTURE_OPENER);
	told = g_strdup(g_hash_table_lookup(c->servers, addr));
	if (told != NULL && capture_split(told, ':', &told_addr,
	    &told_port)) {
		addr = told_addr;
		port = told_port;
	}
	if (capture_is_ipv6(addr)) {
		capture_leave(c, CAPTURE_IPV6);
		return (CAPTURE_LEFT);
	}
	if (port == NULL || !net_addr_parse(addr,
	    &cc->addr[CAPTURE_PEER])) {
		capture_leave(c, CAPTURE_NO_ADDRESS);
		return (CAPTURE_LEFT);
	}
	return (addr_parse(c, addr, &cc->addr[CAPTURE_PEER]) &&
	    capture_port(c, port, &cc->port[CAPTURE_PEER]) ? CAPTURE_GOT :
	    CAPTURE_BAD);
}

bool
capture_split(char *text, char mark, char **addr, char **port)
{
	char *at;

	at = strrchr(text, mark);
	if (at == NULL)
		return (false);
	*at = '\0';
	*addr = text;
	*port = at + 1;
	return (true);
}
