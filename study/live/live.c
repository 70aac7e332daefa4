/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Two sides and a judgement; see live.h.
 */

#include <glib.h>

#include "models/stacks/stack.h"
#include "sim/kassert.h"
#include "study/live/live.h"
#include "study/text/csvout.h"
#include "study/text/grid.h"

enum live_unit {
	UNIT_COUNT,
	UNIT_US,
	UNIT_FRAC,
	UNIT_RATE		/* a second */
};

/* How a figure is judged. */
enum live_how {
	HOW_EQUAL,
	HOW_BAND,
	HOW_QUIET,		/* by its band, if the machine was quiet */
	HOW_WAIT,		/* .. and there are enough waits */
	HOW_TOLD
};

struct live_figure {
	const char	*name;
	const char	*title;
	double		(*get)(const struct live_stat *);
	enum live_unit	unit;
	enum live_how	how;
	double		band;
};

/* ---- figures ----------------------------------------------------------- */

#define	LIVE_COUNT(field)						\
static double								\
get_ ## field(const struct live_stat *st)				\
{									\
									\
	return ((double)st->field);					\
}
LIVE_COUNT(connects)
LIVE_COUNT(failures)
LIVE_COUNT(searches)
LIVE_COUNT(iters)
LIVE_COUNT(visits)
LIVE_COUNT(contested)

#define	LIVE_MEAN(hist)							\
static double								\
get_ ## hist ## _mean(const struct live_stat *st)			\
{									\
									\
	return (hist_mean(st->hist) / (double)SIM_US);			\
}
#define	LIVE_QUANTILE(hist, percent)					\
static double								\
get_ ## hist ## _p ## percent(const struct live_stat *st)		\
{									\
									\
	return ((double)hist_quantile(st->hist, percent, 100) /		\
	    (double)SIM_US);						\
}
#define	LIVE_MAX(hist)							\
static double								\
get_ ## hist ## _max(const struct live_stat *st)			\
{									\
									\
	return ((double)hist_max(st->hist) / (double)SIM_US);		\
}
LIVE_MEAN(worked)
LIVE_QUANTILE(worked, 50)
LIVE_MEAN(hold)
LIVE_QUANTILE(hold, 99)
LIVE_MAX(hold)
LIVE_MEAN(brief)
LIVE_MEAN(wait)
LIVE_QUANTILE(wait, 99)
LIVE_MAX(wait)
LIVE_MEAN(back)

static double
get_busy(const struct live_stat *st)
{

	return ((double)st->busy / (double)st->span);
}

static double
get_throughput(const struct live_stat *st)
{

	return ((double)st->decided * (double)SIM_S /
	    (double)st->span);
}

static const struct live_figure figures[LIVE_NROWS] = {
	{ "connects", "connects", get_connects, UNIT_COUNT, HOW_EQUAL, 0 },
	{ "failures", "of them failed", get_failures, UNIT_COUNT, HOW_EQUAL,
	    0 },
	{ "searches", "searches", get_searches, UNIT_COUNT, HOW_EQUAL, 0 },
	{ "iterations", "candidates tried", get_iters, UNIT_COUNT, HOW_EQUAL,
	    0 },
	{ "visits", "pcbs visited", get_visits, UNIT_COUNT, HOW_EQUAL, 0 },
	{ "hold_cpu_p50_us", "search, median CPU time", get_worked_p50,
	    UNIT_US, HOW_BAND, 5.0 },
	{ "hold_cpu_mean_us", "search, mean CPU time", get_worked_mean,
	    UNIT_US, HOW_QUIET, 1.5 },
	{ "hold_mean_us", "search, mean hold", get_hold_mean, UNIT_US,
	    HOW_QUIET, 1.5 },
	{ "hold_p99_us", "search, 99 % hold", get_hold_p99, UNIT_US,
	    HOW_QUIET, 3.0 },
	{ "hold_max_us", "search, longest hold", get_hold_max, UNIT_US,
	    HOW_TOLD, 0 },
	{ "brief_hold_mean_us", "hold without search", get_brief_mean,
	    UNIT_US, HOW_TOLD, 0 },
	{ "contested", "had to wait", get_contested, UNIT_COUNT, HOW_TOLD,
	    0 },
	{ "wait_mean_us", "wait, mean", get_wait_mean, UNIT_US, HOW_WAIT,
	    2.0 },
	{ "wait_p99_us", "wait, 99 %", get_wait_p99, UNIT_US, HOW_WAIT, 2.0 },
	{ "wait_max_us", "wait, longest", get_wait_max, UNIT_US, HOW_TOLD,
	    0 },
	{ "held_back_mean_us", "held back, mean", get_back_mean, UNIT_US,
	    HOW_TOLD, 0 },
	{ "hold_busy_frac", "lock held", get_busy, UNIT_FRAC, HOW_QUIET,
	    1.5 },
	{ "connects_per_s", "connects a second", get_throughput, UNIT_RATE,
	    HOW_QUIET, 1.1 }
};

