/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The yardstick of what the engine computes: a closed queue as one would write
 * it without an engine, a winner tree of packed keys, inlined.  N CPUs think
 * (mean N x S), take one FIFO lock, hold it (mean S).
 */

#ifndef TESTS_BENCH_BY_HAND_H
#define	TESTS_BENCH_BY_HAND_H

#include "models/machine/fifo.h"
#include "sim/hist.h"
#include "tests/bench/bench.h"

/* Packed: the time in the upper bits, the slot in the lower ten. */
#define	BY_HAND_BITS	10
#define	BY_HAND_SLOT	((1u << BY_HAND_BITS) - 1)

static inline void
by_hand_set(uint64_t *tree, unsigned leaves, unsigned slot, simtime when)
{
	uint64_t key, other;
	unsigned i;

	key = (uint64_t)when << BY_HAND_BITS | slot;
	for (i = leaves + slot; i > 1; i /= 2) {
		tree[i] = key;
		other = tree[i ^ 1];
		key = key < other ? key : other;
	}
	tree[1] = key;
}

/*
 * M acquisitions/s; *wait: the mean one, in holds.  No engine, no clock, no
 * slots of a user's.
 */
static inline double
by_hand_lock(unsigned ncpus, unsigned acquisitions, double *wait)
{
	struct fifo line = { 0 };
	struct hist *h;
	struct rng *r;
	double start;
	simtime now, *wanted;
	uint64_t tree[2 << BY_HAND_BITS];
	unsigned cpu, i, leaves, n, owner;

	h = hist_new();
	r = g_new(struct rng, ncpus);
	wanted = g_new(simtime, ncpus);
	memset(tree, 0xff, sizeof(tree));
	for (leaves = 2; leaves < ncpus; leaves *= 2)
		continue;
	for (i = 0; i < ncpus; i++) {
		rng_init(&r[i], 1, i, "cpu");
		by_hand_set(tree, leaves, i, bench_draw(&r[i], 1e6 * ncpus));
	}
	owner = ncpus;
	start = bench_cpu();
	for (n = 0; n < acquisitions;) {
		cpu = (unsigned)(tree[1] & BY_HAND_SLOT);
		now = (simtime)(tree[1] >> BY_HAND_BITS);
		if (cpu != owner) {
			if (owner != ncpus) {
				wanted[cpu] = now;
				fifo_put(&line, cpu);
				by_hand_set(tree, leaves, cpu, SIM_NEVER >>
				    BY_HAND_BITS);
				continue;
			}
			owner = cpu;
			n++;
			hist_add(h, 0);
			by_hand_set(tree, leaves, cpu, now +
			    bench_draw(&r[cpu], 1e6));
			continue;
		}
		by_hand_set(tree, leaves, cpu, now + bench_draw(&r[cpu],
		    1e6 * ncpus));
		owner = ncpus;
		if (fifo_count(&line) == 0)
			continue;
		owner = (unsigned)fifo_take(&line);
		n++;
		hist_add(h, now - wanted[owner]);
		by_hand_set(tree, leaves, owner, now +
		    bench_draw(&r[owner], 1e6));
	}
	start = bench_cpu() - start;
	*wait = hist_mean(h) / 1e6;
	hist_free(h);
	fifo_fini(&line);
	g_free(r);
	g_free(wanted);
	return (acquisitions / start / 1e6);
}

#endif /* !TESTS_BENCH_BY_HAND_H */
