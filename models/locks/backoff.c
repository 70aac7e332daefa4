/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Delays of a spinner; see backoff.h.
 */

#include <glib.h>

#include "models/locks/backoff.h"
#include "sim/kassert.h"
#include "sim/rng.h"

/* A bounded spin: so many times (rowner_retries) so many pauses at least. */
#define	SPINS	10
#define	LOOPS	10000

void
backoff_auto(struct lock_backoff *b, enum backoff_rule rule, unsigned ncpus)
{
	unsigned p2;

	b->linear = rule == BACKOFF_11;
	if (b->linear) {
		b->base = 25 * ncpus;
		b->step = 25 * ncpus / 2;
		b->min = 5 * ncpus;
		b->max = 250 * ncpus;
		b->bound = SPINS * LOOPS;
		return;
	}
	for (p2 = 1; p2 <= ncpus; p2 *= 2)
		continue;
	b->base = rule == BACKOFF_12;
	b->step = b->min = 0;
	/* 12.x has these digits; 14 SHRT_MAX. */
	b->max = MIN(p2 * 256, rule == BACKOFF_12 ? 32678 : 32767);
	b->bound = SPINS * MAX(LOOPS, b->max);
}

unsigned
backoff_start(const struct lock_backoff *b)
{

	return (b->linear ? 0 : b->base);
}

static unsigned
backoff_next(const struct lock_backoff *b, unsigned delay)
{

	if (!b->linear)
		return (MIN(MAX(2 * delay, 1), b->max));
	if (delay == 0)
		return (MIN(b->base, b->max));
	return (MIN(delay + b->step, b->max));
}

/* How long a delay lasts, ps; of a random one the mean. */
static simtime
backoff_length(const struct lock_backoff *b, unsigned delay)
{
	simtime d, min;

	d = delay;
	min = b->min;
	if (!b->linear || d <= min)
		return (MAX(d, min) * b->pause);
	return ((d * d + min * min) * b->pause / (2 * d));
}

unsigned
backoff_reached(const struct lock_backoff *b, unsigned delay, simtime spun)
{
	simtime at;
	unsigned next;

	for (at = 0;; delay = next) {
		next = backoff_next(b, delay);
		at += backoff_length(b, next);
		if (at > spun || next == delay)
			return (delay);
	}
}

simtime
backoff_left(const struct lock_backoff *b, unsigned delay, struct rng *rng)
{
	unsigned drawn;

	drawn = backoff_next(b, delay);
	/* By its length: a long one is as often hit as it is long. */
	if (b->linear) {
		delay = drawn;
		do {
			drawn = MAX((unsigned)rng_below(rng, delay), b->min);
		} while (rng_below(rng, delay) >= drawn);
	}
	return (1 + (simtime)rng_below(rng, (uint64_t)drawn *
	    (uint64_t)b->pause));
}

simtime
backoff_next_look(const struct lock_backoff *b, unsigned delay,
    simtime since, simtime now, struct rng *rng)
{
	simtime look;
	unsigned next;
	bool longest;

	KASSERT(now >= since, ("spinning since the future"));
	if (b->linear)
		return (now + backoff_left(b, backoff_reached(b, delay,
		    now - since), rng));
	longest = false;
	for (look = since; look < now; delay = next) {
		if (longest)
			return (now + backoff_left(b, delay, rng));
		next = backoff_next(b, delay);
		look += backoff_length(b, next);
		longest = next == b->max;
	}
	return (look);
}
