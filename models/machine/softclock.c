/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The callout thread; see softclock.h.
 */

#include "models/machine/machine.h"
#include "models/machine/softclock.h"
#include "models/net/net.h"
#include "sim/kassert.h"

#define	TICK_PERIOD	SIM_S

#define	CALLOUT_WORD(callout, data)	((uint64_t)(callout) << 32 | (data))

static void
softclock_next(struct softclock *sc)
{

	if (fifo_count(&sc->queue) > 0)
		machine_begin(sc->machine, &sc->thread, OP_CALLOUT,
		    CONN_NONE);
	else if (sc->thread.state != THREAD_IDLE)
		machine_thread_idle(sc->machine, &sc->thread);
}

/* The callout at the head of the queue has been entered, or goes on. */
static void
softclock_done(struct thread *t)
{
	struct softclock *sc;
	unsigned kind;
	bool again;

	sc = t->actor;
	again = t->op != OP_CALLOUT;
	if (!again)
		sc->now = fifo_take(&sc->queue);
	kind = (unsigned)(sc->now >> 32);
	if (!sc->callouts[kind].fn(sc->callouts[kind].arg, t,
	    (uint32_t)sc->now, again))
		softclock_next(sc);
}

unsigned
softclock_callout(struct softclock *sc, callout_fn fn, void *arg)
{

	KASSERT(sc->ncallouts < SOFTCLOCK_MAXCALLOUTS, ("too many callouts"));
	sc->callouts[sc->ncallouts].fn = fn;
	sc->callouts[sc->ncallouts].arg = arg;
	return (sc->ncallouts++);
}

void
softclock_post(struct softclock *sc, unsigned callout, uint32_t data)
{

	fifo_put(&sc->queue, CALLOUT_WORD(callout, data));
	if (sc->thread.state == THREAD_IDLE)
		softclock_next(sc);
}

/* ---- ipport_tick() ----------------------------------------------------- */

static bool
softclock_tick(void *softclock, struct thread *t, uint32_t data, bool again)
{
	struct softclock *sc;

	(void)t;
	(void)data;
	(void)again;
	sc = softclock;
	net_tick(sc->machine->net);
	/* Armed again when it has run: late ones never stand in a queue. */
	sim_at(sc->machine->sim, sc->slot_tick, machine_now(sc->machine) +
	    TICK_PERIOD);
	return (false);
}

static void
softclock_tick_due(void *softclock, const struct sim_event *ev)
{
	struct softclock *sc;

	(void)ev;
	sc = softclock;
	softclock_post(sc, sc->tick, 0);
}

void
softclock_init(struct softclock *sc, struct machine *m)
{

	*sc = (struct softclock){ .machine = m };
	machine_thread(m, &sc->thread, "softclock", m->sched.prio->softclock,
	    m->conf->kernel.pin_default_swi ? 0 : -1, softclock_done);
	sc->thread.actor = sc;
	sc->thread.group = THREAD_CLOCK;
	sc->thread.ithd = true;
	sc->tick = softclock_callout(sc, softclock_tick, sc);
	sc->slot_tick = machine_slot(m, softclock_tick_due, sc);
	if (net_ticks(m->net))
		sim_at(m->sim, sc->slot_tick, TICK_PERIOD);
}

void
softclock_fini(struct softclock *sc)
{

	fifo_fini(&sc->queue);
}
