/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Tables of costs.
 */

#include "study/scenario/costs_file.h"
#include "tests/fuzz/inputs/driver.h"

static char *path;

static void
costs_init(const char *dir)
{

	path = g_build_filename(dir, "c.csv", NULL);
}

static void
costs_one(const uint8_t *data, size_t size)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *found = NULL;
	struct costs *c;
	uint64_t hash;

	fuzz_write(path, data, size);
	c = costs_file_load(path, ".", &found, &hash, &error);
	if (c == NULL)
		fuzz_message(error);
	g_free(c);
}

static void
costs_seeds(void (*put)(const char *, const void *, size_t))
{
	const struct costs_builtin *b;

	for (b = costs_builtin; b->name != NULL; b++)
		put(b->name, b->text, strlen(b->text));
}

const struct fuzz_kind fuzz_kind = {
	"costs", costs_init, costs_one, costs_seeds
};
