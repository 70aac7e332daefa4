/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The search as the kernel does it: along its lists, node by node.
 */

#ifndef MODELS_PCB_WALK_H
#define	MODELS_PCB_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/pcb/group.h"
#include "models/pcb/layout.h"
#include "models/pcb/pcb.h"
#include "models/net/rule.h"

struct pcb_walk;

/* The pool, the layout and the groups must outlive it. */
struct pcb_walk *pcb_walk_new(const struct pcb_layout *,
	    const struct pcb_pool *, const struct pcb_groups *,
	    const struct net_conf *);
void	pcb_walk_free(struct pcb_walk *);
size_t	pcb_walk_memory(const struct pcb_walk *);

/* See table.h for what these do; they add to *v what they visit. */
void	pcb_walk_insert(struct pcb_walk *, uint32_t pcb, struct net_visits *v);
void	pcb_walk_remove(struct pcb_walk *, uint32_t pcb);
void	pcb_walk_unhash(struct pcb_walk *, uint32_t pcb);
void	pcb_walk_hash(struct pcb_walk *, uint32_t pcb, struct net_visits *v);
/* search: whether anybody is there is all that matters. */
uint32_t pcb_walk_local(const struct pcb_walk *, const struct port_query *,
	    uint16_t lport, bool search, struct net_visits *v);
bool	pcb_walk_tuple(const struct pcb_walk *, const struct port_query *,
	    uint16_t lport, bool wild, struct net_visits *v);
uint32_t pcb_walk_connected(const struct pcb_walk *,
	    const struct port_query *, uint16_t lport);
/* Nodes of the port's bucket of unconnected pcbs. */
uint32_t pcb_walk_wild(const struct pcb_walk *, uint16_t lport);
void	pcb_walk_search(const struct pcb_walk *, const struct port_query *,
	    const struct port_run *, struct port_found *);

size_t	pcb_walk_list(const struct pcb_walk *, uint16_t lport);
size_t	pcb_walk_plist(const struct pcb_walk *, uint16_t lport, uint32_t *out,
	    size_t max);
size_t	pcb_walk_phash(const struct pcb_walk *, uint16_t lport, uint16_t *out,
	    size_t max);

/* Panics where a list disagrees with the pcbs. */
void	pcb_walk_check(const struct pcb_walk *);

#endif /* !MODELS_PCB_WALK_H */
