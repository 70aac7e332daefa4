/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The tables of the program as parts of its manual pages, in mdoc(7): what
 * `pcbsim list KIND --format=mdoc' prints and docs/man contains.
 */

#ifndef CLI_MDOC_H
#define	CLI_MDOC_H

#include <stdbool.h>

/* Print to stdout; false: there is no kind of that name. */
bool	mdoc_print(const char *kind);

/* The examples of all subcommands, as items of a section. */
void	mdoc_examples(void);

#endif /* !CLI_MDOC_H */
