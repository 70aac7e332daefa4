/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */


/*
 * Neighbours of a setting; see neighbour.h.
 */

#include <string.h>

#include "models/machine/load.h"
#include "models/stacks/stack.h"
#include "study/run/neighbour.h"
#include "study/scenario/load_keys.h"

#define	NEIGHBOUR_WHERE	"--moves"	/* for messages */
#define	NEIGHBOUR_QUEUES 8		/* inbound.queues = 0: at most */
#define	NEIGHBOUR_PORT	1024		/* no range begins lower */

/* Whose, and where they go. */
struct neighbours {
	const struct scenario *sc;
	const struct variant *variant;
	struct run_conf	conf;		/* of the variant */
	GPtrArray	*all;
};

void
neighbour_free(void *neighbour)
{
	struct neighbour *n;
	unsigned i;

	n = neighbour;
	for (i = 0; i < n->nchanges; i++) {
		g_free(n->paths[i]);
		g_free(n->values[i]);
	}
	g_free(n->setting);
	g_free(n->from);
	g_free(n->to);
	g_free(n);
}

/* ---- how it is set ----------------------------------------------------- */

static struct neighbour *
neighbour_new(struct neighbours *s, const char *setting, const char *from,
    const char *to)
{
	struct neighbour *n;

	n = g_new0(struct neighbour, 1);
	n->setting = g_strdup(setting);
	n->from = g_strdup(from);
	n->to = g_strdup(to);
	g_ptr_array_add(s->all, n);
	return (n);
}

/*
 * The variant's own path, which no other variant has to bear; but a list of
 * addresses is counted where it stands, and some keys are nobody's own.
 */
static void
neighbour_change(const struct neighbours *s, struct neighbour *n,
    const char *group, const struct param *p, const char *value)
{
	unsigned i;

	i = n->nchanges++;
	if (settings_own(s->sc->settings, s->variant->name, group, p) ==
	    NULL && (p->type == PARAM_ADDRS ||
	    (p->flags & PARAM_NO_VARIANT) != 0))
		n->paths[i] = g_strdup_printf("%s.%s", group, p->key);
	else
		n->paths[i] = g_strdup_printf("variant:%s.%s.%s",
		    s->variant->name, group, p->key);
	n->values[i] = g_strdup(value);
	n->changes[i] = (struct override){ n->paths[i], n->values[i],
	    NEIGHBOUR_WHERE };
}

static void
neighbour_add(struct neighbours *s, const char *group, const struct param *p,
    const char *from, const char *to)
{
	g_autofree char *setting = NULL;

	if (strcmp(from, to) == 0)
		return;
	setting = g_strdup_printf("%s.%s", group, p->key);
	neighbour_change(s, neighbour_new(s, setting, from, to), group, p, to);
}

static const struct value *
neighbour_value(const struct neighbours *s, const char *group,
    const struct param *p)
{

	return (p == NULL ? NULL : settings_value(s->sc->settings,
	    s->variant->name, group, p));
}

/* ---- what a value becomes ---------------------------------------------- */

static uint64_t
neighbour_scale(uint64_t v, bool twice)
{

	return (!twice ? v / 2 : v > UINT64_MAX / 2 ? v : 2 * v);
}

static void
neighbour_number(struct neighbours *s, const char *group,
    const struct param *p, uint64_t v)
{
	uint64_t to;
	int twice;

	for (twice = 0; twice < 2; twice++) {
		g_autoptr(GString) a = g_string_new(NULL);
		g_autoptr(GString) b = g_string_new(NULL);

		to = neighbour_scale(v, twice != 0);
		if (v == 0 || to < MAX(p->min, 1) ||
		    (p->max != 0 && to > p->max))
			continue;
		if (p->type == PARAM_ADDRS) {
			g_string_append_c(a, '*');
			g_string_append_c(b, '*');
		}
		param_add_number(p, a, v);
		param_add_number(p, b, to);
		neighbour_add(s, group, p, a->str, b->str);
	}
}

