/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The measures of a run, as they are told: figures, histograms, rows of tables.
 * Doubles are NAN where there was nothing to take them of (none.h).
 */

#ifndef MODELS_MEASURES_RESULT_H
#define	MODELS_MEASURES_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/measures/measures.h"
#include "sim/time.h"

struct hist;

/* Rows of ports, at most. */
#define	MEASURES_ROWS	1024

/* Uses of some ports that follow one another. */
struct measures_row {
	uint16_t	port;		/* the first */
	unsigned	ports;		/* how many, closed ones left out */
	unsigned	closed;		/* how many are */
	uint64_t	uses, uses_max;	/* sum; of one port, most */
};

struct measures_result {
	bool		taken;		/* false: the scenario wants none */
	/* searches */
	double		visits_mean;
	double		search_us;	/* that one computes, mean */
	simtime		search_max;
	struct measures_load load[MEASURES_NLOADS];
	/* use of ports */
	double		evenness, spread, peak, reached;
	double		behind_closed, behind_taken;
	double		held_max;
	size_t		nrows;
	struct measures_row *rows;
	/* reuse */
	struct hist	*tuple_time, *tuple_conns;
	struct hist	*port_time, *port_conns;
	double		tuples_watched;
	/* what an observer learns */
	double		bits, within_1, within_16, within_256, leak, r2;
	uint64_t	steps;
	/* who gets what */
	double		dest_fairness, addr_fairness;
	/* where there is no port */
	double		fail_candidates, fail_us;
	simtime		fail_max;
	const char	*fail_errno;	/* interned; "": none */
	double		fail_false;	/* of those looked at */
	double		fail_held;	/* at the first failure */
	simtime		outage_max;
	uint64_t	bytes;		/* the allocator's */
};

/*
 * Fill in all but errno, false, held, outage and bytes, which are told
 * elsewhere.  Histograms become the result's.
 */
void	measures_result(struct measures *, struct measures_result *);
void	measures_result_fini(struct measures_result *);

#endif /* !MODELS_MEASURES_RESULT_H */
