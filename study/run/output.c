/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A directory of results; see output.h.
 */

#include <sys/types.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "sim/kassert.h"
#include "study/run/output.h"
#include "study/run/provenance.h"

struct output {
	char		*parent;	/* directory that holds both */
	char		*name;
	char		*dir;		/* parent/name */
	char		*partial;	/* parent/.name.partial-PID */
	char		*open;		/* path of the open file, or NULL */
	FILE		*file;
	bool		committed;
};

/* What a result may hold; anything else in a directory is somebody's. */
static const char *const output_names[] = {
	"run.ini", "summary.csv", "timeline.csv", "stalls.csv", "latency.csv",
	"connects.csv", "addresses.csv", "locks.csv", "report.txt",
	"report.html", "trace.json", "plots", "samples", NULL
};

static void
output_error(GError **error, const char *doing, const char *path, int cause)
{

	g_set_error(error, OUTPUT_ERROR, cause, "%s %s: %s", doing, path,
	    g_strerror(cause));
}

/* ---- what stands there ------------------------------------------------- */

/* Was summary.csv of `dir' written by us?  Its lines up to the data. */
static char *
output_read_head(const char *dir)
{
	g_autofree char *path = NULL;
	char buf[4096];
	size_t n;
	FILE *f;

	path = g_build_filename(dir, "summary.csv", NULL);
	f = fopen(path, "re");
	if (f == NULL)
		return (NULL);
	n = fread(buf, 1, sizeof(buf) - 1, f);
	fclose(f);
	buf[n] = '\0';
	if (!g_str_has_prefix(buf, PROVENANCE_MAGIC))
		return (NULL);
	return (g_strdup(buf));
}

bool
output_stands(const char *dir)
{
	g_autofree char *head = NULL;

	head = output_read_head(dir);
	return (head != NULL && strstr(head, "\n" PROVENANCE_INCOMPLETE) ==
	    NULL);
}

/* True if `dir' may be replaced: it is ours, empty, or not there. */
static bool
output_may_replace(const char *dir, GError **error)
{
	g_autofree char *head = NULL;
	const char *name, *alien;
	GDir *d;
	GError *cause = NULL;
	bool empty;

	d = g_dir_open(dir, 0, &cause);
	if (d == NULL) {
		if (g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
			g_error_free(cause);
			return (true);
		}
		g_propagate_error(error, cause);
		return (false);
	}
	empty = true;
	alien = NULL;
	while (alien == NULL && (name = g_dir_read_name(d)) != NULL) {
		empty = false;
		if (!g_strv_contains(output_names, name))
			alien = name;
	}
	if (!empty && alien == NULL) {
		head = output_read_head(dir);
		if (head == NULL)
			alien = "no summary.csv of ours";
	}
	if (alien != NULL)
		g_set_error(error, OUTPUT_ERROR, EEXIST, "not replacing %s: it "
		    "is not (only) a result of this program (%s)", dir, alien);
	g_dir_close(d);
	return (alien == NULL);
}

/* ---- removing ---------------------------------------------------------- */

/* Remove a tree; symbolic links are removed, not followed. */
static void
output_remove(const char *path)
{
	const char *name;
	struct stat st;
	GDir *d;

	if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
		d = g_dir_open(path, 0, NULL);
		while (d != NULL && (name = g_dir_read_name(d)) != NULL) {
			g_autofree char *child = NULL;

			child = g_build_filename(path, name, NULL);
			output_remove(child);
		}
		if (d != NULL)
			g_dir_close(d);
		(void)rmdir(path);
	} else {
		(void)unlink(path);
	}
}

/*
 * Clear away what processes that are gone left beside `dir'.  An old result
 * whose successor did not arrive goes back to its place.
 */
static void
output_sweep(const struct output *o)
{
	g_autofree char *partial = NULL, *old = NULL;
	const char *name, *pid;
	GDir *d;

	partial = g_strdup_printf(".%s.partial-", o->name);
	old = g_strdup_printf(".%s.old-", o->name);
	d = g_dir_open(o->parent, 0, NULL);
	while (d != NULL && (name = g_dir_read_name(d)) != NULL) {
		g_autofree char *path = NULL;
		guint64 n;

		if (g_str_has_prefix(name, partial))
			pid = name + strlen(partial);
		else if (g_str_has_prefix(name, old))
			pid = name + strlen(old);
		else
			continue;
		if (!g_ascii_string_to_unsigned(pid, 10, 1, G_MAXINT, &n,
		    NULL))
			continue;
		if ((pid_t)n != getpid() &&
		    (kill((pid_t)n, 0) == 0 || errno != ESRCH))
			continue;
		path = g_build_filename(o->parent, name, NULL);
		if (g_str_has_prefix(name, old) &&
		    !g_file_test(o->dir, G_FILE_TEST_EXISTS))
			(void)rename(path, o->dir);
		else
			output_remove(path);
	}
	if (d != NULL)
		g_dir_close(d);
}

/* ---- the result as a whole --------------------------------------------- */

