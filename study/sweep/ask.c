/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A question becomes runs; see ask.h.
 */

#include <math.h>
#include <string.h>

#include "models/freebsd/variant.h"
#include "models/machine/assembly.h"
#include "models/stacks/stack.h"
#include "sim/kassert.h"
#include "study/run/crew.h"
#include "study/scenario/effort.h"
#include "study/scenario/footprint.h"
#include "study/scenario/load.h"
#include "study/scenario/paper_rule.h"
#include "study/scenario/settings.h"
#include "study/scenario/stack_name.h"
#include "study/sweep/ask.h"
#include "study/text/problem.h"

/* ---- the scenario ------------------------------------------------------ */

/* The range, by the names that the kernel has for it. */
static void
ask_range(GString *t, const char *name, const char *first, const char *last)
{
	static const char *const keys[][2] = {
		{ "net.inet.ip.portrange.first",
		    "net.inet.ip.portrange.last" },
		{ "net.inet.ip.anonportmin", "net.inet.ip.anonportmax" },
		{ "net.inet.ip.portfirst", "net.inet.ip.portlast" },
		{ "smallest_anon_port", "largest_anon_port" }
	};
	const struct stack *stack;
	unsigned i;

	stack = stack_name_find(name);
	if (stack == NULL || stack->sysctls == NULL)
		stack = NULL;		/* FreeBSD's, or refused later */
	for (i = 0; stack != NULL && i < G_N_ELEMENTS(keys) &&
	    stack_default(stack, keys[i][0]) == NULL; i++)
		continue;
	if (i == G_N_ELEMENTS(keys))
		g_string_append_printf(t, "net.ipv4.ip_local_port_range = "
		    "%s %s\n", first, last);
	else
		g_string_append_printf(t, "%s = %s\n%s = %s\n", keys[i][0],
		    first, keys[i][1], last);
}

/* The knob that sets how long TIME_WAIT lasts, as the kernel calls it. */
static const char *
ask_msl_key(const char *name)
{
	const struct stack *stack;

	stack = stack_name_find(name);
	return (stack != NULL && stack->sysctls != NULL &&
	    stack_default(stack, "_time_wait_interval") != NULL ?
	    "_time_wait_interval" : "net.inet.tcp.msl");
}

static char *
ask_text(const struct ask *q, const struct ask_scale *s)
{
	g_autofree char *ends = NULL;
	GString *t;
	char *last;

	t = g_string_new("[scenario]\nformat = 1\nname = ask\n");
	g_string_append_printf(t, "duration = %.0fms\nwarmup = %.0fms\n"
	    "[host]\nladdrs = 192.0.2.1*%u\n",
	    (s->warmup + s->window) * 1e3, s->warmup * 1e3, s->laddrs > 0 ?
	    s->laddrs : q->laddrs);
	/* A sysctl may say how many there are; else as many as are wanted. */
	if (s->maxsockets > 0)
		g_string_append_printf(t, "maxsockets = %.0f\n",
		    floor(s->maxsockets / ask_scale_times(s)));
	else if (q->sysctl == NULL || !s->whole)
		g_string_append(t, "maxsockets = 16M\n");
	g_string_append(t, "[kernel]\n");
	if (q->sysctl != NULL)
		g_string_append_printf(t, "include-sysctl = %s\n", q->sysctl);
	if (s->first != 0)
		ends = g_strdup_printf("%u-%u", s->first, s->last);
	else
		ends = g_strdup(q->range);
	if (ends != NULL) {
		last = strchr(ends, '-');
		KASSERT(last != NULL, ("a range without an end: %s", ends));
		*last++ = '\0';
		ask_range(t, q->stack, ends, last);
	}
	if (q->msl != NULL)
		g_string_append_printf(t, "%s = %s\n", ask_msl_key(q->stack),
		    q->msl);
	if (q->kernel != NULL)
		g_string_append_printf(t, "%s\n", q->kernel);
	g_string_append_printf(t, "[workload:it]\nload = poisson\n"
	    "rate = %.6f/s\nlifetime = constant(%.6fms)\nopen = %.0f\n"
	    "bind = %s\nfaddrs = 198.51.100.1*%u\nfport = 443",
	    q->rate / ask_scale_times(s), (double)MAX(q->lifetime, 0) / 1e9,
	    floor(s->open / ask_scale_times(s)), q->bind, s->faddrs > 0 ?
	    s->faddrs : q->faddrs);
	if (q->fports > 1)
		g_string_append_printf(t, "-%u", 443 + q->fports - 1);
	g_string_append_printf(t, "\ncloser = %s\n[variant:now]\n"
	    "stack = %s\n", q->closer, q->stack);
	return (g_string_free(t, FALSE));
}

