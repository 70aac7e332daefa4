/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A transmit queue's mutex: who sends, who leaves a frame behind, and who is
 * held up.  The machine and this part alone.
 */

#include <glib.h>

#include "models/machine/machine.h"
#include "models/machine/transmit.h"
#include "tests/models/machine/run_rig.h"

#define	NSLOTS	8
#define	HOLD	(2 * SIM_MS)
#define	EVENTS	4

struct bench;

struct sender {
	struct bench	*bench;
	struct thread	thread;
	bool		sending;
	simtime		sent;		/* its frame is on the ring */
	simtime		free;		/* it went on */
};

struct bench {
	struct run_rig	rig;
	struct run_result *res;
	struct machine	*m;
	struct transmit	transmit;
	struct sender	senders[2];	/* on CPU 0, on CPU 1 */
	struct thread	other;		/* on CPU 0, better than users */
	struct {
		simtime		when;
		struct thread	*thread;
		simtime		work;
	} begins[EVENTS];
	unsigned	nbegins, done, slot;
};

static void
bench_next(struct bench *b)
{

	if (b->done < b->nbegins)
		sim_at(b->m->sim, b->slot, b->begins[b->done].when);
}

static void
bench_due(void *bench, const struct sim_event *ev)
{
	struct bench *b;
	struct thread *t;

	(void)ev;
	b = bench;
	t = b->begins[b->done].thread;
	machine_begin(b->m, t, OP_OBSERVE, CONN_NONE);
	t->charge += b->begins[b->done++].work;
	bench_next(b);
}

static void
bench_at(struct bench *b, simtime when, struct thread *t, simtime work)
{

	g_assert_cmpuint(b->nbegins, <, EVENTS);
	b->begins[b->nbegins].when = when;
	b->begins[b->nbegins].thread = t;
	b->begins[b->nbegins++].work = work;
	bench_next(b);
}

static void
sent(void *arg, uint64_t word)
{
	struct sender *s;

	s = arg;
	g_assert_cmpuint(word, ==, 42);
	s->sent = machine_now(s->bench->m);
}

static void
sender_done(struct thread *t)
{
	struct sender *s;
	struct transmit *tx;

	s = t->actor;
	tx = &s->bench->transmit;
	s->sending = s->sending ? transmit_go_on(tx, t, 0) :
	    transmit_send(tx, t, 0, sent, s, 42);
	if (s->sending)
		return;
	s->free = machine_now(s->bench->m);
	machine_thread_idle(s->bench->m, t);
}

static void
other_done(struct thread *t)
{

	machine_thread_idle(t->actor, t);
}

static void
bench_init(struct bench *b, simtime hold, uint8_t other_pri)
{
	unsigned i;

	memset(b, 0, sizeof(*b));
	run_rig_init(&b->rig, "freebsd-12.0");
	b->rig.conf.nworkloads = 0;
	b->rig.conf.duration = SIM_S;
	b->rig.conf.inbound.tx_hold = hold;
	b->res = g_new0(struct run_result, 1);
	b->m = machine_new(&b->rig.conf, b->res, NSLOTS);
	b->slot = machine_slot(b->m, bench_due, b);
	transmit_init(&b->transmit, b->m, 1);
	for (i = 0; i < 2; i++) {
		b->senders[i].bench = b;
		machine_thread(b->m, &b->senders[i].thread, "sender",
		    PRI_USER, (int)i, sender_done);
		b->senders[i].thread.actor = &b->senders[i];
	}
	machine_thread(b->m, &b->other, "other", other_pri, 0, other_done);
	b->other.actor = b->m;
}

static void
bench_fini(struct bench *b)
{

	transmit_fini(&b->transmit);
	machine_free(b->m);
	run_result_free(b->res);
}

/* Nobody in the way: each puts its own on the ring. */
static void
test_alone(void)
{
	struct bench b;

	bench_init(&b, HOLD, PRI_RX);
	bench_at(&b, SIM_MS, &b.senders[0].thread, 0);
	bench_at(&b, 10 * SIM_MS, &b.senders[1].thread, 0);
	machine_run(b.m);
	g_assert_cmpint(b.senders[0].sent, ==, 3 * SIM_MS);
	g_assert_cmpint(b.senders[1].sent, ==, 12 * SIM_MS);
	g_assert_cmpuint(b.transmit.deferred, ==, 0);
	bench_fini(&b);
}

/* The second goes on at once; the first sends both. */
static void
test_left_behind(void)
{
	struct bench b;

	bench_init(&b, HOLD, PRI_RX);
	bench_at(&b, SIM_MS, &b.senders[0].thread, 0);
	bench_at(&b, 2 * SIM_MS, &b.senders[1].thread, 0);
	machine_run(b.m);
	g_assert_cmpint(b.senders[1].free, ==, 2 * SIM_MS);
	g_assert_cmpint(b.senders[0].sent, ==, 3 * SIM_MS);
	g_assert_cmpint(b.senders[1].sent, ==, 5 * SIM_MS);
	g_assert_cmpint(b.senders[0].free, ==, 5 * SIM_MS);
	g_assert_cmpuint(b.transmit.deferred, ==, 1);
	bench_fini(&b);
}

/*
 * The first is put off its CPU, with the mutex, by one who computes for 10 ms;
 * 2 ms later the second sends.
 */
static void
put_off(struct bench *b, uint8_t pri)
{

	bench_init(b, HOLD, pri);
	bench_at(b, SIM_MS, &b->senders[0].thread, 0);
	bench_at(b, 2 * SIM_MS, &b->other, 10 * SIM_MS);
	bench_at(b, 4 * SIM_MS, &b->senders[1].thread, 0);
	machine_run(b->m);
	g_assert_cmpint(b->senders[1].free, ==, 4 * SIM_MS);
	g_assert_cmpuint(b->transmit.deferred, ==, 1);
}

/* The queue's thread is better than that one, and lends: the first runs on. */
static void
test_lends(void)
{
	struct bench b;

	put_off(&b, PRI_RX);
	g_assert_cmpint(b.senders[0].sent, ==, 5 * SIM_MS);
	g_assert_cmpint(b.senders[1].sent, ==, 7 * SIM_MS);
	bench_fini(&b);
}

/* It is not: all wait until that one is done. */
static void
test_held_up(void)
{
	struct bench b;

	put_off(&b, PRI_NET - 1);
	g_assert_cmpint(b.senders[0].sent, ==, 13 * SIM_MS);
	g_assert_cmpint(b.senders[1].sent, ==, 15 * SIM_MS);
	bench_fini(&b);
}

static void
test_off(void)
{
	struct bench b;

	bench_init(&b, 0, PRI_RX);
	g_assert_null(b.transmit.queues);
	bench_fini(&b);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/transmit/alone", test_alone);
	g_test_add_func("/transmit/left_behind", test_left_behind);
	g_test_add_func("/transmit/lends", test_lends);
	g_test_add_func("/transmit/held_up", test_held_up);
	g_test_add_func("/transmit/off", test_off);
	return (g_test_run());
}
