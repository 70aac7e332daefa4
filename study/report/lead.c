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

void
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
	unsigned v, worst;

	if (l->nvariants <= LEAD_EACH) {
		for (v = 0; v < l->nvariants; v++) {
			g_string_append_printf(out, "%s%s: ", v > 0 ? "; " :
			    "", l->name(l->arg, v));
			lead_add_sum(l, v, out);
		}
		return;
	}
	lead_verdicts(l, out);
	for (v = worst = 0; v < l->nvariants; v++)
		if (lead_badness(l, v) > lead_badness(l, worst))
			worst = v;
	g_string_append_printf(out, ". The worst, %s: ", l->name(l->arg,
	    worst));
	lead_add_sum(l, worst, out);
}
