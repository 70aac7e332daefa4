/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Where a sweep's runs are kept; see store.h.
 */

#include <sys/types.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "study/run/provenance.h"
#include "study/run/results.h"
#include "study/run/version.h"
#include "study/sweep/store.h"
#include "study/text/csvout.h"
#include "study/text/dirs.h"
#include "study/text/problem.h"
#include "study/text/whole.h"

#define	STORE_MAGIC	"# a sweep of pcbsim\n"
#define	STORE_FORMAT	"3"		/* of the directory; store.h */
#define	STORE_OLDER	"2"		/* is read, too */
#define	STORE_FANOUT	2		/* digits: 256 directories of parts */
#define	STORE_STALE	3600		/* s */
#define	STORE_RANDOM	".XXXXXX"	/* ends a temporary's name */
#define	STORE_MAX	(1 << 20)	/* bytes of a manifest, of a part */
#define	STORE_LIST	12		/* digits of the digest of a list */

static void
store_error(GError **error, const char *doing, const char *path, int cause)
{

	g_set_error(error, SWEEP_STORE_ERROR, cause, "%s %s: %s", doing, path,
	    g_strerror(cause));
}

/* ---- whole files ------------------------------------------------------- */

/*
 * Put a text at `path' as a whole.  The name of the temporary is nobody else's,
 * whatever host and container another process is in; who it is of stands in it
 * for people.
 */
static bool
store_place(const struct sweep_store *st, const char *path, const char *text,
    GError **error)
{
	g_autofree char *base = NULL, *tmp = NULL;
	int cause, fd;

	base = g_path_get_basename(path);
	tmp = g_strdup_printf("%s/tmp/%s.%s.%ld" STORE_RANDOM, st->dir, base,
	    st->host, (long)getpid());
	fd = g_mkstemp_full(tmp, O_WRONLY | O_CLOEXEC, 0666);
	if (fd < 0) {
		store_error(error, "cannot make", tmp, errno);
		return (false);
	}
	cause = whole_settle(fd, tmp, path, text, strlen(text));
	if (cause == 0)
		return (true);
	store_error(error, "cannot write", path, cause);
	return (false);
}

/* Errors: cannot be made; that it is there is none. */
static bool
store_mkdir(const struct sweep_store *st, const char *name, GPtrArray *made,
    GError **error)
{
	g_autofree char *path = NULL;

	path = g_build_filename(st->dir, name, NULL);
	if (dirs_make(path, made))
		return (true);
	store_error(error, "cannot make", path, errno);
	return (false);
}

/* "ID.csv.HOST.PID.RANDOM", or without the last; or of a manifest. */
static bool
store_is_temporary(const char *name)
{
	g_auto(GStrv) parts = NULL;
	const char *pid;
	guint n;

	parts = g_strsplit(name, ".", -1);
	n = g_strv_length(parts);
	if (n >= 2 && strcmp(parts[1], "csv") == 0) {
		if (strlen(parts[0]) != SWEEP_IDLEN || strspn(parts[0],
		    "0123456789abcdef") != SWEEP_IDLEN)
			return (false);
		n--;
	} else if (strcmp(parts[0], "manifest") != 0) {
		return (false);
	}
	/* Older builds had no RANDOM. */
	if (n != 3 && n != 4)
		return (false);
	pid = parts[g_strv_length(parts) - (n == 4 ? 2 : 1)];
	return (*pid != '\0' && strspn(pid, "0123456789") == strlen(pid));
}

/*
 * Clear away what processes that are gone did not finish.  Which those are no
 * process number tells for another machine; but writing takes no hour.
 */
static void
store_clear(const struct sweep_store *st)
{
	g_autoptr(GPtrArray) names = NULL;
	g_autofree char *dir = NULL;
	struct stat sb;
	guint i;

	dir = g_build_filename(st->dir, "tmp", NULL);
	names = whole_names(dir, NULL);
	for (i = 0; names != NULL && i < names->len; i++) {
		g_autofree char *path = NULL;

		path = g_build_filename(dir, names->pdata[i], NULL);
		if (store_is_temporary(names->pdata[i]) &&
		    lstat(path, &sb) == 0 && S_ISREG(sb.st_mode) &&
		    time(NULL) - sb.st_mtime > STORE_STALE)
			(void)unlink(path);
	}
}

/* ---- the manifest ------------------------------------------------------ */

