/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Figures of one side; see live_stat.h.
 */

#include <glib.h>

#include "study/live_stat.h"

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

struct live_stat *
live_stat_new(const struct live_ops *ops, const struct live_outcome *out,
    simtime clock)
{
	struct live_stat *st;
	simtime asked, free, hold, unread;
	bool shared;
	size_t i;

	st = g_new0(struct live_stat, 1);
	st->hold = hist_new();
	st->wait = hist_new();
	st->late = hist_new();
	st->operations = ops->n;
	st->end = ops->duration;
	asked = free = unread = 0;	/* when no writer, no reader was left */
	for (i = 0; i < ops->n; i++) {
		shared = ops->op[i].kind == LIVE_LOOKUP;
		stat_decision(st, &ops->op[i], &out[i]);
		asked = MAX(asked, out[i].requested);
		hist_add(st->late, asked - out[i].requested);
		if (free > asked || (!shared && unread > asked)) {
			st->contested++;
			hist_add(st->wait, MAX(out[i].granted - asked, 0));
		}
		st->end = MAX(st->end, out[i].released);
		if (shared) {
			unread = MAX(unread, out[i].released);
			continue;
		}
		hold = MAX(out[i].released - out[i].granted - clock, 0);
		hist_add(st->hold, hold);
		st->busy += hold;
		free = MAX(free, out[i].released);
	}
	return (st);
}

void
live_stat_free(struct live_stat *st)
{

	if (st == NULL)
		return;
	hist_free(st->hold);
	hist_free(st->wait);
	hist_free(st->late);
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