/* ---- a run ------------------------------------------------------------- */

const char *
ask_error_name(enum ask_error e)
{
	static const char *const names[] = { "EADDRNOTAVAIL", "EADDRINUSE",
	    "ENOBUFS", "another error" };

	return (names[e]);
}

static void
ask_simulate(const struct run_conf *conf, double divided,
    struct ask_run *run)
{
	const struct attempt_counts *c;
	struct run_result *res;
	double span, wanted;
	char buf[16];

	res = run_simulate(conf);
	c = &res->count;
	span = (double)(conf->duration - conf->warmup) / 1e12;
	wanted = MAX((double)c->wanted, 1);
	*run = (struct ask_run){ .done = true, .verdict = res->verdict,
	    .wanted = (double)c->wanted / span * divided,
	    .served = (double)c->ok / span * divided,
	    .failed = (double)c->failed / wanted,
	    .waiting = (double)c->waiting / wanted,
	    .first = res->first_exhaustion == SIM_NEVER ? -1 :
	    (double)res->first_exhaustion / 1e12,
	    .pcbs = (double)res->pcbs_max * divided };
	run->errors[ASK_EADDRNOTAVAIL] = c->eaddrnotavail;
	run->errors[ASK_EADDRINUSE] = c->eaddrinuse;
	run->errors[ASK_ENOBUFS] = c->enobufs;
	run->errors[ASK_OTHER] = c->other;
	(void)g_strlcpy(run->other, paper_rule_error(conf, &conf->workloads[0],
	    bind_has_laddr(conf->workloads[0].bind), buf), sizeof(run->other));
	/* On their way at this moment is not waiting. */
	if (c->waiting <= 3)
		run->waiting = 0;
	run_result_free(res);
}

struct ask_job {
	char		*text;
	double		divided;	/* undivided: times this */
	struct ask_run	*run;
};

/* What is to be run, and who takes the next one. */
struct ask_work {
	GPtrArray	*jobs;		/* of struct ask_job */
	gint		next;		/* atomic */
};

static void
ask_job_free(void *job)
{

	g_free(((struct ask_job *)job)->text);
	g_free(job);
}

/* Until all is taken; a thread of a crew. */
static void
ask_work(void *arg)
{
	struct ask_work *w;
	struct ask_job *j;
	struct scenario *sc;
	struct run_conf conf;
	guint i;

	w = arg;
	while ((i = (guint)g_atomic_int_add(&w->next, 1)) < w->jobs->len) {
		j = w->jobs->pdata[i];
		sc = scenario_load_text(ASK_NAME, j->text, NULL);
		if (sc == NULL)
			continue;
		scenario_conf(sc, 0, 0, &conf);
		ask_simulate(&conf, j->divided, j->run);
		scenario_free(sc);
	}
}

/* ---- remedies ---------------------------------------------------------- */

static void
ask_start(GPtrArray *jobs, const struct ask *q, struct ask_run *run,
    char **text)
{
	const struct ask_scale one = { .divided = 1, .share = 1,
	    .warmup = 1, .window = 1, .whole = true };
	g_autofree char *whole = NULL;
	struct ask_scale s;
	struct ask_job *j;
	struct scenario *sc;

	whole = ask_text(q, &one);
	sc = scenario_load_text(ASK_NAME, whole, NULL);
	if (sc == NULL)
		return;			/* that kernel has no such thing */
	ask_scale_set(&s, q, sc);
	scenario_free(sc);
	j = g_new0(struct ask_job, 1);
	j->text = ask_text(q, &s);
	j->divided = ask_scale_times(&s);
	j->run = run;
	if (text != NULL)
		*text = g_strdup(j->text);
	g_ptr_array_add(jobs, j);
}

