/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Memories of searches; see memo.h.
 *
 * Theory:	most searches end after a few candidates, and remembering is
 *		dearer than looking: a question is remembered only from the
 *		first search on that went far.  Of many questions the ones
 *		that were asked last are kept.  An area of 4096 candidates is
 *		32 KiB, and comes with the first search that enters it.
 */

#include <string.h>

#include <glib.h>

#include "models/pcb/memo.h"
#include "sim/kassert.h"

#define	NAREAS		16
#define	AREA		4096u
#define	BLOCK		64u
#define	FAR		48u	/* candidates */
#define	MAXMEMOS	128u	/* questions */

struct seen {
	uint32_t	when;		/* the candidate's clock; 0: never */
	uint32_t	visits;		/* times 2, plus 1 if it is free */
};

/* Sums over a block or an area, if all of it has been seen. */
struct seen_sum {
	uint32_t	when;
	uint32_t	nfree;
	uint64_t	visits;
};

struct seen_area {
	struct seen	place[AREA];
	struct seen_sum	block[AREA / BLOCK];
	struct seen_sum	all;
};

/* A range that was full when the clock said so. */
struct seen_full {
	uint64_t	when;		/* of all; 0: never */
	struct pcb_full	full;
};

struct pcb_memo {
	struct pcb_memo	*next;
	struct pcb_question q;
	struct seen_full *full;		/* full[nfull], by slot */
	unsigned	nfull;
	struct seen_area *area[NAREAS];
};

void
pcb_clock_init(struct pcb_clock *c)
{
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(c->place); i++)
		c->place[i] = 1;
	for (i = 0; i < G_N_ELEMENTS(c->block); i++)
		c->block[i] = 1;
	for (i = 0; i < G_N_ELEMENTS(c->area); i++)
		c->area[i] = 1;
	c->all = 1;
}

void
pcb_memos_init(struct pcb_memos *m, const struct pcb_clock *clock,
    pcb_look *look, const void *arg)
{

	*m = (struct pcb_memos){ .clock = clock, .look = look, .arg = arg };
}

static void
memo_free(struct pcb_memos *m, struct pcb_memo *memo)
{
	unsigned i;

	for (i = 0; i < NAREAS; i++) {
		m->areas -= memo->area[i] != NULL;
		g_free(memo->area[i]);
	}
	m->fulls -= memo->nfull;
	g_free(memo->full);
	g_free(memo);
	m->count--;
}

void
pcb_memos_fini(struct pcb_memos *m)
{
	struct pcb_memo *memo;

	while ((memo = m->recent) != NULL) {
		m->recent = memo->next;
		memo_free(m, memo);
	}
}

size_t
pcb_memos_memory(const struct pcb_memos *m)
{

	return (m->count * sizeof(struct pcb_memo) +
	    m->areas * sizeof(struct seen_area) +
	    m->fulls * sizeof(struct seen_full));
}

/* The question's, moved to the front; NULL if it has none. */
static struct pcb_memo *
memo_find(struct pcb_memos *m, const struct pcb_question *q)
{
	struct pcb_memo **link, *memo;

	for (link = &m->recent; (memo = *link) != NULL; link = &memo->next)
		if (memo->q.laddr == q->laddr && memo->q.faddr == q->faddr &&
		    memo->q.fport == q->fport && memo->q.rule == q->rule) {
			*link = memo->next;
			memo->next = m->recent;
			m->recent = memo;
			return (memo);
		}
	return (NULL);
}

static struct pcb_memo *
memo_new(struct pcb_memos *m, const struct pcb_question *q)
{
	struct pcb_memo **link, *memo;

	if (m->count == MAXMEMOS) {
		for (link = &m->recent; (*link)->next != NULL;)
			link = &(*link)->next;
		memo_free(m, *link);
		*link = NULL;
	}
	memo = g_new0(struct pcb_memo, 1);
	memo->q = *q;
	memo->next = m->recent;
	m->recent = memo;
	m->count++;
	return (memo);
}

