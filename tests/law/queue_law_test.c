/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Laws of one queue, on the engine as a user of it would write the queue.
 *
 *	M/M/1	wait rho / (mu - lambda)		Kleinrock 1975, 3.2
 *	M/G/1	wait lambda E[S^2] / (2 (1 - rho))	Pollaczek 1930,
 *		M/D/1 and lognormal service		Khinchine 1932
 *	M/M/c	wait C(c, a) / (c mu - lambda), with	Erlang 1917
 *		C Erlang's probability to wait
 *	Little	number = rate x time, of the line and	Little 1961
 *		of the whole
 *	PASTA	arrivals see the state as time does	Wolff 1982
 *
 * Twenty replications of 4,000 s; queues begin empty, which shortens waits by
 * less than a tenth of a standard error here.
 */

#include "models/machine/fifo.h"
#include "sim/dist.h"
#include "sim/rng.h"
#include "sim/sim.h"
#include "sim/tally.h"
#include "tests/law/law.h"

#define	NREPLICATIONS	20
#define	SPAN		(4000 * SIM_S)
#define	MAXSERVERS	8

/* Slots: arrivals, then one a server. */
enum { ARRIVE, SERVER };

struct queue {
	double		lambda;		/* arrivals a second */
	bool		paced;		/* at equal distances, not Poisson */
	struct dist	service;
	unsigned	nservers;
	/* While it runs. */
	struct sim	*sim;
	struct rng	arrivals, services;
	struct fifo	line;		/* arrival times */
	simtime		came[MAXSERVERS];	/* of who is served */
	unsigned	busy;
	struct tally	waiting, present;
	/* What is measured. */
	uint64_t	arrived, served;
	uint64_t	seen_busy;	/* arrivals that found all busy */
	double		waited, stayed;	/* s */
	simtime		all_busy;	/* ps in which all servers were */
	simtime		all_busy_since;
};

struct means {
	double		wait, stay, number_waiting, number, rate;
	double		busy_seen, busy_time;
};

static void
queue_serve(struct queue *q, unsigned server, simtime came)
{
	simtime now;

	now = sim_now(q->sim);
	q->came[server] = came;
	q->waited += (double)(now - came) / 1e12;
	sim_at(q->sim, SERVER + server, now + dist_draw(&q->service,
	    &q->services));
}

static void
queue_arrive(struct queue *q)
{
	simtime now;
	unsigned i;

	now = sim_now(q->sim);
	q->arrived++;
	tally_add(&q->present, now, 1);
	sim_at(q->sim, ARRIVE, now + (simtime)(1e12 / q->lambda *
	    (q->paced ? 1 : rng_exp1(&q->arrivals))));
	if (q->busy == q->nservers) {
		q->seen_busy++;
		fifo_put(&q->line, (uint64_t)now);
		tally_add(&q->waiting, now, 1);
		return;
	}
	for (i = 0; sim_due(q->sim, SERVER + i) != SIM_NEVER; i++)
		continue;
	if (++q->busy == q->nservers)
		q->all_busy_since = now;
	queue_serve(q, i, now);
}

static void
queue_depart(struct queue *q, unsigned server)
{
	simtime now;

	now = sim_now(q->sim);
	q->served++;
	q->stayed += (double)(now - q->came[server]) / 1e12;
	tally_add(&q->present, now, -1);
	if (fifo_count(&q->line) > 0) {
		tally_add(&q->waiting, now, -1);
		queue_serve(q, server, (simtime)fifo_take(&q->line));
		return;
	}
	if (q->busy-- == q->nservers)
		q->all_busy += now - q->all_busy_since;
}

static struct means
queue_run(const struct queue *conf, unsigned replication)
{
	struct queue q = *conf;
	struct sim_event ev;
	struct means m;
	double span;

	q.sim = sim_new(SERVER + q.nservers, 1);
	rng_init(&q.arrivals, 5, replication, "arrivals");
	rng_init(&q.services, 5, replication, "services");
	tally_init(&q.waiting, 0, 0);
	tally_init(&q.present, 0, 0);
	sim_at(q.sim, ARRIVE, 0);
	while (sim_next(q.sim, SPAN, &ev))
		if (ev.slot == ARRIVE)
			queue_arrive(&q);
		else
			queue_depart(&q, ev.slot - SERVER);
	if (q.busy == q.nservers)
		q.all_busy += SPAN - q.all_busy_since;
	span = (double)SPAN / 1e12;
	m.wait = q.waited / (double)(q.served + q.busy);
	m.stay = q.stayed / (double)q.served;
	m.rate = (double)q.arrived / span;
	m.number_waiting = tally_mean(&q.waiting, SPAN);
	m.number = tally_mean(&q.present, SPAN);
	m.busy_seen = (double)q.seen_busy / (double)q.arrived;
	m.busy_time = (double)q.all_busy / (double)SPAN;
	fifo_fini(&q.line);
	sim_free(q.sim);
	return (m);
}

/* Waits against the law; Little and PASTA on the way. */
static struct law
queue_waits(const struct queue *q)
{
	struct law pasta = { 0 }, wait = { 0 };
	struct means m;
	double little;
	unsigned i;

	little = 0;
	for (i = 0; i < NREPLICATIONS; i++) {
		m = queue_run(q, i);
		law_add(&wait, m.wait);
		law_add(&pasta, m.busy_seen - m.busy_time);
		little = MAX(little, law_little_off(m.number_waiting, m.rate,
		    m.wait));
		little = MAX(little, law_little_off(m.number, m.rate, m.stay));
	}
	g_test_message("Little: %.2g off, at most", little);
	g_assert_cmpfloat(little, <, LAW_LITTLE);
	law_show("PASTA, seen - spent", &pasta, 0);
	g_assert_cmpfloat(fabs(law_z(&pasta, 0)), <, LAW_SE);
	return (wait);
}

