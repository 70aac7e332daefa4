/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The inside of a FreeBSD kernel's tables, for models/freebsd/ alone.
 */

#ifndef MODELS_FREEBSD_FREEBSD_H
#define	MODELS_FREEBSD_FREEBSD_H

#include "models/freebsd/variant.h"
#include "models/net/family.h"
#include "models/net/proposal.h"
#include "models/pcb/layout.h"
#include "models/pcb/table.h"
#include "models/ports/allocator.h"
#include "models/ports/cache.h"
#include "models/ports/full.h"

enum freebsd_range {
	FREEBSD_RANGE_DEFAULT,		/* net.first, net.last */
	FREEBSD_RANGE_HIGH,
	FREEBSD_RANGE_LOW,
	FREEBSD_NRANGES
};

struct freebsd {
	struct net	net;		/* first */
	const struct freebsd_variant *variant;
	struct pcb_layout changed;	/* a proposal's */
	const struct pcb_layout *layout;	/* the variant's, or that */
	const struct proposal *proposal;	/* none: one without anything */
	const struct allocator *allocator;
	enum port_rule	connect_rule;	/* see struct allocator */
	void		*state;		/* the allocator's */
	struct allocator_conf conf;
	/*
	 * The high and the low range as set, and the rovers of all three; the
	 * one in use is the allocator's.
	 */
	struct {
		uint16_t	first, last;
		uint16_t	lastport;
	} ranges[FREEBSD_NRANGES];
	enum freebsd_range range;	/* in use */
	bool		unique;		/* tcp.require_unique_port */
	bool		inaddr_wild;	/* ip.connect_inaddr_wild */
	struct pcb_table table;
	struct port_cache *known;	/* NULL: the stack has none */
	struct freebsd_memory *memory;	/* .. the proposal */
	uint32_t	hash_seed;
	uint32_t	hash_mask, port_mask;
};

static inline struct freebsd *
freebsd_of(struct net *n)
{

	return ((struct freebsd *)(void *)n);
}

static inline const struct freebsd *
freebsd_of_const(const struct net *n)
{

	return ((const struct freebsd *)(const void *)n);
}

static inline bool
freebsd_does(const struct freebsd *f, enum proposal_switch what)
{

	return ((f->proposal->switches & what) != 0);
}

/* The pcb; panics if it is free. */
struct pcb *freebsd_pcb(const struct freebsd *, uint32_t pcb);

/* ---- memory.c: what proposals remember ---------------------------------- */

/* Of f->proposal; NULL: nothing. */
struct freebsd_memory *freebsd_memory_new(const struct freebsd *);
void	freebsd_memory_free(struct freebsd_memory *);
/* What it takes here, and what it would in a kernel. */
size_t	freebsd_memory_size(const struct freebsd_memory *);
size_t	freebsd_memory_bytes(const struct freebsd *);

/* The pcb is in the tables as it will stay. */
void	freebsd_memory_entered(struct freebsd *, uint32_t pcb);
/* It is about to leave them, or, if it stays, to be connected. */
void	freebsd_memory_leaves(struct freebsd *, uint32_t pcb, bool stays);

/* Is it known that there is nothing? */
bool	freebsd_memory_full(const struct freebsd *, const struct port_query *);
/* For a search that begins; then, if it has tried every port in vain. */
uint32_t freebsd_memory_version(const struct freebsd *,
	    const struct port_query *);
void	freebsd_memory_failed(struct freebsd *, const struct port_query *,
	    uint32_t version);

/* Does a search for this look into bitmaps? */
bool	freebsd_memory_bits(const struct freebsd *, const struct port_query *);
/* What it touches there: found->visits, found->passed. */
void	freebsd_memory_count(const struct freebsd *, const struct port_query *,
	    const struct port_run *, struct port_found *);

/* ---- lport.c: the search for a port ------------------------------------ */

/*
 * The range of a search, into q->first and q->last by q->range; its rover
 * becomes the allocator's.
 */
void	freebsd_lport_range(struct freebsd *, struct port_query *);

/*
 * Search a free port by the query's rule, from the first candidate to the last;
 * the query's range is filled in.  Returns 0, EADDRNOTAVAIL or NET_EDIVZERO.
 */
int	freebsd_lport(struct freebsd *, uint32_t pcb, struct port_query *,
	    uint16_t *lport, struct net_op *);

/*
 * The same for a connect(): where every local address will do, with q->laddr
 * for the one that it has a port of.
 */
int	freebsd_lport_connect(struct freebsd *, uint32_t pcb,
	    struct port_query *, uint16_t *lport, struct net_op *);

/* The addresses that a connect() may have, and which it tries now. */
struct freebsd_laddrs {
	unsigned	place, left;	/* .. behind that one */
};

