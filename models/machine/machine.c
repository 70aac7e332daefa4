/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The clock's loop, and the interpreter of lock plans: a thread takes steps
 * until one takes time or waits.
 */

#include <glib.h>

#include "models/machine/machine.h"
#include "models/machine/processors.h"
#include "models/net/net.h"
#include "models/stacks/stack.h"
#include "sim/kassert.h"

struct machine_slot {
	slot_fn		fn;
	void		*arg;
};

/* ---- steps ------------------------------------------------------------- */

static inline struct lock *
machine_lock(struct machine *m, const struct thread *t, unsigned which)
{
	struct lock *lk;

	lk = which == PLAN_INP ? t->inp : &m->locks[which];
	if (t->listener != NULL && which == m->plan->listener)
		lk = t->listener;
	KASSERT(lk != NULL && lk->class != NULL, ("%s: %s takes lock %u",
	    t->name, op_name(t->op), which));
	return (lk);
}

static inline void
machine_charge_lock(struct machine *m, struct thread *t, bool shared)
{
	const struct lock_class *class;

	class = t->held[t->nheld - 1]->class;
	machine_charge(m, t, shared ? class->shared_cost :
	    class->exclusive_cost, 1);
}

void
machine_search_acquire(struct machine *m, struct thread *t)
{

	if (lock_acquire(machine_lock(m, t, m->plan->search), t, false))
		machine_charge_lock(m, t, false);
}

void
machine_search_release(struct machine *m, struct thread *t)
{

	lock_release(machine_lock(m, t, m->plan->search), t);
}

void
machine_bucket_acquire(struct machine *m, struct thread *t,
    const struct bucket_key *key)
{

	if (lock_acquire(bucket_want(&m->buckets, key), t, false))
		machine_charge_lock(m, t, false);
}

void
machine_bucket_release(struct machine *m, struct thread *t,
    unsigned kind)
{
	struct lock *lk;

	lk = bucket_held(&m->buckets, t, kind);
	lock_release(lk, t);
	bucket_done(&m->buckets, lk);
}

/* The bucket of the connection in hand. */
static void
machine_bucket_step(struct machine *m, struct thread *t,
    const struct stride *s)
{
	struct bucket_key key;
	const struct conn *c;

	key.kind = s->arg - PLAN_BUCKET(0);
	if (s->kind == STEP_UNLOCK) {
		machine_bucket_release(m, t, key.kind);
		return;
	}
	c = conn_get(&m->conns, t->conn);
	key.lport = c->pcb == NET_NOPCB ? c->lport :
	    net_pcb_lport(m->net, c->pcb);
	key.bucket = net_bucket(m->net, key.kind, c->faddr, c->fport,
	    key.lport);
	machine_bucket_acquire(m, t, &key);
}

static bool
machine_cond(struct machine *m, const struct thread *t, enum cond cond)
{
	const struct conn *c;

	switch (cond) {
	case COND_OK:
		return (t->result.error == 0);
	case COND_SEARCHED:
		return (t->result.iters > 0);
	case COND_HASHED:
		c = conn_get(&m->conns, t->conn);
		return (net_pcb_lport(m->net, c->pcb) != 0);
	}
	return (false);
}

/* The plan is done. */
static inline void
machine_end(struct machine *m, struct thread *t, const struct stride *s)
{

	t->pc = NULL;
	t->gave_up = s->arg != 0;
	t->in_user = false;
	if (t->section != 0)
		m->epoch.leave(m->epoch.arg, t, plan_epoch(m->plan,
		    (enum op)t->op) == PLAN_EPOCH_FREES);
	t->done(t);
	/* Between two system calls; a driver's mutex is inside. */
	if (t->user && t->state == THREAD_RUNNING && t->nheld == 0)
		sched_userret(&m->sched, t);
}

/* Before its first step. */
static inline void
machine_enter(struct machine *m, struct thread *t)
{

	if (m->epoch.enter != NULL && t->pc == m->strides.of[t->op] &&
	    plan_epoch(m->plan, (enum op)t->op) != PLAN_NO_EPOCH)
		m->epoch.enter(m->epoch.arg, t);
}

/* Costs that are to be asked for one by one. */
static simtime
machine_costs(struct machine *m, struct thread *t)
{
	simtime work;

	machine_enter(m, t);
	for (; t->pc->kind == STEP_COST; t->pc++)
		machine_charge(m, t, t->pc->arg, t->repeat);
	work = t->charge;
	t->charge = 0;
	return (work);
}

/* Takes, or gives back, a lock for which nobody waits; false: ask it. */
static inline bool
machine_lock_known(const struct machine *m, struct thread *t,
    const struct stride *s)
{
	struct lock *lk;

	lk = s->lock != NULL ? s->lock : t->inp;
	if (s->kind == STEP_UNLOCK)
		return (lock_give(lk, t, machine_now(m)));
	if (!lock_is_free(lk))
		return (false);
	lock_take(lk, t, s->kind == STEP_RLOCK, machine_now(m));
	return (true);
}

