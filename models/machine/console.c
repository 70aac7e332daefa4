/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The terminal's thread; see console.h.
 */

#include <glib.h>

#include "models/machine/machine.h"

/* When tick k (from 0) was due. */
static simtime
console_tick(const struct machine *m, uint64_t k)
{

	return ((simtime)(k + 1) * m->conf->console.period);
}

/* The tick due at `due' was late until `now': that much more was frozen. */
static void
console_freeze(struct machine *m, simtime due, simtime now)
{
	struct console *c;
	struct run_result *res;

	c = &m->console;
	res = m->res;
	due = MAX(due, m->conf->warmup);
	if (now <= due)
		return;
	if (c->frozen_to == 0 ||
	    due > c->frozen_to + CONSOLE_RESPITE * m->conf->console.deadline)
		c->frozen_from = due;
	res->frozen += now - MAX(c->frozen_to, due);
	c->frozen_to = now;
	res->unfreeze = MAX(res->unfreeze, now - c->frozen_from);
}

static void
console_serve(struct machine *m, simtime work)
{
	struct console *c;
	simtime due, lag, now;

	c = &m->console;
	now = machine_now(m);
	due = console_tick(m, c->served++);
	lag = MAX(now - due - work, 0);
	monitor_console(m, lag);
	if (lag > m->conf->console.deadline)
		console_freeze(m, due, now);
}

static void
console_done(struct thread *t, void *machine)
{
	struct machine *m;

	m = machine;
	console_serve(m, m->conf->console.work);
	if (m->console.served < m->console.woken)
		machine_begin(m, t, OP_CONSOLE, CONN_NONE);
	else
		machine_thread_idle(m, t);
}

void
console_wake(struct machine *m)
{

	m->console.woken++;
	if (m->console.thread.state == THREAD_IDLE)
		machine_begin(m, &m->console.thread, OP_CONSOLE, CONN_NONE);
}

static void
console_due(struct machine *m, unsigned arg, const struct sim_event *ev)
{

	(void)arg;
	m->console.due++;
	sim_at(m->sim, m->console.slot, ev->time + m->conf->console.period);
	softclock_post(m, CALLOUT_CONSOLE, CONN_NONE);
}

void
console_init(struct machine *m)
{
	struct console *c;

	c = &m->console;
	thread_init(&c->thread, "console", machine_thread_id(m), PRI_CONSOLE,
	    -1);
	c->thread.done = console_done;
	c->slot = machine_slot(m, console_due, 0);
	sim_at(m->sim, c->slot, m->conf->console.period);
}

void
console_fini(struct machine *m)
{

	(void)m;
}

simtime
console_waiting(const struct machine *m)
{

	if (m->console.served == m->console.due)
		return (0);
	return (machine_now(m) - console_tick(m, m->console.served));
}

void
console_end(struct machine *m)
{

	m->res->frozen_at_end = console_waiting(m) >
	    m->conf->console.deadline;
	while (m->console.served < m->console.due)
		console_serve(m, 0);
}
