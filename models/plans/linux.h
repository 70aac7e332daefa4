/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The locks of Linux' TCP, by the names its plan uses.
 */

#ifndef MODELS_PLANS_LINUX_H
#define	MODELS_PLANS_LINUX_H

#include "models/linux/variant.h"
#include "models/plans/plan.h"

enum linux_lock {
	LOCK_SEARCH,		/* none: buckets */
	LOCK_ACCEPTQ,		/* rskq_lock of the inbound listener */
	LOCK_INP = PLAN_INP,	/* the socket lock of the connection in hand */
	LOCK_BHASH = PLAN_BUCKET(LINUX_BUCKET_BIND),
	LOCK_BHASH2 = PLAN_BUCKET(LINUX_BUCKET_BIND2),
	LOCK_EHASH = PLAN_BUCKET(LINUX_BUCKET_EHASH)
};

extern const struct lock_plan plan_linux;

#endif /* !MODELS_PLANS_LINUX_H */
