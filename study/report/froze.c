/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Observers and their lags as text; see froze.h.
 */

#include <string.h>

#include "models/machine/chain.h"
#include "study/report/brief.h"
#include "study/report/froze.h"
#include "study/report/lead.h"
#include "study/text/grid.h"
#include "study/text/mail.h"

static const struct run_conf *
froze_conf(const struct experiment *e, unsigned v)
{

	return (&e->confs[v * e->sc->replications]);
}

/* The mean of an observer's metric.  Free with g_free(). */
static char *
froze_value(const struct experiment *e, unsigned v, unsigned observer,
    const char *metric)
{
	g_autofree char *name = NULL;

	name = lead_metric(froze_conf(e, v)->observers[observer].name,
	    metric);
	return (brief_value(e, v, name));
}

/* Where the longest lag of all replications was spent. */
static const char *
froze_waited(const struct experiment *e, unsigned v, unsigned observer)
{
	const struct observer_result *o, *longest;
	struct metric_run r;
	unsigned i;

	longest = NULL;
	for (i = 0; i < e->sc->replications; i++) {
		r = experiment_metric_run(e, v, i);
		if (r.res == NULL)
			continue;
		o = &r.res->observers[observer];
		if (longest == NULL || o->lag_max > longest->lag_max)
			longest = o;
	}
	return (longest == NULL || *longest->waited == '\0' ? "-" :
	    longest->waited);
}

void
froze_sentence(const struct experiment *e, unsigned v, GString *out)
{
	unsigned i, n;

	for (i = n = 0; i < froze_conf(e, v)->nobservers; i++) {
		g_autofree char *frozen = NULL;

		frozen = froze_value(e, v, i, "frozen_s");
		if (strcmp(frozen, "0") == 0)
			continue;
		g_string_append_printf(out, "%s%s for %s", n++ == 0 ?
		    "Late beyond their deadlines: " : ", ",
		    froze_conf(e, v)->observers[i].name, frozen);
	}
	g_string_append(out, n == 0 ? "Nobody was late beyond a deadline." :
	    ".");
}

static void
froze_row(const struct experiment *e, unsigned v, unsigned i, struct grid *g)
{
	static const char *const metrics[] = { "max_ms", "frozen_s" };
	g_autofree char *name = NULL, *variant = NULL;
	size_t k;

	variant = mail_cut(e->sc->variants[v].name, 16);
	name = mail_cut(froze_conf(e, v)->observers[i].name, 12);
	grid_add(g, variant);
	grid_add(g, name);
	grid_add(g, chain_table[froze_conf(e, v)->observers[i].kind].name);
	for (k = 0; k < G_N_ELEMENTS(metrics); k++) {
		g_autofree char *text = NULL;

		text = froze_value(e, v, i, metrics[k]);
		grid_add(g, text);
	}
	grid_add(g, froze_waited(e, v, i));
}

/* More variants than these: a row only for who was frozen. */
#define	FROZE_EACH	2

static bool
froze_is(const struct experiment *e, unsigned v, unsigned observer)
{
	g_autofree char *frozen = NULL;

	frozen = froze_value(e, v, observer, "frozen_s");
	return (strcmp(frozen, "0") != 0 && strcmp(frozen, "-") != 0);
}

void
froze_table(const struct experiment *e, GString *out)
{
	static const char *const heads[] = { "variant", "observer", "kind",
	    "latest", "frozen", "waited in" };
	struct grid *g;
	unsigned i, n, v;
	size_t k;

	if (froze_conf(e, 0)->nobservers == 0)
		return;
	mail_heading(out, "Who froze, and why");
	g = grid_new("lllrrl", 2);
	for (k = 0; k < G_N_ELEMENTS(heads); k++)
		grid_add(g, heads[k]);
	for (v = n = 0; v < e->sc->nvariants; v++)
		for (i = 0; i < froze_conf(e, v)->nobservers; i++) {
			if (e->sc->nvariants > FROZE_EACH &&
			    !froze_is(e, v, i))
				continue;
			froze_row(e, v, i, g);
			n++;
		}
	if (n > 0)
		grid_print(g, "", out);
	grid_free(g);
	if (n == 0) {
		g_string_append(out, "Nobody, in any variant.\n");
		return;
	}
	for (v = 0; v < e->sc->nvariants; v++)
		mail_legend(out, e->sc->variants[v].name, 16);
	g_string_append_c(out, '\n');
	mail_paragraph(out, "", "", e->sc->nvariants <= FROZE_EACH ?
	    "Late: less what it takes when nobody is in its way; means. "
	    "Waited in: where the longest was spent (pcbsim list observers)." :
	    "Only those that were frozen. Late: less what it takes when "
	    "nobody is in its way; means.");
}
