/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lists of IPv4 addresses as a scenario writes them: 198.51.100.1*50 stands for
 * fifty in a row, lists are separated by ;.
 */

#ifndef STUDY_SCENARIO_ADDRS_H
#define	STUDY_SCENARIO_ADDRS_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

#define	ADDRS_MAX	(1u << 20)	/* of a list of destinations */
#define	ADDRS_MAXLOCAL	65536u		/* of one of this machine's own */

/*
 * Append to `list', a GArray of uint32_t (network order, see models/net/net.h).
 * Only addresses that a host may have: 1.0.0.0 to 223.255.255.255; `max' of
 * them at most.
 */
bool	addrs_parse(const char *, unsigned max, GArray *list, GError **);

/* Append the canonical text: addresses in a row are written with *. */
void	addrs_add(GString *, const uint32_t *addrs, unsigned n);

/* May a host have the address? */
bool	addrs_is_host(uint32_t addr);

#endif /* !STUDY_SCENARIO_ADDRS_H */
