/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Kinds of observer: by which way through the kernel a user's wish is served,
 * stage by stage.  One constant table; observer.h walks along it.
 */

#ifndef MODELS_MACHINE_CHAIN_H
#define	MODELS_MACHINE_CHAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "models/machine/run.h"
#include "sim/time.h"

enum stage_kind {
	STAGE_THREAD,		/* a thread computes */
	STAGE_CLOCK,		/* a callout of clock 0 wakes the next one */
	STAGE_FLUSH,		/* vt's timer on clock 0 draws what changed */
	STAGE_SEGMENT,		/* a receive thread takes the session's data */
	STAGE_SYN,		/* .. the SYN of a connection of its own */
	STAGE_ACK,		/* .. the ACK that completes its handshake */
	STAGE_LOCAL		/* netisr takes data to the other end here */
};

#define	CHAIN_MAXSTAGES		6
#define	CHAIN_MAXTHREADS	3

struct chain_stage {
	const char	*name;		/* "rx": what NAME_waited says */
	enum stage_kind	kind;
	uint8_t		thread;		/* which of the observer's own */
	enum pri	pri;		/* the thread's */
	enum pri	wake_pri;	/* until it is back in user mode; 0:
					   the same */
	bool		works;		/* and the observer's `work' */
	bool		sends;		/* and what a segment costs to send */
	simtime		cost;		/* ps of CPU */
};

struct chain {
	const char	*name;		/* "vt-echo" */
	const char	*title;
	const char	*source;
	const char	*left_out;
	const char	*needs;		/* what a stall of it takes, in words */
	simtime		work;		/* where the scenario says none, ps */
	bool		loopback;	/* its segments come by netisr */
	bool		session;	/* it has a connection that is open */
	bool		timer;		/* a clock of this host begins it */
	bool		measures;	/* lag counts from when its first thread
					   runs: the program measures itself */
	unsigned	nstages;
	struct chain_stage stages[CHAIN_MAXSTAGES];
};

extern const struct chain chain_table[OBSERVER_NKINDS];

/* From a change of the screen until vt draws it. */
#define	CHAIN_FLUSH_DELAY	(40 * SIM_MS)

/*
 * What a stage costs a CPU, and how long it takes when nobody is in its way;
 * ps.
 *
 * work		the observer's own
 */
simtime	chain_cost(const struct chain_stage *, simtime work,
	    const struct costs *);
simtime	chain_alone(const struct chain_stage *, simtime cost,
	    const struct costs *);

/* A client answers after so long. */
#define	CHAIN_RTT	SIM_MS

#endif /* !MODELS_MACHINE_CHAIN_H */
