/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The locks of a machine, as its stack's plan names them, and who is told of
 * those that wait.
 */

#include "models/machine/machine.h"
#include "models/machine/processors.h"
#include "models/stacks/stack.h"

static void
machine_stalled(void *machine, const struct lock *lk, simtime start,
    simtime length)
{
	struct machine *m;

	m = machine;
	record_stalled(&m->record, lk, start, length);
}

static void
machine_waiting(void *machine, const struct lock *lk)
{
	struct machine *m;

	m = machine;
	if (lk == &m->locks[m->plan->search] || bucket_is(&m->buckets, lk))
		record_waiters(&m->record, lock_waiters(lk));
}

void
machine_locks_init(struct machine *m)
{
	unsigned i;

	m->lockset.sched = &m->sched;
	m->lockset.arg = m;
	m->lockset.stalled = machine_stalled;
	m->lockset.waiting = machine_waiting;
	m->lockset.stepwise = m->conf->stepwise;
	processors_backoff(m->conf, m->plan->backoff,
	    &m->lockset.backoff);
	machine_stream(m, &m->lockset.rng, "kernel/lock_delay");
	for (i = 0; i < PLAN_MAXLOCKS; i++) {
		if (m->plan->locks[i].class == NULL)
			continue;
		lock_init(&m->locks[i], &m->lockset, m->plan->locks[i].name,
		    m->plan->locks[i].class, i);
		lock_stats_init(&m->locks[i], &m->lock_stats[i]);
		m->lock_stats[i].uses = m->lock_uses[i];
	}
	bucket_init(&m->buckets, &m->lockset, m->plan->buckets,
	    plan_nbuckets(m->plan));
	m->buckets.uses = &m->lock_uses[PLAN_MAXLOCKS];
}

void
machine_locks_fini(struct machine *m)
{
	unsigned i;

	for (i = 0; i < PLAN_MAXLOCKS; i++)
		if (m->locks[i].class != NULL)
			lock_stats_fini(&m->lock_stats[i]);
	bucket_fini(&m->buckets);
}
