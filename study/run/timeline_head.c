/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lines above timeline.csv; see timeline_head.h.
 */

#include <string.h>

#include "study/run/provenance.h"
#include "study/run/timeline_head.h"
#include "study/text/number.h"

/* What the pictures need to shade a freeze. */
static void
timeline_head_deadline(const char *name, simtime deadline, FILE *f)
{
	g_autoptr(GString) text = NULL;
	g_autofree char *key = NULL;

	text = g_string_new(NULL);
	number_add_ps(text, deadline, SIM_MS);
	key = g_strconcat(name, "_deadline_ms", NULL);
	provenance_write_line(f, g_strdelimit(key, "-", '_'), text->str);
}

/*
 * Which workloads of a variant bind to an address first, and which do not:
 * other ports run out for these than for those.
 */
static void
timeline_head_binds(const char *variant, const struct run_conf *conf, FILE *f)
{
	static const char *const keys[] = { "unbound", "bound" };
	unsigned bound, i;

	for (bound = 0; bound < 2; bound++) {
		g_autoptr(GString) names = g_string_new(NULL);
		g_autofree char *key = NULL;

		for (i = 0; i < conf->nworkloads; i++)
			if ((conf->workloads[i].bind == BIND_LADDR ||
			    conf->workloads[i].bind == BIND_LADDR_LPORT) ==
			    (bound != 0))
				g_string_append_printf(names, "%s%s",
				    names->len > 0 ? ", " : "",
				    conf->workloads[i].name);
		if (names->len == 0)
			continue;
		key = g_strconcat(keys[bound], ":", variant, NULL);
		provenance_write_line(f, key, names->str);
	}
}

void
timeline_head_write(const struct experiment *e, FILE *f)
{
	const struct run_conf *conf;
	unsigned i;

	conf = &e->confs[0];
	timeline_head_deadline("console", conf->nobservers > 0 ?
	    conf->observers[0].deadline : 0, f);
	for (i = 0; i < conf->nobservers; i++)
		if (strcmp(conf->observers[i].name, "console") != 0)
			timeline_head_deadline(conf->observers[i].name,
			    conf->observers[i].deadline, f);
	for (i = 0; i < e->sc->nvariants; i++)
		timeline_head_binds(e->sc->variants[i].name,
		    &e->confs[i * e->sc->replications], f);
}
