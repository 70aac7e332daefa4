/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Many timers in any order: a 4-ary heap of (time, sequence, payload), in one
 * array, grown by doubling.
 */

#ifndef SIM_TIMERQ_H
#define	SIM_TIMERQ_H

#include <stdint.h>

#include "sim/time.h"

struct timer {
	simtime		time;
	uint64_t	seq;
	uint64_t	payload;
};

struct timerq {
	struct timer	*heap;		/* heap[size] */
	uint64_t	count, size;
};

void	timerq_push(struct timerq *, struct timer);
/* The earliest; only if there is one. */
struct timer timerq_pop(struct timerq *);
void	timerq_fini(struct timerq *);

#endif /* !SIM_TIMERQ_H */
