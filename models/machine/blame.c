/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Chains of waiting; see blame.h.
 */

#include <string.h>

#include "models/locks/lock.h"
#include "models/machine/blame.h"
#include "models/plans/plan.h"
#include "sim/kassert.h"

static const char *const blame_names[BLAME_NHOWS] = {
	[BLAME_COMPUTES] = "computes",
	[BLAME_SPINS] = "spins",
	[BLAME_SLEEPS] = "sleeps",
	[BLAME_NO_CPU] = "has no CPU",
	[BLAME_ASKED] = "asked",
	[BLAME_IDLE] = "is idle"
};

const char *
blame_how_name(enum blame_how how)
{

	KASSERT(how < BLAME_NHOWS, ("how %d", (int)how));
	return (blame_names[how]);
}

/* Somebody who has the lock shared, the first that was made. */
static const struct thread *
blame_reader(const struct thread_list *all, const struct lock *lk)
{
	const struct thread *t;
	unsigned i;

	TAILQ_FOREACH(t, all, all)
		for (i = 0; i < t->nheld; i++)
			if (t->held[i] == lk)
				return (t);
	return (NULL);
}

/* NULL: it is free, or about to be looked at. */
static const struct thread *
blame_holder(const struct thread_list *all, const struct lock *lk)
{

	if (lk->owner != NULL || lk->readers == 0)
		return (lk->owner);
	return (blame_reader(all, lk));
}

/* One link; whom this thread waits for, NULL: nobody. */
static const struct thread *
blame_link(const struct sched *s, const struct thread_list *all,
    const struct thread *t, struct blame_link *l)
{

	*l = (struct blame_link){ .who = t->name, .doing = op_name(t->op),
	    .how = BLAME_COMPUTES, .iters = t->iters, .visits = t->visits };
	switch (t->state) {
	case THREAD_IDLE:
		l->how = BLAME_IDLE;
		return (NULL);
	case THREAD_READY:
		l->how = BLAME_NO_CPU;
		return (t->cpu < 0 ? NULL : s->cpus[t->cpu].cur);
	case THREAD_RUNNING:
		return (NULL);
	case THREAD_SPINNING:
	case THREAD_BLOCKED:
		break;
	}
	if (t->waiting == NULL) {
		l->how = BLAME_ASKED;
		return (t->asked);
	}
	l->how = t->state == THREAD_SPINNING ? BLAME_SPINS : BLAME_SLEEPS;
	l->lock = t->waiting->name;
	l->waiters = lock_waiters(t->waiting);
	return (blame_holder(all, t->waiting));
}

void
blame_look(const struct sched *s, const struct thread_list *all,
    const struct thread *t, struct blame *b)
{
	const struct thread *seen[BLAME_MAXLINKS];
	unsigned i;

	*b = (struct blame){ .nlinks = 0 };
	while (t != NULL && b->nlinks < BLAME_MAXLINKS) {
		for (i = 0; i < b->nlinks; i++)
			if (seen[i] == t) {
				b->again = true;
				return;
			}
		seen[b->nlinks] = t;
		t = blame_link(s, all, t, &b->links[b->nlinks++]);
	}
}

/* The same name, or one that differs in a number at its end. */
static bool
blame_same_name(const char *a, const char *b)
{
	size_t i;

	for (i = 0; a[i] != '\0' && a[i] == b[i]; i++)
		continue;
	return (strspn(a + i, "0123456789") == strlen(a + i) &&
	    strspn(b + i, "0123456789") == strlen(b + i));
}

static bool
blame_link_alike(const struct blame_link *a, const struct blame_link *b)
{

	return (a->how == b->how && strcmp(a->doing, b->doing) == 0 &&
	    (a->lock == NULL) == (b->lock == NULL) &&
	    (a->lock == NULL || strcmp(a->lock, b->lock) == 0) &&
	    blame_same_name(a->who, b->who));
}

bool
blame_alike(const struct blame *a, const struct blame *b)
{
	unsigned i;

	if (a->nlinks != b->nlinks || a->again != b->again ||
	    a->lost != b->lost)
		return (false);
	for (i = 0; i < a->nlinks; i++)
		if (!blame_link_alike(&a->links[i], &b->links[i]))
			return (false);
	return (true);
}
