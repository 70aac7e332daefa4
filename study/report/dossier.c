/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A result read back; see dossier.h.
 */

#include <sys/stat.h>

#include <errno.h>
#include <math.h>
#include <string.h>

#include "models/machine/run.h"
#include "study/report/brief.h"
#include "study/report/dossier.h"
#include "study/report/lead.h"
#include "study/run/claim.h"
#include "study/stat/stat.h"
#include "study/text/expr.h"
#include "study/text/whole.h"

#define	DOSSIER_MAXTEXT	((size_t)1 << 24)	/* bytes of report.txt */

/* ---- figures ----------------------------------------------------------- */

const char *
dossier_origin(const struct dossier *d, const char *key)
{
	const char *text;

	text = csvtable_comment(d->pd->summary, key);
	return (text == NULL ? "" : text);
}

/* A verdict as summary.csv has it, from 0 (ok); -1: it is none. */
static int
dossier_verdict_number(const char *text)
{
	int i;

	for (i = VERDICT_OK; i < NVERDICTS; i++)
		if (strcmp(text, verdict_name((enum verdict)i)) == 0)
			return (i);
	return (-1);
}

static double
dossier_cell(const struct csvtable *t, size_t row, int column)
{
	const char *text;
	double v;

	if (csvtable_number(t, row, column, &v))
		return (v);
	text = csvtable_text(t, row, column);
	return (*text == '\0' ? HUGE_VAL :
	    (double)dossier_verdict_number(text));
}

GArray *
dossier_values(const struct dossier *d, unsigned variant, const char *metric)
{
	const struct csvtable *t;
	GArray *all;
	double v;
	size_t row;
	int column;

	t = d->pd->summary;
	all = g_array_new(FALSE, FALSE, sizeof(double));
	column = csvtable_find(t, metric);
	for (row = 0; column >= 0 && row < csvtable_rows(t); row++) {
		if (strcmp(csvtable_field(t, row, "variant"),
		    d->pd->variants[variant].name) != 0)
			continue;
		v = dossier_cell(t, row, column);
		g_array_append_val(all, v);
	}
	return (all);
}

bool
dossier_mean(const struct dossier *d, unsigned variant, const char *metric,
    double *mean)
{
	g_autoptr(GArray) all = NULL;
	unsigned i;

	all = dossier_values(d, variant, metric);
	if (all->len == 0)
		return (false);
	/* As experiment_mean(), or a half rounds here down and there up. */
	*mean = 0;
	for (i = 0; i < all->len; i++)
		*mean += g_array_index(all, double, i);
	*mean /= all->len;
	return (true);
}

bool
dossier_half(const struct dossier *d, unsigned variant, const char *metric,
    double *half)
{
	g_autoptr(GArray) all = NULL;
	struct stat_sample s;
	unsigned i;

	all = dossier_values(d, variant, metric);
	if (all->len < STAT_MIN || d->pd->incomplete)
		return (false);
	for (i = 0; i < all->len; i++)
		if (!isfinite(g_array_index(all, double, i)))
			return (false);
	stat_sample_init(&s, &g_array_index(all, double, 0), all->len);
	return (stat_half_width(&s, half));
}

char *
dossier_figure(const struct dossier *d, unsigned variant, const char *metric)
{
	g_autoptr(GArray) all = NULL;
	const struct metric *m;

	m = metric_of_column(metric);
	all = dossier_values(d, variant, metric);
	if (m == NULL || all->len == 0)
		return (g_strdup("-"));
	return (brief_mean(m, &g_array_index(all, double, 0), all->len));
}

const char *
dossier_verdict(const struct dossier *d, unsigned variant)
{
	g_autoptr(GArray) all = NULL;
	double v;
	unsigned i;
	int worst;

	worst = -1;
	all = dossier_values(d, variant, "verdict");
	for (i = 0; i < all->len; i++) {
		v = g_array_index(all, double, i);
		/* A number may stand there, and be none of ours. */
		if (v >= VERDICT_OK && v < NVERDICTS)
			worst = MAX(worst, (int)v);
	}
	return (worst < 0 ? VERDICT_NOT_RUN :
	    verdict_name((enum verdict)worst));
}

bool
dossier_ran(const struct dossier *d, unsigned variant)
{

	return (strcmp(dossier_verdict(d, variant), VERDICT_NOT_RUN) != 0);
}

/* ---- what was expected ------------------------------------------------- */

/* An expr_lookup_fn over the means; `dossier' is a struct dossier. */
static bool
dossier_lookup(const char *variant, const char *metric, double *value,
    void *dossier, GError **error)
{
	const struct dossier *d;
	unsigned i;

	d = dossier;
	for (i = 0; i < d->pd->nvariants; i++)
		if (strcmp(d->pd->variants[i].name, variant) == 0 &&
		    dossier_mean(d, i, metric, value))
			return (true);
	g_set_error(error, METRIC_ERROR, METRIC_ERROR_NAME,
	    "%s.%s is not in summary.csv", variant, metric);
	return (false);
}

