/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Starting programs; see launcher.h.
 */

#include <string.h>

#include <glib.h>

#include "models/cpus/sched.h"
#include "models/machine/launcher.h"
#include "sim/grow.h"
#include "sim/kassert.h"

void
launchers_init(struct launchers *ls, bool programs, unsigned n,
    const struct sched *sched)
{
	unsigned i;

	*ls = (struct launchers){ .programs = programs, .n = n,
	    .sched = sched };
	ls->launcher = g_new0(struct launcher, ls->n);
	for (i = 0; i < ls->n; i++)
		interact_init(&ls->launcher[i].history);
}

void
launchers_fini(struct launchers *ls)
{
	uint32_t i;

	for (i = 0; i < ls->npaused; i++)
		g_free(ls->paused[i]);
	g_free(ls->paused);
	g_free(ls->launcher);
}

void
launchers_fork(struct launchers *ls, uint32_t conn, struct thread *t)
{
	struct launcher *l;
	simtime now;

	if (!ls->programs)
		return;
	KASSERT(t->state == THREAD_IDLE, ("%s starts in state %d", t->name,
	    t->state));
	now = sim_now(ls->sched->sim);
	t->newborn = true;
	t->since = now;
	if (ls->n == 0) {
		interact_init(&t->interact);
		return;
	}
	l = &ls->launcher[conn % ls->n];
	/* Sleeps shorter than a tick of hz add up to some. */
	if (now - l->since >= SIM_MS) {
		interact_slept(&l->history, now, now - l->since);
		l->since = now;
	}
	interact_fork(&l->history, &t->interact);
}

/* What the thread has run, its present stretch too. */
static struct interact
launchers_history(const struct launchers *ls, const struct thread *t)
{
	struct interact ia;
	simtime now;

	KASSERT(thread_on_cpu(t), ("%s ends in state %d", t->name, t->state));
	ia = t->interact;
	now = sim_now(ls->sched->sim);
	interact_ran(&ia, now, now - t->since);
	return (ia);
}

static void
launchers_keep(struct launchers *ls, uint32_t conn, struct launcher *l)
{
	uint32_t n;

	if (conn >= ls->npaused) {
		n = MAX(grow_size(ls->npaused, 64), conn + 1);
		ls->paused = g_renew(struct launcher *, ls->paused, n);
		memset(ls->paused + ls->npaused, 0,
		    (n - ls->npaused) * sizeof(ls->paused[0]));
		ls->npaused = n;
	}
	ls->paused[conn] = l;
}

void
launchers_pause(struct launchers *ls, uint32_t conn, const struct thread *t)
{
	struct launcher *l;

	if (!ls->programs || t == NULL)
		return;
	l = g_new(struct launcher, 1);
	*l = (struct launcher){ .history = launchers_history(ls, t),
	    .since = sim_now(ls->sched->sim),
	    .pri = MIN(t->user_pri, ls->sched->prio->min_batch) };
	launchers_keep(ls, conn, l);
}

void
launchers_resume(struct launchers *ls, uint32_t conn, struct thread *t)
{
	const struct launcher *l;

	l = conn < ls->npaused ? ls->paused[conn] : NULL;
	if (l == NULL)
		return;
	KASSERT(t->state == THREAD_IDLE, ("%s goes on in state %d", t->name,
	    t->state));
	t->interact = l->history;
	t->since = l->since;
	t->base_pri = t->pri = l->pri;
	t->newborn = false;
	g_clear_pointer(&ls->paused[conn], g_free);
}

void
launchers_exit(struct launchers *ls, uint32_t conn, const struct thread *t)
{

	if (ls->programs && ls->n > 0 && t != NULL)
		interact_exit(&ls->launcher[conn % ls->n].history,
		    launchers_history(ls, t).ran);
}
