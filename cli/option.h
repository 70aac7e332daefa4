/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What the options of subcommands have in common.
 */

#ifndef CLI_OPTION_H
#define	CLI_OPTION_H

#include <stdbool.h>

#include <glib.h>

#include "study/scenario/settings.h"

/*
 * The context of a subcommand's options, whose --help says what it is for and
 * gives examples; wherever there is --out, --output stands for it.
 *
 * more		a text before the examples; NULL: none
 * entries	to be read when it parses
 */
GOptionContext *option_context(const char *subcommand, const char *summary,
	    const char *more, const GOptionEntry *entries);

/*
 * Read what was typed, and take it out of argv; argv[0] is the subcommand.
 *
 * entries	those of the context
 *
 * Errors:	of an option that there is not, what was probably meant.
 */
bool	option_parse(GOptionContext *, const GOptionEntry *entries, int *argc,
	    char ***argv, GError **);

/* An option or an argument is wrong.  Returns false, for `return'. */
bool	option_bad(GError **, const char *fmt, ...) G_GNUC_PRINTF(2, 3);

/*
 * Is the value one of "text|csv"?  NULL, a default, always is.
 *
 * before	what is told before it: "--format=", "list: "
 *
 * Errors:	what is allowed, and what was probably meant.
 */
bool	option_word(const char *before, const char *value,
	    const char *allowed, GError **);

/*
 * --memory=SIZE, bytes.
 *
 * value	of the option; NULL: not given, and 0 in `bytes'
 */
bool	option_memory(const char *value, double *bytes, GError **);

/* A file that may have somebody's work in it is not written over. */
bool	option_new_file(const char *path, GError **);

#define	OPTION_MAXJOBS	4096

/* --jobs=N: runs at a time; 0: not given, or as many as there are CPUs. */
bool	option_jobs(int jobs, GError **);

/* ---- what takes the place of a scenario's lines ------------------------- */

struct option_sets {
	GPtrArray	*paths;		/* of each override; ours */
	GArray		*overrides;	/* of struct override */
};

void	option_sets_init(struct option_sets *);
void	option_sets_fini(struct option_sets *);

/*
 * --set=PATH=VALUE, all of them, in order; NULL: none.
 *
 * set		borrowed until option_sets_fini()
 */
bool	option_sets_add(struct option_sets *, char **set, GError **);

/* What another option stands for; `value' and `where' are borrowed. */
void	option_sets_put(struct option_sets *, const char *path,
	    const char *value, const char *where);

/* overrides[*n], borrowed until another is added */
const struct override *option_sets_all(const struct option_sets *,
	    unsigned *n);

#endif /* !CLI_OPTION_H */
