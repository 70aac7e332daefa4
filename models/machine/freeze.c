/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A union of intervals; see freeze.h.
 */

#include <glib.h>

#include "models/machine/freeze.h"
#include "sim/kassert.h"

void
freeze_fini(struct freeze *f)
{

	g_free(f->span);
}

void
freeze_forget(struct freeze *f)
{

	f->n = 0;
}

void
freeze_add(struct freeze *f, simtime from, simtime to)
{

	KASSERT(from <= to && (f->n == 0 || f->span[f->n - 1].to <= to),
	    ("frozen to %jd", (intmax_t)to));
	while (f->n > 0 && f->span[f->n - 1].to >= from) {
		f->n--;
		from = MIN(from, f->span[f->n].from);
	}
	if (f->n == f->size) {
		f->size = MAX(2 * f->size, 16);
		f->span = g_renew(struct freeze_span, f->span, f->size);
	}
	f->span[f->n++] = (struct freeze_span){ from, to };
}

simtime
freeze_total(const struct freeze *f)
{
	simtime total;
	unsigned i;

	for (i = 0, total = 0; i < f->n; i++)
		total += f->span[i].to - f->span[i].from;
	return (total);
}

simtime
freeze_longest(const struct freeze *f, simtime respite)
{
	simtime from, longest;
	unsigned i;

	from = longest = 0;
	for (i = 0; i < f->n; i++) {
		if (i == 0 || f->span[i].from > f->span[i - 1].to + respite)
			from = f->span[i].from;
		longest = MAX(longest, f->span[i].to - from);
	}
	return (longest);
}
