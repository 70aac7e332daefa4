/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Who pays; see holders.h.
 */

#include <string.h>

#include "sim/time.h"
#include "study/report/holders.h"
#include "study/text/number.h"

static int
holders_compare_name(const struct holder *a, const struct holder *b)
{
	int c;

	c = strcmp(a->lock, b->lock);
	if (c == 0)
		c = strcmp(a->holder, b->holder);
	if (c == 0)
		c = strcmp(a->doing, b->doing);
	return (c);
}

/* The longest total first; names decide between equals. */
static gint
holders_compare(gconstpointer a, gconstpointer b)
{
	const struct holder *x, *y;

	x = a;
	y = b;
	if (x->total != y->total)
		return (x->total < y->total ? 1 : -1);
	return (holders_compare_name(x, y));
}

/* The receive threads, rx0 and so on, are many of a kind. */
static const char *
holders_kind(const char *name)
{

	if (name[0] == 'r' && name[1] == 'x' && name[2] != '\0' &&
	    strspn(name + 2, "0123456789") == strlen(name + 2))
		return ("rx (any)");
	return (name);
}

static void
holders_add(GArray *all, const struct stall *s)
{
	struct holder new = { .lock = s->lock,
	    .holder = holders_kind(s->holder), .doing = s->doing };
	struct holder *h;
	unsigned i;

	for (i = 0; i < all->len; i++)
		if (holders_compare_name(&new, &g_array_index(all,
		    struct holder, i)) == 0)
			break;
	if (i == all->len)
		g_array_append_val(all, new);
	h = &g_array_index(all, struct holder, i);
	h->count++;
	/* Lengths that were read may be of any size. */
	h->total = s->length < SIM_NEVER - 1 - h->total ? h->total +
	    s->length : SIM_NEVER - 1;
	h->longest = MAX(h->longest, s->length);
	h->iterations = MAX(h->iterations, s->iterations);
	h->visits = MAX(h->visits, s->visits);
}

GArray *
holders_of(const struct experiment *e, unsigned variant)
{
	struct metric_run r;
	GArray *all;
	unsigned i;
	size_t j;

	all = g_array_new(FALSE, FALSE, sizeof(struct holder));
	for (i = 0; i < e->sc->replications; i++) {
		r = experiment_metric_run(e, variant, i);
		for (j = 0; r.res != NULL && j < r.res->nstalls; j++)
			holders_add(all, &r.res->stalls[j]);
	}
	g_array_sort(all, holders_compare);
	return (all);
}

GArray *
holders_read(const struct csvtable *t, const char *variant)
{
	struct stall s;
	GArray *all;
	size_t row;
	int doing, holder, lock;

	lock = csvtable_find(t, "lock");
	holder = csvtable_find(t, "holder");
	doing = csvtable_find(t, "doing");
	all = g_array_new(FALSE, FALSE, sizeof(struct holder));
	for (row = 0; row < csvtable_rows(t); row++) {
		if (strcmp(csvtable_field(t, row, "variant"), variant) != 0 ||
		    *csvtable_field(t, row, "observer") != '\0')
			continue;
		s = (struct stall){ .lock = csvtable_text(t, row, lock),
		    .holder = csvtable_text(t, row, holder),
		    .doing = csvtable_text(t, row, doing) };
		s.length = number_to_time(csvtable_value(t, row, "length_us"),
		    SIM_US);
		s.iterations = number_to_count(csvtable_value(t, row,
		    "iterations"));
		s.visits = number_to_count(csvtable_value(t, row, "visits"));
		holders_add(all, &s);
	}
	g_array_sort(all, holders_compare);
	return (all);
}
