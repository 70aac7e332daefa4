/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Which columns of a merged sweep are drawn.
 */

#ifndef STUDY_SWEEP_DRAWN_H
#define	STUDY_SWEEP_DRAWN_H

#include <stdbool.h>

#include <glib.h>

#include "study/sweep/table.h"

/*
 * Columns, of int.  Free with g_array_unref().
 *
 * metrics	their names; NULL or empty: those that tell most, and how late
 *		and for how long frozen the observer was that is worst off
 *
 * Errors:	the name of one that is not there.
 */
GArray	*drawn_columns(const struct sweep_table *, const char *const *metrics,
	    GError **);
bool	drawn_has(const GArray *, int column);

/* The i-th column NAME_frozen_s, an observer's; -1: there is none. */
int	drawn_frozen(const struct sweep_table *, unsigned i);

#endif /* !STUDY_SWEEP_DRAWN_H */
