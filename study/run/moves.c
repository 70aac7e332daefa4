/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */


/*
 * Which setting moves the result; see moves.h.
 */

#include <math.h>
#include <string.h>

#include "sim/hist.h"
#include "study/run/column.h"
#include "study/run/moves.h"
#include "study/run/neighbour.h"
#include "study/run/results_rows.h"
#include "study/scenario/footprint.h"
#include "study/scenario/load.h"
#include "study/text/csvtable.h"

#define	MOVES_FILE	"moves.csv"
#define	MOVES_LEAST	0.01		/* of a figure: less is none */
#define	MOVES_LATE_MS	1.0		/* nobody notices less */

/* ---- figures ----------------------------------------------------------- */

static void
move_free(void *move)
{
	struct move *m;

	m = move;
	g_free(m->setting);
	g_free(m->from);
	g_free(m->to);
	g_free(m->why);
	g_free(m->verdict);
	g_free(m);
}

static void
move_share(struct move *m)
{

	m->figure[MOVES_UNSERVED] = m->wanted > 0 ?
	    (m->failed + m->waiting) / m->wanted : 0;
}

static void
move_take(struct move *m, const struct run_result *res)
{
	unsigned i;

	m->ran = true;
	m->wanted = (double)res->count.wanted;
	m->failed = (double)res->count.failed;
	m->waiting = (double)res->count.waiting;
	m->verdict = g_strdup(verdict_name(res->verdict));
	for (i = 0; i < res->nobservers; i++)
		m->figure[MOVES_LATE] = fmax(m->figure[MOVES_LATE],
		    (double)hist_max(res->observers[i].lag) / SIM_MS);
	move_share(m);
}

static struct moves *
moves_new(const char *variant)
{
	struct moves *ms;

	ms = g_new0(struct moves, 1);
	ms->variant = g_strdup(variant);
	ms->is = g_ptr_array_new_with_free_func(move_free);
	ms->tried = g_ptr_array_new_with_free_func(move_free);
	return (ms);
}

void
moves_free(struct moves *ms)
{

	if (ms == NULL)
		return;
	g_ptr_array_unref(ms->is);
	g_ptr_array_unref(ms->tried);
	g_free(ms->variant);
	g_free(ms);
}

/* ---- trying ------------------------------------------------------------ */

struct trial {
	const struct experiment *e;
	const struct moves_how *how;
	struct moves	*moves;
	GPtrArray	*neighbours;
	unsigned	n;		/* of them, at most MOVES_MAX */
	gint		next;		/* atomic */
	gint		done;		/* atomic */
	gint		stopped;	/* atomic */
	struct crew	crew;
};

static bool
trial_stop(void *trial, simtime now)
{
	struct trial *t;

	(void)now;
	t = trial;
	crew_tick(&t->crew);
	if (t->how->how->stop == NULL ||
	    g_atomic_int_get(t->how->how->stop) == 0)
		return (false);
	g_atomic_int_set(&t->stopped, 1);
	return (true);
}

static struct scenario *
trial_load(const struct trial *t, const struct neighbour *n, GError **error)
{
	g_autoptr(GArray) all = NULL;
	struct scenario *sc;
	unsigned one;

	one = 1;
	all = g_array_new(FALSE, FALSE, sizeof(struct override));
	if (t->how->noverrides > 0)
		g_array_append_vals(all, t->how->overrides,
		    t->how->noverrides);
	g_array_append_vals(all, n->changes, n->nchanges);
	sc = scenario_load_like(t->e->sc,
	    (const struct override *)(const void *)all->data, all->len, error);
	if (sc == NULL || footprint_fits(sc, t->how->memory, &one, error))
		return (sc);
	scenario_free(sc);
	return (NULL);
}

/* Where the variant is: a run of one alone leaves the others out. */
static unsigned
trial_variant(const struct trial *t, const struct scenario *sc)
{
	unsigned v;

	for (v = 0; v + 1 < sc->nvariants &&
	    strcmp(sc->variants[v].name, t->moves->variant) != 0; v++)
		continue;
	return (v);
}

/* Its first line, without a path that is only here. */
static char *
trial_cause(const struct trial *t, const char *message)
{
	g_autofree char *base = NULL, *line = NULL;
	g_auto(GStrv) parts = NULL;

	line = g_strndup(message, strcspn(message, "\r\n"));
	base = g_path_get_basename(t->e->sc->path);
	parts = g_strsplit(line, t->e->sc->path, -1);
	return (g_strjoinv(base, parts));
}