static struct ask_fix *
ask_fix(struct ask_answer *a, GPtrArray *jobs, const struct ask *q,
    const char *what, char *how, const char *price)
{
	struct ask_fix *f;

	f = &a->fixes[a->nfixes++];
	*f = (struct ask_fix){ .what = what, .how = how, .price = price };
	ask_start(jobs, q, &f->run, NULL);
	return (f);
}

static void
ask_fix_addresses(struct ask_answer *a, GPtrArray *jobs,
    const struct ask *q)
{
	struct ask r;

	r = *q;
	r.laddrs++;
	if (strcmp(q->bind, "laddr") != 0)
		r.bind = "laddr";
	ask_fix(a, jobs, &r, strcmp(q->bind, "laddr") == 0 ?
	    "one more local address" : "bind in turn, one more address",
	    g_strdup_printf("%u addresses, bind = laddr", r.laddrs),
	    NULL)->wants_new = true;
	if (strcmp(q->bind, "laddr") != 0 && q->laddrs > 1) {
		r.laddrs--;
		ask_fix(a, jobs, &r, "bind to the addresses in turn",
		    g_strdup("bind = laddr"), NULL);
	}
	r = *q;
	r.faddrs++;
	ask_fix(a, jobs, &r, "one more destination",
	    g_strdup_printf("%u of them", r.faddrs), NULL)->wants_new = true;
	if (strcmp(q->bind, "none") != 0) {
		r = *q;
		r.bind = "none";
		ask_fix(a, jobs, &r, "do not bind", g_strdup("bind = none"),
		    NULL);
	}
}

/* "net.inet.ip.anonportmin = 1024, net.inet.ip.anonportmax = 65535" */
static char *
ask_range_how(const char *stack)
{
	GString *t;

	t = g_string_new(NULL);
	ask_range(t, stack, "1024", "65535");
	g_string_truncate(t, t->len - 1);
	g_string_replace(t, "\n", ", ", 0);
	return (g_string_free(t, FALSE));
}

/* Less of it, by the knob that this kernel has for it. */
static void
ask_fix_timewait(struct ask_answer *a, GPtrArray *jobs,
    const struct ask *q)
{
	g_autofree char *half = NULL;
	const struct run_conf *conf;
	const char *key;
	struct ask r;

	conf = &a->paper->variants[0].conf;
	r = *q;
	if (conf->stack->sysctls != NULL &&
	    stack_default(conf->stack, "net.ipv4.tcp_tw_reuse") != NULL) {
		r.kernel = "net.ipv4.tcp_tw_reuse = 1";
		ask_fix(a, jobs, &r, "reuse TIME_WAIT, older than 1 s",
		    g_strdup(r.kernel), "needs timestamps on both sides");
		return;
	}
	key = ask_msl_key(q->stack);
	if (conf->stack->sysctls != NULL &&
	    stack_default(conf->stack, key) == NULL)
		return;			/* a constant there */
	half = g_strdup_printf("%.0fms", strcmp(key, "net.inet.tcp.msl") ==
	    0 ? (double)conf->kernel.msl / 2e9 :
	    ask_scale_timewait(a->paper) * 1e3 / 2);
	r.msl = half;
	ask_fix(a, jobs, &r, strcmp(key, "net.inet.tcp.msl") == 0 ?
	    "half the msl" : "half of TIME_WAIT",
	    g_strdup_printf("%s = %s", key, half), NULL);
}

static void
ask_fix_kernel(struct ask_answer *a, GPtrArray *jobs, const struct ask *q)
{
	const struct run_conf *conf;
	struct ask r;

	conf = &a->paper->variants[0].conf;
	if (conf->kernel.portrange_first > 1024 ||
	    conf->kernel.portrange_last < 65535) {
		r = *q;
		r.range = "1024-65535";
		ask_fix(a, jobs, &r, "the widest range",
		    ask_range_how(q->stack), NULL);
	}
	if (ask_scale_timewait(a->paper) > 0)
		ask_fix_timewait(a, jobs, q);
	if (q->sysctl != NULL) {
		r = *q;
		r.sockets = true;
		ask_fix(a, jobs, &r, "no limit on sockets",
		    g_strdup("kern.ipc.maxsockets = 16777216"), NULL);
	}
	r = *q;
	r.stack = "freebsd-14";
	/* Of the kernels without names of their own, FreeBSD's. */
	if (conf->stack->sysctls == NULL && conf->stack->port_first)
		ask_fix(a, jobs, &r, "a later release",
		    g_strdup("freebsd-14: address and port together"), NULL);
}

