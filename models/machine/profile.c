/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Arrivals by a profile of rates; see profile.h.
 */

#include "models/machine/profile.h"

/* The step that holds at `at'. */
static unsigned
profile_step(const struct workload_conf *conf, simtime at)
{
	unsigned i;

	for (i = 0; i + 1 < conf->nrates && conf->rates[i + 1].from <= at;
	    i++)
		continue;
	return (i);
}

/* When step `i' ends. */
static simtime
profile_until(const struct workload_conf *conf, unsigned i)
{

	return (i + 1 < conf->nrates ? conf->rates[i + 1].from : SIM_NEVER);
}

rate_uhz
profile_rate(const struct workload_conf *conf, simtime at)
{

	return (conf->rates[profile_step(conf, at)].rate);
}

simtime
profile_next_poisson(const struct workload_conf *conf, struct rng *rng,
    simtime from)
{
	double left, per_ps, span;
	simtime next;
	unsigned i;

	left = rng_exp1(rng);
	for (i = profile_step(conf, from);; i++) {
		next = profile_until(conf, i);
		per_ps = (double)conf->rates[i].rate / 1e18;
		span = (double)(next - from);
		if (per_ps > 0 && left < per_ps * span)
			return (from + 1 + (simtime)(left / per_ps));
		if (next == SIM_NEVER)
			return (SIM_NEVER);
		left -= per_ps * span;
		from = next;
	}
}

simtime
profile_next_steady(const struct workload_conf *conf, uint64_t *way,
    simtime from)
{
	uint64_t need, rate;
	simtime next;
	unsigned i;

	for (i = profile_step(conf, from);; i++) {
		next = profile_until(conf, i);
		rate = conf->rates[i].rate;
		need = rate == 0 ? 0 : (PROFILE_ONE - *way + rate - 1) / rate;
		if (rate > 0 && need <= (uint64_t)(next - from)) {
			/* What the whole picosecond is too much is kept. */
			*way += need * rate - PROFILE_ONE;
			return (from + (simtime)need);
		}
		if (next == SIM_NEVER)
			return (SIM_NEVER);
		*way += rate * (uint64_t)(next - from);
		from = next;
	}
}
