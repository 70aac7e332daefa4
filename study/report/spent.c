/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Where the time of a connect went; see spent.h.
 */

#include <math.h>
#include <string.h>

#include "models/machine/run.h"
#include "sim/time.h"
#include "study/report/spent.h"
#include "study/text/number.h"

static const struct {
	const char	*metric;
	const char	*doing;
} spent_parts[NCAUSES] = {
	[CAUSE_THREAD] = { "connect_thread_us",
	    "waiting for a thread of the program" },
	[CAUSE_CPU] = { "connect_cpu_us", "waiting for a CPU or being woken" },
	[CAUSE_LOCK] = { "connect_lock_us", "waiting for locks" },
	[CAUSE_SEARCH] = { "connect_search_us", "in its own search" },
	[CAUSE_WORK] = { "connect_work_us", "in the rest of its own work" }
};

/* The greatest that is left; NCAUSES: none. */
static unsigned
spent_next(const double *us)
{
	unsigned best, c;

	best = NCAUSES;
	for (c = 0; c < NCAUSES; c++)
		if (us[c] > 0 && (best == NCAUSES || us[c] > us[best]))
			best = c;
	return (best);
}

char *
spent_text(bool (*mean)(const void *, const char *, double *),
    const void *arg)
{
	double all, us[NCAUSES];
	GString *s;
	unsigned c;

	all = 0;
	for (c = 0; c < NCAUSES; c++) {
		if (!mean(arg, spent_parts[c].metric, &us[c]) ||
		    !isfinite(us[c]))
			return (g_strdup("no connect was decided"));
		all += us[c];
	}
	s = g_string_new(NULL);
	number_add_time(s, all, SIM_US);
	g_string_append(s, " a connect");
	while ((c = spent_next(us)) != NCAUSES) {
		g_string_append(s, s->str[s->len - 1] == 't' ? ": " : ", ");
		if (us[c] < all / 1000)
			g_string_append(s, "<0.1 %");
		else
			g_string_append_printf(s, "%.1f %%", 100 * us[c] /
			    all);
		g_string_append_printf(s, " %s", spent_parts[c].doing);
		us[c] = 0;
	}
	return (g_string_free(s, FALSE));
}
