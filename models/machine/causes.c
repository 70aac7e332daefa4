/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Counting connects by cause and latency; see causes.h.
 */

#include <string.h>

#include <glib.h>

#include "models/machine/causes.h"
#include "sim/kassert.h"

static const char *const cause_names[NCAUSES] = {
	[CAUSE_THREAD] = "thread",
	[CAUSE_CPU] = "cpu",
	[CAUSE_LOCK] = "lock",
	[CAUSE_SEARCH] = "search",
	[CAUSE_WORK] = "work"
};

const char *
connect_cause_name(enum connect_cause cause)
{

	KASSERT(cause < NCAUSES, ("cause %d", (int)cause));
	return (cause_names[cause]);
}

void
causes_add(struct causes *cs, const struct thread_spent *spent, simtime due,
    simtime now, bool failed)
{
	simtime most, part[NCAUSES];
	unsigned cause, class, i;

	part[CAUSE_THREAD] = spent->since - due;
	part[CAUSE_LOCK] = spent->locked;
	part[CAUSE_SEARCH] = spent->searched;
	part[CAUSE_WORK] = spent->worked - spent->searched;
	part[CAUSE_CPU] = now - spent->since - spent->locked - spent->worked;
	cause = 0;
	most = -1;
	for (i = 0; i < NCAUSES; i++) {
		cs->sum[i] += (double)part[i];
		KASSERT(part[i] >= 0, ("%s for %jd ps", cause_names[i],
		    (intmax_t)part[i]));
		cause = part[i] > most ? i : cause;
		most = part[i] > most ? part[i] : most;
	}
	cs->n++;
	class = hist_bucket((uint64_t)(now - due)) / CAUSES_FOLD;
	if (cs->pending == 0)
		cs->lowest = cs->highest = class;
	cs->lowest = MIN(cs->lowest, class);
	cs->highest = MAX(cs->highest, class);
	cs->cell[cause][class].count++;
	cs->cell[cause][class].failed += failed;
	cs->pending++;
}

static void
causes_row(struct causes *cs, struct run_result *res, unsigned cause,
    unsigned class, simtime now)
{

	if (res->ncauses == cs->maxrows) {
		cs->maxrows = MAX(2 * cs->maxrows, 64);
		res->causes = g_renew(struct cause_row, res->causes,
		    cs->maxrows);
	}
	res->causes[res->ncauses++] = (struct cause_row){
	    .time = now, .cause = (enum connect_cause)cause,
	    .latency = hist_upper(class * CAUSES_FOLD + CAUSES_FOLD - 1),
	    .count = cs->cell[cause][class].count,
	    .failed = cs->cell[cause][class].failed };
}

void
causes_interval(struct causes *cs, struct run_result *res, simtime now)
{
	unsigned cause, class;

	if (cs->pending == 0)
		return;
	for (cause = 0; cause < NCAUSES; cause++) {
		for (class = cs->lowest; class <= cs->highest; class++)
			if (cs->cell[cause][class].count > 0)
				causes_row(cs, res, cause, class, now);
		memset(&cs->cell[cause][cs->lowest], 0, (cs->highest -
		    cs->lowest + 1) * sizeof(cs->cell[cause][0]));
	}
	cs->pending = 0;
}

void
causes_forget(struct causes *cs)
{

	memset(cs->sum, 0, sizeof(cs->sum));
	cs->n = 0;
}

void
causes_end(const struct causes *cs, struct run_result *res)
{
	unsigned i;

	for (i = 0; i < NCAUSES; i++)
		res->spent[i] = cs->n == 0 ? SIM_NEVER :
		    (simtime)(cs->sum[i] / (double)cs->n);
}
