/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What all tables of a result have; see results_rows.h.
 */

#include "study/run/column.h"
#include "study/run/results_rows.h"
#include "study/scenario/replay.h"

/* Comment lines and, of a file that has them, the line of column names. */
void
results_begin(const struct experiment *e, FILE *f, const char *file)
{
	g_autofree char *head = NULL, *incomplete = NULL;
	struct provenance p;
	unsigned i;

	incomplete = experiment_incomplete(e);
	p.scenario = e->sc->name;
	p.title = e->sc->title;
	p.digest = e->sc->digest;
	p.seed = e->sc->seed;
	p.replications = e->sc->replications;
	p.incomplete = incomplete;
	provenance_write(f, &p);
	for (i = 0; i < e->sc->nreplays; i++) {
		g_autofree char *skipped = NULL;

		skipped = replay_skipped_text(e->sc->replays[i]);
		if (skipped != NULL)
			provenance_write_line(f, "skipped", skipped);
	}
	if (file != NULL) {
		head = column_head(file);
		fprintf(f, "%s\n", head);
	}
}

/* Call `rows' for each run that there is, by variant, then replication. */
void
results_each(const struct experiment *e, FILE *f,
    void (*rows)(const struct metric_run *, struct csvout *))
{
	struct metric_run r;
	struct csvout c;
	unsigned i;

	csvout_init(&c, f);
	for (i = 0; i < e->nruns; i++) {
		r = experiment_metric_run(e, i / e->sc->replications,
		    i % e->sc->replications);
		if (r.res != NULL)
			rows(&r, &c);
	}
	csvout_fini(&c);
}

void
results_row_begin(const struct metric_run *r, struct csvout *c)
{

	csvout_text(c, r->variant);
	csvout_count(c, r->conf->replication + 1);
}
