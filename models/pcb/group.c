/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Load-balancing groups, by the port hash.
 *
 * Models:	in_pcbinslbgrouphash(), in_pcbremlbgrouphash(),
 *		in_pcblookup_lbgroup(), sys/netinet/in_pcb.c, FreeBSD 12.2 and
 *		14.3; the pending members of main of 2025, with the group that
 *		is left behind when the last of these goes.
 * Left out:	which member gets an inbound connection, and so their order;
 *		NUMA domains; jails, which never join.
 */

#include <string.h>

#include <glib.h>

#include "models/pcb/group.h"
#include "sim/kassert.h"

#define	GROUP_NONE	UINT32_MAX

void
pcb_group_init(struct pcb_groups *g, uint32_t porthashsize, bool pending)
{

	memset(g, 0, sizeof(*g));
	g->mask = porthashsize - 1;
	g->pending = pending;
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

static uint32_t
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
	    .next = g->head[lport & g->mask] };
	g->head[lport & g->mask] = i;
	return (i);
}

enum pcb_group_change
pcb_group_join(struct pcb_groups *g, uint32_t laddr, uint16_t lport,
    bool listens)
{
	struct pcb_group *grp;
	uint32_t i;

	if (g->head == NULL) {
		g->head = g_new(uint32_t, g->mask + 1);
		for (i = 0; i <= g->mask; i++)
			g->head[i] = GROUP_NONE;
	}
	i = *link_to(g, laddr, lport);
	if (i == GROUP_NONE)
		i = group_new(g, laddr, lport);
	grp = &g->group[i];
	if (grp->count == PCB_GROUP_MAX)
		return (PCB_GROUP_REFUSED);
	grp->shown += listens || !g->pending;
	return (grp->count++ == 0 ? PCB_GROUP_BORN : PCB_GROUP_SAME);
}

enum pcb_group_change
pcb_group_leave(struct pcb_groups *g, uint32_t laddr, uint16_t lport,
    bool listens)
{
	struct pcb_group *grp;
	uint32_t *link;
	uint32_t i;

	KASSERT(g->head != NULL, ("left before the first joined"));
	link = link_to(g, laddr, lport);
	i = *link;
	KASSERT(i != GROUP_NONE && g->group[i].count > 0,
	    ("no group on port %u", lport));
	grp = &g->group[i];
	grp->shown -= listens || !g->pending;
	if (--grp->count > 0)
		return (PCB_GROUP_SAME);
	/* One that nobody listened in when it emptied is never freed. */
	if (listens || !g->pending) {
		*link = grp->next;
		grp->next = g->free;
		g->free = i;
	}
	return (PCB_GROUP_GONE);
}

void
pcb_group_show(struct pcb_groups *g, uint32_t laddr, uint16_t lport)
{
	uint32_t i;

	i = *link_to(g, laddr, lport);
	KASSERT(i != GROUP_NONE && g->group[i].shown < g->group[i].count,
	    ("no group with a pending member on port %u", lport));
	g->group[i].shown++;
}

bool
pcb_group_answers(const struct pcb_groups *g, uint32_t laddr, uint16_t lport)
{
	uint32_t i;

	if (g->head == NULL)
		return (false);
	i = *link_to(g, laddr, lport);
	if (i == GROUP_NONE)
		i = *link_to(g, 0, lport);
	return (i != GROUP_NONE && g->group[i].shown > 0);
}
