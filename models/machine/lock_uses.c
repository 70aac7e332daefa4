/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The tallies of locks; see lock_uses.h.
 */

#include <glib.h>

#include "models/machine/lock_uses.h"
#include "models/machine/machine.h"

_Static_assert(NOPS <= LOCK_USE_OPS, "more operations than tallies");

/* What was not used is no row. */
static void
lock_uses_add(struct run_result *res, const char *lock,
    const struct lock_class *class, const struct lock_use *uses)
{
	const struct lock_use *use;
	unsigned op, shared;

	for (op = 0; op < NOPS; op++)
		for (shared = 0; shared < 2; shared++) {
			use = &uses[lock_use_index(op, shared != 0)];
			if (use->acquisitions == 0)
				continue;
			res->uses[res->nuses++] = (struct lock_use_result){
			    .lock = lock, .class = class->name,
			    .op = op_name((enum op)op), .shared = shared != 0,
			    .use = *use };
		}
}

void
lock_uses_end(struct machine *m)
{
	struct run_result *res;
	unsigned i;

	res = m->res;
	res->uses = g_new0(struct lock_use_result,
	    (PLAN_MAXLOCKS + NET_MAXBUCKETS) * NOPS * 2);
	for (i = 0; i < PLAN_MAXLOCKS; i++)
		if (m->locks[i].class != NULL)
			lock_uses_add(res, m->locks[i].name,
			    m->locks[i].class, m->lock_uses[i]);
	for (i = 0; i < m->buckets.nkinds; i++)
		lock_uses_add(res, m->buckets.kinds[i].name,
		    m->buckets.kinds[i].class, m->buckets.uses[i]);
	res->uses = g_renew(struct lock_use_result, res->uses,
	    MAX(res->nuses, 1));
}
