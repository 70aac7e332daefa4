/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What booted kernels decided, held against what the stacks that stand for
 * them decide: error, local address, local port and rover of every operation,
 * and the smallest files that tell these kernels apart.  See README.md here.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "models/stacks/stack.h"
#include "study/script/script.h"
#include "study/text/lines.h"

#define	LIVE	"tests/kernel/data"
#define	GOLDEN	"tests/golden"

/* A kernel as it calls itself; `release' is resolved as a user's word is. */
static const struct kernel {
	const char	*name, *release, *stack;
	unsigned	decisions;
} kernels[] = {
	{ "11.0-RELEASE-p1", "freebsd-11.0", "freebsd-11", 20292 },
	{ "12.1-RELEASE", "freebsd-12.1", "freebsd-12.0", 20292 },
	{ "12.2-RELEASE", "freebsd-12.2", "freebsd-12.2", 20292 },
	{ "14.0-STABLE", "freebsd-14.0", "freebsd-14.0", 20138 }
};

/* What is compared of an operation: "EISCONN,10.0.0.1,50000,50000". */
static char *
decision(const char *error, const char *laddr, const char *lport,
    const char *rover)
{

	/*
	 * A second connect() on a socket that waits for an answer: the
	 * recordings' sockets are connected at once.
	 */
	if (strcmp(error, "EALREADY") == 0)
		error = "EISCONN";
	return (g_strdup_printf("%s,%s,%s,%s", error, laddr, lport, rover));
}

/* Decisions of the stack by line number. */
static GHashTable *
decide(const struct stack *stack, struct lines *in)
{
	g_auto(GStrv) rows = NULL;
	GError *error = NULL;
	GHashTable *by_line;
	unsigned i;
	size_t size;
	char *text;
	FILE *out;

	out = open_memstream(&text, &size);
	g_assert_nonnull(out);
	g_assert_cmpint(script_run(stack, NET_SEARCH_BOTH, in, out, &error),
	    ==, SCRIPT_DONE);
	g_assert_no_error(error);
	(void)fclose(out);
	rows = g_strsplit(text, "\n", -1);
	free(text);
	by_line = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    g_free);
	for (i = 1; rows[i] != NULL; i++) {
		g_auto(GStrv) f = g_strsplit(rows[i], ",", -1);

		if (g_strv_length(f) == 15)
			g_hash_table_insert(by_line, g_strdup(f[0]),
			    decision(f[3], f[4], f[5], f[13]));
	}
	return (by_line);
}

static GHashTable *
decide_recording(const struct stack *stack, const char *name)
{
	g_autofree char *path = NULL;
	GError *error = NULL;
	GHashTable *by_line;
	struct lines *in;

	path = g_strdup_printf(GOLDEN "/%s.ops.csv.gz", name);
	in = lines_open(path, &error);
	g_assert_no_error(error);
	by_line = decide(stack, in);
	lines_close(in);
	return (by_line);
}

/* line,op,id,err,laddr,lport,lastport; @NAME opens a recording. */
static void
test_every_decision(gconstpointer data)
{
	const struct kernel *k = data;
	g_autoptr(GHashTable) by_line = NULL;
	g_autofree char *path = NULL, *recording = NULL;
	const struct stack *stack;
	GError *error = NULL;
	struct lines *in;
	unsigned equal;
	char *line;

	stack = stack_find(k->release);
	g_assert_cmpstr(stack->name, ==, k->stack);
	/* What reports say. */
	g_assert_cmpstr(stack->booted, ==, k->name);
	g_assert_cmpuint(stack->booted_ops, ==, k->decisions);
	g_assert_cmpint(stack_known_of(stack, k->release), ==, STACK_BOOTED);
	path = g_strdup_printf(LIVE "/live-%s.csv.gz", k->name);
	in = lines_open(path, &error);
	g_assert_no_error(error);
	g_assert_true(lines_next(in, &line, &error));
	g_assert_cmpstr(line, ==, "line,op,id,err,laddr,lport,lastport");
	equal = 0;
	while (lines_next(in, &line, &error) && line != NULL) {
		g_autofree char *live = NULL;
		g_auto(GStrv) f = NULL;
		const char *ours;

		if (*line == '@') {
			g_clear_pointer(&by_line, g_hash_table_unref);
			g_free(recording);
			recording = g_strdup(line + 1);
			by_line = decide_recording(stack, recording);
			continue;
		}
		f = g_strsplit(line, ",", -1);
		g_assert_cmpuint(g_strv_length(f), ==, 7);
		live = decision(f[3], f[4], f[5], f[6]);
		ours = g_hash_table_lookup(by_line, f[0]);
		if (ours == NULL || strcmp(ours, live) != 0)
			g_error("%s, %s:%s: the kernel %s, the model %s",
			    k->name, recording, f[0], live, ours == NULL ?
			    "nothing" : ours);
		equal++;
	}
	g_assert_no_error(error);
	lines_close(in);
	/* None was passed over. */
	g_assert_cmpuint(equal, ==, k->decisions);
}

static const struct kernel *
kernel_find(const char *name)
{
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(kernels); i++)
		if (strcmp(kernels[i].name, name) == 0)
			return (&kernels[i]);
	g_error("%s is no kernel here", name);
}

/*
 * operations,kernel,stack,live_line_7,...: what the last operation of a file
 * gave, as "OK * 50000".
 */
static void
test_differences(void)
{
	GError *error = NULL;
	struct lines *in;
	unsigned rows;
	char *line;

	in = lines_open(LIVE "/differences.csv", &error);
	g_assert_no_error(error);
	g_assert_true(lines_next(in, &line, &error));
	for (rows = 0; lines_next(in, &line, &error) && line != NULL; rows++) {
		g_auto(GStrv) f = g_strsplit(line, ",", -1);
		g_autofree char *path = g_strconcat(LIVE "/", f[0], NULL);
		g_autoptr(GHashTable) by_line = NULL;
		g_autofree char *ours = NULL;
		struct lines *ops;

		ops = lines_open(path, &error);
		g_assert_no_error(error);
		by_line = decide(stack_find(kernel_find(f[1])->release), ops);
		lines_close(ops);
		/* "OK,*,50000,0": the rover is not told there. */
		ours = g_strdup(g_hash_table_lookup(by_line, "7"));
		*strrchr(ours, ',') = '\0';
		g_strdelimit(ours, ",", ' ');
		if (strcmp(ours, f[3]) != 0)
			g_error("%s on %s: the kernel %s, the model %s", f[0],
			    f[1], f[3], ours);
	}
	g_assert_no_error(error);
	lines_close(in);
	g_assert_cmpuint(rows, ==, 16);
}

int
main(int argc, char **argv)
{
	unsigned i;

	g_test_init(&argc, &argv, NULL);
	for (i = 0; i < G_N_ELEMENTS(kernels); i++) {
		g_autofree char *path = g_strdup_printf(
		    "/booted/every_decision/%s", kernels[i].name);

		g_test_add_data_func(path, &kernels[i], test_every_decision);
	}
	g_test_add_func("/booted/differences", test_differences);
	return (g_test_run());
}
