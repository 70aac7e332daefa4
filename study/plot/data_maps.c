/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Data of the two pictures that are maps; see data.h.
 */

#include <math.h>
#include <string.h>

#include "models/machine/run.h"
#include "study/plot/data.h"

/* ---- connects.dat ------------------------------------------------------ */

static void
connects_block(const struct csvtable *t, const char *variant,
    const char *cause, GString *s)
{
	g_autofree char *of = NULL;
	size_t row;
	int column;
	bool empty;

	of = g_strconcat(variant, " ", cause, NULL);
	plotdata_block(s, of, "time_s latency_us count");
	column = csvtable_find(t, "cause");
	empty = true;
	for (row = 0; row < csvtable_rows(t); row++) {
		if (strcmp(csvtable_text(t, row, column), cause) != 0 ||
		    !plotdata_is(t, row, variant))
			continue;
		plotdata_add_first(s, t, row, "time_s");
		plotdata_add(s, plotdata_number(t, row, "latency_us"));
		plotdata_add(s, plotdata_number(t, row, "count"));
		g_string_append_c(s, '\n');
		empty = false;
	}
	/* A block of comments only would not count as one. */
	if (empty)
		g_string_append(s, "NaN NaN NaN\n");
}

char *
plotdata_connects(const struct plotdata *pd)
{
	GString *s;
	unsigned cause, i;

	s = g_string_new(NULL);
	for (i = 0; i < pd->nvariants; i++)
		for (cause = 0; cause < NCAUSES; cause++)
			connects_block(pd->connects, pd->variants[i].name,
			    connect_cause_name((enum connect_cause)cause), s);
	return (g_string_free(s, FALSE));
}

/* ---- addresses.dat ----------------------------------------------------- */

/* Each row twice: an image of one row is none to gnuplot. */
static void
addresses_add(GString *s, unsigned column, unsigned row, double share)
{
	unsigned i;

	for (i = 0; i < 2; i++) {
		g_string_append_printf(s, "%u %u", column, 2 * row + i);
		plotdata_add(s, round(share * 1e4) / 1e2);
		g_string_append_c(s, '\n');
	}
}

static void
addresses_block(const struct plotdata *pd, const struct plotdata_variant *v,
    GString *s)
{
	const struct csvtable *t;
	const char *last, *time;
	unsigned column, line;
	size_t row;

	plotdata_block(s, v->name, "column row percent");
	t = pd->addresses;
	last = NULL;
	column = line = 0;
	for (row = 0; row < csvtable_rows(t); row++) {
		if (!plotdata_is(t, row, v->name))
			continue;
		time = csvtable_text(t, row, csvtable_find(t, "time_s"));
		if (last != NULL && strcmp(time, last) != 0) {
			column++;
			line = 0;
		}
		last = time;
		addresses_add(s, column, line++, plotdata_address_share(pd, v,
		    row));
	}
}

/* What timeline.csv says of the times that addresses.csv has. */
static void
addresses_any_block(const struct plotdata *pd,
    const struct plotdata_variant *v, GString *s)
{
	g_autoptr(GHashTable) times = NULL;
	const struct csvtable *t;
	unsigned column;
	size_t row;

	plotdata_block(s, v->name, "column row percent, of any address");
	t = pd->addresses;
	times = g_hash_table_new(g_str_hash, g_str_equal);
	for (row = 0; row < csvtable_rows(t); row++)
		if (plotdata_is(t, row, v->name))
			g_hash_table_add(times, (char *)csvtable_text(t, row,
			    csvtable_find(t, "time_s")));
	t = pd->timeline;
	column = 0;
	for (row = 0; row < csvtable_rows(t); row++) {
		if (!plotdata_is(t, row, v->name) ||
		    !g_hash_table_contains(times, csvtable_text(t, row,
		    csvtable_find(t, "time_s"))))
			continue;
		addresses_add(s, column++, 0, plotdata_number(t, row,
		    "ports_busy") / v->ports);
	}
}

char *
plotdata_addresses(const struct plotdata *pd)
{
	GString *s;
	unsigned i;

	s = g_string_new(NULL);
	for (i = 0; i < pd->nvariants; i++)
		addresses_block(pd, &pd->variants[i], s);
	for (i = 0; i < pd->nvariants; i++)
		addresses_any_block(pd, &pd->variants[i], s);
	return (g_string_free(s, FALSE));
}