/* A step of the plan, which may be anything but a cost. */
static void
machine_step(struct machine *m, struct thread *t)
{
	const struct stride *s;

	machine_enter(m, t);
	s = t->pc++;
	switch ((enum step_kind)s->kind) {
	case STEP_COST:
		break;
	case STEP_WLOCK:
		if (s->arg >= PLAN_BUCKET(0))
			machine_bucket_step(m, t, s);
		else if (lock_acquire(machine_lock(m, t, s->arg), t, false))
			machine_charge_lock(m, t, false);
		break;
	case STEP_RLOCK:
		if (lock_acquire(machine_lock(m, t, s->arg), t, true))
			machine_charge_lock(m, t, true);
		break;
	case STEP_TRYRLOCK:
		if (lock_try_shared(machine_lock(m, t, s->arg), t)) {
			machine_charge_lock(m, t, true);
			t->pc += s->skip;
		}
		break;
	case STEP_UNLOCK:
		if (s->arg >= PLAN_BUCKET(0))
			machine_bucket_step(m, t, s);
		else
			lock_release(machine_lock(m, t, s->arg), t);
		break;
	case STEP_ACT:
		if (!machine_act(m, t, s->arg))
			t->pc--;
		break;
	case STEP_UNLESS:
		if (!machine_cond(m, t, s->arg))
			t->pc += s->skip;
		break;
	case STEP_END:
		machine_end(m, t, s);
		break;
	}
}

/*
 * Strides, up to a step that is not known: that is next, and nothing is left to
 * compute before it.  False: something else happens before that.
 */
static inline bool
machine_stride(struct machine *m, struct thread *t)
{
	const struct stride *s;
	simtime until, work;

	until = sched_quiet_until(&m->sched);
	work = t->charge;
	t->charge = 0;
	for (s = t->pc;; s++) {
		if (s->kind == STEP_COST) {
			t->pc = s;
			work += machine_costs(m, t);
			s = t->pc;
		}
		work += s->work * (simtime)t->repeat;
		s += s->costs;
		if (work > 0) {
			t->spent.worked += work;
			if (!sched_compute_on(&m->sched, t, work, until)) {
				t->pc = s;
				sched_compute(&m->sched, t, work);
				return (false);
			}
			work = 0;
		}
		if (!s->known)
			break;
		if (s->kind == STEP_UNLESS)
			s += machine_cond(m, t, s->arg) ? 0 : s->skip;
		else if (machine_lock_known(m, t, s))
			work = s->taking;
		else
			break;
	}
	t->pc = s;
	return (true);
}

/* The slot of a CPU is due: its thread goes on as far as it can. */
static void
machine_cpu_due(void *machine, const struct sim_event *ev)
{
	struct machine *m;
	struct thread *t;

	m = machine;
	t = sched_cpu_due(&m->sched, ev->slot - m->sched.slot_cpu);
	if (t == NULL)
		return;
	if (t->waiting != NULL) {
		if (!lock_retry(t))
			return;
		machine_charge_lock(m, t, t->wait_shared);
	}
	while (t->state == THREAD_RUNNING && !t->dispatching &&
	    t->waiting == NULL) {
		if (!machine_stride(m, t))
			return;
		machine_step(m, t);
	}
}

static void
machine_slice_due(void *machine, const struct sim_event *ev)
{
	struct sched *s;

	s = &((struct machine *)machine)->sched;
	sched_slice_due(s, ev->slot - s->slot_slice);
}

static void
machine_balance_due(void *machine, const struct sim_event *ev)
{

	(void)ev;
	sched_balance_due(&((struct machine *)machine)->sched);
}

static void
machine_turn_due(void *machine, const struct sim_event *ev)
{

	(void)ev;
	pace_turn_due(&((struct machine *)machine)->sched);
}

/* ---- operations -------------------------------------------------------- */

void
machine_begin(struct machine *m, struct thread *t, enum op op, uint32_t conn)
{

	KASSERT(t->pc == NULL, ("%s is busy", t->name));
	t->op = op;
	trace_emit(&m->conf->trace, .time = machine_now(m), .kind = TRACE_OP,
	    .who = t->id, .what = op, .name = op_name(op));
	t->pc = m->strides.of[op];
	KASSERT(t->pc->kind != STEP_END || t->pc->costs > 0,
	    ("%s: no plan for %s", t->name, op_name(op)));
	t->conn = conn;
	t->in_user = false;
	t->repeat = 1;
	t->iters = 0;
	t->visits = 0;
	if (t->state == THREAD_IDLE)
		sched_wake(&m->sched, t);
}

