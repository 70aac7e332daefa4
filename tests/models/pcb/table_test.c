/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The index against the walk: random operations of every kind, on every stack,
 * with tables from two buckets up.  NET_SEARCH_BOTH panics at the first
 * decision or count in which they differ.
 *
 * The seed is GTest's (--seed); -m slow runs longer.
 */

#include <errno.h>
#include <string.h>

#include <glib.h>

#include "models/freebsd/freebsd.h"
#include "models/pcb/index.h"
#include "models/registry.h"
#include "models/stacks/stack.h"
#include "models/xnu/family.h"
#include "models/xnu/xnu.h"

#define	MAXSOCKS	3000

struct world {
	struct net	*net;
	GArray		*socks;		/* pcbs */
	unsigned	nladdrs, nfaddrs, nfports;
	unsigned	fill;		/* per cent of operations that open */
};

static uint32_t
draw(void *arg)
{

	(void)arg;
	return ((uint32_t)g_test_rand_int());
}

static unsigned
below(unsigned n)
{

	return ((unsigned)g_test_rand_int_range(0, (gint32)n));
}

static uint32_t
laddr(unsigned i)
{

	return (net_addr_add(0x0a | 1u << 24, i));	/* 10.0.0.1 + i */
}

static uint32_t
faddr(unsigned i)
{

	return (net_addr_add(0xcb | 113u << 16, 1 + 300 * i));
}

static uint32_t
any_laddr(const struct world *w)
{

	return (below(5) == 0 ? NET_ANY : laddr(below(w->nladdrs)));
}

static uint16_t
port_near(const struct world *w)
{
	uint16_t first, last;

	net_range(w->net, &first, &last);
	return ((uint16_t)(first + below(last - first + 1u)));
}

static struct net *
net_random(const struct stack *stack)
{
	struct net_conf conf = { .search = NET_SEARCH_BOTH, .draw = draw };
	static const unsigned spans[] = { 2, 3, 16, 100, 330, 1000, 55536 };
	struct net *n;
	unsigned span;

	span = spans[below(G_N_ELEMENTS(spans))];
	conf.first = span == 55536 ? 10000 :
	    (uint16_t)(1024 + below(64500 - span));
	conf.last = (uint16_t)(conf.first + span - 1);
	conf.hashsize = 1u << (1 + below(17));
	conf.porthashsize = 1u << below(17);
	if (span == 55536) {
		/* Small tables and a long range only take time. */
		conf.hashsize |= 1u << 14;
		conf.hashsize &= ~0x3fffu;
		conf.porthashsize = 1u << (12 + below(5));
	}
	conf.hash_seed = (uint32_t)g_test_rand_int();
	n = stack_net(stack, &conf);
	net_set(n, "randomized", below(2) == 0);
	net_set(n, "require_unique_port", below(8) == 0);
	return (n);
}

static void
world_init(struct world *w, const struct stack *stack)
{
	unsigned i;

	w->net = net_random(stack);
	w->socks = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	w->nladdrs = below(3) == 0 ? 1 + below(50) : 1 + below(4);
	w->nfaddrs = 1 + below(3);
	w->nfports = 1 + below(3);
	w->fill = 50 + below(50);
	for (i = 0; i < w->nladdrs; i++)
		net_laddr_add(w->net, laddr(i));
}

static void
world_fini(struct world *w)
{

	net_free(w->net);
	g_array_free(w->socks, TRUE);
}

static uint32_t
open_socket(struct world *w)
{
	uint32_t pcb;
	unsigned opts;

	opts = below(4) == 0 ? below(8) : 0;
	pcb = net_socket(w->net, opts, below(4) == 0 ? below(3) : 1001);
	g_array_append_val(w->socks, pcb);
	return (pcb);
}

static void
close_one(struct world *w)
{
	unsigned i;

	if (w->socks->len == 0)
		return;
	i = below(w->socks->len);
	net_close(w->net, g_array_index(w->socks, uint32_t, i), NULL);
	g_array_remove_index_fast(w->socks, i);
}

static uint32_t
some_socket(struct world *w)
{

	if (w->socks->len == 0 || below(3) != 0)
		return (open_socket(w));
	return (g_array_index(w->socks, uint32_t, below(w->socks->len)));
}

/* Open a connection one way or the other. */
static void
open_one(struct world *w)
{
	struct net_op op;
	uint32_t dest, pcb;
	uint16_t fport;

	dest = faddr(below(w->nfaddrs));
	fport = (uint16_t)(80 + below(w->nfports));
	pcb = some_socket(w);
	switch (below(8)) {
	case 0:
		net_bind(w->net, pcb, any_laddr(w), port_near(w), &op);
		break;
	case 1:
		net_bind(w->net, pcb, any_laddr(w), 0, &op);
		break;
	case 2:
		net_listen(w->net, pcb, &op);
		break;
	case 3:
	case 4:
		net_bind(w->net, pcb, any_laddr(w), 0, &op);
		/* FALLTHROUGH */
	default:
		net_connect(w->net, pcb, dest, fport, &op);
		break;
	}
	if (op.error == NET_EDIVZERO)
		g_assert_cmpuint(net_ports_total(w->net), ==, 1);
}