static char *
manifest_text(const char *build, const struct sweep *sw)
{

	return (g_strdup_printf(STORE_MAGIC "format: " STORE_FORMAT
	    "\nbuild: %s\nscenario: %s\ndigest: %s\n", build,
	    sw->base->name, sw->base->digest));
}

/* The value of "KEY: VALUE"; NULL if there is none. */
static char *
manifest_value(const char *text, const char *key)
{
	g_autofree char *start = NULL;
	const char *at;

	start = g_strdup_printf("\n%s: ", key);
	at = strstr(text, start);
	if (at == NULL)
		return (NULL);
	at += strlen(start);
	return (g_strndup(at, strcspn(at, "\n")));
}

/*
 * Hold the manifest against the sweep.
 *
 * build	[out] what it says; not set if it is not to be had by force
 */
static bool
manifest_check(const struct sweep_store *st, const struct sweep *sw,
    const char *text, char **build, GError **error)
{
	g_autofree char *digest = NULL, *format = NULL, *made = NULL;

	format = manifest_value(text, "format");
	made = manifest_value(text, "build");
	digest = manifest_value(text, "digest");
	if (!g_str_has_prefix(text, STORE_MAGIC) || made == NULL ||
	    digest == NULL) {
		problem_set(error, "%s/manifest: is none of a sweep", st->dir);
		return (false);
	}
	if (g_strcmp0(format, STORE_FORMAT) != 0 &&
	    g_strcmp0(format, STORE_OLDER) != 0) {
		problem_set(error, "%s: is laid out in format %s; this is %s, "
		    "which knows " STORE_OLDER " and " STORE_FORMAT
		    "; take another --out",
		    st->dir, format != NULL ? format : "1", version_text());
		return (false);
	}
	*build = g_steal_pointer(&made);
	if (strcmp(digest, sw->base->digest) != 0) {
		problem_set(error, "%s: holds runs of another scenario, or of "
		    "this one before it was changed (sha256 %.12s..., now "
		    "%.12s...); take another --out, or --force", st->dir,
		    digest, sw->base->digest);
		return (false);
	}
	if (strcmp(*build, version_text()) != 0) {
		problem_set(error, "%s: holds runs of another build, %s; this "
		    "is %s; take another --out, or --force", st->dir, *build,
		    version_text());
		return (false);
	}
	return (true);
}

/* Of this format: a directory of the one before becomes one. */
static bool
manifest_is_ours(const char *text)
{
	g_autofree char *format = NULL;

	format = manifest_value(text, "format");
	return (g_strcmp0(format, STORE_FORMAT) == 0);
}

/* False and no error: there is none. */
static bool
manifest_read(const struct sweep_store *st, char **text, GError **error)
{
	g_autofree char *path = NULL;
	GError *cause = NULL;

	path = g_build_filename(st->dir, "manifest", NULL);
	*text = whole_read(path, STORE_MAX, NULL, &cause);
	if (*text != NULL)
		return (true);
	if (g_error_matches(cause, WHOLE_ERROR, ENOENT) ||
	    g_error_matches(cause, WHOLE_ERROR, ENOTDIR))
		g_error_free(cause);
	else
		g_propagate_error(error, cause);
	return (false);
}

bool
sweep_store_no_result(const char *dir, GError **error)
{
	g_autofree char *path = NULL, *text = NULL;

	path = g_build_filename(dir, "manifest", NULL);
	text = whole_read(path, STORE_MAX, NULL, NULL);
	if (text == NULL || !g_str_has_prefix(text, STORE_MAGIC))
		return (true);
	problem_set(error, "%s: holds the runs of a sweep, no result; merge "
	    "them first: pcbsim sweep merge SWEEP --out=%s --csv=all.csv, and "
	    "then pcbsim plot all.csv", dir, dir);
	return (false);
}

