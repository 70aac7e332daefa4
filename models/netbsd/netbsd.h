/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The inside of a NetBSD kernel's tables, for models/netbsd/ alone.
 */

#ifndef MODELS_NETBSD_NETBSD_H
#define	MODELS_NETBSD_NETBSD_H

#include <stdint.h>

#include "models/net/family.h"
#include "models/pcb/flat.h"
#include "models/ports/set.h"

/* net.inet.ip.anonportalgo, in the order of .available. */
enum netbsd_algo {
	NETBSD_BSD,
	NETBSD_RANDOM_START,
	NETBSD_RANDOM_PICK,
	NETBSD_HASH,
	NETBSD_DOUBLEHASH,
	NETBSD_RANDINC,
	NETBSD_NALGOS
};

extern const char *const netbsd_algo_names[];	/* ended by NULL */

#define	NETBSD_SLOTS	8		/* of doublehash */

struct netbsd {
	struct net	net;
	struct flat	table;
	enum netbsd_algo algo;
	uint16_t	next[NETBSD_NALGOS];	/* counters, all addresses' */
	uint16_t	slot[NETBSD_SLOTS];
	uint16_t	lastport;	/* given last, by any algorithm */
	struct port_set	reserve;
};

static inline struct netbsd *
netbsd_of(struct net *n)
{

	return ((struct netbsd *)(void *)n);
}

static inline const struct netbsd *
netbsd_of_const(const struct net *n)
{

	return ((const struct netbsd *)(const void *)n);
}

/* A choice of port for this end; its lport is not looked at. */
struct netbsd_choice {
	struct net_end	end;
	uint16_t	lport;		/* 0, if later */
	bool		late;		/* the end is not complete yet */
};

/*
 * 0 or EAGAIN; what was visited is added to op.
 *
 * Models:	portalgo_randport(), sys/netinet/portalgo.c 1.7 of NetBSD.
 */
int	netbsd_choose(struct netbsd *, struct netbsd_choice *,
	    struct net_op *);

/* The ports and pcbs that a choice for laddr looks at. */
struct flat_query netbsd_query(const struct netbsd *, uint32_t laddr);

/* System calls, see struct net_family; in call.c. */
uint32_t netbsd_socket(struct net *, unsigned opts, uint32_t uid,
	    struct net_op *);
void	netbsd_setopt(struct net *, uint32_t pcb, enum net_sockopt, bool on);
void	netbsd_bind(struct net *, uint32_t pcb, uint32_t laddr,
	    uint16_t lport, struct net_op *);
void	netbsd_listen(struct net *, uint32_t pcb, struct net_op *);
void	netbsd_connect(struct net *, uint32_t pcb, uint32_t faddr,
	    uint16_t fport, struct net_op *);
void	netbsd_accept(struct net *, uint32_t pcb, const struct net_end *,
	    struct net_op *);
void	netbsd_close(struct net *, uint32_t pcb, struct net_op *);

#endif /* !MODELS_NETBSD_NETBSD_H */
