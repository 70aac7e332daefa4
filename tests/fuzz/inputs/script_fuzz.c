/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Operations of sockets, in both searches; the first byte chooses the stack.
 */

#include "models/registry.h"
#include "models/stacks/stack.h"
#include "study/script/script.h"
#include "study/text/lines.h"
#include "tests/fuzz/inputs/driver.h"

static unsigned nstacks;

static void
script_init(const char *dir)
{

	(void)dir;
	while (registry_stacks[nstacks] != NULL)
		nstacks++;
}

static void
script_one(const uint8_t *data, size_t size)
{
	g_autofree char *input = NULL;
	g_autoptr(GError) error = NULL;
	struct lines *in;
	FILE *out;
	char *text;
	size_t len;

	if (size < 2)
		return;
	input = fuzz_text(data + 1, size - 1);
	if (input == NULL)
		return;
	in = lines_open_text("input", input);
	out = open_memstream(&text, &len);
	g_assert_nonnull(out);
	if (script_run(registry_stacks[data[0] % nstacks], NET_SEARCH_BOTH,
	    in, out, &error) != SCRIPT_DONE)
		fuzz_message(error);
	lines_close(in);
	fclose(out);
	free(text);
}

const struct fuzz_kind fuzz_kind = {
	"script", script_init, script_one, NULL
};
