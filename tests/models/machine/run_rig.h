/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Small runs with round figures: nothing costs time but what a test says, and
 * connections are due when it says.
 *
 * Theory:	workload FILL connects RIG_NPORTS unbound sockets to one peer
 *		at time 0, which takes every port of the range.  Any further
 *		search for that peer fails after all of them; it lasts
 *		RIG_NPORTS x what a candidate costs.  Other workloads replay
 *		connections that a test adds one by one.
 */

#ifndef TESTS_MODELS_MACHINE_RUN_RIG_H
#define	TESTS_MODELS_MACHINE_RUN_RIG_H

#include <string.h>

#include <glib.h>

#include "models/cpus/sched.h"
#include "models/machine/load.h"
#include "models/machine/assembly.h"
#include "models/machine/run.h"
#include "models/net/net.h"
#include "models/stacks/stack.h"
#include "sim/hist.h"

#define	RIG_FIRST	10000
#define	RIG_NPORTS	1000
#define	RIG_MAXCONNS	8

enum { FILL, CALLS, OTHERS, RIG_NWORKLOADS };

struct run_rig {
	struct costs	costs;
	struct rate_step rate;
	uint32_t	laddrs[2], faddrs[2];
	uint16_t	fport;
	struct replay_conn conns[RIG_NWORKLOADS][RIG_MAXCONNS];
	struct recording recordings[RIG_NWORKLOADS];
	struct workload_conf wl[RIG_NWORKLOADS];
	struct observer_conf observer;
	struct run_conf	conf;
};

static inline rate_uhz
run_rig_hz(unsigned events)
{

	return ((rate_uhz)events * 1000000);
}

static inline void
run_rig_cost(struct run_rig *r, enum cost c, simtime ps)
{

	r->costs.curve[c].ps[0] = ps;
}

/*
 * A failing search is to last so long, whatever it visits; to fill the range
 * takes as long.
 */
static inline void
run_rig_search(struct run_rig *r, simtime length)
{

	run_rig_cost(r, COST_LPORT_ITER, length / RIG_NPORTS);
	run_rig_cost(r, COST_BIND_ITER, length / RIG_NPORTS);
}

static inline void
run_rig_workloads(struct run_rig *r)
{
	static const char *const names[] = { "fill", "calls", "others" };
	unsigned i;

	for (i = 0; i < RIG_NWORKLOADS; i++) {
		r->recordings[i] = (struct recording){ .ndests = 1,
		    .dests = { { r->faddrs[0], 80 } },
		    .copy = recording_copy_array, .arg = r->conns[i] };
		r->wl[i] = (struct workload_conf){ .name = names[i],
		    .load = load_find("replay"), .nrates = 1,
		    .rates = &r->rate, .bind = BIND_NONE, .nladdrs = 2,
		    .laddrs = r->laddrs, .nfaddrs = 1, .faddrs = r->faddrs,
		    .nfports = 1, .fports = &r->fport,
		    .closer = CLOSER_REMOTE, .rtt = SIM_MS,
		    .stop = SIM_NEVER, .speed_ppm = 1000000, .repeat = 1,
		    .recording = &r->recordings[i],
		    .lifetime = { .kind = DIST_CONSTANT, .a = 600 * SIM_S } };
	}
	r->wl[FILL].load = load_find("burst");
	r->wl[FILL].size = RIG_NPORTS;
	r->wl[FILL].threads = 1;
}

/* Four CPUs; a program that setitimer(2) wakes for 1 ms of one every 10 ms. */
static inline void
run_rig_init(struct run_rig *r, const char *stack)
{
	enum cost c;

	memset(r, 0, sizeof(*r));
	for (c = 0; c < NCOSTS; c++)
		r->costs.curve[c].npoints = 1;
	net_addr_parse("198.51.100.1", &r->laddrs[0]);
	r->laddrs[1] = net_addr_add(r->laddrs[0], 1);
	net_addr_parse("203.0.113.10", &r->faddrs[0]);
	r->faddrs[1] = net_addr_add(r->faddrs[0], 1);
	r->fport = 80;
	run_rig_workloads(r);
	r->observer = (struct observer_conf){ .name = "console",
	    .cpu = UINT_MAX, .kind = OBSERVER_ITIMER,
	    .period = 10 * SIM_MS, .work = SIM_MS,
	    .deadline = 500 * SIM_MS };
	r->conf = (struct run_conf){
		.stack = stack_find(stack), .search = NET_SEARCH_INDEX,
		.seed = 1, .duration = 3 * SIM_S, .interval = 50 * SIM_MS,
		.stall_threshold = SIM_MS,
		.host = { .cpus = 4, .nladdrs = 2, .laddrs = r->laddrs,
		    .maxsockets = 100000, .costs = &r->costs },
		.kernel = { .portrange_first = RIG_FIRST,
		    .portrange_last = RIG_FIRST + RIG_NPORTS - 1,
		    .portrange_randomcps = 10, .portrange_randomtime = 45,
		    .msl = 30 * SIM_S, .steal_idle = true,
		    .balance = true },
		.nobservers = 1, .observers = &r->observer,
		.inbound = { .lport = 443, .rtt = SIM_MS,
		    .rx_bound = true, .ring = 4096, .backlog = 128,
		    .lifetime = {
		    .kind = DIST_CONSTANT, .a = 600 * SIM_S } },
		.nworkloads = RIG_NWORKLOADS, .workloads = r->wl
	};
	g_assert_nonnull(r->conf.stack);
}

/* An unbound connect() to the peer, due at `time'. */
static inline struct replay_conn *
run_rig_connect(struct run_rig *r, unsigned workload, simtime time)
{
	struct replay_conn *c;
	struct recording *rec;

	rec = &r->recordings[workload];
	g_assert_cmpuint(rec->n, <, RIG_MAXCONNS);
	c = &r->conns[workload][rec->n++];
	rec->last = time;
	*c = (struct replay_conn){ .time = time, .duration = SIM_NEVER,
	    .faddr = r->faddrs[0], .fport = 80 };
	return (c);
}

/* The result of the lock of that name. */
static inline const struct lock_result *
run_rig_lock(const struct run_result *res, const char *name)
{
	unsigned i;

	for (i = 0; i < res->nlocks; i++)
		if (strcmp(res->locks[i].name, name) == 0)
			return (&res->locks[i]);
	g_error("no lock %s", name);
}

/* The row of the timeline that ends at `time'. */
static inline const struct timeline_row *
run_rig_row(const struct run_result *res, simtime time)
{
	size_t i;

	for (i = 0; i < res->nrows; i++)
		if (res->rows[i].time == time)
			return (&res->rows[i]);
	g_error("no row at %jd", (intmax_t)time);
}

#endif /* !TESTS_MODELS_MACHINE_RUN_RIG_H */
