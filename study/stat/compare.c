/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Variants against a baseline; see compare.h.
 */

#include <math.h>
#include <string.h>

#include "sim/kassert.h"
#include "study/stat/compare.h"
#include "study/text/nearest.h"
#include "study/text/number.h"

const char *
compare_outcome_name(enum compare_outcome outcome)
{
	static const char *const names[] = {
		[COMPARE_BETTER] = "better",
		[COMPARE_WORSE] = "worse",
		[COMPARE_DIFFERENT] = "different",
		[COMPARE_NOT_PROVEN] = "not-proven",
		[COMPARE_EQUAL] = "equal",
		[COMPARE_TOO_FEW] = "too-few",
		[COMPARE_NO_VALUE] = "no-value"
	};

	KASSERT(outcome < G_N_ELEMENTS(names), ("outcome %d", outcome));
	return (names[outcome]);
}

/* ---- one metric -------------------------------------------------------- */

/* The values of a side; returns how many replications have none. */
static unsigned
compare_values(const struct compare_side *s, const struct compare_metric *m,
    double *values)
{
	unsigned i, none;

	none = 0;
	for (i = 0; i < s->rows->len; i++)
		if (!compare_input_value(s->in, g_array_index(s->rows, size_t,
		    i), m, &values[i]))
			none++;
	return (none);
}

/* The same in every replication: if not paired, all are one value. */
static bool
compare_is_same(const struct compare_pair *p, const double *x,
    const double *y)
{
	unsigned i;

	if (!p->paired) {
		for (i = 0; i < p->a.rows->len; i++)
			if (x[i] != y[0])
				return (false);
		for (i = 0; i < p->b.rows->len; i++)
			if (y[i] != x[0])
				return (false);
		return (true);
	}
	for (i = 0; i < p->a.rows->len; i++)
		if (x[i] != y[i])
			return (false);
	return (true);
}

static enum compare_outcome
compare_judge(const struct compare_row *r)
{

	if (!r->diff.enough)
		return (COMPARE_TOO_FEW);
	if (!r->diff.proven)
		return (COMPARE_NOT_PROVEN);
	if (r->effect < COMPARE_TRIFLE)
		return (COMPARE_EQUAL);
	if (r->metric->better == METRIC_NEUTRAL)
		return (COMPARE_DIFFERENT);
	return ((r->diff.diff < 0) == (r->metric->better == METRIC_LOWER) ?
	    COMPARE_BETTER : COMPARE_WORSE);
}

/* What a CSV rounds away of figures that are no whole numbers: a mean of n. */
static double
compare_rounding(const struct metric *m, const double *values, unsigned n)
{
	double sum, v;
	unsigned i;

	if (m->kind != METRIC_DOUBLE)
		return (0);
	for (i = 0, sum = 0; i < n; i++) {
		v = fabs(values[i]);
		if (v > 0)
			sum += pow(10, floor(log10(v)) - (NUMBER_DIGITS - 1));
	}
	return (sum / n);
}

/*
 * A step of the figure itself is no difference.  What is told may be too high
 * on either side, so the difference of the means is off by the larger at most.
 */
static void
compare_blur(struct compare_row *r, const struct compare_pair *p,
    const double *x, const double *y)
{
	const struct metric *m;
	double resolution;
	unsigned nx, ny;

	m = r->metric->known;
	if (m == NULL)
		return;
	nx = p->a.rows->len;
	ny = p->b.rows->len;
	resolution = MAX(metric_resolution(m, x, nx) +
	    compare_rounding(m, x, nx), metric_resolution(m, y, ny) +
	    compare_rounding(m, y, ny));
	stat_blur(&r->pooled, resolution);
	stat_blur(&r->diff, resolution);
}

