/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * How much memory a run takes; see footprint.h.
 */

#include <sys/resource.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "study/scenario/effort.h"
#include "study/scenario/estimate.h"
#include "study/scenario/footprint.h"
#include "study/text/number.h"
#include "study/text/problem.h"

/* ---- wanted ------------------------------------------------------------ */

/* The rows of the timeline, in tables that double. */
static double
footprint_rows(const struct run_conf *conf)
{
	double rows;

	rows = (double)conf->duration / (double)MAX(conf->interval, 1);
	return (2 * rows * (sizeof(struct timeline_row) +
	    2 * sizeof(struct cause_row)));
}

/* Programs without threads of their own that want one all at once. */
static double
footprint_threads(const struct run_conf *conf)
{
	const struct workload_conf *wc;
	double sum;
	unsigned i;

	sum = 0;
	for (i = 0; i < conf->nworkloads; i++) {
		wc = &conf->workloads[i];
		sum += wc->threads != 0 ? wc->threads : wc->size;
	}
	return (sum);
}

double
footprint_run(const struct run_conf *conf)
{
	struct estimate est;

	estimate_run(conf, &est);
	return (FOOTPRINT_BASE + FOOTPRINT_CONN * est.held +
	    FOOTPRINT_THREAD * footprint_threads(conf) + footprint_rows(conf) +
	    (conf->measures ? FOOTPRINT_MEASURES : 0));
}

double
footprint_results(const struct scenario *sc)
{
	double sum;
	unsigned i;

	sum = 0;
	for (i = 0; i < sc->nvariants; i++)
		sum += footprint_rows(&sc->variants[i].conf) +
		    FOOTPRINT_RESULT + FOOTPRINT_RESULT_LOAD *
		    sc->variants[i].conf.nworkloads;
	return (sum * sc->replications);
}

double
footprint_scenario(const struct scenario *sc, unsigned *variant)
{
	double bytes, most;
	unsigned i;

	most = 0;
	*variant = 0;
	for (i = 0; i < sc->nvariants; i++) {
		bytes = footprint_run(&sc->variants[i].conf);
		if (bytes > most) {
			most = bytes;
			*variant = i;
		}
	}
	return (most);
}

/* ---- there ------------------------------------------------------------- */

/* The number behind `name' in a file of lines, or the file's only one. */
static double
footprint_read(const char *path, const char *name)
{
	g_autofree char *text = NULL;
	const char *at;
	char *end;
	double value;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return (HUGE_VAL);
	at = *name == '\0' ? text : strstr(text, name);
	if (at == NULL)
		return (HUGE_VAL);
	at += strlen(name);
	value = g_ascii_strtod(at, &end);
	/* "max", of a control group without a limit. */
	return (end == at ? HUGE_VAL : value);
}

/* Of the system: what it would give without swapping. */
static double
footprint_system(void)
{
	double kb;
	long pages, size;

	kb = footprint_read("/proc/meminfo", "\nMemAvailable:");
	if (kb < HUGE_VAL)
		return (kb * 1024);
	pages = sysconf(_SC_PHYS_PAGES);
	size = sysconf(_SC_PAGESIZE);
	return (pages > 0 && size > 0 ? (double)pages * (double)size / 2 :
	    HUGE_VAL);
}

/* Of the control group that a container puts us into. */
static double
footprint_group(void)
{
	double max, used;

	max = footprint_read("/sys/fs/cgroup/memory.max", "");
	used = footprint_read("/sys/fs/cgroup/memory.current", "");
	return (max < HUGE_VAL && used < max ? max - used : max);
}

static double
footprint_own(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_AS, &limit) != 0 ||
	    limit.rlim_cur == RLIM_INFINITY)
		return (HUGE_VAL);
	return ((double)limit.rlim_cur);
}

double
footprint_available(void)
{

	return (fmin(footprint_system(), fmin(footprint_group(),
	    footprint_own())));
}

/* ---- both -------------------------------------------------------------- */

void
footprint_add(GString *s, double bytes)
{
	static const char *const units[] = { "bytes", "kB", "MB", "GB", "TB" };
	unsigned i;

	for (i = 0; bytes >= 999.5 && i + 1 < G_N_ELEMENTS(units); i++)
		bytes /= 1000;
	g_string_append_printf(s, bytes < 9.95 && i > 0 ? "%.1f %s" :
	    "%.0f %s", bytes, units[i]);
}

/*
 * What a run takes is `wanted', of which a recording is all looked through.
 *
 * Errors:	one run is larger than the limit.
 */
static bool
footprint_one_fits(const struct scenario *sc, double limit,
    const char *whose, double *wanted, GError **error)
{
	g_autoptr(GString) text = NULL;
	struct estimate est;
	unsigned variant;

	*wanted = footprint_scenario(sc, &variant);
	if (*wanted <= limit)
		return (true);
	estimate_run(&sc->variants[variant].conf, &est);
	text = g_string_new(NULL);
	g_string_append_printf(text, "%s: variant %s holds up to about ",
	    sc->path, sc->variants[variant].name);
	number_add_count(text, (uint64_t)(est.held + 0.5));
	g_string_append(text, " connections at a time, which takes about ");
	effort_add(text, effort_run(&sc->variants[variant].conf));
	g_string_append(text, " of a CPU and about ");
	footprint_add(text, *wanted);
	g_string_append_printf(text, "; %s ", whose);
	footprint_add(text, limit);
	g_string_append(text, ": lower a rate, a lifetime or the duration, or "
	    "raise --memory");
	g_set_error_literal(error, PROBLEM_DOMAIN, 0, text->str);
	return (false);
}

/* Of so much, beside `kept' bytes; 0: what there is. */
static bool
footprint_fits_beside(const struct scenario *sc, double limit, double kept,
    unsigned *jobs, GError **error)
{
	g_autoptr(GString) text = NULL;
	const char *whose;
	double wanted;

	whose = limit > 0 ? "--memory allows" : "there is";
	if (limit <= 0)
		limit = footprint_available();
	if (!footprint_one_fits(sc, limit, whose, &wanted, error))
		return (false);
	if (kept == 0 || wanted + kept <= limit) {
		*jobs = (unsigned)fmax(1, fmin(*jobs, (limit - kept) /
		    wanted));
		return (true);
	}
	text = g_string_new(NULL);
	g_string_append_printf(text, "%s: the results of %u runs take about ",
	    sc->path, sc->nvariants * sc->replications);
	footprint_add(text, kept);
	g_string_append_printf(text, "; %s ", whose);
	footprint_add(text, limit);
	g_string_append(text, ": lengthen scenario.interval, lower "
	    "scenario.replications, or raise --memory");
	g_set_error_literal(error, PROBLEM_DOMAIN, 0, text->str);
	return (false);
}

bool
footprint_fits(const struct scenario *sc, double limit, unsigned *jobs,
    GError **error)
{

	return (footprint_fits_beside(sc, limit, 0, jobs, error));
}

bool
footprint_fits_all(const struct scenario *sc, double limit, unsigned *jobs,
    GError **error)
{
	unsigned runs;
	double kept;

	runs = sc->nvariants * sc->replications;
	/* One more is in the run that is under way. */
	kept = runs < 2 ? 0 : footprint_results(sc) * (runs - 1) / runs;
	return (footprint_fits_beside(sc, limit, kept, jobs, error));
}
