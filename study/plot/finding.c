/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Findings; see finding.h.
 */

#include <math.h>
#include <string.h>

#include "models/machine/run.h"
#include "study/plot/finding.h"
#include "study/text/number.h"

/* A figure of the variant's row of summary.csv; NaN: empty, or not there. */
static double
finding_value(const struct plotdata *pd, const struct plotdata_variant *v,
    const char *metric)
{

	return (plotdata_number(pd->summary, v->row, metric));
}

static void
finding_time(GString *s, const char *before, double value, simtime unit)
{

	g_string_append(s, before);
	number_add_time(s, value, unit);
}

/* Two digits are enough, and none where the whole has two. */
static void
finding_percent(GString *s, double percent)
{

	if (percent >= 10)
		percent = round(percent);
	else
		percent = round(percent * 10) / 10;
	number_add_double(s, percent);
	g_string_append(s, " %");
}

double
finding_ports(const struct plotdata *pd, const struct plotdata_variant *v,
    GString *s)
{
	double failed, waiting, wanted;

	failed = finding_value(pd, v, "failed");
	waiting = finding_value(pd, v, "waiting");
	wanted = finding_value(pd, v, "wanted");
	if (isnan(failed) || isnan(waiting) || isnan(wanted)) {
		failed = finding_value(pd, v, "eaddrnotavail");
		waiting = 0;
		wanted = finding_value(pd, v, "attempts");
	}
	if (failed > 0 || waiting > 0)
		number_add_amount(s, failed);
	else
		g_string_append(s, "none");
	g_string_append(s, " of ");
	number_add_amount(s, wanted);
	g_string_append(s, failed > 0 || waiting > 0 ? " connections fail" :
	    " connections fails");
	if (waiting > 0) {
		g_string_append(s, ", ");
		number_add_amount(s, waiting);
		g_string_append(s, " still wait");
	}
	if (!isnan(v->first_failure_s)) {
		finding_time(s, "; attempts fail from ", v->first_failure_s,
		    SIM_S);
		g_string_append(s, " on");
	}
	return (failed + waiting);
}

double
finding_stalls(const struct plotdata *pd, const struct plotdata_variant *v,
    GString *s)
{
	double most;

	most = finding_value(pd, v, "stall_max_us");
	if (v->stall_length_s > 0) {
		finding_time(s, "others wait up to ", v->stall_length_s,
		    SIM_S);
		g_string_append_printf(s, " for %s, held by %s (%s)",
		    v->stall_lock, v->stall_holder, v->stall_doing);
	} else if (most > 0)
		finding_time(s, "nobody waits for a lock longer than ", most,
		    SIM_US);
	else
		g_string_append(s, "nobody waits for a lock");
	return (isnan(most) ? v->stall_length_s * 1e6 : most);
}

double
finding_latency(const struct plotdata *pd, const struct plotdata_variant *v,
    GString *s)
{
	double most;

	most = finding_value(pd, v, "connect_p999_us");
	if (isnan(most)) {
		g_string_append(s, "no connect was decided");
		return (0);
	}
	finding_time(s, "1 connect of 1,000 takes over ", most, SIM_US);
	finding_time(s, ", half of all over ", finding_value(pd, v,
	    "connect_p50_us"), SIM_US);
	return (most);
}

double
finding_causes(const struct plotdata *pd, const struct plotdata_variant *v,
    GString *s)
{
	static const struct {
		const char	*metric, *what;
	} parts[] = {
		{ "connect_lock_us", "waiting for locks" },
		{ "connect_cpu_us", "waiting for a CPU" },
		{ "connect_thread_us", "waiting for a thread" },
		{ "connect_search_us", "its own search" },
		{ "connect_work_us", "the rest of its own work" }
	};
	double all, part[G_N_ELEMENTS(parts)];
	unsigned i, most;

	for (i = most = 0, all = 0; i < G_N_ELEMENTS(parts); i++) {
		part[i] = finding_value(pd, v, parts[i].metric);
		all += isnan(part[i]) ? 0 : part[i];
		if (part[i] > part[most])
			most = i;
	}
	if (!(all > 0)) {
		g_string_append(s, "no connect was decided");
		return (0);
	}
	finding_time(s, "a connect takes ", all, SIM_US);
	g_string_append(s, " in the mean, ");
	finding_percent(s, 100 * part[most] / all);
	g_string_append_printf(s, " of it %s", parts[most].what);
	return (all);
}

double
finding_addresses(const struct plotdata *pd,
    const struct plotdata_variant *v, GString *s)
{

	(void)pd;
	if (v->address_most >= 1)
		g_string_append(s, v->address_rows == 1 ?
		    "all ports of the address are used" :
		    "all ports of an address are used");
	else {
		g_string_append(s, v->address_rows == 1 ?
		    "the address uses at most " : "no address uses over ");
		finding_percent(s, 100 * v->address_most);
		g_string_append(s, " of its ports");
	}
	if (isinf(v->none_free_s))
		return (v->address_most);
	if (!v->port_first) {
		if (v->address_rows != 1)
			g_string_append(s, ", others' are no obstacle");
		return (v->address_most);
	}
	finding_time(s, v->address_most < 1 ? ", but from " : ", from ",
	    v->none_free_s, SIM_S);
	g_string_append(s, v->address_rows == 1 ? " on" :
	    " on each is used on some address");
	return (v->address_most + 1);
}

