/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The OpenBSD family, as a stack (models/stacks/) names it.
 */

#ifndef MODELS_OPENBSD_FAMILY_H
#define	MODELS_OPENBSD_FAMILY_H

struct net_family;		/* models/net/family.h */

extern const struct net_family net_family_openbsd;

#endif /* !MODELS_OPENBSD_FAMILY_H */