static struct seen_area *
area_of(struct pcb_memos *m, struct pcb_memo *memo, unsigned place)
{
	struct seen_area **area;

	area = &memo->area[place / AREA];
	if (*area == NULL) {
		*area = g_new0(struct seen_area, 1);
		m->areas++;
	}
	return (*area);
}

/* One candidate, remembered or looked at. */
static const struct seen *
see(const struct pcb_memos *m, const struct pcb_memo *memo,
    struct seen_area *area, unsigned place)
{
	struct seen *s;
	uint64_t visits;
	bool free;

	s = &area->place[place % AREA];
	if (s->when != m->clock->place[place]) {
		visits = 0;
		free = m->look(m->arg, &memo->q, place, &visits);
		KASSERT(visits < UINT32_MAX / 2, ("%ju visits at one place",
		    (uintmax_t)visits));
		s->visits = (uint32_t)visits * 2 + free;
		s->when = m->clock->place[place];
	}
	return (s);
}

/* See all of a block. */
static const struct seen_sum *
block_see(const struct pcb_memos *m, const struct pcb_memo *memo,
    struct seen_area *area, unsigned place)
{
	const struct seen *s;
	struct seen_sum *sum;
	unsigned i;

	sum = &area->block[place % AREA / BLOCK];
	if (sum->when == m->clock->block[place / BLOCK])
		return (sum);
	sum->visits = 0;
	sum->nfree = 0;
	for (i = 0; i < BLOCK; i++) {
		s = see(m, memo, area, place + i);
		sum->visits += s->visits / 2;
		sum->nfree += s->visits & 1;
	}
	sum->when = m->clock->block[place / BLOCK];
	return (sum);
}

static const struct seen_sum *
area_see(const struct pcb_memos *m, const struct pcb_memo *memo,
    struct seen_area *area, unsigned place)
{
	const struct seen_sum *block;
	struct seen_sum *sum;
	unsigned i;

	sum = &area->all;
	if (sum->when == m->clock->area[place / AREA])
		return (sum);
	sum->visits = 0;
	sum->nfree = 0;
	for (i = 0; i < AREA; i += BLOCK) {
		block = block_see(m, memo, area, place + i);
		sum->visits += block->visits;
		sum->nfree += block->nfree;
	}
	sum->when = m->clock->area[place / AREA];
	return (sum);
}

/* May it be passed over, as it was at that time?  Adds its visits then. */
static bool
pass(const struct seen_sum *sum, uint32_t when, uint64_t *visits)
{

	if (sum->when != when || sum->nfree > 0)
		return (false);
	*visits += sum->visits;
	return (true);
}

/* [lo, hi] of one block. */
static unsigned
first_in_block(const struct pcb_memos *m, const struct pcb_memo *memo,
    struct seen_area *area, unsigned lo, unsigned hi, uint64_t *visits)
{
	const struct seen *s;

	for (; lo <= hi; lo++) {
		s = see(m, memo, area, lo);
		*visits += s->visits / 2;
		if ((s->visits & 1) != 0)
			return (lo);
	}
	return (PCB_PLACE_NONE);
}

/* [lo, hi] of one area. */
static unsigned
first_in_area(const struct pcb_memos *m, const struct pcb_memo *memo,
    struct seen_area *area, unsigned lo, unsigned hi, uint64_t *visits)
{
	unsigned end, place;
	bool whole;

	for (; lo <= hi; lo = end + 1) {
		end = MIN(hi, lo | (BLOCK - 1));
		whole = end - lo == BLOCK - 1;
		if (whole && pass(&area->block[lo % AREA / BLOCK],
		    m->clock->block[lo / BLOCK], visits))
			continue;
		place = first_in_block(m, memo, area, lo, end, visits);
		if (place != PCB_PLACE_NONE)
			return (place);
		if (whole)
			(void)block_see(m, memo, area, lo);
	}
	return (PCB_PLACE_NONE);
}

