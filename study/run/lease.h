/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * One run at a time in a place, whoever else is about: other processes, other
 * containers, other hosts that share the disk.
 *
 * Theory:	a file `.NAME.lease' beside NAME, of one small page.  Who runs
 *		holds a record lock on it (fcntl), which the kernel takes away
 *		from the dead at once, whatever their process number means to
 *		us; it holds between containers of a host, and between hosts
 *		where the file system carries locks.
 *
 *		Where it does not, the page tells: host, boot, process, and a
 *		word that nobody else has; and while its owner lives the file's
 *		time moves on every LEASE_BEAT seconds (lease_heart.h).  A
 *		lock that was got on a page of another boot proves nothing, so
 *		such a page must have been still for LEASE_STALE seconds, by
 *		the clock of the disk.  Of this boot it is stale as soon as the
 *		lock is to be had, or where there are no locks, its process is
 *		gone.
 *
 *		Who was taken for dead and is not (a host asleep) finds another
 *		word in the page and must not touch the place: lease_held().
 *
 * The page is a journal, too: it names what is being written, and says when
 * that is being put in place, so that what a crash left is known by name
 * and nothing else beside NAME is ever touched.
 */

#ifndef STUDY_RUN_LEASE_H
#define	STUDY_RUN_LEASE_H

#include <stdbool.h>

#include <glib.h>

#define	LEASE_ERROR	g_quark_from_static_string("pcbsim-lease")

#define	LEASE_STALE	60		/* s */

struct lease;

/* What a page says. */
struct lease_page {
	char		*host, *boot, *pids, *token;
	long		pid;
	char		*partial;	/* names beside NAME; NULL: none */
	char		*old;
	bool		placing;	/* the moves have begun */
};

void	lease_page_clear(struct lease_page *);

/*
 * Take the place of NAME in `parent'.
 *
 * left		[out] the page of somebody who is gone, all NULL if there is
 *		none: what it names is to be cleared away; lease_page_clear()
 * Errors:	EBUSY: another run has it, the message says which; EEXIST: a
 *		file stands there that is no lease; else it cannot be made.
 */
struct lease *lease_take(const char *parent, const char *name,
	    struct lease_page *left, GError **);

/* The file of it; borrowed. */
const char *lease_path(const struct lease *);

/* Give the place back; NULL is fine. */
void	lease_drop(struct lease *);

/*
 * Note what is being written, and whether it is being put in place.
 *
 * partial, old	names beside NAME, or NULL
 */
bool	lease_note(struct lease *, const char *partial, const char *old,
	    bool placing, GError **);

/* Is the place still ours?  Error: who has it now. */
bool	lease_held(const struct lease *, GError **);

/*
 * Read the page of a place without taking it.
 *
 * Returns:	whether there is one.
 */
bool	lease_peek(const char *parent, const char *name,
	    struct lease_page *);

#endif /* !STUDY_RUN_LEASE_H */
