/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A page that stands alone: style and script are in it, nothing is fetched.
 * It is light or dark as the reader's system is, and prints without buttons.
 */

#ifndef STUDY_REPORT_WEBPAGE_H
#define	STUDY_REPORT_WEBPAGE_H

#include <glib.h>

/* All up to the first thing in <main>. */
void	webpage_open(GString *, const char *title);

/* Script and end. */
void	webpage_close(GString *);

#endif /* !STUDY_REPORT_WEBPAGE_H */
