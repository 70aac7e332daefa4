/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Flat tables: pcbs hang in the buckets of a port table directly, without a
 * head a port between, and in those of a connection table.  NetBSD's and
 * OpenBSD's are such; which port is in which bucket, and when a pcb moves, is
 * theirs to say.
 *
 * Theory:	a lookup for a port goes along its bucket, passes pcbs of other
 *		ports, and ends early only at an unconnected pcb with exactly
 *		the address it looks for: a "special".  Whoever else matches,
 *		the whole bucket is visited.  So with the lengths of buckets,
 *		the pcbs a port, sets of ports by address, and for each special
 *		how many pcbs of other ports are ahead of it, a search over any
 *		range is answered without walking; `walk' is the definition,
 *		`index' the answer, and NET_SEARCH_BOTH does both and panics
 *		where they differ.
 *
 *		A pcb may be in another bucket than its port's (a connection
 *		that NetBSD accepted, one whose port OpenBSD took back).  It
 *		lengthens that bucket, and no lookup sees it: it is "lost".
 *
 *		Insertion is at the head always.  stamp is the order: the
 *		greater, the nearer to the head.
 * Models:	in_pcblookup_port(), in_pcblookup_connect(), sys/netinet/
 *		in_pcb.c, NetBSD of 2015; in_pcblookup_local_lock(),
 *		in_pcbhash_lookup(), OpenBSD 1.320.
 */

#ifndef MODELS_PCB_FLAT_H
#define	MODELS_PCB_FLAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/net/family.h"
#include "models/net/net.h"
#include "models/net/rule.h"
#include "models/ports/addr.h"
#include "models/ports/set.h"
#include "models/ports/sums.h"

#define	FLAT_NONE	UINT32_MAX

/* flat_pcb.flags */
#define	FLAT_FREE	0x01		/* in the pool, not in use */
#define	FLAT_HASHED	0x02		/* in the port table */
#define	FLAT_CONN	0x04		/* in the connection table */
#define	FLAT_LISTENING	0x08
#define	FLAT_LATE	0x10		/* the family's: a port is due later */

/* 64 bytes, of a cache's line: one among millions is one miss. */
struct flat_pcb {
	uint64_t	born;		/* order of creation */
	uint32_t	stamp_low;	/* flat_stamp(): order in its port
					   bucket */
	uint16_t	stamp_high;
	uint8_t		opts;		/* set of enum net_sockopt */
	uint8_t		flags;
	uint32_t	laddr, faddr;	/* as struct net_end */
	uint16_t	lport, fport;
	uint32_t	uid;
	uint16_t	under;		/* the port whose bucket it is in */
	uint16_t	laddr_idx;	/* number of laddr, if not lost */
	uint32_t	conn_bucket;
	uint32_t	conn_next, conn_prev;
	uint32_t	next, prev;	/* the port's own, if not lost */
	uint32_t	special;	/* its place among the bucket's */
	union {				/* no special is by tuple */
		uint32_t ahead;		/* special: of other ports, ahead */
		uint32_t tuple_next;	/* pcbs of one tuple hash */
	};
};

_Static_assert(sizeof(struct flat_pcb) == 64, "a pcb is more than a line");

struct flat_link {
	uint32_t	next, prev;
};

/* The specials of a bucket. */
struct flat_specials {
	uint32_t	*pcb;		/* pcb[used] */
	uint32_t	used, size;
};

struct flat {
	enum net_search	search;
	/* pcbs */
	struct flat_pcb	*pcb;		/* pcb[size] */
	uint32_t	size, used, free;
	size_t		live;		/* in use */
	uint64_t	stamp;
	/* the port table */
	uint32_t	nbuckets;	/* a power of two */
	const uint32_t	*port_hash;	/* [65536]; NULL: the port itself */
	size_t		hashed;
	uint32_t	*head;		/* walk: head[nbuckets] */
	struct flat_link *link;		/* .. link[size] */
	/*
	 * index: only buckets that a port is in, numbered as their first ports
	 * are; at most 65536, however many the kernel has.
	 */
	uint32_t	nused;
	uint16_t	*used_of;	/* of each port; port_hash NULL: NULL,
					   the bucket itself */
	uint32_t	*length;	/* length[nused] */
	struct port_sums *buckets;	/* port_hash NULL: lengths, by bucket */
	struct port_sums *reach;	/* else: of each port's bucket */
	uint32_t	*bucket_first;	/* .. ports of a bucket, [nused + 1] */
	uint16_t	*bucket_ports;	/* .. [65536] */
	struct flat_specials *specials;	/* specials[nused] */
	struct port_sums *own;		/* pcbs on each port */
	uint32_t	*port_head;	/* port_head[65536] */
	struct port_set	busy;		/* ports with any */
	struct port_addr_table addrs;
	/* the connection table */
	uint32_t	nconn;
	uint32_t	*conn_head;	/* conn_head[nconn] */
	/* Where it does not grow with the pcbs: lists may be long. */
	bool		by_tuple;	/* index: these two */
	uint32_t	*conn_length;	/* conn_length[nconn] */
	uint32_t	*tuple_head;	/* tuple_head[ntuples] */
	uint32_t	ntuples;
	size_t		connected;
};

/* Candidates in the order of trying, up or down, round the range. */
struct flat_run {
	uint16_t	start;
	bool		down;
	unsigned	count;
};

struct flat_query {
	uint32_t	laddr;
	bool		wild;		/* else unconnected ones with laddr */
	uint16_t	first, last;
	const struct port_set *skip;	/* tried, never looked up; or NULL */
};

