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
struct net_op;
struct thread;

enum seek_state {
	SEEK_BEGIN,
	SEEK_STRETCH,
	SEEK_FIRST_LOCK,	/* as net_seek_locks() says */
	SEEK_SECOND_LOCK,
	SEEK_TAKE,
	SEEK_RELEASE
};

/* .. and of a search whose one lock is dropped now and then (pieces.h). */
enum pieces_state {
	PIECES_BEGIN,
	PIECES_START,
	PIECES_LOCK,
	PIECES_TRY,
	PIECES_TAKE,
	PIECES_DROP
};

struct seek {
	enum seek_state	state;
	enum pieces_state pieces;	/* one of the two */
	bool		failed;		/* over, once the locks are released */
	bool		candidate;	/* pieces: one is to be taken, */
	bool		locked;		/* .. the lock is held */
	struct net_seek	net;
};

/*
 * Carry out ACT_SEEK on this machine, for threads with a struct seek.  When it
 * is over and succeeded, the thread holds the two buckets' locks, else none.
 */
void	seek_init(struct machine *);

/* ---- for pieces.c ------------------------------------------------------- */

/* Begin the thread's bind(2) or connect(2), and pay for that. */
enum net_seek_state seek_first(struct machine *, struct thread *);
/* Pay for what was done since `before', and for mutexes a candidate. */
void	seek_charge(struct machine *, struct thread *,
	    const struct net_op *before, unsigned mutexes);
/* It is decided: tell whoever wants to know.  True. */
bool	seek_over(struct machine *, struct thread *);

#endif /* !MODELS_MACHINE_SEEK_H */
