/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * SIGINT and SIGTERM: runs end early, results stay whole.
 */

#ifndef CLI_SIGNALS_H
#define	CLI_SIGNALS_H

#include <glib.h>

/* The number of the signal that came, 0 until one does; atomic. */
extern gint signals_caught;

/*
 * From now on; a second signal ends the program at once.  A limit on the size
 * of files (SIGXFSZ) is an error of writing.
 */
void	signals_catch(void);

#endif /* !CLI_SIGNALS_H */
