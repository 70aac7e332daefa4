/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Key files: [groups] of KEY = VALUE, read with the line of each, so that every
 * message can say where.
 *
 * Theory:	GLib's GKeyFile takes the values apart; what it lets pass or
 *		tells without a line is found here: keys that stand there
 *		twice, KEY[LOCALE], comments behind a value, ; comments, bytes
 *		that are no UTF-8, text before the first group.
 *
 *		`include = FILE' in [scenario] reads FILE first: what stands
 *		in the including file goes over it, wherever the line stands.
 */

#ifndef STUDY_TEXT_KEYFILE_H
#define	STUDY_TEXT_KEYFILE_H

#include <stdbool.h>

#include <glib.h>

#include "study/text/preface.h"
#include "study/text/problem.h"

#define	KEYFILE_MAXDEPTH	8	/* files that include files */

struct keyfile_entry {
	char		*group;		/* "workload:nginx" */
	char		*key;		/* "rate" */
	char		*value;		/* without blanks round it */
	char		*where;		/* "FILE:LINE" */
	char		*dir;		/* of the file, for names in values */
};

struct keyfile_group {
	char		*name;
	char		*where;		/* first seen */
};

struct keyfile {
	GPtrArray	*groups;	/* of struct keyfile_group, in order */
	GPtrArray	*entries;	/* of struct keyfile_entry, in order */
	GHashTable	*named;		/* the groups, by name */
	GHashTable	*index;		/* entries, by group and key */
	struct keyfile_preface preface;	/* of the outermost file */
	bool		partial;	/* a file of it was not read, so what
					   is not there may be in that */
};

/*
 * Lines of one group that come from elsewhere, and are not KEY = VALUE before
 * somebody makes that of them.
 */
struct keyfile_foreign {
	const char	*group;
	/*
	 * where	"FILE:LINE"
	 * text		the line, which is no comment with #, nor empty
	 *
	 * Returns:	KEY = VALUE, "" for nothing, or NULL to leave the line
	 *		as it is; the caller frees it.
	 */
	char		*(*line)(void *arg, const char *where,
			    const char *text);
	void		*arg;
};

/*
 * Read a file and all it includes; "-" is standard input, and what it names is
 * looked for in the working directory.  What is wrong goes to `problems'; what
 * is right is there all the same, so that more can be checked.
 *
 * text		instead of the file, which `path' names all the same; or NULL
 * foreign	NULL if no group is special
 */
struct keyfile *keyfile_new(const char *path, const char *text,
	    const struct keyfile_foreign *foreign, struct problems *);
void	keyfile_free(struct keyfile *);

/* One with nothing in it, and a group in it, for those who read. */
struct keyfile *keyfile_empty(void);
void	keyfile_group_add(struct keyfile *, const char *name,
	    const char *where);

/* NULL if there is none. */
const struct keyfile_entry *keyfile_get(const struct keyfile *,
	    const char *group, const char *key);
const struct keyfile_group *keyfile_group(const struct keyfile *,
	    const char *name);

/*
 * Why what is to be a value cannot stand in a file: a control character, or
 * what would be a comment.  NULL: it can, but for blanks round it.
 */
const char *keyfile_value_wrong(const char *value, size_t len);

/* Add or replace an entry; `dir' is where names in its value are looked up. */
void	keyfile_set(struct keyfile *, const char *group, const char *key,
	    const char *value, const char *where, const char *dir);

/*
 * The group `from' is called `to' from now on; there must be none yet.  A key
 * gets what is put in front of it.
 */
void	keyfile_rename(struct keyfile *, const char *from, const char *to);
void	keyfile_prefix(struct keyfile *, const struct keyfile_entry *,
	    const char *prefix);

/* Take an entry out, and free it. */
void	keyfile_remove(struct keyfile *, const struct keyfile_entry *);

#endif /* !STUDY_TEXT_KEYFILE_H */
