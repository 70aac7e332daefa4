/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What got worse; see worse.h.
 */

#include <limits.h>

#include "models/stacks/stack.h"
#include "study/report/brief.h"
#include "study/report/stat_table.h"
#include "study/report/worse.h"
#include "study/text/mail.h"
#include "study/text/number.h"

static const struct run_conf *
worse_conf(const struct experiment *e, unsigned variant)
{

	return (&e->confs[variant * e->sc->replications]);
}

/*
 * Is b worse than a, by more than the histogram's width of a bucket and by
 * what people would call a difference?
 */
static bool
worse_is(const struct metric *m, double a, double b)
{

	if (m->better == METRIC_LOWER)
		return (b > a * 1.01);
	return (m->better == METRIC_HIGHER && b < a * 0.99);
}

static void
worse_line(const struct experiment *e, unsigned v, const char *name,
    GString *out)
{
	g_autofree char *text = NULL, *then = NULL, *now = NULL;
	struct stat_diff d;
	bool proven;

	then = brief_value(e, 0, name);
	now = brief_value(e, v, name);
	/* Of one replication nobody expects a proof. */
	proven = !stat_table_diff(e, 0, v, name, &d) || !d.enough || d.proven;
	text = g_strdup_printf("%s: %s against %s%s", name, now, then,
	    proven ? "" : " (no difference proven)");
	mail_paragraph(out, "  - ", "    ", text);
}

/* Of one owner, or of the run: those of the table that got worse. */
static unsigned
worse_of(const struct experiment *e, unsigned v, const char *owner,
    const struct metric *table, GString *out)
{
	const struct metric *m;
	double a, b;
	unsigned n;

	n = 0;
	for (m = table; m->name != NULL; m++) {
		g_autofree char *name = NULL;

		name = owner == NULL ? g_strdup(m->name) :
		    metric_own_name(owner, m);
		if (m->kind != METRIC_TEXT && experiment_mean(e, 0, name, &a) &&
		    experiment_mean(e, v, name, &b) &&
		    worse_is(m, a, b)) {
			worse_line(e, v, name, out);
			n++;
		}
	}
	return (n);
}

/* Compare a variant with the first; returns how many metrics got worse. */
static unsigned
worse_than_first(const struct experiment *e, unsigned v, GString *out)
{
	const struct run_conf *conf;
	unsigned i, n;

	conf = worse_conf(e, v);
	n = worse_of(e, v, NULL, metric_table, out);
	for (i = 0; i < conf->nworkloads; i++)
		n += worse_of(e, v, conf->workloads[i].name,
		    metric_workload_table, out);
	/* Of the first observer the run's own metrics tell. */
	for (i = 1; i < conf->nobservers; i++)
		n += worse_of(e, v, conf->observers[i].name,
		    metric_observer_table, out);
	return (n);
}

/* The least that was left of something, over all replications. */
static unsigned
worse_least(const struct experiment *e, unsigned v,
    unsigned (*left)(const struct timeline_row *), unsigned *of)
{
	const struct timeline_row *row;
	struct metric_run r;
	unsigned i, least;
	size_t j;

	least = UINT_MAX;
	*of = 0;
	for (i = 0; i < e->sc->replications; i++) {
		r = experiment_metric_run(e, v, i);
		for (j = 0; r.res != NULL && j < r.res->nrows; j++) {
			row = &r.res->rows[j];
			least = MIN(least, left(row));
			*of = MAX(*of, row->ports_busy + row->ports_free_any);
		}
	}
	return (least);
}

static unsigned
worse_left_any(const struct timeline_row *row)
{

	return (row->ports_free_any);
}

static unsigned
worse_left_tuples(const struct timeline_row *row)
{

	return (row->tuples_free);
}