static void
compare_row_init(struct compare_row *r, const struct compare_pair *p,
    const struct compare_metric *m)
{
	g_autofree double *x = NULL, *y = NULL;
	const struct compare_metric *other;
	double larger;
	bool equal;

	*r = (struct compare_row){ .metric = m };
	other = p->a.in == p->b.in ? m : compare_input_metric(p->b.in,
	    m->name);
	KASSERT(other != NULL, ("no metric %s", m->name));
	KASSERT(p->a.rows->len > 0 && p->b.rows->len > 0,
	    ("a variant without a row"));
	x = g_new0(double, p->a.rows->len);
	y = g_new0(double, p->b.rows->len);
	r->none_a = compare_values(&p->a, m, x);
	r->none_b = compare_values(&p->b, other, y);
	if (r->none_a + r->none_b > 0) {
		equal = r->none_a == p->a.rows->len &&
		    r->none_b == p->b.rows->len;
		r->outcome = equal ? COMPARE_EQUAL : COMPARE_NO_VALUE;
		r->effect = equal ? 0 : 1;
		return;
	}
	stat_sample_init(&r->a, x, p->a.rows->len);
	stat_sample_init(&r->b, y, p->b.rows->len);
	r->pooled = stat_pooled(&r->a, &r->b);
	r->diff = p->paired ? stat_paired(x, y, p->a.rows->len) :
	    stat_welch(&r->a, &r->b);
	compare_blur(r, p, x, y);
	larger = MAX(fabs(r->a.mean), fabs(r->b.mean));
	r->effect = larger == 0 ? 0 : MIN(fabs(r->diff.diff) / larger, 1);
	r->outcome = compare_is_same(p, x, y) ? COMPARE_EQUAL :
	    compare_judge(r);
}

/* By effect, the largest first; equals as the columns stand. */
static int
compare_row_order(const void *x, const void *y)
{
	const struct compare_row *a, *b;

	a = x;
	b = y;
	if (a->effect != b->effect)
		return (a->effect > b->effect ? -1 : 1);
	return ((a->metric->column > b->metric->column) -
	    (a->metric->column < b->metric->column));
}

static void
compare_pair_fill(struct compare_pair *p, char **metrics)
{
	const struct compare_metric *m;
	struct compare_row r;
	unsigned i;

	for (i = 0; i < p->a.in->metrics->len; i++) {
		m = &g_array_index(p->a.in->metrics, struct compare_metric,
		    i);
		if (metrics != NULL && !g_strv_contains(
		    (const char *const *)metrics, m->name))
			continue;
		compare_row_init(&r, p, m);
		g_array_append_val(p->rows, r);
		/* Equals cannot seem to differ by chance. */
		if (r.outcome <= COMPARE_NOT_PROVEN)
			p->expected_false += 1 - STAT_CONFIDENCE;
	}
	g_array_sort(p->rows, compare_row_order);
}

/* ---- a pair ------------------------------------------------------------ */

static void
compare_side_init(struct compare_side *s, const struct compare_input *in,
    const char *variant, char *label)
{

	s->in = in;
	s->variant = variant;
	s->label = label;
	s->rows = g_array_new(FALSE, FALSE, sizeof(size_t));
	compare_input_rows(in, variant, s->rows);
}

static const char *
compare_seed(const struct compare_side *s, unsigned i)
{

	return (csvtable_text(s->in->table, g_array_index(s->rows, size_t, i),
	    s->in->seed_column));
}

static const char *
compare_replication(const struct compare_side *s, unsigned i)
{

	return (csvtable_text(s->in->table, g_array_index(s->rows, size_t, i),
	    s->in->replication_column));
}

static bool
compare_has_replication(const struct compare_side *s, const char *seed,
    const char *replication)
{
	unsigned i;

	for (i = 0; i < s->rows->len; i++)
		if (strcmp(compare_seed(s, i), seed) == 0 &&
		    strcmp(compare_replication(s, i), replication) == 0)
			return (true);
	return (false);
}

/* Keep of `s' the replications that `other' has, too. */
static void
compare_keep_shared(struct compare_side *s, const struct compare_side *other)
{
	unsigned i;

	for (i = 0; i < s->rows->len;)
		if (compare_has_replication(other, compare_seed(s, i),
		    compare_replication(s, i)))
			i++;
		else
			g_array_remove_index(s->rows, i);
}

