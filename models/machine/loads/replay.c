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

	conf = wl->conf;
	rec = conf->recording;
	if (n >= rec->n * conf->repeat)
		return (SIM_NEVER);
	return (conf->start + recording_due(wl->cursor, n, n < rec->n ? 0 :
	    recording_round(rec, conf->recorded_in), conf->speed_ppm));
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
	uint64_t n;

	n = wl->arrived - 1;
	if (n >= wl->conf->recording->n)
		n %= wl->conf->recording->n;
	workload_want_recorded(wl, recording_at(wl->cursor, n));
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
