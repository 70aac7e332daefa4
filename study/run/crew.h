/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Threads that share a piece of work: as many as the system makes.  Where it
 * makes none (a limit on processes, no memory for their stacks) whoever asked
 * does the work: it takes longer, and nobody waits for somebody who never
 * came.
 */

#ifndef STUDY_RUN_CREW_H
#define	STUDY_RUN_CREW_H

#include <stdbool.h>

#include <glib.h>

/* How often somebody who waits is told, us. */
#define	CREW_TICK	250000

struct crew {
	/* What is to be done. */
	unsigned	wanted;			/* threads, >= 1 */
	void		(*work)(void *arg);	/* by each, until all is done */
	void		(*tick)(void *arg);	/* by the caller; NULL: none */
	/* Told at once if there are fewer; NULL: nobody. */
	void		(*fewer)(unsigned made, unsigned wanted,
			    const char *why);
	void		*arg;
	/* The rest is the crew's own. */
	GMutex		lock;
	GCond		cond;
	unsigned	busy;			/* that have not ended */
	bool		alone;			/* the caller works */
	gint64		next;			/* tick, of one who is alone */
};

/* Blocks until all work is done. */
void	crew_run(struct crew *);

/* each(arg, i) of all i < n, in whatever order, by so many threads at most. */
void	crew_each(unsigned threads, unsigned n,
	    void (*each)(void *arg, unsigned i), void *arg);

/* Called by the work now and then: ticks, if nobody else does. */
void	crew_tick(struct crew *);

/*
 * A stack of this thread's own for handlers of signals: the usual one may be
 * what is used up.  Threads of a crew have one.
 */
void	crew_signal_stack(void);

#endif /* !STUDY_RUN_CREW_H */
