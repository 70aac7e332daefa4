/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The kernel's tables out of real pcbs: what models/pcb/walk.h does with
 * indices, done with nodes of the kernel's size, so that time can be taken.
 *
 * Theory:	port hash, lists of each port, connection hash, each with the
 *		stack's hash function, sizes and order of insertion.  A visit
 *		reads what the kernel's reads (study/calibrate/node.h); the
 *		next candidate waits for the last pcb of the one before, as in
 *		what `calibrate' measures.  A new pcb takes the slot that was
 *		freed last; the free slots begin shuffled.
 * Left out:	what models/pcb/walk.h leaves out, and load-balancing groups.
 */

#ifndef STUDY_LIVE_TABLE_H
#define	STUDY_LIVE_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "models/net/net.h"
#include "models/pcb/layout.h"
#include "models/net/rule.h"
#include "study/calibrate/node.h"

struct live_table;

/*
 * max		pcbs at a time
 * conf		hashsize, porthashsize, hash_seed
 *
 * Returns:	NULL if the system has no such memory.
 */
struct live_table *live_table_new(uint64_t max, const struct pcb_layout *,
	    const struct net_conf *conf);
void	live_table_free(struct live_table *);

/* Do the pcbs lie in large pages? */
bool	live_table_large(const struct live_table *);

/* A pcb in no list, all zero but for its credential. */
struct node *live_table_take(struct live_table *);
void	live_table_give(struct live_table *, struct node *);

/* Into all tables and out again; visits are added to *visits. */
void	live_table_insert(struct live_table *, struct node *,
	    uint64_t *visits);
void	live_table_remove(struct live_table *, struct node *);

/* The pcb is connected: into another chain. */
void	live_table_rehash(struct live_table *, struct node *, uint32_t laddr,
	    uint32_t faddr, uint16_t fport);

/* Does anybody hold the port, by PORT_RULE_LOCAL? */
bool	live_table_local(const struct live_table *, uint32_t laddr,
	    uint16_t lport, uint64_t *visits);

/* Does the 4-tuple exist? */
bool	live_table_exact(const struct live_table *, const struct port_query *,
	    uint16_t lport, uint64_t *visits);

/* Only the visits' sum is told: found->visits.portlist. */
void	live_table_search(const struct live_table *, const struct port_query *,
	    const struct port_run *, struct port_found *found);

#endif /* !STUDY_LIVE_TABLE_H */
