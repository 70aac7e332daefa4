/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Command lines to begin with: what --help of each subcommand and the manual
 * show, from one table.
 */

#ifndef CLI_EXAMPLES_H
#define	CLI_EXAMPLES_H

/*
 * Of a subcommand, one a line, each with "  " before it.
 *
 * Returns:	NULL if there is none of that name.
 */
const char *examples_find(const char *subcommand);

#endif /* !CLI_EXAMPLES_H */
