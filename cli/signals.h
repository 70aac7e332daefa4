/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What the system tells or takes away: signals, descriptors, memory.
 */

#ifndef CLI_SIGNALS_H
#define	CLI_SIGNALS_H

#include <glib.h>

/* The number of the signal that came, 0 until one does; atomic. */
extern gint signals_caught;

/* Whether somebody asked how far it is, SIGUSR1 or SIGINFO; atomic. */
extern gint signals_asked;

/*
 * From now on SIGINT, SIGTERM and SIGHUP end runs early, and programs that were
 * started for them; results stay whole.  A second signal, half a second after
 * the first or later, ends the program at once; sooner it is the same request.
 * A reader that went away (SIGPIPE) is an error of writing.
 */
void	signals_catch(void);

/* There is nothing left to keep whole: the first signal ends the program. */
void	signals_release(void);

/*
 * The first signal ends the program, and a place for results that was taken is
 * left: for what keeps nothing half done.
 */
void	signals_leave(void);

/* And from now on somebody may ask. */
void	signals_catch_questions(void);

/*
 * For the start of the program.  Descriptors 0 to 2 that are closed are taken,
 * so that no file that is opened later gets the messages; what is written
 * there, or read, fails as it would without.  A limit on the size of files
 * (SIGXFSZ) is an error of writing.  Want of memory is told of, and ends the
 * program with CLI_IO.
 */
void	signals_prepare(void);

#endif /* !CLI_SIGNALS_H */
