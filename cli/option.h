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

/* An option or an argument is wrong.  Returns false, for `return'. */
bool	option_bad(GError **, const char *fmt, ...) G_GNUC_PRINTF(2, 3);

#endif /* !CLI_OPTION_H */
