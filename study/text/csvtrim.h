/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A field of a CSV line without a quote, as libcsv leaves it: without the
 * blanks around it.
 */

#ifndef STUDY_TEXT_CSVTRIM_H
#define	STUDY_TEXT_CSVTRIM_H

#include <stdbool.h>

static inline bool
csvtrim_blank(char c)
{

	return (c == ' ' || c == '\t');
}

/* [*from, *to) of a line becomes what is left of it. */
static inline void
csvtrim(char **from, char **to)
{

	while (*from < *to && csvtrim_blank(**from))
		++*from;
	while (*from < *to && csvtrim_blank((*to)[-1]))
		--*to;
}

#endif /* !STUDY_TEXT_CSVTRIM_H */
