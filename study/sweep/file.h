/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Reading a sweep file.
 */

#ifndef STUDY_SWEEP_FILE_H
#define	STUDY_SWEEP_FILE_H

#include "study/scenario/load.h"
#include "study/sweep/sweep.h"

/*
 * Read a sweep file, and its scenario with the values of each cell.
 *
 * Errors:	as of scenario_load(); of the cells that cannot be run the
 *		first is told.
 */
struct sweep *sweep_load(const char *path, GError **);

#endif /* !STUDY_SWEEP_FILE_H */
