/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Which kernel has which sysctl; see wire_sysctl.h.
 */

#include <string.h>

#include "models/registry.h"
#include "models/stacks/stack.h"
#include "study/scenario/wire_sysctl.h"

/* The stack as it was written: a release's name, or its own. */
static const char *
stack_written(struct settings *st, const char *variant)
{
	g_autofree char *group = g_strconcat("variant:", variant, NULL);
	const struct value *v;

	v = settings_value(st, variant, group, param_find(group, "stack"));
	return (v == NULL ? "" : v->text);
}

/* Sysctls that not every kernel has. */
static bool
stack_has(const struct stack *stack, const char *release,
    const struct param *p)
{

	if (stack->sysctls != NULL)
		return (stack_default(stack, p->key) != NULL);
	if (strcmp(p->key, "net.inet.ip.portrange.randomcps") == 0)
		return (stack_reads(stack, "randomcps"));
	if (strcmp(p->key, "net.inet.ip.portrange.randomtime") == 0)
		return (stack_reads(stack, "randomtime"));
	if (strcmp(p->key, "net.inet.tcp.require_unique_port") == 0)
		return (stack_reads(stack, "require_unique_port"));
	if (strcmp(p->key, "net.inet.ip.connect_inaddr_wild") == 0)
		return (stack_release_reads(stack, release,
		    "connect_inaddr_wild"));
	if (g_str_has_prefix(p->key, "net.inet.ip.portrange.hi") ||
	    g_str_has_prefix(p->key, "net.inet.ip.portrange.low"))
		return (net_family_ranges(stack->family));
	if (strcmp(p->key, "net.inet.tcp.maxtcptw") == 0)
		return (stack->timewait == TIMEWAIT_CAPPED);
	return ((p->flags & PARAM_OTHERS) == 0);
}

bool
wire_sysctl_has(struct settings *st, const char *variant,
    const struct param *p)
{
	const struct stack *stack;

	stack = settings_stack(st, variant);
	return (stack == NULL || stack_has(stack, stack_written(st, variant),
	    p));
}

/* Written down, and not as it is anyway. */
static bool
sysctl_set(struct settings *st, const char *variant, const struct param *p)
{

	return (p->def == NULL ||
	    strcmp(settings_value(st, variant, "kernel", p)->text,
	    p->def) != 0);
}

/* ---- names of other kernels -------------------------------------------- */

/* Has any release of the stack's kernel that sysctl? */
static bool
kernel_has(const struct stack *stack, const struct param *p)
{
	const struct stack *const *other;

	for (other = registry_stacks; *other != NULL; other++)
		if ((*other)->family == stack->family &&
		    stack_has(*other, (*other)->name, p))
			return (true);
	return (false);
}

/* The same under the name that the variant's kernel has for it; or NULL. */
static const char *
sysctl_elsewhere(struct settings *st, const char *variant, const char *key)
{
	static const char *const same[][6] = {
		{ "net.inet.ip.portrange.first", "net.inet.ip.portfirst",
		    "net.inet.ip.anonportmin", "smallest_anon_port",
		    "net.ipv4.ip_local_port_range", NULL },
		{ "net.inet.ip.portrange.last", "net.inet.ip.portlast",
		    "net.inet.ip.anonportmax", "largest_anon_port",
		    "net.ipv4.ip_local_port_range", NULL },
		{ "net.inet.tcp.msl", "_time_wait_interval", NULL },
		{ "net.inet.tcp.finwait2_timeout",
		    "net.ipv4.tcp_fin_timeout", NULL },
		{ "net.inet.tcp.keepinit", "net.ipv4.tcp_syn_retries", NULL }
	};
	unsigned i, k;

	for (i = 0; i < G_N_ELEMENTS(same); i++) {
		if (!g_strv_contains(same[i], key))
			continue;
		for (k = 0; same[i][k] != NULL; k++)
			if (wire_sysctl_has(st, variant, param_find("kernel",
			    same[i][k])))
				return (same[i][k]);
	}
	return (NULL);
}

/*
 * Nobody has it.  Under a kernel's own name that is a mistake, and so is an
 * option; another kernel's names come with what was pasted into a file, and
 * mean nothing here.
 */
static void
sysctl_unused(struct settings *st, const struct param *p,
    const struct keyfile_entry *base)
{
	g_autofree char *hint = NULL;
	const char *elsewhere, *variant;
	const struct stack *stack;
	bool freebsd, ours;
	guint i;

	elsewhere = NULL;
	for (i = 0, freebsd = ours = false; i < st->variants->len; i++) {
		variant = st->variants->pdata[i];
		stack = settings_stack(st, variant);
		ours = ours || stack == NULL || kernel_has(stack, p);
		freebsd = freebsd || stack == NULL || stack->sysctls == NULL;
		if (elsewhere == NULL && stack != NULL)
			elsewhere = sysctl_elsewhere(st, variant, p->key);
	}
	hint = elsewhere == NULL ? g_strdup("") : g_strconcat("; in its "
	    "place there is ", elsewhere, NULL);
	if (pasted_from_file(&st->pasted, base))
		pasted_note(&st->pasted, "%s: [kernel] %s = %s: none of the "
		    "variants' stacks has such a sysctl%s", base->where,
		    base->key, base->value, hint);
	else if (freebsd && g_str_has_prefix(p->key, "net.ipv4."))
		pasted_linux(&st->pasted, base->where, base->key,
		    base->value);
	else if (!ours && !st->written &&
	    !g_hash_table_contains(st->options, base->where))
		pasted_note(&st->pasted, "%s: [kernel] %s is left out: none "
		    "of the variants' stacks reads it%s", base->where,
		    base->key, hint);
	else
		settings_problem(st, base, "none of the variants' stacks has "
		    "such a sysctl%s", hint);
}

/* A sysctl of the base must mean something to one variant at least. */
static void
check_sysctl(struct settings *st, const struct param *p)
{
	const struct keyfile_entry *base, *own;
	const char *variant;
	bool used;
	guint i;

	if (p->flags & PARAM_INCLUDES)
		return;			/* no sysctl, but a file of them */
	base = settings_entry(st, NULL, "kernel", p);
	used = base == NULL || !sysctl_set(st, NULL, p);
	for (i = 0; i < st->variants->len; i++) {
		variant = st->variants->pdata[i];
		own = settings_own(st, variant, "kernel", p);
		if (wire_sysctl_has(st, variant, p))
			used = true;
		else if (own != NULL && sysctl_set(st, variant, p))
			settings_problem(st, own, "%s has no such sysctl",
			    settings_stack(st, variant)->name);
	}
	if (!used)
		sysctl_unused(st, p, base);
}

void
wire_sysctl_check(struct settings *st)
{
	const struct param *p;

	for (p = param_table; p->group != NULL; p++)
		if (strcmp(p->group, "kernel") == 0)
			check_sysctl(st, p);
}
