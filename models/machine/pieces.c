/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Searches that drop their lock; see pieces.h.
 *
 * No kernel's: models/proposals/drop-lock.c and unlocked.c say what it stands
 * for.
 */

#include <glib.h>

#include "models/machine/machine.h"
#include "models/machine/pieces.h"
#include "models/machine/seek.h"
#include "models/net/net.h"
#include "models/net/proposal.h"
#include "models/stacks/stack.h"

/* Candidates under one hold of the lock; 0: none, they need none. */
static unsigned
pieces_stretch(const struct machine *m)
{

	return (m->conf->stack->proposal->stretch);
}

/* Take the lock, unless it is held. */
static void
pieces_lock(struct machine *m, struct thread *t)
{

	if (!t->seek->locked)
		machine_search_acquire(m, t);
	t->seek->locked = true;
}

static void
pieces_start(struct machine *m, struct thread *t)
{
	enum net_seek_state next;
	struct seek *s;
	simtime charge;

	s = t->seek;
	charge = t->charge;
	next = seek_first(m, t);
	t->spent.searched += t->charge - charge;
	/* Over: wrong from the start, or known to fail. */
	s->failed = next == NET_SEEK_OVER;
	s->candidate = next == NET_SEEK_CANDIDATE;
	s->pieces = s->failed ? PIECES_DROP : s->candidate ? PIECES_LOCK :
	    PIECES_TRY;
}

static void
pieces_try(struct machine *m, struct thread *t)
{
	enum net_seek_state next;
	struct net_op before;
	struct seek *s;
	unsigned max;

	s = t->seek;
	max = pieces_stretch(m);
	before = t->result;
	next = net_seek_stretch(m->net, &s->net, max > 0 ? max :
	    MAX(m->conf->seek_stretch, 1), &t->result);
	seek_charge(m, t, &before, 0);
	s->failed = next == NET_SEEK_OVER;
	s->candidate = next == NET_SEEK_CANDIDATE;
	s->pieces = s->candidate ? PIECES_LOCK :
	    next == NET_SEEK_MORE && max == 0 ? PIECES_TRY : PIECES_DROP;
}

static void
pieces_take(struct machine *m, struct thread *t)
{
	enum net_seek_state next;
	struct net_op before;
	struct seek *s;

	s = t->seek;
	before = t->result;
	next = net_seek_take(m->net, &s->net, &t->result);
	seek_charge(m, t, &before, 0);
	if (next == NET_SEEK_OVER && t->result.error == 0)
		machine_charge(m, t, COST_INSERT, 1);
	s->failed = next == NET_SEEK_OVER;
	s->candidate = false;
	s->pieces = PIECES_DROP;
}

/* What was charged is computed: drop the lock, and go on, or be done. */
static bool
pieces_drop(struct machine *m, struct thread *t)
{
	struct seek *s;

	s = t->seek;
	if (s->locked)
		machine_search_release(m, t);
	s->locked = false;
	s->pieces = pieces_stretch(m) > 0 ? PIECES_LOCK : PIECES_TRY;
	if (!s->failed)
		return (false);
	s->pieces = PIECES_BEGIN;
	return (seek_over(m, t));
}

static bool
pieces_step(void *machine, struct thread *t)
{
	struct machine *m;
	struct seek *s;

	m = machine;
	s = t->seek;
	switch (s->pieces) {
	case PIECES_BEGIN:
		s->locked = false;
		s->pieces = PIECES_START;
		if (pieces_stretch(m) > 0)
			pieces_lock(m, t);
		return (false);
	case PIECES_START:
		pieces_start(m, t);
		return (false);
	case PIECES_LOCK:
		s->pieces = s->candidate ? PIECES_TAKE : PIECES_TRY;
		pieces_lock(m, t);
		return (false);
	case PIECES_TRY:
		pieces_try(m, t);
		return (false);
	case PIECES_TAKE:
		pieces_take(m, t);
		return (false);
	case PIECES_DROP:
		return (pieces_drop(m, t));
	}
	return (true);
}

void
pieces_init(struct machine *m)
{

	machine_act_by(m, ACT_PIECES, pieces_step, m);
}
