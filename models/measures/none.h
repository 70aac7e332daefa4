/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a measure is that there was nothing to take of: not a number.
 */

#ifndef MODELS_MEASURES_NONE_H
#define	MODELS_MEASURES_NONE_H

#include <stdbool.h>

#define	MEASURE_NONE	__builtin_nan("")

static inline bool
measure_is_none(double value)
{

	return (value != value);
}

#endif /* !MODELS_MEASURES_NONE_H */
