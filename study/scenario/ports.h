/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lists and ranges of ports, as a scenario writes them: 80; 8000-8099.
 */

#ifndef STUDY_SCENARIO_PORTS_H
#define	STUDY_SCENARIO_PORTS_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

#include "models/machine/run.h"

/*
 * "A", "A-B", A <= B, in [1, 65535].  False: it is neither.
 */
bool	ports_parse_range(const char *text, uint16_t *first, uint16_t *last,
	    GError **);

/* "default", "high", "low" or a range. */
bool	portrange_parse(const char *text, struct portrange *, GError **);
void	portrange_add(GString *, const struct portrange *);

/* Append the ports of a list to `ports', of uint16_t; none may come twice. */
bool	ports_parse(const char *text, GArray *ports, GError **);

/* Append ports[n] as it is written, consecutive ones as a range. */
void	ports_add(GString *, const uint16_t *ports, unsigned n);

#endif /* !STUDY_SCENARIO_PORTS_H */