static void
knob(struct world *w)
{
	uint16_t first, last;

	net_range(w->net, &first, &last);
	switch (below(6)) {
	case 0:
		net_set(w->net, "randomized", below(2) == 0);
		break;
	case 1:
		net_set(w->net, "lastport", (uint16_t)below(65536));
		break;
	case 2:
		net_set(w->net, "stoprandom", below(3));
		break;
	case 3:
		net_set(w->net, "require_unique_port", below(4) == 0);
		break;
	case 4:
		net_set_range(w->net, last, first);
		break;
	default:
		net_tick(w->net);
		break;
	}
}

/* The tables of a family that has them from models/pcb/; NULL: it has not. */
static const struct pcb_table *
table_of(struct net *n)
{

	if (n->family == &net_family_freebsd)
		return (&freebsd_of(n)->table);
	if (n->family == &net_family_xnu)
		return (&xnu_of(n)->table);
	return (NULL);
}

/* A run such as no allocator here proposes. */
static void
odd_run(struct world *w)
{
	const struct pcb_table *table = table_of(w->net);
	struct port_query q = { .rule = (enum port_rule)below(3) };
	struct port_found f;
	struct port_run run;

	net_range(w->net, &q.first, &q.last);
	q.laddr = q.rule == PORT_RULE_TUPLE ? laddr(below(w->nladdrs)) :
	    any_laddr(w);
	q.faddr = faddr(below(w->nfaddrs));
	q.fport = (uint16_t)(80 + below(w->nfports));
	run.start = port_near(w);
	run.step = (uint16_t)(1 + below(3));
	run.down = below(2) != 0;
	run.count = 1 + below(MIN(q.last - q.first + 1u, 3000));
	if (table != NULL) {
		pcb_table_search(table, &q, &run, &f);
		g_assert_cmpuint(f.iters, <=, run.count);
	}
	if (q.last - q.first > 1000 && below(10) != 0)
		return;
	(void)net_tuples_free(w->net, q.faddr == 0 ? 0 :
	    laddr(below(w->nladdrs)), q.faddr, q.fport);
	(void)net_ports_free(w->net, any_laddr(w));
}

static void
accept_one(struct world *w)
{
	struct net_op op;
	uint32_t pcb;

	net_accept(w->net, laddr(below(w->nladdrs)), port_near(w),
	    faddr(below(w->nfaddrs)), (uint16_t)(80 + below(2000)), &pcb,
	    &op);
	if (op.error == 0)
		g_array_append_val(w->socks, pcb);
}

static void
step(struct world *w)
{

	switch (below(20)) {
	case 0:
		knob(w);
		break;
	case 1:
		odd_run(w);
		break;
	case 2:
		accept_one(w);
		break;
	case 3:
		if (w->socks->len > 0)
			net_setopt(w->net, some_socket(w),
			    (enum net_sockopt)(1 << below(3)), below(2) == 0);
		break;
	default:
		if (below(100) < w->fill && w->socks->len < MAXSOCKS)
			open_one(w);
		else
			close_one(w);
		break;
	}
}

static void
test_agree(gconstpointer data)
{
	struct world w;
	unsigned i, nsteps, nworlds, world;

	nworlds = g_test_slow() ? 400 : 40;
	nsteps = g_test_slow() ? 6000 : 1500;
	for (world = 0; world < nworlds; world++) {
		world_init(&w, data);
		for (i = 0; i < nsteps; i++) {
			step(&w);
			if (i % 500 == 0)
				net_check(w.net);
		}
		while (w.socks->len > 0)
			close_one(&w);
		net_check(w.net);
		g_assert_cmpuint(net_npcbs(w.net), ==, 0);
		world_fini(&w);
	}
}

/* Candidates of a failing search among 600 ports. */
static unsigned
tries(const struct stack *stack)
{

	return (stack->family->allocator != NULL &&
	    strcmp(stack->family->allocator(stack->variant),
	    "counter-dest") == 0 ? 599 : 600);
}

/* What a search that finds none says. */
static int
exhausted(const struct stack *stack)
{

	return (strcmp(stack->family->name, "netbsd") == 0 ? EAGAIN :
	    EADDRNOTAVAIL);
}

