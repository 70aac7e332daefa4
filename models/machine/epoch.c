/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Sections and deferred frees; see epoch.h.
 */

#include <glib.h>

#include "models/machine/epoch.h"
#include "models/machine/machine.h"
#include "models/machine/processors.h"
#include "sim/kassert.h"

/* ---- sections ---------------------------------------------------------- */

static void
epoch_enter(void *epoch, struct thread *t)
{
	struct epoch *e;

	e = epoch;
	KASSERT(t->section == 0, ("%s is in a section", t->name));
	t->section = 1 + (e->now & 1);
	t->section_cpu = (unsigned)t->cpu;
	e->cpus[t->cpu].sections[e->now & 1]++;
	if (e->machine->conf->kernel.epoch_pins && t->bound < 0) {
		t->bound = t->cpu;
		t->pinned = true;
	}
}

/* epoch_call(): a pcb is to be freed some time. */
static void
epoch_call(struct epoch *e, unsigned cpu)
{
	struct epoch_cpu *c;
	struct machine *m;

	m = e->machine;
	if (!m->conf->kernel.epoch_calls)
		return;
	c = &e->cpus[cpu];
	c->calls[e->now & 3]++;
	if (c->pending++ == 0 && sim_due(m->sim, c->slot) == SIM_NEVER)
		sim_at(m->sim, c->slot, processors_tick(m->conf,
		    &m->sched.turns, cpu, machine_now(m)));
}

static void
epoch_leave(void *epoch, struct thread *t, bool frees)
{
	struct epoch *e;

	e = epoch;
	KASSERT(t->section > 0 &&
	    e->cpus[t->section_cpu].sections[t->section - 1] > 0,
	    ("%s leaves no section", t->name));
	if (frees)
		epoch_call(e, (unsigned)t->cpu);
	e->cpus[t->section_cpu].sections[t->section - 1]--;
	t->section = 0;
	if (t->pinned) {
		t->bound = -1;
		t->pinned = false;
	}
}

/* ---- looking ----------------------------------------------------------- */

static void
epoch_free(struct epoch_cpu *c, uint64_t epoch)
{

	c->pending -= c->calls[epoch & 3];
	c->calls[epoch & 3] = 0;
}

/* Are there sections of the last epoch (1), of this one (2), or both (3)? */
static unsigned
epoch_scan(const struct epoch *e)
{
	unsigned found, i;

	for (i = 0, found = 0; i < e->ncpus; i++)
		found |= (e->cpus[i].sections[(e->now - 1) & 1] > 0) |
		    (e->cpus[i].sections[e->now & 1] > 0) << 1;
	return (found);
}

static void
epoch_look(struct epoch_cpu *c)
{
	struct epoch *e;
	unsigned found;

	e = c->epoch;
	e->looks++;
	epoch_free(c, e->now - 2);
	found = epoch_scan(e);
	if (found & 1)
		return;
	if (found == 0) {
		epoch_free(c, e->now - 1);
		epoch_free(c, e->now);
		return;
	}
	epoch_free(c, e->now - 1);
	e->now++;
}

static void
epoch_looked(struct thread *t)
{
	struct epoch_cpu *c;

	c = t->actor;
	epoch_look(c);
	machine_thread_idle(c->epoch->machine, t);
}

/* The clock interrupts that CPU, which wakes the thread when it takes it. */
static void
epoch_tick_due(void *arg, const struct sim_event *ev)
{
	struct epoch_cpu *c;
	struct machine *m;
	simtime again;

	c = arg;
	m = c->epoch->machine;
	if (!c->ticked) {
		/* Whoever gives turns is told of it now, too: just after. */
		c->ticked = true;
		sim_at(m->sim, c->slot, ev->time + 1);
		return;
	}
	again = pace_interrupted(&m->sched, c->cpu);
	if (again != SIM_NEVER) {
		sim_at(m->sim, c->slot, again + 1);
		return;
	}
	c->ticked = false;
	if (c->pending == 0)
		return;
	sim_at(m->sim, c->slot, processors_tick(m->conf, &m->sched.turns,
	    c->cpu, ev->time));
	if (c->thread.state != THREAD_IDLE)
		return;
	machine_begin(m, &c->thread, OP_OBSERVE, CONN_NONE);
	machine_charge(m, &c->thread, COST_EPOCH, 1);
}

/* ---- life -------------------------------------------------------------- */

static bool
epoch_is_modelled(const struct run_conf *conf)
{

	return (conf->kernel.epoch_calls || conf->kernel.epoch_pins);
}

unsigned
epoch_nslots(const struct run_conf *conf)
{

	return (epoch_is_modelled(conf) ? conf->host.cpus : 0);
}

void
epoch_init(struct epoch *e, struct machine *m)
{
	struct epoch_cpu *c;
	unsigned i;

	*e = (struct epoch){ .machine = m, .now = 2 };
	if (!epoch_is_modelled(m->conf))
		return;
	e->ncpus = m->conf->host.cpus;
	e->cpus = g_new0(struct epoch_cpu, e->ncpus);
	for (i = 0; i < e->ncpus; i++) {
		c = &e->cpus[i];
		c->epoch = e;
		c->cpu = i;
		g_snprintf(c->name, sizeof(c->name), "softirq_%u", i);
		machine_thread(m, &c->thread, c->name,
		    prio_of(m->sched.prio, PRI_SOFTIRQ), (int)i, epoch_looked);
		c->thread.actor = c;
		c->slot = machine_slot(m, epoch_tick_due, c);
	}
	m->epoch.enter = epoch_enter;
	m->epoch.leave = epoch_leave;
	m->epoch.arg = e;
}

void
epoch_fini(struct epoch *e)
{

	g_free(e->cpus);
}
