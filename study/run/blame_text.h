/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Who waited for whom, in words: "rx5 (accept) spins for tcpinp, held by rx3
 * (tcp_close), which sleeps on tcphash, held by utilities (connect), which
 * computes: a search of 55,536 ports".  Files, mail and page say it so.
 */

#ifndef STUDY_RUN_BLAME_TEXT_H
#define	STUDY_RUN_BLAME_TEXT_H

#include <glib.h>

#include "models/machine/blame.h"

/* "" if there is none. */
void	blame_text_add(GString *, const struct blame *);

/* The last lock of the chain; "": there is none. */
const char *blame_text_lock(const struct blame *, unsigned *waiters);

#endif /* !STUDY_RUN_BLAME_TEXT_H */
