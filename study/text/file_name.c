/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Which file a name in a scenario means; see file_name.h.
 */

#include <string.h>

#include "study/text/file_name.h"
#include "study/text/problem.h"

char *
file_name_find(const char *dir, const char *name, GError **error)
{
	g_autofree char *beside = NULL;

	if (*name == '\0') {
		problem_set(error, "is empty; allowed: a file");
		return (NULL);
	}
	if (g_path_is_absolute(name) || strcmp(dir, ".") == 0)
		beside = g_strdup(name);
	else
		beside = g_build_filename(dir, name, NULL);
	if (g_file_test(beside, G_FILE_TEST_EXISTS))
		return (g_steal_pointer(&beside));
	if (!g_path_is_absolute(name) &&
	    g_file_test(name, G_FILE_TEST_EXISTS))
		return (g_strdup(name));
	problem_set(error, "there is no file %s", beside);
	return (NULL);
}
