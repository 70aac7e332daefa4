/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Figures of one side; see stat.h.
 */

#include <glib.h>

#include "study/live/stat.h"

/* Operations looked back at for who was in the way; more never queue. */
#define	STAT_BEFORE	1000

static void
stat_decision(struct live_stat *st, const struct live_op *op,
    const struct live_outcome *out)
{

	if (op->kind != LIVE_BIND && op->kind != LIVE_CONNECT)
		return;
	if (op->kind == LIVE_CONNECT || out->error != 0)
		st->connects++;
	st->failures += out->error != 0;
	st->searches += out->iters > 0;
	st->iters += out->iters;
	st->visits += out->visits;
}

/*
 * From the moment it asked, how long was the lock held by those before it in
 * the order?  Readers are not in a reader's way.
 *
 * last		[out] when the last of them was done; if any was in its way
 */
static simtime
stat_in_way(const struct live_ops *ops, const struct live_outcome *out,
    size_t i, simtime *last)
{
	simtime from, in_way, until;
	size_t j;

	in_way = *last = 0;
	until = out[i].granted;
	for (j = i; j > 0 && i - j < STAT_BEFORE; j--) {
		if (ops->op[i].kind == LIVE_LOOKUP &&
		    ops->op[j - 1].kind == LIVE_LOOKUP)
			continue;
		from = MAX(out[j - 1].granted, out[i].requested);
		if (MIN(out[j - 1].released, until) <= from)
			continue;
		*last = MAX(*last, MIN(out[j - 1].released, until));
		in_way += MIN(out[j - 1].released, until) - from;
		until = from;
	}
	return (in_way);
}

static void
stat_wait(struct live_stat *st, const struct live_ops *ops,
    const struct live_outcome *out, size_t i)
{
	simtime last, wait;

	wait = stat_in_way(ops, out, i, &last);
	if (wait > 0) {
		wait += out[i].granted - last;
		st->contested++;
		hist_add(st->wait, wait);
	}
	hist_add(st->back, MAX(out[i].granted - out[i].requested - wait, 0));
}

static void
stat_hold(struct live_stat *st, const struct live_outcome *out, simtime clock)
{
	simtime hold;

	hold = MAX(out->released - out->granted - clock, 0);
	hist_add(out->iters > 0 ? st->hold : st->brief, hold);
	if (out->iters > 0)
		hist_add(st->worked, out->worked);
	st->busy += hold;
}

struct live_stat *
live_stat_new_empty(void)
{
	struct live_stat *st;

	st = g_new0(struct live_stat, 1);
	st->hold = hist_new();
	st->worked = hist_new();
	st->brief = hist_new();
	st->wait = hist_new();
	st->back = hist_new();
	return (st);
}

struct live_stat *
live_stat_new(const struct live_ops *ops, const struct live_outcome *out,
    simtime clock)
{
	struct live_stat *st;
	simtime began, end;
	size_t first, i;

	st = live_stat_new_empty();
	for (first = 0; first < ops->n && out[first].iters == 0; first++)
		stat_decision(st, &ops->op[first], &out[first]);
	began = first < ops->n ? out[first].requested : 0;
	end = ops->duration;
	st->decided = st->connects;
	for (i = first; i < ops->n; i++) {
		stat_decision(st, &ops->op[i], &out[i]);
		stat_wait(st, ops, out, i);
		if (ops->op[i].kind != LIVE_LOOKUP)
			stat_hold(st, &out[i], clock);
		end = MAX(end, out[i].released);
	}
	st->decided = st->connects - st->decided;
	st->span = end - began;
	return (st);
}

void
live_stat_free(struct live_stat *st)
{

	if (st == NULL)
		return;
	hist_free(st->hold);
	hist_free(st->worked);
	hist_free(st->brief);
	hist_free(st->wait);
	hist_free(st->back);
	g_free(st);
}

size_t
live_stat_differs(const struct live_ops *ops, const struct live_outcome *real)
{
	const struct live_outcome *m;
	size_t i;

	for (i = 0; i < ops->n; i++) {
		m = &ops->model[i];
		if (m->error != real[i].error || m->iters != real[i].iters ||
		    m->visits != real[i].visits)
			break;
	}
	return (i);
}
