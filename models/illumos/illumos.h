/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The inside of illumos' tables, for models/illumos/ alone.
 *
 *	bind hash (port mod 1024) -> first conn of each port -> next port's ..
 *	                              -> others of the port
 *	connection hash -> conns
 */

#ifndef MODELS_ILLUMOS_ILLUMOS_H
#define	MODELS_ILLUMOS_ILLUMOS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/net/family.h"
#include "models/pcb/heads.h"
#include "models/pcb/memo.h"
#include "models/ports/addr.h"
#include "models/ports/set.h"

#define	CONN_NIL	UINT32_MAX

/* As far as port choice asks. */
enum illumos_state {
	ILLUMOS_FREE,		/* of the pool */
	ILLUMOS_IDLE,		/* blocks nobody, even in the bind hash */
	ILLUMOS_BOUND,
	ILLUMOS_LISTEN,
	ILLUMOS_CONNECTED	/* and all that comes after */
};

struct illumos_conn {
	uint32_t	bound;		/* address given to bind(2), or * */
	uint32_t	laddr, faddr;
	uint16_t	lport, fport;
	uint32_t	uid;
	uint32_t	bnext, bprev;	/* on its port; free ones: bnext */
	uint32_t	cnext, cprev;	/* in its connection bucket */
	uint32_t	tnext;		/* on its chain of tuples */
	uint16_t	laddr_idx;	/* number of laddr, in the bind hash */
	uint8_t		opts;		/* set of enum net_sockopt */
	uint8_t		state;
	bool		in_bind, in_conn;
};

/* What a candidate is asked. */
enum illumos_rule {
	ILLUMOS_BIND,		/* bind(2) */
	ILLUMOS_BIND_REUSE,	/* .. with SO_REUSEADDR */
	ILLUMOS_QUICK		/* connect(2) of a socket without a port */
};

struct illumos {
	struct net	net;		/* first */
	enum net_search	search;
	bool		random;		/* tcp_random_anon_port */
	unsigned	next_port;	/* to try; may be last + 1 */
	struct port_set	epriv;		/* extra privileged ports */
	struct illumos_conn *conn;	/* conn[size] */
	uint32_t	size, used, free;
	size_t		hashed;		/* conns in any table */
	/* The bind hash. */
	struct pcb_heads heads;
	uint32_t	list[65536];	/* first conn on each port, */
	uint32_t	on[65536];	/* .. how many there are, and of */
	uint32_t	wild[65536];	/* .. these bound to * */
	/* The connection hash. */
	uint32_t	hashsize;	/* any number */
	uint32_t	*bucket;	/* bucket[hashsize] */
	/*
	 * The search by index.  The connection hash spreads the conns of one
	 * destination over 256 buckets at most: whether a tuple is there is
	 * found on chains of our own, and what the walk visits is a length.
	 */
	uint32_t	*length;	/* length[hashsize] */
	uint32_t	*tuple;		/* tuple[ntuples], a power of two */
	uint32_t	ntuples;
	struct pcb_clock clock;
	struct pcb_memos memos;
	struct port_addr_table addrs;
};

static inline struct illumos *
illumos_of(struct net *n)
{

	return ((struct illumos *)(void *)n);
}

static inline const struct illumos *
illumos_of_const(const struct net *n)
{

	return ((const struct illumos *)(const void *)n);
}

/* ---- table.c: the tables ------------------------------------------------- */

/* Anew, with so many bind buckets; there must be no conn in a table. */
void	illumos_table_init(struct illumos *, unsigned bindhash);
void	illumos_table_fini(struct illumos *);
size_t	illumos_table_memory(const struct illumos *);
void	illumos_table_check(const struct illumos *);

uint32_t illumos_conn_new(struct illumos *);
void	illumos_conn_free(struct illumos *, uint32_t conn);
/* The conn; panics if it is free. */
struct illumos_conn *illumos_conn(const struct illumos *, uint32_t conn);

/* Into, out of the bind hash, by its lport; out: if it is there. */
void	illumos_bind_insert(struct illumos *, uint32_t conn,
	    struct net_visits *);
void	illumos_bind_remove(struct illumos *, uint32_t conn);
/* A conn of the bind hash gets another state. */
void	illumos_set_state(struct illumos *, uint32_t conn,
	    enum illumos_state);
/* .. or another local address. */
void	illumos_set_laddr(struct illumos *, uint32_t conn, uint32_t laddr);

/* .. or another address that it is bound to. */
void	illumos_set_bound(struct illumos *, uint32_t conn, uint32_t bound);

/*
 * The conn that makes the port taken, or CONN_NIL; the conns of the port that
 * are passed are added to *visits, those of other ports are not.  Along the
 * list; or, unless searches are by walk, without it if nobody there matters.
 */
uint32_t illumos_bind_walk(const struct illumos *,
	    const struct pcb_question *, uint16_t lport, uint64_t *visits);
uint32_t illumos_bind_find(const struct illumos *,
	    const struct pcb_question *, uint16_t lport, uint64_t *visits);

/*
 * Into the connection hash, but not if the 4-tuple is there: false.  Adds the
 * conns passed to *visits.
 */
bool	illumos_conn_insert(struct illumos *, uint32_t conn,
	    uint64_t *visits);
/* If it is there. */
void	illumos_conn_remove(struct illumos *, uint32_t conn);

/* ---- lport.c: the search for a port -------------------------------------- */

/*
 * An automatic port.  0 or EADDRNOTAVAIL.  The conn is taken out of the bind
 * hash first.
 */
int	illumos_lport(struct illumos *, uint32_t conn,
	    const struct pcb_question *, uint16_t *lport, struct net_op *);

/* A random port that a failing bind(2) of a named one draws in vain. */
void	illumos_lport_in_vain(struct illumos *);

/* ---- call.c: the system calls -------------------------------------------- */

uint32_t illumos_socket(struct net *, unsigned opts, uint32_t uid,
	    struct net_op *);
void	illumos_setopt(struct net *, uint32_t conn, enum net_sockopt,
	    bool on);
void	illumos_bind(struct net *, uint32_t conn, uint32_t laddr,
	    uint16_t lport, struct net_op *);
void	illumos_listen(struct net *, uint32_t conn, struct net_op *);
void	illumos_connect(struct net *, uint32_t conn, uint32_t faddr,
	    uint16_t fport, struct net_op *);
void	illumos_accept(struct net *, uint32_t conn, const struct net_end *,
	    struct net_op *);
void	illumos_close(struct net *, uint32_t conn, struct net_op *);

#endif /* !MODELS_ILLUMOS_ILLUMOS_H */
