/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Exact areas: whole units of 2^32 ps and a rest, since value x ps outgrows 64
 * bits on a machine of 256 CPUs within a day.
 */

#include "sim/kassert.h"
#include "sim/tally.h"

static void
tally_upto(struct tally *t, simtime now)
{
	uint64_t rest;
	simtime span;

	KASSERT(now >= t->since, ("tally goes back in time"));
	span = now - t->since;
	rest = (uint64_t)t->value * (uint64_t)(span & 0xffffffff) + t->rest;
	t->area += t->value * (span >> 32) + (int64_t)(rest >> 32);
	t->rest = (uint32_t)rest;
	t->since = now;
}

void
tally_init(struct tally *t, simtime now, int64_t value)
{

	*t = (struct tally){ .value = value, .max = value, .since = now,
	    .start = now };
}

void
tally_set(struct tally *t, simtime now, int64_t value)
{

	KASSERT(value >= 0 && value <= INT32_MAX, ("tally of %jd",
	    (intmax_t)value));
	tally_upto(t, now);
	t->value = value;
	if (value > t->max)
		t->max = value;
}

void
tally_add(struct tally *t, simtime now, int64_t delta)
{

	tally_set(t, now, t->value + delta);
}

double
tally_mean(const struct tally *t, simtime now)
{
	struct tally u;

	if (now == t->start)
		return ((double)t->value);
	u = *t;
	tally_upto(&u, now);
	return (((double)u.area * 0x1p32 + (double)u.rest) /
	    (double)(now - t->start));
}

int64_t
tally_max(const struct tally *t)
{

	return (t->max);
}

void
tally_reset(struct tally *t, simtime now)
{

	tally_init(t, now, t->value);
}
