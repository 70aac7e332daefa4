/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The terminal's thread; see console.h.
 */

#include <glib.h>

#include "models/machine/console.h"
#include "models/machine/machine.h"
#include "models/machine/softclock.h"

/* When tick k (from 0) was due. */
static simtime
console_tick(const struct console *c, uint64_t k)
{

	return ((simtime)(k + 1) * c->machine->conf->console.period);
}

/* The tick due at `due' was late until `now': that much more was frozen. */
static void
console_freeze(struct console *c, simtime due, simtime now)
{
	const struct run_conf *conf;
	struct run_result *res;

	conf = c->machine->conf;
	res = c->machine->res;
	due = MAX(due, conf->warmup);
	if (now <= due)
		return;
	if (c->frozen_to == 0 ||
	    due > c->frozen_to + CONSOLE_RESPITE * conf->console.deadline)
		c->frozen_from = due;
	res->frozen += now - MAX(c->frozen_to, due);
	c->frozen_to = now;
	res->unfreeze = MAX(res->unfreeze, now - c->frozen_from);
}

static void
console_serve(struct console *c, simtime work)
{
	simtime due, lag, now;

	now = machine_now(c->machine);
	due = console_tick(c, c->served++);
	lag = MAX(now - due - work, 0);
	record_console(&c->machine->record, lag);
	if (lag > c->machine->conf->console.deadline)
		console_freeze(c, due, now);
}

static void
console_done(struct thread *t)
{
	struct console *c;

	c = t->actor;
	console_serve(c, c->machine->conf->console.work);
	if (c->served < c->woken)
		machine_begin(c->machine, t, OP_CONSOLE, CONN_NONE);
	else
		machine_thread_idle(c->machine, t);
}

static bool
console_act(void *console, struct thread *t)
{
	struct console *c;

	c = console;
	t->charge += c->machine->conf->console.work;
	return (true);
}

/* Softclock woke the thread for one more tick. */
static bool
console_wake(void *console, struct thread *t, uint32_t data, bool again)
{
	struct console *c;

	(void)t;
	(void)data;
	(void)again;
	c = console;
	c->woken++;
	if (c->thread.state == THREAD_IDLE)
		machine_begin(c->machine, &c->thread, OP_CONSOLE, CONN_NONE);
	return (false);
}

static void
console_due(void *console, const struct sim_event *ev)
{
	struct console *c;

	c = console;
	c->due++;
	sim_at(c->machine->sim, c->slot, ev->time +
	    c->machine->conf->console.period);
	softclock_post(c->softclock, c->callout, 0);
}

void
console_init(struct console *c, struct machine *m, struct softclock *sc)
{

	*c = (struct console){ .machine = m, .softclock = sc };
	machine_thread(m, &c->thread, "console", PRI_CONSOLE, -1,
	    console_done);
	c->thread.actor = c;
	c->callout = softclock_callout(sc, console_wake, c);
	c->slot = machine_slot(m, console_due, c);
	machine_act_by(m, ACT_CONSOLE, console_act, c);
	sim_at(m->sim, c->slot, m->conf->console.period);
}

simtime
console_waiting(const struct console *c)
{

	if (c->served == c->due)
		return (0);
	return (machine_now(c->machine) - console_tick(c, c->served));
}

void
console_forget(struct console *c)
{

	c->frozen_to = 0;
}

void
console_end(struct console *c)
{

	c->machine->res->frozen_at_end = console_waiting(c) >
	    c->machine->conf->console.deadline;
	while (c->served < c->due)
		console_serve(c, 0);
}
