/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Simulated time: picoseconds in 64 bits, so that a cache hit (near 1 ns) is
 * not rounded away and a run may still last 106 days.
 */

#ifndef SIM_TIME_H
#define	SIM_TIME_H

#include <stdint.h>

typedef int64_t simtime;

#define	SIM_NS		((simtime)1000)
#define	SIM_US		(1000 * SIM_NS)
#define	SIM_MS		(1000 * SIM_US)
#define	SIM_S		(1000 * SIM_MS)
#define	SIM_NEVER	INT64_MAX

#endif /* !SIM_TIME_H */
