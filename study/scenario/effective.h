/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The canonical form of a scenario: every key that means something, with its
 * default filled in, in its canonical text.
 */

#ifndef STUDY_SCENARIO_EFFECTIVE_H
#define	STUDY_SCENARIO_EFFECTIVE_H

#include "study/scenario/scenario.h"

/*
 * The effective scenario with every default filled in, as a scenario file:
 * loading it again gives the same runs, and the same text.  Files (recordings,
 * costs) are named as they were found, so it is to be loaded from the directory
 * in which the first load was done, or from one where the names mean the same.
 */
char	*scenario_effective(const struct scenario *);

/*
 * SHA-256 of the canonical form, sorted, in which a file stands for what is in
 * it and not for its name.
 *
 * digest	[out] digest[65], hex
 */
void	effective_digest(const struct scenario *, char *digest);

#endif /* !STUDY_SCENARIO_EFFECTIVE_H */
