/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The passes of a search over the range of ports; see search.h.
 *
 * The step width of 7.1 (Models: __inet_hash_connect(), commit 7da62262ec96):
 * a stride that has no factor in common with the number of candidates, so that
 * each is tried once.
 */

#include <limits.h>

#include <glib.h>

#include "models/linux/linux.h"
#include "models/net/rule.h"

/* Candidates from candidate to candidate, by chance up to `width'. */
static unsigned
random_stride(struct linux_net *l, uint32_t range, uint32_t width)
{
	uint32_t most, stride;

	most = MIN(range, width);
	stride = 1 + linux_random_below(l, most);
	while (!port_run_coprime(stride, range)) {
		stride++;
		if (stride % 2 == 0 && range % 2 == 0)
			stride++;
		if (stride > most)
			return (1);
	}
	return (stride);
}

/* The pass from the offset on. */
static void
pass_set(struct linux_search *s, uint32_t high)
{
	struct linux_pass *p;
	uint32_t start;

	p = &s->pass;
	start = s->base + s->offset;
	if (start > high)
		start -= s->remaining;
	p->start = (uint16_t)start;
	p->high = (uint16_t)high;
	p->span = s->remaining;
	p->step = s->by_ones ? 1 : 2;
	p->stride = s->stride * p->step;
	p->count = MIN((s->remaining + p->step - 1) / p->step, s->left);
	s->left -= p->count;
	s->done = 0;
}

static void
connect_first(struct linux_net *l, struct linux_search *s)
{
	uint32_t size;

	size = s->high - s->low + 1u;
	s->base = s->low;
	s->remaining = !s->by_ones && size > 1 ? size & ~1u : size;
	s->port_offset = linux_port_offset(l, &s->tuple);
	s->offset = (linux_perturb(l, s->port_offset) +
	    (uint32_t)(s->port_offset >> 32)) % s->remaining;
	if (!s->by_ones)
		s->offset &= ~1u;
	if (l->variant->has_step_width && l->step_width > 0 &&
	    s->remaining > 1)
		s->stride = random_stride(l, s->remaining /
		    (s->by_ones ? 1 : 2), l->step_width);
	pass_set(s, s->high);
}

/* The last port of the half in hand. */
static uint32_t
bind_high(const struct linux_search *s)
{
	uint32_t size;

	size = s->high - s->low + 1u;
	return (s->half == 1 ? s->low + (size >> 2 << 1) - 1 : s->high);
}

/* The first parity of a half, or of all. */
static void
bind_first(struct linux_net *l, struct linux_search *s)
{
	uint32_t size;

	size = s->high - s->low + 1u;
	s->base = s->half == 2 ? s->low + (size >> 2 << 1) : s->low;
	s->remaining = bind_high(s) - s->base + 1;
	if (s->remaining > 1)
		s->remaining &= ~1u;
	s->offset = linux_random_below(l, s->remaining) | 1;
	s->second = false;
	pass_set(s, bind_high(s));
}

/* Halves only for who has SO_REUSEADDR, and with four ports or more. */
static void
bind_halves(struct linux_net *l, struct linux_search *s)
{

	s->half = (l->t.sock[s->sock].opts & NET_REUSEADDR) != 0 &&
	    s->high - s->low >= 3;
	bind_first(l, s);
}

/* The next address that a connect() may have, where it may have any. */
static bool
next_address(struct linux_net *l, struct linux_search *s)
{

	if (s->addrs_left == 0 || s->left == 0)
		return (false);
	s->addrs_left--;
	s->place = (uint16_t)((s->place + 1u) % l->net.nladdrs);
	s->tuple.laddr = net_laddr_at(&l->net, s->place);
	linux_bind_move(l, s->sock, s->tuple.laddr);
	s->second = false;
	connect_first(l, s);
	return (true);
}

void
linux_search_first(struct linux_net *l, struct linux_search *s)
{

	s->second = false;
	s->left = l->proposal != NULL && l->proposal->max_tries != 0 ?
	    l->proposal->max_tries : UINT_MAX;
	s->stride = 1;
	if (s->connects)
		connect_first(l, s);
	else
		bind_halves(l, s);
}

bool
linux_search_next(struct linux_net *l, struct linux_search *s)
{

	if (s->left == 0)
		return (false);
	if (s->connects) {
		if (s->by_ones || s->second || s->remaining == 1)
			return (next_address(l, s));
		s->second = true;
		s->offset++;
		pass_set(s, s->high);
		return (true);
	}
	if (!s->second) {
		/* With one port there is one pass more, over the same. */
		s->second = true;
		s->offset--;
		pass_set(s, bind_high(s));
		return (true);
	}
	if (s->half == 1) {
		s->half = 2;
		bind_first(l, s);
		return (true);
	}
	if (l->autobind_reuse && !s->relax) {
		s->relax = true;
		bind_halves(l, s);
		return (true);
	}
	return (false);
}
