/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * How late an observer is served: its lags, when it was frozen, and why it was
 * the longest time late.
 *
 * Theory:	frozen is the union of [due, served] over the ticks that were
 *		later than the observer's deadline.  Freezes less than
 *		LATENESS_RESPITE deadlines apart are one to the user, who
 *		cannot use a terminal that comes back for a second: unfreeze
 *		is the length of the longest such chain, gaps included.
 */

#ifndef MODELS_MACHINE_LATENESS_H
#define	MODELS_MACHINE_LATENESS_H

#include <stdbool.h>

#include "models/machine/chain.h"
#include "models/machine/freeze.h"
#include "models/machine/inquiry.h"
#include "sim/time.h"

struct machine;

#define	LATENESS_NSLOTS	INQUIRY_NSLOTS

/*
 * Nobody derived this number: 5 s at the usual deadline, about what it takes to
 * log in.  NAME_frozen_s does not depend on it.
 */
#define	LATENESS_RESPITE	10

struct lateness {
	struct machine	*machine;
	unsigned	idx;		/* of the observer */
	simtime		alone;		/* its chain takes when it is free */
	struct freeze	freeze;
	struct inquiry	inquiry;
};

/* waits, arg	as inquiry_init() has them */
void	lateness_init(struct lateness *, struct machine *, unsigned observer,
	    simtime alone, bool (*waits)(void *arg, struct inquiry_wait *),
	    void *arg);
void	lateness_fini(struct lateness *);

/*
 * What was due then is served now.
 *
 * waited	of the lag, the part of each stage
 */
void	lateness_served(struct lateness *, simtime due, simtime lag,
	    const simtime waited[CHAIN_MAXSTAGES]);

/* The warm-up is over: freezes count from now on. */
void	lateness_forget(struct lateness *);

/* Frozen for so long at least, now that somebody has been `waiting' so long. */
simtime	lateness_so_far(const struct lateness *, simtime waiting);

/* The run is over, and somebody had been `waiting' so long. */
void	lateness_end(struct lateness *, simtime waiting);

#endif /* !MODELS_MACHINE_LATENESS_H */
