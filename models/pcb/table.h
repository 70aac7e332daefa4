/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The pcb tables: one small interface before two ways of searching them, by
 * index (index.h) and along the kernel's lists (walk.h).  With
 * NET_SEARCH_BOTH both are kept and every answer and every count of one is
 * held against the other's.
 */

#ifndef MODELS_PCB_TABLE_H
#define	MODELS_PCB_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/net/net.h"
#include "models/pcb/group.h"
#include "models/pcb/pcb.h"
#include "models/net/rule.h"

struct pcb_index;
struct pcb_layout;
struct pcb_walk;

struct pcb_table {
	const struct pcb_layout *layout;
	struct pcb_pool	pool;
	struct pcb_groups groups;
	struct pcb_index *index;	/* NULL: not kept */
	struct pcb_walk	*walk;		/* NULL: not kept */
	size_t		hashed;		/* pcbs in the tables */
};

/* Of the conf: search, sizes (powers of two here), hash_seed, npcbs_hint. */
void	pcb_table_init(struct pcb_table *, const struct pcb_layout *,
	    const struct net_conf *);
void	pcb_table_fini(struct pcb_table *);
size_t	pcb_table_memory(const struct pcb_table *);

/*
 * Into all tables, with the pcb's addresses and ports as they are; lport must
 * not be 0.  Nodes visited are added to *v, here and below.
 */
void	pcb_table_insert(struct pcb_table *, uint32_t pcb,
	    struct net_visits *v);
/* Out of all tables. */
void	pcb_table_remove(struct pcb_table *, uint32_t pcb);
/* New addresses for a pcb in the tables: to another connection bucket. */
void	pcb_table_rehash(struct pcb_table *, uint32_t pcb, uint32_t laddr,
	    uint32_t faddr, uint16_t fport);

/* The one and the other at once: to the 4-tuple of `q' and the pcb's lport. */
void	pcb_table_enter(struct pcb_table *, uint32_t pcb,
	    const struct port_query *q, struct net_visits *v);

/* The pcb listens from now on. */
void	pcb_table_listen(struct pcb_table *, uint32_t pcb);

/*
 * The pcb that a lookup by local end finds on `lport', by the rule
 * PORT_RULE_LOCAL or PORT_RULE_UNCONNECTED.
 *
 * Returns:	PCB_NONE: none; PCB_CONNECTED: some connected one; else the
 *		unconnected one.
 */
uint32_t pcb_table_local(const struct pcb_table *, const struct port_query *,
	    uint16_t lport, struct net_visits *v);

/* Does exactly this 4-tuple exist? */
bool	pcb_table_exact(const struct pcb_table *, const struct port_query *,
	    uint16_t lport, struct net_visits *v);

/* The pcb of just this 4-tuple, or PCB_NONE; for a layout that is split. */
uint32_t pcb_table_connected(const struct pcb_table *,
	    const struct port_query *, uint16_t lport);

/* Walk all of the port's bucket of unconnected pcbs. */
void	pcb_table_wild(const struct pcb_table *, uint16_t lport,
	    struct net_visits *v);

/* Try the candidates of a run until one is free. */
void	pcb_table_search(const struct pcb_table *, const struct port_query *,
	    const struct port_run *, struct port_found *);

/* Ports of the query's range that its rule finds free. */
unsigned pcb_table_free(const struct pcb_table *, const struct port_query *);
/* Ports of [first, last] that any pcb holds. */
unsigned pcb_table_busy(const struct pcb_table *, uint16_t first,
	    uint16_t last);

/* .. that a pcb with this very laddr is on, for each of laddrs[n]. */
void	pcb_table_by_laddr(const struct pcb_table *, uint16_t first,
	    uint16_t last, const uint32_t *laddrs, unsigned n,
	    unsigned *busy);

/* Nodes on the list that a lookup of the port by local end walks. */
size_t	pcb_table_list(const struct pcb_table *, uint16_t lport);

size_t	pcb_table_plist(const struct pcb_table *, uint16_t lport,
	    uint32_t *out, size_t max);
size_t	pcb_table_phash(const struct pcb_table *, uint16_t lport,
	    uint16_t *out, size_t max);

void	pcb_table_check(const struct pcb_table *);

#endif /* !MODELS_PCB_TABLE_H */