static void
neighbour_profile(struct neighbours *s, const char *group,
    const struct value *v)
{
	unsigned i;
	int twice;

	for (twice = 0; twice < 2; twice++) {
		g_autofree struct rate_step *steps = NULL;
		g_autoptr(GString) to = g_string_new(NULL);

		steps = g_memdup2(v->list, v->n * sizeof(*steps));
		for (i = 0; i < v->n; i++) {
			steps[i].rate = neighbour_scale(steps[i].rate,
			    twice != 0);
			if (steps[i].rate > v->param->max)
				return;
		}
		profile_add(to, steps, v->n);
		neighbour_add(s, group, v->param, v->text, to->str);
	}
}

static void
neighbour_dist(struct neighbours *s, const char *group,
    const struct value *v)
{
	struct distribution ds;
	int twice;

	/* What was recorded has no knob. */
	if (v->distribution.dist.kind == DIST_EMPIRICAL)
		return;
	for (twice = 0; twice < 2; twice++) {
		g_autoptr(GString) to = g_string_new(NULL);

		ds = v->distribution;
		ds.dist.a = (simtime)neighbour_scale((uint64_t)ds.dist.a,
		    twice != 0);
		ds.dist.b = (simtime)neighbour_scale((uint64_t)ds.dist.b,
		    twice != 0);
		if (MAX(ds.dist.a, ds.dist.b) > DIST_MAX)
			return;
		distribution_add(to, &ds);
		neighbour_add(s, group, v->param, v->text, to->str);
	}
}

/* Who closes: the other side. */
static void
neighbour_closer(struct neighbours *s, const char *group,
    const struct value *v)
{

	neighbour_add(s, group, v->param, v->text,
	    strcmp(v->text, "remote") == 0 ? "local" : "remote");
}

static void
neighbour_key(struct neighbours *s, const char *group, const char *key)
{
	const struct param *p;
	const struct value *v;

	p = param_find(group, key);
	v = neighbour_value(s, group, p);
	if (v == NULL || v->is_word)
		return;
	switch (p->type) {
	case PARAM_ADDRS:
		neighbour_number(s, group, p, v->n);
		break;
	case PARAM_PROFILE:
		neighbour_profile(s, group, v);
		break;
	case PARAM_DIST:
		neighbour_dist(s, group, v);
		break;
	case PARAM_CHOICE:
		neighbour_closer(s, group, v);
		break;
	default:
		neighbour_number(s, group, p, v->number);
		break;
	}
}

/* ---- ports ------------------------------------------------------------- */

static void
neighbour_range(unsigned lo, unsigned hi, bool twice, unsigned *first,
    unsigned *last)
{
	unsigned n;

	n = hi - lo + 1;
	*first = lo;
	*last = twice ? MIN(lo + 2 * n - 1, 65535) : lo + MAX(n / 2, 1) - 1;
	if (twice && *last - lo + 1 < 2 * n)
		*first = MIN(lo, MAX(*last + 1 - MIN(2 * n, *last),
		    NEIGHBOUR_PORT));
}

/* Of two keys, or of one with both ends. */
static void
neighbour_ports_of(struct neighbours *s, const struct param *a,
    const struct param *b, unsigned lo, unsigned hi)
{
	unsigned first, last;
	int twice;

	for (twice = 0; twice < 2; twice++) {
		g_autofree char *from = NULL, *to = NULL;
		g_autofree char *x = NULL, *y = NULL;
		struct neighbour *n;

		neighbour_range(lo, hi, twice != 0, &first, &last);
		if (first == lo && last == hi)
			continue;
		from = g_strdup_printf("%u-%u", lo, hi);
		to = g_strdup_printf("%u-%u", first, last);
		x = b == NULL ? g_strdup_printf("%u %u", first, last) :
		    g_strdup_printf("%u", first);
		y = g_strdup_printf("%u", last);
		n = neighbour_new(s, "ports", from, to);
		neighbour_change(s, n, "kernel", a, x);
		if (b != NULL)
			neighbour_change(s, n, "kernel", b, y);
	}
}

