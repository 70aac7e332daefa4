/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Proposals that change what a search costs and nothing else: beside the
 * kernel without them, on the same operations and the same draws, every error
 * and every port is the same; with every option there is, listeners, groups,
 * accepted connections.  full-cache leaves draws out, so its kernels do not
 * draw.
 */

#include <string.h>

#include <glib.h>

#include "models/net/net.h"
#include "models/stacks/stack.h"
#include "sim/rng.h"
#include "study/scenario/stack_name.h"
#include "tests/models/proposals/proposal_rig.h"

#define	SOCKETS	120u

struct side {
	struct net	*net;
	struct rng	rng;		/* of the kernel */
	uint32_t	pcb[SOCKETS];	/* NET_NOPCB: closed */
};

struct pair {
	struct side	side[2];	/* without, with */
	struct rng	rng;		/* of the operations */
	uint16_t	first, last;
	unsigned	nladdrs;
};

static unsigned
below(struct pair *p, unsigned n)
{

	return ((unsigned)rng_below(&p->rng, n));
}

static void
pair_init(struct pair *p, const char *base, const char *proposal,
    bool randomized, uint64_t seed)
{
	static const unsigned spans[] = { 2, 4, 9, 30 };
	g_autofree char *with = g_strdup_printf("%s+%s", base, proposal);
	const char *names[] = { base, with };
	struct net_conf c = { .search = NET_SEARCH_INDEX, .draw = rig_draw };
	unsigned i, k;

	rng_init(&p->rng, seed, 0, "operations");
	p->first = (uint16_t)(2000 + below(p, 60000));
	p->last = (uint16_t)(p->first + spans[below(p, 4)] - 1);
	p->nladdrs = 1 + below(p, 4);
	c.first = p->first;
	c.last = p->last;
	c.hashsize = 1u << (1 + below(p, 10));
	c.porthashsize = 1u << below(p, 10);
	c.hash_seed = rng_u32(&p->rng);
	for (i = 0; i < 2; i++) {
		rng_init(&p->side[i].rng, seed, 0, "kernel");
		c.draw_arg = &p->side[i].rng;
		p->side[i].net = stack_net(stack_name_find(names[i]), &c);
		net_set(p->side[i].net, "randomized", randomized);
		for (k = 0; k < p->nladdrs; k++)
			net_laddr_add(p->side[i].net, rig_laddr(k));
		for (k = 0; k < SOCKETS; k++)
			p->side[i].pcb[k] = NET_NOPCB;
	}
}

struct operation {
	unsigned	kind, opts, which;
	uint32_t	laddr, faddr;
	uint16_t	lport, fport;
	uint32_t	uid;
};

static struct operation
operation(struct pair *p)
{
	struct operation o = { .kind = below(p, 16),
	    .opts = below(p, 3) == 0 ? below(p, 8) : 0,
	    .which = below(p, SOCKETS), .uid = below(p, 4) == 0 ? 0 : 1001 };

	o.laddr = below(p, 4) == 0 ? NET_ANY : rig_laddr(below(p, p->nladdrs));
	o.faddr = rig_faddr(below(p, 2));
	o.fport = (uint16_t)(80 + below(p, 2));
	o.lport = (uint16_t)(p->first + below(p, p->last - p->first + 1u));
	return (o);
}

/* Returns the error. */
static int
apply(struct side *s, const struct operation *o)
{
	struct net_op op = { 0 };
	uint32_t *pcb = &s->pcb[o->which];

	if (*pcb == NET_NOPCB && o->kind == 14) {
		net_accept(s->net, o->laddr == NET_ANY ? rig_laddr(0) :
		    o->laddr, o->lport, o->faddr, o->fport, pcb, &op);
		return (op.error);
	}
	if (*pcb == NET_NOPCB)
		*pcb = net_socket(s->net, o->opts, o->uid);
	switch (o->kind) {
	case 0:
	case 1:
		net_bind(s->net, *pcb, o->laddr, 0, &op);
		break;
	case 2:
		net_bind(s->net, *pcb, o->laddr, o->lport, &op);
		break;
	case 3:
		net_listen(s->net, *pcb, &op);
		break;
	case 4:
		net_setopt(s->net, *pcb, (enum net_sockopt)(1 <<
		    o->opts % 3), o->uid == 0);
		break;
	case 5:
	case 6:
	case 7:
	case 8:
		net_close(s->net, *pcb, NULL);
		*pcb = NET_NOPCB;
		break;
	default:
		net_connect(s->net, *pcb, o->faddr, o->fport, &op);
		break;
	}
	return (op.error);
}

static void
test_same(gconstpointer data)
{
	g_auto(GStrv) names = g_strsplit(data, " ", -1);
	struct operation o;
	struct pair p;
	unsigned failed, i, seed;
	int error;

	failed = 0;
	for (seed = 0; seed < (g_test_slow() ? 2000 : 40); seed++) {
		pair_init(&p, names[0], names[1], names[2] == NULL &&
		    seed % 2 == 0, seed);
		for (i = 0; i < 800; i++) {
			o = operation(&p);
			error = apply(&p.side[0], &o);
			g_assert_cmpint(apply(&p.side[1], &o), ==, error);
			failed += error != 0;
			if (p.side[0].pcb[o.which] == NET_NOPCB)
				continue;
			g_assert_cmpuint(net_pcb_lport(p.side[1].net,
			    p.side[1].pcb[o.which]), ==,
			    net_pcb_lport(p.side[0].net,
			    p.side[0].pcb[o.which]));
			g_assert_cmpuint(net_pcb_laddr(p.side[1].net,
			    p.side[1].pcb[o.which]), ==,
			    net_pcb_laddr(p.side[0].net,
			    p.side[0].pcb[o.which]));
		}
		net_free(p.side[0].net);
		net_free(p.side[1].net);
	}
	g_assert_cmpuint(failed, >, 300);
}

int
main(int argc, char **argv)
{
	static const char *const bases[] = { "freebsd-11", "freebsd-12.0",
	    "freebsd-12.2", "freebsd-14", "freebsd-15" };
	static const char *const proposals[] = { "first-match", "laddr-hash",
	    "laddr-key",
	    "bitmap", "full-cache undrawn" };
	g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
	unsigned b, i;

	g_test_init(&argc, &argv, NULL);
	for (i = 0; i < G_N_ELEMENTS(proposals); i++)
		for (b = 0; b < G_N_ELEMENTS(bases); b++) {
			g_autofree char *path = g_strdup_printf(
			    "/proposals/same/%s+%.*s", bases[b],
			    (int)strcspn(proposals[i], " "), proposals[i]);

			g_ptr_array_add(texts, g_strdup_printf("%s %s",
			    bases[b], proposals[i]));
			g_test_add_data_func(path,
			    texts->pdata[texts->len - 1], test_same);
		}
	return (g_test_run());
}