/* The first, into q->laddr; may draw. */
void	freebsd_laddrs_begin(struct freebsd *, uint32_t pcb,
	    struct port_query *, struct freebsd_laddrs *);
/* The next; false: there is none. */
bool	freebsd_laddrs_next(const struct freebsd *, struct port_query *,
	    struct freebsd_laddrs *);

/*
 * Try the candidates of a run until one is free, `max' were looked up or the
 * run is over.  Where the stack remembers ports, the pcb is attached to what
 * is known of the destination, and ports that are known are skipped.
 */
void	freebsd_lport_try(struct freebsd *, uint32_t pcb,
	    const struct port_query *, const struct port_run *, unsigned max,
	    struct port_found *);

/* The allocator's run, as far as a proposal changes it. */
void	freebsd_lport_run(const struct freebsd *, const struct port_query *,
	    struct port_run *);

/*
 * The pcb's search is over: with the port lport, or, if that is 0, without.
 * Returns 0 or EADDRNOTAVAIL.
 */
int	freebsd_lport_over(struct freebsd *, uint32_t pcb,
	    const struct port_query *, uint16_t lport);

/* The port so many further on in the query's range, and round. */
uint16_t freebsd_lport_after(const struct port_query *, uint16_t port,
	    uint64_t further);

/* ---- call.c: the system calls ------------------------------------------ */

uint32_t freebsd_socket(struct net *, unsigned opts, uint32_t uid,
	    struct net_op *);
void	freebsd_setopt(struct net *, uint32_t pcb, enum net_sockopt,
	    bool on);
void	freebsd_bind(struct net *, uint32_t pcb, uint32_t laddr,
	    uint16_t lport, struct net_op *);
void	freebsd_listen(struct net *, uint32_t pcb, struct net_op *);
void	freebsd_connect(struct net *, uint32_t pcb, uint32_t faddr,
	    uint16_t fport, struct net_op *);
void	freebsd_accept(struct net *, uint32_t pcb, const struct net_end *,
	    struct net_op *);
void	freebsd_close(struct net *, uint32_t pcb, struct net_op *);

/* .. and parts of bind(2) and connect(2) */

/* How bind() of port 0 looks for one. */
struct port_query freebsd_local_query(const struct pcb *, uint32_t laddr);
/* May the socket be bound to this address at all? */
/* The range that a socket's options choose. */
enum freebsd_range freebsd_range_of(const struct pcb *);
int	freebsd_check_bind(const struct freebsd *, const struct pcb *,
	    uint32_t laddr);
/* May it take (laddr, lport) that it asks for by name? */
int	freebsd_check_named(struct freebsd *, const struct pcb *,
	    uint32_t laddr, uint16_t lport, struct net_op *);
/* Does bind(laddr, 0) take no port? */
bool	freebsd_leaves_port(const struct freebsd *, const struct pcb *,
	    uint32_t laddr);
void	freebsd_enter_bound(struct freebsd *, uint32_t pcb, uint32_t laddr,
	    uint16_t lport, struct net_op *);

/* May the socket be connected at all? */
int	freebsd_check_connect(const struct freebsd *, const struct pcb *);
/* Is it bound to (*, port) before its address is chosen? */
bool	freebsd_binds_first(const struct freebsd *, const struct pcb *);
/* The tuple that connect() wants, with the source address chosen. */
int	freebsd_tuple_query(const struct freebsd *, const struct pcb *,
	    uint32_t faddr, uint16_t fport, struct port_query *);
/* A socket with a port: is the tuple free?  Then it is its. */
int	freebsd_connect_bound(struct freebsd *, uint32_t pcb,
	    const struct port_query *, struct net_op *);
/* An unbound socket gets its port and both addresses at once. */
void	freebsd_enter_connected(struct freebsd *, uint32_t pcb,
	    const struct port_query *, uint16_t lport, struct net_op *);

/* ---- seek.c: the same in pieces; see models/net/seek.h ------------------ */

enum net_seek_state freebsd_seek_bind(struct net *, struct net_seek *,
	    uint32_t laddr, uint16_t lport, struct net_op *);
enum net_seek_state freebsd_seek_connect(struct net *, struct net_seek *,
	    uint32_t faddr, uint16_t fport, struct net_op *);
enum net_seek_state freebsd_seek_stretch(struct net *, struct net_seek *,
	    unsigned max, struct net_op *);
enum net_seek_state freebsd_seek_take(struct net *, struct net_seek *,
	    struct net_op *);
uint32_t freebsd_seek_bucket(const struct net *, unsigned kind,
	    uint32_t faddr, uint16_t fport, uint16_t lport);

#endif /* !MODELS_FREEBSD_FREEBSD_H */
