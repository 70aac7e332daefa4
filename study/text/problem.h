/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What is wrong with what a user wrote: one line each, all of them, in the
 * order in which they were found, none twice.
 */

#ifndef STUDY_TEXT_PROBLEM_H
#define	STUDY_TEXT_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

/* Domain of every GError about a user's files and options: pcbsim-scenario. */
#define	PROBLEM_DOMAIN	problem_quark()
GQuark	problem_quark(void);

enum problem_code {
	PROBLEM_USER,		/* what problem_set() sets */
	PROBLEM_READ		/* reading failed; the user wrote nothing bad */
};

/* Is it the system's, of no fault of what a user wrote?  NULL is not. */
bool	problem_unread(const GError *);

struct problems {
	GPtrArray	*lines;
	GHashTable	*told;		/* the same: none twice */
	bool		unread;		/* something could not be read */
};

void	problems_init(struct problems *);
void	problems_fini(struct problems *);

/* Of a line of more than some 2,000 bytes the middle is left out. */
void	problems_add(struct problems *, const char *fmt, ...)
	    G_GNUC_PRINTF(2, 3);

/* What is told of it is told because of an error, and is of its kind, too. */
void	problems_because(struct problems *, const GError *cause);
void	problem_because(GError **error, const GError *cause);

/*
 * Set `error' to all lines, PROBLEM_READ if one is of that; returns true if
 * there was none to tell.
 */
bool	problems_none(const struct problems *, GError **error);

/* Set an error of the domain; cut as above if it is one line. */
void	problem_set(GError **, const char *fmt, ...) G_GNUC_PRINTF(2, 3);

/*
 * The same of a file that cannot be had.
 *
 * cause	errno: of a name that leads nowhere, or where this user may not
 *		go, the fault is the user's; of any other the system's,
 *		PROBLEM_READ
 */
void	problem_set_errno(GError **, int cause, const char *fmt, ...)
	    G_GNUC_PRINTF(3, 4);

/*
 * The text as it may stand in a message: in quotes, control and non-ASCII
 * bytes as \xNN, cut after 60 characters.  Free with g_free().
 */
char	*problem_quote(const char *text);

/*
 * What is wrong with the bytes of a line that somebody may be shown: a NUL, no
 * UTF-8, a control character but for tabs, what is no character.
 *
 * Returns:	NULL: nothing.
 */
const char *problem_bytes(const char *text, size_t len);

/*
 * The text as a terminal may be given it: line ends and tabs stay, what prints
 * stays, any other byte (escapes, other controls, what is no UTF-8) is \xNN.
 * Free with g_free().
 */
char	*problem_plain(const char *text);

#endif /* !STUDY_TEXT_PROBLEM_H */
