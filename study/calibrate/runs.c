/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Several runs of one measurement; see runs.h.
 */

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sim/kassert.h"
#include "study/calibrate/runs.h"

simtime
calibrate_runs_clock(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((simtime)ts.tv_sec * SIM_S + (simtime)ts.tv_nsec * SIM_NS);
}

void
calibrate_runs_init(struct calibrate_runs *r)
{

	memset(r, 0, sizeof(*r));
}

void
calibrate_runs_add(struct calibrate_runs *r, simtime elapsed, uint64_t ops)
{

	KASSERT(ops > 0, ("a run of nothing"));
	KASSERT(r->n < CALIBRATE_RUNS_MAX, ("run %u", r->n));
	KASSERT(elapsed >= 0, ("time went back"));
	r->ps[r->n++] = (elapsed + (simtime)(ops / 2)) / (simtime)ops;
}

static int
runs_compare(const void *a, const void *b)
{
	simtime x, y;

	x = *(const simtime *)a;
	y = *(const simtime *)b;
	return (x < y ? -1 : x > y);
}

simtime
calibrate_runs_median(const struct calibrate_runs *r)
{
	simtime sorted[CALIBRATE_RUNS_MAX];

	KASSERT(r->n > 0, ("no run"));
	memcpy(sorted, r->ps, sizeof(sorted));
	qsort(sorted, r->n, sizeof(sorted[0]), runs_compare);
	return (sorted[(r->n - 1) / 2]);
}

simtime
calibrate_runs_min(const struct calibrate_runs *r)
{
	simtime least;
	unsigned i;

	KASSERT(r->n > 0, ("no run"));
	least = r->ps[0];
	for (i = 1; i < r->n; i++)
		if (r->ps[i] < least)
			least = r->ps[i];
	return (least);
}

bool
calibrate_runs_noisy(const struct calibrate_runs *r)
{
	simtime median, min;

	median = calibrate_runs_median(r);
	min = calibrate_runs_min(r);
	return (median * 100 > min * CALIBRATE_RUNS_NOISE &&
	    median - min > CALIBRATE_RUNS_SLACK);
}
