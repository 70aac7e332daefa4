/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Whose turn it is on the one thread of an emulator.  Each schedule here was
 * worked out by hand from rr_cpu_thread_fn() and icount_prepare_for_run() of
 * QEMU 7.2: four CPUs, a timer of one of them each 50 us.
 */

#include <glib.h>

#include "models/cpus/turns.h"

#define	NCPUS		4
#define	STEP		(50 * SIM_US)	/* between two timers */
#define	LONG		(100 * SIM_MS)

struct rig {
	struct turns	turns;
	GString		*log;		/* "CPU from-to, " in us */
	simtime		from;
	int		holder;
	simtime		done[NCPUS];	/* when it had computed, or looked */
};

static void
rig_init(struct rig *r, simtime tick, simtime longest)
{
	static const simtime phase[NCPUS] = { STEP, 2 * STEP, 3 * STEP,
	    4 * STEP };

	*r = (struct rig){ .log = g_string_new(NULL), .holder = -1 };
	turns_init(&r->turns, NCPUS, NCPUS * STEP, phase, tick, longest,
	    SIM_US);
}

static void
rig_fini(struct rig *r)
{

	turns_fini(&r->turns);
	g_string_free(r->log, TRUE);
}

/* Somebody else has the turn now. */
static void
rig_turn(struct rig *r)
{
	simtime now;

	now = r->turns.now;
	if (r->holder >= 0 && now > r->from)
		g_string_append_printf(r->log, "%d %jd-%jd, ", r->holder,
		    (intmax_t)(r->from / SIM_US), (intmax_t)(now / SIM_US));
	r->from = now;
	r->holder = r->turns.holder;
}

static void
rig_settle(struct rig *r)
{
	simtime now;
	int cpu;

	now = r->turns.now;
	while ((cpu = turns_settle(&r->turns)) >= 0) {
		r->done[cpu] = now;
		if (r->turns.cpu[cpu].looks)
			turns_looked(&r->turns, (unsigned)cpu);
		else
			turns_halt(&r->turns, (unsigned)cpu);
	}
	if (r->holder != r->turns.holder || now >= r->turns.limit)
		rig_turn(r);
}

static void
rig_run(struct rig *r, simtime until)
{
	simtime next;

	rig_settle(r);
	while ((next = turns_next(&r->turns)) <= until) {
		turns_advance(&r->turns, next);
		if (r->turns.now == r->turns.limit)
			rig_turn(r);
		rig_settle(r);
	}
	turns_advance(&r->turns, until);
}

/* One that computes, and has been through a round alone. */
static void
rig_alone(struct rig *r, unsigned cpu)
{

	turns_compute(&r->turns, cpu, LONG);
	rig_run(r, STEP + 10 * SIM_US);
	g_string_truncate(r->log, 0);
}

/* Who computes alone goes as the clock does. */
static void
test_alone(void)
{
	struct rig r;

	rig_init(&r, 0, 0);
	turns_compute(&r.turns, 2, SIM_MS);
	rig_run(&r, 2 * SIM_MS);
	g_assert_cmpint(r.done[2], ==, SIM_MS);
	rig_fini(&r);
}

/* The next in the round is passed over until the long one halts. */
static void
test_next_is_passed_over(void)
{
	struct rig r;

	rig_init(&r, 0, 0);
	rig_alone(&r, 0);
	turns_compute(&r.turns, 1, 10 * SIM_US);
	turns_compute(&r.turns, 2, 10 * SIM_US);
	turns_compute(&r.turns, 3, 10 * SIM_US);
	rig_run(&r, 200 * SIM_US);
	g_assert_cmpstr(r.log->str, ==, "0 50-100, 2 100-110, 3 110-120, "
	    "0 120-150, 0 150-200, ");
	rig_run(&r, LONG + SIM_MS);
	g_assert_cmpint(r.done[2], ==, 110 * SIM_US);
	g_assert_cmpint(r.done[0], ==, LONG + 20 * SIM_US);
	g_assert_cmpint(r.done[1], ==, LONG + 30 * SIM_US);
	rig_fini(&r);
}

/* The round begins with CPU 0: it is never passed over. */
static void
test_first_is_not(void)
{
	struct rig r;

	rig_init(&r, 0, 0);
	rig_alone(&r, 3);
	turns_compute(&r.turns, 0, 10 * SIM_US);
	rig_run(&r, 200 * SIM_US);
	g_assert_cmpstr(r.log->str, ==, "3 50-100, 0 100-110, 3 110-150, "
	    "3 150-200, ");
	rig_fini(&r);
}

/*
 * All four compute: once the first timer has been carried out all are called,
 * and nobody is passed over.  So the emulator does, asked by a program that
 * noted its turns: 0, then 2, 3, 0, 1, 2, ...
 */
static void
test_all_compute(void)
{
	struct rig r;
	unsigned i;

	rig_init(&r, 0, 0);
	rig_alone(&r, 0);
	for (i = 1; i < NCPUS; i++)
		turns_compute(&r.turns, i, LONG);
	rig_run(&r, 300 * SIM_US);
	g_assert_cmpstr(r.log->str, ==, "0 50-100, 2 100-150, 3 150-200, "
	    "0 200-250, 1 250-300, ");
	rig_fini(&r);
}

