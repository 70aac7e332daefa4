/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The limit of a scenario: runs where bisection asks for them, and what is said
 * of the answer; see limit.h.
 */

#include <math.h>
#include <string.h>

#include "models/machine/assembly.h"
#include "models/machine/run.h"
#include "study/run/experiment.h"
#include "study/run/provenance.h"
#include "study/scenario/load.h"
#include "study/scenario/scenario.h"
#include "study/stat/stat.h"
#include "study/sweep/limit.h"
#include "study/text/csvout.h"
#include "study/text/expr.h"
#include "study/text/number.h"

/* A search for one limit: of a predicate that is all variants' or of one's. */
struct hunt {
	const struct limit_conf *conf;
	const char	*variant;	/* NULL: the predicate names them */
	struct limit_answer *answer;
	gint		done;		/* replications */
	GMutex		lock;
	GError		*error;
};

/* What is looked up: metrics of the runs of one point, as they are made. */
struct point {
	const struct hunt *hunt;
	const struct scenario *sc;
	unsigned	replication;
	struct run_conf	*confs;		/* confs[nvariants] */
	struct run_result **results;	/* NULL: not run yet */
	bool		stopped;
};

static bool
hunt_stopped(const struct hunt *h)
{

	return (h->conf->stop != NULL && g_atomic_int_get(h->conf->stop) != 0);
}

static bool
point_stop(void *point, simtime now)
{

	(void)now;
	return (hunt_stopped(((struct point *)point)->hunt));
}

/* Only the variants that the predicate asks for are run. */
static bool
point_lookup(const char *variant, const char *metric, double *value,
    void *arg, GError **error)
{
	struct metric_run r;
	struct point *p;
	unsigned v;

	p = arg;
	if (!metric_check(variant, metric, value, (void *)(uintptr_t)p->sc,
	    error))
		return (false);
	for (v = 0; strcmp(p->sc->variants[v].name, variant) != 0; v++)
		continue;
	if (p->results[v] == NULL) {
		scenario_conf(p->sc, v, 0, &p->confs[v]);
		p->confs[v].replication = p->replication;
		p->confs[v].stop = point_stop;
		p->confs[v].stop_arg = p;
		p->results[v] = run_simulate(&p->confs[v]);
	}
	if (!p->results[v]->complete) {
		p->stopped = true;
		g_set_error_literal(error, LIMIT_ERROR, 0, "stopped");
		return (false);
	}
	r = (struct metric_run){ variant, &p->confs[v], p->results[v] };
	return (metric_lookup(&r, metric, value));
}

static struct scenario *
point_load(const struct limit_conf *c, uint64_t base, GError **error)
{
	g_autoptr(GArray) overrides = NULL;
	g_autofree char *value = NULL;
	struct scenario *sc;
	struct override o;

	value = limit_text(c->param, base);
	overrides = g_array_new(FALSE, FALSE, sizeof(struct override));
	if (c->noverrides > 0)
		g_array_append_vals(overrides, c->overrides, c->noverrides);
	o = (struct override){ c->path, value, "--vary" };
	g_array_append_val(overrides, o);
	sc = scenario_load(c->scenario,
	    (const struct override *)(void *)overrides->data, overrides->len,
	    NULL, error);
	return (sc);
}

static struct expr *
hunt_expr(const struct limit_conf *c, const char *variant, GError **error)
{
	struct expr *x;

	x = variant == NULL ? expr_parse(c->until, error) :
	    expr_parse_variant(c->until, variant, error);
	if (x == NULL)
		g_prefix_error(error, "--until='%s': ", c->until);
	return (x);
}

/* A limit_holds_fn. */
static bool
hunt_holds(void *hunt, unsigned replication, uint64_t value, bool *holds,
    GError **error)
{
	struct point p = { .hunt = hunt, .replication = replication };
	const struct hunt *h;
	struct scenario *sc;
	struct expr *x;
	double truth;
	unsigned v;
	bool ok;

	h = hunt;
	if (hunt_stopped(h))
		return (false);
	sc = point_load(h->conf, value, error);
	if (sc == NULL)
		return (false);
	p.sc = sc;
	p.confs = g_new0(struct run_conf, sc->nvariants);
	p.results = g_new0(struct run_result *, sc->nvariants);
	x = hunt_expr(h->conf, h->variant, error);
	ok = x != NULL && expr_eval(x, point_lookup, &p, &truth, error);
	if (ok)
		*holds = truth == truth && truth != 0;
	if (p.stopped)
		g_clear_error(error);
	if (x != NULL)
		expr_free(x);
	for (v = 0; v < sc->nvariants; v++)
		run_result_free(p.results[v]);
	g_free(p.results);
	g_free(p.confs);
	scenario_free(sc);
	return (ok);
}

