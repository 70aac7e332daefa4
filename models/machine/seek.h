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
struct thread;

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
 * One step of the thread's bind or connect.  True: it is over; if it succeeded
 * the thread holds the two buckets' locks, else none.  False: call again, when
 * what was charged is computed and the lock it may wait for is granted.
 */
bool	seek_step(struct machine *, struct thread *);

#endif /* !MODELS_MACHINE_SEEK_H */
