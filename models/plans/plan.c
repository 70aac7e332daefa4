/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Steps of operations, and their names as reports print them.
 */

#include <stddef.h>
#include <string.h>

#include "models/plans/plan.h"
#include "sim/kassert.h"

static const char *const op_names[NOPS] = {
	[OP_NONE] = "nothing",
	[OP_SOCKET] = "socket",
	[OP_BIND] = "bind",
	[OP_CONNECT] = "connect",
	[OP_CLOSE] = "close",
	[OP_CLOSE_UNCONNECTED] = "close_unconnected",
	[OP_NETSTAT] = "netstat",
	[OP_SEGMENT] = "segment",
	[OP_SYN] = "syn",
	[OP_MSG_BIND] = "msg_bind",
	[OP_MSG_CONNECT] = "msg_connect",
	[OP_MSG_CLOSE] = "msg_close",
	[OP_MSG_CLOSE_UNCONNECTED] = "msg_close_unconnected",
	[OP_SYNACK] = "synack",
	[OP_ACCEPT] = "accept",
	[OP_FIN] = "fin",
	[OP_TCP_CLOSE] = "tcp_close",
	[OP_TIMEWAIT] = "timewait",
	[OP_TIMEWAIT_RECYCLE] = "timewait_recycle",
	[OP_CALLOUT] = "callout",
	[OP_TIMEWAIT_EXPIRE] = "timewait_expire",
	[OP_TIMER_CLOSE] = "timer_close",
	[OP_OBSERVE] = "observe"
};

unsigned
plan_nbuckets(const struct lock_plan *plan)
{
	unsigned n;

	for (n = 0; n < NET_MAXBUCKETS && plan->buckets[n].name != NULL; n++)
		continue;
	return (n);
}

bool
plan_has_lock(const struct lock_plan *plan, const char *name)
{
	unsigned i;

	for (i = 0; i < PLAN_MAXLOCKS; i++)
		if (plan->locks[i].class != NULL &&
		    strcmp(plan->locks[i].name, name) == 0)
			return (true);
	for (i = 0; i < plan_nbuckets(plan); i++)
		if (strcmp(plan->buckets[i].name, name) == 0)
			return (true);
	return (false);
}

static const struct step plan_observe[PLAN_MAXSTEPS] = { ACT(NOTHING), END };

const struct step *
plan_steps(const struct lock_plan *plan, enum op op)
{

	KASSERT(op < NOPS, ("operation %d", op));
	if (op == OP_OBSERVE)
		return (plan_observe);
	if (plan->ops[op][0].kind == STEP_END && plan->like != NULL)
		return (plan_steps(plan->like, op));
	if (plan->ops[op][0].kind == STEP_END && op == OP_TIMER_CLOSE)
		return (plan->ops[OP_TIMEWAIT_EXPIRE]);
	return (plan->ops[op]);
}

enum plan_epoch
plan_epoch(const struct lock_plan *plan, enum op op)
{

	KASSERT(op < NOPS, ("operation %d", op));
	if (plan->ops[op][0].kind == STEP_END && plan->like != NULL)
		return (plan_epoch(plan->like, op));
	if (plan->ops[op][0].kind == STEP_END && op == OP_TIMER_CLOSE)
		op = OP_TIMEWAIT_EXPIRE;
	return ((enum plan_epoch)plan->epoch[op]);
}

const char *
op_name(enum op op)
{

	KASSERT(op < NOPS, ("operation %d", op));
	return (op_names[op]);
}
