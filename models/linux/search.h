/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A search for a port, pass by pass.
 *
 * Theory:	a pass tries ports low + offset, then `stride' further each,
 *		less the size of the range where that is above it.  connect()
 *		makes two, ports as even or odd as the range's first, then the
 *		others; bind(A, 0) the other way round, and with SO_REUSEADDR
 *		in the lower half of the range first.  A range of its own
 *		(IP_LOCAL_PORT_RANGE) connect() passes in one, by ones.
 *
 *		Where the size of the range is odd, it is taken as one less,
 *		so that with an offset > 0 the first port is never tried, and
 *		with 0 the last.
 * Models:	__inet_hash_connect(), net/ipv4/inet_hashtables.c;
 *		inet_csk_find_open_port(), net/ipv4/inet_connection_sock.c;
 *		Linux 6.1, 6.18, 7.1.
 */

#ifndef MODELS_LINUX_SEARCH_H
#define	MODELS_LINUX_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

#include "models/linux/tables.h"
#include "models/net/net.h"

struct linux_pass {
	uint16_t	start;		/* first candidate */
	uint16_t	high;		/* last port there is */
	unsigned	span;		/* taken off where a port is above */
	unsigned	stride;		/* from candidate to candidate */
	unsigned	step;		/* 1: all ports; 2: of one parity */
	unsigned	count;		/* candidates */
};

struct linux_search {
	bool		connects;
	bool		by_ones;	/* connect: one pass, all ports */
	bool		relax;		/* bind: ip_autobind_reuse's pass */
	bool		second;		/* of the two parities */
	uint8_t		half;		/* bind: 0 all, 1 lower, 2 upper */
	uint32_t	sock;
	uint32_t	was;		/* bind: laddr, should it fail */
	struct linux_tuple tuple;	/* lport: the one given, else 0 */
	uint16_t	low, high;	/* the socket's range */
	uint32_t	base;		/* of the half in hand: first port, */
	uint32_t	remaining;	/* .. and size, even if it can be */
	uint32_t	offset;
	unsigned	stride;		/* connect: of the step width */
	uint64_t	port_offset;	/* connect: see offset.c */
	unsigned	left;		/* candidates that may be tried yet */
	uint16_t	place;		/* spread: of the address in hand, */
	uint16_t	addrs_left;	/* .. and addresses behind it */
	struct linux_pass pass;
	unsigned	done;		/* candidates of the pass */
};

/* What trying candidates came to. */
struct linux_found {
	bool		found;
	uint16_t	lport;		/* the free one */
	unsigned	nth;		/* .. from the pass' first, 0.. */
	uint64_t	tried;
	uint64_t	reserved;	/* of these, not looked at */
	uint64_t	unlocked;	/* .. looked at without a lock */
	struct net_visits visits;	/* porthash: bind buckets; portlist:
					   sockets in them; connhash:
					   established sockets */
};

struct linux_net;

/*
 * The first pass, for a socket's range of ports; draws.  The caller has set
 * what is above `low' but `second'.
 */
void	linux_search_first(struct linux_net *, struct linux_search *);
/* The next pass; false: there is none. */
bool	linux_search_next(struct linux_net *, struct linux_search *);

/* Candidate i of the pass. */
static inline uint16_t
linux_pass_port(const struct linux_pass *p, unsigned i)
{
	uint64_t port;

	/* Less than one lap for each candidate: the kernel subtracts once. */
	port = p->start + (uint64_t)i * p->stride;
	if (port > p->high)
		port -= (port - p->high + p->span - 1) / p->span * p->span;
	return ((uint16_t)port);
}

/*
 * Where a port stands in sets of ports here: the even ones first, then the
 * odd, so that candidates of a pass are neighbours.
 */
static inline uint16_t
linux_place(unsigned port)
{

	return ((uint16_t)((port & 1) << 15 | port >> 1));
}

static inline uint16_t
linux_port_at(unsigned place)
{

	return ((uint16_t)(place << 1 | place >> 15));
}

#endif /* !MODELS_LINUX_SEARCH_H */