/* A device's message ends the turn, and who had one then has the next, too. */
static void
test_device(void)
{
	struct rig r;

	rig_init(&r, 0, 0);
	rig_alone(&r, 0);
	turns_compute(&r.turns, 1, 100 * SIM_US);
	turns_compute(&r.turns, 2, 10 * SIM_US);
	rig_run(&r, 70 * SIM_US);
	turns_kick(&r.turns);
	rig_turn(&r);
	rig_run(&r, 250 * SIM_US);
	g_assert_cmpstr(r.log->str, ==, "0 50-70, 1 70-100, 2 100-110, "
	    "0 110-150, 1 150-200, 0 200-250, ");
	rig_fini(&r);
}

/* Turns of 10 us: all in their order, until a timer. */
static void
test_longest(void)
{
	struct rig r;
	unsigned i;

	rig_init(&r, 0, 20 * SIM_US);
	rig_alone(&r, 0);
	for (i = 1; i < NCPUS; i++)
		turns_compute(&r.turns, i, LONG);
	rig_run(&r, 200 * SIM_US);
	g_assert_cmpstr(r.log->str, ==, "0 50-70, 1 70-90, 2 90-100, "
	    "0 100-120, 1 120-140, 2 140-150, 0 150-170, 1 170-190, "
	    "2 190-200, ");
	rig_fini(&r);
}

/* A pause each round; who spins next to the one that computes counts none. */
static void
test_spinners(void)
{
	struct rig r;

	rig_init(&r, 0, 0);
	rig_alone(&r, 1);
	turns_spin(&r.turns, 0);
	turns_spin(&r.turns, 2);
	turns_spin(&r.turns, 3);
	turns_look(&r.turns, 3, r.turns.cpu[3].spun + 4 * SIM_US);
	rig_run(&r, 460 * SIM_US);
	g_assert_cmpint(r.turns.cpu[0].spun, ==, 8 * SIM_US);
	g_assert_cmpint(r.turns.cpu[2].spun, ==, 0);
	g_assert_cmpint(r.turns.cpu[3].spun, ==, 9 * SIM_US);
	g_assert_cmpint(r.done[3], ==, 250 * SIM_US);
	g_assert_cmpint(r.turns.cpu[1].left, ==, LONG - 460 * SIM_US);
	rig_fini(&r);
}

/* Nobody computes: a pause is a pause, for all who spin. */
static void
test_spinners_alone(void)
{
	struct rig r;

	rig_init(&r, 0, 0);
	turns_spin(&r.turns, 1);
	turns_spin(&r.turns, 2);
	turns_look(&r.turns, 2, 120 * SIM_US);
	rig_run(&r, 300 * SIM_US);
	g_assert_cmpint(r.done[2], ==, 120 * SIM_US);
	g_assert_cmpint(r.turns.cpu[1].spun, ==, 300 * SIM_US);
	rig_fini(&r);
}

/*
 * An interrupt is its CPU's work, before the thread's.  CPU 2 is passed over at
 * 100, asleep: that leaves its call, and at 150 its own interrupt is taken.
 */
static void
test_interrupts(void)
{
	struct rig r;

	rig_init(&r, 5 * SIM_US, 0);
	turns_compute(&r.turns, 1, 380 * SIM_US);
	rig_run(&r, 425 * SIM_US);
	g_assert_cmpstr(r.log->str, ==, "1 0-50, 0 50-55, 1 55-100, "
	    "1 100-150, 2 150-155, 1 155-200, 3 200-205, 1 205-250, "
	    "0 250-255, 1 255-300, 1 300-350, 2 350-355, 1 355-400, "
	    "3 400-405, 1 405-420, ");
	g_assert_cmpint(r.done[1], ==, 420 * SIM_US);
	rig_fini(&r);
}

/* Awake, it is passed over for good; what comes meanwhile is one. */
static void
test_interrupts_wait(void)
{
	struct rig r;

	rig_init(&r, 5 * SIM_US, 0);
	rig_alone(&r, 1);
	turns_compute(&r.turns, 2, 10 * SIM_US);
	rig_run(&r, SIM_MS);
	g_assert_cmpint(r.turns.cpu[2].left, ==, 10 * SIM_US);
	g_assert_cmpint(r.turns.cpu[2].interrupt, ==, 5 * SIM_US);
	rig_fini(&r);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/turns/alone", test_alone);
	g_test_add_func("/turns/next", test_next_is_passed_over);
	g_test_add_func("/turns/first", test_first_is_not);
	g_test_add_func("/turns/all", test_all_compute);
	g_test_add_func("/turns/device", test_device);
	g_test_add_func("/turns/longest", test_longest);
	g_test_add_func("/turns/spinners", test_spinners);
	g_test_add_func("/turns/spinners-alone", test_spinners_alone);
	g_test_add_func("/turns/interrupts", test_interrupts);
	g_test_add_func("/turns/interrupts-wait", test_interrupts_wait);
	return (g_test_run());
}
