/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What the running Linux 6.18 did, whatever its secrets were, held against the
 * model with many secrets (tests/golden/linux, README.md there): the columns
 * of each line that were the same in every run, and facts of whole runs.
 *
 * The recording keeps what six runs had in common, so that a few lines say by
 * chance in which half of the range a port is, or whether it is shared.  These
 * columns are checked where they follow from a rule: see `chance' and
 * half_rules().
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "models/stacks/stack.h"
#include "study/script/script.h"
#include "study/text/lines.h"

#define	DIR	"tests/golden/linux"
#define	SECRETS	12
#define	MAXIDS	2048

/* Columns of a recorded line. */
enum column {
	C_LINE, C_OP, C_ID, C_ERR, C_LADDR, C_LPORT, C_PARITY, C_HALF,
	C_SHARE, C_SHARE_SAME, NCOLUMNS
};

/* Cases where sharing goes by chance. */
static const char *const chance[] = { "L04_dst_rr", "L06_", "L09_", "L15_tw1",
    "L17_", NULL };

/* A socket that is open. */
struct open {
	bool		bound;
	char		laddr[16];
	unsigned	lport;
};

/* What is known of a run so far, and of its last operation. */
struct state {
	unsigned	first, last;
	struct open	open[MAXIDS];
	unsigned	attempts, ok, fail;
	int		first_failure, first_parity, first_other_parity;
	unsigned	share, share_same;
	bool		seen[65536];
	unsigned	distinct;
};

static bool
matches(const char *name, const char *const *prefixes)
{

	for (; *prefixes != NULL; prefixes++)
		if (g_str_has_prefix(name, *prefixes))
			return (true);
	return (false);
}

/* bind(A, 0) with SO_REUSEADDR looks in the lower half first. */
static bool
half_rules(const char *name, const char *op)
{

	return (g_str_has_prefix(name, "L08_") || strcmp(op, "bind") == 0);
}

static GPtrArray *
read_lines(const char *path)
{
	GError *error = NULL;
	struct lines *in;
	GPtrArray *a;
	char *line;

	in = lines_open(path, &error);
	g_assert_no_error(error);
	a = g_ptr_array_new_with_free_func(g_free);
	while (lines_next(in, &line, &error) && line != NULL)
		g_ptr_array_add(a, g_strdup(line));
	g_assert_no_error(error);
	lines_close(in);
	return (a);
}

/* The rows of the answer, with the secrets of a seed. */
static char **
answer(const char *stack, const GPtrArray *ops, unsigned seed,
    enum net_search search)
{
	g_autoptr(GString) text = g_string_new(NULL);
	GError *error = NULL;
	struct lines *in;
	char *printed, **rows;
	size_t size;
	unsigned i;
	FILE *out;

	for (i = 0; i < ops->len; i++) {
		/* The seed in its place: lines keep their numbers. */
		if (g_str_has_prefix(ops->pdata[i], "#"))
			continue;
		g_string_append_printf(text, "%s\n", (char *)ops->pdata[i]);
		if (g_str_has_prefix(ops->pdata[i], "config,"))
			g_string_append_printf(text, "seed,%u\n", seed);
	}
	in = lines_open_text("ops", text->str);
	out = open_memstream(&printed, &size);
	g_assert_nonnull(out);
	script_run(stack_find(stack), search, in, out, &error);
	g_assert_no_error(error);
	lines_close(in);
	(void)fclose(out);
	rows = g_strsplit(printed, "\n", -1);
	free(printed);
	return (rows);
}

static bool
ends(const char *op)
{

	return (strcmp(op, "close") == 0 || strcmp(op, "tw") == 0 ||
	    strcmp(op, "twend") == 0);
}

static void
count_attempt(struct state *s, const char *err, unsigned lport)
{
	int parity;

	if (strcmp(err, "OK") != 0) {
		if (s->fail++ == 0)
			s->first_failure = (int)s->attempts;
	} else {
		parity = (int)(lport - s->first) % 2;
		if (s->ok == 0)
			s->first_parity = parity;
		else if (parity != s->first_parity &&
		    s->first_other_parity < 0)
			s->first_other_parity = (int)s->ok;
		s->ok++;
		s->distinct += !s->seen[lport];
		s->seen[lport] = true;
	}
	s->attempts++;
}

/* Follow a row of the answer: fields as script.h has them. */
static void
follow(struct state *s, char **f)
{
	struct open *o;
	unsigned i, id;

	id = (unsigned)atoi(f[2]);
	g_assert_cmpuint(id, <, MAXIDS);
	o = &s->open[id];
	o->lport = ends(f[1]) ? 0 : (unsigned)atoi(f[5]);
	g_strlcpy(o->laddr, f[4], sizeof(o->laddr));
	s->share = s->share_same = 0;
	for (i = 0; o->lport != 0 && i < MAXIDS; i++)
		if (i != id && s->open[i].lport == o->lport) {
			s->share = 1;
			s->share_same |= strcmp(s->open[i].laddr,
			    o->laddr) == 0;
		}
	if (strcmp(f[1], "uc") == 0 || strcmp(f[1], "bc") == 0)
		count_attempt(s, f[3], o->lport);
}

static void
same(const char *where, enum column c, char **want, const char *got)
{

	if (strcmp(want[c], "~") != 0 && strcmp(want[c], got) != 0)
		g_error("%s line %s, column %d: %s, recorded %s", where,
		    want[C_LINE], (int)c, got, want[c]);
}

static void
compare_row(const char *name, const struct state *s, char **want, char **f)
{
	char text[16];
	const char *err;
	unsigned half, lport;

	/* The recorder names the call of a failed bc only. */
	err = strcmp(f[1], "uc") == 0 && strchr(f[3], ':') != NULL ?
	    strchr(f[3], ':') + 1 : f[3];
	same(name, C_OP, want, f[1]);
	same(name, C_ID, want, f[2]);
	same(name, C_ERR, want, err);
	if (ends(f[1]))
		return;
	same(name, C_LADDR, want, f[4]);
	same(name, C_LPORT, want, f[5]);
	lport = (unsigned)atoi(f[5]);
	half = s->first + ((s->last + 1 - s->first) >> 2 << 1);
	g_snprintf(text, sizeof(text), "%u", (lport - s->first) % 2);
	if (lport != 0)
		same(name, C_PARITY, want, text);
	if (lport != 0 && half_rules(name, f[1]))
		same(name, C_HALF, want, lport < half ? "L" : "H");
	if (matches(name, chance))
		return;
	same(name, C_SHARE, want, s->share ? "1" : "0");
	same(name, C_SHARE_SAME, want, s->share_same ? "1" : "0");
}

/* Is the value one of "a|b|c"? */
static void
fact(const char *name, const GPtrArray *facts, const char *what, int value)
{
	g_autofree char *text = NULL;
	unsigned i;

	text = value < 0 ? g_strdup("none") : g_strdup_printf("%d", value);
	for (i = 1; i < facts->len; i++) {
		g_auto(GStrv) f = g_strsplit(facts->pdata[i], ",", 4);
		g_auto(GStrv) any = g_strsplit(f[3], "|", -1);

		if (strcmp(f[0], name) != 0 || strcmp(f[1], what) != 0)
			continue;
		if (!g_strv_contains((const char *const *)any, text))
			g_error("%s: %s is %s, recorded %s", name, what, text,
			    f[3]);
		return;
	}
	g_error("no fact %s of %s", what, name);
}

static void
compare_facts(const char *name, const GPtrArray *facts,
    const struct state *s)
{

	fact(name, facts, "attempts", (int)s->attempts);
	/*
	 * Of five ports one may be missed by each of three searches; all three
	 * at once is too rare for twenty runs.
	 */
	if (g_str_has_prefix(name, "L18_5port"))
		return;
	fact(name, facts, "ok", (int)s->ok);
	fact(name, facts, "fail", (int)s->fail);
	fact(name, facts, "first_failure", s->first_failure);
	/* With ports in order chance says when parity changes. */
	if (!g_str_has_prefix(name, "L14_") && s->ok > 0) {
		fact(name, facts, "first_parity", s->first_parity);
		fact(name, facts, "first_other_parity",
		    s->first_other_parity);
	}
	if (!g_str_has_prefix(name, "L17_case2019_") &&
	    !g_str_has_prefix(name, "L14_"))
		fact(name, facts, "distinct_ports", (int)s->distinct);
}

static void
compare_run(const char *stack, const char *name, const GPtrArray *ops,
    const GPtrArray *want, const GPtrArray *facts, unsigned seed)
{
	g_autofree struct state *s = NULL;
	g_auto(GStrv) rows = NULL, config = NULL;
	unsigned i;

	s = g_new0(struct state, 1);
	s->first_failure = s->first_other_parity = -1;
	for (i = 0; i < ops->len; i++)
		if (g_str_has_prefix(ops->pdata[i], "config,"))
			config = g_strsplit(ops->pdata[i], ",", -1);
	g_assert_nonnull(config);
	s->first = (unsigned)atoi(config[1]);
	s->last = (unsigned)atoi(config[2]);
	rows = answer(stack, ops, seed,
	    seed % 3 == 0 ? NET_SEARCH_BOTH : NET_SEARCH_INDEX);
	for (i = 1; i < want->len; i++) {
		/* ip_autobind_reuse: from then on who meets whom is chance. */
		if (g_str_has_prefix(name, "L09_") && i > 100)
			break;
		g_auto(GStrv) f = g_strsplit(rows[i], ",", -1);
		g_auto(GStrv) w = g_strsplit(want->pdata[i], ",", -1);

		g_assert_cmpuint(g_strv_length(w), ==, NCOLUMNS);
		g_assert_cmpuint(g_strv_length(f), ==, 15);
		g_assert_cmpstr(f[0], ==, w[C_LINE]);
		follow(s, f);
		compare_row(name, s, w, f);
	}
	if (i == want->len) {
		g_assert_cmpstr(rows[i], ==, "");
		compare_facts(name, facts, s);
	}
}

static void
test_case(gconstpointer data)
{
	const char *name = data;
	g_autofree char *ops_path = NULL, *want_path = NULL;
	g_autoptr(GPtrArray) facts = NULL, ops = NULL, want = NULL;
	unsigned seed;

	ops_path = g_strdup_printf(DIR "/%s.ops.csv.gz", name);
	want_path = g_strdup_printf(DIR "/%s.linux-6.18.csv.gz", name);
	ops = read_lines(ops_path);
	want = read_lines(want_path);
	facts = read_lines(DIR "/facts.linux-6.18.csv");
	for (seed = 0; seed < SECRETS; seed++) {
		compare_run("linux-6.18", name, ops, want, facts,
		    seed * 7919 + 1);
		compare_run("linux-7.1", name, ops, want, facts,
		    seed * 7919 + 2);
	}
}

int
main(int argc, char **argv)
{
	const char *file;
	GDir *dir;

	g_test_init(&argc, &argv, NULL);
	dir = g_dir_open(DIR, 0, NULL);
	if (dir == NULL)
		g_error("%s is missing: run from the top folder", DIR);
	while ((file = g_dir_read_name(dir)) != NULL) {
		g_autofree char *name = NULL, *path = NULL;

		if (!g_str_has_suffix(file, ".ops.csv.gz"))
			continue;
		name = g_strndup(file, strlen(file) - strlen(".ops.csv.gz"));
		path = g_strdup_printf("/linux/golden/%s", name);
		g_test_add_data_func_full(path, g_strdup(name), test_case,
		    g_free);
	}
	g_dir_close(dir);
	return (g_test_run());
}
