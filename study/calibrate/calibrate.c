/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A table of costs measured here; see calibrate.h.
 */

#include <limits.h>
#include <stdarg.h>
#include <string.h>

#include <glib.h>

#include "models/cpus/costs.h"
#include "sim/kassert.h"
#include "study/calibrate/calibrate.h"
#include "study/calibrate/cpu.h"
#include "study/calibrate/host.h"
#include "study/calibrate/micro.h"
#include "study/calibrate/nodes.h"
#include "study/calibrate/pair.h"
#include "study/calibrate/runs.h"
#include "study/run/provenance.h"
#include "study/run/version.h"
#include "study/scenario/costs_file.h"
#include "study/text/csvin.h"
#include "study/text/csvout.h"
#include "study/text/number.h"
#include "study/text/problem.h"

#define	CALIBRATE_SOURCE	"epyc-vm"	/* of what is copied */
#define	CALIBRATE_RUNS		7
#define	CALIBRATE_RUNS_QUICK	5
#define	CALIBRATE_HEADS		64		/* ports that fit any cache */
#define	CALIBRATE_WEIGHT	200000		/* of a small step, in pcbs */

/* Below 55,536 as many ports, from there as many addresses on all ports. */
static const uint64_t calibrate_populations[] = { 64, 2000, 28232, 55536,
    111072, 277680, 555360, 1388400, 2776800 };
#define	CALIBRATE_QUICK		5		/* of them */

struct calibrate_row {
	char		*fields[6];	/* as the header names them */
};

static const char *const row_header[] = { "name", "population", "pages",
    "median_ns", "min_ns", "method" };

struct calibrate {
	struct calibrate_conf conf;
	GArray		*rows;		/* of struct calibrate_row */
	GPtrArray	*remarks;
	GString		*noisy;		/* names, ", " between them */
	GString		*copied;	/* likewise */
	struct calibrate_nodes *nodes;
	unsigned	npopulations;
	const char	*pages;		/* of the nodes */
	simtime		lport_iter;
	simtime		head;		/* beyond it, in the present tables */
	unsigned	nruns;
	uint64_t	done, todo;	/* weights */
	struct calibrate_cpu cpus;
};

/* ---- rows -------------------------------------------------------------- */

static void
row_clear(void *row)
{
	struct calibrate_row *r;
	unsigned i;

	r = row;
	for (i = 0; i < G_N_ELEMENTS(r->fields); i++)
		g_free(r->fields[i]);
}

/* No more digits than the clock can tell. */
static char *
row_ns(simtime ps)
{
	GString *s;
	simtime step;

	step = ps < 10 * SIM_NS ? 10 : 100;
	s = g_string_new(NULL);
	number_add_ps(s, (ps + step / 2) / step * step, SIM_NS);
	return (g_string_free(s, FALSE));
}

static void
names_add(GString *names, const char *name)
{

	g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "",
	    name);
}

static void
calibrate_add(struct calibrate *c, const char *name, uint64_t population,
    const struct calibrate_runs *runs, const char *method)
{
	struct calibrate_row r;
	g_autofree char *which = NULL;

	r.fields[0] = g_strdup(name);
	r.fields[1] = g_strdup_printf("%ju", (uintmax_t)population);
	r.fields[2] = g_strdup(population == 0 ? "-" : c->pages);
	r.fields[3] = row_ns(calibrate_runs_median(runs));
	r.fields[4] = row_ns(calibrate_runs_min(runs));
	r.fields[5] = g_strdup(method);
	g_array_append_val(c->rows, r);
	if (!calibrate_runs_noisy(runs))
		return;
	which = population == 0 ? g_strdup(name) :
	    g_strdup_printf("%s at %ju", name, (uintmax_t)population);
	names_add(c->noisy, which);
}

static bool
calibrate_has(const struct calibrate *c, const char *name)
{
	unsigned i;

	for (i = 0; i < c->rows->len; i++)
		if (strcmp(g_array_index(c->rows, struct calibrate_row,
		    i).fields[0], name) == 0)
			return (true);
	return (false);
}

static void
calibrate_done(struct calibrate *c, uint64_t weight)
{

	c->done += weight;
	if (c->conf.tick != NULL)
		c->conf.tick(c->conf.tick_arg, MIN(1.0,
		    (double)c->done / (double)c->todo));
}