/* Fill in parent, name and dir, all absolute, without symbolic links. */
static bool
output_place(struct output *o, const char *dir, GError **error)
{
	g_autofree char *full = NULL, *parent = NULL;
	char *real;

	full = g_canonicalize_filename(dir, NULL);
	real = realpath(full, NULL);
	if (real != NULL) {
		g_free(full);
		full = g_strdup(real);
		free(real);
	}
	parent = g_path_get_dirname(full);
	if (strcmp(parent, full) == 0) {
		output_error(error, "not replacing", full, EBUSY);
		return (false);
	}
	if (g_mkdir_with_parents(parent, 0777) != 0) {
		output_error(error, "cannot make", parent, errno);
		return (false);
	}
	g_free(o->parent);
	g_free(o->name);
	g_free(o->dir);
	o->parent = g_steal_pointer(&parent);
	o->name = g_path_get_basename(full);
	o->dir = g_steal_pointer(&full);
	return (true);
}

struct output *
output_new(const char *dir, GError **error)
{
	struct output *o;

	o = g_new0(struct output, 1);
	if (!output_place(o, dir, error)) {
		output_free(o);
		return (NULL);
	}
	output_sweep(o);
	if (!output_may_replace(o->dir, error)) {
		output_free(o);
		return (NULL);
	}
	o->partial = g_strdup_printf("%s/.%s.partial-%ld", o->parent, o->name,
	    (long)getpid());
	if (mkdir(o->partial, 0777) != 0) {
		output_error(error, "cannot make", o->partial, errno);
		g_clear_pointer(&o->partial, g_free);
		output_free(o);
		return (NULL);
	}
	return (o);
}

void
output_free(struct output *o)
{

	if (o == NULL)
		return;
	if (o->file != NULL)
		fclose(o->file);
	if (o->partial != NULL && !o->committed)
		output_remove(o->partial);
	g_free(o->parent);
	g_free(o->name);
	g_free(o->dir);
	g_free(o->partial);
	g_free(o->open);
	g_free(o);
}

const char *
output_partial(const struct output *o)
{

	return (o->partial);
}

const char *
output_dir(const struct output *o)
{

	return (o->dir);
}

FILE *
output_open(struct output *o, const char *name, GError **error)
{
	g_autofree char *parent = NULL;

	KASSERT(o->file == NULL, ("%s is still open", o->open));
	g_free(o->open);
	o->open = g_build_filename(o->partial, name, NULL);
	parent = g_path_get_dirname(o->open);
	if (g_mkdir_with_parents(parent, 0777) != 0) {
		output_error(error, "cannot make", parent, errno);
		return (NULL);
	}
	o->file = fopen(o->open, "wxe");
	if (o->file == NULL)
		output_error(error, "cannot make", o->open, errno);
	return (o->file);
}

/*
 * Why writing failed some time ago: errno is long gone, but a full disk is
 * still full.  The file is of no use any more, so another byte does no harm.
 */
static int
output_cause(FILE *file)
{

	clearerr(file);
	errno = 0;
	(void)fputc('\n', file);
	(void)fflush(file);
	return (errno != 0 ? errno : EIO);
}

bool
output_close(struct output *o, FILE *file, GError **error)
{
	int cause;

	KASSERT(file != NULL && o->file == file, ("not the open file"));
	o->file = NULL;
	cause = 0;
	if (fflush(file) != 0)
		cause = errno;
	else if (ferror(file))
		cause = output_cause(file);
	/* EINVAL: what it is on cannot be synced, as a pipe. */
	else if (fsync(fileno(file)) != 0 && errno != EINVAL)
		cause = errno;
	if (fclose(file) != 0 && cause == 0)
		cause = errno;
	if (cause == 0)
		return (true);
	output_error(error, "cannot write", o->open, cause);
	return (false);
}

bool
output_text(struct output *o, const char *name, const char *text,
    GError **error)
{
	FILE *f;

	f = output_open(o, name, error);
	if (f == NULL)
		return (false);
	fputs(text, f);
	return (output_close(o, f, error));
}

bool
output_divert(struct output *o, const char *dir, GError **error)
{
	g_autofree char *was = NULL;

	was = g_strdup(o->parent);
	if (!output_place(o, dir, error) || !output_may_replace(o->dir, error))
		return (false);
	KASSERT(strcmp(was, o->parent) == 0, ("%s is not beside %s", dir, was));
	return (true);
}

bool
output_commit(struct output *o, GError **error)
{
	g_autofree char *old = NULL;

	KASSERT(o->file == NULL, ("%s is still open", o->open));
	/* Somebody may have put something there meanwhile. */
	if (!output_may_replace(o->dir, error))
		return (false);
	old = g_strdup_printf("%s/.%s.old-%ld", o->parent, o->name,
	    (long)getpid());
	if (rename(o->dir, old) != 0 && errno != ENOENT) {
		output_error(error, "cannot move", o->dir, errno);
		return (false);
	}
	if (rename(o->partial, o->dir) != 0) {
		output_error(error, "cannot put in place", o->dir, errno);
		(void)rename(old, o->dir);
		return (false);
	}
	o->committed = true;
	output_remove(old);
	return (true);
}
