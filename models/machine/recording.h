/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Connections that were recorded, for a workload to replay.
 *
 * Theory:	records are read forwards, by each run for itself, a block at a
 *		time, so that a recording need not be in memory.  Where it is
 *		kept instead, this layer does not know: it has a function that
 *		copies records out.
 */

#ifndef MODELS_MACHINE_RECORDING_H
#define	MODELS_MACHINE_RECORDING_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/time.h"

#define	RECORDING_BLOCK		256	/* records: 8 KiB */
#define	RECORDING_MAXDESTS	64	/* as many as are watched */

/* How a recorded connection ended. */
enum recording_closer {
	RECORDING_UNSAID,	/* the workload says who closes */
	RECORDING_LOCAL,	/* closed here first */
	RECORDING_REMOTE,	/* closed by the peer first */
	RECORDING_RESET,	/* by a RST: no TIME_WAIT on either side */
	RECORDING_REFUSED,	/* never established: none either */
	RECORDING_OPEN		/* not: the duration is SIM_NEVER */
};

/* One recorded connection. */
struct replay_conn {
	simtime		time;		/* when connect() was due */
	simtime		duration;	/* SIM_NEVER: open at the end */
	uint32_t	laddr;		/* NET_ANY: not bound */
	uint32_t	faddr;
	uint16_t	fport;
	uint16_t	lport;		/* explicit port, 0 none */
	bool		bound;		/* bind() before connect() */
	uint8_t		closer;		/* enum recording_closer */
};

/*
 * Whether nothing is left here once it is over: the peer closed first, reset it
 * or refused it.
 */
static inline bool
recording_ends_there(const struct replay_conn *rc)
{

	return (rc->closer == RECORDING_REMOTE ||
	    rc->closer == RECORDING_RESET || rc->closer == RECORDING_REFUSED);
}

struct recording_dest {
	uint32_t	faddr;
	uint16_t	fport;
};

struct recording {
	uint64_t	n;		/* records, by time */
	simtime		last;		/* the time of the last one */
	simtime		longest;	/* duration that ends */
	/* The first destinations, each once. */
	unsigned	ndests;
	struct recording_dest dests[RECORDING_MAXDESTS];
	/*
	 * Copy `n' records, `from' and those after it, all of which there are.
	 * Several threads may do so at a time.
	 */
	void		(*copy)(const void *arg, uint64_t from,
			    struct replay_conn *, unsigned n);
	const void	*arg;
};

/* A recording.copy: `arg' is an array of all records. */
void	recording_copy_array(const void *arg, uint64_t from,
	    struct replay_conn *, unsigned n);

/*
 * How long playing it once takes, with another one beside it (NULL: none): to
 * the last connection of both, and one mean gap.  0: there are none.
 */
simtime	recording_round(const struct recording *, const struct recording *);

/* Where somebody is that reads it; begins as { .rec = ... }. */
struct recording_cursor {
	const struct recording *rec;	/* borrowed */
	uint64_t	from;		/* of the block */
	unsigned	n;		/* in the block */
	struct replay_conn block[RECORDING_BLOCK];
};

/* For recording_at(): the block that begins there. */
void	recording_fill(struct recording_cursor *, uint64_t idx);

/* idx < rec->n; borrowed until the next call */
static inline const struct replay_conn *
recording_at(struct recording_cursor *cur, uint64_t idx)
{

	/* Wraps, and is too much, for what is before the block. */
	if (idx - cur->from >= cur->n)
		recording_fill(cur, idx);
	return (&cur->block[idx - cur->from]);
}

/*
 * When record `n', counted through all rounds, is due, after the start; and how
 * long one lives, SIM_NEVER if it stays open.  rec->n > 0.
 */
simtime	recording_due(struct recording_cursor *, uint64_t n, simtime round,
	    uint64_t speed_ppm);
simtime	recording_lifetime(const struct replay_conn *, uint64_t speed_ppm);

#endif /* !MODELS_MACHINE_RECORDING_H */