static void __attribute__((format(printf, 2, 3)))
calibrate_remark(struct calibrate *c, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	g_ptr_array_add(c->remarks, g_strdup_vprintf(format, ap));
	va_end(ap);
}

/* ---- lists ------------------------------------------------------------- */

/* A candidate that visits nothing, and a search that takes its first. */
static void
calibrate_heads(struct calibrate *c)
{
	struct calibrate_runs iters, searches;
	uint64_t visits;
	simtime began, elapsed;
	unsigned i, k, times;

	times = c->conf.quick ? 2000 : 20000;
	calibrate_nodes_fill_heads(c->nodes, CALIBRATE_HEADS);
	calibrate_runs_init(&iters);
	calibrate_runs_init(&searches);
	visits = 0;
	for (i = 0; i < c->nruns; i++) {
		began = calibrate_runs_clock();
		for (k = 0; k < times; k++)
			(void)calibrate_nodes_search(c->nodes, UINT_MAX,
			    false, &visits);
		calibrate_runs_add(&iters, calibrate_runs_clock() - began,
		    (uint64_t)times * CALIBRATE_HEADS);
	}
	c->lport_iter = calibrate_runs_median(&iters);
	for (i = 0; i < c->nruns; i++) {
		began = calibrate_runs_clock();
		for (k = 0; k < times; k++)
			(void)calibrate_nodes_search(c->nodes, 1, false,
			    &visits);
		elapsed = calibrate_runs_clock() - began;
		calibrate_runs_add(&searches, MAX(elapsed - (simtime)times *
		    c->lport_iter, 0), times);
	}
	KASSERT(visits == 0, ("%ju visits", (uintmax_t)visits));
	calibrate_add(c, "lport_iter", 0, &iters, "lists: a candidate whose "
	    "port head is in cache and has no pcbs");
	calibrate_add(c, "search", 0, &searches, "lists: a search whose first "
	    "candidate is free, less lport_iter");
}

/* A way to walk all pcbs, and the row it makes. */
struct calibrate_walk {
	const char	*name;
	const char	*method;
	bool		chains;		/* of the connection hash */
	bool		ahead;		/* as in calibrate_nodes_search() */
};

static const struct calibrate_walk calibrate_walks[] = {
	{ "pcb_visit", "lists: a failing search over port lists of 488-byte "
	    "pcbs in random order, less lport_iter and head", false, false },
	{ "chain_visit", "lists: a search for a tuple nobody holds over 65,536 "
	    "buckets of the same pcbs, less lport_iter", true, false },
	{ "pcb_visit_ahead", "lists: as pcb_visit, but the processor may run "
	    "ahead to the next list", false, true },
	{ "chain_visit_ahead", "lists: as chain_visit, but the processor may "
	    "run ahead to the next bucket", true, true }
};

static uint64_t
calibrate_walk_all(struct calibrate *c, const struct calibrate_walk *w,
    uint64_t times)
{
	uint64_t visits;

	for (visits = 0; times > 0; times--)
		if (w->chains)
			(void)calibrate_nodes_search_chains(c->nodes, w->ahead,
			    &visits);
		else
			(void)calibrate_nodes_search(c->nodes, 1, w->ahead,
			    &visits);
	return (visits);
}

/*
 * What a port head costs beyond a candidate in cache, where a search has just
 * had all the pcbs through the caches.
 */
static void
calibrate_head(struct calibrate *c, uint64_t population)
{
	struct calibrate_runs runs;
	uint64_t visits;
	simtime began, elapsed, times;
	unsigned heads, i, k;

	calibrate_runs_init(&runs);
	times = 1 + 20000 / (simtime)population;
	for (i = 0; i <= c->nruns; i++) {
		for (k = 0, heads = 0, elapsed = 0; k < times; k++) {
			visits = 0;
			(void)calibrate_nodes_search(c->nodes, 1, false,
			    &visits);
			began = calibrate_runs_clock();
			heads += calibrate_nodes_heads(c->nodes);
			elapsed += calibrate_runs_clock() - began;
		}
		KASSERT(heads == times * MIN(population,
		    CALIBRATE_NODES_PORTS), ("%u heads", heads));
		if (i > 0)
			calibrate_runs_add(&runs, MAX(elapsed - heads *
			    c->lport_iter, 0), heads);
	}
	c->head = calibrate_runs_median(&runs);
	calibrate_add(c, "head", population, &runs, "lists: port heads alone, "
	    "after a search that visited all pcbs, less lport_iter");
}

