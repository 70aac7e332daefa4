/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The inside of an OpenBSD kernel's tables, for models/openbsd/ alone.
 */

#ifndef MODELS_OPENBSD_OPENBSD_H
#define	MODELS_OPENBSD_OPENBSD_H

#include <stddef.h>
#include <stdint.h>

#include "models/net/family.h"
#include "models/net/siphash.h"
#include "models/pcb/flat.h"
#include "models/ports/set.h"

struct openbsd {
	struct net	net;
	struct flat	table;
	struct siphash_key key;		/* of the connection table's hash */
	uint32_t	port_hash[65536];	/* of each port, low bits */
	uint32_t	size;		/* buckets of each table */
	uint32_t	bucket_none;	/* of a socket that has no end yet */
	struct port_set	bad;		/* net.inet.tcp.baddynamic */
};

static inline struct openbsd *
openbsd_of(struct net *n)
{

	return ((struct openbsd *)(void *)n);
}

static inline const struct openbsd *
openbsd_of_const(const struct net *n)
{

	return ((const struct openbsd *)(const void *)n);
}

/* The bucket of the connection table that an end is in. */
uint32_t openbsd_conn_bucket(const struct openbsd *, const struct net_end *);

/* The ports and pcbs that a choice for laddr looks at. */
struct flat_query openbsd_query(const struct openbsd *, uint32_t laddr,
	    bool wild);

/* System calls, see struct net_family; in call.c. */
uint32_t openbsd_socket(struct net *, unsigned opts, uint32_t uid,
	    struct net_op *);
void	openbsd_setopt(struct net *, uint32_t pcb, enum net_sockopt,
	    bool on);
void	openbsd_bind(struct net *, uint32_t pcb, uint32_t laddr,
	    uint16_t lport, struct net_op *);
void	openbsd_listen(struct net *, uint32_t pcb, struct net_op *);
void	openbsd_connect(struct net *, uint32_t pcb, uint32_t faddr,
	    uint16_t fport, struct net_op *);
void	openbsd_accept(struct net *, uint32_t pcb, const struct net_end *,
	    struct net_op *);
void	openbsd_close(struct net *, uint32_t pcb, struct net_op *);

#endif /* !MODELS_OPENBSD_OPENBSD_H */
