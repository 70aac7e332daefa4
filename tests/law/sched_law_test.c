/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A CPU as an M/G/1 queue with two priorities, preemptive resume, through the
 * scheduler of the simulated machine: mean time in system of class i, classes
 * in order of priority,
 *
 *	E[T_i] = E[S_i] / (1 - s_{i-1}) +
 *	    sum_{j<=i} lambda_j E[S_j^2] / (2 (1 - s_{i-1}) (1 - s_i)),
 *	s_i = rho_1 + ... + rho_i
 *
 * Kleinrock, Queueing Systems vol. 2 (1976), 3.4.  A receive thread preempts a
 * user's; each class is one thread with a queue of jobs.
 */

#include <string.h>

#include "models/cpus/sched.h"
#include "models/machine/fifo.h"
#include "sim/dist.h"
#include "sim/rng.h"
#include "sim/sim.h"
#include "sim/tally.h"
#include "tests/law/law.h"

#define	NREPLICATIONS	20
#define	SPAN		(2000 * SIM_S)
#define	NCLASSES	2

/* Slots: the CPU's, then arrivals of each class. */
#define	SLOT_ARRIVE	SCHED_NSLOTS(1)

struct class {
	struct thread	thread;
	double		lambda;
	struct dist	service;
	struct rng	arrivals, services;
	struct fifo	line;		/* arrival times */
	uint64_t	served;
	double		stayed;		/* s */
	struct tally	present;
};

struct bench {
	struct sim	*sim;
	struct sched	sched;
	struct costs	costs;
	struct class	class[NCLASSES];
};

static void
on_stopped(struct sched *s, struct thread *t)
{

	(void)s;
	(void)t;
}

static void
class_arrive(struct bench *b, unsigned i)
{
	struct class *c;
	simtime now;

	c = &b->class[i];
	now = sim_now(b->sim);
	fifo_put(&c->line, (uint64_t)now);
	tally_add(&c->present, now, 1);
	sim_at(b->sim, SLOT_ARRIVE + i, now + (simtime)(1e12 / c->lambda *
	    rng_exp1(&c->arrivals)));
	if (c->thread.state == THREAD_IDLE)
		sched_wake(&b->sched, &c->thread);
}

/* The thread on the CPU has done what it had to. */
static void
class_go(struct bench *b, struct class *c)
{
	struct thread *t;

	t = &c->thread;
	if (t->op != 0) {
		c->served++;
		tally_add(&c->present, sim_now(b->sim), -1);
		c->stayed += (double)(sim_now(b->sim) -
		    (simtime)fifo_take(&c->line)) / 1e12;
	}
	t->op = fifo_count(&c->line) > 0;
	if (t->op == 0)
		sched_stop(&b->sched, t, THREAD_IDLE);
	else
		sched_compute(&b->sched, t, dist_draw(&c->service,
		    &c->services));
}

static void
bench_init(struct bench *b, const struct class conf[NCLASSES],
    const enum pri pri[NCLASSES], unsigned replication)
{
	static const char *const names[] = { "one", "two" };
	struct class *c;
	unsigned i;

	memset(b, 0, sizeof(*b));
	for (i = 0; i < NCOSTS; i++)
		b->costs.curve[i].npoints = 1;
	b->sim = sim_new(SLOT_ARRIVE + NCLASSES, 1);
	sched_init(&b->sched, b->sim, &b->costs, 1, 0);
	b->sched.stopped = on_stopped;
	for (i = 0; i < NCLASSES; i++) {
		c = &b->class[i];
		c->lambda = conf[i].lambda;
		c->service = conf[i].service;
		rng_init(&c->arrivals, 7, 2 * replication + i, "arrivals");
		rng_init(&c->services, 7, 2 * replication + i, "services");
		tally_init(&c->present, 0, 0);
		thread_init(&c->thread, names[i], i, pri[i], 0);
		sim_at(b->sim, SLOT_ARRIVE + i, 0);
	}
}

/* The run is over: mean time in system, held to Little's law. */
static void
class_end(struct class *c, struct law *stay)
{
	double mean, off;

	mean = c->stayed / (double)c->served;
	law_add(stay, mean);
	off = law_little_off(tally_mean(&c->present, SPAN), (double)c->served /
	    ((double)SPAN / 1e12), mean);
	g_assert_cmpfloat(off, <, LAW_LITTLE);
	fifo_fini(&c->line);
}

/* Mean time in system of each class, by replication. */
static void
bench_run(const struct class conf[NCLASSES], const enum pri pri[NCLASSES],
    struct law stay[NCLASSES])
{
	struct sim_event ev;
	struct thread *t;
	struct bench b;
	unsigned i, r;

	memset(stay, 0, NCLASSES * sizeof(stay[0]));
	for (r = 0; r < NREPLICATIONS; r++) {
		bench_init(&b, conf, pri, r);
		while (sim_next(b.sim, SPAN, &ev)) {
			if (ev.slot >= SLOT_ARRIVE) {
				class_arrive(&b, ev.slot - SLOT_ARRIVE);
			} else if (ev.slot == 0) {
				t = sched_cpu_due(&b.sched, 0);
				if (t != NULL)
					class_go(&b, &b.class[t->id]);
			} else
				sched_slice_due(&b.sched, 0);
		}
		for (i = 0; i < NCLASSES; i++)
			class_end(&b.class[i], &stay[i]);
		sched_fini(&b.sched);
		sim_free(b.sim);
	}
}

static void
test_preemptive_resume(void)
{
	static const enum pri right[] = { PRI_RX, PRI_USER };
	static const enum pri wrong[] = { PRI_USER, PRI_RX };
	static const enum pri equal[] = { PRI_USER, PRI_USER };
	/* Class 1: exponential 2 ms, rho 0.3; class 2: 10 ms, rho 0.4. */
	struct class conf[NCLASSES] = {
		{ .lambda = 150, .service = { .kind = DIST_EXPONENTIAL,
		    .a = 2 * SIM_MS } },
		{ .lambda = 40, .service = { .kind = DIST_CONSTANT,
		    .a = 10 * SIM_MS } }
	};
	struct law stay[NCLASSES];
	double r1, r2, t1, t2, w1, w2;

	r1 = 150 * 0.002;
	r2 = 40 * 0.010;
	w1 = 150 * 2 * 0.002 * 0.002;
	w2 = 40 * 0.010 * 0.010;
	t1 = 0.002 + w1 / (2 * (1 - r1));
	t2 = 0.010 / (1 - r1) + (w1 + w2) / (2 * (1 - r1) * (1 - r1 - r2));
	bench_run(conf, right, stay);
	law_holds("class 1", &stay[0], t1);
	law_holds("class 2", &stay[1], t2);
	bench_run(conf, wrong, stay);
	law_is_caught("class 1, priorities swapped", &stay[0], t1);
	law_is_caught("class 2, priorities swapped", &stay[1], t2);
	bench_run(conf, equal, stay);
	law_is_caught("class 1 without preemption", &stay[0], t1);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/law/preemptive_resume", test_preemptive_resume);
	return (g_test_run());
}
