/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What timeline.csv says above its columns: which observer is late when, and
 * which workloads bind.  Pictures and the page need it.
 */

#ifndef STUDY_RUN_TIMELINE_HEAD_H
#define	STUDY_RUN_TIMELINE_HEAD_H

#include <stdio.h>

#include "study/run/experiment.h"

/*
 * "# NAME_deadline_ms: 500" of each observer, "# unbound:VARIANT: nginx, ..."
 * and "# bound:VARIANT: ..." of each variant.
 */
void	timeline_head_write(const struct experiment *, FILE *);

#endif /* !STUDY_RUN_TIMELINE_HEAD_H */
