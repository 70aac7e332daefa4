/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Ports seen from one local address: how many pcbs it has on each, and sets
 * of ports for the searches.
 */

#ifndef MODELS_PORTS_ADDR_H
#define	MODELS_PORTS_ADDR_H

#include <stddef.h>
#include <stdint.h>

#include "models/net/addr.h"
#include "models/ports/set.h"

#define	PORT_ADDR_ANY	0		/* number of the address * */
#define	PORT_ADDR_CHUNK	1024		/* ports whose counts come together */
#define	PORT_ADDR_MANY	255

struct port_addr {
	uint32_t	laddr;
	uint16_t	number;
	struct port_set	any;		/* ports with any pcb of it */
	struct port_set	special;	/* .. with an unconnected one */
	struct port_set	group;		/* .. with a load-balancing group */
	/*
	 * Pcbs on each port, lazily; PORT_ADDR_MANY: that many or more.  A
	 * byte each, because every insertion and removal reads one at a random
	 * place, and 50 addresses' bytes stay in a cache.
	 */
	uint8_t		*count[65536 / PORT_ADDR_CHUNK];
};

struct port_addr_table {
	struct port_addr **addr;	/* addr[used] */
	uint32_t	used, size;
	uint16_t	*slot;		/* number + 1, linear probing */
	uint32_t	nslots;		/* a power of two */
	size_t		chunks;		/* of counts, all addresses */
	/* (number, port) -> pcbs beyond PORT_ADDR_MANY */
	struct net_addr_map more;
};

void	port_addr_init(struct port_addr_table *);
void	port_addr_fini(struct port_addr_table *);
size_t	port_addr_memory(const struct port_addr_table *);

/* NULL if no pcb ever had it. */
struct port_addr *port_addr_find(const struct port_addr_table *,
	    uint32_t laddr);

/* Its number; a new one if need be. */
uint16_t port_addr_number(struct port_addr_table *, uint32_t laddr);

/* The same, of which it may be the one that this number has: a guess. */
static inline uint16_t
port_addr_again(struct port_addr_table *t, uint16_t number, uint32_t laddr)
{

	return (number < t->used && t->addr[number]->laddr == laddr ? number :
	    port_addr_number(t, laddr));
}

static inline struct port_addr *
port_addr_get(const struct port_addr_table *t, uint16_t number)
{

	return (t->addr[number]);
}

/* One pcb more or less of it on `port'. */
void	port_addr_more(struct port_addr_table *, uint16_t number,
	    uint16_t port);
void	port_addr_less(struct port_addr_table *, uint16_t number,
	    uint16_t port);
uint32_t port_addr_count(const struct port_addr_table *, uint16_t number,
	    uint16_t port);

#endif /* !MODELS_PORTS_ADDR_H */
