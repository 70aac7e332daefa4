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

#include "models/machine/load.h"
#include "models/machine/workload.h"

/* When record `n', counted through all repetitions, is due. */
static simtime
replay_due(const struct workload *wl, uint64_t n)
{
	const struct workload_conf *conf;
	const struct recording *rec;
	simtime round;

	conf = wl->conf;
	rec = conf->recording;
	if (n >= rec->n * conf->repeat)
		return (SIM_NEVER);
	round = rec->last + rec->last / (simtime)rec->n;
	return (conf->start + (simtime)(((double)(n / rec->n) *
	    (double)round + (double)recording_at(wl->cursor,
	    n % rec->n)->time) * 1e6 / (double)conf->speed_ppm));
}

static simtime
replay_first(struct workload *wl)
{

	return (replay_due(wl, 0));
}

static simtime
replay_arrive(struct workload *wl)
{
	simtime due;

	workload_want_recorded(wl, recording_at(wl->cursor,
	    (wl->arrived - 1) % wl->conf->recording->n));
	due = replay_due(wl, wl->arrived);
	return (due < workload_now(wl) ? workload_now(wl) : due);
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
