/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A file that a subcommand makes where the user says: -o FILE.
 *
 * Theory:	a file is replaced as a whole or stays as it was: what is
 *		written goes to a new one beside it, which takes its place at
 *		the end, and goes if a signal ends the program before.  Where
 *		the system has files without a name (O_TMPFILE) it gets one
 *		when it is whole, so that SIGKILL leaves nothing either, but
 *		between two calls at the very end; else FILE.XXXXXX.
 *		Pipes and devices are written to.  A symbolic link means what it
 *		leads to; one that leads nowhere is an error.
 */

#ifndef CLI_OUTFILE_H
#define	CLI_OUTFILE_H

#include <stdbool.h>
#include <stdio.h>

#include <glib.h>

struct outfile {
	const char	*path;		/* as it was named; NULL: stdout */
	char		*target;	/* what that leads to */
	char		*tmp;		/* NULL: `target' is written to, .. */
	bool		nameless;	/* .. or it has no name yet */
	FILE		*file;		/* write here */
};

/*
 * Could it be written?  Nobody should wait for minutes to learn of a misspelt
 * directory.
 */
bool	outfile_writable(const char *path, GError **);

/* path		NULL: standard output; borrowed until the end */
bool	outfile_begin(struct outfile *, const char *path, GError **);

/* True: all has arrived. */
bool	outfile_end(struct outfile *, GError **);

/* Once *stop is not 0 no reader of a pipe is waited for; atomic. */
void	outfile_stop_on(gint *stop);

/*
 * The program ends in the middle: what was begun goes.  In a handler of a
 * signal, too.
 */
void	outfile_abandon(void);

/*
 * Both, and between them print(what).
 */
bool	outfile_write(const char *path, void (*print)(const void *what,
	    FILE *), const void *what, GError **);

/*
 * For a subcommand that prints as it goes: what `print' puts on standard output
 * goes to the file, which is replaced unless there was an error.
 *
 * path		NULL: standard output itself
 * print	returns an exit code; if it sets the error, what it printed is
 *		of no use
 *
 * Returns:	that exit code, or CLI_IO.
 */
int	outfile_print(const char *path, int (*print)(const void *what,
	    GError **), const void *what, GError **);

#endif /* !CLI_OUTFILE_H */
