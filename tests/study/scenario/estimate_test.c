/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Estimates: of a recording, the most that are open at a time.
 */

#include <string.h>

#include <glib.h>

#include "models/machine/load.h"
#include "study/scenario/estimate.h"

#define	N	500

/* Counted one by one, when each of the first `n' opens. */
static unsigned
most_open(const struct replay_conn *conns, unsigned n)
{
	unsigned i, j, most, open;

	most = 0;
	for (i = 0; i < n; i++) {
		open = 1;
		for (j = 0; j < i; j++)
			open += conns[j].duration == SIM_NEVER ||
			    conns[j].time + conns[j].duration > conns[i].time;
		most = MAX(most, open);
	}
	return (most);
}

static void
replay_most_open(void)
{
	struct replay_conn conns[N];
	struct recording rec = { .n = N, .copy = recording_copy_array,
	    .arg = conns };
	struct load load = { .name = "replay", .takes = "" };
	struct workload_conf wc = { .load = &load, .recording = &rec,
	    .speed_ppm = 1000000, .repeat = 1, .stop = SIM_NEVER };
	struct run_conf conf = { .duration = SIM_NEVER };
	struct estimate est;
	unsigned i, round;

	for (round = 0; round < 50; round++) {
		memset(conns, 0, sizeof(conns));
		for (i = 0; i < N; i++) {
			conns[i].time = (i > 0 ? conns[i - 1].time : 0) +
			    g_test_rand_int_range(0, 4) * SIM_MS;
			conns[i].duration = g_test_rand_int_range(0, 20) == 0 ?
			    SIM_NEVER : g_test_rand_int_range(0, 60) * SIM_MS;
		}
		rec.last = conns[N - 1].time;
		conf.duration = SIM_NEVER;
		estimate_workload(&conf, &wc, &est);
		g_assert_cmpfloat(est.connections, ==, N);
		g_assert_cmpfloat(est.open, ==, most_open(conns, N));
		/* Of a run that ends half-way, the first half. */
		conf.duration = conns[N / 2].time;
		estimate_workload(&conf, &wc, &est);
		for (i = 0; i < N && conns[i].time < conf.duration; i++)
			;
		g_assert_cmpfloat(est.connections, ==, i);
		g_assert_cmpfloat(est.open, ==, most_open(conns, i));
	}
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/estimate/replay_most_open", replay_most_open);
	return (g_test_run());
}
