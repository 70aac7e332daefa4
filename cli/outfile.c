/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * -o FILE; see outfile.h.
 */

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/outfile.h"
#include "study/text/problem.h"

/* Pipes and devices are written to; only a file may be replaced. */
static bool
outfile_replaces(const char *path)
{

	return (!g_file_test(path, G_FILE_TEST_EXISTS) ||
	    g_file_test(path, G_FILE_TEST_IS_REGULAR));
}

bool
outfile_writable(const char *path, GError **error)
{
	g_autofree char *dir = NULL;

	dir = g_path_get_dirname(path);
	if (g_file_test(path, G_FILE_TEST_IS_DIR))
		errno = EISDIR;
	else if (access(outfile_replaces(path) ? dir : path, W_OK) == 0)
		return (true);
	problem_set(error, "%s: %s", path, g_strerror(errno));
	return (false);
}

static bool
outfile_store(const char *path, const char *text, size_t len, GError **error)
{
	FILE *f;
	bool ok;

	if (outfile_replaces(path))
		return (g_file_set_contents(path, text, (gssize)len, error));
	f = fopen(path, "w");
	ok = f != NULL && fwrite(text, 1, len, f) == len && fflush(f) == 0;
	if (!ok)
		problem_set(error, "%s: %s", path, g_strerror(errno));
	if (f != NULL && fclose(f) != 0 && ok) {
		problem_set(error, "%s: %s", path, g_strerror(errno));
		ok = false;
	}
	return (ok);
}

bool
outfile_write(const char *path, void (*print)(const void *, FILE *),
    const void *what, GError **error)
{
	char *text;
	FILE *f;
	size_t len;
	bool ok;

	if (path == NULL) {
		print(what, stdout);
		return (true);
	}
	f = open_memstream(&text, &len);
	if (f == NULL) {
		problem_set(error, "%s", g_strerror(errno));
		return (false);
	}
	print(what, f);
	ok = fclose(f) == 0;
	if (ok)
		ok = outfile_store(path, text, len, error);
	else
		problem_set(error, "%s", g_strerror(errno));
	free(text);
	return (ok);
}