/* Nobody's directory but one that is empty becomes a sweep's. */
static bool
store_may_begin(const struct sweep_store *st, GError **error)
{
	static const char *const ours[] = { "tmp", "rows", "manifest",
	    NULL };
	g_autoptr(GPtrArray) names = NULL;
	GError *cause = NULL;
	guint i;

	names = whole_names(st->dir, &cause);
	if (names == NULL) {
		if (!g_error_matches(cause, WHOLE_ERROR, ENOENT)) {
			g_propagate_error(error, cause);
			return (false);
		}
		g_error_free(cause);
		if (!g_file_test(st->dir, G_FILE_TEST_IS_SYMLINK))
			return (true);
		g_set_error(error, SWEEP_STORE_ERROR, ENOENT, "%s: is a "
		    "symbolic link that leads nowhere", st->dir);
		return (false);
	}
	for (i = 0; i < names->len; i++) {
		/* Another shard may be at it just now. */
		if (g_strv_contains(ours, names->pdata[i]))
			continue;
		g_set_error(error, SWEEP_STORE_ERROR, EEXIST, "%s: is not "
		    "empty and no directory of a sweep (%s)", st->dir,
		    (const char *)names->pdata[i]);
		return (false);
	}
	return (true);
}

/* Directories and a manifest, or nothing. */
static bool
store_lay(struct sweep_store *st, const char *path, const char *manifest,
    GError **error)
{
	g_autoptr(GPtrArray) made = NULL;

	made = dirs_new();
	if (store_mkdir(st, "rows", made, error) &&
	    store_mkdir(st, "tmp", made, error) &&
	    store_place(st, path, manifest, error))
		return (true);
	dirs_unmake(made);
	return (false);
}

/* Make what is missing, then look whether somebody else made it otherwise. */
static bool
store_begin(struct sweep_store *st, const struct sweep *sw, GError **error)
{
	g_autofree char *build = NULL, *manifest = NULL, *path = NULL;
	g_autofree char *text = NULL;

	path = g_build_filename(st->dir, "manifest", NULL);
	manifest = manifest_text(st->build, sw);
	if (!store_lay(st, path, manifest, error))
		return (false);
	if (!manifest_read(st, &text, error)) {
		if (error != NULL && *error == NULL)
			store_error(error, "cannot read", path, ENOENT);
		return (false);
	}
	return (manifest_check(st, sw, text, &build, error));
}

/* ---- the store --------------------------------------------------------- */

static bool
store_open(struct sweep_store *st, const struct sweep *sw,
    enum sweep_store_mode mode, bool force, GError **error)
{
	g_autofree char *build = NULL, *no_dir = NULL, *text = NULL;
	g_autoptr(GError) cause = NULL;
	bool fits;

	if (!manifest_read(st, &text, &cause)) {
		if (cause != NULL) {
			g_propagate_error(error, g_steal_pointer(&cause));
			return (false);
		}
		if (mode == SWEEP_STORE_READ) {
			no_dir = whole_no_dir(st->dir);
			problem_set(error, "%s: no sweep has been run there%s"
			    "%s", st->dir, no_dir == NULL ? "" : ": ",
			    no_dir == NULL ? "" : no_dir);
			return (false);
		}
		return (store_may_begin(st, error) &&
		    store_begin(st, sw, error));
	}
	fits = manifest_check(st, sw, text, &build, &cause);
	/* What is no manifest is nobody's to take over. */
	if (!fits && (!force || build == NULL)) {
		g_propagate_error(error, g_steal_pointer(&cause));
		return (false);
	}
	if (mode == SWEEP_STORE_READ) {
		g_free(st->build);
		st->build = g_steal_pointer(&build);
		return (true);
	}
	store_clear(st);
	return ((fits && manifest_is_ours(text)) ||
	    store_begin(st, sw, error));
}

static char *
store_columns(const struct sweep *sw)
{
	struct csvout c;
	char *columns;

	csvout_init(&c, NULL);
	results_add_columns(&sw->base->variants[0].conf, &c);
	columns = csvout_steal(&c);
	csvout_fini(&c);
	return (columns);
}

/* No two lists of runs have the same. */
static void
store_list(const struct sweep *sw, char list[STORE_LIST + 1])
{
	GChecksum *sum;
	unsigned i;

	sum = g_checksum_new(G_CHECKSUM_SHA256);
	for (i = 0; i < sw->cells->len * sw->base->nvariants; i++)
		g_checksum_update(sum, sw->digests[i], 32);
	g_strlcpy(list, g_checksum_get_string(sum), STORE_LIST + 1);
	g_checksum_free(sum);
}

