/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Every proposal on every kernel that it goes with, against a list of sockets
 * that knows only the kernel's rule: no port is given that the rule forbids,
 * and none is refused while the rule allows one (but where the proposal or the
 * kernel says so).  Both searches are kept and must agree, decisions and
 * counts.
 */

#include <errno.h>
#include <string.h>

#include <glib.h>

#include "models/net/family.h"
#include "models/net/proposal.h"
#include "models/ports/allocator.h"
#include "models/registry.h"
#include "sim/rng.h"
#include "study/scenario/stack_name.h"
#include "tests/models/proposals/proposal_rig.h"

#define	MAXSOCKS	600u

struct holder {
	uint32_t	pcb;
	bool		there;		/* has a port */
};

struct world {
	const struct stack *stack;
	struct net	*net;
	struct rng	rng;
	unsigned	nladdrs, ndests;
	uint16_t	first, last;
	GArray		*holders;
	unsigned	refused;
};

static unsigned
below(struct world *w, unsigned n)
{

	return ((unsigned)rng_below(&w->rng, n));
}

/* ---- the rule, by going through all sockets ---------------------------- */

static bool
connected(const struct net *n, uint32_t pcb)
{

	return (net_pcb_fport(n, pcb) != 0);
}

/* By local end: does anybody stand in the way of (a, port)? */
static bool
local_taken(const struct world *w, uint32_t a, uint16_t port, uint32_t but)
{
	const struct holder *h;
	uint32_t its;
	unsigned i;

	for (i = 0; i < w->holders->len; i++) {
		h = &g_array_index(w->holders, struct holder, i);
		if (h->pcb == but || net_pcb_lport(w->net, h->pcb) != port)
			continue;
		its = net_pcb_laddr(w->net, h->pcb);
		if (a == NET_ANY || its == NET_ANY || its == a)
			return (true);
	}
	return (false);
}

/* By 4-tuple. */
static bool
tuple_taken(const struct world *w, uint32_t a, uint16_t port, uint32_t to,
    uint16_t fport, uint32_t but)
{
	const struct holder *h;
	uint32_t its;
	unsigned i;

	for (i = 0; i < w->holders->len; i++) {
		h = &g_array_index(w->holders, struct holder, i);
		if (h->pcb == but || net_pcb_lport(w->net, h->pcb) != port)
			continue;
		its = net_pcb_laddr(w->net, h->pcb);
		if (connected(w->net, h->pcb) ? its == a &&
		    net_pcb_faddr(w->net, h->pcb) == to &&
		    net_pcb_fport(w->net, h->pcb) == fport :
		    its == a || its == NET_ANY)
			return (true);
	}
	return (false);
}

static bool
spreads(const struct world *w)
{

	return ((w->stack->proposal->switches & PROPOSAL_SPREAD) != 0);
}

/* Ports free to an unbound connect(), or with an address. */
static unsigned
tuples_left(const struct world *w, uint32_t a, uint32_t to, uint16_t fport)
{
	unsigned i, n, port;

	n = 0;
	for (i = 0; i < w->nladdrs; i++) {
		if (a != NET_ANY ? rig_laddr(i) != a : i > 0 && !spreads(w))
			continue;
		for (port = w->first; port <= w->last; port++)
			n += !tuple_taken(w, rig_laddr(i), (uint16_t)port, to,
			    fport, NET_NOPCB);
	}
	return (n);
}

static unsigned
locals_left(const struct world *w, uint32_t a)
{
	unsigned n, port;

	n = 0;
	for (port = w->first; port <= w->last; port++)
		n += !local_taken(w, a, (uint16_t)port, NET_NOPCB);
	return (n);
}

