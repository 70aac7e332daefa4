/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a subcommand takes, as its own --help says it: options, the values that
 * they take, and arguments.
 *
 * Theory:	the option tables of the subcommands are the only place where
 *		options are named; GLib prints them for --help, and this reads
 *		what it printed.  A subcommand needs no second table to be
 *		completed, and cannot be completed wrongly.
 */

#ifndef CLI_HELP_H
#define	CLI_HELP_H

#include <stdbool.h>

#include <glib.h>

#include "cli/cli.h"

/* What can stand for a value. */
enum help_kind {
	HELP_ANY,		/* nothing to propose: a number, a new name */
	HELP_WORDS,		/* one of `words' */
	HELP_FILE,
	HELP_DIR,
	HELP_CSV,
	HELP_SCENARIO,		/* *.ini */
	HELP_SWEEP,		/* *.sweep */
	HELP_PATH,		/* GROUP.KEY, and then =VALUE */
	HELP_KEY,		/* GROUP.KEY */
	HELP_VARIANT		/* of the scenarios that are named */
};

struct help_value {
	enum help_kind	kind;
	char		*label;		/* "DIR", "PATH=VALUE" */
	char		**words;	/* for HELP_WORDS, else NULL */
	bool		repeats;	/* "SCENARIO..." */
};

struct help_option {
	char		letter;		/* 0: none */
	char		*name;		/* "out" */
	char		*doc;
	struct help_value *value;	/* NULL: takes none */
};

struct help {
	GPtrArray	*options;	/* of struct help_option */
	GPtrArray	*arguments;	/* of struct help_value, in order */
};

/* Errors: the system's, in running the subcommand's --help. */
struct help *help_new(const struct subcommand *, GError **);
void	help_free(struct help *);

#endif /* !CLI_HELP_H */