double
finding_frozen(const struct plotdata *pd, const struct plotdata_variant *v,
    GString *s)
{
	double all, frozen;
	unsigned i;

	for (i = 0, all = 0; i < pd->nobservers; i++) {
		frozen = v->frozen_s_of[i];
		if (!(frozen > 0))
			continue;
		g_string_append_printf(s, "%s%s %s", all == 0 ? "" : ", ",
		    pd->observers[i].name, all == 0 ? "is frozen " : "");
		number_add_time(s, frozen, SIM_S);
		all += frozen;
	}
	if (all == 0)
		g_string_append(s, "nobody is frozen");
	return (all);
}

double
finding_pcbs(const struct plotdata *pd, const struct plotdata_variant *v,
    GString *s)
{

	(void)pd;
	g_string_append(s, "at most ");
	number_add_amount(s, v->pcbs_max);
	g_string_append(s, " pcbs");
	if (v->timewaits_max > 0) {
		g_string_append(s, ", ");
		number_add_amount(s, v->timewaits_max);
		g_string_append(s, " in TIME_WAIT");
	}
	if (v->over_max > 0) {
		g_string_append(s, ", ");
		number_add_amount(s, v->over_max);
		g_string_append(s, " past it and not freed");
	}
	return (v->over_max + v->timewaits_max / 1e9);
}

/* ---- titles ------------------------------------------------------------ */

/* "freebsd-12-0" says freebsd-12.0, and so does "12.0". */
static bool
finding_says(const char *name, const char *stack)
{
	g_autofree char *plain = NULL;

	plain = g_strdelimit(g_strdup(stack), ".+", '-');
	return (strstr(name, stack) != NULL || strstr(name, plain) != NULL ||
	    g_str_has_suffix(plain, name) || g_str_has_suffix(stack, name));
}

void
finding_name(const char *name, const char *stack, GString *s)
{

	g_string_append(s, name);
	if (!finding_says(name, stack))
		g_string_append_printf(s, " (%s)", stack);
}

/* Which stack a variant is, unless all of several are the same. */
static void
finding_add_name(const struct plotdata *pd, unsigned v, GString *s)
{
	const char *stack;
	unsigned i;

	stack = pd->variants[v].stack;
	for (i = 0; i < pd->nvariants; i++)
		if (strcmp(pd->variants[i].stack, stack) != 0)
			break;
	finding_name(pd->variants[v].name, pd->nvariants > 1 && i ==
	    pd->nvariants ? pd->variants[v].name : stack, s);
}

static void
finding_one(const struct plotdata *pd, finding_fn find, unsigned v,
    const char *before, GString *s)
{

	g_string_append(s, before);
	finding_add_name(pd, v, s);
	g_string_append(s, ": ");
	(void)find(pd, &pd->variants[v], s);
}

static char *
finding_extremes(const struct plotdata *pd, finding_fn find)
{
	double bad[2], how;
	unsigned best, i, worst;
	GString *s;

	best = worst = 0;
	bad[0] = HUGE_VAL;
	bad[1] = -1;
	for (i = 0; i < pd->nvariants; i++) {
		g_autoptr(GString) text = g_string_new(NULL);

		how = find(pd, &pd->variants[i], text);
		if (how < bad[0]) {
			bad[0] = how;
			best = i;
		}
		if (how > bad[1]) {
			bad[1] = how;
			worst = i;
		}
	}
	s = g_string_new(NULL);
	if (bad[0] == bad[1]) {
		finding_one(pd, find, worst, "", s);
		g_string_append(s, "; the others alike");
	} else {
		g_string_append_printf(s, "Of %u the worst, ", pd->nvariants);
		finding_one(pd, find, worst, "", s);
		finding_one(pd, find, best, "; the best, ", s);
	}
	return (g_string_free(s, FALSE));
}

/* Is the same said of both? */
static bool
finding_alike(const struct plotdata *pd, finding_fn find)
{
	g_autoptr(GString) one = g_string_new(NULL);
	g_autoptr(GString) other = g_string_new(NULL);

	(void)find(pd, &pd->variants[0], one);
	(void)find(pd, &pd->variants[1], other);
	return (g_string_equal(one, other));
}

char *
finding_title(const struct plotdata *pd, finding_fn find)
{
	GString *s;
	unsigned i;

	if (pd->nvariants > FINDING_ALL)
		return (finding_extremes(pd, find));
	s = g_string_new(NULL);
	if (pd->nvariants == 2 && finding_alike(pd, find)) {
		finding_add_name(pd, 0, s);
		finding_one(pd, find, 1, " and ", s);
		return (g_string_free(s, FALSE));
	}
	for (i = 0; i < pd->nvariants; i++)
		finding_one(pd, find, i, i > 0 ? "; " : "", s);
	return (g_string_free(s, FALSE));
}
