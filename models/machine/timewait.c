/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * TIME_WAIT, capped and uncapped; see timewait.h.
 */

#include <glib.h>

#include "models/machine/machine.h"
#include "models/stacks/stack.h"
#include "sim/kassert.h"

uint64_t
timewait_auto_max(uint16_t first, uint16_t last, uint64_t maxsockets)
{
	uint64_t half;

	half = (uint64_t)(MAX(first, last) - MIN(first, last)) / 2;
	return (MIN(MAX(half, 32), maxsockets / 5));
}

static void
timewait_due(struct machine *m, unsigned arg, const struct sim_event *ev)
{

	(void)arg;
	m->timewait.count--;
	softclock_post(m, CALLOUT_TIMEWAIT, (uint32_t)ev->payload);
}

void
timewait_init(struct machine *m)
{
	const struct run_conf *conf;
	struct timewait *tw;

	conf = m->conf;
	tw = &m->timewait;
	tw->slot = machine_slot(m, timewait_due, 0);
	sim_ring(m->sim, tw->slot);
	tw->max = UINT64_MAX;
	if (conf->stack->timewait == TIMEWAIT_CAPPED)
		tw->max = conf->kernel.maxtcptw != 0 ? conf->kernel.maxtcptw :
		    timewait_auto_max(conf->kernel.portrange_first,
		    conf->kernel.portrange_last, conf->host.maxsockets);
}

void
timewait_fini(struct machine *m)
{

	fifo_fini(&m->timewait.conn);
	fifo_fini(&m->timewait.expiry);
}

bool
timewait_skipped(const struct machine *m, uint32_t faddr)
{
	enum sysctl_bool v;

	v = m->conf->kernel.nolocaltimewait;
	if (v == SYSCTL_OFF || (v == SYSCTL_AUTO &&
	    !m->conf->stack->nolocaltimewait))
		return (false);
	return (net_laddr_has(m->net, faddr));
}

bool
timewait_reserve(struct machine *m)
{

	if (m->timewait.count >= m->timewait.max)
		return (false);
	m->timewait.count++;
	return (true);
}

uint32_t
timewait_recycle(struct machine *m)
{

	if (fifo_count(&m->timewait.expiry) == 0)
		return (CONN_NONE);
	fifo_take(&m->timewait.expiry);
	return ((uint32_t)fifo_take(&m->timewait.conn));
}

uint32_t
timewait_take(struct machine *m)
{

	KASSERT(fifo_count(&m->timewait.expiry) > 0, ("no TIME_WAIT"));
	m->timewait.count--;
	return (timewait_recycle(m));
}

bool
timewait_expired(const struct machine *m)
{

	return (fifo_count(&m->timewait.expiry) > 0 &&
	    *fifo_first(&m->timewait.expiry) <= (uint64_t)machine_now(m));
}

void
timewait_enter(struct machine *m, uint32_t conn)
{
	simtime expiry;

	expiry = machine_now(m) + 2 * m->conf->kernel.msl;
	if (m->conf->stack->timewait == TIMEWAIT_CALLOUT) {
		sim_timer_add(m->sim, m->timewait.slot, expiry, conn);
		return;
	}
	fifo_put(&m->timewait.conn, conn);
	fifo_put(&m->timewait.expiry, (uint64_t)expiry);
}
