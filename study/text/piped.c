/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What was piped into the program; see piped.h.
 */

#include <errno.h>
#include <unistd.h>

#include "study/text/piped.h"
#include "study/text/problem.h"

const char *
piped_title(const char *path)
{

	return (g_str_equal(path, PIPED_NAME) ? "standard input" : path);
}

static GMutex piped_lock;
static GString *piped_all;	/* NULL: not read yet */

const char *
piped_text(gsize max, gsize *len, GError **error)
{
	GString *all;
	char buf[4096];
	ssize_t n;

	g_mutex_lock(&piped_lock);
	all = piped_all != NULL ? piped_all : g_string_new(NULL);
	n = 0;
	while (piped_all == NULL && all->len <= max) {
		n = read(STDIN_FILENO, buf, sizeof(buf));
		if (n > 0)
			g_string_append_len(all, buf, n);
		else if (n == 0 || errno != EINTR)
			break;
	}
	if (n < 0) {
		problem_set(error, "%s", g_strerror(errno));
		g_string_free(all, TRUE);
	} else {
		piped_all = all;
		*len = MIN(all->len, max + 1);
	}
	g_mutex_unlock(&piped_lock);
	return (n < 0 ? NULL : all->str);
}