/* ---- judgement --------------------------------------------------------- */

const char *
live_verdict_name(enum live_verdict v)
{
	static const char *const names[] = {
		[LIVE_EQUAL] = "equal",
		[LIVE_DIFFERENT] = "DIFFERENT",
		[LIVE_WITHIN] = "within",
		[LIVE_OUTSIDE] = "outside",
		[LIVE_TOLD] = "-"
	};

	KASSERT((unsigned)v < G_N_ELEMENTS(names), ("verdict %d", v));
	return (names[v]);
}

bool
live_quiet(const struct live_stat *real)
{

	return (hist_mean(real->hold) <=
	    LIVE_QUIET * hist_mean(real->worked));
}

static enum live_verdict
live_judge(const struct live_figure *f, const struct live_row *r,
    bool quiet, bool waits)
{

	switch (f->how) {
	case HOW_EQUAL:
		return (r->real == r->model ? LIVE_EQUAL : LIVE_DIFFERENT);
	case HOW_TOLD:
		return (LIVE_TOLD);
	case HOW_WAIT:
		if (!quiet || !waits)
			return (LIVE_TOLD);
		break;
	case HOW_QUIET:
		if (!quiet)
			return (LIVE_TOLD);
		break;
	case HOW_BAND:
		break;
	}
	/* Nothing on both sides was not measured; nothing on one was. */
	if (r->real == 0 && r->model == 0)
		return (LIVE_TOLD);
	return (r->ratio <= f->band && r->ratio * f->band >= 1 ?
	    LIVE_WITHIN : LIVE_OUTSIDE);
}

void
live_rows(const struct live_stat *real, const struct live_stat *model,
    struct live_row rows[LIVE_NROWS])
{
	const struct live_figure *f;
	struct live_row *r;
	bool waits;
	unsigned i;

	waits = MIN(real->contested, model->contested) >= LIVE_MINWAITS;
	for (i = 0; i < LIVE_NROWS; i++) {
		f = &figures[i];
		r = &rows[i];
		r->name = f->name;
		r->real = f->get(real);
		r->model = f->get(model);
		r->ratio = r->model > 0 ? r->real / r->model : 0;
		r->band = f->band;
		r->verdict = live_judge(f, r, live_quiet(real), waits);
	}
}

unsigned
live_count(const struct live_row *rows, enum live_verdict v)
{
	unsigned i, n;

	n = 0;
	for (i = 0; i < LIVE_NROWS; i++)
		n += rows[i].verdict == v;
	return (n);
}

/* ---- a variant --------------------------------------------------------- */

bool
live_pair_run(struct live_pair *p, const struct run_conf *conf,
    void (*tick)(void *arg, double share), void *arg, GError **error)
{
	struct live_stat *model, *real;
	struct live_ops *ops;
	struct live_real *r;
	size_t i;

	ops = live_model_run(conf, error);
	if (ops == NULL)
		return (false);
	r = live_run(conf, ops, tick, arg, error);
	if (r != NULL) {
		p->stack = conf->stack->name;
		p->nthreads = ops->nthreads;
		p->large = r->large;
		p->bound = r->bound;
		p->put_off = r->put_off;
		model = live_stat_new(ops, ops->model, 0);
		real = live_stat_new(ops, r->out, r->clock);
		p->quiet = live_quiet(real);
		live_rows(real, model, p->rows);
		live_stat_free(model);
		live_stat_free(real);
		i = live_stat_differs(ops, r->out);
		p->has_differs = i < ops->n;
		if (p->has_differs) {
			p->differs = ops->op[i];
			p->differs_real = r->out[i];
			p->differs_model = ops->model[i];
		}
	}
	live_real_free(r);
	live_ops_free(ops);
	return (p->stack != NULL);
}

