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

#include "models/registry.h"
#include "models/stacks/stack.h"

const struct stack *
stack_find(const char *name)
{
	const struct stack *const *s;

	for (s = registry_stacks; *s != NULL; s++)
		if (strcmp((*s)->name, name) == 0)
			return (*s);
	return (NULL);
}