static void
calibrate_walk(struct calibrate *c, uint64_t population,
    const struct calibrate_walk *w)
{
	struct calibrate_runs runs;
	uint64_t times, visits;
	simtime began, elapsed, iters;
	unsigned i;

	times = 1 + (c->conf.quick ? 50000 : 200000) / population;
	iters = (simtime)(times * MIN(population, CALIBRATE_NODES_PORTS));
	calibrate_runs_init(&runs);
	/* Run 0 finds the caches as filling the tables left them. */
	for (i = 0; i <= c->nruns; i++) {
		began = calibrate_runs_clock();
		visits = calibrate_walk_all(c, w, times);
		elapsed = calibrate_runs_clock() - began;
		KASSERT(visits == times * population, ("%ju visits, not %ju",
		    (uintmax_t)visits, (uintmax_t)(times * population)));
		if (i > 0)
			calibrate_runs_add(&runs, MAX(elapsed - iters *
			    (c->lport_iter + (w->chains ? 0 : c->head)), 0),
			    visits);
	}
	calibrate_add(c, w->name, population, &runs, w->method);
	calibrate_done(c, population);
}

static void
calibrate_in_out(struct calibrate *c, uint64_t population)
{
	struct calibrate_runs insert, remove;
	simtime began, in, out;
	unsigned i, k, n, times;

	calibrate_runs_init(&insert);
	calibrate_runs_init(&remove);
	for (i = 0; i < c->nruns; i++) {
		n = calibrate_nodes_choose(c->nodes);
		times = 1 + 8000 / n;
		in = out = 0;
		for (k = 0; k < times; k++) {
			began = calibrate_runs_clock();
			calibrate_nodes_remove(c->nodes);
			out += calibrate_runs_clock() - began;
			began = calibrate_runs_clock();
			calibrate_nodes_insert(c->nodes);
			in += calibrate_runs_clock() - began;
		}
		calibrate_runs_add(&insert, in, (uint64_t)n * times);
		calibrate_runs_add(&remove, out, (uint64_t)n * times);
	}
	calibrate_add(c, "insert", population, &insert,
	    "lists: pcbs chosen at random, back to the heads of all lists");
	calibrate_add(c, "remove", population, &remove,
	    "lists: pcbs chosen at random, out of all lists");
}

static void
calibrate_lists(struct calibrate *c)
{
	unsigned i, k;

	calibrate_heads(c);
	for (i = 0; i < c->npopulations; i++) {
		calibrate_nodes_fill(c->nodes, calibrate_populations[i]);
		calibrate_done(c, calibrate_populations[i]);
		calibrate_head(c, calibrate_populations[i]);
		for (k = 0; k < G_N_ELEMENTS(calibrate_walks); k++)
			calibrate_walk(c, calibrate_populations[i],
			    &calibrate_walks[k]);
		calibrate_in_out(c, calibrate_populations[i]);
	}
}

/* As many pcbs as are wanted, or as the memory holds; false: none. */
static bool
calibrate_memory(struct calibrate *c)
{
	uint64_t limit, wanted;
	unsigned n;

	n = c->conf.quick ? CALIBRATE_QUICK :
	    G_N_ELEMENTS(calibrate_populations);
	wanted = calibrate_populations[n - 1];
	limit = c->conf.memory > 0 ? c->conf.memory :
	    calibrate_host_memory();
	for (; n > 0; n--) {
		/* The one that is always tried is the smallest. */
		if (n > 1 && calibrate_nodes_memory(
		    calibrate_populations[n - 1]) > limit)
			continue;
		c->nodes = calibrate_nodes_new(calibrate_populations[n - 1]);
		if (c->nodes != NULL)
			break;
	}
	if (c->nodes == NULL)
		return (false);
	c->npopulations = n;
	c->pages = calibrate_nodes_large(c->nodes) ? "huge" : "base";
	if (calibrate_populations[n - 1] < wanted)
		calibrate_remark(c, "memory holds no more than %ju pcbs; "
		    "above, a visit is taken to cost the same",
		    (uintmax_t)calibrate_populations[n - 1]);
	else if (c->conf.quick)
		calibrate_remark(c, "--quick: no more than %ju pcbs; above, a "
		    "visit is taken to cost the same", (uintmax_t)wanted);
	if (!calibrate_nodes_large(c->nodes))
		calibrate_remark(c, "the system gave no large pages, as a "
		    "kernel has; visits are dearer than there");
	return (true);
}

