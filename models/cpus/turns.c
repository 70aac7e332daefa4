/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Turns on one thread of an emulator; see turns.h.
 */

#include <glib.h>

#include "models/cpus/turns.h"
#include "sim/kassert.h"

/* When the next clock interrupt of any CPU comes. */
static simtime
turns_timer(const struct turns *t)
{
	simtime when;
	unsigned i;

	when = SIM_NEVER;
	for (i = 0; i < t->n; i++)
		when = MIN(when, t->cpu[i].clock);
	return (when);
}

void
turns_init(struct turns *t, unsigned n, simtime period, const simtime *phase,
    simtime tick, simtime longest, simtime pause)
{
	unsigned i;

	KASSERT(n == 0 || (period > 0 && pause > 0), ("no clock, no pause"));
	*t = (struct turns){ .n = n, .period = period, .tick = tick,
	    .longest = longest, .pause = pause, .holder = -1,
	    .cpu = g_new0(struct turns_cpu, n) };
	for (i = 0; i < n; i++)
		t->cpu[i].clock = phase[i];
	t->timer = turns_timer(t);
}

void
turns_fini(struct turns *t)
{

	g_free(t->cpu);
}

void
turns_advance(struct turns *t, simtime now)
{
	struct turns_cpu *c;
	simtime dt, part;
	unsigned i;

	dt = now - t->now;
	KASSERT(dt >= 0 && now <= t->timer, ("turns at %jd, the timer at %jd",
	    (intmax_t)now, (intmax_t)t->timer));
	t->now = now;
	if (t->holder >= 0) {
		c = &t->cpu[t->holder];
		part = MIN(dt, c->interrupt);
		c->interrupt -= part;
		if (c->does == TURNS_COMPUTES)
			c->left -= MIN(dt - part, c->left);
		return;
	}
	for (i = 0; i < t->n; i++) {
		c = &t->cpu[i];
		if (c->does != TURNS_SPINS)
			continue;
		c->spun += dt;
		if (c->left != SIM_NEVER)
			c->left -= MIN(dt, c->left);
	}
}

void
turns_compute(struct turns *t, unsigned cpu, simtime work)
{

	t->cpu[cpu].does = TURNS_COMPUTES;
	t->cpu[cpu].left = work;
	t->cpu[cpu].looks = false;
}

void
turns_spin(struct turns *t, unsigned cpu)
{

	t->cpu[cpu].does = TURNS_SPINS;
	turns_looked(t, cpu);
}

void
turns_halt(struct turns *t, unsigned cpu)
{

	t->cpu[cpu].does = TURNS_HALTED;
	t->cpu[cpu].left = 0;
	t->cpu[cpu].looks = false;
}

void
turns_look(struct turns *t, unsigned cpu, simtime spun)
{

	KASSERT(t->cpu[cpu].does == TURNS_SPINS, ("CPU %u looks", cpu));
	t->cpu[cpu].left = MAX(spun - t->cpu[cpu].spun, 0);
}

void
turns_looked(struct turns *t, unsigned cpu)
{

	t->cpu[cpu].looks = false;
	t->cpu[cpu].left = SIM_NEVER;
}

/* Does it compute, if it has its turn? */
static bool
turns_busy(const struct turns_cpu *c)
{

	return (c->interrupt > 0 || c->does == TURNS_COMPUTES || c->looks);
}

/* Neither that, nor does it spin. */
static bool
turns_halted(const struct turns *t, unsigned cpu)
{

	return (!turns_busy(&t->cpu[cpu]) &&
	    t->cpu[cpu].does != TURNS_SPINS);
}

static bool
turns_anybody(const struct turns *t)
{
	unsigned i;

	for (i = 0; i < t->n; i++)
		if (turns_busy(&t->cpu[i]))
			return (true);
	return (false);
}

