/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The locks of XNU's TCP, by the names its plan uses.
 */

#ifndef MODELS_PLANS_XNU_H
#define	MODELS_PLANS_XNU_H

#include "models/plans/plan.h"

enum xnu_lock {
	LOCK_IPI,		/* tcbinfo.ipi_lock */
	LOCK_LISTENER,		/* the socket lock of the inbound listener */
	LOCK_INP = PLAN_INP	/* the socket lock of the connection in hand */
};

extern const struct lock_plan plan_xnu;

#endif /* !MODELS_PLANS_XNU_H */
