/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Recordings: what is good is read exactly, what is bad is told by line and
 * column, and nothing passes silently.
 */

#include <sys/resource.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "models/net/net.h"
#include "study/scenario/replay.h"
#include "study/text/csvin.h"
#include "tests/tools/peak.h"
#include "tests/tools/sanitized.h"

#define	BAD	"tests/study/data/bad/"
#define	HEADER	"time_s,laddr,faddr,fport,duration_s,lport\n"

/* Load text as a file; the name is the same each time. */
static struct replay *
load_text(const char *text, gssize len, bool skip, GError **error)
{
	g_autofree char *path = NULL;
	struct replay *rp;
	int fd;

	fd = g_file_open_tmp("replay-XXXXXX.csv", &path, NULL);
	g_assert_cmpint(fd, >=, 0);
	g_close(fd, NULL);
	g_assert_true(g_file_set_contents(path, text, len, NULL));
	rp = replay_load(path, skip, error);
	g_unlink(path);
	return (rp);
}

/* One line of the index: each problem names its line and its column. */
static void
check_problems(const char *file, const char *lines, const char *columns)
{
	g_auto(GStrv) line = g_strsplit(lines, " ", -1);
	g_auto(GStrv) column = g_strsplit(columns, " ", -1);
	g_autofree char *path = g_strconcat(BAD, file, NULL);
	g_auto(GStrv) told = NULL;
	g_autoptr(GError) error = NULL;
	struct replay *rp;
	unsigned i;

	rp = replay_load(path, false, &error);
	if (*lines == '\0') {
		g_assert_no_error(error);
		g_assert_nonnull(rp);
		g_assert_cmpuint(rp->skipped, ==, 0);
		replay_free(rp);
		return;
	}
	g_assert_null(rp);
	g_assert_nonnull(error);
	told = g_strsplit(error->message, "\n", -1);
	g_assert_cmpuint(g_strv_length(told), ==, g_strv_length(line));
	for (i = 0; line[i] != NULL; i++) {
		g_autofree char *where = g_strdup_printf("%s:%s: ", path,
		    line[i]);
		g_autofree char *what = g_strdup_printf("column %s: ",
		    column[i]);

		g_test_message("%s", told[i]);
		g_assert_true(g_str_has_prefix(told[i], where));
		if (strcmp(column[i], "-") == 0)
			g_assert_null(strstr(told[i], "column time_s:"));
		else
			g_assert_true(g_str_has_prefix(told[i] +
			    strlen(where), what));
	}
}

static void
check_skipping(const char *file, const char *rows, const char *lines)
{
	g_auto(GStrv) line = g_strsplit(lines, " ", -1);
	g_autofree char *path = g_strconcat(BAD, file, NULL);
	g_autoptr(GError) error = NULL;
	struct replay *rp;

	rp = replay_load(path, true, &error);
	if (strcmp(rows, "-") == 0) {
		g_assert_null(rp);
		return;
	}
	g_assert_no_error(error);
	g_assert_cmpuint(rp->out.rec.n, ==,
	    g_ascii_strtoull(rows, NULL, 10));
	g_assert_cmpuint(rp->skipped, ==, *lines == '\0' ? 0 :
	    g_strv_length(line));
	g_assert_true((rp->skipped > 0) == (rp->first_skipped != NULL));
	replay_free(rp);
}

static void
test_bad_files(void)
{
	struct csvin_column columns[] = { { "file", true, -1 },
	    { "rows", true, -1 }, { "lines", true, -1 },
	    { "column", true, -1 } };
	g_autoptr(GError) error = NULL;
	struct csvin *in;
	unsigned n;

	in = csvin_new(BAD "INDEX.csv", columns, 4, &error);
	g_assert_no_error(error);
	for (n = 0; csvin_next(in, NULL) == CSVIN_ROW; n++) {
		g_test_message("%s", csvin_field(in, 0, NULL));
		check_problems(csvin_field(in, 0, NULL),
		    csvin_field(in, 2, NULL), csvin_field(in, 3, NULL));
		check_skipping(csvin_field(in, 0, NULL),
		    csvin_field(in, 1, NULL), csvin_field(in, 2, NULL));
	}
	csvin_free(in);
	g_assert_cmpuint(n, ==, 32);
}

