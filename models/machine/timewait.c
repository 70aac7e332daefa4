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
#include "models/machine/measuring.h"
#include "models/machine/softclock.h"
#include "models/machine/timewait.h"
#include "models/net/net.h"
#include "models/stacks/stack.h"
#include "sim/kassert.h"

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

/* ---- ended by a connect() ---------------------------------------------- */

#define	TIMEWAIT_DUE	0x80000000u	/* in of_pcb: its time was over */

static void
timewait_remember(struct timewait *tw, uint32_t pcb, uint32_t conn)
{
	uint32_t i, n;

	KASSERT(conn < TIMEWAIT_DUE, ("connection %u", conn));
	if (pcb >= tw->npcbs) {
		n = MAX(pcb + 1, tw->npcbs * 2);
		tw->of_pcb = g_renew(uint32_t, tw->of_pcb, n);
		for (i = tw->npcbs; i < n; i++)
			tw->of_pcb[i] = CONN_NONE;
		tw->npcbs = n;
	}
	tw->of_pcb[pcb] = conn;
}

/* A connect() has the tuple of the TIME_WAIT that this pcb was. */
static void
timewait_recycled(void *timewait, uint32_t pcb)
{
	struct timewait *tw;
	struct conn *c;
	uint32_t conn;

	tw = timewait;
	conn = tw->of_pcb[pcb];
	if ((conn & TIMEWAIT_DUE) == 0)
		tw->count--;
	else {
		tw->over--;
		if (tw->ending == (conn & ~TIMEWAIT_DUE))
			tw->ending = CONN_NONE;
	}
	/* Its handle goes when its time is over. */
	c = conn_get(&tw->machine->conns, conn & ~TIMEWAIT_DUE);
	c->pcb = NET_NOPCB;
	c->measured = CONN_MEASURED_NOT;
	tw->machine->res->timewait_recycled++;
}

/* ---- the end of it ----------------------------------------------------- */

/* Into TIME_WAIT, with the slot reserved or passed on. */
static bool
timewait_enter(void *timewait, struct thread *t)
{
	struct timewait *tw;
	struct machine *m;
	simtime expiry;
	uint32_t pcb;

	tw = timewait;
	m = tw->machine;
	measuring_ended(m, conn_get(&m->conns, t->conn));
	if (m->net_timed) {
		pcb = conn_get(&m->conns, t->conn)->pcb;
		net_timewait(m->net, pcb, NULL);
		timewait_remember(tw, pcb, t->conn);
	}
	expiry = machine_now(m) + 2 * m->conf->kernel.msl;
	if (m->conf->stack->timewait == TIMEWAIT_CALLOUT)
		sim_timer_add(m->sim, tw->slot, expiry, t->conn);
	else {
		fifo_put(&tw->conn, t->conn);
		fifo_put(&tw->expiry, (uint64_t)expiry);
	}
	return (true);
}

/* One connection's 2 MSL are over. */
static void
timewait_due(void *timewait, const struct sim_event *ev)
{
	struct timewait *tw;
	uint32_t conn, pcb;

	tw = timewait;
	conn = (uint32_t)ev->payload;
	pcb = conn_get(&tw->machine->conns, conn)->pcb;
	if (pcb == NET_NOPCB) {
		machine_conn_over(tw->machine, conn);
		return;
	}
	if (tw->machine->net_timed)
		tw->of_pcb[pcb] |= TIMEWAIT_DUE;
	tw->count--;
	tw->over++;
	softclock_post(tw->softclock, tw->end, conn);
}

static bool
timewait_end(void *timewait, struct thread *t, uint32_t conn, bool again)
{
	struct timewait *tw;

	tw = timewait;
	if (again && tw->ending != CONN_NONE)
		tw->over--;
	if (again || conn_get(&tw->machine->conns, conn)->pcb == NET_NOPCB) {
		machine_conn_over(tw->machine, conn);
		return (false);
	}
	tw->ending = conn;
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
	tw->scanning = false;
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
	tw->scanning = true;
	machine_begin(tw->machine, t, OP_TIMEWAIT_EXPIRE,
	    timewait_recycle(tw));
	return (true);
}

/* The FIFO is in the order of its times: how many of them are over? */
uint64_t
timewait_over(const struct timewait *tw)
{
	uint64_t high, low, middle, now;

	now = (uint64_t)machine_now(tw->machine);
	low = 0;
	high = fifo_count(&tw->expiry);
	while (low < high) {
		middle = low + (high - low) / 2;
		if (fifo_at(&tw->expiry, middle) <= now)
			low = middle + 1;
		else
			high = middle;
	}
	return (tw->over + low + (tw->scanning ? 1 : 0));
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
	m->recycled.fn = timewait_recycled;
	m->recycled.arg = tw;
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
	g_free(tw->of_pcb);
}
