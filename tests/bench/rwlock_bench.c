/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A hash of buckets with a reader-writer lock each: 256 CPUs think, choose a
 * bucket, take its lock, nine of ten as readers, and hold it; as a user of the
 * engine would write it, with the waits of both.  In the order of coming: a
 * reader waits behind a writer that waits.
 *
 * The yardstick is a FIFO lock of as many CPUs by hand (by_hand.h): what this
 * takes is the engine's arithmetic, since the bucket is fetched while its CPU
 * thinks.  A pointer hop, which it was, is of memory alone: over four hosts the
 * ratio to that went from 0.026 to 0.038 and from 1.8 to 2.9, to this from 0.67
 * to 0.80 and from 0.61 to 0.73.
 */

#include "sim/hist.h"
#include "sim/sim.h"
#include "tests/bench/bench.h"
#include "tests/bench/by_hand.h"

#define	ROUNDS	7
#define	NCPUS	256
#define	NOBODY	UINT16_MAX
#define	OPS	2000000u
#define	HOLD	1e6		/* ps, mean */

struct rwlock {
	uint32_t	readers;	/* that hold it */
	uint16_t	writer;		/* .. or NOBODY */
	uint16_t	first, last;	/* who waits; NOBODY */
};

struct cpu {
	struct rng	rng;
	simtime		wanted;
	uint32_t	bucket;
	uint16_t	next;		/* behind it, at the same lock */
	bool		writes;
	bool		holds;
};

struct work {
	struct sim	*sim;
	struct rwlock	*lock;		/* lock[nbuckets] */
	uint32_t	nbuckets;
	unsigned	readers;	/* of 256 */
	struct cpu	cpu[NCPUS];
	struct hist	*wait[2];	/* of readers, writers */
	uint64_t	ops;
};

static void
think(struct work *w, unsigned i, simtime now, double mean)
{
	struct cpu *c;
	uint64_t u;

	c = &w->cpu[i];
	u = rng_u64(&c->rng);
	c->holds = false;
	c->writes = (u & 255) >= w->readers;
	c->bucket = (uint32_t)(u >> 8) & (w->nbuckets - 1);
	__builtin_prefetch(&w->lock[c->bucket], 1);
	sim_at(w->sim, i, now + bench_draw(&c->rng, mean));
}

static void
grant(struct work *w, struct rwlock *l, unsigned i, simtime now)
{
	struct cpu *c;

	c = &w->cpu[i];
	if (c->writes)
		l->writer = (uint16_t)i;
	else
		l->readers++;
	c->holds = true;
	w->ops++;
	hist_add(w->wait[c->writes], now - c->wanted);
	sim_at(w->sim, i, now + bench_draw(&c->rng, HOLD));
}

static bool
is_free(const struct work *w, const struct rwlock *l, unsigned i)
{

	return (l->writer == NOBODY && (l->readers == 0 ||
	    !w->cpu[i].writes));
}

static void
wants(struct work *w, unsigned i, simtime now)
{
	struct rwlock *l;
	struct cpu *c;

	c = &w->cpu[i];
	l = &w->lock[c->bucket];
	c->wanted = now;
	if (l->first == NOBODY && is_free(w, l, i)) {
		grant(w, l, i, now);
		return;
	}
	c->next = NOBODY;
	if (l->first == NOBODY)
		l->first = (uint16_t)i;
	else
		w->cpu[l->last].next = (uint16_t)i;
	l->last = (uint16_t)i;
}

static void
gives_back(struct work *w, unsigned i, simtime now)
{
	struct rwlock *l;
	unsigned next;

	l = &w->lock[w->cpu[i].bucket];
	if (w->cpu[i].writes)
		l->writer = NOBODY;
	else
		l->readers--;
	while ((next = l->first) != NOBODY && is_free(w, l, next)) {
		l->first = w->cpu[next].next;
		grant(w, l, next, now);
	}
}

/* M operations/s; *wait: mean of the writers', in holds. */
static double
run(unsigned ncpus, uint32_t nbuckets, unsigned readers, unsigned ops,
    double *wait)
{
	struct sim_event ev;
	struct work *w;
	double mean, start;
	unsigned i;

	w = g_new0(struct work, 1);
	w->sim = sim_new(ncpus, 1);
	w->lock = g_new(struct rwlock, nbuckets);
	w->nbuckets = nbuckets;
	w->readers = readers;
	mean = HOLD * ncpus;
	for (i = 0; i < nbuckets; i++)
		w->lock[i] = (struct rwlock){ 0, NOBODY, NOBODY, NOBODY };
	for (i = 0; i < 2; i++)
		w->wait[i] = hist_new();
	for (i = 0; i < ncpus; i++) {
		rng_init(&w->cpu[i].rng, 1, i, "cpu");
		think(w, i, 0, mean);
	}
	start = bench_cpu();
	while (w->ops < ops && sim_next(w->sim, SIM_NEVER - 1, &ev))
		if (w->cpu[ev.slot].holds) {
			gives_back(w, ev.slot, ev.time);
			think(w, ev.slot, ev.time, mean);
		} else
			wants(w, ev.slot, ev.time);
	start = bench_cpu() - start;
	*wait = hist_mean(w->wait[1]) / HOLD;
	for (i = 0; i < 2; i++)
		hist_free(w->wait[i]);
	sim_free(w->sim);
	g_free(w->lock);
	g_free(w);
	return (ops / start / 1e6);
}

/*
 * Of writers alone at one bucket the wait is that of a FIFO lock: of 16 CPUs
 * 2.40 holds, by mean value analysis (lock_bench.c).
 */
static void
check(void)
{
	double wait;

	(void)run(16, 1, 0, OPS / 2, &wait);
	if (fabs(wait / 2.4012 - 1) > 0.02) {
		fprintf(stderr, "rwlock: mean wait %g, not 2.40\n", wait);
		exit(1);
	}
}

static void
bench_rwlock(uint32_t nbuckets)
{
	struct bench_row row = { .unit = "M operations/s",
	    .sense = BENCH_LEAST, .target = 15,
	    .yard = "a FIFO lock by hand", .yard_unit = "M acquisitions/s" };
	double hand, value, wait;
	unsigned i;

	for (i = 0; i < ROUNDS; i++) {
		value = run(NCPUS, nbuckets, 230, OPS, &wait);
		hand = by_hand_lock(NCPUS, OPS, &wait);
		bench_add(&row, value, hand, NAN);
	}
	bench_tell(&row, "rwlock and hash: 256 CPUs %u buckets", nbuckets);
}

/* rwlock_bench [all]; list, of these; or alone BUCKETS TIMES. */
int
main(int argc, char **argv)
{
	double wait;

	if (argc == 2 && strcmp(argv[1], "list") == 0)
		puts("all");
	else if (argc == 4)
		(void)run(NCPUS, (uint32_t)strtoul(argv[2], NULL, 10), 230,
		    (unsigned)strtoul(argv[3], NULL, 10), &wait);
	else {
		check();
		bench_rwlock(1024);
		bench_rwlock(1 << 20);
	}
	return (0);
}
