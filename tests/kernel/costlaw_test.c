/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What `pcbsim script --costs=instructions-KERNEL' says that a call costs is
 * what the booted kernel took, to the instruction: data/costlaw.csv.
 *
 * Each of its rows is set up by socket operations: ports_N ports, and on each
 * pcbs_per_port_k pcbs of as many local addresses, bound or connected to one
 * destination, the primary's first or last.  (Its port keeps its buckets apart
 * from those of the pcbs that are bound only, as the kernels' larger tables
 * did.)  Then one call: an unbound connect
 * to that destination, bind(2) to the primary, or to the address behind these.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "models/stacks/stack.h"
#include "study/scenario/costs_file.h"
#include "study/script/script.h"
#include "study/text/lines.h"

#define	DATA	"tests/kernel/data/"
#define	FIRST	10000u
/* Larger setups take longer than a test should. */
#define	MAX_PCBS	120000u

struct row {
	char		*kernel, *fill, *order, *kind, *result;
	unsigned	ports, pcbs;
	long		least, most;
};

static void
add_ops(const struct row *r, GString *ops)
{
	unsigned i, k, p;

	g_string_append_printf(ops, "config,%u,%u,0,65536,65536\n", FIRST,
	    FIRST + r->ports - 1);
	for (i = 0; i <= r->pcbs; i++)
		g_string_append_printf(ops, "addr,%u,10.0.%u.%u\n", i,
		    i / 200, 1 + i % 200);
	for (p = 0; p < r->ports; p++)
		for (k = 0; k < r->pcbs; k++) {
			/* Once round, from the primary or to it. */
			i = strcmp(r->order, "primary first") == 0 ? k :
			    (k + 1) % r->pcbs;
			if (strcmp(r->fill, "connected") == 0)
				g_string_append_printf(ops, "bc,%u,10.0.%u.%u,"
				    "%u,203.0.113.1,33000\n", p * r->pcbs + k,
				    i / 200, 1 + i % 200, FIRST + p);
			else
				g_string_append_printf(ops, "sock,%u,uid=0\n"
				    "bind,%u,10.0.%u.%u,%u\n", p * r->pcbs + k,
				    p * r->pcbs + k, i / 200, 1 + i % 200,
				    FIRST + p);
		}
	g_string_append(ops, "sock,4000000000\n");
	if (strcmp(r->kind, "unbound") == 0)
		g_string_append(ops, "connect,4000000000,203.0.113.1,33000\n");
	else if (strcmp(r->kind, "bound") == 0)
		g_string_append(ops, "bind,4000000000,10.0.0.1,0\n");
	else
		g_string_append_printf(ops, "bind,4000000000,10.0.%u.%u,0\n",
		    r->pcbs / 200, 1 + r->pcbs % 200);
}

/* The kernel's release and the name of its table of costs. */
static char *
release_of(const char *kernel)
{

	return (g_strndup(kernel, strcspn(kernel, "-")));
}

/* What the last operation of a setup costs. */
static long
cost_of(const struct row *r, const struct costs *costs)
{
	g_autofree char *number = release_of(r->kernel);
	g_autofree char *release = g_strconcat("freebsd-", number, NULL);
	struct script_conf conf = { .stack = stack_find(release),
	    .search = NET_SEARCH_INDEX, .costs = costs };
	g_autoptr(GString) ops = g_string_new(NULL);
	g_auto(GStrv) f = NULL;
	GError *error = NULL;
	struct lines *in;
	char *text, *last;
	size_t size;
	long cost;
	FILE *out;

	add_ops(r, ops);
	in = lines_open_text("ops", ops->str);
	out = open_memstream(&text, &size);
	g_assert_nonnull(out);
	g_assert_cmpint(script_run_conf(&conf, in, out, &error), ==,
	    SCRIPT_DONE);
	g_assert_no_error(error);
	lines_close(in);
	(void)fclose(out);
	*strrchr(text, '\n') = '\0';
	last = strrchr(text, '\n') + 1;
	f = g_strsplit(last, ",", -1);
	g_assert_cmpuint(g_strv_length(f), ==, 16);
	g_assert_cmpstr(f[3], ==, r->result);
	cost = strtol(f[15], NULL, 10);
	free(text);
	return (cost);
}

/*
 * Instructions that a kernel took in a whole series, whatever the ports and
 * pcbs, and that no row of the table stands for:
 *
 *   12.1: 64 in each bind(2) of some boots (the others have the same rows
 *	without them);
 *   12.2: 27 in a connect(2) to ports that are bound only, as if one more pcb
 *	hung in one of all buckets.
 */
static long
series(const struct row *r, long off)
{

	if (strcmp(r->kernel, "12.1-RELEASE") == 0 && off == 64 &&
	    strcmp(r->kind, "unbound") != 0)
		return (64);
	if (strcmp(r->kernel, "12.2-RELEASE") == 0 && off >= 27 &&
	    strcmp(r->kind, "unbound") == 0 && strcmp(r->fill, "bound") == 0)
		return (27);
	return (0);
}

struct tally {
	unsigned	exact, series, interrupted, skipped;
};

/*
 * Where a clock interrupt came in each repetition took other numbers, or more
 * than one in each; the least is then above the law, by what a handler takes.
 */
static void
judge(const struct row *r, long cost, struct tally *t)
{
	long off;

	off = r->least - cost;
	off -= series(r, off);
	if (off == 0 && r->least == cost)
		t->exact++;
	else if (off == 0)
		t->series++;
	else if (off > 0 && r->ports * r->pcbs > 50000 &&
	    off < r->least / 2500)
		t->interrupted++;
	else
		g_error("%s, %s, %s, %s, %u ports, %u pcbs on each: the "
		    "kernel %ld, the model %ld", r->kernel, r->fill, r->order,
		    r->kind, r->ports, r->pcbs, r->least, cost);
}

static void
test_law(gconstpointer kernel)
{
	g_autofree char *number = release_of(kernel);
	g_autofree char *name = g_strconcat("instructions-", number, NULL);
	g_autofree char *path = NULL;
	g_autofree struct costs *costs = NULL;
	struct tally t = { 0 };
	GError *error = NULL;
	struct lines *in;
	uint64_t hash;
	char *line;

	costs = costs_file_load(name, ".", &path, &hash, &error);
	g_assert_no_error(error);
	in = lines_open(DATA "costlaw.csv", &error);
	g_assert_no_error(error);
	g_assert_true(lines_next(in, &line, &error));
	while (lines_next(in, &line, &error) && line != NULL) {
		g_auto(GStrv) f = g_strsplit(line, ",", -1);
		struct row r;

		g_assert_cmpuint(g_strv_length(f), ==, 10);
		if (strcmp(f[0], kernel) != 0)
			continue;
		r = (struct row){ .kernel = f[0], .fill = f[1], .order = f[2],
		    .kind = f[3], .result = f[6],
		    .ports = (unsigned)strtoul(f[4], NULL, 10),
		    .pcbs = (unsigned)strtoul(f[5], NULL, 10),
		    .least = strtol(f[7], NULL, 10),
		    .most = strtol(f[8], NULL, 10) };
		if (r.ports * r.pcbs > MAX_PCBS)
			t.skipped++;
		else
			judge(&r, cost_of(&r, costs), &t);
	}
	g_assert_no_error(error);
	lines_close(in);
	g_test_message("%s: %u exact, %u but for their series, %u with an "
	    "interrupt in each repetition, %u too large", (const char *)kernel,
	    t.exact, t.series, t.interrupted, t.skipped);
	g_assert_cmpuint(t.exact, >, 60);
	g_assert_cmpuint(t.series + t.interrupted, <, 30);
	g_assert_cmpuint(t.skipped, <=, 12);
}

int
main(int argc, char **argv)
{
	static const char *const kernels[] = { "11.0-RELEASE-p1",
	    "12.1-RELEASE", "12.2-RELEASE", "14.0-STABLE" };
	unsigned i;

	g_test_init(&argc, &argv, NULL);
	for (i = 0; i < G_N_ELEMENTS(kernels); i++) {
		g_autofree char *path = g_strdup_printf("/costlaw/%s",
		    kernels[i]);

		g_test_add_data_func(path, kernels[i], test_law);
	}
	return (g_test_run());
}