/* ---- loops and pairs --------------------------------------------------- */

/* missing	why there are no runs; NULL: too few, the system refused one */
static void
calibrate_measured(struct calibrate *c, const char *name, const char *method,
    const struct calibrate_runs *runs, const char *missing)
{

	if (runs->n == c->nruns)
		calibrate_add(c, name, 0, runs, method);
	else
		calibrate_remark(c, "%s is not measured: %s", name,
		    missing != NULL ? missing : "the system refused it");
	calibrate_done(c, CALIBRATE_WEIGHT);
}

static void
calibrate_micro(struct calibrate *c)
{
	const struct calibrate_micro *m;
	struct calibrate_runs runs;

	for (m = calibrate_micros; m->name != NULL; m++) {
		calibrate_runs_init(&runs);
		while (runs.n < c->nruns && calibrate_micro_run(m,
		    (c->conf.quick ? 1 : 10) * SIM_MS, &runs))
			;
		calibrate_measured(c, m->name, m->method, &runs, NULL);
	}
}

static void
calibrate_pair(struct calibrate *c)
{
	const struct calibrate_pair *p;
	struct calibrate_runs runs;
	const char *missing;

	for (p = calibrate_pairs; p->name != NULL; p++) {
		missing = calibrate_pair_missing(p, &c->cpus);
		calibrate_runs_init(&runs);
		while (missing == NULL && runs.n < c->nruns && p->run(&c->cpus,
		    c->conf.quick ? p->rounds / 10 : p->rounds, &runs))
			;
		calibrate_measured(c, p->name, p->method, &runs, missing);
	}
}

/* ---- what is copied ---------------------------------------------------- */

static void
calibrate_copy_row(struct calibrate *c, struct csvin *in,
    const struct csvin_column *columns)
{
	struct calibrate_row r;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(row_header); i++)
		r.fields[i] = g_strdup(csvin_field(in, columns[i].idx, NULL));
	g_free(r.fields[5]);
	r.fields[5] = g_strdup_printf("copied: " CALIBRATE_SOURCE ": %s",
	    csvin_field(in, columns[5].idx, NULL));
	g_array_append_val(c->rows, r);
}

/* The rows of one cost; the built-in table is known to be good. */
static void
calibrate_copy_cost(struct calibrate *c, const char *name, const char *text)
{
	struct csvin_column columns[G_N_ELEMENTS(row_header)];
	struct csvin *in;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(row_header); i++)
		columns[i] = (struct csvin_column){ row_header[i], true, -1 };
	in = csvin_new_text(CALIBRATE_SOURCE, text, columns,
	    G_N_ELEMENTS(columns), NULL);
	KASSERT(in != NULL, (CALIBRATE_SOURCE " cannot be read"));
	while (csvin_next(in, NULL) == CSVIN_ROW)
		if (strcmp(csvin_field(in, columns[0].idx, NULL), name) == 0)
			calibrate_copy_row(c, in, columns);
	csvin_free(in);
	KASSERT(calibrate_has(c, name), (CALIBRATE_SOURCE " lacks %s", name));
	names_add(c->copied, name);
}

static void
calibrate_copy(struct calibrate *c)
{
	const struct costs_builtin *b;
	unsigned i;

	for (b = costs_builtin; b->name != NULL; b++)
		if (strcmp(b->name, CALIBRATE_SOURCE) == 0)
			break;
	KASSERT(b->name != NULL, ("there is no " CALIBRATE_SOURCE));
	for (i = 0; i < COST_OPTIONAL; i++)
		if (!calibrate_has(c, cost_name((enum cost)i)))
			calibrate_copy_cost(c, cost_name((enum cost)i),
			    b->text);
}

