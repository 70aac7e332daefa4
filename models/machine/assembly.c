/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The parts, put together; see assembly.h.
 */

#include <glib.h>

#include "models/machine/arrival.h"
#include "models/machine/assembly.h"
#include "models/machine/caller.h"
#include "models/machine/epoch.h"
#include "models/machine/inbound.h"
#include "models/machine/lapse.h"
#include "models/machine/loopback.h"
#include "models/machine/machine.h"
#include "models/machine/measuring.h"
#include "models/machine/monitor.h"
#include "models/machine/netstat.h"
#include "models/machine/noise.h"
#include "models/machine/observers.h"
#include "models/machine/population.h"
#include "models/machine/pieces.h"
#include "models/machine/seek.h"
#include "models/machine/serial.h"
#include "models/machine/server.h"
#include "models/machine/softclock.h"
#include "models/machine/timewait.h"
#include "models/machine/workload.h"
#include "sim/kassert.h"

struct assembly {
	struct machine	*machine;
	struct softclock softclock;
	struct timewait	timewait;
	struct observers observers;
	struct netstat	netstat;
	struct noise	noise;
	struct inbound	inbound;
	struct lapse	lapse;
	struct loopback	loopback;
	struct server	server;
	struct callers	callers;
	struct monitor	monitor;
	struct serial	serial;
	struct epoch	epoch;
	struct workload	*workloads;	/* workloads[nworkloads] */
	unsigned	nworkloads;
};

static unsigned
assembly_nslots(const struct run_conf *conf)
{

	return (MONITOR_NSLOTS + SOFTCLOCK_NSLOTS + TIMEWAIT_NSLOTS +
	    OBSERVER_NSLOTS * conf->nobservers + NETSTAT_NSLOTS +
	    LAPSE_NSLOTS + LOOPBACK_NSLOTS + NOISE_NSLOTS +
	    INBOUND_NSLOTS(inbound_queues(conf)) + SERVER_NSLOTS +
	    callers_nslots(conf) + epoch_nslots(conf) +
	    WORKLOAD_NSLOTS * conf->nworkloads);
}

struct assembly *
assembly_new(const struct run_conf *conf, struct run_result *res)
{
	struct assembly *a;
	struct machine *m;
	unsigned i;

	a = g_new0(struct assembly, 1);
	a->machine = m = machine_new(conf, res, assembly_nslots(conf));
	a->nworkloads = conf->nworkloads;
	a->workloads = g_new0(struct workload, a->nworkloads);
	measuring_init(m);
	seek_init(m);
	pieces_init(m);
	serial_init(&a->serial, m);
	monitor_init(&a->monitor, m, &(struct monitor_parts){
	    .observers = &a->observers, .timewait = &a->timewait,
	    .workloads = a->workloads });
	softclock_init(&a->softclock, m);
	timewait_init(&a->timewait, m, &a->softclock);
	netstat_init(&a->netstat, m, &a->softclock, a->workloads);
	noise_init(&a->noise, m);
	inbound_init(&a->inbound, m, &a->timewait);
	lapse_init(&a->lapse, m, &a->softclock, &a->inbound, &a->timewait);
	server_init(&a->server, m, &a->inbound, &a->lapse);
	observers_init(&a->observers, m, &a->softclock, &a->inbound);
	loopback_init(&a->loopback, m, &a->inbound, &a->timewait);
	callers_init(&a->callers, m, &a->server);
	for (i = 0; i < a->nworkloads; i++) {
		workload_init(&a->workloads[i], m, i, &a->inbound,
		    &a->timewait, &a->loopback, &a->lapse);
		arrival_init(&a->workloads[i]);
		population_open(&a->workloads[i]);
	}
	epoch_init(&a->epoch, m);
	return (a);
}

void
assembly_free(struct assembly *a)
{
	unsigned i;

	for (i = 0; i < a->nworkloads; i++)
		workload_fini(&a->workloads[i]);
	g_free(a->workloads);
	observers_fini(&a->observers);
	callers_fini(&a->callers);
	loopback_fini(&a->loopback);
	epoch_fini(&a->epoch);
	server_fini(&a->server);
	inbound_fini(&a->inbound);
	timewait_fini(&a->timewait);
	softclock_fini(&a->softclock);
	noise_fini(&a->noise);
	monitor_fini(&a->monitor);
	serial_fini(&a->serial);
	measuring_fini(a->machine);
	machine_free(a->machine);
	g_free(a);
}

const struct machine *
assembly_machine(const struct assembly *a)
{

	return (a->machine);
}

void
assembly_run(struct assembly *a)
{

	machine_run(a->machine);
	monitor_end(&a->monitor);
}

void
assembly_run_part(struct assembly *a, simtime until)
{

	machine_run_part(a->machine, until);
}

bool
assembly_vary(struct assembly *a, unsigned workload,
    const struct workload_conf *wc)
{

	KASSERT(workload < a->nworkloads, ("workload %u", workload));
	return (arrival_vary(&a->workloads[workload], wc));
}

void
assembly_so_far(const struct assembly *a)
{

	monitor_so_far(&a->monitor);
}

struct run_result *
run_simulate(const struct run_conf *conf)
{
	struct run_result *res;
	struct assembly *a;

	res = g_new0(struct run_result, 1);
	a = assembly_new(conf, res);
	assembly_run(a);
	assembly_free(a);
	return (res);
}
