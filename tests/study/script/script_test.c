/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * pcbsim script against recordings of kernel code, byte by byte, by index and
 * by walk; and what it says of lines it cannot use.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "models/registry.h"
#include "models/stacks/stack.h"
#include "study/script/script.h"
#include "study/text/lines.h"

#define	DIR	"tests/golden"

/* The unpacked contents of a file; NULL if there is none. */
static char *
unpack_from(const char *dir, const char *name, const char *suffix)
{
	g_autofree char *path = NULL;
	GError *error = NULL;
	struct lines *in;
	GString *text;
	char *line;

	path = g_strdup_printf("%s/%s.%s.csv.gz", dir, name, suffix);
	if (!g_file_test(path, G_FILE_TEST_EXISTS))
		return (NULL);
	in = lines_open(path, &error);
	g_assert_no_error(error);
	text = g_string_new(NULL);
	while (lines_next(in, &line, &error) && line != NULL)
		g_string_append_printf(text, "%s\n", line);
	g_assert_no_error(error);
	lines_close(in);
	return (g_string_free(text, FALSE));
}

static char *
unpack(const char *name, const char *suffix)
{

	return (unpack_from(DIR, name, suffix));
}

/* The output for the operations in `ops', with that seed of the hash. */
static char *
run_seeded(const char *stack, enum net_search search, const char *ops,
    uint64_t hash_seed, enum script_end *end, GError **error)
{
	const struct script_conf conf = { .stack = stack_find(stack),
	    .search = search, .hash_seed = hash_seed };
	struct lines *in;
	char *text;
	size_t size;
	FILE *out;

	in = lines_open_text("ops.csv", ops);
	out = open_memstream(&text, &size);
	g_assert_nonnull(out);
	*end = script_run_conf(&conf, in, out, error);
	lines_close(in);
	(void)fclose(out);
	return (text);
}

static char *
run(const char *stack, enum net_search search, const char *ops,
    enum script_end *end, GError **error)
{

	return (run_seeded(stack, search, ops, 0, end, error));
}

/*
 * The recordings of 14.3 are older than the others, and differ in two things:
 * their hash has a seed, the first value of the generator; and they count the
 * first pcb of a bucket once where a pcb with the address * is entered, though
 * the kernel's loops look at it twice.  So there, and only there, ours may be
 * one more.
 */
#define	SEED_14	0x6c576facu

static bool
same_but_for_any(const char *got, const char *expected)
{
	g_auto(GStrv) a = g_strsplit(got, ",", -1);
	g_autofree char *fewer = NULL;

	if (strcmp(got, expected) == 0)
		return (true);
	if (g_strv_length(a) != 15 || strcmp(a[4], "*") != 0 ||
	    strcmp(a[3], "OK") != 0 || (strcmp(a[1], "bind") != 0 &&
	    strcmp(a[1], "listen") != 0))
		return (false);
	fewer = g_strdup_printf("%ld", strtol(a[12], NULL, 10) - 1);
	g_free(a[12]);
	a[12] = g_steal_pointer(&fewer);
	fewer = g_strjoinv(",", a);
	return (strcmp(fewer, expected) == 0);
}

static bool
same_as_14(const char *got, const char *expected)
{
	g_auto(GStrv) a = g_strsplit(got, "\n", -1);
	g_auto(GStrv) b = g_strsplit(expected, "\n", -1);
	unsigned i;

	for (i = 0; a[i] != NULL && b[i] != NULL; i++)
		if (!same_but_for_any(a[i], b[i]))
			return (false);
	return (a[i] == NULL && b[i] == NULL);
}

static void
compare(const char *name, const char *stack, enum net_search search,
    const char *ops, const char *expected)
{
	g_autofree char *got = NULL;
	GError *error = NULL;
	enum script_end end;
	bool is_14;

	is_14 = strcmp(stack, "freebsd-14") == 0;
	got = run_seeded(stack, search, ops, is_14 ? SEED_14 : 0, &end,
	    &error);
	g_assert_no_error(error);
	g_assert_cmpint(end, ==, SCRIPT_DONE);
	if (is_14 ? !same_as_14(got, expected) : strcmp(got, expected) != 0)
		g_error("%s %s differs", name, stack);
}

