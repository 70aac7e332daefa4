/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * When to stop adding replications; see until.h.
 */

#include <math.h>
#include <string.h>

#include "sim/kassert.h"
#include "study/stat/until.h"
#include "study/text/number.h"
#include "study/text/problem.h"

/* What is known of the variant that is furthest from its goal. */
struct stat_until_worst {
	const char	*variant;
	double		share;		/* half width over mean; may be inf */
	const char	*absent;	/* a variant without a value, or NULL */
};

bool
stat_until_parse(const char *text, struct stat_until *u, GError **error)
{
	g_autofree char *quoted = NULL;
	const char *rest;
	char *end;

	rest = g_str_has_prefix(text, "ci:") ? text + strlen("ci:") : "";
	u->share = g_ascii_strtod(rest, &end) / 100;
	if (g_ascii_isdigit(*rest) && u->share > 0 && u->share < 1 &&
	    *end == '%' && (end[1] == '\0' ||
	    (end[1] == ',' && end[2] != '\0'))) {
		u->metric = g_strdup(end[1] == '\0' ? STAT_UNTIL_METRIC :
		    end + 2);
		return (true);
	}
	quoted = problem_quote(text);
	problem_set(error, "--until=%s: allowed is ci:PERCENT%%[,METRIC], as "
	    "in ci:5%% or ci:5%%,stall_max_us", quoted);
	return (false);
}

void
stat_until_fini(struct stat_until *u)
{

	g_clear_pointer(&u->metric, g_free);
}

bool
stat_until_check(const struct stat_until *u, const struct scenario *sc,
    GError **error)
{
	g_autofree char *hint = NULL;
	struct metric_owner owner;

	if (metric_find(&sc->variants[0].conf, u->metric, &owner) != NULL)
		return (true);
	hint = metric_hint(&sc->variants[0].conf, u->metric);
	problem_set(error, "%s: --until: there is no metric %s%s; see pcbsim "
	    "list metrics", sc->path, u->metric, hint);
	return (false);
}

/* Of one variant. */
static void
stat_until_look(const struct stat_until *u, const struct experiment *e,
    unsigned v, struct stat_until_worst *worst)
{
	g_autofree double *values = NULL;
	struct metric_run r;
	struct stat_sample s;
	double half, share;
	unsigned i;

	values = g_new(double, e->sc->replications);
	for (i = 0; i < e->sc->replications; i++) {
		r = experiment_metric_run(e, v, i);
		if (!metric_lookup(&r, u->metric, &values[i]) ||
		    !isfinite(values[i])) {
			worst->absent = e->sc->variants[v].name;
			return;
		}
	}
	stat_sample_init(&s, values, e->sc->replications);
	if (!stat_half_width(&s, &half))
		share = INFINITY;
	else
		share = half == 0 ? 0 : half / fabs(s.mean);
	if (worst->variant == NULL || share > worst->share) {
		worst->variant = e->sc->variants[v].name;
		worst->share = share;
	}
}

static char *
stat_until_text(const struct stat_until *u, const struct experiment *e,
    const struct stat_until_worst *worst)
{
	g_autoptr(GString) s = NULL;
	char buf[G_ASCII_DTOSTR_BUF_SIZE];

	s = g_string_new(NULL);
	g_string_printf(s, "N = %u: 95 %% interval of %s ",
	    e->sc->replications, u->metric);
	if (isinf(worst->share))
		g_string_append(s, "is not known yet");
	else
		g_string_append_printf(s, "within %s %% of the mean",
		    g_ascii_formatd(buf, sizeof(buf), "%.2f",
		    worst->share * 100));
	g_string_append_printf(s, " (%s%s)", e->sc->nvariants > 1 ?
	    "the widest: " : "", worst->variant);
	return (g_strdup(s->str));
}

/*
 * The width goes as 1 / sqrt(n): as many as should do, but at most twice as
 * many, since few replications know little of their own spread.
 */
static unsigned
stat_until_guess(unsigned n, double excess)
{
	double guess;

	guess = ceil(n * excess * excess);
	guess = CLAMP(guess, n + 1.0, 2.0 * n);
	return ((unsigned)MIN(guess, STAT_UNTIL_MAX));
}

unsigned
stat_until_next(const struct stat_until *u, const struct experiment *e,
    char **text)
{
	struct stat_until_worst worst = { .variant = NULL };
	g_autofree char *told = NULL;
	unsigned n, v;

	KASSERT(experiment_complete(e), ("runs are missing"));
	n = e->sc->replications;
	for (v = 0; v < e->sc->nvariants && worst.absent == NULL; v++)
		stat_until_look(u, e, v, &worst);
	if (worst.absent != NULL) {
		*text = g_strdup_printf("N = %u: no more, since %s has no "
		    "value in every replication of %s", n, u->metric,
		    worst.absent);
		return (0);
	}
	told = stat_until_text(u, e, &worst);
	if (worst.share <= u->share) {
		*text = g_steal_pointer(&told);
		return (0);
	}
	if (n >= STAT_UNTIL_MAX) {
		*text = g_strdup_printf("%s; NOT ENOUGH, but %d are the most",
		    told, STAT_UNTIL_MAX);
		return (0);
	}
	*text = g_steal_pointer(&told);
	return (stat_until_guess(MAX(n, STAT_MIN - 1), worst.share /
	    u->share));
}