static bool
store_rows(struct sweep_store *st, const struct sweep *sw, unsigned shard,
    unsigned nshards, GError **error)
{
	struct rows_share share = { .shard = shard, .nshards = nshards };
	g_autofree char *dir = NULL, *head = NULL, *parts = NULL, *who = NULL;

	parts = g_build_filename(st->dir, "parts", NULL);
	st->parts = g_file_test(parts, G_FILE_TEST_IS_DIR);
	store_list(sw, share.list);
	dir = g_build_filename(st->dir, "rows", NULL);
	head = g_strdup_printf(PROVENANCE_MAGIC "%s\n# runs: id, CRC-32 of id "
	    "and row, row\n# %s\n", st->build, st->columns);
	who = g_strdup_printf("%s.%ld", st->host, (long)getpid());
	st->rows = rows_new(dir, head, &share, who, error);
	return (st->rows != NULL);
}

struct sweep_store *
sweep_store_new(const char *dir, const struct sweep *sw,
    enum sweep_store_mode mode, bool force, unsigned shard, unsigned nshards,
    GError **error)
{
	struct sweep_store *st;

	st = g_new0(struct sweep_store, 1);
	st->dir = g_strdup(dir);
	st->build = g_strdup(version_text());
	st->host = g_strdup(g_get_host_name());
	g_strdelimit(st->host, "/ .", '-');
	st->columns = store_columns(sw);
	if (store_open(st, sw, mode, force, error) &&
	    store_rows(st, sw, shard, nshards, error))
		return (st);
	sweep_store_free(st);
	return (NULL);
}

void
sweep_store_free(struct sweep_store *st)
{

	if (st == NULL)
		return;
	rows_free(st->rows);
	g_free(st->columns);
	g_free(st->host);
	g_free(st->build);
	g_free(st->dir);
	g_free(st);
}

/* ---- runs -------------------------------------------------------------- */

/* A file of format 2. */
static char *
part_path(const struct sweep_store *st, const char *id)
{

	return (g_strdup_printf("%s/parts/%.*s/%s.csv", st->dir, STORE_FANOUT,
	    id, id));
}

/* All of a part but its row. */
static char *
part_head(const struct sweep_store *st, const char *id)
{

	return (g_strdup_printf(PROVENANCE_MAGIC "%s\n# run: %s\n%s\n",
	    st->build, id, st->columns));
}

/* Is it there, and long enough to hold a row?  Costs one stat(). */
static bool
part_has(const struct sweep_store *st, const char *id)
{
	g_autofree char *head = NULL, *path = NULL;
	struct stat sb;

	path = part_path(st, id);
	if (stat(path, &sb) != 0)
		return (false);
	head = part_head(st, id);
	return (sb.st_size > (off_t)strlen(head) + 1);
}

static bool
part_read(const struct sweep_store *st, const char *id, char **row,
    GError **error)
{
	g_autofree char *head = NULL, *path = NULL, *text = NULL;
	g_autoptr(GError) cause = NULL;
	const char *at, *end;

	path = part_path(st, id);
	text = whole_read(path, STORE_MAX, NULL, &cause);
	if (text == NULL) {
		if (g_error_matches(cause, WHOLE_ERROR, ENOENT))
			return (true);
		g_propagate_error(error, g_steal_pointer(&cause));
		return (false);
	}
	head = part_head(st, id);
	at = text + strlen(head);
	if (!g_str_has_prefix(text, head) || (end = strchr(at, '\n')) ==
	    NULL || end == at || end[1] != '\0') {
		g_set_error(error, SWEEP_STORE_ERROR, 0, "%s: is damaged, or "
		    "of another build; remove it and run again", path);
		return (false);
	}
	*row = g_strndup(at, (gsize)(end - at));
	return (true);
}

bool
sweep_store_has(const struct sweep_store *st, const char *id)
{

	return (rows_state(st->rows, id) == ROWS_THERE ||
	    (st->parts && part_has(st, id)));
}

bool
sweep_store_read(const struct sweep_store *st, const char *id, char **row,
    GError **error)
{

	*row = NULL;
	if (st->parts && rows_state(st->rows, id) != ROWS_THERE) {
		if (!part_read(st, id, row, error))
			return (false);
		if (*row != NULL)
			return (true);
	}
	return (rows_read(st->rows, id, row, error));
}

bool
sweep_store_write(const struct sweep_store *st, const char *id,
    const char *row, GError **error)
{

	return (rows_add(st->rows, id, row, error));
}

bool
sweep_store_sync(const struct sweep_store *st, GError **error)
{

	return (rows_sync(st->rows, error));
}
