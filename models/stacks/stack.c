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

struct net *
stack_net(const struct stack *stack, const struct net_conf *conf)
{
	struct net_conf c;

	c = *conf;
	c.family = stack->family;
	c.variant = stack->variant;
	return (net_new(&c));
}

const struct stack *
stack_find(const char *name)
{
	const struct stack *const *s;

	for (s = registry_stacks; *s != NULL; s++)
		if (strcmp((*s)->name, name) == 0)
			return (*s);
	return (NULL);
}
