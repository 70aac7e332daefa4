/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Completion scripts: what a shell proposes for a pcbsim command line.  Each is
 * a text that the shell reads, made from what the subcommands say of themselves
 * (cli/help.h) and from the table of parameters (study/scenario/param.h).
 */

#ifndef CLI_COMPLETION_H
#define	CLI_COMPLETION_H

#include <glib.h>

#include "cli/help.h"

struct completion {
	GPtrArray	*helps;		/* of struct help, as subcommands[] */
};

/* Append the script for a shell. */
void	completion_bash(const struct completion *, GString *);
void	completion_zsh(const struct completion *, GString *);
void	completion_fish(const struct completion *, GString *);

/*
 * Append the keys of all groups whose name is fixed ("host.cpus"), or of
 * [workload:NAME] ("rate"), each with `before' and `after' around it.
 */
void	completion_add_paths(GString *, const char *before, const char *after);
void	completion_add_keys(GString *, const char *before, const char *after);

#endif /* !CLI_COMPLETION_H */
