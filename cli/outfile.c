/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * -o FILE; see outfile.h.
 */

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/outfile.h"
#include "study/text/problem.h"
#include "study/text/taken.h"

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

/* An answer is not to take the place of its question. */
static bool
outfile_is_free(const char *path, const char *target, GError **error)
{

	if (!taken_is(target))
		return (true);
	problem_set(error, "not replacing %s: it is read here; name another "
	    "file", path);
	return (false);
}

bool
outfile_writable(const char *path, GError **error)
{
	g_autofree char *dir = NULL, *target = NULL;

	target = outfile_target(path, error);
	if (target == NULL || !outfile_is_free(path, target, error))
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

/* ---- a file that is not there yet -------------------------------------- */

/* What is to be removed if a signal ends us meanwhile; NULL: nothing. */
static char *volatile outfile_unfinished;

static const int outfile_ends[] = { SIGHUP, SIGINT, SIGTERM };

void
outfile_abandon(void)
{
	const char *tmp;

	tmp = outfile_unfinished;
	if (tmp != NULL)
		(void)unlink(tmp);
}

static void
outfile_on_signal(int signo)
{

	outfile_abandon();
	(void)signal(signo, SIG_DFL);
	(void)raise(signo);
}

/* Where nobody else catches them: a run ends in a way of its own. */
static void
outfile_watch(char *tmp)
{
	struct sigaction sa = { .sa_handler = tmp != NULL ?
	    outfile_on_signal : SIG_DFL }, was;
	size_t i;

	if (tmp != NULL)
		outfile_unfinished = tmp;
	sigemptyset(&sa.sa_mask);
	for (i = 0; i < G_N_ELEMENTS(outfile_ends); i++)
		if (sigaction(outfile_ends[i], NULL, &was) == 0 &&
		    was.sa_handler == (tmp != NULL ? SIG_DFL :
		    outfile_on_signal))
			(void)sigaction(outfile_ends[i], &sa, NULL);
	outfile_unfinished = tmp;
}

static void
outfile_clear(struct outfile *of)
{

	if (of->tmp != NULL)
		outfile_watch(NULL);
	g_clear_pointer(&of->target, g_free);
	g_clear_pointer(&of->tmp, g_free);
	of->file = NULL;
}

/*
 * A file without a name, as long as it is not whole: it goes with us, even if
 * we are killed.  -1: not to be had here.
 */
static int
outfile_nameless(const char *target)
{
#ifdef O_TMPFILE
	g_autofree char *dir = g_path_get_dirname(target);

	/* By that it gets its name. */
	if (access("/proc/self/fd", X_OK) == 0)
		return (open(dir, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666));
#else
	(void)target;
#endif
	return (-1);
}

/* It is whole: a name that nobody has.  Returns 0 or an errno. */
static int
outfile_name(struct outfile *of)
{
	g_autofree char *from = NULL;
	unsigned tries;
	char *tmp;
	int rc;

	from = g_strdup_printf("/proc/self/fd/%d", fileno(of->file));
	for (tries = 0; tries < 100; tries++) {
		tmp = g_strdup_printf("%s.%06x", of->target,
		    g_random_int() & 0xffffff);
		rc = linkat(AT_FDCWD, from, AT_FDCWD, tmp, AT_SYMLINK_FOLLOW);
		if (rc == 0) {
			of->tmp = tmp;
			outfile_watch(of->tmp);
			return (0);
		}
		g_free(tmp);
		if (errno != EEXIST)
			break;
	}
	return (errno);
}

/* The file that is going to take the place of `target', open; NULL, errno. */
static FILE *
outfile_open_new(struct outfile *of)
{
	struct stat st;
	FILE *f;
	int cause, fd;

	fd = outfile_nameless(of->target);
	of->nameless = fd >= 0;
	if (fd < 0) {
		of->tmp = g_strconcat(of->target, ".XXXXXX", NULL);
		fd = g_mkstemp_full(of->tmp, O_WRONLY | O_CLOEXEC, 0666);
	}
	/* Who may read the old one may read this one. */
	if (fd >= 0 && stat(of->target, &st) == 0 && S_ISREG(st.st_mode))
		(void)fchmod(fd, st.st_mode & 0777);
	f = fd < 0 ? NULL : fdopen(fd, "w");
	if (f != NULL) {
		if (of->tmp != NULL)
			outfile_watch(of->tmp);
		return (f);
	}
	cause = errno;
	if (fd >= 0) {
		close(fd);
		if (of->tmp != NULL)
			(void)unlink(of->tmp);
	}
	errno = cause;
	return (NULL);
}

/* The signal that came; see outfile_stop_on(). */
static gint *outfile_stop;

void
outfile_stop_on(gint *stop)
{

	outfile_stop = stop;
}

/*
 * A pipe or a device.  A pipe is waited for until it has a reader; not after a
 * signal that was to end the program: then there is nothing to wait for.
 */
static FILE *
outfile_open_there(const char *target)
{
	int fd, flags;

	if (outfile_stop == NULL || g_atomic_int_get(outfile_stop) == 0)
		return (fopen(target, "we"));
	fd = open(target, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return (NULL);
	flags = fcntl(fd, F_GETFL);
	if (flags >= 0)
		(void)fcntl(fd, F_SETFL, flags & ~O_NONBLOCK);
	return (fdopen(fd, "w"));
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
	if (!outfile_is_free(path, of->target, error)) {
		outfile_clear(of);
		return (false);
	}
	of->file = outfile_replaces(of->target) ? outfile_open_new(of) :
	    outfile_open_there(of->target);
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

/* The file is left as it was before. */
static void
outfile_forget(struct outfile *of)
{

	(void)fclose(of->file);
	if (of->tmp != NULL)
		(void)unlink(of->tmp);
	outfile_clear(of);
}

bool
outfile_end(struct outfile *of, GError **error)
{
	int cause;

	/* What was read only after it was begun. */
	if (of->path != NULL && (of->tmp != NULL || of->nameless) &&
	    !outfile_is_free(of->path, of->target, error)) {
		outfile_forget(of);
		return (false);
	}
	cause = 0;
	errno = 0;
	if (fflush(of->file) != 0)
		cause = errno;
	else if (ferror(of->file))
		cause = outfile_cause(of->file);
	if (of->path == NULL)
		return (cause == 0 || outfile_failed(of, cause, error));
	/* EINVAL: what it is on cannot be synced, as a pipe. */
	if (cause == 0 && (of->tmp != NULL || of->nameless) &&
	    fsync(fileno(of->file)) != 0 && errno != EINVAL)
		cause = errno;
	if (cause == 0 && of->nameless)
		cause = outfile_name(of);
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

/* What is printed goes to the file; returns where it went before, or -1. */
static int
outfile_redirect(const struct outfile *of)
{
	int before;

	if (fflush(stdout) != 0)
		return (-1);
	before = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
	if (before >= 0 && dup2(fileno(of->file), STDOUT_FILENO) < 0) {
		(void)close(before);
		return (-1);
	}
	return (before);
}

/* Returns 0 if all that was printed has arrived, or errno. */
static int
outfile_restore(int before)
{
	int cause;

	cause = 0;
	errno = 0;
	if (fflush(stdout) != 0)
		cause = errno;
	else if (ferror(stdout))
		cause = outfile_cause(stdout);
	clearerr(stdout);
	(void)dup2(before, STDOUT_FILENO);
	(void)close(before);
	return (cause);
}

int
outfile_print(const char *path, int (*print)(const void *, GError **),
    const void *what, GError **error)
{
	struct outfile of;
	int before, cause, code;

	if (path == NULL)
		return (print(what, error));
	if (!outfile_begin(&of, path, error))
		return (CLI_IO);
	before = outfile_redirect(&of);
	if (before < 0) {
		(void)outfile_failed(&of, errno, error);
		outfile_forget(&of);
		return (CLI_IO);
	}
	code = print(what, error);
	cause = outfile_restore(before);
	if (*error == NULL && cause == 0)
		return (outfile_end(&of, error) ? code : CLI_IO);
	/* Of two errors the first is told. */
	if (*error == NULL) {
		(void)outfile_failed(&of, cause, error);
		code = CLI_IO;
	}
	outfile_forget(&of);
	return (code);
}