/* NaN is not true of anything. */
static bool
dossier_judge(struct dossier *d, struct dossier_claim *c, struct expr *x,
    GError **error)
{
	double v;

	if (!expr_eval(x, dossier_lookup, d, &v, error))
		return (false);
	c->outcome = claim_outcome_name(v == v && v != 0 ? CLAIM_HOLDS :
	    CLAIM_FAILS);
	if (!(v == v && v != 0))
		c->why = expr_explain(x, dossier_lookup, d);
	return (true);
}

static void
dossier_claims(struct dossier *d)
{
	const struct keyfile_entry *entry;
	struct dossier_claim c;
	struct expr *x;
	unsigned i;

	for (i = 0; i < d->ini->entries->len; i++) {
		g_autoptr(GError) cause = NULL;

		entry = d->ini->entries->pdata[i];
		if (strcmp(entry->group, "expect") != 0)
			continue;
		c = (struct dossier_claim){ entry->key, entry->value,
		    claim_outcome_name(CLAIM_SKIPPED), NULL };
		x = d->pd->incomplete ? NULL : expr_parse(entry->value,
		    &cause);
		if (d->pd->incomplete)
			c.why = g_strdup("the runs are incomplete");
		else if (x == NULL || !dossier_judge(d, &c, x, &cause))
			c.why = g_strdup(cause->message);
		g_array_append_val(d->claims, c);
		if (x != NULL)
			expr_free(x);
	}
}

/* ---- reading ----------------------------------------------------------- */

/*
 * What was typed stands in report.txt, perhaps over several lines.  Without it
 * run.ini does as well: it is the same scenario.
 */
static char *
dossier_command(const char *dir, GError **error)
{
	g_autofree char *path = NULL, *text = NULL;
	const char *at, *end;
	GError *cause = NULL;
	GString *s;

	path = g_build_filename(dir, "report.txt", NULL);
	text = whole_read_plain(path, DOSSIER_MAXTEXT, &cause);
	if (cause != NULL && !g_error_matches(cause, WHOLE_ERROR, ENOENT)) {
		g_propagate_error(error, cause);
		return (NULL);
	}
	g_clear_error(&cause);
	if (text == NULL || (at = strstr(text, "\n  $ ")) == NULL)
		return (g_strdup("pcbsim run run.ini"));
	s = g_string_new(NULL);
	for (at += strlen("\n  $ "); ; at = end + strlen("\n    ")) {
		end = at + strcspn(at, "\n");
		g_string_append_len(s, at, end - at);
		if (!g_str_has_prefix(end, "\n    "))
			break;
		g_string_append_c(s, ' ');
	}
	return (g_string_free(s, FALSE));
}

static void
dossier_claim_clear(void *claim)
{

	g_free(((struct dossier_claim *)claim)->why);
}

static bool
dossier_read_ini(struct dossier *d, GError **error)
{
	g_autofree char *path = NULL;
	struct problems problems;
	struct stat st;
	bool ok;

	path = g_build_filename(d->dir, "run.ini", NULL);
	problems_init(&problems);
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		problems_add(&problems, "%s: is not a file", path);
	else
		d->ini = keyfile_new(path, NULL, NULL, &problems);
	ok = problems_none(&problems, error);
	problems_fini(&problems);
	return (ok);
}

/* Is a column of summary.csv one of figures? */
static bool
dossier_is_figure(const char *column)
{
	const struct metric *m;

	m = metric_of_column(column);
	return (m != NULL && m->kind != METRIC_TEXT &&
	    m->kind != METRIC_VERDICT);
}

struct dossier *
dossier_read(const char *dir, GError **error)
{
	g_autoptr(GArray) rows = NULL;
	GError *cause = NULL;
	struct dossier *d;

	d = g_new0(struct dossier, 1);
	d->dir = g_strdup(dir);
	d->claims = g_array_new(FALSE, FALSE, sizeof(struct dossier_claim));
	g_array_set_clear_func(d->claims, dossier_claim_clear);
	d->pd = plotdata_read(dir, error);
	if (d->pd == NULL ||
	    !csvtable_figures(d->pd->summary, dossier_is_figure, error) ||
	    !plotdata_read_addresses(d->pd, dir, error) ||
	    !dossier_read_ini(d, error)) {
		dossier_free(d);
		return (NULL);
	}
	if (d->pd->nvariants > 0) {
		rows = dossier_values(d, 0, "replication");
		d->replications = rows->len;
	}
	d->moves = moves_read(dir, &cause);
	d->command = cause != NULL ? NULL : dossier_command(dir, &cause);
	if (cause != NULL) {
		g_propagate_error(error, cause);
		dossier_free(d);
		return (NULL);
	}
	dossier_claims(d);
	return (d);
}

void
dossier_free(struct dossier *d)
{

	if (d->pd != NULL)
		plotdata_free(d->pd);
	if (d->ini != NULL)
		keyfile_free(d->ini);
	g_array_free(d->claims, TRUE);
	moves_free(d->moves);
	g_free(d->command);
	g_free(d->dir);
	g_free(d);
}
