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

double
footprint_run(const struct run_conf *conf)
{
	struct estimate est;

	estimate_run(conf, &est);
	return (FOOTPRINT_BASE + FOOTPRINT_CONN * est.held);
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

bool
footprint_fits(const struct scenario *sc, double limit, unsigned *jobs,
    GError **error)
{
	g_autoptr(GString) text = NULL;
	struct estimate est;
	const char *whose;
	unsigned variant;
	double wanted;

	whose = limit > 0 ? "--memory allows" : "there is";
	if (limit <= 0)
		limit = footprint_available();
	wanted = footprint_scenario(sc, &variant);
	if (wanted <= limit) {
		*jobs = (unsigned)fmax(1, fmin(*jobs, limit / wanted));
		return (true);
	}
	estimate_run(&sc->variants[variant].conf, &est);
	text = g_string_new(NULL);
	g_string_append_printf(text, "%s: variant %s holds up to about ",
	    sc->path, sc->variants[variant].name);
	number_add_count(text, (uint64_t)(est.held + 0.5));
	g_string_append(text, " connections at a time, which takes about ");
	effort_add(text, effort_run(&sc->variants[variant].conf));
	g_string_append(text, " of a CPU and about ");
	footprint_add(text, wanted);
	g_string_append_printf(text, "; %s ", whose);
	footprint_add(text, limit);
	g_string_append(text, ": lower a rate, a lifetime or the duration, or "
	    "raise --memory");
	g_set_error_literal(error, PROBLEM_DOMAIN, 0, text->str);
	return (false);
}
