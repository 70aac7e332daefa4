/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Directories on the way; see dirs.h.
 */

#include <sys/stat.h>

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "study/text/dirs.h"

static bool
dirs_is(const char *path)
{
	struct stat st;

	return (stat(path, &st) == 0 && S_ISDIR(st.st_mode));
}

/* One of them; what somebody else makes at the same time is theirs. */
static bool
dirs_step(const char *path, GPtrArray *made)
{

	if (dirs_is(path))
		return (true);
	if (mkdir(path, 0777) == 0) {
		g_ptr_array_add(made, g_strdup(path));
		return (true);
	}
	if (errno != EEXIST)
		return (false);
	if (dirs_is(path))
		return (true);
	errno = ENOTDIR;
	return (false);
}

/* All but the first `keep' of them. */
static void
dirs_unmake_to(GPtrArray *made, guint keep)
{
	int cause;

	cause = errno;
	while (made->len > keep) {
		(void)rmdir(made->pdata[made->len - 1]);
		g_ptr_array_set_size(made, (int)made->len - 1);
	}
	errno = cause;
}

bool
dirs_make(const char *path, GPtrArray *made)
{
	g_autoptr(GPtrArray) list = NULL;
	g_autofree char *upto = NULL;
	size_t at;
	guint before;

	list = made == NULL ? dirs_new() : g_ptr_array_ref(made);
	before = list->len;
	upto = g_strdup(path);
	for (at = strspn(path, "/"); path[at] != '\0';
	    at += strspn(path + at, "/")) {
		at += strcspn(path + at, "/");
		upto[at] = '\0';
		if (!dirs_step(upto, list)) {
			dirs_unmake_to(list, before);
			return (false);
		}
		upto[at] = path[at];
	}
	return (true);
}

void
dirs_unmake(GPtrArray *made)
{

	dirs_unmake_to(made, 0);
}

GPtrArray *
dirs_new(void)
{

	return (g_ptr_array_new_with_free_func(g_free));
}
