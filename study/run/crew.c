/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Threads that share work; see crew.h.
 */

#include <signal.h>

#include "sim/kassert.h"
#include "study/run/crew.h"

#define	CREW_SIGNAL_STACK	65536	/* bytes; more than any SIGSTKSZ */

/* A part of each thread from the start: getting it later may be too late. */
static _Thread_local char crew_stack[CREW_SIGNAL_STACK];

void
crew_signal_stack(void)
{
	stack_t ours = { .ss_sp = crew_stack, .ss_size = sizeof(crew_stack) };

	(void)sigaltstack(&ours, NULL);
}

static void *
crew_thread(void *arg)
{
	struct crew *c;
	stack_t before;

	c = arg;
	/* What was there is put back: it may be a sanitizer's. */
	(void)sigaltstack(NULL, &before);
	crew_signal_stack();
	c->work(c->arg);
	(void)sigaltstack(&before, NULL);
	g_mutex_lock(&c->lock);
	c->busy--;
	g_cond_signal(&c->cond);
	g_mutex_unlock(&c->lock);
	return (NULL);
}

static void
crew_wait(struct crew *c)
{
	gint64 until;

	g_mutex_lock(&c->lock);
	until = g_get_monotonic_time() + CREW_TICK;
	while (c->busy > 0) {
		if (g_cond_wait_until(&c->cond, &c->lock, until))
			continue;
		until += CREW_TICK;
		if (c->tick == NULL)
			continue;
		g_mutex_unlock(&c->lock);
		c->tick(c->arg);
		g_mutex_lock(&c->lock);
	}
	g_mutex_unlock(&c->lock);
}

void
crew_run(struct crew *c)
{
	g_autoptr(GPtrArray) threads = NULL;
	g_autoptr(GError) error = NULL;
	GThread *thread;
	guint i;

	KASSERT(c->wanted > 0, ("nobody is wanted"));
	g_mutex_init(&c->lock);
	g_cond_init(&c->cond);
	threads = g_ptr_array_new();
	c->busy = 0;
	/* Threads read it: nothing is written once there is one. */
	c->alone = false;
	while (threads->len < c->wanted && error == NULL) {
		g_mutex_lock(&c->lock);
		c->busy++;
		g_mutex_unlock(&c->lock);
		thread = g_thread_try_new("crew", crew_thread, c, &error);
		if (thread != NULL)
			g_ptr_array_add(threads, thread);
	}
	if (error != NULL) {
		g_mutex_lock(&c->lock);
		c->busy--;
		g_mutex_unlock(&c->lock);
		if (c->fewer != NULL)
			c->fewer(threads->len, c->wanted, error->message);
	}
	if (threads->len == 0) {
		c->next = g_get_monotonic_time() + CREW_TICK;
		c->alone = true;
		c->work(c->arg);
	} else {
		crew_wait(c);
	}
	for (i = 0; i < threads->len; i++)
		g_thread_join(threads->pdata[i]);
	g_mutex_clear(&c->lock);
	g_cond_clear(&c->cond);
}

/* What crew_each() is asked for. */
struct crew_task {
	void		(*each)(void *arg, unsigned i);
	void		*arg;
	unsigned	n;
	gint		next;		/* for who asks first */
};

/* A crew.work. */
static void
crew_take(void *task)
{
	struct crew_task *t;
	unsigned i;

	t = task;
	while ((i = (unsigned)g_atomic_int_add(&t->next, 1)) < t->n)
		t->each(t->arg, i);
}

void
crew_each(unsigned threads, unsigned n, void (*each)(void *arg, unsigned i),
    void *arg)
{
	struct crew_task task = { .each = each, .arg = arg, .n = n };
	struct crew crew = { .wanted = MIN(threads, n), .work = crew_take,
	    .arg = &task };

	if (crew.wanted > 1)
		crew_run(&crew);
	else
		crew_take(&task);
}

void
crew_tick(struct crew *c)
{

	if (!c->alone || c->tick == NULL ||
	    g_get_monotonic_time() < c->next)
		return;
	c->next = g_get_monotonic_time() + CREW_TICK;
	c->tick(c->arg);
}
