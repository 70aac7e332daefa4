/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Who froze: what each observer noticed, for the mail.
 */

#ifndef STUDY_REPORT_FROZE_H
#define	STUDY_REPORT_FROZE_H

#include <glib.h>

#include "study/run/experiment.h"

/* "Late beyond their deadlines: screen for 27.9 s, ssh for 68 s.", or none. */
void	froze_sentence(const struct experiment *, unsigned variant,
	    GString *);

/* A row an observer and variant; nothing if nobody looked on. */
void	froze_table(const struct experiment *, GString *);

#endif /* !STUDY_REPORT_FROZE_H */
