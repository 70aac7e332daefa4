/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The metrics: of a run, of a workload, of an observer; see metric.h.
 *
 * Most are a field of the result: the table says where it is and how to read
 * it.  The few that are not have a function.
 */

#include "models/stacks/stack.h"
#include "study/run/metric.h"
#include "study/run/metric_rows.h"

static void
take_variant(const struct metric_run *r, struct metric_value *v)
{

	v->text = r->variant;
}

static void
take_stack(const struct metric_run *r, struct metric_value *v)
{

	v->text = r->conf->stack->name;
}

static void
take_chooses(const struct metric_run *r, struct metric_value *v)
{

	v->text = r->conf->stack->port_first ? "port-first" : "tuple";
}

static void
take_replication(const struct metric_run *r, struct metric_value *v)
{

	v->count = r->conf->replication + 1;
}

static void
take_seed(const struct metric_run *r, struct metric_value *v)
{

	v->count = r->conf->seed;
}

static void
take_verdict(const struct metric_run *r, struct metric_value *v)
{

	v->text = verdict_name(r->res->verdict);
	v->count = r->res->verdict;
}

/* "screen+ssh" */
static void
take_frozen(const struct metric_run *r, struct metric_value *v)
{
	GString *names;
	unsigned i;

	names = g_string_new(NULL);
	for (i = 0; i < r->res->nobservers; i++)
		if (r->res->observers[i].frozen > 0)
			g_string_append_printf(names, "%s%s", names->len > 0 ?
			    "+" : "", r->res->observers[i].name);
	v->text = g_intern_string(names->str);
	g_string_free(names, TRUE);
}

static void
take_errors(const struct metric_run *r, struct metric_value *v)
{
	const struct attempt_counts *c;

	c = &r->res->count;
	v->count = c->eaddrnotavail + c->eaddrinuse + c->enobufs + c->other;
}

static void
take_stalls(const struct metric_run *r, struct metric_value *v)
{

	v->count = r->res->nstalls + r->res->stalls_unlisted;
}

static void
take_ports_busy_end(const struct metric_run *r, struct metric_value *v)
{

	v->count = r->res->ports_busy_end;
	v->none = !r->res->looked;
}

static void
take_ports_busy_max(const struct metric_run *r, struct metric_value *v)
{

	v->count = r->res->ports_busy_max;
	v->none = !r->res->looked;
}

static void
take_rho(const struct metric_run *r, struct metric_value *v)
{

	v->none = r->res->rho < 0;
	v->number = r->res->rho;
}

/* What a run has as a whole, and each of its workloads: of METRIC_OF. */
#define	BOTH_COUNTS							\
	UP("attempts", COUNT, "", NEUTRAL, 0, U64, count.attempts,	\
	    "bind() and connect() tried, retries too"),			\
	UP("ok", COUNT, "", HIGHER, 0, U64, count.ok,			\
	    "attempts that got a connection"),				\
	UP("eaddrnotavail", COUNT, "", LOWER, 0, U64, count.eaddrnotavail, \
	    "attempts that failed for want of a port"),			\
	UP("eaddrinuse", COUNT, "", LOWER, 0, U64, count.eaddrinuse,	\
	    "attempts that failed because their own choice was taken")
#define	BOTH_OTHER_COUNTS						\
	UP("other", COUNT, "", LOWER, 0, U64, count.other,		\
	    "attempts that failed with another error"),			\
	OF("unfinished", COUNT, "", LOWER, 0, U64, count.unfinished,	\
	    "attempts that were due and not decided when the run ended")
/* Of connections, not of attempts: each is counted once. */
#define	BOTH_FAILED							\
	OF("failed", COUNT, "", LOWER, 0, U64, count.failed,		\
	    "connections that got an error and were never opened")
#define	BOTH_WANTED							\
	OF("wanted", COUNT, "", NEUTRAL, 0, U64, count.wanted,		\
	    "connections due, each once: served + failed + waiting"),	\
	UP("served", COUNT, "", HIGHER, 0, U64, count.ok,		\
	    "connections that were opened"),				\
	OF("waiting", COUNT, "", LOWER, 0, U64, count.waiting,		\
	    "connections that had no answer yet when the run ended"),	\
	UP("enobufs", COUNT, "", LOWER, 0, U64, count.enobufs,		\
	    "attempts that failed because the kernel had no more sockets")
#define	BOTH_TIMES							\
	OF("first_exhaustion_s", TIME, "s", HIGHER, SIM_S, TIME,	\
	    first_exhaustion, "when the first EADDRNOTAVAIL was returned"), \
	QU("connect_p50_us", "us", SIM_US, connect, 1, 2,		\
	    "connect latency from when it was due, of who still waits at " \
	    "the end so far: median"),					\
	QU("connect_p99_us", "us", SIM_US, connect, 99, 100,		\
	    "connect latency, of who waits at the end so far: 99 of 100 " \
	    "are not later"),						\
	QU("connect_p999_us", "us", SIM_US, connect, 999, 1000,		\
	    "connect latency, of who waits at the end so far: 999 of 1000 " \
	    "are not later"),						\
	QU("connect_max_us", "us", SIM_US, connect, 1, 1,		\
	    "connect latency, of who waits at the end so far: the latest")

