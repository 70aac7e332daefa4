/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a verdict means, for people.
 */

#ifndef STUDY_RUN_VERDICT_H
#define	STUDY_RUN_VERDICT_H

#include "models/machine/run.h"

/* One sentence, without its end. */
const char *verdict_doc(enum verdict);

#endif /* !STUDY_RUN_VERDICT_H */
