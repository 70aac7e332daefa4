/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Does the modelled kernel go down at its first search for a port?
 */

#ifndef STUDY_SCENARIO_PANIC_H
#define	STUDY_SCENARIO_PANIC_H

#include <stdbool.h>

#include "models/machine/run.h"

/* Asks the stack itself, with the range and the knobs of the conf. */
bool	panic_foreseen(const struct run_conf *);

#endif /* !STUDY_SCENARIO_PANIC_H */