/* What a group of threads did. */
#define	THREADS(n, field, d)						\
	OF(n "_cpus", DOUBLE, "", LOWER, 0, DOUBLE, field.cpus,		\
	    d ": on a CPU, mean number"),				\
	OF(n "_spinning", DOUBLE, "", LOWER, 0, DOUBLE, field.spinning,	\
	    d ": of those, spinning for locks"),			\
	OF(n "_blocked", DOUBLE, "", LOWER, 0, DOUBLE, field.blocked,	\
	    d ": asleep for locks, mean number")

#define	METRIC_OF	run_result
const struct metric metric_table[] = {
	FN("variant", TEXT, "", NEUTRAL, 0, take_variant,
	    "column of the comparison"),
	FN("stack", TEXT, "", NEUTRAL, 0, take_stack, "kernel's stack"),
	FN("replication", COUNT, "", NEUTRAL, 0, take_replication,
	    "1 for the first"),
	FN("seed", COUNT, "", NEUTRAL, 0, take_seed,
	    "of the scenario; streams derive from it and the replication"),
	BOTH_COUNTS,
	BOTH_TIMES,
	UP("searches", COUNT, "", NEUTRAL, 0, U64, searches,
	    "searches for a local port"),
	OF("probes_mean", DOUBLE, "", LOWER, 0, MEAN, probes,
	    "candidate ports looked at in a search, mean"),
	UP("probes_max", COUNT, "", LOWER, 0, MAX, probes,
	    "candidate ports looked at in a search, most"),
	UP("visits_max", COUNT, "", LOWER, 0, U64, visits_max,
	    "list nodes visited in one search, most"),
	OF("hold_max_us", TIME, "us", LOWER, SIM_US, MAX, hash_hold,
	    "longest hold of the hash lock"),
	OF("hold_busy_frac", DOUBLE, "", LOWER, 0, DOUBLE, hold_busy_frac,
	    "share of time in which the hash lock is held exclusively"),
	UP("stall_max_us", TIME, "us", LOWER, SIM_US, TIME, stall_max,
	    "longest interval in which somebody waits for one hold of a lock"),
	OF("spin_cpu_frac", DOUBLE, "", LOWER, 0, DOUBLE, spin_cpu_frac,
	    "share of all CPU time spent spinning for locks"),
	QU("console_p99_ms", "ms", SIM_MS, console, 99, 100,
	    "lag of the first observer: 99 of 100 ticks are not later"),
	UP("console_max_ms", TIME, "ms", LOWER, SIM_MS, MAX, console,
	    "lag of the first observer: the latest tick"),
	UP("frozen_s", TIME, "s", LOWER, SIM_S, TIME, frozen,
	    "time in which the first observer missed its deadline"),
	OF("unfreeze_s", TIME, "s", LOWER, SIM_S, TIME, unfreeze,
	    "the first observer's longest time to unfreeze, freezes that "
	    "are near as one"),
	UP("pcbs_max", COUNT, "", NEUTRAL, 0, U64, pcbs_max,
	    "pcbs in the tables, most"),
	FU("verdict", VERDICT, "", LOWER, 0, take_verdict,
	    "0 ok, 1 fails, 2 exhausted, 3 stalls, 4 freezes, "
	    "5 never-recovers, 6 panics"),
	BOTH_FAILED,
	BOTH_OTHER_COUNTS,
	UP("wait_max_us", TIME, "us", LOWER, SIM_US, TIME, wait_max,
	    "longest single wait for a lock"),
	FU("stalls", COUNT, "", LOWER, 0, take_stalls,
	    "stalls above scenario.stall-threshold"),
	UP("timewait_recycled", COUNT, "", LOWER, 0, U64, timewait_recycled,
	    "connections in TIME_WAIT closed early because of the cap"),
	UP("segments", COUNT, "", HIGHER, 0, U64, segments,
	    "inbound segments processed"),
	UP("segments_dropped", COUNT, "", LOWER, 0, U64, segments_dropped,
	    "inbound segments dropped: the receive queue was full"),
	FN("ports_busy_end", COUNT, "", NEUTRAL, 0, take_ports_busy_end,
	    "ports of the range that any pcb holds when the run ends"),
	FN("ports_busy_max", COUNT, "", NEUTRAL, 0, take_ports_busy_max,
	    "ports of the range that any pcb holds, most"),
	OF("frozen_at_end", COUNT, "", LOWER, 0, BOOL, frozen_at_end,
	    "1 if some observer was still frozen when the run ended"),
	OF("end_s", TIME, "s", NEUTRAL, SIM_S, TIME, end,
	    "simulated time reached"),
	OF("complete", COUNT, "", HIGHER, 0, BOOL, complete,
	    "0 if the run was stopped early"),
	OF("connect_thread_us", TIME, "us", LOWER, SIM_US, TIME,
	    spent[CAUSE_THREAD], "mean of a connect's latency: waiting for a "
	    "thread of its program"),
	OF("connect_cpu_us", TIME, "us", LOWER, SIM_US, TIME,
	    spent[CAUSE_CPU], "mean of a connect's latency: waiting for a "
	    "CPU, or being woken"),
	OF("connect_lock_us", TIME, "us", LOWER, SIM_US, TIME,
	    spent[CAUSE_LOCK], "mean of a connect's latency: waiting for "
	    "locks"),
	OF("connect_search_us", TIME, "us", LOWER, SIM_US, TIME,
	    spent[CAUSE_SEARCH], "mean of a connect's latency: in its own "
	    "search for a port"),
	OF("connect_work_us", TIME, "us", LOWER, SIM_US, TIME,
	    spent[CAUSE_WORK], "mean of a connect's latency: in the rest of "
	    "its own work"),
	FN("chooses", TEXT, "", NEUTRAL, 0, take_chooses, "what a connect() "
	    "that is not bound chooses: port-first, or a tuple"),
	BOTH_WANTED,
	FU("errors", COUNT, "", LOWER, 0, take_errors,
	    "attempts that failed, whatever the error, retries too"),
	UP("accepted", COUNT, "", HIGHER, 0, U64, accepted,
	    "connections from outside that the server accepted"),
	UP("accept_refused", COUNT, "", LOWER, 0, U64, accept_refused,
	    "connections from outside that were refused: the accept queue was "
	    "full, or so it was recorded"),
	UP("accept_max_ms", TIME, "ms", LOWER, SIM_MS, MAX, accept,
	    "longest from the arrival of a SYN until it was accepted"),
	OF("accept_mean_ms", TIME, "ms", LOWER, SIM_MS, MEAN, accept,
	    "mean time from the arrival of a SYN until it was accepted"),
	THREADS("rx", rx, "receive threads"),
	THREADS("netisr", netisr, "netisr 0"),
	THREADS("clock", clock, "softclock"),
	THREADS("users", users, "threads of programs"),
	FN("frozen", TEXT, "", NEUTRAL, 0, take_frozen, "observers that missed "
	    "their deadline, joined by +"),
	OF("lapsed", COUNT, "", LOWER, 0, U64, lapsed,
	    "connections that a timer closed: SYNs without an answer, and "
	    "those in FIN_WAIT_2"),
	FN("rho", DOUBLE, "", LOWER, 0, take_rho,
	    "attempts due a second times what one holds the lock over "
	    "searches; above 1 they never get done"),
	OF("recover_s", TIME, "s", LOWER, SIM_S, TIME, recover,
	    "from when the last workload stopped until nobody failed and no "
	    "observer was late any more"),
	{ .name = NULL }
};
#undef METRIC_OF