static void
hunt_job(void *job, void *hunt)
{
	GError *error;
	struct hunt *h;
	unsigned r;

	h = hunt;
	r = GPOINTER_TO_UINT(job) - 1;
	error = NULL;
	limit_bisect(&h->conf->range, r, hunt_holds, h,
	    &h->answer->replication[r], &error);
	g_mutex_lock(&h->lock);
	if (error != NULL && h->error == NULL)
		h->error = error;
	else
		g_clear_error(&error);
	g_mutex_unlock(&h->lock);
	g_atomic_int_inc(&h->done);
}

/* All replications of one predicate. */
static bool
hunt_run(const struct limit_conf *c, const char *variant, GPtrArray *answers,
    GError **error)
{
	struct hunt h = { .conf = c, .variant = variant };
	GThreadPool *threads;
	unsigned r;

	h.answer = g_new0(struct limit_answer, 1);
	h.answer->variant = g_strdup(variant);
	h.answer->n = c->replications;
	h.answer->replication = g_new0(struct limit_replication,
	    c->replications);
	g_mutex_init(&h.lock);
	threads = g_thread_pool_new(hunt_job, &h, (gint)c->jobs, FALSE, NULL);
	for (r = 0; r < c->replications; r++)
		g_thread_pool_push(threads, GUINT_TO_POINTER(r + 1), NULL);
	while ((unsigned)g_atomic_int_get(&h.done) < c->replications) {
		g_usleep(100000);
		if (c->tick != NULL)
			c->tick(c->tick_arg, ((double)answers->len +
			    (double)g_atomic_int_get(&h.done) /
			    c->replications));
	}
	g_thread_pool_free(threads, FALSE, TRUE);
	g_mutex_clear(&h.lock);
	if (h.error != NULL) {
		g_propagate_error(error, h.error);
		limit_answer_free(h.answer);
		return (false);
	}
	g_ptr_array_add(answers, h.answer);
	return (true);
}

bool
limit_run(const struct limit_conf *c, GPtrArray *answers, GError **error)
{
	struct scenario *sc;
	struct expr *x;
	unsigned v;
	bool ok, own;

	sc = point_load(c, c->range.from, error);
	if (sc == NULL)
		return (false);
	if (c->loaded != NULL)
		c->loaded(sc);
	/* Does it parse without a variant in mind? */
	x = expr_parse(c->until, NULL);
	own = x != NULL;
	if (x == NULL)
		x = hunt_expr(c, sc->variants[0].name, error);
	ok = x != NULL && expr_check(x, metric_check, sc, error);
	if (x != NULL && !ok)
		g_prefix_error(error, "--until='%s': ", c->until);
	if (x != NULL)
		expr_free(x);
	if (own)
		ok = ok && hunt_run(c, NULL, answers, error);
	for (v = 0; !own && ok && v < sc->nvariants; v++)
		ok = hunt_run(c, sc->variants[v].name, answers, error);
	scenario_free(sc);
	return (ok);
}

void
limit_answer_free(struct limit_answer *a)
{
	unsigned i;

	for (i = 0; i < a->n; i++)
		if (a->replication[i].points != NULL)
			g_array_free(a->replication[i].points, TRUE);
	g_free(a->replication);
	g_free(a->variant);
	g_free(a);
}

/* ---- what is said ------------------------------------------------------ */

static void
tell_number(const struct limit_conf *c, GString *out, double base)
{

	double scale, x;

	/* Four digits: more than a bracket of 1 % is worth. */
	x = limit_number(c->param, base);
	if (x > 0) {
		scale = pow(10, 3 - floor(log10(x)));
		x = round(x * scale) / scale;
	}
	number_add_double(out, x);
	g_string_append(out, limit_unit(c->param));
}

