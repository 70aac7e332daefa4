/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * gzip(1) before a file; see gunzip.h.
 */

#include <sys/wait.h>

#include <errno.h>
#include <stdint.h>
#include <unistd.h>

#include "study/text/gunzip.h"
#include "study/text/problem.h"

static FILE *
gunzip_spawn(const char *path, GPid *pid, GError **error)
{
	const char *argv[] = { "gzip", "-dc", "--", path, NULL };
	GError *cause;
	FILE *f;
	int fd;

	cause = NULL;
	if (!g_spawn_async_with_pipes(NULL, (char **)(uintptr_t)argv, NULL,
	    G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
	    G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, pid, NULL, &fd, NULL,
	    &cause)) {
		problem_set(error, "%s: cannot run gzip: %s", path,
		    cause->message);
		g_error_free(cause);
		*pid = 0;
		return (NULL);
	}
	f = fdopen(fd, "r");
	if (f == NULL)
		close(fd);
	return (f);
}

FILE *
gunzip_open(const char *path, GPid *pid, GError **error)
{
	FILE *f;

	*pid = 0;
	if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
		problem_set(error, "%s: is a directory", path);
		return (NULL);
	}
	f = fopen(path, "r");
	if (f == NULL)
		problem_set(error, "%s: %s", path, g_strerror(errno));
	if (f == NULL || !g_str_has_suffix(path, ".gz"))
		return (f);
	fclose(f);
	return (gunzip_spawn(path, pid, error));
}

const char *
gunzip_reap(GPid *pid)
{
	int status;

	if (*pid == 0)
		return (NULL);
	while (waitpid(*pid, &status, 0) == -1 && errno == EINTR)
		continue;
	g_spawn_close_pid(*pid);
	*pid = 0;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return ("gzip cannot decompress the file to its end");
	return (NULL);
}