#define	METRIC_OF	workload_result
const struct metric metric_workload_table[] = {
	BOTH_COUNTS,
	BOTH_OTHER_COUNTS,
	BOTH_TIMES,
	BOTH_FAILED,
	BOTH_WANTED,
	OF("busy_max_ms", TIME, "ms", LOWER, SIM_MS, TIME, busy_max,
	    "longest that one of its threads was at one connection: an event "
	    "loop stands still so long"),
	OF("call_mean_us", TIME, "us", LOWER, SIM_US, MEAN, call,
	    "from its first bind() or connect() until that is decided, over "
	    "the loopback until it is accepted, of who waits at the end so "
	    "far: mean"),
	OF("call_max_us", TIME, "us", LOWER, SIM_US, MAX, call,
	    "from its first bind() or connect() until that is decided, over "
	    "the loopback until it is accepted, of who waits at the end so "
	    "far: the longest"),
	UP("accepted", COUNT, "", HIGHER, 0, U64, accepted,
	    "its connections that the server here accepted: recorded as "
	    "coming in, or over the loopback"),
	UP("accept_refused", COUNT, "", LOWER, 0, U64, accept_refused,
	    "those that it refused"),
	UP("accept_max_ms", TIME, "ms", LOWER, SIM_MS, TIME, accept_max,
	    "longest from the arrival of such a SYN until it was accepted"),
	{ .name = NULL }
};
#undef METRIC_OF

#define	METRIC_OF	observer_result
const struct metric metric_observer_table[] = {
	QU("p99_ms", "ms", SIM_MS, lag, 99, 100,
	    "its lag: 99 of 100 ticks are not later"),
	UP("max_ms", TIME, "ms", LOWER, SIM_MS, MAX, lag,
	    "its lag: the latest tick"),
	OF("mean_ms", TIME, "ms", LOWER, SIM_MS, MEAN, lag,
	    "its lag: mean"),
	UP("frozen_s", TIME, "s", LOWER, SIM_S, TIME, frozen,
	    "time in which it missed its deadline"),
	OF("unfreeze_s", TIME, "s", LOWER, SIM_S, TIME, unfreeze,
	    "longest time to unfreeze, freezes that are near as one"),
	OF("waited", TEXT, "", NEUTRAL, 0, TEXT, waited,
	    "stage of its chain in which the longest lag was spent most"),
	{ .name = NULL }
};
#undef METRIC_OF
