/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Files as wholes; see whole.h.
 */

#include <sys/types.h>
#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "study/text/problem.h"
#include "study/text/taken.h"
#include "study/text/whole.h"

#define	WHOLE_PIECE	(1 << 16)	/* most bytes read at a time */
#define	WHOLE_TRUST	(1 << 24)	/* of a size, before they are read */

static void
whole_failed(GError **error, const char *doing, const char *path, int cause)
{

	g_set_error(error, WHOLE_ERROR, cause, "cannot %s %s: %s", doing,
	    path, g_strerror(cause));
}

/* ---- writing ----------------------------------------------------------- */

int
whole_fill(int fd, const char *text, size_t len)
{
	size_t done;
	ssize_t n;

	for (done = 0; done < len; done += (size_t)n) {
		n = write(fd, text + done, len - done);
		if (n < 0 && errno != EINTR)
			return (errno);
		n = MAX(n, 0);
	}
	return (0);
}

int
whole_settle(int fd, const char *tmp, const char *path, const char *text,
    size_t len)
{
	int cause;

	cause = whole_fill(fd, text, len);
	/* EINVAL: what it is on cannot be synced. */
	if (cause == 0 && fsync(fd) != 0 && errno != EINVAL)
		cause = errno;
	if (close(fd) != 0 && cause == 0)
		cause = errno;
	if (cause == 0 && rename(tmp, path) != 0)
		cause = errno;
	if (cause != 0)
		(void)unlink(tmp);
	return (cause);
}

bool
whole_write_by(const char *tmp, const char *path, const char *text,
    size_t len, GError **error)
{
	int cause, fd;

	fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
	    0666);
	cause = fd < 0 ? errno : whole_settle(fd, tmp, path, text, len);
	if (cause == 0)
		return (true);
	whole_failed(error, "write", path, cause);
	return (false);
}

bool
whole_write(const char *path, const char *text, size_t len, GError **error)
{
	g_autofree char *tmp = NULL;

	tmp = g_strconcat(path, WHOLE_SUFFIX, NULL);
	return (whole_write_by(tmp, path, text, len, error));
}

/* ---- reading ----------------------------------------------------------- */

/*
 * Append all there is; 0 or an errno.  `expected' bytes are likely, so that a
 * small file takes little memory; 0 says nothing, as a pipe does.
 */
static int
whole_drain(int fd, off_t expected, size_t max, GByteArray *bytes)
{
	const guint piece = expected == 0 ? WHOLE_PIECE :
	    (guint)CLAMP(expected + 1, 1 << 9, WHOLE_PIECE);
	guint was;
	ssize_t n;

	for (;;) {
		if (bytes->len > max)
			return (EFBIG);
		was = bytes->len;
		g_byte_array_set_size(bytes, was + piece);
		n = read(fd, bytes->data + was, piece);
		g_byte_array_set_size(bytes, was + (guint)MAX(n, 0));
		if (n == 0)
			return (0);
		if (n < 0 && errno != EINTR)
			return (errno);
	}
}

/* What `fd' has, which is closed; not of a pipe unless `stream'. */
static char *
whole_take(const char *path, int fd, bool stream, size_t max, size_t *len,
    GError **error)
{
	static const guint8 end = 0;
	GByteArray *bytes;
	struct stat st;
	int cause;

	if (fd < 0) {
		whole_failed(error, "read", path, errno);
		return (NULL);
	}
	cause = fstat(fd, &st) != 0 ? errno : S_ISDIR(st.st_mode) ? EISDIR :
	    stream || S_ISREG(st.st_mode) ? 0 : EINVAL;
	taken_note(fd);
	/* It need not grow while it is read, if it is as large as is said. */
	bytes = g_byte_array_sized_new(cause != 0 || st.st_size <= WHOLE_PIECE ?
	    0 : (guint)MIN(st.st_size, WHOLE_TRUST) + WHOLE_PIECE + 1);
	if (cause == 0)
		cause = whole_drain(fd, st.st_size, max, bytes);
	close(fd);
	if (cause == 0 && len == NULL && bytes->len > 0 &&
	    memchr(bytes->data, 0, bytes->len) != NULL)
		cause = EILSEQ;
	if (cause == 0) {
		if (len != NULL)
			*len = bytes->len;
		g_byte_array_append(bytes, &end, 1);
		return ((char *)g_byte_array_free(bytes, FALSE));
	}
	g_byte_array_free(bytes, TRUE);
	whole_failed(error, "read", path, cause);
	return (NULL);
}

char *
whole_read(const char *path, size_t max, size_t *len, GError **error)
{

	return (whole_take(path, open(path, O_RDONLY | O_NONBLOCK |
	    O_CLOEXEC), false, max, len, error));
}

char *
whole_read_stream(const char *path, size_t max, size_t *len, GError **error)
{

	return (whole_take(path, open(path, O_RDONLY | O_CLOEXEC), true, max,
	    len, error));
}

char *
whole_read_plain(const char *path, size_t max, GError **error)
{
	const char *end, *line, *what;
	unsigned n;
	char *text;

	text = whole_read(path, max, NULL, error);
	if (text == NULL)
		return (NULL);
	for (line = text, n = 1; *line != '\0'; line = end, n++) {
		end = line + strcspn(line, "\n");
		what = problem_bytes(line, (size_t)(end - line));
		if (what != NULL) {
			g_set_error(error, WHOLE_ERROR, EILSEQ, "%s:%u: %s",
			    path, n, what);
			g_free(text);
			return (NULL);
		}
		end += *end != '\0';
	}
	return (text);
}

static int
whole_order(const void *a, const void *b)
{

	return (strcmp(*(char *const *)a, *(char *const *)b));
}

char *
whole_no_dir(const char *path)
{
	const char *what;
	struct stat st;
	mode_t mode;
	int cause;

	if (stat(path, &st) != 0) {
		cause = errno;
		if (cause != ENOENT)
			return (g_strdup(g_strerror(cause)));
		return (g_strdup(lstat(path, &st) == 0 ? "is a symbolic link "
		    "that leads nowhere" : "there is no such directory"));
	}
	mode = st.st_mode;
	if (S_ISDIR(mode))
		return (NULL);
	what = S_ISREG(mode) ? "file" : S_ISFIFO(mode) ? "FIFO" :
	    S_ISSOCK(mode) ? "socket" : "device";
	return (g_strdup_printf("is a %s, no directory", what));
}

GPtrArray *
whole_names(const char *dir, GError **error)
{
	const struct dirent *entry;
	GPtrArray *names;
	int cause;
	DIR *d;

	d = opendir(dir);
	if (d == NULL) {
		whole_failed(error, "read", dir, errno);
		return (NULL);
	}
	names = g_ptr_array_new_with_free_func(g_free);
	while (errno = 0, (entry = readdir(d)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0)
			g_ptr_array_add(names, g_strdup(entry->d_name));
	cause = errno;
	closedir(d);
	g_ptr_array_sort(names, whole_order);
	if (cause == 0)
		return (names);
	g_ptr_array_unref(names);
	whole_failed(error, "read", dir, cause);
	return (NULL);
}
