/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The NetBSD family, as a stack (models/stacks/) names it.
 */

#ifndef MODELS_NETBSD_FAMILY_H
#define	MODELS_NETBSD_FAMILY_H

struct net_family;		/* models/net/family.h */

extern const struct net_family net_family_netbsd;

#endif /* !MODELS_NETBSD_FAMILY_H */
