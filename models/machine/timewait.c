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

/* ---- by tuple ---------------------------------------------------------- */

static struct tuple
tuple_of(const struct timewait *tw, uint32_t pcb)
{
	const struct net *n;

	n = tw->machine->net;
	return ((struct tuple){ .laddr = net_pcb_laddr(n, pcb),
	    .faddr = net_pcb_faddr(n, pcb), .lport = net_pcb_lport(n, pcb),
	    .fport = net_pcb_fport(n, pcb) });
}

static void
timewait_index(struct timewait *tw, uint32_t conn)
{
	struct tuple key;

	if (!tw->returns)
		return;
	key = tuple_of(tw, conn_get(&tw->machine->conns, conn)->pcb);
	tuples_put(&tw->tuples, &key, conn);
}

/* Its end has begun: no SYN finds it any more. */
static void
timewait_unindex(struct timewait *tw, uint32_t conn)
{
	struct tuple key;
	uint32_t pcb;

	pcb = conn_get(&tw->machine->conns, conn)->pcb;
	if (!tw->returns || pcb == NET_NOPCB)
		return;
	key = tuple_of(tw, pcb);
	tuples_take(&tw->tuples, &key);
}

uint32_t
timewait_take(struct timewait *tw, const struct conn *comes)
{
	struct tuple key, there;
	struct conn *c;
	uint32_t conn;

	key = (struct tuple){ .laddr = comes->laddr, .faddr = comes->faddr,
	    .lport = comes->lport, .fport = comes->fport };
	conn = tw->returns ? tuples_take(&tw->tuples, &key) : CONN_NONE;
	if (conn == CONN_NONE)
		return (CONN_NONE);
	c = conn_get(&tw->machine->conns, conn);
	/* A connect() may have ended it, and its handle be another's. */
	if (c->pcb == NET_NOPCB)
		return (CONN_NONE);
	there = tuple_of(tw, c->pcb);
	if (!tuple_equal(&key, &there))
		return (CONN_NONE);
	c->ending = TIMEWAIT_TAKEN;
	tw->count--;
	return (conn);
}

void
timewait_taken(struct timewait *tw, uint32_t conn)
{

	tw->machine->res->timewait_recycled++;
	/* Else its handle goes when its time is over. */
	if (conn_get(&tw->machine->conns, conn)->ending == TIMEWAIT_OVER)
		machine_conn_over(tw->machine, conn);
}

/* Its time is over; was it taken before that? */
static bool
timewait_was_taken(struct timewait *tw, uint32_t conn)
{
	struct conn *c;

	c = conn_get(&tw->machine->conns, conn);
	if (c->ending == TIMEWAIT_STANDS)
		return (false);
	c->ending = TIMEWAIT_OVER;
	if (c->pcb == NET_NOPCB)
		machine_conn_over(tw->machine, conn);
	return (true);
}

/* ---- the cap ----------------------------------------------------------- */

uint32_t
timewait_recycle(struct timewait *tw)
{
	uint32_t conn;

	while (fifo_count(&tw->expiry) > 0) {
		fifo_take(&tw->expiry);
		conn = (uint32_t)fifo_take(&tw->conn);
		if (timewait_was_taken(tw, conn))
			continue;
		timewait_unindex(tw, conn);
		return (conn);
	}
	return (CONN_NONE);
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
	timewait_index(tw, t->conn);
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
	if (timewait_was_taken(tw, conn))
		return;
	pcb = conn_get(&tw->machine->conns, conn)->pcb;
	if (pcb == NET_NOPCB) {
		machine_conn_over(tw->machine, conn);
		return;
	}
	timewait_unindex(tw, conn);
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

/* When the first that still stands is over; 0: there is none. */
static uint64_t
timewait_first(struct timewait *tw)
{

	while (fifo_count(&tw->expiry) > 0) {
		if (!timewait_was_taken(tw, (uint32_t)*fifo_first(&tw->conn)))
			return (*fifo_first(&tw->expiry));
		fifo_take(&tw->expiry);
		fifo_take(&tw->conn);
	}
	return (0);
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
	uint64_t due;
	simtime now;

	(void)unused;
	tw = timewait;
	now = machine_now(tw->machine);
	tw->scanning = false;
	if (again && t->gave_up) {
		fifo_untake(&tw->conn, t->conn);
		fifo_untake(&tw->expiry, tw->scanned);
		timewait_index(tw, t->conn);
	} else if (again) {
		tw->count--;
		machine_conn_over(tw->machine, t->conn);
	}
	due = again && t->gave_up ? 0 : timewait_first(tw);
	if (due == 0 || due > (uint64_t)now) {
		sim_at(tw->machine->sim, tw->slot_scan, now +
		    SLOWTIMO_PERIOD);
		return (false);
	}
	tw->scanned = due;
	tw->scanning = true;
	machine_begin(tw->machine, t, OP_TIMEWAIT_EXPIRE,
	    timewait_recycle(tw));
	return (true);
}

/* The FIFO is in the order of its times: how many of them are over? */
uint64_t
timewait_over(const struct timewait *tw)
{
	uint64_t high, i, low, middle, n, now;

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
	/* Those that a SYN took are not there any more. */
	for (n = low, i = 0; tw->returns && i < low; i++)
		n -= conn_get(&tw->machine->conns, (uint32_t)fifo_at(&tw->conn,
		    i))->ending != TIMEWAIT_STANDS;
	return (tw->over + n + (tw->scanning ? 1 : 0));
}

/* ---- life -------------------------------------------------------------- */

/* May a client come back with a port that it had? */
static bool
timewait_clients_return(const struct machine *m)
{
	const struct workload_conf *wc;
	unsigned i, k;

	for (i = 0; i < m->conf->nworkloads; i++) {
		wc = &m->conf->workloads[i];
		if (wc->recorded_in != NULL)
			return (true);
		for (k = 0; wc->recording == NULL && k < wc->nfaddrs; k++)
			if (net_laddr_has(m->net, wc->faddrs[k]))
				return (true);
	}
	return (false);
}

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
	tw->returns = timewait_clients_return(m);
	m->recycled.fn = timewait_recycled;
	m->recycled.arg = tw;
	if (!capped)
		return;
	sim_at(m->sim, tw->slot_scan, SLOWTIMO_PERIOD);
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
	tuples_fini(&tw->tuples);
}
