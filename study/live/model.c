/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The simulator, watched at the hash lock; see model.h.
 */

#include <string.h>

#include <glib.h>

#include "models/freebsd/variant.h"
#include "models/machine/assembly.h"
#include "models/machine/load.h"
#include "models/machine/machine.h"
#include "models/machine/workload.h"
#include "models/pcb/layout.h"
#include "models/stacks/stack.h"
#include "study/live/model.h"
#include "study/text/problem.h"

/* What a thread of the simulator is at. */
struct watched {
	struct thread	*thread;
	uint32_t	op;		/* under the lock; LIVE_NONE: not */
	int		idx;		/* among the real ones; -1: none yet */
};

/* The last operation on a connection of the simulator. */
struct traced {
	uint32_t	op;		/* LIVE_NONE: none */
	uint32_t	sock;
};

struct watch {
	const struct machine *m;
	GArray		*ops;		/* of struct live_op */
	GArray		*outcomes;	/* of struct live_outcome */
	GArray		*threads;	/* of struct watched, by thread.id */
	GArray		*conns;		/* of struct traced, by connection */
	GArray		*cpus;		/* of int */
	uint32_t	nsocks;
};

void
live_ops_free(struct live_ops *o)
{

	if (o == NULL)
		return;
	g_free(o->op);
	g_free(o->model);
	g_free(o->cpu);
	g_free(o);
}

/* ---- what can be done -------------------------------------------------- */

static bool
check_workload(const struct workload_conf *wl, GError **error)
{

	if (strcmp(wl->load->name, "closed") == 0 ||
	    strcmp(wl->load->name, "pool") == 0 || wl->retry > 0)
		return (problem_set(error, "workload:%s: its connections are "
		    "due when others are done, which is at another time for "
		    "real; live takes load = poisson, burst or replay, "
		    "without retry", wl->name), false);
	if (wl->bind == BIND_ANY || wl->open > 0)
		return (problem_set(error, "workload:%s: live knows neither "
		    "bind = any nor connections that are open before it "
		    "begins", wl->name), false);
	if (wl->recorded_in != NULL)
		return (problem_set(error, "workload:%s: its recording has "
		    "inbound connections, and nobody opens them to this "
		    "machine; leave out the rows whose dir is in", wl->name),
		    false);
	if (wl->sockopts != 0)
		return (problem_set(error, "workload:%s: live has no socket "
		    "options", wl->name), false);
	return (true);
}

bool
live_model_check(const struct run_conf *conf, unsigned cpus, GError **error)
{
	const struct freebsd_variant *variant;
	unsigned i;

	if (conf->host.cpus > cpus) {
		problem_set(error, "host.cpus = %u: this machine has %u; "
		    "nothing is scaled for you, write a scenario of %u or "
		    "fewer", conf->host.cpus, cpus, cpus);
		return (false);
	}
	variant = conf->stack->variant;
	if (conf->stack->family != &net_family_freebsd ||
	    plan_nbuckets(conf->stack->plan) > 0 ||
	    variant->has_lport_cache || variant->layout->one_level ||
	    conf->stack->proposal != NULL) {
		problem_set(error, "stack = %s: it has locks of its own on "
		    "every bucket or keeps ports apart, or is proposed; live "
		    "does one lock over all, freebsd-11 to freebsd-14",
		    conf->stack->name);
		return (false);
	}
	if (conf->duration > LIVE_MAXSECONDS * SIM_S) {
		problem_set(error, "scenario.duration: it takes as long for "
		    "real; at most %d s, see --seconds", LIVE_MAXSECONDS);
		return (false);
	}
	if (conf->inbound.segments > 0 || conf->inbound.accepts > 0 ||
	    conf->netstat.period > 0) {
		problem_set(error, "inbound and netstat: nobody sends this "
		    "machine segments; leave both out");
		return (false);
	}
	for (i = 0; i < conf->nworkloads; i++)
		if (!check_workload(&conf->workloads[i], error))
			return (false);
	return (true);
}

/* ---- watching ---------------------------------------------------------- */

