/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Doing the runs of a sweep; see work.h.
 */

#include <math.h>

#include "sim/kassert.h"
#include "study/run/crew.h"
#include "study/run/results.h"
#include "study/scenario/estimate.h"
#include "study/scenario/footprint.h"
#include "study/sweep/work.h"
#include "study/text/csvout.h"

/*
 * Scenarios that are kept for the other runs of their cells, some 40 KiB each.
 * Runs go through all cells in turn: of more cells than these the first come.
 */
#define	WORK_CELLS	400

struct work {
	const struct sweep *sw;
	const struct sweep_store *store;
	const struct sweep_how *how;
	GArray		*todo;		/* of uint64_t: run numbers */
	gint		*permille;	/* permille[todo->len] */
	gint		next;		/* of `todo', for who asks first */
	gint		failed;
	struct crew	crew;
	struct sweep_tally *tally;
	GMutex		lock;
	uint64_t	done;
	GError		*error;
	struct scenario	**cells;	/* cells[sw->cells->len]; NULL: none */
	unsigned	nkept;		/* of these */
};

/* What conf->stop needs to know. */
struct work_watch {
	struct work	*work;
	unsigned	idx;
	simtime		duration;
};

static bool
work_stopped(struct work *w)
{

	return (g_atomic_int_get(&w->failed) != 0 || (w->how->stop != NULL &&
	    g_atomic_int_get(w->how->stop) != 0));
}

/* run_conf.stop: also how the progress of a run is seen from outside. */
static bool
work_watch(void *arg, simtime now)
{
	struct work_watch *watch;

	watch = arg;
	g_atomic_int_set(&watch->work->permille[watch->idx],
	    (gint)((double)now / (double)watch->duration * 1000));
	crew_tick(&watch->work->crew);
	return (work_stopped(watch->work));
}

/* ---- one run ----------------------------------------------------------- */

static char *
work_row(const struct metric_run *run)
{
	struct csvout c;
	char *row;

	csvout_init(&c, NULL);
	results_add_summary(run, &c);
	row = csvout_steal(&c);
	csvout_fini(&c);
	return (row);
}

/* The scenario of a cell if it is kept. */
static struct scenario *
work_kept(struct work *w, unsigned cell)
{
	struct scenario *sc;

	g_mutex_lock(&w->lock);
	sc = w->cells[cell];
	g_mutex_unlock(&w->lock);
	return (sc);
}

/* Keep it, if it is one of the first, and holds no recording: those are big. */
static void
work_keep(struct work *w, unsigned cell, struct scenario *sc)
{

	g_mutex_lock(&w->lock);
	if (w->todo->len > w->sw->cells->len && sc->nreplays == 0 &&
	    w->nkept < WORK_CELLS && w->cells[cell] == NULL) {
		w->cells[cell] = sc;
		w->nkept++;
	}
	g_mutex_unlock(&w->lock);
}

/*
 * The scenario of a cell, which its runs may share, at once, too.  It is given
 * back by work_cell_done().
 */
static struct scenario *
work_cell(struct work *w, unsigned cell, GError **error)
{
	struct scenario *sc;
	unsigned one;

	sc = work_kept(w, cell);
	if (sc != NULL)
		return (sc);
	one = 1;
	sc = sweep_cell_load(w->sw, cell, error);
	if (sc == NULL)
		return (NULL);
	if (!footprint_fits(sc, w->how->memory, &one, error)) {
		scenario_free(sc);
		return (NULL);
	}
	work_keep(w, cell, sc);
	return (sc);
}

static void
work_cell_done(struct work *w, unsigned cell, struct scenario *sc)
{

	if (work_kept(w, cell) != sc)
		scenario_free(sc);
}

