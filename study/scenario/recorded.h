/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a recording asks of the tables, counted: how many connections are there
 * at a time, and on which address or towards which peer the most.  Times are
 * the recording's own, whatever speed it is replayed at.
 */

#ifndef STUDY_SCENARIO_RECORDED_H
#define	STUDY_SCENARIO_RECORDED_H

#include <stdbool.h>
#include <stdint.h>

#include "models/machine/recording.h"

enum recorded_which {
	RECORDED_ALL,
	RECORDED_BOUND,		/* their programs called bind() */
	RECORDED_UNBOUND,
	RECORDED_LADDR,		/* bound, to `addr' */
	RECORDED_PEER		/* unbound, to `addr' and `port' */
};

struct recorded_part {
	enum recorded_which which;
	uint32_t	addr;
	uint16_t	port;
};

/* How long TIME_WAIT is, ps. */
struct recorded_stay {
	double		local;	/* of those that were closed here first */
	double		unsaid;	/* of those of which that is not recorded */
};

struct recorded_most {
	double		open;		/* alive at a time, at most */
	double		held;		/* .. or in TIME_WAIT */
	uint64_t	n;		/* that open */
	simtime		last;		/* when the last of them does, ps */
};

/*
 * Of a part, of those that open before `until'.
 *
 * Cost:	one way through the recording; a comparison or two each where
 *		they live as long as one another, else log(most).
 */
void	recorded_most(const struct recording *, double until,
	    const struct recorded_stay *, const struct recorded_part *,
	    struct recorded_most *);

/* Does any open before `until'? */
bool	recorded_any(const struct recording *, double until);

/*
 * The local address (RECORDED_BOUND) or the peer (RECORDED_UNBOUND) with the
 * most connections; the first of equals.
 *
 * distinct	[out] how many there are
 * Returns:	false if there is none.
 */
bool	recorded_fullest(const struct recording *, double until,
	    enum recorded_which, struct recorded_part *, unsigned *distinct);

#endif /* !STUDY_SCENARIO_RECORDED_H */