static void
test_fields(void)
{
	static const char text[] = "\xef\xbb\xbf# made by hand\r\n"
	    "bound,fport,extra,time_s,faddr,laddr,duration_s,lport\r\n"
	    ",443,x,1713484784.962686,203.0.113.10,,0.25,40000\r\n"
	    "\r\n"
	    "1,65535,,1713484785.000000000001,203.0.113.11,10.0.0.5,,\r\n"
	    "false,1,,1713484785.1,203.0.113.12,10.0.0.6,-0.0,80";
	g_autoptr(GError) error = NULL;
	struct replay *rp;
	uint32_t addr;

	rp = load_text(text, -1, false, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(rp->out.rec.n, ==, 3);
	g_assert_cmpint(rp->out.conns[0].time, ==, 0);
	g_assert_cmpint(rp->out.conns[0].duration, ==, 250 * SIM_MS);
	g_assert_false(rp->out.conns[0].bound);
	g_assert_cmpuint(rp->out.conns[0].laddr, ==, NET_ANY);
	g_assert_cmpuint(rp->out.conns[0].fport, ==, 443);
	g_assert_cmpuint(rp->out.conns[0].lport, ==, 40000);
	g_assert_cmpint(rp->out.conns[1].time, ==, 37314 * SIM_US + 1);
	g_assert_cmpint(rp->out.conns[1].duration, ==, SIM_NEVER);
	g_assert_true(rp->out.conns[1].bound);
	g_assert_cmpuint(rp->out.conns[1].lport, ==, 0);
	g_assert_cmpint(rp->out.conns[2].duration, ==, 0);
	g_assert_false(rp->out.conns[2].bound);
	/* Only what was bound must be local, and it says where it stood. */
	g_assert_cmpuint(rp->nladdrs, ==, 1);
	g_assert_true(net_addr_parse("10.0.0.5", &addr));
	g_assert_cmpuint(rp->laddrs[0].addr, ==, addr);
	g_assert_cmpuint(rp->laddrs[0].line, ==, 5);
	replay_free(rp);
}

static void
test_close_time(void)
{
	g_autoptr(GError) error = NULL;
	struct replay *rp;

	rp = load_text("time_s,laddr,faddr,fport,t_close_s\n"
	    "100,,203.0.113.10,443,100.5\n"
	    "101,,203.0.113.10,443,\n"
	    "102,,203.0.113.10,443,101\n", -1, true, &error);
	/* duration_s may be missing only if t_close_s is there. */
	g_assert_no_error(error);
	g_assert_cmpuint(rp->out.rec.n, ==, 2);
	g_assert_cmpint(rp->out.conns[0].duration, ==, 500 * SIM_MS);
	g_assert_cmpint(rp->out.conns[1].duration, ==, SIM_NEVER);
	g_assert_cmpuint(rp->skipped, ==, 1);
	g_assert_nonnull(strstr(rp->first_skipped, "before time_s"));
	replay_free(rp);
	g_assert_null(load_text("time_s,laddr,faddr,fport\n", -1, false,
	    &error));
	g_assert_nonnull(strstr(error->message, "duration_s"));
	g_clear_error(&error);
	/* Before the first row, and before its own begin. */
	g_assert_null(load_text("time_s,laddr,faddr,fport,t_close_s\n"
	    "100,,203.0.113.10,443,99\n", -1, false, &error));
	g_assert_nonnull(strstr(error->message, "'99' is before time_s"));
}

/* Both say the same, but for rounding; either may be empty. */
static void
test_close_and_duration(void)
{
	g_autoptr(GError) error = NULL;
	struct replay *rp;

	rp = load_text("time_s,laddr,faddr,fport,duration_s,t_close_s\n"
	    "100,,203.0.113.10,443,0.5,100.501\n"
	    "101,,203.0.113.10,443,,103\n"
	    "102,,203.0.113.10,443,4,\n"
	    "103,,203.0.113.10,443,,\n"
	    "104,,203.0.113.10,443,1,109\n", -1, true, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(rp->out.rec.n, ==, 4);
	g_assert_cmpint(rp->out.conns[0].duration, ==, 500 * SIM_MS);
	g_assert_cmpint(rp->out.conns[1].duration, ==, 2 * SIM_S);
	g_assert_cmpint(rp->out.conns[2].duration, ==, 4 * SIM_S);
	g_assert_cmpint(rp->out.conns[3].duration, ==, SIM_NEVER);
	g_assert_nonnull(strstr(rp->first_skipped, ":6: column t_close_s: "
	    "'109' is not time_s and duration_s together"));
	replay_free(rp);
}

static void
test_limits(void)
{
	static const char *const rows[] = {
		"0,,203.0.113.10,443,4320001,1\n",
		"0,,203.0.113.10,443,18446744073709551616,1\n",
		"99999999999999999999999,,203.0.113.10,443,1,1\n",
		"0,,203.0.113.10,443,1.,1\n",
		"0,,203.0.113.10,443,.5,1\n",
		"0,,203.0.113.10,443,1e3,1\n",
		"0,,203.0.113.10,443,+1,1\n",
		"0,,203.0.113.10,443,0x1,1\n",
		"0,,203.0.113.10,443,1 2,1\n",
		"0,,203.0.113.10,44a,1,1\n",
		"0,,224.0.0.1,443,1,1\n",
		"0,\"10.0.0.5,203.0.113.10,443,1,1\n",
		"0,,203.0.113.10,443,1,1,\n"
	};
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = g_strconcat(HEADER, rows[i], NULL);
		g_autoptr(GError) error = NULL;

		g_test_message("%s", rows[i]);
		g_assert_null(load_text(text, -1, false, &error));
		g_assert_nonnull(strstr(error->message, ".csv:2: "));
		g_assert_null(strchr(error->message, '\n'));
	}
}

static void
test_long_line(void)
{
	g_autofree char *text = g_malloc(200000);
	g_autoptr(GError) error = NULL;

	memset(text, '7', 200000);
	memcpy(text, HEADER, strlen(HEADER));
	g_assert_null(load_text(text, 200000, true, &error));
	g_assert_nonnull(strstr(error->message, ":2: a line of more than"));
}

/* Lines meet the ends of the reader's buffer in every way. */
static void
test_many_rows(void)
{
	g_autoptr(GString) text = g_string_new(HEADER);
	g_autoptr(GError) error = NULL;
	struct replay *rp;
	unsigned i;

	for (i = 0; i < 50000; i++)
		g_string_append_printf(text, "%u.%0*u,,203.0.113.%u,%u,"
		    "0.5,%u\n", i, 1 + (int)(i % 9), 0u, 1 + i % 200,
		    1 + i % 65535, 1024 + i % 60000);
	rp = load_text(text->str, (gssize)text->len, false, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(rp->out.rec.n, ==, 50000);
	for (i = 0; i < 50000; i++) {
		g_assert_cmpint(rp->out.conns[i].time, ==, i * SIM_S);
		g_assert_cmpuint(rp->out.conns[i].fport, ==, 1 + i % 65535);
		g_assert_cmpuint(rp->out.conns[i].lport, ==, 1024 + i % 60000);
	}
	replay_free(rp);
}

/*
 * A recording of more than is kept in memory, three times as long as that, is
 * the same record by record, and takes no memory for it: 25 MB would be due.
 */
static void
test_long_recording(void)
{
	struct recording_cursor cur = { .rec = NULL };
	g_autofree char *path = NULL;
	g_autoptr(GError) error = NULL;
	struct replay *rp;
	unsigned i, n;
	long before;
	FILE *f;
	int fd;

	n = 3 * REPLAY_INCORE + 5;
	fd = g_file_open_tmp("replay-XXXXXX.csv", &path, NULL);
	g_assert_cmpint(fd, >=, 0);
	f = fdopen(fd, "w");
	g_assert_nonnull(f);
	fputs(HEADER, f);
	for (i = 0; i < n; i++)
		fprintf(f, "%u.%03u,,203.0.113.%u,%u,0.5,%u\n", i / 1000,
		    i % 1000, 1 + i % 200, 1 + i % 65535, 1024 + i % 60000);
	fclose(f);
	before = peak_kib();
	rp = replay_load(path, false, &error);
	g_unlink(path);
	g_assert_no_error(error);
	g_assert_cmpuint(rp->out.rec.n, ==, n);
	g_assert_null(rp->out.conns);
	cur.rec = &rp->out.rec;
	for (i = 0; i < n; i++) {
		g_assert_cmpint(recording_at(&cur, i)->time, ==, i * SIM_MS);
		g_assert_cmpuint(recording_at(&cur, i)->fport, ==,
		    1 + i % 65535);
		g_assert_cmpuint(recording_at(&cur, i)->lport, ==,
		    1024 + i % 60000);
	}
	g_test_message("peak %ld KiB before, %ld after", before, peak_kib());
	/* The buffer, twice for a moment while it grows. */
	if (!SANITIZED)
		g_assert_cmpint(peak_kib() - before, <, 14 * 1024);
	replay_free(rp);
}

/* Where the rest of it cannot be kept, that is told. */
static void
test_long_recording_no_room(void)
{
	g_autoptr(GString) text = g_string_new(HEADER);
	g_autoptr(GError) error = NULL;
	struct rlimit all, small;
	struct replay *rp;
	char *path;
	unsigned i;
	int fd;

	for (i = 0; i < REPLAY_INCORE + 1; i++)
		g_string_append(text, "0,,203.0.113.1,80,1,\n");
	fd = g_file_open_tmp("replay-XXXXXX.csv", &path, NULL);
	g_assert_cmpint(fd, >=, 0);
	g_close(fd, NULL);
	g_assert_true(g_file_set_contents(path, text->str,
	    (gssize)text->len, NULL));
	g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &all), ==, 0);
	small = all;
	small.rlim_cur = 4096;
	signal(SIGXFSZ, SIG_IGN);
	g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &small), ==, 0);
	rp = replay_load(path, false, &error);
	g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &all), ==, 0);
	g_unlink(path);
	g_free(path);
	g_assert_null(rp);
	g_assert_nonnull(strstr(error->message, "cannot be written"));
}

