/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Sockets, bind buckets and established sockets as Linux has them.
 *
 * Theory:	bhash has a bucket for each port that somebody is on; the
 *		bucket says whether connect() may have the port
 *		(fastreuse and fastreuseport, both -1), and lists the
 *		bhash2 buckets of the port, one an address, and these list
 *		their sockets, newest first.  A TIME_WAIT stays on its list.
 *		The hash of established sockets is by tuple, newest first.
 *
 *		In one namespace, a bhash of 65,536 chains has at most one
 *		bucket each: the hash is linear in the port.
 *
 * Left out:	buckets of other (address, port) pairs in the same chain of
 *		bhash2; network namespaces, devices.
 */

#ifndef MODELS_LINUX_TABLES_H
#define	MODELS_LINUX_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define	LINUX_NONE	UINT32_MAX
#define	LINUX_NOBUCKET	0		/* of bhash2; they count from 1 */

enum linux_state {
	LINUX_CLOSED,			/* neither of the following */
	LINUX_LISTENING,
	LINUX_CONNECTED,
	LINUX_TIMEWAIT,
	LINUX_UNUSED			/* no socket: in the pool */
};

/* linux_sock.locks, as sk_userlocks */
#define	LINUX_ADDR_LOCK		1	/* bound to an address */
#define	LINUX_PORT_LOCK		2	/* bound to a port by name */
#define	LINUX_CONNECT_BIND	4	/* connect() chose the port */

/*
 * A line of a cache.  What only a socket that may still bind needs lies where
 * a TIME_WAIT has the links to its like.
 */
struct linux_sock {
	uint32_t	laddr, faddr;	/* 0: * */
	uint16_t	lport, fport;	/* host order, 0: none */
	union {
		struct {
			uint32_t	uid;
			uint16_t	low, high; /* IP_LOCAL_PORT_RANGE;
						      0, 0: none */
		};
		struct {
			/* TIME_WAITs of its destination, oldest first */
			uint32_t	wnext, wprev;
		};
	};
	uint32_t	bucket;		/* of bhash2 */
	uint32_t	next, prev;	/* in it; next: free ones, too */
	uint32_t	hnext, hprev;	/* established: in its chain */
	uint32_t	ahead;		/* .. how many are before it */
	uint32_t	dest;		/* the index' record of (laddr, faddr,
					   fport) */
	uint32_t	dnext, dprev;	/* .. others of it */
	uint64_t	since : 48;	/* TIME_WAIT, ms */
	uint64_t	opts : 8;	/* set of enum net_sockopt */
	uint64_t	state : 3;	/* enum linux_state */
	uint64_t	locks : 3;
	uint64_t	stamped : 1;	/* TIME_WAIT: the peer sent
					   timestamps */
};

_Static_assert(sizeof(struct linux_sock) == 64, "a socket is more than a line");

/* bhash: a port. */
struct linux_port {
	uint32_t	first;		/* bucket of bhash2; none: no bucket */
	uint32_t	fastuid, fastaddr;
	int8_t		fastreuse, fastreuseport;
};

/*
 * bhash2: an address and port.  The address is that of its owners: while it has
 * none, between two of them, nobody finds it.
 */
struct linux_bucket2 {
	uint16_t	port;
	int8_t		fastreuse, fastreuseport;
	uint32_t	owners;		/* first socket */
	uint32_t	next, prev;	/* of the port */
	uint32_t	hnext;		/* in our hash; free ones, too */
};

struct linux_tables {
	struct linux_sock *sock;	/* sock[nsocks] */
	uint32_t	nsocks, size, unused;
	size_t		bound;		/* sockets on a port */
	struct linux_port *port;	/* port[65536] */
	struct linux_bucket2 *b2;	/* b2[nb2], from 1 */
	uint32_t	nb2, b2size, b2unused, b2live;
	uint32_t	*b2hash;	/* b2hash[b2mask + 1] */
	uint32_t	b2mask;
	uint32_t	*chain;		/* established; chain[hmask + 1] */
	uint32_t	hmask;
	uint64_t	secret;		/* of the hash */
};

struct linux_tuple {
	uint32_t	laddr, faddr;
	uint16_t	lport, fport;
};

void	linux_tables_init(struct linux_tables *, uint32_t hashsize,
	    uint64_t secret);
void	linux_tables_fini(struct linux_tables *);
size_t	linux_tables_memory(const struct linux_tables *);

/* A socket with every field zero, on no list.  May move the others. */
uint32_t linux_sock_alloc(struct linux_tables *);
void	linux_sock_release(struct linux_tables *, uint32_t sock);

/* LINUX_NOBUCKET: there is none. */
uint32_t linux_bucket2_find(const struct linux_tables *, uint32_t laddr,
	    uint16_t port);
/* A new one, first of its port's. */
uint32_t linux_bucket2_new(struct linux_tables *, uint32_t laddr,
	    uint16_t port);
/* Of that address; must have no owner. */
void	linux_bucket2_free(struct linux_tables *, uint32_t bucket,
	    uint32_t laddr);

/* First among its owners, and out. */
void	linux_owner_add(struct linux_tables *, uint32_t bucket,
	    uint32_t sock);
void	linux_owner_remove(struct linux_tables *, uint32_t sock);

static inline bool
linux_port_used(const struct linux_tables *t, uint16_t port)
{

	return (t->port[port].first != LINUX_NOBUCKET);
}

/* Is it closed to connect()? */
static inline bool
linux_port_hidden(const struct linux_tables *t, uint16_t port)
{

	return (t->port[port].first != LINUX_NOBUCKET &&
	    (t->port[port].fastreuse >= 0 ||
	    t->port[port].fastreuseport >= 0));
}

/* Every list of ports against every other; panics. */
void	linux_tables_check(const struct linux_tables *);

#endif /* !MODELS_LINUX_TABLES_H */
