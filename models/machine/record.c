/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Counting; see record.h.
 */

#include <errno.h>

#include <glib.h>

#include "models/machine/record.h"
#include "models/plans/plan.h"
#include "sim/hist.h"

void
record_init(struct record *r, const struct run_conf *conf,
    struct run_result *res, const struct sim *sim)
{
	unsigned i;

	*r = (struct record){ .conf = conf, .res = res, .sim = sim };
	res->first_exhaustion = SIM_NEVER;
	res->connect = hist_new();
	res->probes = hist_new();
	res->nworkloads = conf->nworkloads;
	res->workloads = g_new0(struct workload_result, res->nworkloads);
	for (i = 0; i < res->nworkloads; i++) {
		res->workloads[i].name = conf->workloads[i].name;
		res->workloads[i].first_exhaustion = SIM_NEVER;
		res->workloads[i].connect = hist_new();
		res->workloads[i].call = hist_new();
	}
	res->accept = hist_new();
	res->nobservers = conf->nobservers;
	res->observers = g_new0(struct observer_result, res->nobservers);
	for (i = 0; i < res->nobservers; i++) {
		res->observers[i].name = conf->observers[i].name;
		res->observers[i].lag = hist_new();
		res->observers[i].waited = "";
	}
	if (res->nobservers > 0)
		res->console = res->observers[0].lag;
}

/* ---- attempts and searches --------------------------------------------- */

/* NetBSD says that it finds no port in its own way. */
static bool
no_port(int error)
{

	return (error == EADDRNOTAVAIL || error == EAGAIN);
}

static void
attempt_count(struct attempt_counts *ac, int error)
{

	ac->attempts++;
	ac->no_port += no_port(error);
	if (error == 0)
		ac->ok++;
	else if (error == EADDRNOTAVAIL)
		ac->eaddrnotavail++;
	else if (error == EADDRINUSE)
		ac->eaddrinuse++;
	else if (error == ENOBUFS)
		ac->enobufs++;
	else
		ac->other++;
}

/* One more connection that got nothing but errors, or one less. */
static void
failed_count(struct attempt_counts *ac, bool more)
{

	ac->failed += more ? 1 : UINT64_MAX;
	ac->trying += more ? 1 : UINT64_MAX;
}

void
record_not_open(struct record *r, unsigned workload, int error)
{
	struct workload_result *wr;
	struct run_result *res;

	res = r->res;
	wr = &res->workloads[workload];
	record_wanted(r, workload);
	attempt_count(&res->count, error);
	attempt_count(&wr->count, error);
	res->count.failed++;
	wr->count.failed++;
	if (no_port(error))
		res->first_exhaustion = wr->first_exhaustion = 0;
	r->row.connects_failed++;
}

void
record_timed_out(struct record *r, struct conn *c)
{
	struct workload_result *wr;
	struct run_result *res;

	res = r->res;
	wr = &res->workloads[c->workload];
	attempt_count(&res->count, ETIMEDOUT);
	attempt_count(&wr->count, ETIMEDOUT);
	if (!c->failed) {
		c->failed = true;
		failed_count(&res->count, true);
		failed_count(&wr->count, true);
	}
	r->row.connects_failed++;
	r->trouble = sim_now(r->sim);
}

void
record_given_up(struct record *r, unsigned workload)
{

	r->res->count.trying--;
	r->res->workloads[workload].count.trying--;
}

void
record_attempt(struct record *r, const struct thread *t, struct conn *c)
{
	struct workload_result *wr;
	struct run_result *res;
	simtime now;
	int error;

	now = sim_now(r->sim);
	res = r->res;
	error = t->result.error;
	wr = &res->workloads[c->workload];
	attempt_count(&res->count, error);
	attempt_count(&wr->count, error);
	if (c->failed != (error != 0)) {
		c->failed = error != 0;
		failed_count(&res->count, c->failed);
		failed_count(&wr->count, c->failed);
	}
	if (no_port(error)) {
		res->first_exhaustion = MIN(res->first_exhaustion, now);
		wr->first_exhaustion = MIN(wr->first_exhaustion, now);
	}
	if (error == 0)
		r->row.connects_ok++;
	else {
		r->row.connects_failed++;
		r->trouble = now;
	}
	hist_add(res->connect, now - c->due);
	hist_add(wr->connect, now - c->due);
	causes_add(&r->causes, &t->spent, c->due, now, error != 0);
	trace_emit(&r->conf->trace, .time = now, .kind = TRACE_ATTEMPT,
	    .who = t->id, .what = (uint32_t)error);
}

void
record_undecided(struct record *r, const struct thread_spent *spent,
    const struct conn *c)
{
	simtime now;

	now = sim_now(r->sim);
	hist_add(r->res->connect, now - c->due);
	hist_add(r->res->workloads[c->workload].connect, now - c->due);
	causes_add(&r->causes, spent, c->due, now, false);
}

