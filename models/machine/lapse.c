/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * SYN_SENT and FIN_WAIT_2, and their timers; see lapse.h.
 */

#include <glib.h>

#include "models/machine/inbound.h"
#include "models/machine/lapse.h"
#include "models/machine/machine.h"
#include "models/machine/softclock.h"
#include "models/machine/timewait.h"

#define	SYN_MAXRETRIES	30	/* a shift below must not overflow */

simtime
lapse_syn_sent(const struct run_conf *conf)
{
	unsigned retries;

	retries = MIN(conf->kernel.syn_retries, SYN_MAXRETRIES);
	if (retries == 0)
		return (conf->kernel.keepinit);
	/* One second each at first, then twice as long each time. */
	return ((simtime)(conf->kernel.syn_linear_timeouts +
	    ((UINT64_C(2) << retries) - 1)) * SIM_S);
}

simtime
lapse_finwait2(const struct run_conf *conf)
{

	if (conf->kernel.fin_timeout > 0)
		return ((simtime)conf->kernel.fin_timeout * SIM_S);
	if (conf->kernel.fast_finwait2_recycle)
		return (conf->kernel.finwait2_timeout);
	return ((conf->kernel.keepcnt + 1) * conf->kernel.keepintvl);
}

void
lapse_unanswered(struct lapse *la, uint32_t conn)
{

	sim_timer_add(la->machine->sim, la->slot, machine_now(la->machine) +
	    lapse_syn_sent(la->machine->conf), conn);
}

void
lapse_finwait(struct lapse *la, uint32_t conn, simtime acked, simtime late)
{
	simtime now, until;

	now = machine_now(la->machine);
	until = lapse_finwait2(la->machine->conf);
	if (late < until)
		sim_timer_add(la->machine->sim, la->slot_fin, now + acked +
		    late, conn);
	else
		sim_timer_add(la->machine->sim, la->slot, now + acked + until,
		    conn);
}

static void
lapse_fin_due(void *lapse, const struct sim_event *ev)
{
	struct lapse *la;
	uint32_t conn;

	la = lapse;
	conn = (uint32_t)ev->payload;
	inbound_post(la->inbound, timewait_skipped(la->timewait,
	    conn_get(&la->machine->conns, conn)->faddr) ? OP_TCP_CLOSE :
	    OP_TIMEWAIT, conn);
}

static void
lapse_due(void *lapse, const struct sim_event *ev)
{
	struct lapse *la;

	la = lapse;
	softclock_post(la->softclock, la->callout, (uint32_t)ev->payload);
}

/* A softclock_callout: close it, and tell its owner. */
static bool
lapse_close(void *lapse, struct thread *t, uint32_t conn, bool again)
{
	const struct conn_owner *o;
	struct lapse *la;

	la = lapse;
	if (!again) {
		machine_begin(la->machine, t, OP_TIMER_CLOSE, conn);
		return (true);
	}
	la->machine->res->lapsed++;
	o = machine_owner(la->machine, conn);
	if (o->lapsed != NULL)
		o->lapsed(o->arg, conn);
	else
		machine_conn_over(la->machine, conn);
	return (false);
}

void
lapse_init(struct lapse *la, struct machine *m, struct softclock *sc,
    struct inbound *in, const struct timewait *tw)
{

	*la = (struct lapse){ .machine = m, .softclock = sc, .inbound = in,
	    .timewait = tw };
	la->callout = softclock_callout(sc, lapse_close, la);
	la->slot = machine_slot(m, lapse_due, la);
	sim_timers(m->sim, la->slot);
	la->slot_fin = machine_slot(m, lapse_fin_due, la);
	sim_timers(m->sim, la->slot_fin);
}