/* Does the variant's kernel have this knob? */
static bool
neighbour_knob(const struct neighbours *s, const char *key)
{
	const struct stack *stack;

	stack = s->conf.stack;
	return (stack->sysctls == NULL ?
	    g_str_has_prefix(key, "net.inet.ip.portrange.") ||
	    strcmp(key, "net.inet.tcp.msl") == 0 :
	    stack_default(stack, key) != NULL);
}

static void
neighbour_ports(struct neighbours *s)
{
	static const char *const keys[][2] = {
		{ "net.inet.ip.portrange.first",
		    "net.inet.ip.portrange.last" },
		{ "net.inet.ip.anonportmin", "net.inet.ip.anonportmax" },
		{ "net.inet.ip.portfirst", "net.inet.ip.portlast" },
		{ "smallest_anon_port", "largest_anon_port" },
		{ "net.ipv4.ip_local_port_range", NULL }
	};
	const struct param *a, *b;
	const struct value *x, *y;
	uint64_t first, last;
	char *rest;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(keys); i++)
		if (neighbour_knob(s, keys[i][0]))
			break;
	if (i == G_N_ELEMENTS(keys))
		return;
	a = param_find("kernel", keys[i][0]);
	b = keys[i][1] == NULL ? NULL : param_find("kernel", keys[i][1]);
	x = neighbour_value(s, "kernel", a);
	y = b == NULL ? x : neighbour_value(s, "kernel", b);
	if (x == NULL || y == NULL)
		return;
	first = x->number;
	last = y->number;
	if (b == NULL) {
		first = g_ascii_strtoull(x->text, &rest, 10);
		last = g_ascii_strtoull(rest, NULL, 10);
	}
	if (MIN(first, last) > 0 && MAX(first, last) <= 65535)
		neighbour_ports_of(s, a, b, (unsigned)MIN(first, last),
		    (unsigned)MAX(first, last));
}

/* ---- all of them ------------------------------------------------------- */

static void
neighbour_kernel(struct neighbours *s)
{
	static const char *const keys[] = { "net.inet.tcp.msl",
	    "_time_wait_interval" };
	unsigned i;

	neighbour_ports(s);
	for (i = 0; i < G_N_ELEMENTS(keys); i++)
		if (neighbour_knob(s, keys[i]))
			neighbour_key(s, "kernel", keys[i]);
}

static void
neighbour_inbound(struct neighbours *s)
{
	const struct param *p;
	const struct value *v;

	neighbour_key(s, "inbound", "segments");
	neighbour_key(s, "inbound", "accepts");
	if (s->conf.inbound.segments == 0 && s->conf.inbound.accepts == 0)
		return;
	p = param_find("inbound", "queues");
	v = neighbour_value(s, "inbound", p);
	if (v != NULL)
		neighbour_number(s, "inbound", p, v->number > 0 ?
		    v->number : MIN(s->conf.host.cpus, NEIGHBOUR_QUEUES));
}

static void
neighbour_workload(struct neighbours *s, const char *name)
{
	static const char *const keys[] = { "rate", "size", "lifetime",
	    "think", "speed", "laddrs", "faddrs", "closer" };
	g_autofree char *group = g_strconcat("workload:", name, NULL);
	const struct load *load;
	const struct value *v;
	unsigned i;

	v = neighbour_value(s, group, param_find(group, "load"));
	load = v == NULL ? NULL : v->ref;
	for (i = 0; i < G_N_ELEMENTS(keys); i++)
		if (load == NULL || load_takes(load, param_find(group,
		    keys[i])))
			neighbour_key(s, group, keys[i]);
}

GPtrArray *
neighbour_all(const struct scenario *sc, unsigned variant)
{
	struct neighbours s = { .sc = sc, .variant = &sc->variants[variant] };
	unsigned i;

	s.all = g_ptr_array_new_with_free_func(neighbour_free);
	scenario_conf(sc, variant, 0, &s.conf);
	neighbour_key(&s, "host", "cpus");
	neighbour_key(&s, "host", "laddrs");
	neighbour_kernel(&s);
	for (i = 0; i < sc->settings->workloads->len; i++)
		neighbour_workload(&s, sc->settings->workloads->pdata[i]);
	neighbour_inbound(&s);
	return (s.all);
}
