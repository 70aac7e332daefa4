/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Time-weighted tally of an integer that changes at events: waiters, spinning
 * CPUs, open connections.  Values are 0 .. 2^31 - 1; the area under the curve
 * is an exact integer.
 */

#ifndef SIM_TALLY_H
#define	SIM_TALLY_H

#include <stdint.h>

#include "sim/time.h"

struct tally {
	int64_t		value;		/* since `since' */
	int64_t		max;		/* since the last tally_reset() */
	simtime		since;		/* last change or reset */
	simtime		start;		/* last reset */
	int64_t		area;		/* value x 2^32 ps since the reset */
	uint32_t	rest;		/* and value x ps beyond those */
};

void	tally_init(struct tally *, simtime now, int64_t value);
void	tally_set(struct tally *, simtime now, int64_t value);
void	tally_add(struct tally *, simtime now, int64_t delta);

/* Mean over [last reset, now]; the present value if that is empty. */
double	tally_mean(const struct tally *, simtime now);
int64_t	tally_max(const struct tally *);

/* Start a new interval: the value stays, area and maximum start anew. */
void	tally_reset(struct tally *, simtime now);

#endif /* !SIM_TALLY_H */
