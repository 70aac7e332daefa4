/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Named costs: what turns counts into simulated time.  The figures are data
 * with a source each (study/costs/NAME.csv); models know only the names.
 */

#ifndef MODELS_CPUS_COSTS_H
#define	MODELS_CPUS_COSTS_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/time.h"

enum cost {
	COST_PCB_VISIT,		/* a pcb on a port's list; by population */
	COST_CHAIN_VISIT,	/* a pcb in a connection chain; by population */
	COST_LPORT_ITER,	/* a candidate of the lport loop, without its
				   visits */
	COST_SEARCH,		/* a search, however short */
	COST_INSERT,		/* head insertions into all tables */
	COST_REMOVE,		/* removals from all tables */
	COST_ROUTE,		/* source address choice (route lookup) */
	COST_SYSCALL,		/* entry and exit */
	COST_SOCKET,		/* socket(2) body: allocations */
	COST_TCP_OUTPUT,	/* build and send a segment */
	COST_TCP_INPUT,		/* receive and process a segment */
	COST_CALLOUT,		/* run a callout, without its locks */
	COST_MUTEX,		/* acquire + release, uncontended */
	COST_RW_READ,		/* likewise, shared */
	COST_RW_WRITE,		/* likewise, exclusive */
	COST_HANDOFF,		/* cache line of a lock to another core */
	COST_PAUSE,		/* one cpu_spinwait() */
	COST_WAKE,		/* wake a sleeper until it runs, idle CPU */
	COST_SWITCH,		/* context switch on one CPU */
	/*
	 * Those that a table may lack.  What they stand in for is then paid
	 * (costs_fill()), or nothing.
	 */
	COST_LADDR,		/* bind(2): each local address before that
				   one, under the hash lock; nothing */
	COST_LADDR_FIRST,	/* .. none is before it; nothing */
	COST_BIND_SEARCH,	/* as search, in bind(2) */
	COST_BIND_ITER,		/* as lport_iter */
	COST_BIND_VISIT,	/* as pcb_visit */
	COST_BIND_WHOLE,	/* a list walked to its end; nothing */
	COST_BIND_TAKE,		/* as insert */
	COST_PORT_HEAD,		/* a port head made; nothing */
	COST_CROWDED,		/* an insertion before others; nothing */
	COST_TUPLE_MATCH,	/* connect(2): a candidate whose 4-tuple
				   exists; nothing */
	COST_WILD_LOOKUP,	/* .. that goes on to the unconnected;
				   nothing */
	COST_WILD_VISIT,	/* as chain_visit, there */
	COST_TICK,		/* a clock interrupt; nothing */
	COST_HEAD,		/* a candidate of a search along port lists:
				   its port head; by population; nothing */
	COST_EPOCH,		/* a look whether what was closed may be freed;
				   as switch */
	NCOSTS
};

#define	COST_OPTIONAL	COST_LADDR

#define	COST_MAXPOINTS	16

/* One cost: constant, or a table over the population, interpolated. */
struct cost_curve {
	unsigned	npoints;			/* 1: constant */
	uint64_t	population[COST_MAXPOINTS];	/* ascending */
	simtime		ps[COST_MAXPOINTS];
};

struct costs {
	struct cost_curve curve[NCOSTS];
};

/*
 * Cost in ps at a population.  Linear between points, constant outside;
 * integer arithmetic, rounded to nearest.
 */
simtime	cost_interpolate(const struct cost_curve *, uint64_t population);

static inline simtime
cost_at(const struct costs *c, enum cost cost, uint64_t population)
{
	const struct cost_curve *v;

	v = &c->curve[cost];
	return (v->npoints == 1 ? v->ps[0] : cost_interpolate(v, population));
}

/* Give each cost that has no point what it stands in for. */
void	costs_fill(struct costs *);

/* Is it what it stands in for, or nothing? */
bool	cost_is_default(const struct costs *, enum cost);

/* The name used in costs files: "pcb_visit". */
const char *cost_name(enum cost);

#endif /* !MODELS_CPUS_COSTS_H */
