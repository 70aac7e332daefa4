/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Where files are made before they come to stand in a place: a directory
 * `.NAME.partial-PID' beside NAME, under the lease of the place.
 */

#ifndef STUDY_RUN_STAGE_H
#define	STUDY_RUN_STAGE_H

#include <stdbool.h>

#include <glib.h>

#include "study/run/lease.h"
#include "study/run/place.h"

struct stage {
	struct place	place;
	struct lease	*lease;
	char		*partial;	/* the directory; NULL: not made */
	GHashTable	*names;		/* of files that are ours in it */
	GString		*remark;	/* lines for the user */
	bool		keep;		/* what is in it is not removed */
};

/*
 * Take the place of `dir', and mend what somebody who was ended there left: if
 * it was between two moves, the new result is put in place, or if that is not
 * whole, the old one; the rest is cleared away, but for what is not ours.
 *
 * Errors:	as of place_init() and lease_take().
 */
bool	stage_take(struct stage *, const char *dir, GError **);

/* Make the directory. */
bool	stage_make(struct stage *, GError **);

/*
 * In the handler of a signal that ends the program: leave the place that was
 * taken last, and the parents that were made for it, if nothing has been
 * written yet; else the next one finds it all in the journal.  May be called at
 * any time.
 */
void	stage_abandon(void);

/* Remove what is ours in the directory, unless `keep', and leave the place. */
void	stage_fini(struct stage *);

/* This name in the directory is one of our files. */
void	stage_expect(struct stage *, const char *name);

/*
 * Tell the journal of the place that the moves begin.
 *
 * old		a name beside it, where the old result goes; NULL: none
 */
bool	stage_placing(struct stage *, const char *old, GError **);

/*
 * Go to the place of another, which was taken and has no directory yet, with
 * all that was made; on error nothing has changed.
 */
bool	stage_move(struct stage *from, struct stage *to, GError **);

void	stage_remark(struct stage *, const char *fmt, ...)
	    G_GNUC_PRINTF(2, 3);
/* The lines since it was asked last, NULL: none; g_free(). */
char	*stage_told(struct stage *);

#endif /* !STUDY_RUN_STAGE_H */
