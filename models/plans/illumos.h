/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The locks of illumos's TCP: none over the tables, but the squeues.
 */

#ifndef MODELS_PLANS_ILLUMOS_H
#define	MODELS_PLANS_ILLUMOS_H

#include "models/plans/plan.h"

extern const struct lock_plan plan_illumos;

#endif /* !MODELS_PLANS_ILLUMOS_H */