/* Who opened it and how it ended: each word, and nothing else. */
static void
test_ends(void)
{
	g_autoptr(GError) error = NULL;
	const struct replay_conn *c;
	struct replay *rp;

	rp = load_text("dir,time_s,laddr,lport,faddr,fport,duration_s,closer\n"
	    "out,5,,,203.0.113.1,80,1,local\n"
	    "in,5.5,192.0.2.1,443,203.0.113.9,50000,2,remote\n"
	    ",6,192.0.2.1,,203.0.113.1,80,0,refused\n"
	    "in,6,192.0.2.2,443,203.0.113.9,,,open\n"
	    "out,7,,,203.0.113.1,80,1,reset\n"
	    "out,7,,,203.0.113.1,80,,\n", -1, false, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(rp->out.rec.n, ==, 4);
	c = rp->out.conns;
	g_assert_cmpuint(c[0].closer, ==, RECORDING_LOCAL);
	g_assert_cmpuint(c[1].closer, ==, RECORDING_REFUSED);
	g_assert_true(c[1].bound);
	g_assert_cmpuint(c[2].closer, ==, RECORDING_RESET);
	g_assert_cmpuint(c[3].closer, ==, RECORDING_UNSAID);
	g_assert_cmpuint(rp->in.rec.n, ==, 2);
	c = rp->in.conns;
	g_assert_cmpint(c[0].time, ==, SIM_S / 2);
	g_assert_cmpuint(c[0].closer, ==, RECORDING_REMOTE);
	g_assert_cmpuint(c[0].lport, ==, 443);
	g_assert_cmpuint(c[0].fport, ==, 50000);
	g_assert_false(c[0].bound);
	g_assert_cmpuint(c[1].closer, ==, RECORDING_OPEN);
	g_assert_cmpuint(c[1].fport, ==, 0);
	g_assert_cmpint(c[1].duration, ==, SIM_NEVER);
	/* What an inbound connection came to is here, but was not bound. */
	g_assert_cmpuint(rp->nladdrs, ==, 2);
	g_assert_cmpuint(rp->nbound, ==, 1);
	replay_free(rp);
}

static void
test_bad_ends(void)
{
	static const struct {
		const char	*row, *told;
	} rows[] = {
		{ "3,192.0.2.1,203.0.113.1,80,1,,Local,out",
		    ":3: column closer: 'Local' is none of local, remote" },
		{ "3,192.0.2.1,203.0.113.1,80,1,,open,out",
		    ":3: column closer: 'open' has no end" },
		{ "3,192.0.2.1,203.0.113.1,80,,,reset,out",
		    ":3: column closer: 'reset' needs a duration_s" },
		{ "3,192.0.2.1,203.0.113.1,80,1,,local,inbound",
		    ":3: column dir: 'inbound' is neither out nor in" },
		{ "3,192.0.2.1,203.0.113.1,80,1,1,local,in",
		    ":3: column bound: '1' makes no sense" },
		{ "0.5,192.0.2.1,203.0.113.1,80,1,,local,out",
		    ":3: column time_s: '0.5' is before the first row" }
	};
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = g_strdup_printf("time_s,laddr,faddr,"
		    "fport,duration_s,bound,closer,dir\n"
		    "1,192.0.2.1,203.0.113.1,80,1,,remote,in\n%s\n",
		    rows[i].row);
		g_autoptr(GError) error = NULL;
		struct replay *rp;

		g_assert_null(load_text(text, -1, false, &error));
		g_test_message("%s", error->message);
		g_assert_nonnull(strstr(error->message, rows[i].told));
		rp = load_text(text, -1, true, NULL);
		g_assert_cmpuint(rp->skipped, ==, 1);
		g_assert_cmpuint(rp->in.rec.n, ==, 1);
		replay_free(rp);
	}
}