/* How many free ports a search may miss. */
static unsigned
may_miss(const struct world *w)
{
	const char *allocator;

	if (w->stack->proposal->max_tries != 0)
		return (UINT16_MAX);
	/* Its merges leave ports behind that are free, unless mended. */
	if (g_str_has_prefix(w->stack->name, "freebsd-16-lportcache+") &&
	    (w->stack->proposal->switches & PROPOSAL_MENDED_CACHE) == 0)
		return (UINT16_MAX);
	/* 16's loop ends one candidate early, for each address. */
	allocator = w->stack->proposal->allocator != NULL ?
	    w->stack->proposal->allocator->name :
	    w->stack->family->allocator(w->stack->variant);
	return (strcmp(allocator, "counter-dest") != 0 ? 0 :
	    spreads(w) ? w->nladdrs : 1);
}

/* ---- operations -------------------------------------------------------- */

static void
world_init(struct world *w, const struct stack *stack, uint64_t seed)
{
	static const unsigned spans[] = { 2, 5, 16, 60 };
	struct net_conf c = { .search = NET_SEARCH_BOTH, .draw = rig_draw };
	unsigned i;

	*w = (struct world){ .stack = stack };
	rng_init(&w->rng, seed, 0, "proposals");
	w->first = (uint16_t)(2000 + below(w, 60000));
	w->last = (uint16_t)(w->first + spans[below(w, 4)] - 1);
	c.first = w->first;
	c.last = w->last;
	c.hashsize = 1u << (1 + below(w, 12));
	c.porthashsize = 1u << below(w, 12);
	c.hash_seed = rng_u32(&w->rng);
	c.draw_arg = &w->rng;
	w->net = stack_net(stack, &c);
	net_set(w->net, "randomized", below(w, 2));
	net_set(w->net, "cpus", 4);
	w->nladdrs = 1 + below(w, 4);
	w->ndests = 1 + below(w, 2);
	for (i = 0; i < w->nladdrs; i++)
		net_laddr_add(w->net, rig_laddr(i));
	w->holders = g_array_new(FALSE, FALSE, sizeof(struct holder));
}

static void
world_fini(struct world *w)
{

	net_check(w->net);
	net_free(w->net);
	g_array_free(w->holders, TRUE);
}

static void
hold(struct world *w, uint32_t pcb)
{
	struct holder h = { .pcb = pcb, .there = true };

	g_array_append_val(w->holders, h);
}

/* connect() with no port yet, from `a' or from anywhere. */
static void
connect_one(struct world *w, uint32_t pcb, uint32_t a)
{
	const uint32_t to = rig_faddr(below(w, w->ndests));
	struct net_op op;
	unsigned left;
	bool by_local;

	by_local = w->stack->port_first && a == NET_ANY;
	left = by_local ? locals_left(w, NET_ANY) : tuples_left(w, a, to, 80);
	net_connect(w->net, pcb, to, 80, &op);
	if (op.error != 0) {
		g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
		g_assert_cmpuint(left, <=, may_miss(w));
		w->refused++;
		net_close(w->net, pcb, NULL);
		return;
	}
	g_assert_cmpuint(left, >, 0);
	g_assert_cmpuint(net_pcb_lport(w->net, pcb), >=, w->first);
	g_assert_cmpuint(net_pcb_lport(w->net, pcb), <=, w->last);
	g_assert_true(a == NET_ANY || net_pcb_laddr(w->net, pcb) == a);
	g_assert_true(net_laddr_has(w->net, net_pcb_laddr(w->net, pcb)));
	if (by_local)
		g_assert_false(local_taken(w, NET_ANY,
		    net_pcb_lport(w->net, pcb), pcb));
	g_assert_false(tuple_taken(w, net_pcb_laddr(w->net, pcb),
	    net_pcb_lport(w->net, pcb), to, 80, pcb));
	hold(w, pcb);
}

/* bind(a, 0), and perhaps connect() after it. */
static void
bind_one(struct world *w, uint32_t pcb, uint32_t a)
{
	struct net_op op;
	unsigned left;

	left = locals_left(w, a);
	net_bind(w->net, pcb, a, 0, &op);
	if (op.error != 0) {
		g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
		g_assert_cmpuint(left, <=, may_miss(w));
		net_close(w->net, pcb, NULL);
		return;
	}
	g_assert_false(local_taken(w, a, net_pcb_lport(w->net, pcb), pcb));
	hold(w, pcb);
	if (below(w, 3) != 0)
		net_connect(w->net, pcb, rig_faddr(below(w, w->ndests)), 80,
		    &op);
	else if (below(w, 2) != 0)
		net_listen(w->net, pcb, &op);
}

