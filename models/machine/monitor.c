/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Counting and the timeline; see monitor.h.
 */

#include <errno.h>
#include <string.h>

#include <glib.h>

#include "models/machine/lock_uses.h"
#include "models/machine/machine.h"
#include "models/machine/workload.h"
#include "sim/hist.h"

static void monitor_interval_due(struct machine *, unsigned,
    const struct sim_event *);
static void monitor_warm_due(struct machine *, unsigned,
    const struct sim_event *);

void
monitor_init(struct machine *m)
{
	struct run_result *res;
	unsigned i;

	res = m->res;
	res->first_exhaustion = SIM_NEVER;
	res->connect = hist_new();
	res->probes = hist_new();
	res->console = hist_new();
	res->nworkloads = m->conf->nworkloads;
	res->workloads = g_new0(struct workload_result, res->nworkloads);
	for (i = 0; i < res->nworkloads; i++) {
		res->workloads[i].name = m->conf->workloads[i].name;
		res->workloads[i].first_exhaustion = SIM_NEVER;
		res->workloads[i].connect = hist_new();
	}
	m->monitor.slot = machine_slot(m, monitor_interval_due, 0);
	sim_at(m->sim, m->monitor.slot, MIN(m->conf->interval,
	    m->conf->duration));
	m->monitor.slot_warm = machine_slot(m, monitor_warm_due, 0);
	if (m->conf->warmup > 0)
		sim_at(m->sim, m->monitor.slot_warm, m->conf->warmup);
}

void
monitor_dest(struct machine *m, uint32_t faddr, uint16_t fport)
{
	struct monitor *mon;
	unsigned i;

	mon = &m->monitor;
	for (i = 0; i < mon->ndests; i++)
		if (mon->dests[i].faddr == faddr &&
		    mon->dests[i].fport == fport)
			return;
	if (mon->ndests == MONITOR_MAXDESTS)
		return;
	mon->dests[mon->ndests].faddr = faddr;
	mon->dests[mon->ndests].fport = fport;
	mon->ndests++;
}

/* ---- attempts and searches --------------------------------------------- */

static void
attempt_count(struct attempt_counts *ac, int error)
{

	ac->attempts++;
	if (error == 0)
		ac->ok++;
	else if (error == EADDRNOTAVAIL)
		ac->eaddrnotavail++;
	else if (error == EADDRINUSE)
		ac->eaddrinuse++;
	else
		ac->other++;
}

void
monitor_attempt(struct machine *m, const struct thread *t)
{
	struct workload_result *wr;
	const struct conn *c;
	struct run_result *res;
	simtime now;
	int error;

	now = machine_now(m);
	res = m->res;
	c = conn_get(&m->conns, t->conn);
	error = t->result.error;
	wr = &res->workloads[c->workload];
	attempt_count(&res->count, error);
	attempt_count(&wr->count, error);
	if (error == EADDRNOTAVAIL) {
		res->first_exhaustion = MIN(res->first_exhaustion, now);
		wr->first_exhaustion = MIN(wr->first_exhaustion, now);
	}
	if (error == 0)
		m->monitor.row.connects_ok++;
	else
		m->monitor.row.connects_failed++;
	hist_add(res->connect, now - c->due);
	hist_add(wr->connect, now - c->due);
	causes_add(&m->causes, &t->spent, c->due, now, error != 0);
	trace_emit(&m->conf->trace, .time = now, .kind = TRACE_ATTEMPT,
	    .who = t->id, .what = (uint32_t)error);
}

void
monitor_search(struct machine *m, const struct thread *t)
{
	const struct net_op *r;
	struct run_result *res;

	res = m->res;
	r = &t->result;
	res->searches++;
	hist_add(res->probes, (int64_t)r->iters);
	res->visits_max = MAX(res->visits_max, r->search.portlist +
	    r->search.connhash);
	trace_emit(&m->conf->trace, .time = machine_now(m),
	    .kind = TRACE_SEARCH, .who = t->id, .what = (uint32_t)r->error,
	    .a = r->iters, .b = t->visits);
}

void
monitor_console(struct machine *m, simtime lag)
{

	hist_add(m->res->console, lag);
	m->monitor.row.console_lag_max = MAX(m->monitor.row.console_lag_max,
	    lag);
}