static void
watch_thread(struct watch *w, struct thread *t)
{
	struct watched *x;
	unsigned had;

	had = w->threads->len;
	if (t->id >= had)
		g_array_set_size(w->threads, t->id + 1);
	for (; had < w->threads->len; had++)
		g_array_index(w->threads, struct watched, had) =
		    (struct watched){ NULL, LIVE_NONE, -1 };
	x = &g_array_index(w->threads, struct watched, t->id);
	x->thread = t;
}

static struct watched *
watch_who(struct watch *w, uint32_t who)
{
	struct thread *t;

	if (who >= w->threads->len || g_array_index(w->threads,
	    struct watched, who).thread == NULL)
		TAILQ_FOREACH(t, &w->m->threads, all)
			watch_thread(w, t);
	return (&g_array_index(w->threads, struct watched, who));
}

static struct traced *
watch_conn(struct watch *w, uint32_t conn)
{
	unsigned had;

	had = w->conns->len;
	if (conn >= had)
		g_array_set_size(w->conns, conn + 1);
	for (; had < w->conns->len; had++)
		g_array_index(w->conns, struct traced, had) =
		    (struct traced){ LIVE_NONE, LIVE_NONE };
	return (&g_array_index(w->conns, struct traced, conn));
}

static enum live_kind
watch_kind(enum op op, bool shared)
{

	if (shared)
		return (LIVE_LOOKUP);
	return (op == OP_BIND ? LIVE_BIND : op == OP_CONNECT ? LIVE_CONNECT :
	    LIVE_REMOVE);
}

/* Does the operation begin an attempt, with a socket of its own? */
static bool
watch_begins(const struct watch *w, const struct traced *last,
    enum live_kind kind)
{

	if (kind == LIVE_BIND || last->op == LIVE_NONE)
		return (true);
	return (kind == LIVE_CONNECT && (g_array_index(w->ops,
	    struct live_op, last->op).kind != LIVE_BIND ||
	    g_array_index(w->outcomes, struct live_outcome,
	    last->op).error != 0));
}

static void
watch_acquired(struct watch *w, struct watched *x, bool shared, simtime now)
{
	struct live_outcome out = { .granted = now };
	struct live_op op = { .after = LIVE_NONE };
	const struct thread *t;
	const struct conn *c;
	struct traced *last;

	t = x->thread;
	c = conn_get(&w->m->conns, t->conn);
	last = watch_conn(w, t->conn);
	if (x->idx < 0) {
		x->idx = (int)w->cpus->len;
		g_array_append_val(w->cpus, t->bound);
	}
	op.kind = watch_kind((enum op)t->op, shared);
	op.thread = (uint32_t)x->idx;
	out.requested = t->wait_since;
	op.due = c->due;
	if (watch_begins(w, last, op.kind)) {
		last->sock = w->nsocks++;
	} else {
		op.after = last->op;
		op.due = out.requested - g_array_index(w->outcomes,
		    struct live_outcome, last->op).released;
	}
	op.sock = last->sock;
	op.laddr = c->laddr;
	op.lport = c->lport;
	op.faddr = c->faddr;
	op.fport = c->fport;
	x->op = last->op = w->ops->len;
	g_array_append_val(w->ops, op);
	g_array_append_val(w->outcomes, out);
}

static void
watch_released(struct watch *w, struct watched *x, simtime now)
{
	struct live_outcome *out;
	const struct thread *t;
	enum live_kind kind;

	out = &g_array_index(w->outcomes, struct live_outcome, x->op);
	kind = g_array_index(w->ops, struct live_op, x->op).kind;
	t = x->thread;
	out->released = now;
	out->worked = now - out->granted;
	if (kind == LIVE_BIND || kind == LIVE_CONNECT) {
		out->error = t->result.error;
		out->iters = t->result.iters;
		out->visits = t->result.total.portlist +
		    t->result.total.connhash;
	}
	x->op = LIVE_NONE;
}

