/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What was simulated; see simulated.h.
 */

#include <string.h>

#include "models/machine/load.h"
#include "models/stacks/stack.h"
#include "study/report/moved.h"
#include "study/report/simulated.h"
#include "study/scenario/load_keys.h"
#include "study/scenario/stack_name.h"

#define	SIMULATED_OWN	4		/* settings told of a variant */

/* ---- the first variant ------------------------------------------------- */

static const char *
simulated_said(const struct simulated *s, const char *group, const char *key)
{
	const char *text;

	text = s->said(s->arg, group, key);
	return (text == NULL ? "" : text);
}

/* Does the first variant's kernel have this knob? */
static bool
simulated_has(const struct simulated *s, const char *key)
{
	const struct stack *stack;

	stack = stack_name_find(s->stacks[0]);
	return (stack == NULL || stack->sysctls == NULL ?
	    g_str_has_prefix(key, "net.inet.ip.portrange.") ||
	    strcmp(key, "net.inet.tcp.msl") == 0 :
	    stack_default(stack, key) != NULL);
}

/* The range, by the names that kernels have for it. */
static void
simulated_ports(const struct simulated *s, GString *out)
{
	static const char *const keys[][2] = {
		{ "net.inet.ip.portrange.first",
		    "net.inet.ip.portrange.last" },
		{ "net.inet.ip.anonportmin", "net.inet.ip.anonportmax" },
		{ "net.inet.ip.portfirst", "net.inet.ip.portlast" },
		{ "smallest_anon_port", "largest_anon_port" }
	};
	const char *both;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(keys); i++)
		if (simulated_has(s, keys[i][0])) {
			g_string_append_printf(out, ", ports %s to %s",
			    simulated_said(s, "kernel", keys[i][0]),
			    simulated_said(s, "kernel", keys[i][1]));
			return;
		}
	both = simulated_said(s, "kernel", "net.ipv4.ip_local_port_range");
	if (*both != '\0')
		g_string_append_printf(out, ", ports %s", both);
}

static void
simulated_load(const struct simulated *s, const char *group, GString *out)
{
	static const char *const keys[] = { "rate", "size", "lifetime",
	    "bind", "faddrs", "fport", "closer", "retry" };
	const struct load *load;
	const struct param *p;
	const char *text;
	unsigned i;

	load = load_find(simulated_said(s, group, "load"));
	g_string_append_printf(out, " %s: %s", strchr(group, ':') + 1,
	    simulated_said(s, group, "load"));
	for (i = 0; i < G_N_ELEMENTS(keys); i++) {
		text = simulated_said(s, group, keys[i]);
		p = param_find(group, keys[i]);
		if (*text != '\0' && p != NULL && (load == NULL ||
		    load_takes(load, p)))
			g_string_append_printf(out, ", %s %s", keys[i], text);
	}
	g_string_append_c(out, '.');
}

void
simulated_settings(const struct simulated *s, GString *out)
{
	const struct keyfile_group *group;
	unsigned i;

	g_string_append_printf(out, "%s on %s CPUs, local addresses %s",
	    simulated_said(s, "scenario", "duration"),
	    simulated_said(s, "host", "cpus"),
	    simulated_said(s, "host", "laddrs"));
	simulated_ports(s, out);
	if (simulated_has(s, "net.inet.tcp.msl"))
		g_string_append_printf(out, ", msl %s", simulated_said(s,
		    "kernel", "net.inet.tcp.msl"));
	if (simulated_has(s, "_time_wait_interval"))
		g_string_append_printf(out, ", TIME_WAIT %s", simulated_said(s,
		    "kernel", "_time_wait_interval"));
	g_string_append_c(out, '.');
	for (i = 0; i < s->ini->groups->len; i++) {
		group = s->ini->groups->pdata[i];
		if (g_str_has_prefix(group->name, "workload:"))
			simulated_load(s, group->name, out);
	}
	if (s->nvariants > 1)
		g_string_append_printf(out, " So of %s.", s->variants[0]);
}

/* ---- each variant ------------------------------------------------------ */

/* What it sets and its kernel would not have by itself. */
static void
simulated_own(const struct simulated *s, unsigned v, GString *out)
{
	g_autofree char *group = NULL;
	const struct keyfile_entry *e;
	const struct stack *stack;
	const char *by_itself;
	unsigned i, n;

	stack = stack_name_find(s->stacks[v]);
	group = g_strconcat("variant:", s->variants[v], NULL);
	for (i = n = 0; i < s->ini->entries->len; i++) {
		e = s->ini->entries->pdata[i];
		if (strcmp(e->group, group) != 0 ||
		    strcmp(e->key, "stack") == 0)
			continue;
		by_itself = stack == NULL || stack->sysctls == NULL ||
		    !g_str_has_prefix(e->key, "kernel.") ? NULL :
		    stack_default(stack, e->key + strlen("kernel."));
		if (by_itself != NULL && strcmp(by_itself, e->value) == 0)
			continue;
		if (n++ < SIMULATED_OWN)
			g_string_append_printf(out, ", %s = %s", e->key,
			    e->value);
	}
	if (n > SIMULATED_OWN)
		g_string_append_printf(out, " and %u more in run.ini",
		    n - SIMULATED_OWN);
}

void
simulated_variants(const struct simulated *s, GString *out)
{
	unsigned v;

	for (v = 0; v < s->nvariants; v++) {
		g_string_append_printf(out, "%s%s is %s", v > 0 ? "; " : "",
		    s->variants[v], s->stacks[v]);
		simulated_own(s, v, out);
	}
	g_string_append_c(out, '.');
}

/* ---- which of it moves the result -------------------------------------- */

void
simulated_moves(const struct simulated *s, GString *out)
{
	const struct keyfile_group *group;
	const char *rate, *vary;
	unsigned i;

	if (s->moves != NULL) {
		moved_how(s->moves, out);
		return;
	}
	rate = "";
	vary = NULL;
	for (i = 0; i < s->ini->groups->len && vary == NULL; i++) {
		group = s->ini->groups->pdata[i];
		if (!g_str_has_prefix(group->name, "workload:"))
			continue;
		rate = simulated_said(s, group->name, "rate");
		vary = *rate != '\0' ? group->name : NULL;
	}
	g_string_append(out, "Which of these moves the result most was not "
	    "tried here: pcbsim run --moves tries each at half and at "
	    "double; ");
	if (vary != NULL)
		g_string_append_printf(out, "where it turns, is found by: "
		    "pcbsim limit run.ini --vary=%s.rate=1/s..%s "
		    "--until='failed > 0'; ", vary, rate);
	g_string_append(out, "several at once, by pcbsim sweep. What each "
	    "measured cost moves was tried for seed-2019 alone "
	    "(docs/sensitivity.csv).");
}