/*
 * Bind, and let connect() choose the port: an option of Linux; what a FreeBSD
 * would bear that had it is said to be that.
 */
static void
ask_fix_noport(struct ask_answer *a, GPtrArray *jobs, const struct ask *q)
{
	g_autofree char *with = NULL;
	const struct stack *stack;
	struct ask r;

	stack = a->paper->variants[0].conf.stack;
	r = *q;
	r.bind = "noport";
	if (stack_noport(stack)) {
		ask_fix(a, jobs, &r, "bind without a port",
		    g_strdup("IP_BIND_ADDRESS_NO_PORT"), NULL);
		return;
	}
	if (stack->family != &net_family_freebsd ||
	    strcmp(q->bind, "none") == 0)
		return;
	with = g_strconcat(q->stack, "+noport", NULL);
	r.stack = with;
	ask_fix(a, jobs, &r, "bind without a port: if it could",
	    g_strdup("proposed; no FreeBSD has it"),
	    "no release has it")->wants_new = true;
}

static void
ask_fix_program(struct ask_answer *a, GPtrArray *jobs, const struct ask *q)
{
	struct ask r;

	if (ask_scale_timewait(a->paper) > 0) {
		r = *q;
		r.closer = "remote";
		ask_fix(a, jobs, &r, "let the other side close",
		    g_strdup("closer = remote"),
		    "the TIME_WAIT is theirs");
	}
	r = *q;
	r.rate /= 10;
	r.lifetime *= 10;
	ask_fix(a, jobs, &r, "keep connections ten times as long",
	    g_strdup("a tenth of the connects"), NULL);
	ask_fix_noport(a, jobs, q);
	/* SO_REUSEADDR is an option of bind() alone from 12.2 on. */
	r = *q;
	r.bind = strcmp(q->bind, "laddr") == 0 ?
	    "laddr\nsockopts = reuseaddr" : "any\nsockopts = reuseaddr";
	ask_fix(a, jobs, &r, "SO_REUSEADDR", g_strdup("sockopts = reuseaddr"),
	    "connect() may find its tuple taken: EADDRINUSE");
}

bool
ask_tried(const struct ask_fix *f)
{

	return (f->run.done && f->run.wanted > 0);
}

bool
ask_helps(const struct ask_answer *a, const struct ask_fix *f)
{
	const struct ask_run *now;

	now = &a->base;
	return (f->run.failed + f->run.waiting <
	    ASK_LESS * (now->failed + now->waiting));
}

/* Of those that do as much, first what is at hand. */
static int
ask_fix_order(const void *a, const void *b)
{
	const struct ask_fix *x, *y;
	double fx, fy;

	x = a;
	y = b;
	fx = ask_tried(x) ? x->run.failed + x->run.waiting : 2;
	fy = ask_tried(y) ? y->run.failed + y->run.waiting : 2;
	if (fx != fy)
		return (fx < fy ? -1 : 1);
	if (x->wants_new != y->wants_new)
		return (x->wants_new ? 1 : -1);
	return (strcmp(x->what, y->what));
}

/* ---- the answer -------------------------------------------------------- */

/*
 * What was not said follows from what was counted: TIME_WAIT lasts 2 MSL, so
 * it says how many close a second; how many are open, how long they live.
 */
static bool
ask_derive(struct ask *q, GError **error)
{
	const struct ask_scale one = { .divided = 1, .share = 1,
	    .warmup = 1, .window = 1, .whole = true };
	g_autofree char *text = NULL;
	struct scenario *sc;
	double tw;

	if (q->rate <= 0 && q->timewait > 0) {
		q->rate = 1;
		text = ask_text(q, &one);
		sc = scenario_load_text(ASK_NAME, text, error);
		if (sc == NULL)
			return (false);
		tw = ask_scale_timewait(sc);
		scenario_free(sc);
		q->rate = tw > 0 ? q->timewait / tw : 0;
	}
	if (q->rate <= 0) {
		problem_set(error, "ask: how many connects a second?  Say "
		    "--rate=, or --netstat=FILE with connections in TIME_WAIT");
		return (false);
	}
	if (q->lifetime < 0 && q->open > 0)
		q->lifetime = (simtime)MIN(q->open / q->rate * 1e12, 1e18);
	if (q->lifetime >= 0)
		return (true);
	problem_set(error, "ask: how long does a connection live?  Say "
	    "--lifetime=");
	return (false);
}

