/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Sets of addresses; see addr_set.h.
 */

#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "study/scenario/addr_set.h"

static int
addr_set_order(const void *a, const void *b)
{
	uint32_t x, y;

	x = *(const uint32_t *)a;
	y = *(const uint32_t *)b;
	return (x < y ? -1 : x > y);
}

void
addr_set_init(struct addr_set *s, const uint32_t *addrs, unsigned n)
{

	s->n = n;
	s->sorted = g_new(uint32_t, n);
	if (n == 0)
		return;
	memcpy(s->sorted, addrs, n * sizeof(*addrs));
	qsort(s->sorted, n, sizeof(*addrs), addr_set_order);
}

void
addr_set_fini(struct addr_set *s)
{

	g_free(s->sorted);
	s->sorted = NULL;
}

bool
addr_set_has(const struct addr_set *s, uint32_t addr)
{

	return (s->n > 0 && bsearch(&addr, s->sorted, s->n, sizeof(addr),
	    addr_set_order) != NULL);
}

uint32_t
addr_set_twice(const struct addr_set *s)
{
	unsigned i;

	for (i = 1; i < s->n; i++)
		if (s->sorted[i] == s->sorted[i - 1])
			return (s->sorted[i]);
	return (0);
}

double
addr_set_share(const struct addr_set *s, const uint32_t *theirs, unsigned n)
{
	unsigned both, i;

	for (i = both = 0; i < n; i++)
		both += addr_set_has(s, theirs[i]);
	return (n == 0 ? 0 : (double)both / n);
}
