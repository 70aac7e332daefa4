/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Who pays; see holders_table.h.
 */

#include "study/report/holders.h"
#include "study/report/holders_table.h"
#include "study/report/lead.h"
#include "study/text/markup.h"
#include "study/text/number.h"

static void
holders_duration(GString *out, simtime t)
{

	g_string_append(out, "<td class=\"n\">");
	number_add_duration(out, t);
	g_string_append(out, "</td>");
}

static void
holders_count(GString *out, uint64_t n)
{

	g_string_append(out, "<td class=\"n\">");
	number_add_count(out, n);
	g_string_append(out, "</td>");
}

static void
holders_row_begin(const char *variant, GString *out)
{

	markup_of_variant(out, "tr", variant);
	markup_element(out, "th", "scope=\"row\"", variant);
}

static void
holders_row(const char *variant, const struct holder *h, GString *out)
{

	holders_row_begin(variant, out);
	markup_element(out, "td", "", h->lock);
	markup_element(out, "td", "", h->holder);
	markup_element(out, "td", "", h->doing);
	holders_count(out, h->count);
	holders_duration(out, h->total);
	holders_duration(out, h->longest);
	holders_count(out, h->iterations);
	holders_count(out, h->visits);
	g_string_append(out, "</tr>\n");
}

static void
holders_variant(const struct dossier *d, unsigned v, GString *out)
{
	g_autoptr(GArray) all = NULL;
	const char *name;
	unsigned i;

	name = d->pd->variants[v].name;
	all = holders_read(d->pd->stalls, name);
	for (i = 0; i < all->len && i < REPORT_HOLDERS; i++)
		holders_row(name, &g_array_index(all, struct holder, i), out);
	if (all->len > 0 && all->len <= REPORT_HOLDERS)
		return;
	holders_row_begin(name, out);
	g_string_append(out, "<td colspan=\"8\">");
	if (all->len == 0)
		g_string_append(out, dossier_ran(d, v) ?
		    "no stall above the threshold" : VERDICT_NOT_RUN);
	else
		g_string_append_printf(out, "and %u more", all->len -
		    REPORT_HOLDERS);
	g_string_append(out, "</td></tr>\n");
}

void
report_holders_html(const struct dossier *d, GString *out)
{
	static const char *const titles[] = { "Variant", "Lock", "Held by",
	    "Doing", "Stalls", "In all", "Longest", "Iterations, most",
	    "Visits, most" };
	unsigned v;

	g_string_append(out, "<h2>Which lock, and which function pays</h2>\n"
	    "<p class=\"dim\">Stalls above the threshold, all replications, "
	    "summed up by who held the lock meanwhile and what it did. The "
	    "receive threads of all CPUs count as one.</p>\n");
	markup_table_open(out, "Who pays", titles, "llllrrrrr");
	for (v = 0; v < d->pd->nvariants; v++)
		holders_variant(d, v, out);
	markup_table_close(out);
}
