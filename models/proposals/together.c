/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What goes together and takes no memory worth the name: shuffle, unlocked,
 * first-match and laddr-key, our own proposal.
 *
 * Theory:	each cures one thing and leaves the others as they are.  shuffle
 *		says where to begin and how to go on: no port twice a lap, in an
 *		order that nobody can guess, past one taken port at a time.
 *		unlocked: nobody waits for a search but who makes it.
 *		first-match and laddr-key: a look visits what it must.  The one
 *		thing that still costs what it cost is the search that fails,
 *		and that is full-cache's: `together+full-cache'.  All addresses,
 *		for those who may: `together+spread'.
 * Proposed:	as these four; 24 bytes.
 * Left out:	as these four.
 */

#include <stddef.h>

#include "models/net/proposal.h"
#include "models/plans/freebsd.h"

extern const struct allocator allocator_shuffle;
extern const struct proposal proposal_together;

static const struct proposal_plan plans[] = {
	{ &plan_freebsd_12, &plan_freebsd_12_pieces },
	{ &plan_freebsd_12_2, &plan_freebsd_12_2_pieces },
	{ &plan_freebsd_14, &plan_freebsd_14_pieces },
	{ &plan_freebsd_15, &plan_freebsd_15_pieces },
	{ &plan_freebsd_main_2026_04, &plan_freebsd_main_2026_04_pieces },
	{ NULL, NULL }
};

const struct proposal proposal_together = {
	.name = "together",
	.title = "shuffle, unlocked, first-match and laddr-key at once",
	.changes = "in_pcb_lport_dest(), in_pcblookup_local(), "
	    "in_pcbbind_setup(), in_pcbconnect_setup(), in_pcb_hash(), "
	    "sys/netinet/in_pcb.[ch]",
	.left_out = "what the permutation takes, some 100 ns a search, and an "
	    "epoch or SMR section",
	.on = PROPOSAL_ON_FREEBSD,
	.switches = PROPOSAL_FIRST_MATCH | PROPOSAL_KEY_LADDR,
	.allocator = &allocator_shuffle,
	.plans = plans
};
