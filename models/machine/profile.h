/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A workload's profile of rates, and when the next arrival is due by it.
 */

#ifndef MODELS_MACHINE_PROFILE_H
#define	MODELS_MACHINE_PROFILE_H

#include <stdint.h>

#include "models/machine/run.h"
#include "sim/rng.h"

/* The rate that holds at a time. */
rate_uhz profile_rate(const struct workload_conf *, simtime at);

/*
 * The first time at or after `from' at which an inhomogeneous Poisson process
 * of the profile has another arrival; SIM_NEVER: none.
 */
simtime	profile_next_poisson(const struct workload_conf *, struct rng *,
	    simtime from);

/*
 * The first time after `from', the last arrival, at which the profile has
 * brought one more: 1 / rate later where the rate is constant.
 *
 * way		what it has brought already, of PROFILE_ONE; 0 at first
 */
simtime	profile_next_steady(const struct workload_conf *, uint64_t *way,
	    simtime from);

/* What 1 uHz brings within 1 ps is one of so many parts of an arrival. */
#define	PROFILE_ONE	UINT64_C(1000000000000000000)

#endif /* !MODELS_MACHINE_PROFILE_H */
