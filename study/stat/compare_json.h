/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A comparison as JSON, for programs: docs/schema/compare-1.schema.json.
 */

#ifndef STUDY_STAT_COMPARE_JSON_H
#define	STUDY_STAT_COMPARE_JSON_H

#include <glib.h>

#include "study/stat/compare.h"

void	compare_json(const struct compare *, GString *out);

#endif /* !STUDY_STAT_COMPARE_JSON_H */