static void
test_gzip(void)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *dir = g_dir_make_tmp("replay-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, "cut.csv.gz", NULL);
	g_autofree char *bytes = NULL;
	struct replay *rp;
	gsize len;

	rp = replay_load("scenarios/workloads/haproxy_h2_pool_r20.csv.gz",
	    false, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(rp->out.rec.n, ==, 19536);
	g_assert_cmpint(rp->out.conns[1].time, ==, 441 * SIM_US);
	replay_free(rp);
	/* Half of it is no recording. */
	g_assert_true(g_file_get_contents(
	    "scenarios/workloads/haproxy_h2_pool_r20.csv.gz", &bytes, &len,
	    NULL));
	g_assert_true(g_file_set_contents(path, bytes, (gssize)len / 2,
	    NULL));
	g_assert_null(replay_load(path, true, &error));
	g_assert_nonnull(strstr(error->message, "cut.csv.gz:"));
	g_assert_nonnull(strstr(error->message, ": cut off: byte "));
	g_unlink(path);
	g_rmdir(dir);
}

static void
test_no_file(void)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(replay_load("tests/study/data", false, &error));
	g_assert_nonnull(strstr(error->message, "directory"));
	g_clear_error(&error);
	g_assert_null(replay_load("no-such.csv", false, &error));
	g_assert_true(g_str_has_prefix(error->message, "no-such.csv: "));
	g_clear_error(&error);
	g_assert_null(load_text("", 0, false, &error));
	g_assert_nonnull(strstr(error->message, "empty"));
}