static void
trial_run(struct trial *t, unsigned i)
{
	GError *cause = NULL;
	struct run_result *res;
	struct run_conf conf;
	struct scenario *sc;
	struct move *m;

	m = t->moves->tried->pdata[i];
	if (trial_stop(t, 0))
		return;
	sc = trial_load(t, t->neighbours->pdata[i], &cause);
	if (sc == NULL) {
		m->why = trial_cause(t, cause->message);
		g_error_free(cause);
		return;
	}
	scenario_conf(sc, trial_variant(t, sc), 0, &conf);
	conf.search = t->e->confs[0].search;
	conf.stop = trial_stop;
	conf.stop_arg = t;
	res = t->how->how->simulate(&conf);
	if (res->complete)
		move_take(m, res);
	run_result_free(res);
	scenario_free(sc);
}

/* A crew.work. */
static void
trial_work(void *trial)
{
	struct trial *t;
	unsigned i;

	t = trial;
	while ((i = (unsigned)g_atomic_int_add(&t->next, 1)) < t->n) {
		trial_run(t, i);
		g_atomic_int_inc(&t->done);
	}
}

/* A crew.tick. */
static void
trial_tick(void *trial)
{
	struct trial *t;

	t = trial;
	if (t->how->how->tick != NULL)
		t->how->how->tick(t->how->how->tick_arg,
		    (double)g_atomic_int_get(&t->done) / t->n);
}

/* As it is: what the experiment has of its first variant. */
static void
trial_is(const struct trial *t)
{
	struct moves *ms;
	struct move *m;
	unsigned r;

	ms = t->moves;
	ms->replications = t->e->sc->replications;
	for (r = 0; r < ms->replications; r++) {
		m = g_new0(struct move, 1);
		m->replication = r;
		move_take(m, t->e->results[r]);
		g_ptr_array_add(ms->is, m);
	}
}

/* So many at a time that there is room if each takes twice what it takes. */
static unsigned
trial_jobs(const struct trial *t)
{
	unsigned jobs;

	jobs = 2 * MIN(t->how->how->jobs, MAX(t->n, 1));
	(void)footprint_fits(t->e->sc, t->how->memory, &jobs, NULL);
	return (MAX(jobs / 2, 1));
}

struct moves *
moves_try(const struct experiment *e, const struct moves_how *how)
{
	struct trial t = { .e = e, .how = how };
	const struct neighbour *n;
	struct move *m;
	unsigned i;

	t.moves = moves_new(e->sc->variants[0].name);
	trial_is(&t);
	t.neighbours = neighbour_all(e->sc, 0);
	t.n = MIN(t.neighbours->len, MOVES_MAX);
	t.moves->untried = t.neighbours->len - t.n;
	for (i = 0; i < t.n; i++) {
		n = t.neighbours->pdata[i];
		m = g_new0(struct move, 1);
		m->setting = g_strdup(n->setting);
		m->from = g_strdup(n->from);
		m->to = g_strdup(n->to);
		g_ptr_array_add(t.moves->tried, m);
	}
	t.crew = (struct crew){ .wanted = trial_jobs(&t),
	    .work = trial_work, .tick = trial_tick,
	    .fewer = how->how->fewer, .arg = &t };
	if (t.n > 0)
		crew_run(&t.crew);
	g_ptr_array_unref(t.neighbours);
	if (t.stopped == 0)
		return (t.moves);
	moves_free(t.moves);
	return (NULL);
}

/* ---- moves.csv --------------------------------------------------------- */

static void
move_write(const struct moves *ms, const struct move *m, struct csvout *c)
{

	csvout_text(c, ms->variant);
	csvout_count(c, m->replication + 1);
	csvout_text(c, m->setting == NULL ? "" : m->setting);
	csvout_text(c, m->from == NULL ? "" : m->from);
	csvout_text(c, m->to == NULL ? "" : m->to);
	if (m->ran) {
		csvout_count(c, (uint64_t)m->wanted);
		csvout_count(c, (uint64_t)m->failed);
		csvout_count(c, (uint64_t)m->waiting);
		csvout_time(c, (simtime)(m->figure[MOVES_LATE] * 1e9 + 0.5),
		    SIM_MS);
		csvout_text(c, m->verdict);
		csvout_empty(c);
	} else {
		csvout_empty(c);
		csvout_empty(c);
		csvout_empty(c);
		csvout_empty(c);
		csvout_empty(c);
		csvout_text(c, m->why == NULL ? "" : m->why);
	}
	csvout_end(c);
}

void
moves_write(const struct experiment *e, const struct moves *ms, FILE *f)
{
	g_autofree char *head = column_head(MOVES_FILE);
	struct csvout c;
	unsigned i;

	results_begin(e, f, NULL);
	if (ms->untried > 0)
		fprintf(f, "# untried: %u\n", ms->untried);
	fprintf(f, "%s\n", head);
	csvout_init(&c, f);
	for (i = 0; i < ms->is->len; i++)
		move_write(ms, ms->is->pdata[i], &c);
	for (i = 0; i < ms->tried->len; i++)
		move_write(ms, ms->tried->pdata[i], &c);
	csvout_fini(&c);
}

