/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Candidates one by one, as the kernel looks at them.
 *
 * Theory:	connect() passes over a port whose bucket is bound, and over
 *		one whose tuple exists.  From 6.15 on it looks under RCU
 *		first; only where nothing, or a TIME_WAIT, is in the way it
 *		takes the bucket's lock and looks again.  bind() locks each.
 * Models:	__inet_hash_connect(), __inet_check_established(),
 *		net/ipv4/inet_hashtables.c; inet_csk_find_open_port(),
 *		net/ipv4/inet_connection_sock.c; Linux 6.1, 6.18, 7.1.
 */

#include <string.h>

#include <glib.h>

#include "models/linux/index.h"
#include "models/linux/linux.h"
#include "sim/kassert.h"

/* Is a socket of this tuple in the way? */
static bool
in_the_way(const struct linux_net *l, const struct linux_tuple *u,
    struct net_visits *v, bool *timewait)
{
	uint32_t s;

	s = linux_hash_find(l, u, v);
	*timewait = s != LINUX_NONE && l->t.sock[s].state == LINUX_TIMEWAIT;
	if (s == LINUX_NONE)
		return (false);
	return (!*timewait ||
	    !linux_timewait_reusable(l, &l->t.sock[s], false));
}

static enum linux_look
look_connect(const struct linux_net *l, const struct linux_search *s,
    uint16_t port, struct linux_found *f)
{
	struct linux_tuple u;
	bool taken, timewait;

	if (!linux_port_used(&l->t, port))
		return (LINUX_FREE);
	u = s->tuple;
	u.lport = port;
	f->visits.porthash++;
	if (linux_port_hidden(&l->t, port)) {
		f->unlocked += l->variant->looks_first;
		return (LINUX_TAKEN);
	}
	taken = in_the_way(l, &u, &f->visits, &timewait);
	if (l->variant->looks_first) {
		if (taken && !timewait) {
			f->unlocked++;
			return (LINUX_TAKEN);
		}
		f->visits.porthash++;
		taken = in_the_way(l, &u, &f->visits, &timewait);
	}
	return (taken ? LINUX_TAKEN : LINUX_FREE);
}

enum linux_look
linux_look(const struct linux_net *l, const struct linux_search *s,
    uint16_t port, struct linux_found *f)
{

	f->tried++;
	if (port_set_has(&l->reserved, linux_place(port))) {
		f->reserved++;
		return (LINUX_SKIPPED);
	}
	if (s->connects)
		return (look_connect(l, s, port, f));
	return (linux_bind_conflict(l, s->sock, s->tuple.laddr, port,
	    s->relax, false, &f->visits) ? LINUX_TAKEN : LINUX_FREE);
}

void
linux_walk(const struct linux_net *l, const struct linux_search *s,
    unsigned max, struct linux_found *f)
{
	unsigned end, i;

	*f = (struct linux_found){ 0 };
	end = s->done + MIN(max, s->pass.count - s->done);
	for (i = s->done; i < end; i++) {
		f->lport = linux_pass_port(&s->pass, i);
		f->nth = i;
		if (linux_look(l, s, f->lport, f) == LINUX_FREE) {
			f->found = true;
			return;
		}
	}
}

/* ---- either, or both --------------------------------------------------- */

static void
agree(const struct linux_found *a, const struct linux_found *b)
{

	KASSERT(a->found == b->found && (!a->found || (a->lport == b->lport &&
	    a->nth == b->nth)), ("walk: %d %u, index: %d %u", a->found,
	    a->lport, b->found, b->lport));
	KASSERT(a->tried == b->tried && a->reserved == b->reserved &&
	    a->unlocked == b->unlocked, ("walk: %ju tried, %ju reserved, "
	    "%ju unlocked, index: %ju, %ju, %ju", (uintmax_t)a->tried,
	    (uintmax_t)a->reserved, (uintmax_t)a->unlocked,
	    (uintmax_t)b->tried, (uintmax_t)b->reserved,
	    (uintmax_t)b->unlocked));
	KASSERT(memcmp(&a->visits, &b->visits, sizeof(a->visits)) == 0,
	    ("walk visits %ju, %ju, %ju, index %ju, %ju, %ju",
	    (uintmax_t)a->visits.porthash, (uintmax_t)a->visits.portlist,
	    (uintmax_t)a->visits.connhash, (uintmax_t)b->visits.porthash,
	    (uintmax_t)b->visits.portlist, (uintmax_t)b->visits.connhash));
}

void
linux_try(const struct linux_net *l, const struct linux_search *s,
    unsigned max, struct linux_found *f)
{
	struct linux_found walked;

	if (l->search == NET_SEARCH_WALK) {
		linux_walk(l, s, max, f);
		return;
	}
	linux_scan(l, s, max, f);
	if (l->search == NET_SEARCH_BOTH) {
		linux_walk(l, s, max, &walked);
		agree(&walked, f);
	}
}
