/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The boundary between time and decisions: what a kernel family implements.
 *
 * Theory:	a family is one constant table of functions and a structure that
 *		begins with struct net.  It owns its tables, whatever they are:
 *		FreeBSD's port and connection hash, a port hash with one lock, a
 *		hash of bind buckets, classes of ports by CPU.  Nothing above
 *		knows how they look; it knows decisions, errors, counts of what
 *		was visited, and which buckets' locks a search takes.  Releases
 *		of one family differ by `variant', a structure of the family's.
 *
 *		Every hook is required, but for those that say what NULL means.
 *		A pcb is a number of the family's.
 *
 * Adding one:	docs/ARCHITECTURE.md.
 */

#ifndef MODELS_NET_FAMILY_H
#define	MODELS_NET_FAMILY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/net/addr.h"
#include "models/net/net.h"
#include "models/net/seek.h"

/* Where a pcb stands. */
struct net_end {
	uint32_t	laddr, faddr;	/* NET_ANY: none */
	uint16_t	lport, fport;	/* 0: none */
};

struct net_family {
	const char	*name;		/* "freebsd" */
	/* Has it kern.ipc.maxsockets? */
	bool		limits_sockets;
	/* Proposals that it knows, of enum proposal_on. */
	unsigned	proposals;
	/* Name of a variant's allocator (models/ports/allocator.h). */
	const char	*(*allocator)(const void *variant);
	/* Sizes that a net_conf with 0 means; 0: it must say. */
	uint32_t	hashsize, porthashsize;

	/* Its connection hash has any number of buckets, not a power of 2. */
	bool		any_hashsize;

	/* g_malloc()ed, zeroed but for the tables; net_new() does the rest. */
	struct net	*(*new)(const struct net_conf *);
	void		(*free)(struct net *);

	/* ---- system calls and segments; see net.h ---- */
	uint32_t	(*socket)(struct net *, unsigned opts, uint32_t uid,
			    struct net_op *);
	void		(*setopt)(struct net *, uint32_t pcb,
			    enum net_sockopt, bool on);
	bool		has_noport;	/* it knows NET_NOPORT */
	/* NULL: sockets have no range of their own. */
	void		(*setopt_range)(struct net *, uint32_t pcb,
			    uint16_t first, uint16_t last);
	void		(*bind)(struct net *, uint32_t pcb, uint32_t laddr,
			    uint16_t lport, struct net_op *);
	void		(*listen)(struct net *, uint32_t pcb,
			    struct net_op *);
	void		(*connect)(struct net *, uint32_t pcb, uint32_t faddr,
			    uint16_t fport, struct net_op *);
	/* `end' is complete or the error EINVAL. */
	void		(*accept)(struct net *, uint32_t pcb,
			    const struct net_end *end, struct net_op *);
	void		(*close)(struct net *, uint32_t pcb, struct net_op *);
	/*
	 * A connected pcb goes to TIME_WAIT; `close' ends it.  NULL: its
	 * tables and decisions do not tell it from before.
	 */
	void		(*timewait)(struct net *, uint32_t pcb,
			    struct net_op *);
	/* Time passes.  NULL: no decision depends on it. */
	void		(*wait)(struct net *, uint64_t ms);
	void		(*tick)(struct net *);	/* NULL: never */
	/* Does this variant tick?  NULL: if there is `tick'. */
	bool		(*ticks)(const struct net *);

	/*
	 * bind(2) and connect(2) in pieces, where no lock covers a search;
	 * .begin_bind NULL: one does, always.
	 */
	struct net_seek_ops seek;

	/* ---- knobs, beside the range; ended by a NULL name ---- */
	const struct net_knob *knobs;
	/* Does this variant read that one of them?  NULL: all of them. */
	bool		(*reads)(const void *variant, const char *knob);

	/* ---- what things cost ---- */
	/*
	 * Does `porthash' of struct net_visits count pcbs of other ports, which
	 * cost as much as others, rather than port heads?
	 */
	bool		porthash_counts_pcbs;
	/* Pcbs that an inbound segment's lookup visits; NULL: 1. */
	uint64_t	(*inbound_visits)(const struct net *);

	/* Bytes that choosing ports takes, beside the tables; NULL: none. */
	size_t		(*allocator_bytes)(const struct net *);
	/* Is it a port that no search gives?  NULL: there are none. */
	bool		(*avoids)(const struct net *, uint16_t lport);

	/* ---- state ---- */
	void		(*pcb)(const struct net *, uint32_t pcb,
			    struct net_end *);
	unsigned	(*lastport)(const struct net *);  /* NULL: 0 */
	unsigned	(*stoprandom)(const struct net *);  /* NULL: 0 */
	/* Of [first, last]: held by any pcb. */
	unsigned	(*ports_busy)(const struct net *, uint16_t first,
			    uint16_t last);
	/* .. free for bind(laddr, 0) */
	unsigned	(*ports_free)(const struct net *, uint16_t first,
			    uint16_t last, uint32_t laddr);
	/* .. that a pcb with the laddr is on */
	void		(*ports_by_laddr)(const struct net *, uint16_t first,
			    uint16_t last, const uint32_t *laddrs, unsigned n,
			    unsigned *busy);
	/* .. free for an unbound connect() that comes from q->laddr */
	unsigned	(*tuples_free)(const struct net *,
			    const struct port_query *q);
	size_t		(*plist)(const struct net *, uint16_t lport,
			    uint32_t *out, size_t max);
	size_t		(*phash)(const struct net *, uint16_t lport,
			    uint16_t *out, size_t max);
	size_t		(*memory)(const struct net *);	/* but struct net's */
	void		(*check)(const struct net *);
};

/* What every family keeps; its own structure begins with this. */
struct net {
	const struct net_family *family;
	uint16_t	first, last;	/* as set: first > last is possible */
	uint32_t	first_laddr;	/* 0: none yet */
	uint32_t	primary;	/* source of unbound connects */
	unsigned	cpu;		/* that calls come from */
	struct net_addr_map laddrs;	/* to its place among them */
	uint32_t	*laddr;		/* laddr[nladdrs], by place */
	unsigned	nladdrs;
	struct net_addr_map routes;	/* faddr -> source */
	uint32_t	(*draw)(void *arg);
	void		*draw_arg;
	struct net_op	*op;		/* in progress: counts the draws */
	const size_t	*npcbs;		/* the family's count of hashed pcbs,
					   read with every charge */
	uint64_t	nsockets;	/* pcbs, hashed or not */
	uint64_t	maxsockets;	/* at most so many; 0: any number */
};

/* The range of ports, first <= last. */
void	net_range(const struct net *, uint16_t *first, uint16_t *last);

/* A random value, counted in net->op; `net' is a struct net. */
uint32_t net_draw(void *net);

/* The source address of a connection to faddr; 0 or ENETUNREACH. */
int	net_source(const struct net *, uint32_t faddr, uint32_t *laddr);

/* The greatest power of two that is not above n > 0. */
uint32_t net_round_down(uint32_t n);

#endif /* !MODELS_NET_FAMILY_H */
