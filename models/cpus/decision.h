/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a decision costs, by name: how often each cost is paid.  The machine
 * turns it into time of a CPU, `pcbsim script --costs' into a figure.
 *
 * Theory:	fixed + candidates x c_port + visits x c_node, each for bind(2)
 *		and connect(2) apart, and corrections for the ways that the
 *		kernel's loops can end.  On booted kernels it holds to the
 *		instruction (tests/kernel/costlaw_test.c).
 * Left out:	port heads that are visited, unless the table has them apart
 *		(head): in others their misses are inside pcb_visit, which was
 *		measured on whole searches.
 */

#ifndef MODELS_CPUS_DECISION_H
#define	MODELS_CPUS_DECISION_H

#include <stdbool.h>
#include <stdint.h>

#include "models/cpus/costs.h"
#include "models/net/net.h"

enum decision_kind {
	DECISION_BIND,		/* bind(2), and listen(2) that binds */
	DECISION_CONNECT,
	DECISION_ACCEPT
};

struct decision {
	enum decision_kind kind;
	const struct net_op *op;
	uint64_t	port_visits;	/* net_port_visits() of its total */
	bool		to_laddr;	/* bind: to a local address .. */
	unsigned	place;		/* .. with so many before it */
};

struct decision_charge {
	enum cost	cost;
	uint64_t	n;
	bool		searching;	/* part of the search for a port */
};

#define	DECISION_MAXCHARGES	16

/* Returns how many there are. */
unsigned decision_charges(const struct decision *,
	    struct decision_charge charges[DECISION_MAXCHARGES]);

#endif /* !MODELS_CPUS_DECISION_H */