/*
 * The stack whose recordings are this one's, too: they differ in locks alone.
 */
static const char *
recorded_as(const char *stack)
{

	return (strcmp(stack, "freebsd-main-2026-04") == 0 ? "freebsd-15" :
	    stack);
}

static void
test_golden(gconstpointer data)
{
	const struct stack *const *s;
	g_autofree char *ops = NULL;
	unsigned compared;
	int search;

	ops = unpack(data, "ops");
	g_assert_nonnull(ops);
	compared = 0;
	for (s = registry_stacks; *s != NULL; s++) {
		g_autofree char *expected = NULL;

		expected = unpack(data, recorded_as((*s)->name));
		if (expected == NULL)
			continue;
		for (search = NET_SEARCH_INDEX; search <= NET_SEARCH_BOTH;
		    search++) {
			compare(data, (*s)->name, (enum net_search)search,
			    ops, expected);
			compared++;
		}
	}
	g_assert_cmpuint(compared, >=, 3);	/* one, by each search */
}

/*
 * Recordings that are too large for tests/golden, wherever they are:
 * PCBSIM_RECORDINGS=DIR[:DIR...].  Operations may lie in another of these
 * folders than what was recorded of them.
 */
static unsigned
compare_all_of(char **dirs, const char *file)
{
	const struct stack *const *s;
	unsigned compared, i;

	compared = 0;
	for (s = registry_stacks; *s != NULL; s++) {
		g_autofree char *end = NULL, *expected = NULL;
		g_autofree char *name = NULL, *ops = NULL;

		end = g_strdup_printf(".%s.csv.gz", (*s)->name);
		if (!g_str_has_suffix(file, end))
			continue;
		name = g_strndup(file, strlen(file) - strlen(end));
		expected = unpack_from(dirs[0], name, (*s)->name);
		for (i = 0; dirs[i] != NULL && ops == NULL; i++)
			ops = unpack_from(dirs[i], name, "ops");
		g_assert_nonnull(ops);
		compare(name, (*s)->name, NET_SEARCH_INDEX, ops, expected);
		compared++;
	}
	return (compared);
}

static void
test_recorded_elsewhere(void)
{
	g_auto(GStrv) dirs = NULL;
	const char *file;
	unsigned compared;
	GDir *dir;

	if (g_getenv("PCBSIM_RECORDINGS") == NULL) {
		g_test_skip("PCBSIM_RECORDINGS names no folder");
		return;
	}
	dirs = g_strsplit(g_getenv("PCBSIM_RECORDINGS"), ":", -1);
	dir = g_dir_open(dirs[0], 0, NULL);
	g_assert_nonnull(dir);
	compared = 0;
	while ((file = g_dir_read_name(dir)) != NULL)
		compared += compare_all_of(dirs, file);
	g_dir_close(dir);
	g_assert_cmpuint(compared, >, 0);
}

/* Lines of a recording without the names of the columns. */
static unsigned
rows(const char *text)
{
	unsigned n;

	for (n = 0; *text != '\0'; text++)
		n += *text == '\n';
	return (n - 1);
}

/* Recorded operations of a stack in DIR, or in a folder of it. */
static unsigned
recorded(const char *folder, const char *stack)
{
	g_autofree char *end = NULL, *path = NULL;
	const char *file;
	unsigned n;
	GDir *dir;

	end = g_strdup_printf(".%s.csv.gz", stack);
	path = g_strdup_printf(DIR "/%s", folder);
	n = 0;
	dir = g_dir_open(path, 0, NULL);
	while ((file = g_dir_read_name(dir)) != NULL) {
		g_autofree char *name = NULL, *text = NULL;

		if (!g_str_has_suffix(file, end))
			continue;
		name = g_strdup_printf("%s%.*s", folder,
		    (int)(strlen(file) - strlen(end)), file);
		text = unpack(name, stack);
		n += rows(text);
	}
	g_dir_close(dir);
	return (n);
}

/* What a report says that a stack was held against is what lies there. */
static void
test_recorded_ops_are_told(void)
{
	const struct stack *const *s;

	for (s = registry_stacks; *s != NULL; s++)
		g_assert_cmpuint((*s)->recorded_ops, ==, recorded("",
		    (*s)->name) + recorded("linux/", (*s)->name));
}

