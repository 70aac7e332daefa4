/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * -o FILE; see outfile.h.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "cli/cli.h"
#include "cli/outfile.h"
#include "study/text/problem.h"

/* Pipes and devices are written to; only a file may be replaced. */
static bool
outfile_replaces(const char *path)
{

	return (!g_file_test(path, G_FILE_TEST_EXISTS) ||
	    g_file_test(path, G_FILE_TEST_IS_REGULAR));
}

/* A link means what it leads to, which must be there; g_free(). */
static char *
outfile_target(const char *path, GError **error)
{
	char *real, *target;

	if (!g_file_test(path, G_FILE_TEST_IS_SYMLINK))
		return (g_strdup(path));
	real = realpath(path, NULL);
	if (real == NULL) {
		problem_set(error, "%s: a symbolic link that leads nowhere",
		    path);
		return (NULL);
	}
	target = g_strdup(real);
	free(real);
	return (target);
}

bool
outfile_writable(const char *path, GError **error)
{
	g_autofree char *dir = NULL, *target = NULL;

	target = outfile_target(path, error);
	if (target == NULL)
		return (false);
	dir = g_path_get_dirname(target);
	if (g_file_test(target, G_FILE_TEST_IS_DIR))
		errno = EISDIR;
	else if (access(outfile_replaces(target) ? dir : target, W_OK) == 0)
		return (true);
	problem_set(error, "%s: %s", path, g_strerror(errno));
	return (false);
}

static bool
outfile_failed(const struct outfile *of, int cause, GError **error)
{

	problem_set(error, "cannot write %s: %s", of->path == NULL ?
	    "standard output" : of->path, g_strerror(cause));
	return (false);
}

static void
outfile_clear(struct outfile *of)
{

	g_clear_pointer(&of->target, g_free);
	g_clear_pointer(&of->tmp, g_free);
	of->file = NULL;
}

/* The file that is going to take the place of `target', open; NULL, errno. */
static FILE *
outfile_open_new(struct outfile *of)
{
	FILE *f;
	int cause, fd;

	of->tmp = g_strconcat(of->target, ".XXXXXX", NULL);
	fd = g_mkstemp_full(of->tmp, O_WRONLY | O_CLOEXEC, 0666);
	f = fd < 0 ? NULL : fdopen(fd, "w");
	if (f != NULL)
		return (f);
	cause = errno;
	if (fd >= 0) {
		close(fd);
		(void)unlink(of->tmp);
	}
	errno = cause;
	return (NULL);
}

bool
outfile_begin(struct outfile *of, const char *path, GError **error)
{
	int cause;

	*of = (struct outfile){ .path = path, .file = stdout };
	if (path == NULL)
		return (true);
	of->target = outfile_target(path, error);
	if (of->target == NULL)
		return (false);
	of->file = outfile_replaces(of->target) ? outfile_open_new(of) :
	    fopen(of->target, "we");
	if (of->file != NULL)
		return (true);
	cause = errno;
	outfile_clear(of);
	return (outfile_failed(of, cause, error));
}

/* Why writing failed some time ago; see output.c. */
static int
outfile_cause(FILE *f)
{

	clearerr(f);
	errno = 0;
	(void)fputc('\n', f);
	(void)fflush(f);
	return (errno != 0 ? errno : EIO);
}

bool
outfile_end(struct outfile *of, GError **error)
{
	int cause;

	cause = 0;
	errno = 0;
	if (fflush(of->file) != 0)
		cause = errno;
	else if (ferror(of->file))
		cause = outfile_cause(of->file);
	if (of->path == NULL)
		return (cause == 0 || outfile_failed(of, cause, error));
	/* EINVAL: what it is on cannot be synced, as a pipe. */
	if (cause == 0 && of->tmp != NULL && fsync(fileno(of->file)) != 0 &&
	    errno != EINVAL)
		cause = errno;
	if (fclose(of->file) != 0 && cause == 0)
		cause = errno;
	if (cause == 0 && of->tmp != NULL && rename(of->tmp, of->target) != 0)
		cause = errno;
	if (cause != 0 && of->tmp != NULL)
		(void)unlink(of->tmp);
	outfile_clear(of);
	return (cause == 0 || outfile_failed(of, cause, error));
}

bool
outfile_write(const char *path, void (*print)(const void *, FILE *),
    const void *what, GError **error)
{
	struct outfile of;

	if (!outfile_begin(&of, path, error))
		return (false);
	print(what, of.file);
	return (outfile_end(&of, error));
}

/* ---- all that is printed ----------------------------------------------- */

/* Standard output, turned into a file. */
struct outfile {
	const char	*path;		/* borrowed */
	char		*tmp;		/* NULL: into `path' itself */
	int		stdout_fd;	/* where it went before */
};

static bool
outfile_begin(struct outfile *o, const char *path, GError **error)
{
	int fd;

	*o = (struct outfile){ .path = path, .stdout_fd = -1 };
	if (!outfile_writable(path, error))
		return (false);
	if (outfile_replaces(path)) {
		o->tmp = g_strconcat(path, ".XXXXXX", NULL);
		fd = g_mkstemp_full(o->tmp, O_WRONLY | O_CLOEXEC, 0666);
	} else {
		fd = open(path, O_WRONLY | O_CLOEXEC);
	}
	if (fd >= 0 && fflush(stdout) == 0)
		o->stdout_fd = dup(STDOUT_FILENO);
	if (o->stdout_fd < 0 || dup2(fd, STDOUT_FILENO) < 0) {
		problem_set(error, "%s: %s", path, g_strerror(errno));
		if (fd >= 0 && o->tmp != NULL)
			(void)g_unlink(o->tmp);
		g_clear_pointer(&o->tmp, g_free);
		o->path = NULL;
	}
	if (fd >= 0)
		(void)close(fd);
	return (o->path != NULL);
}

/* Print where it went before; keep or forget the file. */
static bool
outfile_end(struct outfile *o, bool keep, GError **error)
{
	bool ok;

	ok = fflush(stdout) == 0 && !ferror(stdout);
	/* Pipes cannot be synchronised. */
	if (ok && o->tmp != NULL)
		ok = fsync(STDOUT_FILENO) == 0;
	if (ok && keep && o->tmp != NULL)
		ok = g_rename(o->tmp, o->path) == 0;
	if (!ok)
		problem_set(error, "%s: %s", o->path, g_strerror(errno));
	if (o->tmp != NULL && (!ok || !keep))
		(void)g_unlink(o->tmp);
	clearerr(stdout);
	(void)dup2(o->stdout_fd, STDOUT_FILENO);
	(void)close(o->stdout_fd);
	g_clear_pointer(&o->tmp, g_free);
	return (ok);
}

int
outfile_print(const char *path, int (*print)(const void *, GError **),
    const void *what, GError **error)
{
	struct outfile o;
	int code;

	if (path == NULL)
		return (print(what, error));
	if (!outfile_begin(&o, path, error))
		return (CLI_IO);
	code = print(what, error);
	/* Of two errors the first is told. */
	if (!outfile_end(&o, *error == NULL, *error == NULL ? error : NULL))
		return (CLI_IO);
	return (code);
}
