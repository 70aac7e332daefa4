/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The locks of DragonFly's TCP: none over the tables, but the netisrs.
 */

#ifndef MODELS_PLANS_DRAGONFLY_H
#define	MODELS_PLANS_DRAGONFLY_H

#include "models/plans/plan.h"

extern const struct lock_plan plan_dragonfly;

#endif /* !MODELS_PLANS_DRAGONFLY_H */
