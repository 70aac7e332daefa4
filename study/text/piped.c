/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What was piped into the program; see piped.h.
 */

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "study/text/piped.h"
#include "study/text/problem.h"
#include "study/text/taken.h"

const char *
piped_title(const char *path)
{

	return (g_str_equal(path, PIPED_NAME) ? "standard input" : path);
}

bool
piped_is(const char *path)
{
	struct stat st;

	return (stat(path, &st) == 0 && (S_ISFIFO(st.st_mode) ||
	    S_ISSOCK(st.st_mode)));
}

static GMutex piped_lock;
static GHashTable *piped_all;	/* path -> GString: what was read already */

/* All there is, but not much more than `max'; NULL: errno. */
static GString *
piped_drain(const char *path, gsize max)
{
	GString *all;
	char buf[8192];
	ssize_t n;
	int cause, fd;

	fd = g_str_equal(path, PIPED_NAME) ? STDIN_FILENO :
	    open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return (NULL);
	taken_note(fd);
	all = g_string_new(NULL);
	do {
		n = read(fd, buf, sizeof(buf));
		if (n > 0)
			g_string_append_len(all, buf, n);
	} while ((n > 0 && all->len <= max) || (n < 0 && errno == EINTR));
	cause = errno;
	if (fd != STDIN_FILENO)
		(void)close(fd);
	errno = cause;
	if (n >= 0)
		return (all);
	g_string_free(all, TRUE);
	return (NULL);
}

const char *
piped_text(const char *path, gsize max, gsize *len, GError **error)
{
	GString *all;

	g_mutex_lock(&piped_lock);
	if (piped_all == NULL)
		piped_all = g_hash_table_new(g_str_hash, g_str_equal);
	all = g_hash_table_lookup(piped_all, path);
	if (all == NULL) {
		all = piped_drain(path, max);
		if (all == NULL)
			problem_set_errno(error, errno, "%s",
			    g_strerror(errno));
		else
			g_hash_table_insert(piped_all, g_strdup(path), all);
	}
	g_mutex_unlock(&piped_lock);
	if (all == NULL)
		return (NULL);
	*len = MIN(all->len, max + 1);
	return (all->str);
}
