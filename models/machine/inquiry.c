/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Looks during a wait; see inquiry.h.
 */

#include <glib.h>

#include "models/machine/inquiry.h"
#include "models/machine/machine.h"

/* Shorter waits are nobody's question. */
static simtime
inquiry_least(const struct inquiry *q)
{

	return (MAX(q->machine->conf->stall_threshold, *q->longest / 2));
}

static void
inquiry_add(struct inquiry *q, const struct blame *b)
{
	simtime now, span;
	unsigned i;

	now = machine_now(q->machine);
	span = now - q->looked;
	q->looked = now;
	q->span += span;
	for (i = 0; i < q->nchains; i++)
		if (blame_alike(&q->chains[i].blame, b)) {
			q->chains[i].span += span;
			return;
		}
	/* Beyond so many kinds one more is none that stands for long. */
	if (i == INQUIRY_MAXCHAINS)
		return;
	q->chains[i].blame = *b;
	q->chains[i].span = span;
	q->nchains++;
}

static void
inquiry_due(void *inquiry, const struct sim_event *ev)
{
	struct inquiry_wait w;
	struct inquiry *q;
	struct blame b;
	simtime waited;

	q = inquiry;
	if (!q->waits(q->arg, &w))
		return;
	waited = ev->time - w.since;
	if (waited < inquiry_least(q)) {
		sim_at(q->machine->sim, q->slot, w.since + inquiry_least(q));
		return;
	}
	if (q->since != w.since) {
		q->since = q->looked = w.since;
		q->span = 0;
		q->nchains = 0;
	}
	blame_look(&q->machine->sched, &q->machine->threads, w.thread, &b);
	b.lost = w.lost;
	inquiry_add(q, &b);
	sim_at(q->machine->sim, q->slot, ev->time + MAX(waited /
	    INQUIRY_PART, 1));
}

void
inquiry_begin(struct inquiry *q)
{

	if (sim_due(q->machine->sim, q->slot) == SIM_NEVER)
		sim_at(q->machine->sim, q->slot, machine_now(q->machine) +
		    inquiry_least(q));
}

void
inquiry_forget(struct inquiry *q)
{

	q->since = SIM_NEVER;
}

void
inquiry_tell(const struct inquiry *q, simtime since, struct blame *b,
    double *share)
{
	unsigned i, most;

	*b = (struct blame){ .nlinks = 0 };
	*share = 0;
	if (q->since != since || q->nchains == 0)
		return;
	for (i = most = 0; i < q->nchains; i++)
		if (q->chains[i].span > q->chains[most].span)
			most = i;
	*b = q->chains[most].blame;
	*share = (double)q->chains[most].span / (double)q->span;
}

void
inquiry_init(struct inquiry *q, struct machine *m,
    bool (*waits)(void *arg, struct inquiry_wait *), void *arg,
    const simtime *longest)
{

	*q = (struct inquiry){ .machine = m, .waits = waits, .arg = arg,
	    .longest = longest, .since = SIM_NEVER };
	q->slot = machine_slot(m, inquiry_due, q);
}
