/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What is kept so that a search need not look at candidates one by one.
 *
 * Theory:	sets of ports, in the order of linux_place(): on which somebody
 *		is, which are closed to connect(), which an address has a
 *		bucket on, and, for each destination that many connections
 *		share, which are taken towards it.  A candidate is free if it
 *		is in none of those that matter; what the kernel looks at on
 *		the way to it is counted by range.  So a search costs some
 *		words of bitmaps, whatever the number of candidates.
 *
 *		A TIME_WAIT that may be reused is taken out of its
 *		destination's set by the first search after that moment
 *		(linux_index_ripen()): they become so in the order in which
 *		they began.
 */

#ifndef MODELS_LINUX_INDEX_H
#define	MODELS_LINUX_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/linux/tables.h"
#include "models/net/addr.h"
#include "models/ports/bytes.h"
#include "models/ports/set.h"

struct linux_net;

/* A destination of an address of ours: (laddr, faddr, fport). */
struct linux_dest {
	uint32_t	laddr, faddr;
	uint16_t	fport;
	uint32_t	count;		/* its sockets; 0: unused record */
	uint32_t	first;		/* .. a list */
	uint32_t	wfirst, wlast;	/* its TIME_WAITs, oldest first */
	uint32_t	unripe;		/* the first not reusable yet */
	uint32_t	hnext;		/* of its hash; unused ones */
	struct port_set	*taken;		/* NULL: few, see the list */
	struct linux_dest_sums *sums;	/* NULL: not so many */
};

struct linux_dest_sums {
	struct port_set	waits;		/* of the taken: TIME_WAITs */
	struct port_bytes visits;	/* established sockets looked at, if
					   the port is a candidate */
};

struct linux_index {
	bool		twice;		/* a TIME_WAIT is looked at twice */
	struct port_set	any;		/* ports with a bucket */
	struct port_set	hidden;		/* .. that connect() passes over */
	struct net_addr_map numbers;	/* addresses to sets */
	struct port_set	**laddr;	/* laddr[nladdrs]; 0 is that of * */
	uint32_t	nladdrs, size;
	struct linux_dest *dest;	/* dest[ndests] */
	uint32_t	ndests, dsize, dunused, dlive;
	uint32_t	*dhash;
	uint32_t	dmask;
};

/* `twice': as connect() looks at them, see linux_look(). */
struct linux_index *linux_index_new(bool twice);
void	linux_index_free(struct linux_index *);
size_t	linux_index_memory(const struct linux_index *);

/* What follows does nothing without an index. */

/* An address has a bucket on the port now, or no more. */
void	linux_index_bucket(struct linux_index *, uint32_t laddr,
	    uint16_t port, bool there);
/* The port's marks may have changed. */
void	linux_index_port(struct linux_index *, const struct linux_tables *,
	    uint16_t port);
/* The socket is in the hash, established or TIME_WAIT; or leaves it. */
void	linux_index_enter(struct linux_index *, struct linux_tables *,
	    uint32_t sock);
void	linux_index_leave(struct linux_index *, struct linux_tables *,
	    uint32_t sock);
/* So many more are ahead of it in its chain, which sock.ahead has. */
void	linux_index_ahead(struct linux_index *, const struct linux_tables *,
	    uint32_t sock, int by);

/* What may be reused has changed, as sysctls did. */
void	linux_index_unripen(struct linux_net *);

/* ---- for searches ------------------------------------------------------ */

/* NULL: no bucket has it. */
const struct port_set *linux_index_laddr(const struct linux_index *,
	    uint32_t laddr);

/* NULL: no socket has it.  TIME_WAITs are ripened. */
const struct linux_dest *linux_index_dest(const struct linux_net *,
	    uint32_t laddr, uint32_t faddr, uint16_t fport);

/* Is the socket in its destination's way? */
bool	linux_index_blocks(const struct linux_net *, uint32_t sock);

/* Established sockets that connect() looks at because of this one. */
uint32_t linux_index_visits(const struct linux_index *,
	    const struct linux_sock *);

void	linux_index_check(const struct linux_net *);

#endif /* !MODELS_LINUX_INDEX_H */
