/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Priorities of releases; see prio.h.
 */

#include "models/cpus/prio.h"

/* What 11 and 12 have alike. */
#define	PRIO_FREEBSD_12							\
	.max_ithd = 47, .softclock = PRI_SOFTCLOCK, .preempt = 80,	\
	.min_interact = 120, .max_interact = 151,			\
	.min_batch = 152, .max_batch = 223, .batch = 172,		\
	.batch_range = 32, .queue_shift = 2, .batch_queues = 64

/*
 * As 12.x, but that sched_balance() sets balance_ticks, returns before that
 * while smp_started is 0, as it is when sched_setup_smp() calls it, and is
 * called again by sched_clock() only when they have run out; and that
 * sched_switch() looks for SWT_RELINQUISH (6) as for a bit, which is in
 * SWT_OWEPREEMPT (2), SWT_NEEDRESCHED (7) and SWT_REMOTEPREEMPT (11), so that
 * nobody counts as preempted.  No driver of 11.0 uses iflib: igb, ix, em and
 * ixl receive in interrupt threads (INTR_TYPE_NET), each bound to the CPU of
 * its queue where there are several (bus_bind_intr()).
 */
const struct prio_table prio_freebsd_11 = {
	PRIO_FREEBSD_12, .rx = PRI_NET,
	.preempted_last = true, .never_balances = true,
	.yields_last = true, .gives_back_first = true
};

const struct prio_table prio_freebsd_12 = {
	PRIO_FREEBSD_12, .rx = PRI_RX,
	.yields_last = true, .gives_back_first = true
};

const struct prio_table prio_freebsd_12_2 = {
	PRIO_FREEBSD_12, .rx = PRI_RX,
	.idle_first = true, .yields_last = true, .gives_back_first = true
};

const struct prio_table prio_others = {
	PRIO_FREEBSD_12, .rx = PRI_RX
};

/* Clock, task queues and receive threads are equals from 14 on. */
const struct prio_table prio_freebsd_14 = {
	.max_ithd = 15, .rx = 8, .softclock = 8,
	.preempt = 48,
	.min_interact = 88, .max_interact = 135,
	.min_batch = 136, .max_batch = 223, .batch = 156, .batch_range = 48,
	.intr = 4, .soft = 8, .psock = 72,
	.queue_shift = 2, .batch_queues = 64, .demotes = 4,
	.spreads = true, .idle_first = true, .heeds_queue = true,
	.yields_last = true, .gives_back_first = true
};

const struct prio_table prio_freebsd_15 = {
	.max_ithd = 7, .rx = 2, .softclock = 2,
	.preempt = 40,
	.min_interact = 56, .max_interact = 114,
	.min_batch = 115, .max_batch = 223, .batch = 140, .batch_range = 59,
	.intr = 1, .soft = 2, .psock = 46,
	.batch_queues = 109, .demotes = 1,
	.spreads = true, .idle_first = true, .heeds_queue = true,
	.yields_last = true, .gives_back_first = true
};

uint8_t
prio_of(const struct prio_table *p, enum pri pri)
{

	if (p->soft == 0 || pri >= PRI_CONSOLE)
		return ((uint8_t)pri);
	if (pri == PRI_PSOCK)
		return (p->psock);
	return (pri <= PRI_TTY ? p->intr : p->soft);
}
