/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Which file a name in a scenario means; see file_name.h.
 */

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "study/text/file_name.h"
#include "study/text/problem.h"

/* Is there such a file?  -1: no; 0: yes; else why nobody can say, an errno. */
static int
file_there(const char *path)
{

	if (access(path, F_OK) == 0)
		return (0);
	return (errno == ENOENT || errno == ENOTDIR ? -1 : errno);
}

char *
file_name_find(const char *dir, const char *name, GError **error)
{
	g_autofree char *beside = NULL;
	int cause;

	if (*name == '\0') {
		problem_set(error, "is empty; allowed: a file");
		return (NULL);
	}
	if (g_path_is_absolute(name) || strcmp(dir, ".") == 0)
		beside = g_strdup(name);
	else
		beside = g_build_filename(dir, name, NULL);
	cause = file_there(beside);
	if (cause == 0)
		return (g_steal_pointer(&beside));
	if (!g_path_is_absolute(name) && file_there(name) == 0)
		return (g_strdup(name));
	if (cause < 0)
		problem_set(error, "there is no file %s", beside);
	else
		problem_set_errno(error, cause, "%s: %s", beside,
		    g_strerror(cause));
	return (NULL);
}
