/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Which addresses are this machine's: "192.0.2.10, 198.51.100.1*50,
 * 10.1.0.0/16", with commas or semicolons between.
 */

#ifndef STUDY_CAPTURE_LOCALS_H
#define	STUDY_CAPTURE_LOCALS_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

/* From `first' to `last', in the order of numbers. */
struct locals_range {
	uint32_t	first, last;
};

/* Append the ranges of a text to a GArray of struct locals_range. */
bool	locals_parse(const char *text, GArray *ranges, GError **);

/* addr		network order, as everywhere */
bool	locals_have(const GArray *ranges, uint32_t addr);

#endif /* !STUDY_CAPTURE_LOCALS_H */