static void
tell_found(const struct limit_conf *c, const struct limit_answer *a,
    unsigned found, GString *out)
{
	const struct limit_replication *r;
	g_autofree double *values = NULL;
	struct stat_sample s;
	double half;
	unsigned i, n;
	bool bent;

	values = g_new(double, found);
	for (i = n = 0, bent = false; i < a->n; i++) {
		r = &a->replication[i];
		if (r->outcome != LIMIT_FOUND)
			continue;
		bent |= !r->monotone;
		values[n++] = ((double)r->lo + (double)r->hi) / 2;
	}
	stat_sample_init(&s, values, n);
	g_string_append(out, "first at ");
	tell_number(c, out, s.mean);
	if (stat_half_width(&s, &half)) {
		g_string_append(out, " +- ");
		tell_number(c, out, half);
		g_string_append(out, " (95 %");
	} else
		g_string_append(out, " (no interval");
	g_string_append_printf(out, ", N = %u, ", n);
	tell_number(c, out, s.min);
	g_string_append(out, " to ");
	tell_number(c, out, s.max);
	g_string_append_c(out, ')');
	if (bent)
		g_string_append(out, "; it turns more than once in between, "
		    "so this is one of its turning points");
}

void
limit_tell(const struct limit_conf *c, const struct limit_answer *a,
    GString *out)
{
	unsigned count[LIMIT_FAILED + 1] = { 0 };
	unsigned i, runs;

	for (i = runs = 0; i < a->n; i++) {
		count[a->replication[i].outcome]++;
		runs += a->replication[i].points->len;
	}
	g_string_append_printf(out, "%s%s%s: ", a->variant != NULL ?
	    a->variant : "", a->variant != NULL ? ": " : "", c->until);
	if (count[LIMIT_FOUND] > 0)
		tell_found(c, a, count[LIMIT_FOUND], out);
	if (count[LIMIT_NEVER] > 0) {
		if (count[LIMIT_NEVER] < a->n)
			g_string_append_printf(out, "%s%u of %u replications: ",
			    count[LIMIT_FOUND] > 0 ? "; " : "",
			    count[LIMIT_NEVER], a->n);
		g_string_append(out, "never up to ");
		tell_number(c, out, (double)c->range.to);
	}
	if (count[LIMIT_ALREADY] > 0) {
		if (count[LIMIT_ALREADY] < a->n)
			g_string_append_printf(out, "; %u of %u replications: ",
			    count[LIMIT_ALREADY], a->n);
		g_string_append(out, "already at ");
		tell_number(c, out, (double)c->range.from);
		if (count[LIMIT_ALREADY] == a->n)
			g_string_append(out, ", where the range begins");
	}
	if (count[LIMIT_STOPPED] > 0)
		g_string_append_printf(out, "; stopped: %u of %u replications "
		    "are not known", count[LIMIT_STOPPED], a->n);
	g_string_append_printf(out, "; %u runs\n", runs);
}

void
limit_write(const struct limit_conf *c, const GPtrArray *answers, FILE *f)
{
	const struct limit_replication *r;
	const struct limit_answer *a;
	const struct limit_point *p;
	struct csvout csv;
	unsigned i, j, k;

	fprintf(f, PROVENANCE_MAGIC "limit of %s, --vary=%s, --until=%s\n",
	    c->scenario, c->path, c->until);
	fputs("variant,replication,step,value,text,holds\n", f);
	csvout_init(&csv, f);
	for (i = 0; i < answers->len; i++) {
		a = answers->pdata[i];
		for (j = 0; j < a->n; j++) {
			r = &a->replication[j];
			for (k = 0; k < r->points->len; k++) {
				g_autofree char *text = NULL;

				p = &g_array_index(r->points,
				    struct limit_point, k);
				text = limit_text(c->param, p->value);
				csvout_text(&csv, a->variant == NULL ? "" :
				    a->variant);
				csvout_count(&csv, j);
				csvout_count(&csv, k);
				csvout_double(&csv, limit_number(c->param,
				    (double)p->value));
				csvout_text(&csv, text);
				csvout_count(&csv, p->holds);
				csvout_end(&csv);
			}
		}
	}
	csvout_fini(&csv);
}
