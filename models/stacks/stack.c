/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Stacks by name.
 */

#include <stddef.h>
#include <string.h>

#include "models/net/family.h"
#include "models/net/proposal.h"
#include "models/registry.h"
#include "models/stacks/stack.h"

bool
stack_reads(const struct stack *stack, const char *knob)
{
	const struct net_knob *k;

	for (k = stack->family->knobs; k->name != NULL; k++)
		if (strcmp(k->name, knob) == 0)
			return (stack->family->reads == NULL ||
			    stack->family->reads(stack->variant, knob));
	return (false);
}

const char *
stack_default(const struct stack *stack, const char *key)
{
	const struct stack_sysctl *s;

	for (s = stack->sysctls; s != NULL && s->key != NULL; s++)
		if (strcmp(s->key, key) == 0)
			return (s->def);
	return (NULL);
}

bool
stack_noport(const struct stack *stack)
{

	return (net_family_noport(stack->family) || (stack->proposal != NULL &&
	    (stack->proposal->switches & PROPOSAL_NOPORT) != 0));
}

struct net *
stack_net(const struct stack *stack, const struct net_conf *conf)
{
	struct net_conf c;

	c = *conf;
	c.family = stack->family;
	c.variant = stack->variant;
	c.proposal = stack->proposal;
	return (net_new(&c));
}

static const struct stack_release *
stack_release(const struct stack *stack, const char *name)
{
	const struct stack_release *r;

	if (stack->releases == NULL)
		return (NULL);
	for (r = stack->releases; r->name != NULL; r++)
		if (strcmp(r->name, name) == 0)
			return (r);
	return (NULL);
}

bool
stack_release_reads(const struct stack *stack, const char *release,
    const char *knob)
{
	const struct stack_release *r;

	if (!stack_reads(stack, knob))
		return (false);
	/* With proposals it stands for no release. */
	if (stack->releases == NULL || stack->late_knob == NULL ||
	    strcmp(stack->late_knob, knob) != 0)
		return (true);
	for (r = stack->releases; r->name != NULL &&
	    strcmp(r->name, stack->late_since) != 0; r++)
		if (strcmp(r->name, release) == 0)
			return (false);
	return (true);
}

const struct stack *
stack_find(const char *name)
{
	const struct stack *const *s;

	for (s = registry_stacks; *s != NULL; s++)
		if (strcmp((*s)->name, name) == 0)
			return (*s);
	for (s = registry_stacks; *s != NULL; s++)
		if (stack_release(*s, name) != NULL)
			return (*s);
	return (NULL);
}

enum stack_known
stack_known_of(const struct stack *stack, const char *name)
{
	const struct stack_release *r;

	r = stack_release(stack, name);
	return (r != NULL ? r->known : stack->known);
}

const char *
stack_known_name(enum stack_known known)
{
	static const char *const names[] = { [STACK_PROPOSED] = "proposed",
	    [STACK_INFERRED] = "inferred",
	    [STACK_READ] = "read", [STACK_RECORDED] = "recorded",
	    [STACK_BOOTED] = "booted" };

	return (names[known]);
}
