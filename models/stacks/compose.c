/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Stacks with proposals; see compose.h.
 */

#include <stddef.h>
#include <string.h>

#include "models/net/family.h"
#include "models/registry.h"
#include "models/stacks/compose.h"

const struct proposal *
proposal_find(const char *name)
{
	const struct proposal *const *p;

	for (p = registry_proposals; *p != NULL; p++)
		if (strcmp((*p)->name, name) == 0)
			return (*p);
	return (NULL);
}

/* The plan that stands for `plan', or NULL. */
static const struct lock_plan *
plan_instead(const struct proposal_plan *plans, const struct lock_plan *plan)
{

	for (; plans->of != NULL; plans++)
		if (plans->of == plan)
			return (plans->is);
	return (NULL);
}

enum stack_fit
stack_compose(struct stack *to, struct proposal *sum, const struct proposal *p)
{
	const struct lock_plan *plan;

	if ((p->on & to->family->proposals) == 0)
		return (STACK_OTHER_FAMILY);
	if (sum->plans != NULL && p->plans != NULL)
		return (STACK_BOTH_LOCKS);
	if (sum->allocator != NULL && p->allocator != NULL)
		return (STACK_BOTH_ORDER);
	plan = to->plan;
	if (p->plans != NULL) {
		plan = plan_instead(p->plans, to->plan);
		if (plan == NULL)
			return (STACK_OTHER_LOCKS);
		sum->plans = p->plans;
		sum->stretch = p->stretch;
	}
	if (p->allocator != NULL)
		sum->allocator = p->allocator;
	if (p->max_tries != 0)
		sum->max_tries = p->max_tries;
	sum->switches |= p->switches;
	to->plan = plan;
	to->proposal = sum;
	to->known = STACK_PROPOSED;
	to->releases = NULL;
	to->recorded_ops = to->booted_ops = 0;
	to->booted = to->recorded_but = NULL;
	if ((p->switches & PROPOSAL_SPREAD) != 0)
		to->port_first = false;
	return (STACK_FITS);
}
