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
#include "models/machine/softclock.h"
#include "models/machine/timewait.h"
#include "models/net/net.h"
#include "models/stacks/stack.h"

#define	SLOWTIMO_PERIOD	(500 * SIM_MS)

uint64_t
timewait_auto_max(uint16_t first, uint16_t last, uint64_t maxsockets)
{
	uint64_t half;

	half = (uint64_t)(MAX(first, last) - MIN(first, last)) / 2;
	return (MIN(MAX(half, 32), maxsockets / 5));
}

bool
timewait_skipped(const struct timewait *tw, uint32_t faddr)
{
	const struct run_conf *conf;
	enum sysctl_bool v;

	conf = tw->machine->conf;
	v = conf->kernel.nolocaltimewait;
	if (v == SYSCTL_OFF || (v == SYSCTL_AUTO &&
	    !conf->stack->nolocaltimewait))
		return (false);
	return (net_laddr_has(tw->machine->net, faddr));
}

bool
timewait_reserve(struct timewait *tw)
{

	if (tw->count >= tw->max)
		return (false);
	tw->count++;
	return (true);
}

uint32_t
timewait_recycle(struct timewait *tw)
{

	if (fifo_count(&tw->expiry) == 0)
		return (CONN_NONE);
	fifo_take(&tw->expiry);
	return ((uint32_t)fifo_take(&tw->conn));
}

/* Into TIME_WAIT, with the slot reserved or passed on. */
static bool
timewait_enter(void *timewait, struct thread *t)
{
	struct timewait *tw;
	struct machine *m;
	simtime expiry;

	tw = timewait;
	m = tw->machine;
	expiry = machine_now(m) + 2 * m->conf->kernel.msl;
	if (m->conf->stack->timewait == TIMEWAIT_CALLOUT)
		sim_timer_add(m->sim, tw->slot, expiry, t->conn);
	else {
		fifo_put(&tw->conn, t->conn);
		fifo_put(&tw->expiry, (uint64_t)expiry);
	}
	return (true);
}

/* ---- the end of it ----------------------------------------------------- */

/* One connection's 2 MSL are over. */
static void
timewait_due(void *timewait, const struct sim_event *ev)
{
	struct timewait *tw;

	tw = timewait;
	tw->count--;
	softclock_post(tw->softclock, tw->end, (uint32_t)ev->payload);
}

static bool
timewait_end(void *timewait, struct thread *t, uint32_t conn, bool again)
{
	struct timewait *tw;

	tw = timewait;
	if (again) {
		machine_conn_over(tw->machine, conn);
		return (false);
	}
	machine_begin(tw->machine, t, OP_TIMEWAIT_EXPIRE, conn);
	return (true);
}

static void
timewait_scan_due(void *timewait, const struct sim_event *ev)
{
	struct timewait *tw;

	(void)ev;
	tw = timewait;
	softclock_post(tw->softclock, tw->scan, 0);
}

/*
 * The oldest whose time is over, one after the other, or until one gives up.
 * What calls the scan runs again a period after it has come to its end, so
 * one at most is on its way.
 */
static bool
timewait_scan(void *timewait, struct thread *t, uint32_t unused, bool again)
{
	struct timewait *tw;
	simtime now;

	(void)unused;
	tw = timewait;
	now = machine_now(tw->machine);
	if (again && t->gave_up) {
		fifo_untake(&tw->conn, t->conn);
		fifo_untake(&tw->expiry, tw->scanned);
	} else if (again) {
		tw->count--;
		machine_conn_over(tw->machine, t->conn);
	}
	if ((again && t->gave_up) || fifo_count(&tw->expiry) == 0 ||
	    *fifo_first(&tw->expiry) > (uint64_t)now) {
		sim_at(tw->machine->sim, tw->slot_scan, now +
		    SLOWTIMO_PERIOD);
		return (false);
	}
	tw->scanned = *fifo_first(&tw->expiry);
	machine_begin(tw->machine, t, OP_TIMEWAIT_EXPIRE,
	    timewait_recycle(tw));
	return (true);
}

/* ---- life -------------------------------------------------------------- */

void
timewait_init(struct timewait *tw, struct machine *m, struct softclock *sc)
{
	const struct run_conf *conf;
	bool capped;

	conf = m->conf;
	capped = conf->stack->timewait == TIMEWAIT_CAPPED;
	*tw = (struct timewait){ .machine = m, .softclock = sc,
	    .max = UINT64_MAX };
	tw->end = softclock_callout(sc, timewait_end, tw);
	tw->scan = softclock_callout(sc, timewait_scan, tw);
	tw->slot = machine_slot(m, timewait_due, tw);
	sim_ring(m->sim, tw->slot);
	tw->slot_scan = machine_slot(m, timewait_scan_due, tw);
	machine_act_by(m, ACT_TIMEWAIT, timewait_enter, tw);
	/* tcp_slowtimo() runs from 14 on, too, and finds nothing to do. */
	sim_at(m->sim, tw->slot_scan, SLOWTIMO_PERIOD);
	if (capped)
		tw->max = conf->kernel.maxtcptw != 0 ? conf->kernel.maxtcptw :
		    timewait_auto_max(conf->kernel.portrange_first,
		    conf->kernel.portrange_last, conf->host.maxsockets);
}

void
timewait_fini(struct timewait *tw)
{

	fifo_fini(&tw->conn);
	fifo_fini(&tw->expiry);
}
