/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lines of a log that people make up themselves: words, some in quotes or
 * brackets, and NAME=VALUE among them.
 */

#ifndef STUDY_CAPTURE_LOGLINE_H
#define	STUDY_CAPTURE_LOGLINE_H

#include <stdbool.h>

#include <glib.h>

/*
 * The words of a line.  What is in quotes or in [] is one, without them; one
 * that ends in a comma, or that a lone colon follows, goes on with the next, so
 * that a list of addresses is one word.  Free with g_ptr_array_unref().
 */
GPtrArray *logline_words(const char *line);

/*
 * The value of the first NAME=VALUE, NAME:VALUE, NAME="VALUE", NAME: VALUE that
 * has one of these names and stands outside of quotes, where only the log's
 * owner writes.
 *
 * names	ends with NULL
 *
 * Returns:	free with g_free(); NULL if there is none.
 */
char	*logline_value(const char *line, const char *const *names);

/* "a, b : c": a list of what was tried, one after the other. */
GStrv	logline_list(const char *value);

#endif /* !STUDY_CAPTURE_LOGLINE_H */