/* bind(a, 0) that leaves the port to connect(). */
static void
bind_later(struct world *w, uint32_t pcb, uint32_t a)
{
	struct net_op op;

	net_setopt(w->net, pcb, NET_NOPORT, true);
	net_bind(w->net, pcb, a, 0, &op);
	g_assert_cmpint(op.error, ==, 0);
	g_assert_cmpuint(op.iters, ==, 0);
	g_assert_cmpuint(net_pcb_lport(w->net, pcb), ==, 0);
	connect_one(w, pcb, a);
}

static void
close_one(struct world *w)
{
	unsigned i;

	if (w->holders->len == 0)
		return;
	i = below(w, w->holders->len);
	net_close(w->net, g_array_index(w->holders, struct holder, i).pcb,
	    NULL);
	g_array_remove_index_fast(w->holders, i);
}

static void
step(struct world *w)
{
	struct net_op op;
	uint32_t a, pcb;

	net_cpu_set(w->net, below(w, 4));
	if (below(w, 100) < 30 || w->holders->len >= MAXSOCKS) {
		close_one(w);
		return;
	}
	a = rig_laddr(below(w, w->nladdrs));
	pcb = net_socket(w->net, 0, 1001);
	switch (below(w, 10)) {
	case 0:
		bind_one(w, pcb, NET_ANY);
		break;
	case 1:
	case 2:
		bind_one(w, pcb, a);
		break;
	case 3:
		/* By name, where it may be had. */
		net_bind(w->net, pcb, a, (uint16_t)(w->first +
		    below(w, w->last - w->first + 1u)), &op);
		if (op.error == 0)
			hold(w, pcb);
		else
			net_close(w->net, pcb, NULL);
		break;
	case 4:
		if ((w->stack->proposal->switches & PROPOSAL_NOPORT) != 0) {
			bind_later(w, pcb, a);
			break;
		}
		/* FALLTHROUGH */
	default:
		connect_one(w, pcb, NET_ANY);
		break;
	}
}

static void
test_rule(gconstpointer stack)
{
	unsigned i, refused, seed;
	struct world w;

	refused = 0;
	for (seed = 0; seed < (g_test_slow() ? 200 : 12); seed++) {
		world_init(&w, stack, seed);
		for (i = 0; i < 500; i++)
			step(&w);
		refused += w.refused;
		while (w.holders->len > 0)
			close_one(&w);
		g_assert_cmpuint(net_npcbs(w.net), ==, 0);
		world_fini(&w);
	}
	/* Both ends of it were seen. */
	g_assert_cmpuint(refused, >, 0);
}

static void
add_each(const struct proposal *p)
{
	static const char *const bases[] = { "freebsd-11", "freebsd-12.0",
	    "freebsd-12.2", "freebsd-14", "freebsd-15", "freebsd-16",
	    "freebsd-16-lportcache", "freebsd-main-2026-04" };
	const struct stack *s;
	unsigned i, n;

	for (i = n = 0; i < G_N_ELEMENTS(bases); i++) {
		g_autofree char *name = NULL, *path = NULL;

		name = g_strdup_printf("%s+%s", bases[i], p->name);
		s = stack_name_find(name);
		if (s == NULL)
			continue;
		n++;
		path = g_strdup_printf("/proposals/rule/%s", name);
		g_test_add_data_func(path, s, test_rule);
	}
	g_assert_cmpuint(n, >, 0);
}

int
main(int argc, char **argv)
{
	const struct proposal *const *p;

	g_test_init(&argc, &argv, NULL);
	for (p = registry_proposals; *p != NULL; p++)
		add_each(*p);
	return (g_test_run());
}
