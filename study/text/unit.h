/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Quantities as people write them: a decimal number and a unit, exactly.
 *
 * Theory:	digits, perhaps a point and more digits, then the unit, which
 *		may not be left out.  The number is an integer times a power of
 *		ten, the unit an integer or a fraction of base units, so the
 *		result is exact; what would have to be rounded is an error,
 *		except rates a minute or an hour, which round to nearest.
 *		No sign, no exponent, no locale.
 *
 * Each parser sets an error that says what is wrong and what is allowed.  Each
 * unit_add_*() appends the one canonical text of a value; parsing it gives the
 * value back.
 */

#ifndef STUDY_TEXT_UNIT_H
#define	STUDY_TEXT_UNIT_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

#include "models/machine/run.h"
#include "sim/time.h"

/* ns us ms s min h; 0 may stand alone.  0..SIM_NEVER-1 ps. */
bool	unit_duration(const char *, simtime *ps, GError **);
void	unit_add_duration(GString *, simtime ps);

/* /s /min /h, with k M G before: 2k/s. */
bool	unit_rate(const char *, rate_uhz *, GError **);
void	unit_add_rate(GString *, rate_uhz);

/* Nothing, k M G (decimal), Ki Mi Gi (binary). */
bool	unit_count(const char *, uint64_t *, GError **);
void	unit_add_count(GString *, uint64_t);

/* A plain number or %, in millionths: 1.5 or 150%. */
bool	unit_factor(const char *, uint64_t *ppm, GError **);
void	unit_add_factor(GString *, uint64_t ppm);

/*
 * A number without a unit, in units of 10^-digits: the seconds of a CSV as
 * whole seconds and picoseconds (digits beyond round to nearest).
 *
 * text[len]	need not end in NUL; a leading - is an error but for zero
 *
 * Returns:	NULL, or what is wrong (a literal).
 */
const char *unit_seconds(const char *text, size_t len, uint64_t *s,
	    simtime *ps);

#endif /* !STUDY_TEXT_UNIT_H */