static unsigned
first_remembered(struct pcb_memos *m, struct pcb_memo *memo, unsigned lo,
    unsigned hi, uint64_t *visits)
{
	struct seen_area *area;
	unsigned end, place;
	bool whole;

	for (; lo <= hi; lo = end + 1) {
		area = area_of(m, memo, lo);
		end = MIN(hi, lo | (AREA - 1));
		whole = end - lo == AREA - 1;
		if (whole && pass(&area->all, m->clock->area[lo / AREA],
		    visits))
			continue;
		place = first_in_area(m, memo, area, lo, end, visits);
		if (place != PCB_PLACE_NONE)
			return (place);
		if (whole)
			(void)area_see(m, memo, area, lo);
	}
	return (PCB_PLACE_NONE);
}

unsigned
pcb_memos_first(struct pcb_memos *m, const struct pcb_question *q,
    unsigned lo, unsigned hi, uint64_t *visits)
{
	struct pcb_memo *memo;
	unsigned far;

	KASSERT(hi < PCB_PLACE_NONE, ("place %u", hi));
	memo = memo_find(m, q);
	for (far = 0; memo == NULL && lo <= hi && far < FAR; lo++, far++)
		if (m->look(m->arg, q, lo, visits))
			return (lo);
	if (lo > hi)
		return (PCB_PLACE_NONE);
	if (memo == NULL)
		memo = memo_new(m, q);
	return (first_remembered(m, memo, lo, hi, visits));
}

bool
pcb_memos_full(struct pcb_memos *m, const struct pcb_question *q,
    unsigned slot, struct pcb_full *full)
{
	const struct seen_full *f;
	const struct pcb_memo *memo;

	memo = memo_find(m, q);
	if (memo == NULL || slot >= memo->nfull)
		return (false);
	f = &memo->full[slot];
	if (f->when != m->clock->all || f->full.lo != full->lo ||
	    f->full.hi != full->hi)
		return (false);
	*full = f->full;
	return (true);
}

void
pcb_memos_is_full(struct pcb_memos *m, const struct pcb_question *q,
    unsigned slot, const struct pcb_full *full)
{
	struct pcb_memo *memo;
	unsigned n;

	memo = memo_find(m, q);
	if (memo == NULL)
		return;			/* a short search: nothing is known */
	if (slot >= memo->nfull) {
		n = memo->nfull;
		memo->nfull = slot + 1;
		memo->full = g_renew(struct seen_full, memo->full,
		    memo->nfull);
		memset(&memo->full[n], 0, (memo->nfull - n) *
		    sizeof(*memo->full));
		m->fulls += memo->nfull - n;
	}
	memo->full[slot] = (struct seen_full){ .when = m->clock->all,
	    .full = *full };
}

/* [lo, hi] of one area. */
static unsigned
count_in_area(const struct pcb_memos *m, const struct pcb_memo *memo,
    struct seen_area *area, unsigned lo, unsigned hi)
{
	unsigned end, n;

	n = 0;
	for (; lo <= hi; lo = end + 1) {
		end = MIN(hi, lo | (BLOCK - 1));
		if (end - lo == BLOCK - 1) {
			n += block_see(m, memo, area, lo)->nfree;
			continue;
		}
		for (; lo <= end; lo++)
			n += see(m, memo, area, lo)->visits & 1;
	}
	return (n);
}

unsigned
pcb_memos_count(struct pcb_memos *m, const struct pcb_question *q,
    unsigned lo, unsigned hi)
{
	struct pcb_memo *memo;
	struct seen_area *area;
	unsigned end, n;

	memo = memo_find(m, q);
	if (memo == NULL)
		memo = memo_new(m, q);
	n = 0;
	for (; lo <= hi; lo = end + 1) {
		area = area_of(m, memo, lo);
		end = MIN(hi, lo | (AREA - 1));
		n += end - lo == AREA - 1 ?
		    area_see(m, memo, area, lo)->nfree :
		    count_in_area(m, memo, area, lo, end);
	}
	return (n);
}
