/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The DragonFly family, for stacks.  It has no variants.
 */

#ifndef MODELS_DRAGONFLY_FAMILY_H
#define	MODELS_DRAGONFLY_FAMILY_H

#include <stdint.h>

struct net;
struct net_family;		/* models/net/family.h */

extern const struct net_family net_family_dragonfly;

/* The CPU whose protocol thread a connection belongs to, of `cpus'. */
unsigned dragonfly_cpu(uint32_t faddr, uint16_t fport, uint32_t laddr,
	    uint16_t lport, unsigned cpus);

#endif /* !MODELS_DRAGONFLY_FAMILY_H */