void
record_search(struct record *r, const struct thread *t, uint64_t visits)
{
	const struct net_op *op;
	struct run_result *res;

	res = r->res;
	op = &t->result;
	res->searches++;
	hist_add(res->probes, (int64_t)op->iters);
	res->visits_max = MAX(res->visits_max, visits);
	trace_emit(&r->conf->trace, .time = sim_now(r->sim),
	    .kind = TRACE_SEARCH, .who = t->id, .what = (uint32_t)op->error,
	    .a = op->iters, .b = t->visits);
}

void
record_lag(struct record *r, unsigned observer, simtime lag)
{

	hist_add(r->res->observers[observer].lag, lag);
	r->row.lag_max[observer] = MAX(r->row.lag_max[observer], lag);
}

/* Whose connection the server here has to do with; NULL: no workload's. */
static struct workload_result *
record_served(const struct record *r, const struct conn *c)
{
	unsigned workload;

	workload = c->workload == CONN_INBOUND ? c->caller : c->workload;
	return (workload == CONN_INBOUND ? NULL :
	    &r->res->workloads[workload]);
}

void
record_accepted(struct record *r, const struct conn *c)
{
	struct workload_result *wr;
	simtime took;

	took = sim_now(r->sim) - MAX(c->due, r->conf->warmup);
	wr = record_served(r, c);
	if (wr != NULL) {
		wr->accepted++;
		wr->accept_max = MAX(wr->accept_max, took);
	}
	if (c->workload != CONN_INBOUND)
		return;
	r->res->accepted++;
	if (took >= 0)
		hist_add(r->res->accept, took);
}

void
record_refused(struct record *r, const struct conn *c)
{
	struct workload_result *wr;

	wr = record_served(r, c);
	if (wr != NULL)
		wr->accept_refused++;
	if (c->workload == CONN_INBOUND)
		r->res->accept_refused++;
}

/* ---- stalls ------------------------------------------------------------ */

void
record_stalled(struct record *r, const struct lock *lk, simtime start,
    simtime length)
{
	const struct thread *t;
	struct run_result *res;
	struct stall *st;

	res = r->res;
	r->row.stall_max = MAX(r->row.stall_max, length);
	res->stall_max = MAX(res->stall_max, length);
	if (length <= r->conf->stall_threshold)
		return;
	if (res->nstalls == RUN_MAXSTALLS) {
		res->stalls_unlisted++;
		return;
	}
	if (res->nstalls == r->maxstalls) {
		r->maxstalls = MAX(2 * r->maxstalls, 64);
		res->stalls = g_renew(struct stall, res->stalls,
		    r->maxstalls);
	}
	t = lk->last;
	st = &res->stalls[res->nstalls++];
	*st = (struct stall){ .start = start, .length = length,
	    .lock = lk->name, .holder = g_intern_string(t->name),
	    .doing = op_name(t->op), .iterations = t->iters,
	    .visits = t->visits, .waiters = lk->stats->stall_waiters };
}

void
record_waiters(struct record *r, unsigned waiters)
{

	r->row.hash_waiters_max = MAX(r->row.hash_waiters_max, waiters);
}

void
record_waiting(struct attempt_counts *ac)
{

	ac->waiting = ac->wanted - ac->ok - ac->failed;
}

/* ---- warm-up ----------------------------------------------------------- */

/* Who waits, or will try again, still wants its connection. */
static void
attempt_forget(struct attempt_counts *ac)
{

	record_waiting(ac);
	*ac = (struct attempt_counts){ .failed = ac->trying,
	    .trying = ac->trying, .wanted = ac->trying + ac->waiting };
}

static void
hist_renew(struct hist **h)
{

	hist_free(*h);
	*h = hist_new();
}

void
record_forget(struct record *r, size_t npcbs)
{
	struct run_result *res;
	unsigned i;

	res = r->res;
	hist_renew(&res->connect);
	hist_renew(&res->probes);
	causes_forget(&r->causes);
	attempt_forget(&res->count);
	for (i = 0; i < res->nworkloads; i++) {
		attempt_forget(&res->workloads[i].count);
		hist_renew(&res->workloads[i].connect);
		res->workloads[i].busy_max = 0;
		hist_renew(&res->workloads[i].call);
		res->workloads[i].accepted = 0;
		res->workloads[i].accept_refused = 0;
		res->workloads[i].accept_max = 0;
	}
	for (i = 0; i < res->nobservers; i++) {
		hist_renew(&res->observers[i].lag);
		res->observers[i].lag_max = 0;
		res->observers[i].waited = "";
		res->observers[i].why.nlinks = 0;
	}
	if (res->nobservers > 0)
		res->console = res->observers[0].lag;
	res->searches = res->visits_max = 0;
	res->stall_max = res->wait_max = 0;
	res->nstalls = 0;
	res->stalls_unlisted = 0;
	res->pcbs_max = npcbs;
	res->timewait_recycled = res->lapsed = 0;
	res->segments = res->segments_dropped = 0;
	res->accepted = res->accept_refused = 0;
	hist_renew(&res->accept);
}
