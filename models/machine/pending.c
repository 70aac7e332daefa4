/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Who waits at the end of a run; see pending.h.
 */

#include <glib.h>

#include "models/machine/machine.h"
#include "models/machine/pending.h"
#include "models/machine/workload.h"

/*
 * What the thread has spent until now: a wait that goes on is not in it yet,
 * and of what it computes all is.
 */
static struct thread_spent
pending_spent(const struct thread *t, simtime now)
{
	struct thread_spent s;

	s = t->spent;
	if (t->waiting != NULL)
		s.locked += now - t->wait_since;
	s.worked = MIN(s.worked, now - s.since - s.locked);
	s.searched = MIN(s.searched, s.worked);
	return (s);
}

static void
pending_worker(const struct workload *wl, const struct worker *w)
{
	struct thread_spent spent;
	const struct thread *t;
	struct machine *m;
	simtime now;

	t = &w->thread;
	if (t->state == THREAD_IDLE)
		return;
	m = wl->machine;
	now = machine_now(m);
	record_busy(&m->record, wl->idx, t->spent.since);
	if (t->op != OP_SOCKET && t->op != OP_BIND && t->op != OP_CONNECT)
		return;
	if (t->op != OP_SOCKET)
		record_called(&m->record, wl->idx, now - w->called);
	spent = pending_spent(t, now);
	record_undecided(&m->record, &spent, conn_get(&m->conns, t->conn));
}

void
pending_end(const struct workload *wl)
{
	struct thread_spent none;
	const struct worker *w;
	struct machine *m;
	uint64_t i, word;

	m = wl->machine;
	none = (struct thread_spent){ .since = machine_now(m) };
	for (i = 0; i < fifo_count(&wl->workers.jobs); i++) {
		word = fifo_at(&wl->workers.jobs, i);
		if (JOB_OF(word) == JOB_CONNECT)
			record_undecided(&m->record, &none,
			    conn_get(&m->conns, (uint32_t)word));
	}
	for (w = wl->workers.all; w != NULL; w = w->next)
		pending_worker(wl, w);
}