static void
test_hash(void)
{
	struct replay *a, *b, *c, *d, *e;

	a = load_text(HEADER "0,,203.0.113.10,443,1,1\n", -1, false, NULL);
	b = load_text("# other text\n" HEADER
	    "7.0,,203.0.113.10,443,1.0,1\n", -1, false, NULL);
	c = load_text(HEADER "0,,203.0.113.10,443,1.1,1\n", -1, false, NULL);
	g_assert_cmpuint(a->hash, ==, b->hash);
	g_assert_cmpuint(a->hash, !=, c->hash);
	/* Columns that say nothing change nothing. */
	d = load_text("closer,dir," HEADER ",,0,,203.0.113.10,443,1,1\n", -1,
	    false, NULL);
	e = load_text("closer,dir," HEADER ",in,0,,203.0.113.10,443,1,1\n",
	    -1, false, NULL);
	g_assert_cmpuint(a->hash, ==, d->hash);
	g_assert_cmpuint(a->hash, !=, e->hash);
	replay_free(d);
	replay_free(e);
	d = load_text("closer,dir," HEADER "reset,out,0,,203.0.113.10,443,1,"
	    "1\n", -1, false, NULL);
	g_assert_cmpuint(a->hash, !=, d->hash);
	replay_free(d);
	replay_free(a);
	replay_free(b);
	replay_free(c);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/replay/bad_rows_by_line_and_column",
	    test_bad_files);
	g_test_add_func("/replay/fields_are_exact", test_fields);
	g_test_add_func("/replay/close_time_stands_for_duration",
	    test_close_time);
	g_test_add_func("/replay/close_and_duration_stands_for_duration",
	    test_close_and_duration);
	g_test_add_func("/replay/limits", test_limits);
	g_test_add_func("/replay/long_line", test_long_line);
	g_test_add_func("/replay/rows_across_buffers", test_many_rows);
	g_test_add_func("/replay/long_in_flat_memory", test_long_recording);
	g_test_add_func("/replay/long_and_no_room",
	    test_long_recording_no_room);
	g_test_add_func("/replay/ends_and_directions", test_ends);
	g_test_add_func("/replay/bad_ends_and_directions", test_bad_ends);
	g_test_add_func("/replay/gzip", test_gzip);
	g_test_add_func("/replay/no_file", test_no_file);
	g_test_add_func("/replay/hash_is_of_content", test_hash);
	return (g_test_run());
}
