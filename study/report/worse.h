/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What got worse with each variant but the first, for the mail, and what of its
 * ports each had left at the fullest: of those that its connects choose from.
 */

#ifndef STUDY_REPORT_WORSE_H
#define	STUDY_REPORT_WORSE_H

#include <glib.h>

#include "study/run/experiment.h"

void	worse_tell(const struct experiment *, GString *);

#endif /* !STUDY_REPORT_WORSE_H */
