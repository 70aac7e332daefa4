/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The first in the way; see first.h.
 */

#include <glib.h>

#include "models/pcb/first.h"

static bool
first_look(const void *arg, const struct pcb_question *question,
    unsigned place, uint64_t *visits)
{
	const struct port_query q = { .rule = PORT_RULE_LOCAL,
	    .laddr = question->laddr };

	return (!pcb_first_taken(arg, &q, (uint16_t)place, visits));
}

struct pcb_first *
pcb_first_new(const struct pcb_pool *pool, uint32_t nlists)
{
	struct pcb_first *f;

	f = g_new0(struct pcb_first, 1);
	f->pool = pool;
	pcb_exact_init(&f->lists, pool, nlists);
	pcb_clock_init(&f->clock);
	pcb_memos_init(&f->memos, &f->clock, first_look, f);
	return (f);
}

void
pcb_first_free(struct pcb_first *f)
{

	if (f == NULL)
		return;
	pcb_memos_fini(&f->memos);
	pcb_exact_fini(&f->lists);
	g_free(f);
}

size_t
pcb_first_memory(const struct pcb_first *f)
{

	return (f == NULL ? 0 : sizeof(*f) + pcb_exact_memory(&f->lists) +
	    pcb_memos_memory(&f->memos));
}

static uint32_t
list_of(const struct pcb_first *f, uint32_t pcb)
{

	return (pcb_get(f->pool, pcb)->lport & f->lists.mask);
}

/* The list has changed: so have all ports on it. */
static void
changed(struct pcb_first *f, uint32_t list)
{
	uint32_t port;

	for (port = list; port < 65536; port += f->lists.mask + 1)
		pcb_clock_tick(&f->clock, port);
}

void
pcb_first_enter(struct pcb_first *f, uint32_t pcb)
{
	uint32_t list;

	list = list_of(f, pcb);
	pcb_exact_push(&f->lists, pcb, list);
	changed(f, list);
}

void
pcb_first_leave(struct pcb_first *f, uint32_t pcb)
{
	uint32_t list;

	list = list_of(f, pcb);
	pcb_exact_remove(&f->lists, pcb, list);
	changed(f, list);
}

void
pcb_first_moved(struct pcb_first *f, uint32_t pcb)
{

	changed(f, list_of(f, pcb));
}

bool
pcb_first_taken(const struct pcb_first *f, const struct port_query *q,
    uint16_t lport, uint64_t *visits)
{
	const struct pcb *p;
	uint32_t i;

	for (i = pcb_exact_first(&f->lists, lport & f->lists.mask);
	    i != PCB_NONE; i = f->lists.link[i].next) {
		++*visits;
		p = pcb_get(f->pool, i);
		if (p->lport == lport && (q->laddr == NET_ANY ||
		    p->laddr == NET_ANY || p->laddr == q->laddr))
			return (true);
	}
	return (false);
}

uint64_t
pcb_first_visits(struct pcb_first *f, const struct port_query *q, unsigned lo,
    unsigned hi)
{
	const struct pcb_question question = { .laddr = q->laddr };
	uint64_t visits;

	visits = 0;
	(void)pcb_memos_first(&f->memos, &question, lo, hi, &visits);
	return (visits);
}
