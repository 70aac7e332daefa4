/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a picture of a sweep shows, in words with figures.
 */

#ifndef STUDY_SWEEP_REMARK_H
#define	STUDY_SWEEP_REMARK_H

#include <glib.h>

#include "study/sweep/table.h"

/*
 * "eleven freezes, or worse, in 20 of 40 cells, twelve in 0 of 40"; of more
 * than three variants those that freeze, and how many never do.
 */
void	remark_verdicts(const struct sweep_table *, GString *);

/*
 * "at most 68.1 ms, by eleven at host.cpus = 8; 12 ms by twelve": means of
 * replications, and the greatest of each other variant, or the least of many.
 */
void	remark_most(const struct sweep_table *, int column, GString *);

/*
 * Of two parameters: where it gets better although a parameter rises, and what
 * of the searches differs there; nothing where it never does.
 */
void	remark_not_monotonic(const struct sweep_table *, GString *);

#endif /* !STUDY_SWEEP_REMARK_H */
