/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a subcommand says on standard error, the only way there: whatever a file
 * held, a terminal is not told what to do by it.
 */

#ifndef CLI_SAY_H
#define	CLI_SAY_H

#include <glib.h>

/*
 * A message with its line end, as of printf().  What was printed before comes
 * before it, where both streams go to one place.
 */
void	say(const char *fmt, ...) G_GNUC_PRINTF(1, 2);

/*
 * Let what was printed arrive.
 *
 * Returns:	0, or the errno of the first time that it could not.
 */
int	say_flush(void);

/*
 * What to exit with because of an error in what a user gave: CLI_USAGE, or
 * CLI_IO where it was the system that could not read it.
 */
int	say_code(const GError *);

/* What another found worth a line, or NULL; frees it. */
void	say_remark(char *remark);

/* That fewer threads could be made; see study/run/crew.h. */
void	say_fewer(unsigned made, unsigned wanted, const char *why);

#endif /* !CLI_SAY_H */
