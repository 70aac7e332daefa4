/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The locks of OpenBSD's TCP, by the names its plan uses, and that plan.
 */

#ifndef MODELS_PLANS_OPENBSD_H
#define	MODELS_PLANS_OPENBSD_H

#include "models/plans/plan.h"

enum openbsd_lock {
	LOCK_TABLE,		/* inpt_mtx of tcbtable */
	LOCK_LISTENER,		/* the inbound listener's so_lock */
	LOCK_INP = PLAN_INP	/* so_lock of the socket in hand */
};

extern const struct lock_plan plan_openbsd;

#endif /* !MODELS_PLANS_OPENBSD_H */
