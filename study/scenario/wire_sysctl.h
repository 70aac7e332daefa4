/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Which kernel has which sysctl.
 */

#ifndef STUDY_SCENARIO_WIRE_SYSCTL_H
#define	STUDY_SCENARIO_WIRE_SYSCTL_H

#include <stdbool.h>

#include "study/scenario/settings.h"

/* Has the variant's kernel that sysctl?  One that it should name: yes. */
bool	wire_sysctl_has(struct settings *, const char *variant,
	    const struct param *);

/* What is set must mean something; other kernels' names are left out, told. */
void	wire_sysctl_check(struct settings *);

#endif /* !STUDY_SCENARIO_WIRE_SYSCTL_H */