/* lambda E[S^2] / (2 (1 - rho)) */
static double
pollaczek(double lambda, double mean, double square)
{

	return (lambda * square / (2 * (1 - lambda * mean)));
}

static void
test_mm1(void)
{
	struct queue q = { .lambda = 80, .nservers = 1,
	    .service = { .kind = DIST_EXPONENTIAL, .a = SIM_S / 100 } };
	struct law l;

	l = queue_waits(&q);
	law_holds("M/M/1 at 0.8", &l, 0.8 / 20);
	q.lambda = 50;
	l = queue_waits(&q);
	law_holds("M/M/1 at 0.5", &l, 0.5 / 50);
	q.service.a = SIM_S / 97;
	l = queue_waits(&q);
	law_is_caught("3 % more service", &l, 0.5 / 50);
}

static void
test_md1(void)
{
	struct queue q = { .lambda = 80, .nservers = 1,
	    .service = { .kind = DIST_CONSTANT, .a = SIM_S / 100 } };
	struct law l;

	l = queue_waits(&q);
	law_holds("M/D/1 at 0.8", &l, pollaczek(80, 0.01, 1e-4));
	q.service.kind = DIST_EXPONENTIAL;
	l = queue_waits(&q);
	law_is_caught("exponential service", &l, pollaczek(80, 0.01, 1e-4));
}

/* Lognormal: E[S] = m exp(s^2/2), E[S^2] = m^2 exp(2 s^2). */
static void
test_mg1(void)
{
	const double m = 0.005, s = 1;
	struct queue q = { .lambda = 60, .nservers = 1,
	    .service = { .kind = DIST_LOGNORMAL, .a = 5 * SIM_MS,
	    .shape = 1 } };
	struct law l;
	double want;

	want = pollaczek(60, m * exp(s * s / 2), m * m * exp(2 * s * s));
	l = queue_waits(&q);
	law_holds("M/G/1 lognormal at 0.49", &l, want);
	q.service = (struct dist){ .kind = DIST_EXPONENTIAL,
	    .a = (simtime)(1e12 * m * exp(s * s / 2)) };
	l = queue_waits(&q);
	law_is_caught("the mean without the variance", &l, want);
}

/* Erlang's C: the probability that all of c servers are busy. */
static double
erlang_c(unsigned c, double a)
{
	double last, sum, term;
	unsigned k;

	for (k = 0, sum = 0, term = 1; k < c; k++) {
		sum += term;
		term *= a / (k + 1);
	}
	last = term * c / (c - a);
	return (last / (sum + last));
}

static void
test_mmc(void)
{
	struct queue q = { .lambda = 350, .nservers = 4,
	    .service = { .kind = DIST_EXPONENTIAL, .a = SIM_S / 100 } };
	struct law l;
	double want;

	want = erlang_c(4, 3.5) / (400 - 350);
	l = queue_waits(&q);
	law_holds("M/M/4 at 0.875", &l, want);
	q.nservers = 5;
	l = queue_waits(&q);
	law_is_caught("one server more", &l, want);
	law_holds("M/M/5 at 0.7", &l, erlang_c(5, 3.5) / (500 - 350));
}

/*
 * PASTA needs Poisson arrivals: those at equal distances find the server busy
 * less often than it is (D/M/1).
 */
static void
test_pasta_planted(void)
{
	struct queue q = { .lambda = 80, .nservers = 1, .paced = true,
	    .service = { .kind = DIST_EXPONENTIAL, .a = SIM_S / 100 } };
	struct law pasta = { 0 };
	struct means m;
	unsigned i;

	for (i = 0; i < NREPLICATIONS; i++) {
		m = queue_run(&q, i);
		law_add(&pasta, m.busy_seen - m.busy_time);
	}
	law_is_caught("arrivals at equal distances", &pasta, 0);
}

/*
 * One customer in a hundred forgotten, in the rate or in the time, and the
 * three means do not go together.
 */
static void
test_little_planted(void)
{
	struct queue q = { .lambda = 80, .nservers = 1,
	    .service = { .kind = DIST_EXPONENTIAL, .a = SIM_S / 100 } };
	struct means m;
	unsigned i;

	for (i = 0; i < NREPLICATIONS; i++) {
		m = queue_run(&q, i);
		g_assert_cmpfloat(law_little_off(m.number, m.rate * 0.99,
		    m.stay), >, LAW_LITTLE);
		g_assert_cmpfloat(law_little_off(m.number_waiting, m.rate,
		    m.wait * 0.99), >, LAW_LITTLE);
		/* The line is not the whole. */
		g_assert_cmpfloat(law_little_off(m.number_waiting, m.rate,
		    m.stay), >, LAW_LITTLE);
	}
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/law/mm1", test_mm1);
	g_test_add_func("/law/md1", test_md1);
	g_test_add_func("/law/mg1", test_mg1);
	g_test_add_func("/law/mmc", test_mmc);
	g_test_add_func("/law/pasta_planted", test_pasta_planted);
	g_test_add_func("/law/little_planted", test_little_planted);
	return (g_test_run());
}
