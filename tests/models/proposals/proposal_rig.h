/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What the tests of proposals share: local addresses, destinations, chance.
 */

#ifndef TESTS_MODELS_PROPOSALS_PROPOSAL_RIG_H
#define	TESTS_MODELS_PROPOSALS_PROPOSAL_RIG_H

#include <glib.h>

#include "models/net/net.h"
#include "sim/rng.h"

static inline uint32_t
rig_draw(void *rng)
{

	return (rng_u32(rng));
}

static inline uint32_t
rig_laddr(unsigned i)
{

	return (net_addr_add(0x0a | 1u << 24, i));
}

static inline uint32_t
rig_faddr(unsigned i)
{

	return (net_addr_add(0xcb | 113u << 16, 1 + 300 * i));
}

#endif /* !TESTS_MODELS_PROPOSALS_PROPOSAL_RIG_H */