static void
watch_sink(void *arg, const struct trace_rec *rec)
{
	struct watch *w;
	struct watched *x;

	w = arg;
	if (rec->kind == TRACE_SEARCH) {
		x = watch_who(w, rec->who);
		g_array_index(w->ops, struct live_op, x->op).stoprandom =
		    net_stoprandom(w->m->net);
		return;
	}
	if ((rec->kind != TRACE_ACQUIRE && rec->kind != TRACE_RELEASE) ||
	    rec->what != w->m->plan->search)
		return;
	x = watch_who(w, rec->who);
	if (rec->kind == TRACE_ACQUIRE)
		watch_acquired(w, x, rec->a != 0, rec->time);
	else
		watch_released(w, x, rec->time);
}

/* ---- the run ----------------------------------------------------------- */

/* What the real run does not do costs nothing. */
static void
model_costs(const struct costs *from, struct costs *to)
{
	static const enum cost kernel[] = { COST_ROUTE, COST_SYSCALL,
	    COST_SOCKET, COST_TCP_OUTPUT, COST_TCP_INPUT, COST_CALLOUT };
	unsigned i;

	*to = *from;
	for (i = 0; i < G_N_ELEMENTS(kernel); i++) {
		to->curve[kernel[i]].npoints = 1;
		to->curve[kernel[i]].ps[0] = 0;
	}
}

/* What was under the lock when the run ended was not done. */
static void
watch_trim(struct watch *w)
{
	unsigned i;

	for (i = 0; i < w->outcomes->len; i++)
		if (g_array_index(w->outcomes, struct live_outcome,
		    i).released == 0)
			break;
	g_array_set_size(w->outcomes, i);
	g_array_set_size(w->ops, i);
}

static struct live_ops *
watch_ops(struct watch *w, const struct run_conf *conf)
{
	const struct lock_backoff *b;
	struct live_ops *o;

	watch_trim(w);
	b = &w->m->lockset.backoff;
	o = g_new0(struct live_ops, 1);
	o->n = w->ops->len;
	o->op = (struct live_op *)(void *)g_array_free(w->ops, FALSE);
	o->model = (struct live_outcome *)(void *)g_array_free(w->outcomes,
	    FALSE);
	o->nthreads = w->cpus->len;
	o->cpu = (int *)(void *)g_array_free(w->cpus, FALSE);
	o->nsocks = w->nsocks;
	o->pcbs_max = w->m->res->pcbs_max;
	o->duration = conf->duration;
	o->pause = b->pause;
	/* There a step comes before the first delay, too. */
	o->backoff_base = b->linear ? b->base - MIN(b->base, b->step) :
	    MAX(b->base, 1);
	o->backoff_step = b->step;
	o->backoff_max = b->max;
	o->backoff_linear = b->linear;
	g_array_free(w->threads, TRUE);
	g_array_free(w->conns, TRUE);
	return (o);
}

struct live_ops *
live_model_run(const struct run_conf *given, GError **error)
{
	struct run_conf conf;
	struct run_result *res;
	struct assembly *a;
	struct live_ops *o;
	struct costs costs;
	struct watch w;

	memset(&w, 0, sizeof(w));
	w.ops = g_array_new(FALSE, FALSE, sizeof(struct live_op));
	w.outcomes = g_array_new(FALSE, FALSE, sizeof(struct live_outcome));
	w.threads = g_array_new(FALSE, FALSE, sizeof(struct watched));
	w.conns = g_array_new(FALSE, FALSE, sizeof(struct traced));
	w.cpus = g_array_new(FALSE, FALSE, sizeof(int));
	conf = *given;
	model_costs(given->host.costs, &costs);
	conf.host.costs = &costs;
	conf.nobservers = 0;
	conf.trace = (struct trace){ watch_sink, &w };
	res = g_new0(struct run_result, 1);
	a = assembly_new(&conf, res);
	w.m = assembly_machine(a);
	assembly_run(a);
	o = watch_ops(&w, &conf);
	assembly_free(a);
	run_result_free(res);
	if (o->nthreads <= LIVE_MAXTHREADS)
		return (o);
	problem_set(error, "%u threads take the lock, at most %d can for "
	    "real; set threads in each workload", o->nthreads,
	    LIVE_MAXTHREADS);
	live_ops_free(o);
	return (NULL);
}
