/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The callout thread; see softclock.h.
 */

#include "models/machine/machine.h"
#include "models/stacks/stack.h"

#define	SLOWTIMO_PERIOD	(500 * SIM_MS)
#define	TICK_PERIOD	SIM_S

#define	CALLOUT_WORD(callout, conn)	((uint64_t)(callout) << 32 | (conn))

static void
softclock_next(struct machine *m, struct thread *t)
{

	if (fifo_count(&m->softclock.queue) > 0)
		machine_begin(m, t, OP_CALLOUT, CONN_NONE);
	else if (t->state != THREAD_IDLE)
		machine_thread_idle(m, t);
}

/* The callout at the head of the queue has been entered. */
static void
softclock_run(struct machine *m, struct thread *t)
{
	uint64_t word;

	word = fifo_take(&m->softclock.queue);
	switch ((enum callout)(word >> 32)) {
	case CALLOUT_CONSOLE:
		console_wake(m);
		break;
	case CALLOUT_TICK:
		net_tick(m->net);
		break;
	case CALLOUT_NETSTAT:
		netstat_wake(m);
		break;
	case CALLOUT_TIMEWAIT:
		machine_begin(m, t, OP_TIMEWAIT_EXPIRE, (uint32_t)word);
		return;
	case CALLOUT_SLOWTIMO:
		if (timewait_expired(m)) {
			machine_begin(m, t, OP_TIMEWAIT_EXPIRE,
			    timewait_take(m));
			return;
		}
		break;
	}
	softclock_next(m, t);
}

static void
softclock_done(struct thread *t, void *machine)
{
	struct machine *m;

	m = machine;
	if (t->op == OP_CALLOUT) {
		softclock_run(m, t);
		return;
	}
	/* A TIME_WAIT ended; the scan goes on to the next. */
	machine_conn_over(m, t->conn);
	if (m->conf->stack->timewait == TIMEWAIT_CAPPED &&
	    timewait_expired(m))
		machine_begin(m, t, OP_TIMEWAIT_EXPIRE, timewait_take(m));
	else
		softclock_next(m, t);
}

void
softclock_post(struct machine *m, enum callout callout, uint32_t conn)
{

	fifo_put(&m->softclock.queue, CALLOUT_WORD(callout, conn));
	if (m->softclock.thread.state == THREAD_IDLE)
		softclock_next(m, &m->softclock.thread);
}

static void
softclock_slowtimo_due(struct machine *m, unsigned arg,
    const struct sim_event *ev)
{

	(void)arg;
	sim_at(m->sim, m->softclock.slot_slowtimo, ev->time + SLOWTIMO_PERIOD);
	softclock_post(m, CALLOUT_SLOWTIMO, CONN_NONE);
}

static void
softclock_tick_due(struct machine *m, unsigned arg,
    const struct sim_event *ev)
{

	(void)arg;
	sim_at(m->sim, m->softclock.slot_tick, ev->time + TICK_PERIOD);
	softclock_post(m, CALLOUT_TICK, CONN_NONE);
}

void
softclock_init(struct machine *m)
{
	struct softclock *sc;

	sc = &m->softclock;
	thread_init(&sc->thread, "softclock", machine_thread_id(m),
	    PRI_SOFTCLOCK, 0);
	sc->thread.done = softclock_done;
	sc->slot_slowtimo = machine_slot(m, softclock_slowtimo_due, 0);
	sc->slot_tick = machine_slot(m, softclock_tick_due, 0);
	sim_at(m->sim, sc->slot_slowtimo, SLOWTIMO_PERIOD);
	if (net_ticks(m->net))
		sim_at(m->sim, sc->slot_tick, TICK_PERIOD);
}

void
softclock_fini(struct machine *m)
{

	fifo_fini(&m->softclock.queue);
}
