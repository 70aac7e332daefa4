/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Virtual CPUs that one thread of an emulator executes by turns, while it
 * counts their instructions.
 *
 * Theory:	the thread goes round: CPU 0, 1, ..., n - 1, and again.  A CPU's
 *		turn lasts until it halts, or executes a pause, or until the
 *		next timer of any CPU is due.  If it lasted until then, the next
 *		in the round finds a timer that is due: that is carried out, but
 *		nothing is left of this CPU's own turn, and it is passed over.
 *
 *		Whenever timers are carried out all CPUs are called.  One that
 *		is called begins the round anew when it is reached: timers
 *		first, then a whole turn.  So it is passed over never; nor is
 *		CPU 0, with which the round begins.  Being reached ends the
 *		call, but for one that is passed over asleep.
 *
 *		So if one CPU computes for long and the next in the round wants
 *		to, that one is passed over with each timer and has no turn,
 *		while others have theirs; if all compute, all are called, and
 *		they alternate.  Both last once they are there.  What is passed
 *		over is the turn, not the interrupt: that waits there, and so do
 *		threads woken there, which a scheduler takes for running.
 *
 *		A clock interrupt is work of its own CPU, done in its turn; of
 *		those that came while one waited, one is left.  One pause takes
 *		no time beside who computes.  If nobody computes, all who spin
 *		count their pauses together.
 *
 * Models:	rr_cpu_thread_fn(), tcg-accel-ops-rr.c; icount_get_limit(),
 *		icount_prepare_for_run(), icount_handle_deadline(),
 *		tcg-accel-ops-icount.c; cpu_handle_halt(),
 *		cpu_handle_interrupt(), cpu_exec.c, all of accel/tcg;
 *		helper_pause(), helper_hlt(), target/i386/tcg; apic_timer(),
 *		hw/intc/apic.c; qemu_timer_notify_cb(), softmmu/cpus.c, and
 *		rr_kick_vcpu_thread(), which call all; QEMU 7.2, -icount
 *		shift=N.  From 8.1 on a turn has an equal part of what is left
 *		until the next timer (icount_percpu_budget()): not this.
 * Left out:	turns that end because a device of the host wants something
 *		else than to deliver a frame, the rounds that
 *		cpu_exec_step_atomic() ends, and timers other than the clock
 *		interrupts.
 */

#ifndef MODELS_CPUS_TURNS_H
#define	MODELS_CPUS_TURNS_H

#include <stdbool.h>

#include "sim/time.h"

enum turns_does { TURNS_HALTED, TURNS_COMPUTES, TURNS_SPINS };

struct turns_cpu {
	enum turns_does	does;
	simtime		left;		/* to compute; to spin until it looks,
					   SIM_NEVER: it does not look */
	bool		looks;		/* .. now, in its turn */
	simtime		spun;		/* in all: pauses are its time */
	simtime		interrupt;	/* to compute first */
	simtime		clock;		/* its next interrupt */
	bool		kicked;		/* called: see above */
};

struct turns {
	unsigned	n;		/* 0: none, whatever else is said */
	simtime		period;		/* of each clock, ps */
	simtime		tick;		/* what an interrupt takes */
	simtime		longest;	/* turn; 0: until the next timer */
	simtime		pause;		/* one, in a spinner's time */
	simtime		now;
	simtime		timer;		/* the next of any CPU */
	simtime		limit;		/* when the turn ends at the latest */
	int		holder;		/* whose turn it is; -1: nobody's */
	struct turns_cpu *cpu;		/* cpu[n] */
};

/*
 * n		CPUs, all halted; 0: everything below is not to be called
 * period	of their clocks, > 0; the first interrupt of each is at
 *		phase[i] (>= 0)
 * tick		work that each interrupt is
 * longest	a turn, if no timer ends it before; 0: none is
 * pause	one, > 0
 */
void	turns_init(struct turns *, unsigned n, simtime period,
	    const simtime *phase, simtime tick, simtime longest,
	    simtime pause);
void	turns_fini(struct turns *);

/* It is `now', no later than turns_next(). */
void	turns_advance(struct turns *, simtime now);

/* What a CPU does from now on. */
void	turns_compute(struct turns *, unsigned cpu, simtime work);
void	turns_spin(struct turns *, unsigned cpu);
void	turns_halt(struct turns *, unsigned cpu);

/* SPINS: it is to look when it has spun so long in all; or it has looked. */
void	turns_look(struct turns *, unsigned cpu, simtime spun);
void	turns_looked(struct turns *, unsigned cpu);

/* A device has a message for a CPU: the turn ends, and all are called. */
void	turns_kick(struct turns *);

/*
 * Give the turn to whom it belongs now.
 *
 * Returns:	the CPU that has done its work in its turn, or looks: it is to
 *		act, now; or -1.
 */
int	turns_settle(struct turns *);

/* After that: when somebody is to act, or the turn goes on, at the latest. */
simtime	turns_next(const struct turns *);

#endif /* !MODELS_CPUS_TURNS_H */
