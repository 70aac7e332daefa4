/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A proposal: what a kernel would do otherwise, as a list of differences from
 * one that there is.
 *
 * Theory:	a stack says what a kernel does; a proposal says what to change,
 *		and `stack = freebsd-14+spread' is the one with the other.  So
 *		each is tried on the tables, the rules and the locks of every
 *		kernel on which it makes sense, and several at once
 *		(freebsd-14+spread+full-cache), and nothing is written twice.
 *		A proposal is data, a table in models/proposals/: switches that
 *		a family knows, an order of trying, plans in which locks are
 *		taken otherwise.  What forbids a port stays the kernel's.
 *
 * No kernel does any of this unless its text says so.
 */

#ifndef MODELS_NET_PROPOSAL_H
#define	MODELS_NET_PROPOSAL_H

#include <stdbool.h>
#include <stdint.h>

struct allocator;		/* models/ports/allocator.h */
struct lock_plan;		/* models/plans/plan.h */

/* What a family does otherwise; combine with |. */
enum proposal_switch {
	/* A connect() that has no address chooses one of all that there are,
	   with its port. */
	PROPOSAL_SPREAD = 1 << 0,
	/* bind(A, 0) with IP_BIND_ADDRESS_NO_PORT leaves the port to
	   connect(). */
	PROPOSAL_NOPORT = 1 << 1,
	/* A search ends a walk at the first pcb that is in the way. */
	PROPOSAL_FIRST_MATCH = 1 << 2,
	/* The local address is in the connection hash, */
	PROPOSAL_KEY_LADDR = 1 << 3,
	/* .. and there is a hash of (laddr, lport). */
	PROPOSAL_HASH_LADDR = 1 << 7,
	/* A question that failed is not asked again until a port frees. */
	PROPOSAL_FULL_CACHE = 1 << 4,
	/* Bitmaps of ports, by address and by destination. */
	PROPOSAL_BITMAP = 1 << 5,
	/* Ports known of a destination, as lport_cache knows them, but that
	   what was merged is one. */
	PROPOSAL_MENDED_CACHE = 1 << 6
};

/* On which families' tables it is worked out; combine with |. */
enum proposal_on {
	PROPOSAL_ON_FREEBSD = 1 << 0,
	PROPOSAL_ON_LINUX = 1 << 1
};

/* A plan, and the one that takes its place; a list ends with NULL. */
struct proposal_plan {
	const struct lock_plan *of, *is;
};

struct proposal {
	const char	*name;		/* "spread" */
	const char	*title;		/* one line */
	const char	*changes;	/* functions of the kernel */
	const char	*left_out;
	unsigned	on;		/* of enum proposal_on */
	unsigned	switches;	/* of enum proposal_switch */
	/* In which order ports are tried; NULL: the kernel's. */
	const struct allocator *allocator;
	/*
	 * Every search ends after so many candidates, even where a free port
	 * is left; 0: none.
	 */
	unsigned	max_tries;
	/* NULL: locks are taken as ever; else only these plans will do. */
	const struct proposal_plan *plans;
	/* Of them: candidates that a lock covers; 0: any number. */
	unsigned	stretch;
};

#endif /* !MODELS_NET_PROPOSAL_H */