void
monitor_pcbs(struct machine *m)
{

	m->res->pcbs_max = MAX(m->res->pcbs_max, net_npcbs(m->net));
}

/* ---- stalls ------------------------------------------------------------ */

void
monitor_stalled(void *machine, const struct lock *lk, simtime start,
    simtime length)
{
	const struct thread *t;
	struct machine *m;
	struct run_result *res;
	struct stall *st;

	m = machine;
	res = m->res;
	m->monitor.row.stall_max = MAX(m->monitor.row.stall_max, length);
	res->stall_max = MAX(res->stall_max, length);
	if (length <= m->conf->stall_threshold)
		return;
	if (res->nstalls == RUN_MAXSTALLS) {
		res->stalls_unlisted++;
		return;
	}
	if (res->nstalls == m->monitor.maxstalls) {
		m->monitor.maxstalls = MAX(2 * m->monitor.maxstalls, 64);
		res->stalls = g_renew(struct stall, res->stalls,
		    m->monitor.maxstalls);
	}
	t = lk->last;
	st = &res->stalls[res->nstalls++];
	*st = (struct stall){ .start = start, .length = length,
	    .lock = lk->name, .holder = g_intern_string(t->name),
	    .doing = op_name(t->op), .iterations = t->iters,
	    .visits = t->visits, .waiters = lk->stats->stall_waiters };
}

void
monitor_waiting(void *machine, const struct lock *lk)
{
	struct machine *m;

	m = machine;
	if ((lk == &m->locks[m->plan->search] || bucket_is(&m->buckets, lk)) &&
	    lock_waiters(lk) > m->monitor.row.hash_waiters_max)
		m->monitor.row.hash_waiters_max = lock_waiters(lk);
}

/* How long those who wait now have held others up, at most. */
static simtime
monitor_stall_now(const struct machine *m)
{
	const struct bucket_lock *b;
	simtime now, since;
	unsigned i;

	now = since = machine_now(m);
	for (i = 0; i < PLAN_MAXLOCKS; i++)
		if (m->locks[i].class != NULL)
			since = MIN(since, m->locks[i].stats->stall_start);
	for (b = m->buckets.live; b != NULL; b = b->next)
		since = MIN(since, b->stats.stall_start);
	return (now - since);
}

/* ---- the timeline ------------------------------------------------------ */

/* Time for which the hash lock has been held so far. */
static simtime
monitor_hash_busy(struct machine *m)
{
	const struct lock *lk;

	lk = &m->locks[m->plan->search];
	if (lk->class == NULL)
		return (bucket_busy(&m->buckets, machine_now(m)));
	return (lk->stats->busy + (lk->owner != NULL ? machine_now(m) -
	    lk->held_since : 0));
}

static unsigned
monitor_tuples_free(struct machine *m)
{
	const struct monitor *mon;
	unsigned i, least;

	mon = &m->monitor;
	least = net_ports_total(m->net);
	for (i = 0; i < mon->ndests; i++)
		least = MIN(least, net_tuples_free(m->net,
		    m->conf->host.laddrs[0], mon->dests[i].faddr,
		    mon->dests[i].fport));
	return (least);
}

static void
monitor_row_end(struct machine *m)
{
	struct timeline_row *row;
	struct run_result *res;
	struct monitor *mon;
	simtime busy, now, span;

	mon = &m->monitor;
	res = m->res;
	row = &mon->row;
	now = machine_now(m);
	span = now - mon->row_start;
	if (span == 0)
		return;
	row->time = now;
	row->pcbs = net_npcbs(m->net);
	row->ports_busy = net_ports_busy(m->net);
	row->ports_free_any = net_ports_total(m->net) - row->ports_busy;
	row->tuples_free = monitor_tuples_free(m);
	trace_emit(&m->conf->trace, .time = now, .kind = TRACE_TABLES,
	    .a = row->pcbs, .b = row->ports_free_any);
	row->timewaits = m->timewait.count;
	busy = monitor_hash_busy(m);
	row->hash_hold_frac = (double)(busy - mon->hash_busy) / (double)span;
	row->spin_cpus_mean = tally_mean(&m->sched.spinning, now);
	mon->spun += row->spin_cpus_mean * (double)span;
	tally_reset(&m->sched.spinning, now);
	/* What goes on counts as far as it has got. */
	row->stall_max = MAX(row->stall_max, monitor_stall_now(m));
	row->console_lag_max = MAX(row->console_lag_max, console_waiting(m));
	if (res->nrows == mon->maxrows) {
		mon->maxrows = MAX(2 * mon->maxrows, 64);
		res->rows = g_renew(struct timeline_row, res->rows,
		    mon->maxrows);
	}
	res->rows[res->nrows++] = *row;
	*row = (struct timeline_row){
	    .hash_waiters_max = lock_waiters(&m->locks[m->plan->search]) };
	mon->hash_busy = busy;
	mon->row_start = now;
	causes_interval(m);
	occupancy_interval(m);
}

