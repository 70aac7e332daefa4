/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A search for a limit, while it goes on: what those share who do it, in
 * threads (limit_run.c) or in processes (limit_shared.c).
 */

#ifndef STUDY_SWEEP_LIMIT_HUNT_H
#define	STUDY_SWEEP_LIMIT_HUNT_H

#include "study/run/crew.h"
#include "study/sweep/limit.h"
#include "study/text/expr.h"

struct trunk;

/*
 * The value in the middle is tried before all others, and kept: what it takes
 * says how long the rest will, and bisection asks for it anyway.
 */
struct middle {
	bool		there;
	struct limit_point point;
	double		seconds;
};

/* A search for one limit: of a predicate that is all variants' or of one's. */
struct hunt {
	const struct limit_conf *conf;
	const char	*variant;	/* NULL: the predicate names them */
	struct middle	middle;		/* of replication 0 */
	gint		*tried;		/* values, by all hunts */
	unsigned	answers, expected;
	struct limit_answer *answer;
	gint		next;		/* replication, for who asks first */
	gint		done;		/* replications */
	struct crew	crew;
	GMutex		lock;
	GError		*error;
	const gint	*stop;		/* of processes; NULL: there are none */
};

bool	hunt_stopped(const struct hunt *);

/* The scenario at a value. */
struct scenario *hunt_load(const struct limit_conf *, uint64_t value,
	    GError **);
struct expr *hunt_expr(const struct limit_conf *, const char *variant,
	    GError **);

/*
 * Does it hold at p->value?
 *
 * trunk	to go on from; NULL: each run from its start.  Used up.
 */
bool	hunt_try(struct hunt *, struct trunk *, unsigned replication,
	    struct limit_point *p, GError **);

/* A limit_holds_fn's first question: is it known already? */
bool	hunt_knows(const struct hunt *, unsigned replication,
	    struct limit_point *);
/* Its replication is done: what was known beside it belongs to it. */
void	hunt_look(const struct hunt *, unsigned replication);

void	hunt_tick(const struct hunt *);

/*
 * Replications in processes that share beginnings.
 *
 * Returns:	how many were done, the first ones.
 */
unsigned hunt_share(struct hunt *);

#endif /* !STUDY_SWEEP_LIMIT_HUNT_H */
