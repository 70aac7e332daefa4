/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Named costs; see costs.h.
 */

#include "models/cpus/costs.h"
#include "sim/kassert.h"

/* By enum cost. */
static const char *const cost_names[] = {
	[COST_PCB_VISIT] = "pcb_visit",
	[COST_CHAIN_VISIT] = "chain_visit",
	[COST_LPORT_ITER] = "lport_iter",
	[COST_SEARCH] = "search",
	[COST_INSERT] = "insert",
	[COST_REMOVE] = "remove",
	[COST_ROUTE] = "route",
	[COST_SYSCALL] = "syscall",
	[COST_SOCKET] = "socket",
	[COST_TCP_OUTPUT] = "tcp_output",
	[COST_TCP_INPUT] = "tcp_input",
	[COST_CALLOUT] = "callout",
	[COST_MUTEX] = "mutex",
	[COST_RW_READ] = "rw_read",
	[COST_RW_WRITE] = "rw_write",
	[COST_HANDOFF] = "handoff",
	[COST_PAUSE] = "pause",
	[COST_WAKE] = "wake",
	[COST_SWITCH] = "switch",
	[COST_LADDR] = "laddr",
	[COST_LADDR_FIRST] = "laddr_first",
	[COST_BIND_SEARCH] = "bind_search",
	[COST_BIND_ITER] = "bind_iter",
	[COST_BIND_VISIT] = "bind_visit",
	[COST_BIND_WHOLE] = "bind_whole",
	[COST_BIND_TAKE] = "bind_take",
	[COST_PORT_HEAD] = "port_head",
	[COST_CROWDED] = "crowded",
	[COST_TUPLE_MATCH] = "tuple_match",
	[COST_WILD_LOOKUP] = "wild_lookup",
	[COST_WILD_VISIT] = "wild_visit",
	[COST_TICK] = "tick",
	[COST_HEAD] = "head",
	[COST_EPOCH] = "epoch"
};

_Static_assert(sizeof(cost_names) / sizeof(cost_names[0]) == NCOSTS,
    "each cost has a name");

const char *
cost_name(enum cost cost)
{

	KASSERT(cost < NCOSTS, ("cost %d", cost));
	return (cost_names[cost]);
}

/* What is paid instead; NCOSTS: nothing.  By enum cost - COST_OPTIONAL. */
static const enum cost cost_stands_for[] = {
	NCOSTS, NCOSTS, COST_SEARCH, COST_LPORT_ITER, COST_PCB_VISIT, NCOSTS,
	COST_INSERT, NCOSTS, NCOSTS, NCOSTS, NCOSTS, COST_CHAIN_VISIT,
	NCOSTS, NCOSTS, COST_SWITCH
};

_Static_assert(sizeof(cost_stands_for) / sizeof(cost_stands_for[0]) ==
    NCOSTS - COST_OPTIONAL, "each optional cost has a default");

void
costs_fill(struct costs *costs)
{
	enum cost instead;
	unsigned i;

	for (i = COST_OPTIONAL; i < NCOSTS; i++) {
		if (costs->curve[i].npoints > 0)
			continue;
		instead = cost_stands_for[i - COST_OPTIONAL];
		if (instead != NCOSTS)
			costs->curve[i] = costs->curve[instead];
		else
			costs->curve[i].npoints = 1;
	}
}

/* By its points: what lies between the members is nobody's. */
static bool
curve_is(const struct cost_curve *a, const struct cost_curve *b)
{
	unsigned i;

	if (a->npoints != b->npoints)
		return (false);
	for (i = 0; i < a->npoints; i++)
		if (a->population[i] != b->population[i] ||
		    a->ps[i] != b->ps[i])
			return (false);
	return (true);
}

bool
cost_is_default(const struct costs *costs, enum cost cost)
{
	const struct cost_curve *c;
	enum cost instead;

	if (cost < COST_OPTIONAL)
		return (false);
	c = &costs->curve[cost];
	instead = cost_stands_for[cost - COST_OPTIONAL];
	if (instead == NCOSTS)
		return (c->npoints == 1 && c->ps[0] == 0);
	return (curve_is(c, &costs->curve[instead]));
}

/* a + (b - a) * part / whole to nearest; 128 bits, as ps x pcbs need them. */
static simtime
between(simtime a, simtime b, uint64_t part, uint64_t whole)
{
	__int128 rise;

	rise = (__int128)(b - a) * part * 2;
	rise += b < a ? -(__int128)whole : (__int128)whole;
	return (a + (simtime)(rise / (2 * (__int128)whole)));
}

simtime
cost_interpolate(const struct cost_curve *c, uint64_t population)
{
	unsigned i;

	KASSERT(c->npoints >= 1 && c->npoints <= COST_MAXPOINTS,
	    ("a cost of %u points", c->npoints));
	if (population <= c->population[0])
		return (c->ps[0]);
	for (i = 1; i < c->npoints; i++)
		if (population < c->population[i])
			return (between(c->ps[i - 1], c->ps[i],
			    population - c->population[i - 1],
			    c->population[i] - c->population[i - 1]));
	return (c->ps[c->npoints - 1]);
}
