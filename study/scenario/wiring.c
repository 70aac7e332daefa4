/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * From settings to runs; see wiring.h.
 */

#include <string.h>

#include "models/machine/load.h"
#include "models/machine/workload.h"
#include "models/registry.h"
#include "models/stacks/stack.h"
#include "study/scenario/addr_set.h"
#include "study/scenario/load_keys.h"
#include "study/scenario/replay.h"
#include "study/scenario/wire_ipv4.h"
#include "study/scenario/wire_sysctl.h"
#include "study/scenario/wiring.h"

#define	WIRING_MAXROWS	1000000		/* of a timeline */

/* One variant on its way. */
struct wire {
	struct wiring	*all;
	struct settings	*st;
	const char	*variant;
	struct run_conf	*conf;
	struct workload_conf *workloads;	/* conf->workloads */
	struct replay	**replays;		/* in step; NULL: no replay */
	struct addr_set	local;			/* conf->host.laddrs */
};

/* ---- loads ------------------------------------------------------------- */

static void
load_check_needs(struct wire *w, const char *group, const struct load *load)
{
	const struct keyfile_group *g;
	const struct param *p;

	g = keyfile_group(w->st->keyfile, group);
	for (p = param_table; p->group != NULL; p++)
		if (param_in(p, group) &&
		    load_needs(load, p) && p->def == NULL &&
		    settings_entry(w->st, w->variant, group, p) == NULL)
			problems_add(w->st->problems, "%s: [%s]: load = %s "
			    "needs the key %s", g->where, group, load->name,
			    p->key);
}

/* ---- checks for all variants ------------------------------------------- */

/* In metrics' names a - is a _, so that two of a kind may meet. */
static void
check_metric_names(struct settings *st, const char *kind, GPtrArray *names)
{
	guint i, k;

	for (i = 0; i < names->len; i++)
		for (k = 0; k < i; k++) {
			g_autofree char *x = g_strdup(names->pdata[i]);
			g_autofree char *y = g_strdup(names->pdata[k]);
			g_autofree char *group = g_strconcat(kind, ":",
			    names->pdata[i], NULL);

			if (strcmp(g_strdelimit(x, "-", '_'),
			    g_strdelimit(y, "-", '_')) == 0)
				problems_add(st->problems, "%s: [%s]: its "
				    "metrics would be named as those of "
				    "[%s:%s]", keyfile_group(st->keyfile,
				    group)->where, group, kind,
				    (char *)names->pdata[k]);
		}
}

void
wiring_check(struct wiring *all)
{
	struct settings *st;
	guint i, k;

	st = all->settings;
	check_metric_names(st, "workload", st->workloads);
	check_metric_names(st, "observer", st->observers);
	for (i = 0; i < st->workloads->len; i++) {
		g_autofree char *group = g_strconcat("workload:",
		    st->workloads->pdata[i], NULL);

		load_keys_check(st, NULL, group);
		for (k = 0; k < st->variants->len; k++)
			load_keys_check(st, st->variants->pdata[k], group);
	}
	wire_sysctl_check(st);
}

/* ---- recordings -------------------------------------------------------- */

/* Each file is read once, however many variants replay it. */
static struct replay *
wiring_replay(struct wiring *all, const char *path, bool skip, GError **error)
{
	char *key;
	struct replay *rp;
	guint i;

	key = g_strdup_printf("%d\n%s", skip, path);
	for (i = 0; i < all->replays->len; i++)
		if (strcmp(all->replay_keys->pdata[i], key) == 0) {
			g_free(key);
			return (all->replays->pdata[i]);
		}
	rp = replay_load(path, skip, error);
	if (rp == NULL) {
		g_free(key);
		return (NULL);
	}
	g_ptr_array_add(all->replays, rp);
	g_ptr_array_add(all->replay_keys, key);
	return (rp);
}

/* As fast as it is played, does it still end within simulated time? */
static bool
replay_fits(const struct workload_conf *wc)
{
	double longest;

	longest = MAX((double)wc->recording->longest, 2 * wc->repeat *
	    (double)wc->recording->last);
	if (wc->recorded_in != NULL)
		longest = MAX(longest, MAX((double)wc->recorded_in->longest,
		    2 * wc->repeat * (double)wc->recorded_in->last));
	return (longest * 1e6 / (double)wc->speed_ppm <
	    (double)(SIM_NEVER / 4));
}

