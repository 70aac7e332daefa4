/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Chains of waiting, in words; see blame_text.h.
 */

#include "study/run/blame_text.h"
#include "study/text/number.h"

/* What it computes: of connects, most is the search. */
static void
blame_text_end(GString *s, const struct blame_link *l)
{

	g_string_append(s, "computes");
	if (l->iters == 0)
		return;
	g_string_append(s, ": a search of ");
	number_add_count(s, l->iters);
	g_string_append(s, l->iters == 1 ? " port" : " ports");
}

/* How a thread waits, and what the next one is to it. */
static void
blame_text_how(GString *s, const struct blame_link *l, bool last)
{

	switch (l->how) {
	case BLAME_COMPUTES:
		blame_text_end(s, l);
		return;
	case BLAME_SPINS:
	case BLAME_SLEEPS:
		g_string_append_printf(s, "%s %s", l->how == BLAME_SPINS ?
		    "spins for" : "sleeps on", l->lock);
		g_string_append(s, last ? ", which is free" : ", held by ");
		return;
	case BLAME_NO_CPU:
		g_string_append(s, last ? "has no CPU" :
		    "has no CPU, where there runs ");
		return;
	case BLAME_ASKED:
		g_string_append(s, last ? "waits for an answer" :
		    "waits for an answer of ");
		return;
	case BLAME_IDLE:
	case BLAME_NHOWS:
		g_string_append(s, "is idle");
		return;
	}
}

void
blame_text_add(GString *s, const struct blame *b)
{
	const struct blame_link *l;
	unsigned i;

	if (b->lost && b->nlinks > 0)
		g_string_append(s, "what was for it is lost, its ring being "
		    "full, and comes again; ");
	for (i = 0; i < b->nlinks; i++) {
		l = &b->links[i];
		g_string_append_printf(s, "%s (%s)%s ", l->who, l->doing,
		    i == 0 ? "" : ", which");
		blame_text_how(s, l, i + 1 == b->nlinks && !b->again);
	}
	if (b->again)
		g_string_append(s, "one of these again");
}

const char *
blame_text_lock(const struct blame *b, unsigned *waiters)
{
	unsigned i;

	for (i = b->nlinks; i-- > 0;)
		if (b->links[i].lock != NULL) {
			*waiters = b->links[i].waiters;
			return (b->links[i].lock);
		}
	*waiters = 0;
	return ("");
}