/* True also if it was stopped: *kept says whether it is there now. */
static bool
work_run(struct work *w, unsigned idx, bool *kept, GError **error)
{
	struct work_watch watch = { w, idx, 0 };
	char id[SWEEP_IDLEN + 1];
	struct metric_run taken;
	struct run_conf conf;
	struct run_result *res;
	struct scenario *sc;
	struct sweep_run run;
	bool ok;

	*kept = false;
	sweep_run_at(w->sw, g_array_index(w->todo, uint64_t, idx), &run);
	sweep_run_id(w->sw, &run, w->store->build, id);
	sc = work_cell(w, run.cell, error);
	if (sc == NULL)
		return (false);
	scenario_conf(sc, run.variant, run.replication, &conf);
	watch.duration = conf.duration;
	conf.rowless = true;
	conf.stop = work_watch;
	conf.stop_arg = &watch;
	res = w->how->simulate(&conf);
	ok = true;
	if (res->complete) {
		g_autofree char *row = NULL;

		taken = (struct metric_run){ sc->variants[run.variant].name,
		    &conf, res };
		row = work_row(&taken);
		ok = *kept = sweep_store_write(w->store, id, row, error);
	}
	run_result_free(res);
	work_cell_done(w, run.cell, sc);
	return (ok);
}

/* A crew.work. */
static void
work_thread(void *arg)
{
	struct work *w;
	unsigned idx;
	bool kept;

	w = arg;
	while (!work_stopped(w)) {
		g_autoptr(GError) error = NULL;

		idx = (unsigned)g_atomic_int_add(&w->next, 1);
		if (idx >= w->todo->len)
			break;
		if (!work_run(w, idx, &kept, &error))
			g_atomic_int_set(&w->failed, 1);
		g_atomic_int_set(&w->permille[idx], 1000);
		g_mutex_lock(&w->lock);
		w->done += kept;
		if (error != NULL && w->error == NULL)
			w->error = g_steal_pointer(&error);
		g_mutex_unlock(&w->lock);
	}
}

/* ---- all of them ------------------------------------------------------- */

/* Find out which runs of the shard are not there; torn ones are redone. */
static void
work_list(struct work *w, struct sweep_tally *tally)
{
	char id[SWEEP_IDLEN + 1];
	struct sweep_run run;
	uint64_t idx;

	for (idx = w->how->shard; idx < w->sw->nruns && !work_stopped(w);
	    idx += w->how->nshards) {
		sweep_run_at(w->sw, idx, &run);
		sweep_run_id(w->sw, &run, w->store->build, id);
		tally->mine++;
		if (sweep_store_has(w->store, id))
			tally->there++;
		else
			g_array_append_val(w->todo, idx);
	}
}

/* Short runs that ended before one that goes on are safe before it ends. */
static void
work_sync(struct work *w)
{
	g_autoptr(GError) error = NULL;

	if (sweep_store_sync(w->store, &error))
		return;
	g_atomic_int_set(&w->failed, 1);
	g_mutex_lock(&w->lock);
	if (w->error == NULL)
		w->error = g_steal_pointer(&error);
	g_mutex_unlock(&w->lock);
}

/* A crew.tick. */
static void
work_tick(void *arg)
{
	struct work *w;
	uint64_t sum;
	unsigned i, n;

	w = arg;
	work_sync(w);
	g_mutex_lock(&w->lock);
	w->tally->done = w->done;
	g_mutex_unlock(&w->lock);
	/* Those that were not asked for yet are at 0. */
	n = MIN((unsigned)g_atomic_int_get(&w->next), w->todo->len);
	sum = 0;
	for (i = 0; i < n; i++)
		sum += (uint64_t)g_atomic_int_get(&w->permille[i]);
	w->tally->share = w->todo->len == 0 ? 1 :
	    (double)sum / 1000 / w->todo->len;
	if (w->how->tick != NULL)
		w->how->tick(w->how->tick_arg, w->tally);
}

