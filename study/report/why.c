/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Chains of waiting, told; see why.h.
 */

#include <math.h>
#include <string.h>

#include "study/report/why.h"
#include "study/run/blame_text.h"
#include "study/text/mail.h"
#include "study/text/markup.h"
#include "study/text/number.h"

bool
why_is_row(const struct csvtable *stalls, size_t row)
{

	return (*csvtable_field(stalls, row, "observer") != '\0');
}

/* "83 %" of the time; "all of" it. */
static void
why_share(GString *s, double share)
{

	if (share >= 0.995)
		g_string_append(s, "all of");
	else
		g_string_append_printf(s, "%.0f %% of", fmax(share * 100, 1));
}

/* ---- the mail ---------------------------------------------------------- */

/* The longest wait of a variant's observers for which there is a chain. */
static const struct observer_result *
why_longest(const struct experiment *e, unsigned v)
{
	const struct observer_result *longest, *o;
	struct metric_run r;
	unsigned i, k;

	longest = NULL;
	for (i = 0; i < e->sc->replications; i++) {
		r = experiment_metric_run(e, v, i);
		for (k = 0; r.res != NULL && k < r.res->nobservers; k++) {
			o = &r.res->observers[k];
			if (o->why.nlinks > 0 && (longest == NULL ||
			    o->lag_max > longest->lag_max))
				longest = o;
		}
	}
	return (longest);
}

void
why_paragraph(const struct experiment *e, unsigned v, GString *out)
{
	const struct observer_result *o;
	g_autoptr(GString) s = NULL;

	o = why_longest(e, v);
	if (o == NULL)
		return;
	s = g_string_new(e->sc->variants[v].name);
	g_string_append_printf(s, ": %s was late for longest, by ", o->name);
	number_add_duration(s, o->lag_max);
	g_string_append(s, " from ");
	number_add_duration(s, o->lag_from);
	g_string_append(s, " on. For ");
	why_share(s, o->why_share);
	g_string_append(s, " that time, longer than any other way: ");
	blame_text_add(s, &o->why);
	g_string_append_c(s, '.');
	mail_paragraph(out, "* ", "  ", s->str);
}

/* ---- the page ---------------------------------------------------------- */

/* The longest wait of this observer, over all replications. */
static bool
why_row_of(const struct csvtable *t, const char *variant,
    const char *observer, size_t *longest)
{
	double length, most;
	size_t row;

	*longest = 0;
	most = -1;
	for (row = 0; row < csvtable_rows(t); row++) {
		if (!why_is_row(t, row) || strcmp(csvtable_field(t, row,
		    "variant"), variant) != 0 || strcmp(csvtable_field(t, row,
		    "observer"), observer) != 0)
			continue;
		length = csvtable_value(t, row, "length_us");
		if (length > most) {
			most = length;
			*longest = row;
		}
	}
	return (most >= 0);
}

static void
why_time(GString *out, double v, simtime unit)
{
	g_autoptr(GString) sort = NULL;

	sort = g_string_new(NULL);
	number_add_double(sort, v);
	g_string_append_printf(out, "<td class=\"n\" data-sort=\"%s\">",
	    sort->str);
	number_add_time(out, v, unit);
	g_string_append(out, "</td>");
}

static void
why_row(const struct csvtable *t, size_t row, GString *out)
{
	g_autoptr(GString) share = NULL;
	const char *variant;

	variant = csvtable_field(t, row, "variant");
	share = g_string_new(NULL);
	why_share(share, csvtable_value(t, row, "share"));
	g_string_append(share, " it");
	markup_of_variant(out, "tr", variant);
	markup_element(out, "th", "scope=\"row\"", variant);
	markup_element(out, "td", "", csvtable_field(t, row, "observer"));
	why_time(out, csvtable_value(t, row, "length_us"), SIM_US);
	why_time(out, csvtable_value(t, row, "start_s"), SIM_S);
	markup_element(out, "td", "class=\"n\"", share->str);
	markup_element(out, "td", "class=\"wide\"", csvtable_field(t, row,
	    "chain"));
	g_string_append(out, "</tr>\n");
}

/* Once each, in the order in which the file has them. */
static GPtrArray *
why_observers(const struct csvtable *t)
{
	GPtrArray *names;
	const char *name;
	size_t row;
	unsigned i;

	names = g_ptr_array_new();
	for (row = 0; row < csvtable_rows(t); row++) {
		name = csvtable_field(t, row, "observer");
		for (i = 0; i < names->len; i++)
			if (strcmp(names->pdata[i], name) == 0)
				break;
		if (*name != '\0' && i == names->len)
			g_ptr_array_add(names, (gpointer)(uintptr_t)name);
	}
	return (names);
}

void
why_html(const struct dossier *d, GString *out)
{
	static const char *const titles[] = { "Variant", "Observer", "Late by",
	    "Since", "For", "Who waited for whom" };
	g_autoptr(GPtrArray) names = NULL;
	const struct csvtable *t;
	unsigned i, v;
	size_t row;

	t = d->pd->stalls;
	names = why_observers(t);
	if (names->len == 0)
		return;
	g_string_append(out, "<h2>Why they were late</h2>\n<p class=\"dim\">"
	    "The longest wait of each observer, of all replications: the "
	    "chain that stood for most of it, from who was to serve it to "
	    "who kept all of them, looked at again and again while it "
	    "waited.</p>\n");
	markup_table_open(out, "Why they were late", titles, "llrrrl");
	for (v = 0; v < d->pd->nvariants; v++)
		for (i = 0; i < names->len; i++)
			if (why_row_of(t, d->pd->variants[v].name,
			    names->pdata[i], &row))
				why_row(t, row, out);
	markup_table_close(out);
}
