/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The inside of struct net, for the files net*.c alone.
 */

#ifndef MODELS_FREEBSD_CORE_H
#define	MODELS_FREEBSD_CORE_H

#include "models/net/addr.h"
#include "models/net/net.h"
#include "models/pcb/table.h"
#include "models/ports/allocator.h"
#include "models/ports/cache.h"

struct pcb_layout;
struct stack;

struct net {
	const struct stack *stack;
	const struct pcb_layout *layout;
	const struct allocator *allocator;
	void		*state;		/* the allocator's */
	struct allocator_conf conf;
	bool		unique;		/* tcp.require_unique_port */
	struct pcb_table table;
	struct port_cache *known;	/* NULL: the stack has none */
	uint32_t	hash_seed;
	uint32_t	hash_mask, port_mask;
	struct net_addr_map laddrs;
	struct net_addr_map routes;
	uint32_t	first_laddr;	/* 0: none yet */
	uint32_t	primary;
	uint32_t	(*draw)(void *arg);
	void		*draw_arg;
	struct net_op	*op;		/* in progress: gets the draws */
};

/* The pcb; panics if it is free. */
struct pcb *net_pcb(const struct net *, uint32_t pcb);

/* The range of ports, first <= last. */
void	net_range(const struct net *, uint16_t *first, uint16_t *last);

/* ---- lport.c: the search for a port -------------------------------- */

/*
 * Search a free port by the query's rule, from the first candidate to the last;
 * the query's range is filled in.  Returns 0, EADDRNOTAVAIL or NET_EDIVZERO.
 */
int	net_lport(struct net *, struct port_query *, uint16_t *lport,
	    struct net_op *);

/*
 * Try the candidates of a run until one is free, `max' were looked up or the
 * run is over.
 *
 * knows	[in/out] the search shares what is known of its destination;
 *		false at first.  Ports it knows of are skipped, not looked up.
 */
void	net_lport_try(struct net *, const struct port_query *,
	    const struct port_run *, unsigned max, bool *knows,
	    struct port_found *);

/* The search took the port: who knows is known. */
void	net_lport_took(struct net *, const struct port_query *, bool knows,
	    uint16_t lport);

/* The connected pcb leaves the tables. */
void	net_lport_forget(struct net *, const struct pcb *);

/* ---- call.c: parts of bind(2) and connect(2) ----------------------- */

/* How bind() of port 0 looks for one. */
struct port_query net_local_query(const struct pcb *, uint32_t laddr);
/* May the socket be bound to this address at all? */
int	net_check_bind(const struct net *, const struct pcb *,
	    uint32_t laddr);
/* May it take (laddr, lport) that it asks for by name? */
int	net_check_named(struct net *, const struct pcb *, uint32_t laddr,
	    uint16_t lport, struct net_op *);
void	net_enter_bound(struct net *, uint32_t pcb, uint32_t laddr,
	    uint16_t lport, struct net_op *);

/* May the socket be connected at all? */
int	net_check_connect(const struct pcb *);
/* The tuple that connect() wants, with the source address chosen. */
int	net_tuple_query(const struct net *, const struct pcb *,
	    uint32_t faddr, uint16_t fport, struct port_query *);
/* An unbound socket gets its port and both addresses at once. */
void	net_enter_connected(struct net *, uint32_t pcb,
	    const struct port_query *, uint16_t lport, struct net_op *);

#endif /* !MODELS_FREEBSD_CORE_H */