static unsigned
compare_shared(const struct compare_side *a, const struct compare_side *b)
{
	unsigned i, n;

	n = 0;
	for (i = 0; i < a->rows->len; i++)
		if (compare_has_replication(b, compare_seed(a, i),
		    compare_replication(a, i)))
			n++;
	return (n);
}

/*
 * Paired or not, and why.  Within a result pairs are right even where a
 * variant changes its arrivals: replication i is then still the same draw of
 * chance for both, put to different use.
 */
static void
compare_pair_up(struct compare_pair *p)
{
	g_autofree char *arrivals_a = NULL, *arrivals_b = NULL;
	unsigned shared;
	bool same;

	arrivals_a = compare_input_arrivals(p->a.in, p->a.variant);
	arrivals_b = compare_input_arrivals(p->b.in, p->b.variant);
	same = arrivals_a != NULL && g_strcmp0(arrivals_a, arrivals_b) == 0;
	shared = compare_shared(&p->a, &p->b);
	if (shared == 0) {
		p->why = g_strdup("other seeds, taken as independent");
		return;
	}
	if (!same && p->a.in != p->b.in) {
		p->why = g_strdup(arrivals_a == NULL || arrivals_b == NULL ?
		    "run.ini does not tell the arrivals, taken as independent" :
		    "same seeds but other arrivals, taken as independent");
		return;
	}
	p->paired = true;
	p->why = g_strdup(same ? "same seeds, same arrivals" : arrivals_a ==
	    NULL ? "same seeds" : "same seeds, other arrivals by design");
	compare_keep_shared(&p->a, &p->b);
	compare_keep_shared(&p->b, &p->a);
}

static void
compare_pair_free(void *pair)
{
	struct compare_pair *p;

	p = pair;
	g_free(p->a.label);
	g_free(p->b.label);
	g_array_free(p->a.rows, TRUE);
	g_array_free(p->b.rows, TRUE);
	g_array_free(p->rows, TRUE);
	g_free(p->why);
	g_free(p);
}

/* Takes the sides over. */
static void
compare_add(struct compare *c, const struct compare_side *a,
    const struct compare_side *b, char **metrics)
{
	struct compare_pair *p;
	unsigned all;

	p = g_new0(struct compare_pair, 1);
	p->a = *a;
	p->b = *b;
	p->rows = g_array_new(FALSE, FALSE, sizeof(struct compare_row));
	all = MAX(a->rows->len, b->rows->len);
	compare_pair_up(p);
	if (p->paired && p->a.rows->len < all)
		g_ptr_array_add(c->remarks, g_strdup_printf("%s against %s: "
		    "only the %u replications that both have", b->label,
		    a->label, p->a.rows->len));
	compare_pair_fill(p, metrics);
	g_ptr_array_add(c->pairs, p);
}

/* ---- what is compared with what ---------------------------------------- */

static struct compare *
compare_new(void)
{
	struct compare *c;

	c = g_new0(struct compare, 1);
	c->pairs = g_ptr_array_new_with_free_func(compare_pair_free);
	c->remarks = g_ptr_array_new_with_free_func(g_free);
	return (c);
}

void
compare_free(struct compare *c)
{

	if (c == NULL)
		return;
	g_ptr_array_free(c->pairs, TRUE);
	g_ptr_array_free(c->remarks, TRUE);
	g_free(c);
}

static bool
compare_unknown(const struct compare_input *in, const char *what,
    const char *name, const GPtrArray *names, GError **error)
{
	g_autofree char *hint = NULL;

	hint = nearest_hint(name, (const char *const *)names->pdata,
	    names->len);
	g_set_error(error, COMPARE_ERROR, COMPARE_ERROR_CONTENT, "%s: there "
	    "is no %s '%s'%s", in->path, what, name, hint);
	return (false);
}

