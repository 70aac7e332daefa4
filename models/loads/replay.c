/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Replay: the connections of a recording, at their times.  `speed' divides
 * times and durations alike; `repeat' plays the recording again and again,
 * each time one mean gap after its last connection.
 */

#include "models/load.h"
#include "models/machine.h"
#include "models/workload.h"

/* When record `n', counted through all repetitions, is due. */
static simtime
replay_due(const struct workload *wl, uint64_t n)
{
	const struct workload_conf *conf;
	simtime last, round;

	conf = wl->conf;
	if (n >= conf->nconns * conf->repeat)
		return (SIM_NEVER);
	last = conf->conns[conf->nconns - 1].time;
	round = last + last / (simtime)conf->nconns;
	return (conf->start + (simtime)(((double)(n / conf->nconns) *
	    (double)round + (double)conf->conns[n % conf->nconns].time) *
	    1e6 / (double)conf->speed_ppm));
}

static simtime
replay_first(struct workload *wl)
{

	return (replay_due(wl, 0));
}

static simtime
replay_arrive(struct machine *m, struct workload *wl)
{
	simtime due;

	workload_want_recorded(wl,
	    &wl->conf->conns[wl->arrived++ % wl->conf->nconns]);
	due = replay_due(wl, wl->arrived);
	return (due < machine_now(m) ? machine_now(m) : due);
}

static const struct load_ops replay_ops = {
	.first = replay_first,
	.arrive = replay_arrive
};

const struct load load_replay = {
	.name = "replay",
	.title = "the connections of a recording (CSV), at their times",
	.needs = "file",
	.takes = "speed;repeat;on-error",
	.ops = &replay_ops
};
