/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A thread inside bind(2) or connect(2) of a kernel with bucket locks.
 *
 * Theory:	such a search takes the mutexes of one candidate's buckets,
 *		looks, lets go of them and takes the next.  Nobody else wants
 *		one of 65,536 buckets in those 100 ns, but for rare cases, so
 *		candidates are tried in stretches: as the tables are at the
 *		start of the stretch, with the mutexes paid for and not taken.
 *		Really taken are those of the candidate that seems free, of one
 *		whose list is long, and of one whose bucket somebody holds.
 *		A stretch of 0 takes them all: slow, and the oracle of this.
 */

#ifndef MODELS_MACHINE_SEEK_H
#define	MODELS_MACHINE_SEEK_H

#include <stdbool.h>

#include "models/net/seek.h"

struct machine;

enum seek_state {
	SEEK_BEGIN,
	SEEK_STRETCH,
	SEEK_FIRST_LOCK,	/* as net_seek_locks() says */
	SEEK_SECOND_LOCK,
	SEEK_TAKE,
	SEEK_RELEASE
};

struct seek {
	enum seek_state	state;
	bool		failed;		/* over, once the locks are released */
	struct net_seek	net;
};

/*
 * Carry out ACT_SEEK on this machine, for threads with a struct seek.  When it
 * is over and succeeded, the thread holds the two buckets' locks, else none.
 */
void	seek_init(struct machine *);

#endif /* !MODELS_MACHINE_SEEK_H */