static bool
compare_check_metrics(const struct compare_input *in, char **metrics,
    GError **error)
{
	g_autoptr(GPtrArray) names = NULL;
	unsigned i;

	names = g_ptr_array_new();
	for (i = 0; i < in->metrics->len; i++)
		g_ptr_array_add(names, g_array_index(in->metrics,
		    struct compare_metric, i).name);
	for (; metrics != NULL && *metrics != NULL; metrics++)
		if (compare_input_metric(in, *metrics) == NULL)
			return (compare_unknown(in, "metric", *metrics, names,
			    error));
	return (true);
}

struct compare *
compare_one(const struct compare_input *in, const char *baseline,
    char **metrics, GError **error)
{
	struct compare_side a, b;
	struct compare *c;
	const char *name;
	guint base, i;

	base = 0;
	if (!compare_check_metrics(in, metrics, error))
		return (NULL);
	if (baseline != NULL && !g_ptr_array_find_with_equal_func(in->variants,
	    baseline, g_str_equal, &base)) {
		(void)compare_unknown(in, "variant", baseline, in->variants,
		    error);
		return (NULL);
	}
	if (in->variants->len < 2) {
		g_set_error(error, COMPARE_ERROR, COMPARE_ERROR_CONTENT, "%s: "
		    "%s is its only variant; there is nothing to compare it "
		    "with", in->path, (const char *)in->variants->pdata[0]);
		return (NULL);
	}
	c = compare_new();
	for (i = 0; i < in->variants->len; i++) {
		if (i == base)
			continue;
		name = in->variants->pdata[base];
		compare_side_init(&a, in, name, g_strdup(name));
		name = in->variants->pdata[i];
		compare_side_init(&b, in, name, g_strdup(name));
		compare_add(c, &a, &b, metrics);
	}
	return (c);
}

/* Does every metric of `a' stand in `b', too? */
static bool
compare_same_columns(const struct compare_input *a,
    const struct compare_input *b, GError **error)
{
	const char *name;
	unsigned i;

	for (i = 0; i < a->metrics->len; i++) {
		name = g_array_index(a->metrics, struct compare_metric,
		    i).name;
		if (compare_input_metric(b, name) != NULL)
			continue;
		g_set_error(error, COMPARE_ERROR, COMPARE_ERROR_CONTENT, "%s "
		    "has other columns than %s: %s is only in the latter",
		    b->path, a->path, name);
		return (false);
	}
	return (true);
}

/* Remark the variants of `a' that are not in `b'; returns those that are. */
static unsigned
compare_remark_only(struct compare *c, const struct compare_input *a,
    const struct compare_input *b)
{
	const char *name;
	unsigned both, i;

	both = 0;
	for (i = 0; i < a->variants->len; i++) {
		name = a->variants->pdata[i];
		if (g_ptr_array_find_with_equal_func(b->variants, name,
		    g_str_equal, NULL))
			both++;
		else
			g_ptr_array_add(c->remarks, g_strdup_printf("%s is "
			    "only in %s", name, a->label));
	}
	return (both);
}

struct compare *
compare_two(const struct compare_input *x, const struct compare_input *y,
    char **metrics, GError **error)
{
	struct compare_side a, b;
	struct compare *c;
	const char *name;
	unsigned i;

	if (!compare_same_columns(x, y, error) ||
	    !compare_same_columns(y, x, error) ||
	    !compare_check_metrics(x, metrics, error))
		return (NULL);
	c = compare_new();
	if (compare_remark_only(c, x, y) == 0) {
		g_set_error(error, COMPARE_ERROR, COMPARE_ERROR_CONTENT, "%s "
		    "and %s have no variant of the same name", x->path,
		    y->path);
		compare_free(c);
		return (NULL);
	}
	(void)compare_remark_only(c, y, x);
	for (i = 0; i < x->variants->len; i++) {
		name = x->variants->pdata[i];
		if (!g_ptr_array_find_with_equal_func(y->variants, name,
		    g_str_equal, NULL))
			continue;
		compare_side_init(&a, x, name, g_strdup_printf("%s:%s",
		    x->label, name));
		compare_side_init(&b, y, name, g_strdup_printf("%s:%s",
		    y->label, name));
		compare_add(c, &a, &b, metrics);
	}
	return (c);
}
