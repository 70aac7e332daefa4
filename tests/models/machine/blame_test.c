/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Chains of waiting, of threads put into states by hand; what an inquiry finds
 * in a run is observer_test.c's.
 */

#include <string.h>

#include <glib.h>

#include "models/locks/lock.h"
#include "models/machine/blame.h"
#include "models/plans/plan.h"

enum { DAEMON, RX, UTILITY, NTHREADS };

struct stage {
	struct sched	sched;
	struct thread_list all;
	struct cpu	cpus[2];
	struct thread	threads[NTHREADS];
	struct lock	tcphash, tcpinp;
};

static void
stage_init(struct stage *s)
{
	static const char *const names[] = { "daemon", "rx3", "utility" };
	static const enum op ops[] = { OP_OBSERVE, OP_ACCEPT, OP_CONNECT };
	unsigned i;

	memset(s, 0, sizeof(*s));
	s->sched.cpus = s->cpus;
	s->sched.ncpus = G_N_ELEMENTS(s->cpus);
	s->tcphash.name = "tcphash";
	s->tcpinp.name = "tcpinp";
	TAILQ_INIT(&s->all);
	for (i = 0; i < NTHREADS; i++) {
		s->threads[i] = (struct thread){ .name = names[i],
		    .op = ops[i], .state = THREAD_IDLE, .cpu = -1 };
		TAILQ_INSERT_TAIL(&s->all, &s->threads[i], all);
	}
}

static void
stage_runs(struct stage *s, unsigned t, unsigned cpu, enum thread_state state)
{

	s->threads[t].state = state;
	s->threads[t].cpu = (int)cpu;
	s->cpus[cpu].cur = &s->threads[t];
}

static void
stage_waits(struct stage *s, unsigned t, struct lock *lk)
{

	s->threads[t].waiting = lk;
	lk->nspinners++;
}

/* No CPU, for a spinner, for a lock whose holder computes. */
static void
test_chain(void)
{
	struct stage s;
	struct blame b;

	stage_init(&s);
	s.threads[DAEMON].state = THREAD_READY;
	s.threads[DAEMON].cpu = 1;
	stage_runs(&s, RX, 1, THREAD_SPINNING);
	stage_waits(&s, RX, &s.tcphash);
	s.tcphash.owner = &s.threads[UTILITY];
	stage_runs(&s, UTILITY, 0, THREAD_RUNNING);
	s.threads[UTILITY].iters = 55536;
	blame_look(&s.sched, &s.all, &s.threads[DAEMON], &b);
	g_assert_cmpuint(b.nlinks, ==, 3);
	g_assert_false(b.again);
	g_assert_cmpint(b.links[0].how, ==, BLAME_NO_CPU);
	g_assert_cmpstr(b.links[1].who, ==, "rx3");
	g_assert_cmpstr(b.links[1].doing, ==, "accept");
	g_assert_cmpint(b.links[1].how, ==, BLAME_SPINS);
	g_assert_cmpstr(b.links[1].lock, ==, "tcphash");
	g_assert_cmpuint(b.links[1].waiters, ==, 1);
	g_assert_cmpstr(b.links[2].who, ==, "utility");
	g_assert_cmpint(b.links[2].how, ==, BLAME_COMPUTES);
	g_assert_cmpuint(b.links[2].iters, ==, 55536);
}

/* The holder has no CPU because somebody spins there for its lock. */
static void
test_comes_back(void)
{
	struct stage s;
	struct blame b;

	stage_init(&s);
	stage_runs(&s, RX, 0, THREAD_SPINNING);
	stage_waits(&s, RX, &s.tcphash);
	s.tcphash.owner = &s.threads[UTILITY];
	s.threads[UTILITY].state = THREAD_READY;
	s.threads[UTILITY].cpu = 0;
	blame_look(&s.sched, &s.all, &s.threads[RX], &b);
	g_assert_cmpuint(b.nlinks, ==, 2);
	g_assert_true(b.again);
	g_assert_cmpint(b.links[1].how, ==, BLAME_NO_CPU);
}

/* Readers hold it: the chain goes on with one of them. */
static void
test_readers(void)
{
	struct stage s;
	struct blame b;

	stage_init(&s);
	s.threads[RX].state = THREAD_BLOCKED;
	stage_waits(&s, RX, &s.tcpinp);
	s.tcpinp.readers = 1;
	s.threads[UTILITY].held[0] = &s.tcpinp;
	s.threads[UTILITY].nheld = 1;
	stage_runs(&s, UTILITY, 0, THREAD_RUNNING);
	blame_look(&s.sched, &s.all, &s.threads[RX], &b);
	g_assert_cmpuint(b.nlinks, ==, 2);
	g_assert_cmpint(b.links[0].how, ==, BLAME_SLEEPS);
	g_assert_cmpstr(b.links[1].who, ==, "utility");
}

/* A message's answer; then nobody: it is idle. */
static void
test_asked_and_idle(void)
{
	struct stage s;
	struct blame b;

	stage_init(&s);
	s.threads[UTILITY].state = THREAD_BLOCKED;
	s.threads[UTILITY].asked = &s.threads[RX];
	blame_look(&s.sched, &s.all, &s.threads[UTILITY], &b);
	g_assert_cmpuint(b.nlinks, ==, 2);
	g_assert_cmpint(b.links[0].how, ==, BLAME_ASKED);
	g_assert_cmpint(b.links[1].how, ==, BLAME_IDLE);
}

static struct blame
of_one(const char *who, const char *lock)
{

	return ((struct blame){ .nlinks = 1, .links = { { .who = who,
	    .doing = "accept", .how = BLAME_SPINS, .lock = lock } } });
}

/* Numbers of threads make no difference; names, locks and length do. */
static void
test_alike(void)
{
	struct blame a, b;

	a = of_one("rx3", "tcphash");
	b = of_one("rx11", "tcphash");
	b.links[0].waiters = 7;
	g_assert_true(blame_alike(&a, &b));
	b = of_one("rx", "tcphash");
	g_assert_true(blame_alike(&a, &b));
	b = of_one("rx3", "tcpinp");
	g_assert_false(blame_alike(&a, &b));
	b = of_one("softclock", "tcphash");
	g_assert_false(blame_alike(&a, &b));
	b = of_one("rx3x", "tcphash");
	g_assert_false(blame_alike(&a, &b));
	b = a;
	b.lost = true;
	g_assert_false(blame_alike(&a, &b));
	b.nlinks = 0;
	b.lost = false;
	g_assert_false(blame_alike(&a, &b));
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/blame/chain", test_chain);
	g_test_add_func("/blame/comes_back", test_comes_back);
	g_test_add_func("/blame/readers", test_readers);
	g_test_add_func("/blame/asked_and_idle", test_asked_and_idle);
	g_test_add_func("/blame/alike", test_alike);
	return (g_test_run());
}