/* Carry out the timers that are due: interrupts wait on their CPUs. */
static void
turns_interrupt(struct turns *t)
{
	struct turns_cpu *c;
	unsigned i;

	if (t->timer > t->now)
		return;
	for (i = 0; i < t->n; i++) {
		c = &t->cpu[i];
		if (c->clock > t->now)
			continue;
		c->clock += t->period;
		/* A second one that is not yet begun is the same. */
		if (c->interrupt != t->tick)
			c->interrupt += t->tick;
	}
	t->timer = turns_timer(t);
}

static void
turns_pause(const struct turns *t, struct turns_cpu *c)
{

	c->spun += t->pause;
	if (c->left != SIM_NEVER)
		c->left -= MIN(t->pause, c->left);
}

/* It is that CPU's turn.  False: not for long. */
static bool
turns_takes(struct turns *t, unsigned cpu)
{
	struct turns_cpu *c;

	c = &t->cpu[cpu];
	if (c->does == TURNS_SPINS && c->interrupt == 0 && !c->looks) {
		if (turns_anybody(t))
			turns_pause(t, c);
		c->looks = c->left == 0;
	}
	return (turns_busy(c));
}

static void
turns_kick_all(struct turns *t)
{
	unsigned i;

	for (i = 0; i < t->n; i++)
		t->cpu[i].kicked = (int)i != t->holder;
}

void
turns_kick(struct turns *t)
{

	turns_kick_all(t);
	t->limit = t->now;
}

/* Did all sleep? */
static bool
turns_idle(const struct turns *t)
{
	unsigned i;

	for (i = 0; i < t->n && t->holder < 0; i++)
		if (t->cpu[i].does == TURNS_SPINS)
			return (false);
	return (t->holder < 0);
}

/* The turn goes on to the next who computes, from the one who has it. */
static bool
turns_pass(struct turns *t)
{
	unsigned cpu, tries;
	bool first;

	/* Whoever ends an idle time is a device, and be it a timer. */
	if (turns_idle(t))
		turns_kick(t);
	cpu = t->holder >= 0 ? (unsigned)t->holder : t->n - 1;
	t->holder = -1;
	for (tries = 0; tries <= 2 * t->n; tries++) {
		cpu = (cpu + 1) % t->n;
		first = cpu == 0 || t->cpu[cpu].kicked;
		if (t->timer <= t->now) {
			turns_interrupt(t);
			turns_kick_all(t);
			/* Its turn was over before it began. */
			if (!first) {
				t->cpu[cpu].kicked = turns_halted(t, cpu);
				continue;
			}
		}
		t->cpu[cpu].kicked = false;
		if (!turns_takes(t, cpu))
			continue;
		t->holder = (int)cpu;
		t->limit = t->longest == 0 ? t->timer :
		    MIN(t->timer, t->now + t->longest);
		return (true);
	}
	return (false);
}

int
turns_settle(struct turns *t)
{
	struct turns_cpu *c;

	c = t->holder >= 0 ? &t->cpu[t->holder] : NULL;
	if (c == NULL || t->now >= t->limit || !turns_busy(c)) {
		/*
		 * Who spins, or begins to, gives its turn away by a pause; if
		 * there is nobody to take it, time passes with its pauses.
		 */
		if (c != NULL && c->does == TURNS_SPINS && !turns_busy(c) &&
		    turns_anybody(t))
			turns_pause(t, c);
		(void)turns_pass(t);
	}
	if (t->holder < 0)
		return (-1);
	c = &t->cpu[t->holder];
	return (c->interrupt == 0 && (c->looks || c->left == 0) ? t->holder :
	    -1);
}

simtime
turns_next(const struct turns *t)
{
	const struct turns_cpu *c;
	simtime next;
	unsigned i;

	if (t->holder >= 0) {
		c = &t->cpu[t->holder];
		next = t->now + c->interrupt;
		if (c->does == TURNS_COMPUTES)
			next += c->left;
		return (MIN(next, t->limit));
	}
	next = t->timer;
	for (i = 0; i < t->n; i++) {
		c = &t->cpu[i];
		if (c->does == TURNS_SPINS && c->left != SIM_NEVER)
			next = MIN(next, t->now + c->left);
	}
	return (next);
}