/*
 * port_hash	of each port, its low bits name the bucket; borrowed; NULL: the
 *		port itself, and at most 65536 buckets.  A family that hashes
 *		lets both tables grow with its pcbs.
 */
void	flat_init(struct flat *, enum net_search, uint32_t nbuckets,
	    uint32_t nconn, const uint32_t *port_hash);
void	flat_fini(struct flat *);
/* Twice as many buckets of both kinds: empty tables of another size.  Every pcb
   must have been taken out, and goes in again. */
void	flat_resize(struct flat *, uint32_t nbuckets, uint32_t nconn);
size_t	flat_memory(const struct flat *);

/* A pcb in no table.  May move the others. */
uint32_t flat_alloc(struct flat *, unsigned opts, uint32_t uid);
/* Out of the tables it is in, and back to the pool. */
void	flat_release(struct flat *, uint32_t pcb);
/* KASSERTs that it is in use. */
struct flat_pcb *flat_get(const struct flat *, uint32_t pcb);

static inline uint32_t
flat_bucket(const struct flat *f, uint16_t lport)
{

	return ((f->port_hash == NULL ? lport : f->port_hash[lport]) &
	    (f->nbuckets - 1));
}

/* At the head of that port's bucket, whichever its own is. */
void	flat_insert(struct flat *, uint32_t pcb, uint16_t under);
void	flat_remove(struct flat *, uint32_t pcb);
/* Another end, where it stands. */
void	flat_change(struct flat *, uint32_t pcb, const struct net_end *);

/* The same of the connection table. */
void	flat_conn_insert(struct flat *, uint32_t pcb, uint32_t bucket);
void	flat_conn_remove(struct flat *, uint32_t pcb);
/*
 * Is there a pcb with exactly this end in the bucket?  It goes to the head
 * then.
 */
bool	flat_conn_lookup(struct flat *, const struct net_end *,
	    uint32_t bucket, struct net_visits *);

/*
 * The pcb on the port that matches best: unconnected with laddr before those
 * that differ in one thing, before those that differ in two; of equals, the
 * first.  wild false: the first kind only.  FLAT_NONE: none.
 */
uint32_t flat_lookup(const struct flat *, uint32_t laddr, uint16_t lport,
	    bool wild, struct net_visits *);

/*
 * The first candidate without a match.  In visits `portlist' counts pcbs on the
 * candidates' ports, `porthash' those of other ports in the same buckets.
 */
void	flat_search(const struct flat *, const struct flat_query *,
	    const struct flat_run *, struct port_found *);

/* Of [first, last]: see struct net_family. */
unsigned flat_ports_free(const struct flat *, const struct flat_query *);
void	flat_ports_by_laddr(const struct flat *, uint16_t first,
	    uint16_t last, const uint32_t *laddrs, unsigned n,
	    unsigned *busy);
/* pcbs of the port, ports of its bucket, head first; see net_plist(). */
size_t	flat_plist(const struct flat *, uint16_t lport, uint32_t *out,
	    size_t max);
size_t	flat_phash(const struct flat *, uint16_t lport, uint16_t *out,
	    size_t max);
/* Panics if a count or a list is wrong. */
void	flat_check(const struct flat *);

/* ---- for flat*.c alone ------------------------------------------------- */

static inline bool
flat_indexes(const struct flat *f)
{

	return (f->search != NET_SEARCH_WALK);
}

static inline bool
flat_walks(const struct flat *f)
{

	return (f->search != NET_SEARCH_INDEX);
}

static inline uint64_t
flat_stamp(const struct flat_pcb *p)
{

	return ((uint64_t)p->stamp_high << 32 | p->stamp_low);
}

/* The number of a port's bucket among those that have a port. */
static inline uint32_t
flat_used(const struct flat *f, uint16_t port)
{

	return (f->used_of == NULL ? port & (f->nbuckets - 1) :
	    f->used_of[port]);
}

/* How a pcb on the port differs from what is looked for; 3: in the address. */
static inline unsigned
flat_differs(const struct flat_pcb *p, uint32_t laddr)
{

	if (p->laddr != laddr && p->laddr != NET_ANY && laddr != NET_ANY)
		return (3);
	return ((p->faddr != NET_ANY) + (p->laddr != laddr));
}

/* No lookup finds it. */
static inline bool
flat_lost(const struct flat *f, const struct flat_pcb *p)
{

	return (p->lport == 0 || (p->lport != p->under &&
	    flat_bucket(f, p->under) != flat_bucket(f, p->lport)));
}

void	flat_index_init(struct flat *);
void	flat_index_fini(struct flat *);
void	flat_index_insert(struct flat *, uint32_t pcb);
void	flat_index_remove(struct flat *, uint32_t pcb);
void	flat_index_change(struct flat *, uint32_t pcb,
	    const struct net_end *);
bool	flat_index_connected(const struct flat *, const struct net_end *);
uint32_t flat_index_lookup(const struct flat *, uint32_t laddr,
	    uint16_t lport, bool wild, struct net_visits *);
void	flat_index_search(const struct flat *, const struct flat_query *,
	    const struct flat_run *, struct port_found *);
void	flat_index_check(const struct flat *);
uint32_t flat_walk_lookup(const struct flat *, uint32_t laddr,
	    uint16_t lport, bool wild, struct net_visits *);
void	flat_walk_search(const struct flat *, const struct flat_query *,
	    const struct flat_run *, struct port_found *);
void	flat_tuple_add(struct flat *, uint32_t pcb);
void	flat_tuple_drop(struct flat *, uint32_t pcb);

#endif /* !MODELS_PCB_FLAT_H */