/* The most ports of an address in use: those of addresses that share a row. */
static uint64_t
worse_fullest(const struct experiment *e, unsigned v)
{
	const struct occupancy_row *row;
	struct metric_run r;
	uint64_t most;
	unsigned i;
	size_t j;

	most = 0;
	for (i = 0; i < e->sc->replications; i++) {
		r = experiment_metric_run(e, v, i);
		for (j = 0; r.res != NULL && j < r.res->noccupancies; j++) {
			row = &r.res->occupancies[j];
			most = MAX(most, row->ports_busy / row->laddrs);
		}
	}
	return (most);
}

/* Does a workload of it bind to an address first, or (else) does one not? */
static bool
worse_binds(const struct experiment *e, unsigned v, bool bound)
{
	const struct run_conf *conf;
	unsigned i;

	conf = worse_conf(e, v);
	for (i = 0; i < conf->nworkloads; i++)
		if (bound == (conf->workloads[i].bind == BIND_LADDR ||
		    conf->workloads[i].bind == BIND_LADDR_LPORT))
			return (true);
	return (false);
}

/* At the fullest: what connects of this variant choose from, and no other. */
static void
worse_limit(const struct experiment *e, unsigned v, GString *out)
{
	g_autoptr(GString) text = NULL;
	unsigned least, ports;

	least = worse_conf(e, v)->stack->port_first ?
	    worse_least(e, v, worse_left_any, &ports) :
	    worse_least(e, v, worse_left_tuples, &ports);
	if (ports == 0)
		return;
	text = g_string_new(e->sc->variants[v].name);
	g_string_append(text, ": at the fullest, ");
	if (worse_binds(e, v, false)) {
		number_add_count(text, least);
		g_string_append(text, " of ");
		number_add_count(text, ports);
		g_string_append(text, " ports were left for an unbound "
		    "connect");
		if (!worse_conf(e, v)->stack->port_first)
			g_string_append(text, " to the fullest destination");
	}
	if (worse_binds(e, v, true)) {
		g_string_append(text, worse_binds(e, v, false) ? ", and " :
		    "");
		number_add_count(text, ports - MIN(worse_fullest(e, v),
		    ports));
		g_string_append(text, worse_binds(e, v, false) ? "" :
		    " ports were left");
		g_string_append(text, " for a bound one, on the fullest "
		    "address");
	}
	g_string_append_c(text, '.');
	mail_paragraph(out, "* ", "  ", text->str);
}

/* One replication proves nothing: it does not say "worse". */
static void
worse_compared(const struct experiment *e, unsigned v, unsigned n,
    GString *text)
{
	const char *first, *name;

	name = e->sc->variants[v].name;
	first = e->sc->variants[0].name;
	if (n == 0)
		g_string_printf(text, "%s is not worse than %s in any metric "
		    "of summary.csv by more than 1 %%.", name, first);
	else if (e->sc->replications == 1)
		g_string_printf(text, "%s is not as good as %s, by more than "
		    "1 %%, in these; one replication is no proof:", name,
		    first);
	else
		g_string_printf(text, "%s is worse than %s by more than 1 %% "
		    "in:", name, first);
}

void
worse_tell(const struct experiment *e, GString *out)
{
	g_autoptr(GString) list = NULL;
	unsigned n, v;

	mail_heading(out, "What got worse, or stays limited");
	/* Of runs that were cut short the shortest would look best. */
	if (!experiment_complete(e) && e->sc->nvariants > 1)
		mail_paragraph(out, "* ", "  ", "Nothing is compared: the runs "
		    "are incomplete.");
	for (v = 1; experiment_complete(e) && v < e->sc->nvariants; v++) {
		g_autoptr(GString) text = NULL;

		list = g_string_new(NULL);
		n = worse_than_first(e, v, list);
		text = g_string_new(NULL);
		worse_compared(e, v, n, text);
		mail_paragraph(out, "* ", "  ", text->str);
		g_string_append(out, list->str);
		g_string_free(g_steal_pointer(&list), TRUE);
	}
	for (v = 0; v < e->sc->nvariants; v++)
		worse_limit(e, v, out);
}
