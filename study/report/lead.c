/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The first sentence; see lead.h.
 */

#include <string.h>

#include "models/machine/run.h"
#include "study/report/lead.h"

/* "241,891 wanted = 73,403 served + 1,567 failed + 166,921 waiting" */
static void
lead_add_sum(const struct lead *l, unsigned v, GString *out)
{
	static const struct {
		const char	*metric, *after;
	} parts[] = {
		{ "wanted", " wanted = " }, { "served", " served + " },
		{ "failed", " failed + " }, { "waiting", " waiting" }
	};
	size_t i;

	if (strcmp(l->verdict(l->arg, v), VERDICT_NOT_RUN) == 0) {
		g_string_append(out, VERDICT_NOT_RUN);
		return;
	}
	for (i = 0; i < G_N_ELEMENTS(parts); i++) {
		g_autofree char *text = NULL;

		text = l->figure(l->arg, v, parts[i].metric);
		g_string_append_printf(out, "%s%s", text, parts[i].after);
	}
}

/* ---- who was frozen ---------------------------------------------------- */

char *
lead_metric(const char *observer, const char *metric)
{

	return (g_strdelimit(g_strconcat(observer, "_", metric, NULL), "-",
	    '_'));
}

struct lead_observer {
	const char	*name;
	char		*metric;	/* "ssh_frozen_s" */
	double		frozen;		/* mean */
};

static void
lead_observer_clear(void *observer)
{

	g_free(((struct lead_observer *)observer)->metric);
}

/* Who was frozen for longest comes first. */
static int
lead_observer_order(const void *x, const void *y)
{
	const struct lead_observer *a, *b;

	a = x;
	b = y;
	return ((a->frozen < b->frozen) - (a->frozen > b->frozen));
}

/* Those that a variant froze.  Free with g_array_unref(). */
static GArray *
lead_frozen(const struct lead *l, unsigned v)
{
	struct lead_observer o;
	GArray *frozen;
	unsigned i;

	frozen = g_array_new(FALSE, FALSE, sizeof(struct lead_observer));
	g_array_set_clear_func(frozen, lead_observer_clear);
	for (i = 0; (o.name = l->observer(l->arg, i)) != NULL; i++) {
		o.metric = lead_metric(o.name, "frozen_s");
		if (l->mean(l->arg, v, o.metric, &o.frozen) && o.frozen > 0)
			g_array_append_val(frozen, o);
		else
			g_free(o.metric);
	}
	g_array_sort(frozen, lead_observer_order);
	return (frozen);
}

/* For how long, of all observers together. */
static double
lead_frozen_s(const struct lead *l, unsigned v)
{
	g_autoptr(GArray) frozen = NULL;
	double sum;
	unsigned i;

	frozen = lead_frozen(l, v);
	for (i = 0, sum = 0; i < frozen->len; i++)
		sum += g_array_index(frozen, struct lead_observer, i).frozen;
	return (sum);
}

/* "ssh for 71.2 s, daemon for 29.3 s" */
static void
lead_add_frozen(const struct lead *l, unsigned v, GString *out)
{
	const struct lead_observer *o;
	g_autoptr(GArray) frozen = NULL;
	unsigned i;

	frozen = lead_frozen(l, v);
	for (i = 0; i < frozen->len; i++) {
		g_autofree char *text = NULL;

		o = &g_array_index(frozen, struct lead_observer, i);
		text = l->figure(l->arg, v, o->metric);
		g_string_append_printf(out, "%s%s for %s", i > 0 ? ", " : "",
		    o->name, text);
	}
}

/* ---- of each, or of the worst ------------------------------------------ */

/* What became of all that was wanted, and of who looked on. */
static void
lead_add_variant(const struct lead *l, unsigned v, bool anybody, GString *out)
{

	g_string_append_printf(out, "%s: ", l->name(l->arg, v));
	lead_add_sum(l, v, out);
	if (lead_frozen_s(l, v) > 0) {
		g_string_append(out, ", and frozen: ");
		lead_add_frozen(l, v, out);
	} else if (anybody && strcmp(l->verdict(l->arg, v),
	    VERDICT_NOT_RUN) != 0)
		g_string_append(out, ", nobody frozen");
}

/* How many were not served; of those that are as bad, who stalls longer. */
static double
lead_badness(const struct lead *l, unsigned v)
{
	double failed, stall, waiting;

	failed = stall = waiting = 0;
	(void)l->mean(l->arg, v, "failed", &failed);
	(void)l->mean(l->arg, v, "waiting", &waiting);
	(void)l->mean(l->arg, v, "stall_max_us", &stall);
	return (failed + waiting + stall / 1e12);
}

/* "never-recovers: a, b; ok: c": the worst first. */
static void
lead_verdicts(const struct lead *l, GString *out)
{
	const char *verdict;
	unsigned n, v;
	int k;

	for (k = NVERDICTS; k >= 0; k--) {
		verdict = k == NVERDICTS ? VERDICT_NOT_RUN :
		    verdict_name((enum verdict)k);
		for (v = n = 0; v < l->nvariants; v++) {
			if (strcmp(l->verdict(l->arg, v), verdict) != 0)
				continue;
			if (n++ == 0)
				g_string_append_printf(out, "%s%s: ",
				    out->len > 0 ? "; " : "", verdict);
			else
				g_string_append(out, ", ");
			g_string_append(out, l->name(l->arg, v));
		}
	}
}

void
lead_add(const struct lead *l, GString *out)
{
	unsigned longest, v, worst;
	bool anybody;

	anybody = false;
	for (v = worst = longest = 0; v < l->nvariants; v++) {
		anybody |= lead_frozen_s(l, v) > 0;
		if (lead_badness(l, v) > lead_badness(l, worst))
			worst = v;
		if (lead_frozen_s(l, v) > lead_frozen_s(l, longest))
			longest = v;
	}
	if (l->nvariants <= LEAD_EACH) {
		for (v = 0; v < l->nvariants; v++) {
			g_string_append(out, v > 0 ? "; " : "");
			lead_add_variant(l, v, anybody, out);
		}
		return;
	}
	lead_verdicts(l, out);
	g_string_append(out, ". The worst, ");
	lead_add_variant(l, worst, anybody, out);
	if (longest == worst || !anybody)
		return;
	g_string_append_printf(out, "; frozen longest, %s: ",
	    l->name(l->arg, longest));
	lead_add_frozen(l, longest, out);
}
