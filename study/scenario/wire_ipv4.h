/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What the sysctls of Linux say of a run.
 */

#ifndef STUDY_SCENARIO_WIRE_IPV4_H
#define	STUDY_SCENARIO_WIRE_IPV4_H

#include "models/machine/run.h"
#include "study/scenario/settings.h"

/*
 * Try a variant's values on tables of its stack, if that has them, and take
 * over the range of ports that results.
 */
void	wire_ipv4(struct settings *, const char *variant, struct run_conf *);

#endif /* !STUDY_SCENARIO_WIRE_IPV4_H */
