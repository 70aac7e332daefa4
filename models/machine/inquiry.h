/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Why somebody waits: looks at whom it waits for (blame.h), while it does.
 *
 * Theory:	one moment is an anecdote.  During one wait there are many
 *		looks, the first when it has become half of the longest so far,
 *		each later by a share of what it has become; so a wait of a
 *		minute takes no more than some tens more than one of a second.
 *		Each stands for the time since the one before.  Chains of
 *		threads that differ in number only (rx3, rx5) are one; told is
 *		the one that stood for most of the time.
 *
 *		A look changes nothing: a run with inquiries is the same run.
 */

#ifndef MODELS_MACHINE_INQUIRY_H
#define	MODELS_MACHINE_INQUIRY_H

#include <stdbool.h>

#include "models/machine/blame.h"
#include "sim/time.h"

struct machine;
struct thread;

#define	INQUIRY_NSLOTS	1

#define	INQUIRY_MAXCHAINS	8
/* The next look is when the wait is longer by this part of it. */
#define	INQUIRY_PART		16

/* Who waits now, and for which thread. */
struct inquiry_wait {
	simtime		since;		/* it should have been served */
	const struct thread *thread;	/* its work is this one's to do */
	bool		lost;		/* .. as struct blame has it */
};

struct inquiry {
	struct machine	*machine;
	unsigned	slot;
	/* Does anybody wait? */
	bool		(*waits)(void *arg, struct inquiry_wait *);
	void		*arg;
	const simtime	*longest;	/* wait so far */
	simtime		since;		/* of the wait looked at */
	simtime		looked;		/* last */
	simtime		span;		/* that its looks stand for */
	unsigned	nchains;
	struct {
		struct blame	blame;	/* as it was found first */
		simtime		span;	/* stood so long */
	} chains[INQUIRY_MAXCHAINS];
};

void	inquiry_init(struct inquiry *, struct machine *,
	    bool (*waits)(void *arg, struct inquiry_wait *), void *arg,
	    const simtime *longest);

/* Somebody may wait from now on. */
void	inquiry_begin(struct inquiry *);

/* The warm-up is over: what was found does not count. */
void	inquiry_forget(struct inquiry *);

/*
 * The chain that stood longest during the wait that began at `since', and for
 * which share of the time; none: nobody looked.
 */
void	inquiry_tell(const struct inquiry *, simtime since, struct blame *,
	    double *share);

#endif /* !MODELS_MACHINE_INQUIRY_H */