/* One destination from one address, to and from the bitmap and back. */
static void
test_one_destination(gconstpointer data)
{
	struct net_conf conf = { .search = NET_SEARCH_BOTH, .first = 20000,
	    .last = 20599, .hashsize = 512, .porthashsize = 512,
	    .draw = draw };
	struct net_op op;
	struct net *n;
	GArray *socks;
	uint32_t pcb;
	unsigned i, round;

	n = stack_net(data, &conf);
	net_laddr_add(n, laddr(0));
	socks = g_array_new(FALSE, FALSE, sizeof(pcb));
	for (round = 0; round < 3; round++) {
		for (i = 0; i < 600; i++) {
			pcb = net_socket(n, 0, 0);
			net_connect(n, pcb, faddr(0), 80, &op);
			g_assert_cmpint(op.error, ==, 0);
			g_array_append_val(socks, pcb);
			g_assert_cmpuint(net_tuples_free(n, laddr(0),
			    faddr(0), 80), ==, 599 - i);
		}
		pcb = net_socket(n, 0, 0);
		net_connect(n, pcb, faddr(0), 80, &op);
		g_assert_cmpint(op.error, ==, exhausted(data));
		g_assert_cmpuint(op.iters, ==, tries(data));
		net_close(n, pcb, NULL);
		net_check(n);
		while (socks->len > 0) {
			i = below(socks->len);
			net_close(n, g_array_index(socks, uint32_t, i), NULL);
			g_array_remove_index_fast(socks, i);
		}
		net_check(n);
	}
	g_array_free(socks, TRUE);
	net_free(n);
}

/* Plant one wrong number and search; the two must not agree any more. */
static void
plant(unsigned what)
{
	struct net_conf conf = { .search = NET_SEARCH_BOTH, .first = 20000,
	    .last = 20099, .hashsize = 64, .porthashsize = 64, .draw = draw };
	struct pcb_table *table;
	struct pcb_index *x;
	struct net_op op;
	struct net *n;
	uint32_t pcb;
	unsigned i;

	n = stack_net(stack_find("freebsd-12.2"), &conf);
	net_set(n, "randomized", 0);
	net_laddr_add(n, laddr(0));
	pcb = net_socket(n, 0, 0);
	net_bind(n, pcb, NET_ANY, 20000, &op);
	for (i = 0; i < 50; i++)
		net_connect(n, net_socket(n, 0, 0), faddr(0), 80, &op);
	table = &freebsd_of(n)->table;
	x = table->index;
	switch (what) {
	case 0:
		port_sums_add(&x->length, 20001, 1);
		break;
	case 1:
		port_sums_add(&x->heads, 20002, 1);
		break;
	case 2:
		pcb_buckets_add(&x->conn, 5, 1);
		break;
	case 3:
		x->specials.special[pcb_get(&table->pool,
		    pcb)->special].port_ahead++;
		break;
	case 4:
		port_set_add(&port_addr_get(&x->addrs,
		    PORT_ADDR_ANY)->special, 20080);
		break;
	default:
		break;
	}
	net_set(n, "lastport", 0);
	net_listen(n, net_socket(n, 0, 0), &op);
	net_set(n, "lastport", 0);
	net_bind(n, net_socket(n, NET_REUSEADDR, 0), laddr(0), 0, &op);
	net_bind(n, net_socket(n, 0, 1), NET_ANY, 20000, &op);
	net_set(n, "lastport", 20060);
	for (i = 0; i < 60; i++)
		net_connect(n, net_socket(n, 0, 0), faddr(0), 80, &op);
	net_free(n);
}

static void
test_planted(gconstpointer data)
{
	unsigned what;

	what = GPOINTER_TO_UINT(data);
	if (g_test_subprocess()) {
		plant(what);
		return;
	}
	g_test_trap_subprocess(NULL, 0, 0);
	if (what == 5) {
		g_test_trap_assert_passed();
		return;
	}
	g_test_trap_assert_failed();
	g_test_trap_assert_stderr("*panic*index*walk*");
}

int
main(int argc, char **argv)
{
	static const char *const planted[] = { "list_length", "port_heads",
	    "bucket_length", "place_of_listener", "set_of_listeners",
	    "nothing" };
	const struct stack *const *s;
	char *path;
	unsigned i;

	g_test_init(&argc, &argv, NULL);
	for (s = registry_stacks; *s != NULL; s++) {
		path = g_strdup_printf("/pcb_table/agree/%s", (*s)->name);
		g_test_add_data_func(path, *s, test_agree);
		g_free(path);
		/* These draw again and again, and miss a free port. */
		if (strcmp((*s)->name, "rfc6056-2") == 0 ||
		    strcmp((*s)->name, "rfc6056-5") == 0)
			continue;
		path = g_strdup_printf("/pcb_table/one_destination/%s",
		    (*s)->name);
		g_test_add_data_func(path, *s, test_one_destination);
		g_free(path);
	}
	for (i = 0; i < G_N_ELEMENTS(planted); i++) {
		path = g_strdup_printf("/pcb_table/planted/%s", planted[i]);
		g_test_add_data_func(path, GUINT_TO_POINTER(i), test_planted);
		g_free(path);
	}
	return (g_test_run());
}