/* ---- output ------------------------------------------------------------ */

static char *
live_value(const struct live_figure *f, double v)
{

	switch (f->unit) {
	case UNIT_COUNT:
		return (g_strdup_printf("%.0f", v));
	case UNIT_US:
		return (g_strdup_printf(v < 100 ? "%.2f us" : "%.0f us", v));
	case UNIT_FRAC:
		return (g_strdup_printf("%.1f %%", v * 100));
	case UNIT_RATE:
		return (g_strdup_printf("%.1f", v));
	}
	return (NULL);
}

static void
live_add_row(struct grid *g, const struct live_figure *f,
    const struct live_row *r)
{
	g_autofree char *band = NULL, *model = NULL, *ratio = NULL;
	g_autofree char *real = NULL;

	real = live_value(f, r->real);
	model = live_value(f, r->model);
	ratio = r->ratio > 0 && f->how != HOW_EQUAL ?
	    g_strdup_printf("%.2f", r->ratio) : g_strdup("");
	band = f->how == HOW_EQUAL ? g_strdup("equal") : f->band == 0 ?
	    g_strdup("none") : g_strdup_printf("%.2f to %.2f", 1 / f->band,
	    f->band);
	grid_add(g, f->title);
	grid_add(g, real);
	grid_add(g, model);
	grid_add(g, ratio);
	grid_add(g, band);
	grid_add(g, live_verdict_name(r->verdict));
}

void
live_pair_text(const struct live_pair *p, GString *out)
{
	static const char *const head[] = { "", "real", "model", "ratio",
	    "band", "verdict" };
	struct grid *g;
	unsigned i;

	g_string_append_printf(out, "%s (%s), %u threads\n", p->name, p->stack,
	    p->nthreads);
	g = grid_new("lrrrrl", 2);
	for (i = 0; i < G_N_ELEMENTS(head); i++)
		grid_add(g, head[i]);
	for (i = 0; i < LIVE_NROWS; i++)
		live_add_row(g, &figures[i], &p->rows[i]);
	grid_print(g, "  ", out);
	grid_free(g);
	if (p->has_differs)
		g_string_append_printf(out, "  first difference, due at %.6f "
		    "s: error %d, %ju candidates, %ju visits; the model: %d, "
		    "%ju, %ju\n", (double)p->differs_model.requested /
		    (double)SIM_S, p->differs_real.error,
		    (uintmax_t)p->differs_real.iters,
		    (uintmax_t)p->differs_real.visits, p->differs_model.error,
		    (uintmax_t)p->differs_model.iters,
		    (uintmax_t)p->differs_model.visits);
	g_string_append_printf(out, "  threads put off their CPUs %ju times\n",
	    (uintmax_t)p->put_off);
	if (!p->quiet)
		g_string_append(out, "  the machine was not quiet: searches "
		    "took longer than they had CPU time\n");
	if (!p->large)
		g_string_append(out, "  small pages: visits are dearer than "
		    "in a kernel\n");
	if (!p->bound)
		g_string_append(out, "  threads could not be bound to CPUs\n");
}

void
live_write_csv(const struct live_pair *pairs, unsigned npairs, FILE *f)
{
	static const char *const head[] = { "variant", "stack", "metric",
	    "real", "model", "ratio", "band", "verdict" };
	const struct live_row *r;
	struct csvout out;
	unsigned i, k;

	csvout_init(&out, f);
	for (i = 0; i < G_N_ELEMENTS(head); i++)
		csvout_text(&out, head[i]);
	csvout_end(&out);
	for (i = 0; i < npairs * LIVE_NROWS; i++) {
		k = i % LIVE_NROWS;
		r = &pairs[i / LIVE_NROWS].rows[k];
		csvout_text(&out, pairs[i / LIVE_NROWS].name);
		csvout_text(&out, pairs[i / LIVE_NROWS].stack);
		csvout_text(&out, r->name);
		csvout_double(&out, r->real);
		csvout_double(&out, r->model);
		if (r->ratio > 0)
			csvout_double(&out, r->ratio);
		else
			csvout_empty(&out);
		if (r->band > 0)
			csvout_double(&out, r->band);
		else
			csvout_empty(&out);
		csvout_text(&out, r->verdict == LIVE_TOLD ? "told" :
		    live_verdict_name(r->verdict));
		csvout_end(&out);
	}
	csvout_fini(&out);
}
