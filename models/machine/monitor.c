/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The timeline and the sums; see monitor.h.
 */

#include <string.h>

#include <glib.h>

#include "models/machine/lock_uses.h"
#include "models/machine/machine.h"
#include "models/machine/measuring.h"
#include "models/machine/monitor.h"
#include "models/machine/observers.h"
#include "models/machine/pending.h"
#include "models/machine/timewait.h"
#include "models/machine/workload.h"
#include "models/net/net.h"
#include "models/stacks/stack.h"
#include "sim/hist.h"
#include "sim/kassert.h"

/* ---- what is watched --------------------------------------------------- */

/* Watch the free tuples towards a destination. */
static void
monitor_dest(struct monitor *mon, uint32_t faddr, uint16_t fport)
{
	unsigned i;

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

_Static_assert(RECORDING_MAXDESTS >= MONITOR_MAXDESTS,
    "what is watched are the first destinations of all");

static void
monitor_dests(struct monitor *mon, const struct workload_conf *wc)
{
	const struct recording *rec;
	unsigned i, k;

	for (i = 0; i < wc->nfaddrs && mon->ndests < MONITOR_MAXDESTS; i++)
		for (k = 0; k < wc->nfports && mon->ndests <
		    MONITOR_MAXDESTS; k++)
			monitor_dest(mon, wc->faddrs[i], wc->fports[k]);
	rec = wc->recording;
	for (i = 0; rec != NULL && i < rec->ndests; i++)
		monitor_dest(mon, rec->dests[i].faddr, rec->dests[i].fport);
}

/* ---- the timeline ------------------------------------------------------ */

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

/* Time for which the hash lock has been held so far. */
static simtime
monitor_hash_busy(const struct machine *m)
{
	const struct lock *lk;

	lk = &m->locks[m->plan->search];
	if (lk->class == NULL)
		return (bucket_busy(&m->buckets, machine_now(m)));
	return (lk->stats->busy + (lk->owner != NULL ? machine_now(m) -
	    lk->held_since : 0));
}

static unsigned
monitor_tuples_free(const struct monitor *mon)
{
	const struct machine *m;
	unsigned i, least;

	m = mon->machine;
	least = net_ports_total(m->net);
	for (i = 0; i < mon->ndests; i++)
		least = MIN(least, net_tuples_free(m->net,
		    m->conf->host.laddrs[0], mon->dests[i].faddr,
		    mon->dests[i].fport));
	return (least);
}

/* To 13.x those whose time is over keep their slots. */
static void
monitor_timewaits(const struct timewait *tw, struct timeline_row *row)
{

	row->timewaits_over = timewait_over(tw);
	row->timewaits = tw->count;
	if (tw->machine->conf->stack->timewait == TIMEWAIT_CAPPED)
		row->timewaits -= row->timewaits_over;
}

/* A row of the timeline: of `span' up to now. */
static void
monitor_row_add(struct monitor *mon, simtime span)
{
	simtime busy, lag[RUN_MAXOBSERVERS];
	struct timeline_row *row;
	struct run_result *res;
	struct machine *m;
	unsigned i;

	m = mon->machine;
	res = m->res;
	row = &m->record.row;
	row->time = machine_now(m);
	row->pcbs = net_npcbs(m->net);
	row->ports_busy = res->ports_busy_end;
	row->ports_free_any = net_ports_total(m->net) - row->ports_busy;
	row->tuples_free = monitor_tuples_free(mon);
	trace_emit(&m->conf->trace, .time = row->time, .kind = TRACE_TABLES,
	    .a = row->pcbs, .b = row->ports_free_any);
	monitor_timewaits(mon->parts.timewait, row);
	busy = monitor_hash_busy(m);
	row->hash_hold_frac = (double)(busy - mon->hash_busy) / (double)span;
	mon->hash_busy = busy;
	/* What goes on counts as far as it has got. */
	row->stall_max = MAX(row->stall_max, monitor_stall_now(m));
	observers_waiting(mon->parts.observers, lag);
	for (i = 0; i < res->nobservers; i++)
		row->lag_max[i] = MAX(row->lag_max[i], lag[i]);
	if (res->nrows == mon->maxrows) {
		mon->maxrows = MAX(2 * mon->maxrows, 64);
		res->rows = g_renew(struct timeline_row, res->rows,
		    mon->maxrows);
	}
	res->rows[res->nrows++] = *row;
	*row = (struct timeline_row){
	    .hash_waiters_max = lock_waiters(&m->locks[m->plan->search]) };
	causes_interval(&m->record.causes, res, machine_now(m));
	occupancy_interval(&mon->occupancy, m);
}

static void
monitor_row_end(struct monitor *mon)
{
	struct machine *m;
	simtime now, span;

	m = mon->machine;
	now = machine_now(m);
	span = now - mon->row_start;
	if (span == 0)
		return;
	m->record.row.spin_cpus_mean = tally_mean(&m->sched.spinning, now);
	mon->spun += m->record.row.spin_cpus_mean * (double)span;
	tally_reset(&m->sched.spinning, now);
	mon->row_start = now;
	m->res->looked = true;
	m->res->ports_busy_end = net_ports_busy(m->net);
	m->res->ports_busy_max = MAX(m->res->ports_busy_max,
	    m->res->ports_busy_end);
	if (!m->conf->rowless)
		monitor_row_add(mon, span);
}

static void
monitor_interval_due(void *monitor, const struct sim_event *ev)
{
	struct monitor *mon;
	struct machine *m;

	mon = monitor;
	m = mon->machine;
	if (ev->time + m->conf->interval <= m->conf->duration)
		sim_at(m->sim, mon->slot, ev->time + m->conf->interval);
	monitor_row_end(mon);
}

/* Time that counts. */
static double
monitor_span(const struct machine *m)
{

	return ((double)(machine_now(m) - MIN(m->conf->warmup,
	    machine_now(m))));
}

/* ---- threads ----------------------------------------------------------- */

/* What it has done, with what it is doing now. */
static struct thread_used
monitor_used(const struct thread *t, simtime now)
{
	struct thread_used u;

	u = t->used;
	if (t->state == THREAD_RUNNING || t->state == THREAD_SPINNING)
		u.ran += now - t->on_since;
	if (t->state == THREAD_SPINNING)
		u.spun += now - t->spin_since;
	if (t->asleep)
		u.blocked += now - t->sleep_since;
	return (u);
}

/* Count from now on. */
static void
monitor_forget_threads(struct machine *m)
{
	struct thread_used u;
	struct thread *t;

	TAILQ_FOREACH(t, &m->threads, all) {
		u = monitor_used(t, machine_now(m));
		t->used.ran -= u.ran;
		t->used.spun -= u.spun;
		t->used.blocked -= u.blocked;
	}
}

static void
monitor_end_threads(struct machine *m)
{
	struct thread_time none, *tt;
	struct thread_time *const of[THREAD_NGROUPS] = {
		[THREAD_OTHER] = &none, [THREAD_RX] = &m->res->rx,
		[THREAD_NETISR] = &m->res->netisr,
		[THREAD_CLOCK] = &m->res->clock, [THREAD_USER] = &m->res->users
	};
	struct thread_used u;
	const struct thread *t;
	double span;

	span = MAX(monitor_span(m), 1);
	none = (struct thread_time){ 0 };
	TAILQ_FOREACH(t, &m->threads, all) {
		u = monitor_used(t, machine_now(m));
		tt = of[t->group];
		tt->cpus += (double)u.ran / span;
		tt->spinning += (double)u.spun / span;
		tt->blocked += (double)u.blocked / span;
	}
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
monitor_warm_due(void *monitor, const struct sim_event *ev)
{
	struct monitor *mon;
	struct machine *m;

	mon = monitor;
	m = mon->machine;
	mon->hash_busy -= monitor_hash_busy(m);
	mon->spun = -tally_mean(&m->sched.spinning, ev->time) *
	    (double)(ev->time - mon->row_start);
	monitor_forget_locks(m);
	monitor_forget_threads(m);
	record_forget(&m->record, net_npcbs(m->net));
	observers_forget(mon->parts.observers);
	measuring_forget(m);
}

/* ---- the end ----------------------------------------------------------- */

/* Waits that go on count as far as they have got. */
static void
monitor_end_waits(struct machine *m)
{
	const struct thread *t;

	TAILQ_FOREACH(t, &m->threads, all)
		if (t->waiting != NULL)
			m->res->wait_max = MAX(m->res->wait_max,
			    machine_now(m) - t->wait_since);
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
		record_stalled(&m->record, lk, lk->stats->stall_start,
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
		/* Of one kind: by its name. */
		hash = monitor_end_lock(m, m->buckets.nkinds == 1 ?
		    m->buckets.kinds[0].name : "tcpbuckets", &m->buckets.stats,
		    bucket_busy(&m->buckets, now));
	}
	KASSERT(hash != NULL, ("no lock of this plan covers a search"));
	m->res->hash_hold = hash->hold;
	m->res->hash_wait = hash->wait;
	m->res->hold_busy_frac = hash->busy_frac;
	monitor_end_waits(m);
}

static enum verdict
monitor_verdict(const struct machine *m)
{
	const struct run_result *res;
	unsigned i;

	res = m->res;
	if (res->panicked)
		return (VERDICT_PANICS);
	if (res->frozen_at_end)
		return (VERDICT_NEVER_RECOVERS);
	for (i = 0; i < res->nobservers; i++)
		if (res->observers[i].frozen > 0)
			return (VERDICT_FREEZES);
	if (res->stall_max > m->conf->stall_threshold)
		return (VERDICT_STALLS);
	if (res->count.no_port > 0)
		return (VERDICT_EXHAUSTED);
	if (res->count.eaddrinuse + res->count.enobufs +
	    res->count.other > 0)
		return (VERDICT_FAILS);
	return (VERDICT_OK);
}

/* Are those who are still there all well? */
static bool
monitor_is_well(const struct run_result *res)
{

	return (!res->panicked && !res->frozen_at_end &&
	    res->count.trying == 0 && res->count.waiting == 0);
}

static simtime
monitor_recover(const struct machine *m)
{
	simtime stopped;
	unsigned i;

	stopped = -1;
	for (i = 0; i < m->conf->nworkloads; i++)
		if (m->conf->workloads[i].stop < m->conf->duration)
			stopped = MAX(stopped, m->conf->workloads[i].stop);
	if (stopped < 0 || !monitor_is_well(m->res))
		return (SIM_NEVER);
	return (MAX(m->record.trouble - stopped, 0));
}

/* What bind(2) and connect(2) held the lock that covers a search. */
static double
monitor_rho(const struct monitor *mon)
{
	static const enum op ops[] = { OP_BIND, OP_CONNECT, OP_MSG_BIND,
	    OP_MSG_CONNECT };
	const struct attempt_counts *c;
	const struct lock_use_sum *hold;
	const struct machine *m;
	double total;
	unsigned i;

	m = mon->machine;
	c = &m->res->count;
	if (m->plan->search >= PLAN_MAXLOCKS ||
	    m->locks[m->plan->search].class == NULL || c->attempts == 0 ||
	    monitor_span(m) <= 0)
		return (-1);
	for (i = 0, total = 0; i < G_N_ELEMENTS(ops); i++) {
		hold = &m->lock_uses[m->plan->search][lock_use_index(ops[i],
		    false)].hold;
		total += (double)hold->total;
	}
	return (total / (double)c->attempts * (double)(c->attempts +
	    c->unfinished) / monitor_span(m));
}

void
monitor_so_far(const struct monitor *mon)
{
	simtime lag[RUN_MAXOBSERVERS];
	const struct observers *os;
	struct run_result *res;
	unsigned i;

	res = mon->machine->res;
	os = mon->parts.observers;
	observers_waiting(os, lag);
	for (i = 0; i < res->nobservers; i++)
		res->observers[i].frozen = lateness_so_far(
		    &os->observer[i].lateness, lag[i]);
	res->frozen = i > 0 ? res->observers[0].frozen : 0;
	res->verdict = monitor_verdict(mon->machine);
}

void
monitor_end(struct monitor *mon)
{
	struct run_result *res;
	struct machine *m;
	unsigned i;

	m = mon->machine;
	res = m->res;
	observers_end(mon->parts.observers);
	for (i = 0; i < res->nworkloads; i++)
		pending_end(&mon->parts.workloads[i]);
	monitor_row_end(mon);
	if (!m->conf->rowless)
		causes_interval(&m->record.causes, res, machine_now(m));
	monitor_end_locks(m);
	res->end = machine_now(m);
	res->events = sim_events(m->sim);
	res->spin_cpu_frac = monitor_span(m) > 0 ? mon->spun /
	    (monitor_span(m) * m->conf->host.cpus) : 0;
	for (i = 0; i < res->nworkloads; i++) {
		res->workloads[i].count.unfinished =
		    mon->parts.workloads[i].pending;
		res->count.unfinished += mon->parts.workloads[i].pending;
		record_waiting(&res->workloads[i].count);
	}
	record_waiting(&res->count);
	res->recover = monitor_recover(m);
	res->rho = monitor_rho(mon);
	causes_end(&m->record.causes, res);
	lock_uses_end(m);
	measuring_result(m);
	monitor_end_threads(m);
	res->verdict = monitor_verdict(m);
}

/* ---- life -------------------------------------------------------------- */

void
monitor_init(struct monitor *mon, struct machine *m,
    const struct monitor_parts *parts)
{
	unsigned i;

	*mon = (struct monitor){ .machine = m, .parts = *parts };
	occupancy_init(&mon->occupancy, m);
	for (i = 0; i < m->conf->nworkloads; i++)
		monitor_dests(mon, &m->conf->workloads[i]);
	mon->slot = machine_slot(m, monitor_interval_due, mon);
	sim_at(m->sim, mon->slot, MIN(m->conf->interval, m->conf->duration));
	mon->slot_warm = machine_slot(m, monitor_warm_due, mon);
	if (m->conf->warmup > 0)
		sim_at(m->sim, mon->slot_warm, m->conf->warmup);
}

void
monitor_fini(struct monitor *mon)
{

	occupancy_fini(&mon->occupancy);
}
