/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * SHA-256 of files; see digest.h.
 */

#include <sys/types.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <glib.h>

#include "study/run/crew.h"
#include "study/run/digest.h"

char *
digest_file(const char *path, bool sync)
{
	g_autoptr(GChecksum) sum = NULL;
	static const size_t size = 1 << 16;
	g_autofree guchar *buf = NULL;
	struct stat st;
	ssize_t n;
	int cause, fd;

	fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return (NULL);
	sum = g_checksum_new(G_CHECKSUM_SHA256);
	buf = g_malloc(size);
	cause = fstat(fd, &st) != 0 ? errno : S_ISREG(st.st_mode) ? 0 :
	    EINVAL;
	while (cause == 0 && (n = read(fd, buf, size)) != 0) {
		if (n > 0)
			g_checksum_update(sum, buf, n);
		else if (errno != EINTR)
			cause = errno;
	}
	if (cause == 0 && sync && fsync(fd) != 0 && errno != EINVAL)
		cause = errno;
	close(fd);
	errno = cause;
	return (cause == 0 ? g_strdup(g_checksum_get_string(sum)) : NULL);
}

/* What crew_each() goes through. */
struct digest_task {
	struct digest	*d;
	bool		sync;
};

static void
digest_one(void *task, unsigned i)
{
	const struct digest_task *t;

	t = task;
	t->d[i].hex = digest_file(t->d[i].path, t->sync);
	t->d[i].cause = errno;
}

void
digest_files(struct digest *d, unsigned n, unsigned threads, bool sync)
{
	struct digest_task task = { d, sync };

	crew_each(threads, n, digest_one, &task);
}

void
digest_clear(struct digest *d)
{

	g_free(d->path);
	g_free(d->hex);
}