static void
monitor_interval_due(struct machine *m, unsigned arg,
    const struct sim_event *ev)
{

	(void)arg;
	if (ev->time + m->conf->interval <= m->conf->duration)
		sim_at(m->sim, m->monitor.slot, ev->time + m->conf->interval);
	monitor_row_end(m);
}

/* ---- warm-up ----------------------------------------------------------- */

static void
monitor_forget(struct hist **h)
{

	hist_free(*h);
	*h = hist_new();
}

/* A hold or a stall that goes on counts from now on. */
static void
monitor_forget_lock(const struct lock *lk, struct lock_stats *st, simtime now)
{

	st->acquisitions = st->contested = st->spins = st->sleeps = 0;
	st->busy = lk != NULL && lk->owner != NULL ? lk->held_since - now : 0;
	if (st->stall_start != SIM_NEVER)
		st->stall_start = now;
}

static void
monitor_forget_locks(struct machine *m)
{
	struct bucket_lock *b;
	simtime now;
	unsigned i;

	now = machine_now(m);
	for (i = 0; i < PLAN_MAXLOCKS; i++) {
		if (m->locks[i].class == NULL)
			continue;
		monitor_forget_lock(&m->locks[i], m->locks[i].stats, now);
		monitor_forget(&m->locks[i].stats->hold);
		monitor_forget(&m->locks[i].stats->wait);
	}
	memset(m->lock_uses, 0, sizeof(m->lock_uses));
	if (m->buckets.nkinds == 0)
		return;
	monitor_forget_lock(NULL, &m->buckets.stats, now);
	monitor_forget(&m->buckets.stats.hold);
	monitor_forget(&m->buckets.stats.wait);
	for (b = m->buckets.live; b != NULL; b = b->next) {
		monitor_forget_lock(&b->lock, &b->stats, now);
		b->stats.hold = m->buckets.stats.hold;
		b->stats.wait = m->buckets.stats.wait;
	}
}

/*
 * The warm-up is over: sums, histograms and stalls begin anew.  The timeline
 * goes on, and so does the state of the machine.
 */
static void
monitor_warm_due(struct machine *m, unsigned arg, const struct sim_event *ev)
{
	struct run_result *res;
	struct monitor *mon;
	unsigned i;

	(void)arg;
	res = m->res;
	mon = &m->monitor;
	mon->hash_busy -= monitor_hash_busy(m);
	mon->spun = -tally_mean(&m->sched.spinning, ev->time) *
	    (double)(ev->time - mon->row_start);
	monitor_forget_locks(m);
	monitor_forget(&res->connect);
	monitor_forget(&res->probes);
	monitor_forget(&res->console);
	causes_forget(&m->causes);
	res->count = (struct attempt_counts){ 0 };
	for (i = 0; i < res->nworkloads; i++) {
		res->workloads[i].count = (struct attempt_counts){ 0 };
		monitor_forget(&res->workloads[i].connect);
	}
	res->searches = res->visits_max = 0;
	res->stall_max = res->wait_max = 0;
	res->nstalls = 0;
	res->stalls_unlisted = 0;
	res->frozen = res->unfreeze = 0;
	m->console.frozen_to = 0;
	res->pcbs_max = net_npcbs(m->net);
	res->timewait_recycled = 0;
	res->segments = res->segments_dropped = 0;
}

