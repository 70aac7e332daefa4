/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The locks of NetBSD's TCP, by the names its plan uses, and that plan.
 */

#ifndef MODELS_PLANS_NETBSD_H
#define	MODELS_PLANS_NETBSD_H

#include "models/plans/plan.h"

enum netbsd_lock {
	LOCK_SOFTNET,		/* softnet_lock: of every inet socket */
	LOCK_KERNEL		/* kernel_lock, the big one */
};

extern const struct lock_plan plan_netbsd;

#endif /* !MODELS_PLANS_NETBSD_H */
