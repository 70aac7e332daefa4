/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The search drops its lock after every 256 candidates.
 *
 * Theory:	whoever waits for the hash lock gets it after 256 candidates at
 *		most, and the search goes on where it was when it has the lock
 *		again.  The work is the same and a little more; the longest hold
 *		is 217 times shorter on a range of 55,536 ports.  What frees
 *		behind it is missed, what is taken before it is seen.
 * Proposed:	in_pcb_lport_dest() would drop and take INP_HASH_WLOCK() in its
 *		loop, with the pcb's lock held; so the pcb must not be found by
 *		others meanwhile, or its state looked at again.
 * Left out:	that look.  The source address is chosen before the lock is
 *		taken.
 */

#include <stddef.h>

#include "models/net/proposal.h"
#include "models/plans/freebsd.h"

extern const struct proposal proposal_drop_lock;

static const struct proposal_plan plans[] = {
	{ &plan_freebsd_12, &plan_freebsd_12_pieces },
	{ &plan_freebsd_12_2, &plan_freebsd_12_2_pieces },
	{ &plan_freebsd_14, &plan_freebsd_14_pieces },
	{ &plan_freebsd_15, &plan_freebsd_15_pieces },
	{ &plan_freebsd_main_2026_04, &plan_freebsd_main_2026_04_pieces },
	{ NULL, NULL }
};

const struct proposal proposal_drop_lock = {
	.name = "drop-lock",
	.title = "a search drops the hash lock after every 256 candidates",
	.changes = "in_pcb_lport_dest(), in_pcbbind_setup(), "
	    "in_pcbconnect_setup(), sys/netinet/in_pcb.c",
	.left_out = "that the pcb must be looked at again",
	.on = PROPOSAL_ON_FREEBSD,
	.plans = plans,
	.stretch = 256
};