/* Time that counts. */
static double
monitor_span(const struct machine *m)
{

	return ((double)(machine_now(m) - MIN(m->conf->warmup,
	    machine_now(m))));
}

/* ---- the end ----------------------------------------------------------- */

static void
monitor_waiting_still(struct thread *t, void *machine)
{
	struct machine *m;

	m = machine;
	if (t->waiting != NULL)
		m->res->wait_max = MAX(m->res->wait_max, machine_now(m) -
		    t->wait_since);
}

/* One more lock, held for `busy' in all, into the result. */
static struct lock_result *
monitor_end_lock(struct machine *m, const char *name,
    const struct lock_stats *st, simtime busy)
{
	struct lock_result *lr;
	struct run_result *res;
	double span;

	res = m->res;
	span = monitor_span(m);
	lr = &res->locks[res->nlocks++];
	*lr = (struct lock_result){ .name = name,
	    .acquisitions = st->acquisitions, .contested = st->contested,
	    .spins = st->spins, .sleeps = st->sleeps };
	lr->hold = hist_new();
	hist_merge(lr->hold, st->hold);
	lr->wait = hist_new();
	hist_merge(lr->wait, st->wait);
	lr->busy_frac = span > 0 ? (double)busy / span : 0;
	res->wait_max = MAX(res->wait_max, hist_max(st->wait));
	return (lr);
}

/* A hold in which somebody waits goes on: it counts as far as it has got. */
static void
monitor_end_stall(struct machine *m, const struct lock *lk)
{

	if (lk->stats->stall_start != SIM_NEVER)
		monitor_stalled(m, lk, lk->stats->stall_start,
		    machine_now(m) - lk->stats->stall_start);
}

static void
monitor_end_locks(struct machine *m)
{
	struct lock_result *hash, *lr;
	struct bucket_lock *b;
	const struct lock *lk;
	simtime now;
	unsigned i;

	now = machine_now(m);
	m->res->locks = g_new0(struct lock_result, PLAN_MAXLOCKS + 1);
	hash = NULL;
	for (i = 0; i < PLAN_MAXLOCKS; i++) {
		lk = &m->locks[i];
		if (lk->class == NULL)
			continue;
		monitor_end_stall(m, lk);
		lr = monitor_end_lock(m, lk->name, lk->stats,
		    lk->stats->busy + (lk->owner != NULL ? now -
		    lk->held_since : 0));
		if (i == m->plan->search)
			hash = lr;
	}
	if (m->buckets.nkinds > 0) {
		for (b = m->buckets.live; b != NULL; b = b->next)
			monitor_end_stall(m, &b->lock);
		hash = monitor_end_lock(m, "tcpbuckets", &m->buckets.stats,
		    bucket_busy(&m->buckets, now));
	}
	m->res->hash_hold = hash->hold;
	m->res->hash_wait = hash->wait;
	m->res->hold_busy_frac = hash->busy_frac;
	machine_threads(m, monitor_waiting_still, m);
}

static enum verdict
monitor_verdict(const struct machine *m)
{
	const struct run_result *res;

	res = m->res;
	if (res->frozen_at_end)
		return (VERDICT_NEVER_RECOVERS);
	if (res->frozen > 0)
		return (VERDICT_FREEZES);
	if (res->stall_max > m->conf->stall_threshold)
		return (VERDICT_STALLS);
	if (res->count.eaddrnotavail > 0)
		return (VERDICT_EXHAUSTED);
	return (VERDICT_OK);
}

void
monitor_end(struct machine *m)
{
	struct run_result *res;
	unsigned i;

	res = m->res;
	monitor_row_end(m);
	monitor_end_locks(m);
	res->end = machine_now(m);
	res->events = sim_events(m->sim);
	res->spin_cpu_frac = monitor_span(m) > 0 ? m->monitor.spun /
	    (monitor_span(m) * m->conf->host.cpus) : 0;
	for (i = 0; i < res->nworkloads; i++) {
		res->workloads[i].count.unfinished = m->workloads[i].pending;
		res->count.unfinished += m->workloads[i].pending;
	}
	causes_end(m);
	lock_uses_end(m);
	res->verdict = monitor_verdict(m);
}
