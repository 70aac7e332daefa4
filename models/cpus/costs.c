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
	[COST_SWITCH] = "switch"
};

_Static_assert(sizeof(cost_names) / sizeof(cost_names[0]) == NCOSTS,
    "each cost has a name");

const char *
cost_name(enum cost cost)
{

	KASSERT(cost < NCOSTS, ("cost %d", cost));
	return (cost_names[cost]);
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