static struct scenario *
ask_whole(const struct ask *q, GError **error)
{
	struct ask_scale s = { .divided = 1, .share = 1,
	    .warmup = 1, .window = 1, .whole = true };
	g_autofree char *text = NULL;
	struct scenario *sc, *long_one;
	double all;

	text = ask_text(q, &s);
	sc = scenario_load_text(ASK_NAME, text, error);
	if (sc == NULL)
		return (NULL);
	/* Long enough for all that there may be at a time. */
	all = ask_scale_timewait(sc) + (double)q->lifetime / 1e12;
	s.window = MIN(2 * all + 10, 2e6);
	g_free(text);
	text = ask_text(q, &s);
	long_one = scenario_load_text(ASK_NAME, text, error);
	scenario_free(sc);
	return (long_one);
}

/* Instructions of all jobs. */
static double
ask_effort(const GPtrArray *jobs)
{
	const struct ask_job *j;
	struct scenario *sc;
	double sum;
	guint i;

	sum = 0;
	for (i = 0; i < jobs->len; i++) {
		j = jobs->pdata[i];
		sc = scenario_load_text(ASK_NAME, j->text, NULL);
		if (sc == NULL)
			continue;
		sum += effort_run(&sc->variants[0].conf);
		scenario_free(sc);
	}
	return (sum);
}

/* The question and its remedies, as many at a time as there is room for. */
static bool
ask_run_all(const struct ask *q, struct ask_answer *a, GError **error)
{
	g_autoptr(GPtrArray) jobs =
	    g_ptr_array_new_with_free_func(ask_job_free);
	struct ask_work work = { .jobs = jobs };
	struct crew crew = { .work = ask_work, .fewer = q->fewer,
	    .arg = &work, .wanted = MIN(g_get_num_processors(), 8) };
	struct scenario *sc;

	ask_start(jobs, q, &a->base, &a->text);
	sc = scenario_load_text(ASK_NAME, a->text, error);
	if (sc == NULL || !footprint_fits(sc, q->memory, &crew.wanted,
	    error)) {
		g_clear_pointer(&sc, scenario_free);
		return (false);
	}
	scenario_free(sc);
	ask_fix_addresses(a, jobs, q);
	ask_fix_kernel(a, jobs, q);
	ask_fix_program(a, jobs, q);
	a->effort = ask_effort(jobs);
	if (a->effort > ASK_LONG * EFFORT_PER_S)
		return (true);
	a->effort = 0;
	crew_run(&crew);
	qsort(a->fixes, a->nfixes, sizeof(a->fixes[0]), ask_fix_order);
	return (true);
}

static bool
ask_answer_of(struct ask *q, bool fast, struct ask_answer *a,
    GError **error)
{
	struct ask_scale s;

	*a = (struct ask_answer){ .divided = 1 };
	a->paper = ask_derive(q, error) ? ask_whole(q, error) : NULL;
	if (a->paper == NULL)
		return (false);
	ask_scale_set(&s, q, a->paper);
	a->divided = s.divided;
	a->faddrs = s.faddrs;
	a->laddrs = s.laddrs;
	a->window = s.window;
	return (fast || ask_run_all(q, a, error));
}

bool
ask_answer(struct ask *q, bool fast, struct ask_answer *a, GError **error)
{
	GError *cause = NULL;

	if (ask_answer_of(q, fast, a, &cause))
		return (true);
	ask_option_told(q, cause);
	g_propagate_error(error, cause);
	return (false);
}

void
ask_answer_fini(struct ask_answer *a)
{
	unsigned i;

	for (i = 0; i < a->nfixes; i++)
		g_free(a->fixes[i].how);
	if (a->paper != NULL)
		scenario_free(a->paper);
	g_free(a->text);
}
