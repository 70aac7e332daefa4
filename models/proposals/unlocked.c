/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The search holds no lock; the candidate that seems free is looked at again
 * under it.
 *
 * Theory:	as Linux does since 6.15: candidates are looked at as the tables
 *		are, and the hash lock is taken for the one that seems free, to
 *		look again and to enter the pcb.  If somebody was faster, the
 *		search goes on without the lock.  A search that fails burns its
 *		own CPU and nobody waits.
 * Proposed:	in_pcb_lport_dest() would run in an epoch (12, 13) or SMR
 *		section (14 on) before INP_HASH_WLOCK(); in_pcblookup_local()
 *		walks lists that are not safe without the lock today, so the
 *		port hash must become one of those that readers may walk: its
 *		heads freed by epoch or SMR.
 * Left out:	what entering and leaving that section costs, some ns a search.
 *		The source address is chosen before.
 */

#include <stddef.h>

#include "models/net/proposal.h"
#include "models/plans/freebsd.h"

extern const struct proposal proposal_unlocked;

static const struct proposal_plan plans[] = {
	{ &plan_freebsd_12, &plan_freebsd_12_pieces },
	{ &plan_freebsd_12_2, &plan_freebsd_12_2_pieces },
	{ &plan_freebsd_14, &plan_freebsd_14_pieces },
	{ &plan_freebsd_15, &plan_freebsd_15_pieces },
	{ &plan_freebsd_main_2026_04, &plan_freebsd_main_2026_04_pieces },
	{ NULL, NULL }
};

const struct proposal proposal_unlocked = {
	.name = "unlocked",
	.title = "a search without the hash lock, which is taken to look again",
	.changes = "in_pcb_lport_dest(), in_pcblookup_local(), "
	    "in_pcbbind_setup(), in_pcbconnect_setup(), sys/netinet/in_pcb.c",
	.left_out = "what the epoch or SMR section costs",
	.on = PROPOSAL_ON_FREEBSD,
	.plans = plans
};
