/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A file that a subcommand makes where the user says: -o FILE.
 */

#ifndef CLI_OUTFILE_H
#define	CLI_OUTFILE_H

#include <stdbool.h>
#include <stdio.h>

#include <glib.h>

/*
 * Could it be written?  Nobody should wait for minutes to learn of a misspelt
 * directory.
 */
bool	outfile_writable(const char *path, GError **);

/*
 * Write it: a file is replaced as a whole or stays as it was, pipes and devices
 * are written to.
 *
 * path		NULL: standard output, which main() flushes and checks
 * print	writes `what'
 */
bool	outfile_write(const char *path, void (*print)(const void *what,
	    FILE *), const void *what, GError **);

#endif /* !CLI_OUTFILE_H */