/* ---- all of it --------------------------------------------------------- */

/* Weights of all steps, so that progress can be told. */
static uint64_t
calibrate_weigh(const struct calibrate *c)
{
	const struct calibrate_micro *m;
	const struct calibrate_pair *p;
	uint64_t weight;
	unsigned i;

	weight = 0;
	for (i = 0; i < c->npopulations; i++)
		weight += (1 + G_N_ELEMENTS(calibrate_walks)) *
		    calibrate_populations[i];
	for (m = calibrate_micros; m->name != NULL; m++)
		weight += CALIBRATE_WEIGHT;
	for (p = calibrate_pairs; p->name != NULL; p++)
		weight += CALIBRATE_WEIGHT;
	return (weight);
}

struct calibrate *
calibrate_new(const struct calibrate_conf *conf, GError **error)
{
	struct calibrate *c;

	c = g_new0(struct calibrate, 1);
	c->conf = *conf;
	c->rows = g_array_new(FALSE, FALSE, sizeof(struct calibrate_row));
	g_array_set_clear_func(c->rows, row_clear);
	c->remarks = g_ptr_array_new_with_free_func(g_free);
	c->noisy = g_string_new(NULL);
	c->copied = g_string_new(NULL);
	c->nruns = conf->quick ? CALIBRATE_RUNS_QUICK : CALIBRATE_RUNS;
	calibrate_cpu_init(&c->cpus);
	if (!calibrate_cpu_bind(c->cpus.first)) {
		c->cpus.first = c->cpus.other = -1;
		calibrate_remark(c, "threads cannot be bound to CPUs here");
	}
	if (!calibrate_memory(c)) {
		problem_set(error, "there is no memory for %ju pcbs",
		    (uintmax_t)calibrate_populations[0]);
		calibrate_free(c);
		return (NULL);
	}
	c->todo = calibrate_weigh(c);
	calibrate_lists(c);
	calibrate_nodes_free(c->nodes);
	c->nodes = NULL;
	calibrate_micro(c);
	calibrate_pair(c);
	calibrate_copy(c);
	if (calibrate_host_kind() == CALIBRATE_HOST_VIRTUAL)
		calibrate_remark(c, "this is a virtual machine: to wake an "
		    "idle CPU, or to miss the TLB, costs more than on a real "
		    "one");
	if (c->noisy->len > 0)
		calibrate_remark(c, "noisy, the median is more than 30 %% "
		    "above the minimum: %s", c->noisy->str);
	return (c);
}

void
calibrate_free(struct calibrate *c)
{

	if (c == NULL)
		return;
	g_array_free(c->rows, TRUE);
	g_ptr_array_free(c->remarks, TRUE);
	g_string_free(c->noisy, TRUE);
	g_string_free(c->copied, TRUE);
	g_free(c);
}

const GPtrArray *
calibrate_remarks(const struct calibrate *c)
{

	return (c->remarks);
}

static void
calibrate_write_head(const struct calibrate *c, FILE *f)
{
	unsigned i;

	fprintf(f, PROVENANCE_MAGIC "%s\n", version_text());
	provenance_write_line(f, "command", c->conf.quick ?
	    "pcbsim calibrate --quick" : "pcbsim calibrate");
	calibrate_host_write(f);
	fprintf(f, "# runs: %u of each; median_ns is what counts, min_ns the "
	    "best run\n", c->nruns);
	provenance_write_line(f, "copied", c->copied->str);
	for (i = 0; i < c->remarks->len; i++)
		provenance_write_line(f, "remark", c->remarks->pdata[i]);
}

void
calibrate_write(const struct calibrate *c, FILE *f)
{
	const struct calibrate_row *r;
	struct csvout out;
	unsigned i, k;

	calibrate_write_head(c, f);
	csvout_init(&out, f);
	for (k = 0; k < G_N_ELEMENTS(row_header); k++)
		csvout_text(&out, row_header[k]);
	csvout_end(&out);
	for (i = 0; i < c->rows->len; i++) {
		r = &g_array_index(c->rows, struct calibrate_row, i);
		for (k = 0; k < G_N_ELEMENTS(r->fields); k++)
			csvout_text(&out, r->fields[k]);
		csvout_end(&out);
	}
	csvout_fini(&out);
}
