/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Loads by their names.
 */

#include <stddef.h>
#include <string.h>

#include "models/machine/load.h"
#include "models/registry.h"

const struct load *
load_find(const char *name)
{
	const struct load *const *p;

	for (p = registry_loads; *p != NULL; p++)
		if (strcmp((*p)->name, name) == 0)
			return (*p);
	return (NULL);
}
