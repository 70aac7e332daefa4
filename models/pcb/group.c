/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Load-balancing groups, by the port hash.
 *
 * Models:	in_pcbinslbgrouphash(), in_pcbremlbgrouphash(), sys/netinet/
 *		in_pcb.c, FreeBSD 12.2 and 14.3.
 * Left out:	which member gets an inbound connection, and so their order;
 *		NUMA domains; jails, which never join.
 */

#include <string.h>

#include <glib.h>

#include "models/pcb/group.h"
#include "sim/kassert.h"

#define	GROUP_NONE	UINT32_MAX

void
pcb_group_init(struct pcb_groups *g, uint32_t porthashsize)
{

	memset(g, 0, sizeof(*g));
	g->mask = porthashsize - 1;
	g->free = GROUP_NONE;
}

void
pcb_group_fini(struct pcb_groups *g)
{

	g_free(g->group);
	g_free(g->head);
}

size_t
pcb_group_memory(const struct pcb_groups *g)
{

	return (g->size * sizeof(*g->group) + (g->head == NULL ? 0 :
	    ((size_t)g->mask + 1) * sizeof(*g->head)));
}

/* The link that leads to the group, or to the end of its bucket. */
static uint32_t *
link_to(const struct pcb_groups *g, uint32_t laddr, uint16_t lport)
{
	uint32_t *link;

	link = &g->head[lport & g->mask];
	while (*link != GROUP_NONE && (g->group[*link].lport != lport ||
	    g->group[*link].laddr != laddr))
		link = &g->group[*link].next;
	return (link);
}

static void
group_new(struct pcb_groups *g, uint32_t laddr, uint16_t lport)
{
	uint32_t i;

	if (g->free != GROUP_NONE) {
		i = g->free;
		g->free = g->group[i].next;
	} else {
		if (g->used == g->size) {
			g->size = g->size == 0 ? 16 : 2 * g->size;
			g->group = g_renew(struct pcb_group, g->group,
			    g->size);
		}
		i = g->used++;
	}
	g->group[i] = (struct pcb_group){ .laddr = laddr, .lport = lport,
	    .count = 1, .next = g->head[lport & g->mask] };
	g->head[lport & g->mask] = i;
}

enum pcb_group_change
pcb_group_join(struct pcb_groups *g, uint32_t laddr, uint16_t lport)
{
	struct pcb_group *grp;
	uint32_t i;

	if (g->head == NULL) {
		g->head = g_new(uint32_t, g->mask + 1);
		for (i = 0; i <= g->mask; i++)
			g->head[i] = GROUP_NONE;
	}
	i = *link_to(g, laddr, lport);
	if (i == GROUP_NONE) {
		group_new(g, laddr, lport);
		return (PCB_GROUP_BORN);
	}
	grp = &g->group[i];
	if (grp->count == PCB_GROUP_MAX)
		return (PCB_GROUP_REFUSED);
	grp->count++;
	return (PCB_GROUP_SAME);
}

enum pcb_group_change
pcb_group_leave(struct pcb_groups *g, uint32_t laddr, uint16_t lport)
{
	uint32_t *link;
	uint32_t i;

	KASSERT(g->head != NULL, ("left before the first joined"));
	link = link_to(g, laddr, lport);
	i = *link;
	KASSERT(i != GROUP_NONE, ("no group on port %u", lport));
	if (--g->group[i].count > 0)
		return (PCB_GROUP_SAME);
	*link = g->group[i].next;
	g->group[i].next = g->free;
	g->free = i;
	return (PCB_GROUP_GONE);
}

bool
pcb_group_has(const struct pcb_groups *g, uint32_t laddr, uint16_t lport)
{

	return (g->head != NULL && *link_to(g, laddr, lport) != GROUP_NONE);
}
