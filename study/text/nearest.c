/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The name that somebody probably meant; see nearest.h.
 */

#include <string.h>

#include "study/text/nearest.h"

#define	NEAREST_MAXLEN	128	/* longer names are never typing errors */

static unsigned
least(unsigned a, unsigned b, unsigned c)
{

	return (MIN(a, MIN(b, c)));
}

unsigned
nearest_distance(const char *a, const char *b)
{
	unsigned rows[3][NEAREST_MAXLEN + 1], *prev2, *prev, *row, *spare;
	size_t i, j, na, nb;
	char x, y;

	na = strlen(a);
	nb = strlen(b);
	if (na > NEAREST_MAXLEN || nb > NEAREST_MAXLEN)
		return ((unsigned)MAX(na, nb));
	prev2 = rows[0];
	prev = rows[1];
	row = rows[2];
	for (j = 0; j <= nb; j++)
		row[j] = prev2[j] = (unsigned)j;
	for (i = 1; i <= na; i++) {
		spare = prev2;
		prev2 = prev;
		prev = row;
		row = spare;
		row[0] = (unsigned)i;
		x = g_ascii_tolower(a[i - 1]);
		for (j = 1; j <= nb; j++) {
			y = g_ascii_tolower(b[j - 1]);
			row[j] = least(prev[j] + 1, row[j - 1] + 1,
			    prev[j - 1] + (x != y));
			if (i > 1 && j > 1 &&
			    x == g_ascii_tolower(b[j - 2]) &&
			    y == g_ascii_tolower(a[i - 2]))
				row[j] = MIN(row[j], prev2[j - 2] + 1);
		}
	}
	return (row[nb]);
}

unsigned
nearest_edits(const char *typed, const char *name)
{
	unsigned edits;
	size_t len, longer;

	len = strlen(typed);
	/* The beginning of a name is not mistyped, but cut. */
	if (len >= 3 && g_ascii_strncasecmp(name, typed, len) == 0)
		return (0);
	edits = nearest_distance(typed, name);
	longer = MAX(len, strlen(name));
	/* Two letters may be swapped, one may be wrong in three. */
	return (edits * 3 > longer + 2 ? NEAREST_FAR : edits);
}

const char *
nearest_find(const char *typed, const char *const *names, unsigned n)
{
	const char *best;
	unsigned best_edits, edits, i;

	best = NULL;
	best_edits = NEAREST_FAR;
	for (i = 0; i < n; i++) {
		edits = nearest_edits(typed, names[i]);
		if (g_ascii_strcasecmp(typed, names[i]) == 0)
			return (names[i]);
		if (edits < best_edits) {
			best = names[i];
			best_edits = edits;
		}
	}
	return (best);
}

char *
nearest_hint(const char *typed, const char *const *names, unsigned n)
{
	const char *name;

	name = nearest_find(typed, names, n);
	if (name == NULL)
		return (g_strdup(""));
	return (g_strdup_printf("; did you mean '%s'?", name));
}