static void
wire_replay(struct wire *w, const char *group, unsigned idx)
{
	const struct value *file, *on_error;
	g_autoptr(GError) error = NULL;
	struct workload_conf *wc;
	struct replay *rp;

	wc = &w->workloads[idx];
	file = settings_value(w->st, w->variant, group, param_find(group,
	    "file"));
	on_error = settings_value(w->st, w->variant, group, param_find(group,
	    "on-error"));
	if (file == NULL || on_error == NULL)
		return;
	rp = wiring_replay(w->all, file->text, on_error->number == 1, &error);
	if (rp == NULL) {
		problems_add(w->st->problems, "%s", error->message);
		problems_because(w->st->problems, error);
		return;
	}
	w->replays[idx] = rp;
	wc->recording = &rp->out.rec;
	wc->recorded_in = rp->in.rec.n > 0 ? &rp->in.rec : NULL;
	if (!replay_fits(wc))
		problems_add(w->st->problems, "%s: [%s]: at this speed, "
		    "repeated %u times, the recording lasts longer than 26 "
		    "days", keyfile_group(w->st->keyfile, group)->where, group,
		    wc->repeat);
}

/* ---- addresses --------------------------------------------------------- */

/* Addresses as they come, each once. */
struct laddr_list {
	GArray		*laddrs;
	GHashTable	*seen;
};

static void
laddr_list_add(struct laddr_list *l, uint32_t addr)
{

	if (g_hash_table_add(l->seen, GUINT_TO_POINTER(addr)))
		g_array_append_val(l->laddrs, addr);
}

/* host.laddrs = auto: a primary, and whatever somebody binds or came to. */
static void
wire_laddrs_auto(struct wire *w)
{
	const struct workload_conf *wc;
	struct laddr_list all;
	uint32_t addr;
	unsigned i, k;

	all.laddrs = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	all.seen = g_hash_table_new(NULL, NULL);
	if (net_addr_parse(SETTINGS_PRIMARY, &addr))
		laddr_list_add(&all, addr);
	for (i = 0; i < w->conf->nworkloads; i++) {
		wc = &w->workloads[i];
		for (k = 0; bind_has_laddr(wc->bind) && k < wc->nladdrs; k++)
			laddr_list_add(&all, wc->laddrs[k]);
		for (k = 0; w->replays[i] != NULL &&
		    k < w->replays[i]->nladdrs; k++)
			laddr_list_add(&all, w->replays[i]->laddrs[k].addr);
	}
	g_hash_table_unref(all.seen);
	w->conf->host.nladdrs = all.laddrs->len;
	w->conf->host.laddrs = (uint32_t *)(void *)g_array_free(all.laddrs,
	    FALSE);
	g_ptr_array_add(w->all->pool,
	    (void *)(uintptr_t)w->conf->host.laddrs);
}

static void
wire_laddrs_given(struct wire *w, const struct param *p)
{
	uint32_t twice;
	char buf[16];

	twice = addr_set_twice(&w->local);
	if (twice != 0)
		settings_problem(w->st, settings_entry(w->st, w->variant,
		    "host", p), "%s stands there twice",
		    net_addr_format(twice, buf));
}

/*
 * Where it is asked how many addresses are needed, each workload has to do with
 * those that there are.
 */
static void
wire_laddrs_cut(struct wire *w, struct workload_conf *wc)
{
	const struct keyfile_entry *e;
	uint32_t *kept;
	unsigned i, n;

	e = settings_entry(w->st, w->variant, "host", param_find("host",
	    "laddrs"));
	if (e == NULL || strcmp(e->where, SETTINGS_VARY) != 0)
		return;
	kept = g_new(uint32_t, wc->nladdrs);
	g_ptr_array_add(w->all->pool, kept);
	for (i = n = 0; i < wc->nladdrs; i++)
		if (addr_set_has(&w->local, wc->laddrs[i]))
			kept[n++] = wc->laddrs[i];
	if (n == 0)
		return;			/* none is there: an error */
	wc->laddrs = kept;
	wc->nladdrs = n;
}

