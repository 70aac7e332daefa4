/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * How soon something comes back: a port, a 4-tuple.
 *
 * Theory:	firewalls and NATs remember a connection for a while after its
 *		last segment, and duplicates of its segments may be on their
 *		way; who comes back sooner meets them.  So the distance counts
 *		from the end of the last use, when the last segment but those of
 *		TIME_WAIT was exchanged, to the next use: in time, and in
 *		connections that the machine opened between.  What is used again
 *		while it is in use (a port towards another destination) came
 *		back at once.  A port is that of one address; those of the first
 *		REUSE_ADDRS are watched.
 *
 *		Tuples are many: they are kept in a hash table of at most
 *		REUSE_MAXTUPLES.  When that is full only every other tuple, by
 *		its hash, is watched from then on, and so on; so quantiles stay
 *		those of all tuples, and the minimum is of the watched ones.
 *		Their share is told.
 */

#ifndef MODELS_MEASURES_REUSE_H
#define	MODELS_MEASURES_REUSE_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/hist.h"
#include "sim/time.h"

#define	REUSE_MAXTUPLES	(1u << 19)	/* places; 3/4 are used */
#define	REUSE_ADDRS	16u

struct reuse_tuple {
	uint32_t	laddr, faddr;
	uint16_t	lport, fport;
};

/* When something was used last. */
struct reuse_last {
	simtime		time;
	uint64_t	opened;		/* connections opened until then */
};

/* A port of an address, and the connections on it now. */
struct reuse_port {
	struct reuse_last last;
	uint32_t	users;
};

struct reuse_entry {
	struct reuse_tuple tuple;	/* lport 0: no entry */
	struct reuse_last last;
};

/* Distances. */
struct reuse_found {
	struct hist	*time;		/* ps */
	struct hist	*conns;
};

struct reuse {
	uint64_t	opened;		/* connections, so far */
	/* Of each port of an address; NULL: it had none yet. */
	struct reuse_port *port[REUSE_ADDRS];
	struct reuse_entry *entry;	/* entry[size] */
	unsigned	size, used;
	unsigned	halvings;	/* one in 2^halvings is watched */
	unsigned	maxtuples;
	struct reuse_found ports, tuples;
};

/* maxtuples	a power of two, REUSE_MAXTUPLES but in tests */
void	reuse_init(struct reuse *, unsigned maxtuples);
void	reuse_fini(struct reuse *);
/* Distances begin anew; what was used last is remembered. */
void	reuse_forget(struct reuse *);

/*
 * A connection was opened; it is over.
 *
 * place	its address' number
 */
void	reuse_open(struct reuse *, const struct reuse_tuple *,
	    unsigned place, simtime now);
void	reuse_end(struct reuse *, const struct reuse_tuple *, unsigned place,
	    simtime now);

#endif /* !MODELS_MEASURES_REUSE_H */