static struct move *
move_read(const struct csvtable *t, size_t row)
{
	const char *setting;
	struct move *m;

	m = g_new0(struct move, 1);
	setting = csvtable_field(t, row, "setting");
	if (*setting != '\0')
		m->setting = g_strdup(setting);
	m->from = g_strdup(csvtable_field(t, row, "from"));
	m->to = g_strdup(csvtable_field(t, row, "to"));
	m->why = g_strdup(csvtable_field(t, row, "untried"));
	m->verdict = g_strdup(csvtable_field(t, row, "verdict"));
	m->ran = *m->verdict != '\0';
	m->wanted = csvtable_value(t, row, "wanted");
	m->failed = csvtable_value(t, row, "failed");
	m->waiting = csvtable_value(t, row, "waiting");
	m->figure[MOVES_LATE] = csvtable_value(t, row, "late_max_ms");
	move_share(m);
	return (m);
}

struct moves *
moves_read(const char *dir, GError **error)
{
	g_autofree char *head = NULL, *path = NULL;
	const char *untried;
	struct csvtable *t;
	struct moves *ms;
	struct move *m;
	size_t row;

	path = g_build_filename(dir, MOVES_FILE, NULL);
	if (!g_file_test(path, G_FILE_TEST_EXISTS))
		return (NULL);
	head = column_head(MOVES_FILE);
	t = csvtable_read(path, error);
	if (t == NULL || !csvtable_has(t, head, error)) {
		g_clear_pointer(&t, csvtable_free);
		return (NULL);
	}
	ms = moves_new(csvtable_rows(t) > 0 ?
	    csvtable_field(t, 0, "variant") : "");
	untried = csvtable_comment(t, "untried");
	if (untried != NULL)
		ms->untried = (unsigned)g_ascii_strtoull(untried, NULL, 10);
	for (row = 0; row < csvtable_rows(t); row++) {
		m = move_read(t, row);
		g_ptr_array_add(m->setting == NULL ? ms->is : ms->tried, m);
	}
	ms->replications = ms->is->len;
	csvtable_free(t);
	return (ms);
}

/* ---- which of them ----------------------------------------------------- */

void
moves_chance(const struct moves *ms, enum moves_figure f, double *lo,
    double *hi)
{
	const struct move *m;
	unsigned i;

	*lo = HUGE_VAL;
	*hi = 0;
	for (i = 0; i < ms->is->len; i++) {
		m = ms->is->pdata[i];
		*lo = fmin(*lo, m->figure[f]);
		*hi = fmax(*hi, m->figure[f]);
	}
	*lo = fmin(*lo, *hi);
}

/*
 * By how much, from the same replication; 0: not more than chance may.  One
 * more replication leaves the range of n by itself in 2 of n + 1 cases, so it
 * has to by half the range's width, too.
 */
static double
move_by(const struct moves *ms, const struct move *m, enum moves_figure f)
{
	double by, half, hi, is, lo;

	if (!m->ran || ms->is->len == 0)
		return (0);
	is = ((const struct move *)ms->is->pdata[0])->figure[f];
	by = fabs(m->figure[f] - is);
	moves_chance(ms, f, &lo, &hi);
	half = (hi - lo) / 2;
	return ((m->figure[f] >= lo - half && m->figure[f] <= hi + half) ||
	    by < MOVES_LEAST * is || (f == MOVES_LATE && by < MOVES_LATE_MS) ?
	    0 : by);
}

GPtrArray *
moves_rank(const struct moves *ms, enum moves_figure f)
{
	struct move *m, *other;
	GPtrArray *all;
	unsigned at, i, j;

	all = g_ptr_array_new();
	for (i = 0; i < ms->tried->len; i++) {
		m = ms->tried->pdata[i];
		for (j = 0; j < all->len; j++) {
			other = all->pdata[j];
			if (strcmp(other->setting, m->setting) == 0)
				break;
		}
		if (move_by(ms, m, f) <= (j < all->len ?
		    move_by(ms, all->pdata[j], f) : 0))
			continue;
		if (j < all->len)
			g_ptr_array_remove_index(all, j);
		for (at = 0; at < all->len; at++)
			if (move_by(ms, all->pdata[at], f) <
			    move_by(ms, m, f))
				break;
		g_ptr_array_insert(all, (gint)at, m);
	}
	return (all);
}

unsigned
moves_settings(const struct moves *ms)
{
	const struct move *m, *before;
	unsigned i, n;

	before = NULL;
	for (i = n = 0; i < ms->tried->len; i++) {
		m = ms->tried->pdata[i];
		if (before == NULL || strcmp(before->setting, m->setting) != 0)
			n++;
		before = m;
	}
	return (n);
}
