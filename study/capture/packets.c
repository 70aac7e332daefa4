/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Connections out of packets; see packets.h.
 */

#include <string.h>

#include "study/capture/packets.h"

/* What was seen between two ports, of one connection. */
struct stream {
	guint		idx;		/* in the capture's conns */
	bool		opened;		/* idx is good */
	bool		answered;
	bool		fin[2];		/* [enum capture_side] */
	bool		rst;
	bool		refused;
	enum capture_side closer;	/* who sent the first FIN */
	int64_t		end;		/* of the last FIN, or the RST */
};

struct packets {
	GHashTable	*streams;	/* name -> struct stream */
	GPtrArray	*all;		/* of struct stream; owns them */
	uint64_t	answers;
};

struct packets *
packets_new(void)
{
	struct packets *ps;

	ps = g_new0(struct packets, 1);
	ps->streams = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	ps->all = g_ptr_array_new_with_free_func(g_free);
	return (ps);
}

void
packets_free(struct packets *ps)
{

	g_hash_table_unref(ps->streams);
	g_ptr_array_unref(ps->all);
	g_free(ps);
}

/* The same for both directions. */
static char *
packet_name(const struct packet *p)
{
	unsigned a;

	a = p->addr[0] > p->addr[1] || (p->addr[0] == p->addr[1] &&
	    p->port[0] > p->port[1]);
	return (g_strdup_printf("%s %x:%u %x:%u", p->stream != NULL ?
	    p->stream : "", p->addr[a], p->port[a], p->addr[1 - a],
	    p->port[1 - a]));
}

static void
stream_open(struct capture *c, struct stream *st, const struct packet *p,
    unsigned opener)
{
	struct capture_conn cc = { .open = p->when };

	cc.addr[CAPTURE_OPENER] = p->addr[opener];
	cc.addr[CAPTURE_PEER] = p->addr[1 - opener];
	cc.port[CAPTURE_OPENER] = p->port[opener];
	cc.port[CAPTURE_PEER] = p->port[1 - opener];
	st->idx = capture_add(c, &cc);
	st->opened = true;
}

static bool
stream_is_over(const struct stream *st)
{

	return (st->rst || (st->fin[0] && st->fin[1]));
}

/* A SYN from ports whose connection was closing: the other FIN was missed. */
static bool
stream_is_followed(const struct stream *st)
{

	return (stream_is_over(st) || (st->answered &&
	    (st->fin[0] || st->fin[1])));
}

static struct stream *
packets_stream(struct packets *ps, const struct packet *p)
{
	g_autofree char *name = packet_name(p);
	struct stream *st;

	st = g_hash_table_lookup(ps->streams, name);
	if (st != NULL && !(p->syn && !p->ack && stream_is_followed(st)))
		return (st);
	if (st != NULL && !stream_is_over(st))
		st->fin[0] = st->fin[1] = true;
	st = g_new0(struct stream, 1);
	g_ptr_array_add(ps->all, st);
	g_hash_table_replace(ps->streams, g_steal_pointer(&name), st);
	return (st);
}

/* Which end of the connection sent it. */
static enum capture_side
packet_side(struct capture *c, const struct stream *st,
    const struct packet *p)
{
	const struct capture_conn *cc;

	cc = capture_conn_at(c, st->idx);
	return (cc->addr[CAPTURE_OPENER] == p->addr[0] &&
	    cc->port[CAPTURE_OPENER] == p->port[0] ? CAPTURE_OPENER :
	    CAPTURE_PEER);
}

static void
stream_close(struct stream *st, const struct packet *p,
    enum capture_side side)
{

	if (stream_is_over(st))
		return;
	if (p->rst) {
		st->refused = !st->answered && !st->fin[0] && !st->fin[1];
		st->rst = true;
		st->end = p->when;
		return;
	}
	if (!st->fin[1 - side])
		st->closer = side;
	st->fin[side] = true;
	st->end = p->when;
}

void
packets_see(struct packets *ps, struct capture *c, const struct packet *p)
{
	struct stream *st;

	st = packets_stream(ps, p);
	if (p->syn && p->ack)
		ps->answers++;
	if (!st->opened && p->syn)
		stream_open(c, st, p, p->ack ? 1 : 0);
	if (!st->opened) {
		/* Its other packets may follow: one connection, once. */
		if (!st->rst)
			capture_leave(c, CAPTURE_NOT_OPENED);
		st->rst = true;
		return;
	}
	if (p->syn && p->ack)
		st->answered = true;
	if (p->fin || p->rst)
		stream_close(st, p, packet_side(c, st, p));
}

static void
stream_end(const struct packets *ps, struct capture *c,
    const struct stream *st)
{
	struct capture_conn *cc;

	cc = capture_conn_at(c, st->idx);
	cc->close = st->end;
	cc->closer = (uint8_t)st->closer;
	if (st->rst)
		cc->end = st->refused ? CAPTURE_END_REFUSED :
		    CAPTURE_END_RESET;
	else if (st->fin[0] || st->fin[1])
		cc->end = st->fin[0] && st->fin[1] ? CAPTURE_END_CLOSED :
		    CAPTURE_END_HALF;
	else if (!st->answered && ps->answers > 0 &&
	    c->latest - cc->open >= CAPTURE_UNANSWERED) {
		cc->end = CAPTURE_END_REFUSED;
		cc->close = cc->open + CAPTURE_UNANSWERED;
	} else
		cc->end = CAPTURE_END_OPEN;
}

void
packets_end(struct packets *ps, struct capture *c)
{
	const struct stream *st;
	guint i;

	for (i = 0; i < ps->all->len; i++) {
		st = ps->all->pdata[i];
		if (st->opened)
			stream_end(ps, c, st);
	}
}