#define	CONFIG	"config,100,101,0,4,4\naddr,0,10.0.0.1\n"

static const struct {
	const char	*ops, *message;
} wrong[] = {
	{ "sock,1\n", "ops.csv:1: sock: the first operation*" },
	{ CONFIG "sok,1\n", "*:3: unknown operation*mean 'sock'*" },
	{ CONFIG "# note\n\nsock\n", "*:5: sock: 0 fields*ID*" },
	{ CONFIG "sock,1\nsock,1\n", "*:4: sock: socket ID*in use*" },
	{ CONFIG "sock,x\n", "*socket ID 'x'*number*" },
	{ CONFIG "sock,1,uid=-1\n", "*option 'uid=-1'*" },
	{ CONFIG "bind,1,10.0.0.256,1\n", "*address '10.0.0.256'*" },
	{ CONFIG "bind,1,10.0.0.01,1\n", "*address '10.0.0.01'*" },
	{ CONFIG "bind,1,*,65536\n", "*port '65536'*0 to 65535*" },
	{ CONFIG "config,1,2,0,4,4\n", "*config: allowed once*" },
	{ CONFIG "primary,10.0.0.2\n", "*addr line*" },
	{ CONFIG "set,rnge,1,2\n", "*range*" },
	{ CONFIG "set,range,1\n", "*first,last*" },
	{ CONFIG "set,randomized,2\n", "*0 or 1*" },
	{ "config,1,2,0,0,4\n", "*hashsize '0'*" },
	{ CONFIG "tick,,,,,,,,,,,,,\n", "*more than 12 fields*" },
	{ CONFIG "seed,18446744073709551616\n", "*seed '184467*" },
	{ CONFIG "set,randomized,0,1\n", "*randomized takes a value*" },
	{ CONFIG "sysctl,rndomized,1\n", "*mean 'randomized'*" },
	{ CONFIG "wait,1s\n", "*milliseconds '1s'*" },
	{ CONFIG "sock,1,lpr=9-8\n", "*option 'lpr=9-8'*" },
	{ CONFIG "twend,x\n", "*socket ID 'x'*" },
	{ "config,0,2,0,4,4\n", "*first '0'*a port from 1 to 65535*" },
	{ "config,1,0,0,4,4\n", "*last '0'*a port from 1 to 65535*" },
	{ "config,1,2,2,4,4\n", "*randomized '2'*0 or 1*" },
	{ "config,1,2,0,4,0\n", "*porthashsize '0'*1 to 67108864*" },
	{ CONFIG "addr,x,10.0.0.2\n", "*number 'x'*0 to 4294967295*" },
	{ CONFIG "addr,1,10.0.0\n", "*address '10.0.0'*" },
	{ CONFIG "addr,1,0.0.0.0\n", "*address '0.0.0.0'*not 0.0.0.0*" },
	{ CONFIG "primary,here\n", "*address 'here'*" },
	{ CONFIG "route,*,10.0.0.1\n", "*destination '?'*" },
	{ CONFIG "route,0.0.0.0,10.0.0.1\n",
	    "*destination '0.0.0.0'*not 0.0.0.0*" },
	{ CONFIG "route,192.0.2.1,10.0.0.2\n",
	    "*source '10.0.0.2'*addr line*" },
	{ CONFIG "bind,x,*,1\n", "*socket ID 'x'*" },
	{ CONFIG "listen,x\n", "*socket ID 'x'*" },
	{ CONFIG "connect,1,*,80\n", "*address '?'*192.0.2.1*" },
	{ CONFIG "connect,1,192.0.2.1,-1\n", "*port '-1'*" },
	{ CONFIG "setopt,1,reuseaddr,2\n", "*value '2'*0 or 1*" },
	{ CONFIG "setopt,1,reuse,1\n",
	    "*option 'reuse'*reuseport_lb or noport*" },
	{ CONFIG "close,-1\n", "*socket ID '-1'*" },
	{ CONFIG "tw,1.5\n", "*socket ID '1.5'*" },
	{ CONFIG "accept,1,*,80,192.0.2.1,1\n",
	    "*local address '?'*" },
	{ CONFIG "accept,1,10.0.0.1,80,192.0.2.1,x\n",
	    "*foreign port 'x'*" },
	{ CONFIG "uc,1,192.0.2.1,x\n", "*port 'x'*" },
	{ CONFIG "bc,1,*,0,192.0.2.1,x\n", "*foreign port 'x'*" },
	{ CONFIG "plist,65536\n", "*port '65536'*" },
	{ CONFIG "phash,p\n", "*port 'p'*" },
	/* Knobs, of this kernel and of others. */
	{ CONFIG "sysctl,algo,best\n", "*algo 'best'*one of *" },
	{ CONFIG "sysctl,cpus,x\n", "*cpus 'x'*a number from 0 to*" },
	{ CONFIG "set,reserved,1\n", "*reserved takes a number and*" },
	{ CONFIG "set,reserved,x,1\n", "*reserved 'x'*" },
	{ CONFIG "set,reserved,80,2\n", "*reserved '2'*" },
	{ CONFIG "sock,1\nset,bindhash,2\n",
	    "*set: bindhash: allowed before the first socket only" }
};

