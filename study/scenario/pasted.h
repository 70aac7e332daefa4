/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What was pasted under [kernel], or stands in a file that include-sysctl
 * names: a kernel's own lines (study/scenario/sysctl.h) among those of a
 * scenario.
 *
 * Theory:	a name that means something becomes the entry of its parameter;
 *		one that does not is told once and left out.  A file is taken
 *		as what a machine said: it goes under what the scenario says,
 *		a name that stands there twice counts as the last one says, and
 *		nothing in it is a typing error.
 */

#ifndef STUDY_SCENARIO_PASTED_H
#define	STUDY_SCENARIO_PASTED_H

#include <stdbool.h>

#include <glib.h>

#include "study/text/keyfile.h"
#include "study/text/problem.h"

struct pasted {
	GPtrArray	*notes;		/* char *: what is left out, and why */
	GPtrArray	*unused;	/* names told in one note */
	GPtrArray	*deferred;	/* where, name, value of Linux' */
	char		*where;		/* of the first of them */
	bool		in_value;	/* what is no name is part of one's
					   value */
	GHashTable	*from_files;	/* "GROUP\nKEY" that a file set */
};

void	pasted_init(struct pasted *);
void	pasted_fini(struct pasted *);

/* How a key file's lines under [kernel] are to be read. */
void	pasted_lines(struct pasted *, struct keyfile_foreign *);

/* Read the files that include-sysctl names. */
void	pasted_files(struct pasted *, struct keyfile *, struct problems *);

/*
 * Where an entry belongs that names a sysctl of another group's parameter:
 * kern.ipc.maxsockets of [kernel] in [host] maxsockets.  False: where it is.
 *
 * home_group	[out] borrowed
 * home_key	[out] free with g_free()
 */
bool	pasted_home(const char *group, const char *key,
	    const char **home_group, char **home_key);

/*
 * Put all such entries there, and note what was left out.  The scenario goes
 * over what it includes; two lines of equal right are a problem.
 */
void	pasted_settle(struct pasted *, struct keyfile *, const char *path,
	    struct problems *);

/* Say that a line is of Linux' and left out, and what FreeBSD has. */
void	pasted_linux(struct pasted *, const char *where, const char *name,
	    const char *value);

/* Does the entry come from a file of sysctls? */
bool	pasted_from_file(const struct pasted *,
	    const struct keyfile_entry *);

void	pasted_note(struct pasted *, const char *fmt, ...)
	    G_GNUC_PRINTF(2, 3);

#endif /* !STUDY_SCENARIO_PASTED_H */
