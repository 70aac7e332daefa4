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
 * SHA-256 of the canonical form, sorted, in which a file stands for what is in
 * it and not for its name.
 *
 * digest	[out] digest[65], hex
 */
void	effective_digest(const struct scenario *, char *digest);

#endif /* !STUDY_SCENARIO_EFFECTIVE_H */