static void
test_bad_lines(void)
{
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(wrong); i++) {
		g_autofree char *out = NULL;
		g_autoptr(GError) error = NULL;
		enum script_end end;

		out = run("freebsd-12.0", NET_SEARCH_INDEX, wrong[i].ops, &end,
		    &error);
		if (end != SCRIPT_BAD_INPUT)
			g_error("line %u is accepted", i);
		if (!g_pattern_match_simple(wrong[i].message, error->message))
			g_error("line %u: %s", i, error->message);
		/* What came before stands. */
		g_assert_true(g_str_has_prefix(out, SCRIPT_HEADER "\n"));
	}
}

/* What the kernel would not take, and sockets that nobody has opened. */
static void
test_bad_lines_of_linux(void)
{
	static const char *const calls[] = { "bind", "listen", "connect",
	    "setopt", "close", "tw", "accept", "twend" };
	g_autoptr(GError) error = NULL;
	g_autofree char *bad = NULL, *none = NULL;
	g_auto(GStrv) lines = NULL;
	enum script_end end;
	unsigned i;

	bad = run("linux-6.1", NET_SEARCH_INDEX, CONFIG
	    "set,ip_local_reserved_ports,9-8\n", &end, &error);
	g_assert_cmpint(end, ==, SCRIPT_BAD_INPUT);
	g_assert_null(strstr(bad, "\n3,set"));
	g_assert_nonnull(strstr(error->message, "ops.csv:3: set: "
	    "ip_local_reserved_ports '9-8'"));
	g_assert_nonnull(strstr(error->message, "as the kernel would take it"));
	g_clear_error(&error);
	none = run("linux-6.1", NET_SEARCH_INDEX, CONFIG "bind,7,*,0\n"
	    "listen,7\nconnect,7,192.0.2.1,80\nsetopt,7,reuseaddr,1\n"
	    "close,7\ntw,7\naccept,7,10.0.0.1,80,192.0.2.1,9\ntwend,7\n",
	    &end, &error);
	g_assert_no_error(error);
	lines = g_strsplit(none, "\n", -1);
	for (i = 0; i < G_N_ELEMENTS(calls); i++) {
		g_autofree char *told = g_strdup_printf(
		    "%u,%s,7,NOSOCK,*,0,0,0,0,0,0,0,0,0,", i + 3, calls[i]);

		g_assert_cmpstr(lines[i + 1], ==, told);
	}
	g_assert_cmpstr(lines[i + 1], ==, "");
}

/*
 * TIME_WAIT: not without a connection; while it lasts the pcb is in the tables
 * and the port is taken; twend frees it.  Options and knobs that the kernel
 * lacks are read.
 */
