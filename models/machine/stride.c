/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Steps made ready; see stride.h.
 */

#include <glib.h>

#include "models/locks/lock.h"
#include "models/machine/run.h"
#include "models/machine/stride.h"

/* What they are made from. */
struct making {
	const struct run_conf *conf;
	const struct lock_plan *plan;
	struct lock	*locks;
};

/* With the one that ends it; a step of which all is 0 is an end. */
static unsigned
stride_count(const struct step *steps)
{
	unsigned i, n;

	for (i = 0, n = 0; i < PLAN_MAXSTEPS; i++)
		if (steps[i].kind != STEP_END || steps[i].arg != 0)
			n = i + 1;
	return (MIN(n + 1, PLAN_MAXSTEPS));
}

/* The same whatever the population? */
static bool
stride_constant(const struct making *mk, unsigned cost, simtime *work)
{
	const struct cost_curve *v;

	v = &mk->conf->host.costs->curve[cost];
	*work = v->ps[0];
	return (v->npoints == 1);
}

/* A cost, before what comes next. */
static void
stride_cost(const struct making *mk, struct stride *k)
{
	const struct stride *next;
	simtime work;

	next = k + 1;
	if (next->kind == STEP_COST || !stride_constant(mk, k->arg, &work))
		return;
	*k = *next;
	k->work += work;
	k->costs++;
}

static void
stride_lock(const struct making *mk, struct stride *k)
{
	const struct lock_class *class;
	simtime work;

	if (k->arg >= PLAN_BUCKET(0) || (mk->plan->listener != 0 &&
	    k->arg == mk->plan->listener))
		return;
	class = mk->plan->inp;
	if (k->arg != PLAN_INP) {
		k->lock = &mk->locks[k->arg];
		class = mk->plan->locks[k->arg].class;
	}
	if (class == NULL)
		return;
	k->known = stride_constant(mk, k->kind == STEP_RLOCK ?
	    class->shared_cost : class->exclusive_cost, &work) &&
	    !class->keeps_cpu && mk->conf->trace.sink == NULL;
	k->taking = k->kind == STEP_UNLOCK ? 0 : work;
}

static void
stride_make(const struct making *mk, struct stride *k)
{

	switch ((enum step_kind)k->kind) {
	case STEP_COST:
		stride_cost(mk, k);
		break;
	case STEP_WLOCK:
	case STEP_RLOCK:
	case STEP_UNLOCK:
		stride_lock(mk, k);
		break;
	case STEP_UNLESS:
		k->known = true;
		break;
	default:
		break;
	}
}

/* It is asked for when it comes; so is the first, by who asks for epochs. */
static bool
stride_literal(const struct run_conf *conf, unsigned i)
{

	return (conf->stepwise || (i == 0 && (conf->kernel.epoch_calls ||
	    conf->kernel.epoch_pins)));
}

void
stride_init(struct strides *ss, const struct run_conf *conf,
    const struct lock_plan *plan, struct lock *locks)
{
	const struct making mk = { conf, plan, locks };
	const struct step *steps[NOPS];
	unsigned count[NOPS];
	unsigned all, i, op;
	struct stride *k;

	for (op = 0, all = 0; op < NOPS; op++) {
		steps[op] = plan_steps(plan, (enum op)op);
		all += count[op] = stride_count(steps[op]);
	}
	ss->all = k = g_new(struct stride, all);
	for (op = 0; op < NOPS; op++) {
		ss->of[op] = k;
		for (i = count[op]; i-- > 0;) {
			k[i] = (struct stride){ .kind = steps[op][i].kind,
			    .arg = steps[op][i].arg,
			    .skip = steps[op][i].skip };
			if (!stride_literal(conf, i))
				stride_make(&mk, &k[i]);
		}
		k += count[op];
	}
}

void
stride_fini(struct strides *ss)
{

	g_free(ss->all);
}
