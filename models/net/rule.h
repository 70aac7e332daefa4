/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a port search is asked, and what it answers.
 */

#ifndef MODELS_NET_RULE_H
#define	MODELS_NET_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "models/net/net.h"

/* By which rule a candidate is taken. */
enum port_rule {
	/*
	 * Any pcb on the port whose laddr is the searched one, or either of
	 * them *; connected or not.  in_pcblookup_local() with WILDCARD.
	 */
	PORT_RULE_LOCAL,
	/*
	 * An unconnected pcb with exactly the searched laddr.
	 * in_pcblookup_local() without WILDCARD.
	 */
	PORT_RULE_UNCONNECTED,
	/*
	 * The 4-tuple exists, or a load-balancing group or an unconnected pcb
	 * holds (laddr, port) or (*, port).  in_pcblookup_hash_locked().
	 */
	PORT_RULE_TUPLE
};

/*
 * Candidates in the order of trying: start, start + step, ...; past `last' it
 * goes on at `first'.
 */
struct port_run {
	uint16_t	start;		/* host order, within the range */
	uint16_t	step;		/* 1: every port; 2: same parity */
	bool		down;		/* start, start - step, ...; past
					   `first' on at `last' */
	unsigned	count;		/* candidates */
};

struct port_query {
	enum port_rule	rule;
	uint32_t	laddr;		/* 0: * */
	uint32_t	faddr;		/* PORT_RULE_TUPLE */
	uint16_t	fport;
	uint16_t	first, last;	/* the range, first <= last */
	uint8_t		range;		/* which, if the kernel has several */
};

struct port_found {
	bool		found;
	uint16_t	lport;		/* the free port, else the last tried */
	uint64_t	iters;		/* candidates tried */
	uint64_t	known;		/* of these, not looked up */
	uint64_t	passed;		/* .. and not paid for one by one */
	struct net_visits visits;	/* on the way */
};

/* The candidate after `port'. */
static inline uint16_t
port_run_next(const struct port_query *q, uint16_t port, uint16_t step)
{
	unsigned p;

	p = (unsigned)port + step;
	if (p > q->last)
		p = q->first + (p - q->last - 1) %
		    (q->last - q->first + 1u);
	return ((uint16_t)p);
}

/* The candidate of the run after `port'. */
static inline uint16_t
port_run_after(const struct port_query *q, const struct port_run *run,
    uint16_t port)
{
	unsigned below;

	if (!run->down)
		return (port_run_next(q, port, run->step));
	below = (unsigned)port - q->first;
	if (run->step <= below)
		return ((uint16_t)(port - run->step));
	return ((uint16_t)(q->last - (run->step - below - 1u) %
	    (q->last - q->first + 1u)));
}

/* Whether steps of `step' meet every port of a range of `ports'. */
static inline bool
port_run_coprime(unsigned step, unsigned ports)
{
	unsigned rest;

	while (ports != 0) {
		rest = step % ports;
		step = ports;
		ports = rest;
	}
	return (step == 1);
}

#endif /* !MODELS_NET_RULE_H */