static void
test_time_wait(void)
{
	static const char ops[] = CONFIG "sock,1,noport,lpr=100-101\n"
	    "tw,1\nconnect,1,192.0.2.1,80\ntw,1\nplist,100\nwait,1500\n"
	    "uc,2,192.0.2.1,80\nuc,3,192.0.2.1,80\ntwend,1\nplist,100\n"
	    "uc,4,192.0.2.1,80\ntw,9\n";
	static const char *const expected[] = { "3,sock,1,OK,*,0,",
	    "4,tw,1,ENOTCONN,*,0,", "5,connect,1,OK,10.0.0.1,100,",
	    "6,tw,1,OK,10.0.0.1,100,", "7,plist,100, 1",
	    "9,uc,2,OK,10.0.0.1,101,",
	    "10,uc,3,connect:EADDRNOTAVAIL,*,0,2,", "11,twend,1,OK,*,0,",
	    "12,plist,100,", "13,uc,4,OK,10.0.0.1,100,", "14,tw,9,NOSOCK," };
	static const char *const stacks[] = { "freebsd-11", "freebsd-12.0",
	    "freebsd-12.2" };
	unsigned i, k;

	for (i = 0; i < G_N_ELEMENTS(stacks); i++) {
		g_autofree char *out = NULL;
		g_auto(GStrv) lines = NULL;
		GError *error = NULL;
		enum script_end end;

		out = run(stacks[i], NET_SEARCH_BOTH, ops, &end, &error);
		g_assert_no_error(error);
		lines = g_strsplit(out, "\n", -1);
		for (k = 0; k < G_N_ELEMENTS(expected); k++)
			if (!g_str_has_prefix(lines[k + 1], expected[k]))
				g_error("%s: '%s', not '%s'", stacks[i],
				    lines[k + 1], expected[k]);
	}
}

/* Every value that an operation draws is told, in order. */
static void
test_draws_are_told(void)
{
	g_autofree char *out = NULL;
	GError *error = NULL;
	enum script_end end;

	out = run("freebsd-14", NET_SEARCH_BOTH, "config,100,199,1,4,4\n"
	    "addr,0,10.0.0.1\nbc,1,*,0,192.0.2.1,80\nsock,2\n"
	    "uc,3,192.0.2.1,80\n", &end, &error);
	g_assert_no_error(error);
	/* 1 x 6364136223846793005 + 1442695040888963407, high half; next. */
	g_assert_nonnull(strstr(out, "3,bc,1,OK,10.0.0.1,"));
	g_assert_nonnull(strstr(out, ",1817669548\n4,sock,2,OK,*,0,0,0,0,0,"
	    "0,0,0,"));
	g_assert_nonnull(strstr(out, ",\n5,uc,3,OK,"));
	g_assert_nonnull(strstr(out, ",2187888307\n"));
}

static void
test_divides_by_zero(void)
{
	g_autofree char *out = NULL;
	g_autoptr(GError) error = NULL;
	enum script_end end;

	out = run("freebsd-14", NET_SEARCH_BOTH, "config,100,100,1,4,4\n"
	    "addr,0,10.0.0.1\nuc,1,192.0.2.1,80\n", &end, &error);
	g_assert_cmpint(end, ==, SCRIPT_BAD_INPUT);
	g_assert_nonnull(strstr(error->message, "divides by zero"));
	g_assert_cmpstr(out, ==, SCRIPT_HEADER "\n");
}

static void
test_full_disk(void)
{
	g_autoptr(GError) error = NULL;
	struct lines *in;
	FILE *out;

	out = fopen("/dev/full", "w");
	if (out == NULL) {
		g_test_skip("no /dev/full here");
		return;
	}
	in = lines_open_text("ops.csv", CONFIG "sock,1\n");
	g_assert_cmpint(script_run(stack_find("freebsd-14"),
	    NET_SEARCH_INDEX, in, out, &error), ==, SCRIPT_CANNOT_WRITE);
	lines_close(in);
	(void)fclose(out);
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
		path = g_strdup_printf("/script/golden/%s", name);
		g_test_add_data_func_full(path, g_strdup(name), test_golden,
		    g_free);
	}
	g_dir_close(dir);
	g_test_add_func("/script/recorded_elsewhere",
	    test_recorded_elsewhere);
	g_test_add_func("/script/bad_lines_of_linux",
	    test_bad_lines_of_linux);
	g_test_add_func("/script/recorded_ops_are_told",
	    test_recorded_ops_are_told);
	g_test_add_func("/script/bad_lines", test_bad_lines);
	g_test_add_func("/script/time_wait", test_time_wait);
	g_test_add_func("/script/draws_are_told", test_draws_are_told);
	g_test_add_func("/script/divides_by_zero", test_divides_by_zero);
	g_test_add_func("/script/full_disk", test_full_disk);
	return (g_test_run());
}