bool
sweep_work(const struct sweep *sw, const struct sweep_store *store,
    const struct sweep_how *how, struct sweep_tally *tally, GError **error)
{
	struct work w = { .sw = sw, .store = store, .how = how,
	    .tally = tally };
	unsigned cell;

	KASSERT(how->jobs > 0 && how->shard < how->nshards, ("%u jobs, shard "
	    "%u of %u", how->jobs, how->shard, how->nshards));
	*tally = (struct sweep_tally){ .mine = 0 };
	w.todo = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	g_mutex_init(&w.lock);
	work_list(&w, tally);
	w.permille = g_new0(gint, w.todo->len + 1);
	w.cells = g_new0(struct scenario *, sw->cells->len);
	work_tick(&w);
	w.crew = (struct crew){ .wanted = MIN(how->jobs, w.todo->len),
	    .work = work_thread, .tick = work_tick, .fewer = how->fewer,
	    .arg = &w };
	if (w.todo->len > 0)
		crew_run(&w.crew);
	work_sync(&w);
	tally->done = w.done;
	g_mutex_clear(&w.lock);
	g_array_unref(w.todo);
	for (cell = 0; cell < sw->cells->len; cell++)
		if (w.cells[cell] != NULL)
			scenario_free(w.cells[cell]);
	g_free(w.cells);
	g_free(w.permille);
	if (w.error == NULL)
		return (true);
	g_propagate_error(error, w.error);
	return (false);
}

/* ---- the probe --------------------------------------------------------- */

struct probe {
	const gint	*stop;
	gint64		until;		/* monotonic, us */
};

static bool
probe_watch(void *arg, simtime now)
{
	const struct probe *pr;

	(void)now;
	pr = arg;
	return (g_get_monotonic_time() >= pr->until || (pr->stop != NULL &&
	    g_atomic_int_get(pr->stop) != 0));
}

/* The i-th cell to be weighed. */
static unsigned
probe_cell(const struct sweep *sw, unsigned i)
{
	static const double golden = 0.61803398874989484820;
	double at;

	if (sw->cells->len <= SWEEP_WEIGHED)
		return (i);
	if (i == 0)
		return (sw->cells->len - 1);
	at = (i - 1) * golden;
	return ((unsigned)((at - floor(at)) * sw->cells->len));
}

/* Connections wanted by a cell's runs; in `run' and `most' the most wanting. */
static double
probe_weigh_cell(const struct scenario *sc, unsigned cell, double *most,
    struct sweep_run *run)
{
	struct estimate est;
	unsigned v;
	double all;

	all = 0;
	for (v = 0; v < sc->nvariants; v++) {
		estimate_run(&sc->variants[v].conf, &est);
		all += est.connections + 1;
		if (est.connections + 1 > *most) {
			*most = est.connections + 1;
			run->cell = cell;
			run->variant = v;
		}
	}
	return (all);
}

/* Connections wanted by all runs of a replication, and by the most wanting. */
static bool
probe_weigh(const struct sweep *sw, double *all, double *most,
    struct sweep_run *run, GError **error)
{
	struct scenario *sc;
	unsigned cell, i, n;

	*all = 0;
	*most = -1;
	*run = (struct sweep_run){ .idx = 0 };
	n = MIN(sw->cells->len, SWEEP_WEIGHED);
	for (i = 0; i < n; i++) {
		cell = probe_cell(sw, i);
		sc = sweep_cell_load(sw, cell, error);
		if (sc == NULL)
			return (false);
		*all += probe_weigh_cell(sc, cell, most, run);
		scenario_free(sc);
	}
	*all *= (double)sw->cells->len / n;
	return (true);
}

double
sweep_work_probe(const struct sweep *sw, const struct sweep_how *how,
    gint64 limit, gint64 *probe_us, GError **error)
{
	struct probe pr = { how->stop, 0 };
	struct sweep_run run;
	struct run_conf conf;
	struct run_result *res;
	struct scenario *sc;
	double all, most, part;
	gint64 began;

	if (!probe_weigh(sw, &all, &most, &run, error))
		return (-1);
	sc = sweep_cell_load(sw, run.cell, error);
	if (sc == NULL)
		return (-1);
	began = g_get_monotonic_time();
	scenario_conf(sc, run.variant, run.replication, &conf);
	pr.until = began + limit;
	conf.stop = probe_watch;
	conf.stop_arg = &pr;
	res = how->simulate(&conf);
	*probe_us = MAX(g_get_monotonic_time() - began, 1);
	part = MAX((double)res->end, 1) / (double)conf.duration;
	run_result_free(res);
	scenario_free(sc);
	if (how->stop != NULL && g_atomic_int_get(how->stop) != 0)
		return (-1);
	return ((double)*probe_us / 1e6 / part * all / most *
	    sw->replications);
}