void
machine_thread_idle(struct machine *m, struct thread *t)
{

	sched_stop(&m->sched, t, THREAD_IDLE);
}

/* ---- what a part asks for ---------------------------------------------- */

unsigned
machine_slot(struct machine *m, slot_fn fn, void *arg)
{

	KASSERT(m->nslots < m->maxslots, ("%u slots", m->maxslots));
	m->slots[m->nslots] = (struct machine_slot){ fn, arg };
	return (m->nslots++);
}

void
machine_thread(struct machine *m, struct thread *t, const char *name,
    enum pri pri, int bound, void (*done)(struct thread *))
{

	thread_init(t, name, m->nthreads++, pri, bound);
	t->done = done;
	TAILQ_INSERT_TAIL(&m->threads, t, all);
}

void
machine_act_by(struct machine *m, enum act act, act_fn fn, void *arg)
{

	KASSERT(m->acts[act].fn == NULL, ("two do step %d", (int)act));
	m->acts[act].fn = fn;
	m->acts[act].arg = arg;
}

void
machine_own(struct machine *m, unsigned workload,
    const struct conn_owner *owner)
{

	*machine_owner_at(m, workload) = *owner;
}

void
machine_conn_over(struct machine *m, uint32_t conn)
{
	const struct conn_owner *o;

	o = machine_owner(m, conn);
	if (o->over != NULL)
		o->over(o->arg, conn);
	conn_release(&m->conns, conn);
}

void
machine_stream(const struct machine *m, struct rng *rng, const char *name)
{

	rng_init(rng, m->conf->seed, m->conf->replication, name);
}

/* ---- putting together -------------------------------------------------- */

static void
machine_init_sched(struct machine *m)
{

	sched_init(&m->sched, m->sim, m->conf->host.costs,
	    m->conf->host.cpus, 0);
	sched_set_prio(&m->sched, m->plan->prio);
	processors_init(m->conf, &m->sched);
	m->sched.stepwise = m->conf->stepwise;
	m->sched.trace = m->conf->trace;
	m->sched.stopped = lock_thread_stopped;
	sched_balance_start(&m->sched);
}

struct machine *
machine_new(const struct run_conf *conf, struct run_result *res,
    unsigned nslots)
{
	struct machine *m;
	unsigned i;

	m = g_new0(struct machine, 1);
	m->conf = conf;
	m->res = res;
	m->plan = conf->stack->plan;
	KASSERT(m->plan != NULL, ("%s has no plan", conf->stack->name));
	TAILQ_INIT(&m->threads);
	m->owners = g_new0(struct conn_owner, conf->nworkloads + 1 +
	    conf->nobservers);
	m->maxslots = SCHED_NSLOTS(conf->host.cpus) + nslots;
	m->slots = g_new0(struct machine_slot, m->maxslots);
	m->sim = sim_new(m->maxslots, conf->seed);
	sim_shuffle_ties(m->sim, conf->shuffle_ties);
	for (i = 0; i < conf->host.cpus; i++)
		machine_slot(m, machine_cpu_due, m);
	for (i = 0; i < conf->host.cpus; i++)
		machine_slot(m, machine_slice_due, m);
	machine_slot(m, machine_balance_due, m);
	machine_slot(m, machine_turn_due, m);
	machine_init_sched(m);
	record_init(&m->record, conf, res, m->sim);
	machine_tables_init(m);
	machine_locks_init(m);
	stride_init(&m->strides, conf, m->plan, m->locks);
	conn_table_init(&m->conns);
	return (m);
}

void
machine_free(struct machine *m)
{

	conn_table_fini(&m->conns);
	stride_fini(&m->strides);
	machine_locks_fini(m);
	net_free(m->net);
	sched_fini(&m->sched);
	sim_free(m->sim);
	g_free(m->owners);
	g_free(m->slots);
	g_free(m);
}

bool
machine_stops(struct machine *m, simtime now)
{

	if (m->conf->stop != NULL && m->conf->stop(m->conf->stop_arg, now))
		m->stopped = true;
	return (m->stopped);
}

void
machine_run_part(struct machine *m, simtime until)
{
	const struct machine_slot *slot;
	struct sim_event ev;
	uint64_t n;

	m->res->complete = true;
	/* Once it has panicked nothing happens any more. */
	for (n = 1; !m->res->panicked && sim_next(m->sim, until, &ev); n++) {
		slot = &m->slots[ev.slot];
		sched_interrupt(&m->sched);
		slot->fn(slot->arg, &ev);
		if (n % MACHINE_STOP_EVENTS == 0 && machine_stops(m, ev.time))
			break;
	}
	m->res->complete = !m->stopped;
}

void
machine_run(struct machine *m)
{

	machine_run_part(m, m->conf->duration);
}
