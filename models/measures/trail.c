/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Steps from port to port; see trail.h.
 */

#include <string.h>

#include <glib.h>

#include "models/measures/entropy.h"
#include "models/measures/none.h"
#include "models/measures/trail.h"

void
trail_init(struct trail *t, unsigned ports)
{

	*t = (struct trail){ .ports = ports };
	t->count = g_new0(uint32_t, ports);
}

void
trail_fini(struct trail *t)
{

	g_free(t->count);
}

void
trail_forget(struct trail *t)
{

	memset(t->count, 0, t->ports * sizeof(t->count[0]));
	t->steps = 0;
	memset(t->cell, 0, sizeof(t->cell));
	t->x = t->y = t->xx = t->yy = t->xy = 0;
}

/* 0, 1, 2 to 3, 4 to 7, ... */
static unsigned
octave(uint64_t n)
{

	return (n == 0 ? 0 : MIN(64u - (unsigned)__builtin_clzll(n), 17));
}

/* Steps ahead, then steps back. */
static unsigned
step_octave(const struct trail *t, unsigned step)
{

	return (step > t->ports / 2 ? 17 + octave(t->ports - step) :
	    octave(step));
}

void
trail_see(struct trail *t, struct trail_view *v, unsigned place,
    uint64_t opened)
{
	unsigned step;
	double x, y;

	if (v->opened > 0) {
		step = place >= v->place ? place - v->place :
		    place + t->ports - v->place;
		t->count[step]++;
		t->steps++;
		t->cell[octave(opened - v->opened)][step_octave(t, step)]++;
		x = (double)(opened - v->opened);
		y = step > t->ports / 2 ? (double)step - t->ports : step;
		t->x += x;
		t->y += y;
		t->xx += x * x;
		t->yy += y * y;
		t->xy += x * y;
	}
	v->place = (uint16_t)place;
	v->opened = opened;
}

double
trail_bits(const struct trail *t)
{
	double most;

	if (t->steps * t->steps < TRAIL_ENOUGH * t->ports)
		return (MEASURE_NONE);
	most = entropy_log2(t->ports);
	return (MIN(entropy_chao_shen(t->count, t->ports), most));
}

double
trail_within(const struct trail *t, unsigned w)
{
	uint64_t n;
	unsigned i;

	if (t->steps == 0)
		return (MEASURE_NONE);
	for (i = 0, n = 0; i < t->ports; i++)
		if (i <= w || t->ports - i <= w)
			n += t->count[i];
	return ((double)n / (double)t->steps);
}

double
trail_leak(const struct trail *t)
{
	uint32_t x[TRAIL_CELLS] = { 0 }, y[TRAIL_CELLS] = { 0 };
	double hx, leak;
	unsigned i, k;

	if (t->steps < TRAIL_LEAK_STEPS)
		return (MEASURE_NONE);
	for (i = 0; i < TRAIL_CELLS; i++)
		for (k = 0; k < TRAIL_CELLS; k++) {
			x[i] += t->cell[i][k];
			y[k] += t->cell[i][k];
		}
	hx = entropy_miller_madow(x, TRAIL_CELLS);
	if (hx <= 0)
		return (MEASURE_NONE);	/* always as many */
	leak = (hx + entropy_miller_madow(y, TRAIL_CELLS) -
	    entropy_miller_madow(&t->cell[0][0], TRAIL_CELLS * TRAIL_CELLS)) /
	    hx;
	return (CLAMP(leak, 0, 1));
}

double
trail_r2(const struct trail *t)
{
	double n, r2, sxx, sxy, syy;

	n = (double)t->steps;
	if (t->steps < TRAIL_LEAK_STEPS)
		return (MEASURE_NONE);
	sxx = t->xx - t->x * t->x / n;
	syy = t->yy - t->y * t->y / n;
	sxy = t->xy - t->x * t->y / n;
	/* Always as many, or always the same step: nothing to explain. */
	if (sxx <= 1e-9 * t->xx)
		return (MEASURE_NONE);
	if (syy <= 1e-9 * t->yy)
		return (0);
	r2 = sxy * sxy / (sxx * syy);
	r2 = 1 - (1 - r2) * (n - 1) / (n - 2);
	return (MAX(r2, 0));
}