/* What a workload binds to must be local; `all' is all that is local. */
static void
wire_laddrs_workload(struct wire *w, unsigned idx)
{
	g_autofree char *group = NULL;
	const struct replay_laddr *la;
	struct workload_conf *wc;
	struct run_conf *conf;
	unsigned k;
	char buf[16];

	conf = w->conf;
	wc = &w->workloads[idx];
	if (wc->nladdrs == 0) {
		wc->nladdrs = conf->host.nladdrs;
		wc->laddrs = conf->host.laddrs;
	}
	group = g_strconcat("workload:", wc->name, NULL);
	wire_laddrs_cut(w, wc);
	for (k = 0; k < wc->nladdrs && wc->laddrs != conf->host.laddrs; k++)
		if (!addr_set_has(&w->local, wc->laddrs[k])) {
			settings_problem(w->st, settings_entry(w->st,
			    w->variant, group, param_find(group, "laddrs")),
			    "%s is not in host.laddrs of variant %s",
			    net_addr_format(wc->laddrs[k], buf), w->variant);
			break;
		}
	for (k = 0; w->replays[idx] != NULL && k < w->replays[idx]->nladdrs;
	    k++) {
		la = &w->replays[idx]->laddrs[k];
		if (!addr_set_has(&w->local, la->addr))
			problems_add(w->st->problems, "%s:%" G_GUINT64_FORMAT
			    ": column laddr: %s is not in host.laddrs; allowed:"
			    " addresses of this host, or host.laddrs = auto",
			    w->replays[idx]->path, la->line,
			    net_addr_format(la->addr, buf));
	}
}

static void
wire_laddrs(struct wire *w)
{
	const struct param *p;
	const struct value *v;
	unsigned i;

	p = param_find("host", "laddrs");
	v = settings_value(w->st, w->variant, "host", p);
	if (v == NULL)
		return;
	if (v->is_word)
		wire_laddrs_auto(w);
	addr_set_init(&w->local, w->conf->host.laddrs, w->conf->host.nladdrs);
	if (!v->is_word)
		wire_laddrs_given(w, p);
	for (i = 0; i < w->conf->nworkloads; i++)
		wire_laddrs_workload(w, i);
	addr_set_fini(&w->local);
}

/* ---- a variant --------------------------------------------------------- */

static void
wire_store(struct wire *w, const char *group, enum param_target target,
    void *to)
{
	const struct param *p;
	const struct value *v;

	for (p = param_table; p->group != NULL; p++) {
		if (p->target != target || !param_in(p, group))
			continue;
		/* Of a sysctl that this kernel lacks there is the default. */
		v = strcmp(group, "kernel") != 0 || wire_sysctl_has(w->st,
		    w->variant, p) ? settings_value(w->st, w->variant, group,
		    p) : settings_default(w->st, p);
		if (v != NULL)
			value_store(v, to);
	}
}

static void
wire_run(struct wire *w)
{
	static const char *const groups[] = { "scenario", "host", "kernel",
	    "inbound", "netstat" };
	g_autofree char *own = g_strconcat("variant:", w->variant, NULL);
	const struct keyfile_entry *e;
	struct run_conf *conf;
	unsigned i;

	conf = w->conf;
	for (i = 0; i < G_N_ELEMENTS(groups); i++)
		wire_store(w, groups[i], PARAM_IN_RUN, conf);
	wire_store(w, own, PARAM_IN_RUN, conf);
	if (conf->kernel.time_wait > 0)
		conf->kernel.msl = conf->kernel.time_wait / 2;
	wire_ipv4(w->st, w->variant, conf);
	if (conf->interval == SIM_NEVER)
		conf->interval = MAX(conf->duration / 600, SIM_US);
	else if (conf->interval > 0 &&
	    conf->duration / conf->interval > WIRING_MAXROWS) {
		e = settings_entry(w->st, NULL, "scenario",
		    param_find("scenario", "interval"));
		settings_problem(w->st, e, "a run has at most %d intervals",
		    WIRING_MAXROWS);
	}
	if (conf->warmup >= conf->duration) {
		e = settings_entry(w->st, NULL, "scenario",
		    param_find("scenario", "warmup"));
		settings_problem(w->st, e, "the run is over before the "
		    "warm-up");
	}
}

/* Of those that it holds, a load cannot have more open than it holds. */
static void
wire_open(struct wire *w, const char *group, const struct workload_conf *wc)
{
	const struct keyfile_entry *e;

	if (wc->open <= wc->size || wc->size == 0 || wc->load->ops->closed ==
	    NULL)
		return;
	e = settings_entry(w->st, w->variant, group, param_find(group,
	    "open"));
	settings_problem(w->st, e, "is more than its size, %u", wc->size);
}

