/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The illumos family, for stacks.  It has no variants.
 */

#ifndef MODELS_ILLUMOS_FAMILY_H
#define	MODELS_ILLUMOS_FAMILY_H

struct net_family;		/* models/net/family.h */

extern const struct net_family net_family_illumos;

#endif /* !MODELS_ILLUMOS_FAMILY_H */