/* A range that the kernel must know of. */
static void
wire_portrange(struct wire *w, const char *group,
    const struct workload_conf *wc)
{
	const struct stack *stack;
	const struct keyfile_entry *e;

	stack = w->conf->stack;
	if (stack == NULL)
		return;
	e = settings_entry(w->st, w->variant, group, param_find(group,
	    "portrange"));
	if (wc->portrange.kind == PORTRANGE_OWN) {
		if (wc->bind != BIND_LADDR_LPORT &&
		    !net_family_own_range(stack->family))
			settings_problem(w->st, e, "%s has no "
			    "IP_LOCAL_PORT_RANGE; with bind = laddr+port the "
			    "program counts its ports itself", stack->name);
	} else if (wc->portrange.kind != PORTRANGE_DEFAULT &&
	    !net_family_ranges(stack->family))
		settings_problem(w->st, e, "%s has no such range",
		    stack->name);
}

/* An option that the kernel must have. */
static void
wire_noport(struct wire *w, const char *group,
    const struct workload_conf *wc)
{
	const struct stack *stack;

	stack = w->conf->stack;
	if (stack == NULL || wc->bind != BIND_NOPORT ||
	    stack_noport(stack))
		return;
	settings_problem(w->st, settings_entry(w->st, w->variant, group,
	    param_find(group, "bind")), "%s has no IP_BIND_ADDRESS_NO_PORT: "
	    "its bind() always takes a port; Linux has it, and who has "
	    "'+noport' behind its name", stack->name);
}

static void
wire_workload(struct wire *w, unsigned idx)
{
	g_autofree char *group = NULL;
	struct workload_conf *wc;

	wc = &w->workloads[idx];
	wc->name = w->st->workloads->pdata[idx];
	group = g_strconcat("workload:", wc->name, NULL);
	wire_store(w, group, PARAM_IN_WORKLOAD, wc);
	if (wc->load == NULL)
		return;
	load_check_needs(w, group, wc->load);
	wire_open(w, group, wc);
	if (load_replays(wc->load))
		wire_replay(w, group, idx);
	wire_portrange(w, group, wc);
	wire_noport(w, group, wc);
	if (wc->bind == BIND_LADDR_LPORT &&
	    wc->portrange.kind == PORTRANGE_DEFAULT &&
	    w->conf->kernel.portrange_first > w->conf->kernel.portrange_last)
		problems_add(w->st->problems, "%s: [%s]: bind = laddr+port "
		    "counts ports from portrange.first up to .last, which is "
		    "below it", keyfile_group(w->st->keyfile, group)->where,
		    group);
}

static void
wire_observers(struct wire *w)
{
	struct observer_conf *oc;
	unsigned i;

	w->conf->nobservers = w->st->observers->len;
	oc = g_new0(struct observer_conf, w->conf->nobservers);
	w->conf->observers = oc;
	g_ptr_array_add(w->all->pool, oc);
	for (i = 0; i < w->conf->nobservers; i++) {
		g_autofree char *group = NULL;

		oc[i].name = w->st->observers->pdata[i];
		group = g_strconcat("observer:", oc[i].name, NULL);
		wire_store(w, group, PARAM_IN_OBSERVER, &oc[i]);
	}
}

void
wiring_variant(struct wiring *all, const char *variant,
    struct run_conf *conf)
{
	struct wire w = {
		.all = all,
		.st = all->settings,
		.variant = variant,
		.conf = conf
	};
	unsigned i;

	memset(conf, 0, sizeof(*conf));
	conf->search = NET_SEARCH_INDEX;
	conf->nworkloads = w.st->workloads->len;
	w.workloads = g_new0(struct workload_conf, conf->nworkloads);
	conf->workloads = w.workloads;
	g_ptr_array_add(all->pool, w.workloads);
	w.replays = g_new0(struct replay *, conf->nworkloads);
	wire_run(&w);
	wire_observers(&w);
	for (i = 0; i < conf->nworkloads; i++)
		wire_workload(&w, i);
	wire_laddrs(&w);
	if (conf->nworkloads == 0 && conf->inbound.segments == 0 &&
	    conf->inbound.accepts == 0)
		problems_add(w.st->problems, "%s: nothing happens: there is no "
		    "[workload:NAME], and no inbound traffic in variant %s",
		    ((struct keyfile_group *)
		    w.st->keyfile->groups->pdata[0])->where, variant);
	g_free(w.replays);
}
