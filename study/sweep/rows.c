/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Rows of runs in files that only grow; see rows.h.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "study/run/provenance.h"
#include "study/sweep/rows.h"
#include "study/text/taken.h"
#include "study/text/whole.h"

#define	ROWS_BLOCK	(1 << 16)	/* bytes read at a time */
#define	ROWS_OPEN	32		/* files that stay open */
#define	ROWS_FEW	64		/* slots of an empty index */

/* Where a row is: file and byte; 0 is nowhere, as each has a head. */
#define	AT_DAMAGED	(UINT64_C(1) << 63)
#define	AT_OFFSET	40
#define	AT_FILES	(1U << 22)

struct rows_slot {
	uint64_t	id, at;
};

struct rows {
	char		*dir, *head, *who;
	struct rows_share share;
	GPtrArray	*paths;		/* of files; of char * */
	/* Open addressing; at most two of three are in use. */
	struct rows_slot *slots;
	uint64_t	mask, used;
	struct {
		unsigned	file;
		int		fd;	/* < 0: none */
	} open[ROWS_OPEN];
	unsigned	strange;
	char		*first;
	/* Our own file, and what of it is on the disk. */
	GMutex		lock, syncing;
	int		fd;		/* < 0: not yet */
	int		failed;		/* errno: nothing more is added */
	unsigned	file;
	off_t		end, safe;	/* bytes */
	bool		named;		/* its directory knows it for sure */
	gint64		synced;		/* monotonic, us */
};

static void
rows_error(GError **error, const char *doing, const char *path, int cause)
{

	g_set_error(error, ROWS_ERROR, cause, "cannot %s %s: %s", doing, path,
	    g_strerror(cause));
}

/* ---- the index --------------------------------------------------------- */

static struct rows_slot *
index_slot(const struct rows *rs, uint64_t id)
{
	uint64_t i;

	/* An id is a hash already. */
	for (i = id & rs->mask; rs->slots[i].at != 0 && rs->slots[i].id != id;
	    i = (i + 1) & rs->mask)
		continue;
	return (&rs->slots[i]);
}

static void
index_grow(struct rows *rs)
{
	struct rows_slot *was;
	uint64_t i, n;

	was = rs->slots;
	n = rs->mask + 1;
	rs->slots = g_new0(struct rows_slot, 2 * n);
	rs->mask = 2 * n - 1;
	for (i = 0; i < n; i++)
		if (was[i].at != 0)
			*index_slot(rs, was[i].id) = was[i];
	g_free(was);
}

/* What is whole is as good as another that is, and better than damage. */
static void
index_add(struct rows *rs, uint64_t id, uint64_t at)
{
	struct rows_slot *slot;

	slot = index_slot(rs, id);
	if (slot->at != 0 && (slot->at & AT_DAMAGED) == 0)
		return;
	rs->used += slot->at == 0;
	*slot = (struct rows_slot){ id, at };
	if (3 * rs->used > 2 * rs->mask)
		index_grow(rs);
}

/* ---- reading what is there --------------------------------------------- */

static void
rows_wonder(struct rows *rs, unsigned file, uint64_t offset)
{

	if (rs->strange++ == 0)
		rs->first = g_strdup_printf("%s, byte %" G_GUINT64_FORMAT,
		    (const char *)rs->paths->pdata[file], offset);
}

struct scan {
	struct rows	*rows;
	unsigned	file;
	int		fd;
	char		*buf;
	size_t		have, size;
	uint64_t	offset;		/* of buf[0] */
	bool		skipping;	/* a line that is too long */
};

static void
scan_line(struct scan *sc, const char *line, size_t len)
{
	struct rows *rs;
	uint64_t at, id, offset;
	enum rows_state state;

	rs = sc->rows;
	offset = sc->offset + (uint64_t)(line - sc->buf);
	state = sc->skipping ? ROWS_NONE : rows_line_read(line, len, &id);
	sc->skipping = false;
	if (state == ROWS_NONE) {
		rows_wonder(rs, sc->file, offset);
		return;
	}
	at = (uint64_t)sc->file << AT_OFFSET | offset;
	index_add(rs, id, state == ROWS_DAMAGED ? at | AT_DAMAGED : at);
}

/* Take the whole lines there are, and make room. */
static void
scan_lines(struct scan *sc)
{
	const char *at, *end;

	at = sc->buf;
	while ((end = memchr(at, '\n', sc->have - (size_t)(at - sc->buf))) !=
	    NULL) {
		scan_line(sc, at, (size_t)(end - at));
		at = end + 1;
	}
	sc->have -= (size_t)(at - sc->buf);
	sc->offset += (uint64_t)(at - sc->buf);
	memmove(sc->buf, at, sc->have);
	if (sc->have < sc->size)
		return;
	if (sc->size < ROWS_MAXLINE) {
		sc->size *= 2;
		sc->buf = g_realloc(sc->buf, sc->size);
	} else {
		sc->skipping = true;
		sc->offset += sc->have;
		sc->have = 0;
	}
}

/* 0 or an errno; what has no line end yet is none. */
static int
scan_all(struct scan *sc)
{
	ssize_t n;

	for (;;) {
		n = read(sc->fd, sc->buf + sc->have, sc->size - sc->have);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return (n < 0 ? errno : 0);
		sc->have += (size_t)n;
		scan_lines(sc);
	}
}

/*
 * Does the file begin as ours do?  What another build made, or for another
 * scenario, and a head that is not whole are nobody's business; what no build
 * made is strange.
 */
static int
scan_head(struct scan *sc, bool *ours)
{
	const struct rows *rs;
	size_t have, len;
	ssize_t n;

	rs = sc->rows;
	*ours = false;
	len = strlen(rs->head);
	sc->size = MAX(sc->size, len);
	sc->buf = g_malloc(sc->size);
	for (have = 0; have < len; have += (size_t)n) {
		n = read(sc->fd, sc->buf + have, len - have);
		if (n < 0 && errno != EINTR)
			return (errno);
		if (n == 0)
			break;
		n = MAX(n, 0);
	}
	*ours = have == len && memcmp(sc->buf, rs->head, len) == 0;
	if (memcmp(sc->buf, PROVENANCE_MAGIC, MIN(have,
	    strlen(PROVENANCE_MAGIC))) != 0)
		rows_wonder(sc->rows, sc->file, 0);
	sc->offset = len;
	return (0);
}

static bool
rows_scan(struct rows *rs, const char *name, GError **error)
{
	struct scan sc = { .rows = rs, .file = rs->paths->len,
	    .size = ROWS_BLOCK };
	char *path;
	int cause;
	bool ours;

	if (rs->paths->len == AT_FILES) {
		rows_error(error, "read", rs->dir, EMFILE);
		return (false);
	}
	path = g_build_filename(rs->dir, name, NULL);
	g_ptr_array_add(rs->paths, path);
	/* Nobody waits for the other end of a pipe. */
	sc.fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (sc.fd < 0) {
		cause = errno;
		if (cause == ENOENT)	/* gone meanwhile */
			return (true);
		rows_error(error, "read", path, cause);
		return (false);
	}
	taken_note(sc.fd);
	cause = scan_head(&sc, &ours);
	if (cause == 0 && ours)
		cause = scan_all(&sc);
	g_free(sc.buf);
	(void)close(sc.fd);
	if (cause == 0)
		return (true);
	rows_error(error, "read", path, cause);
	return (false);
}

/* "I-N.LIST.": the rows of a shard that has none of ours? */
static bool
rows_disjoint(const struct rows *rs, const char *name)
{
	g_autofree char *ending = NULL;
	guint64 n, shard;
	char *at;

	shard = g_ascii_strtoull(name, &at, 10);
	if (at == name || *at != '-')
		return (false);
	n = g_ascii_strtoull(at + 1, &at, 10);
	ending = g_strdup_printf(".%s.", rs->share.list);
	return (rs->share.list[0] != '\0' && g_str_has_prefix(at, ending) &&
	    n == rs->share.nshards && shard != rs->share.shard + 1);
}

static bool
rows_load(struct rows *rs, GError **error)
{
	g_autoptr(GPtrArray) names = NULL;
	GError *cause;
	guint i;

	cause = NULL;
	names = whole_names(rs->dir, &cause);
	if (names == NULL && g_error_matches(cause, WHOLE_ERROR, ENOENT)) {
		g_error_free(cause);
		return (true);
	}
	if (names == NULL) {
		g_propagate_error(error, cause);
		return (false);
	}
	for (i = 0; i < names->len; i++)
		if (g_str_has_suffix(names->pdata[i], ".csv") &&
		    !rows_disjoint(rs, names->pdata[i]) &&
		    !rows_scan(rs, names->pdata[i], error))
			return (false);
	return (true);
}

struct rows *
rows_new(const char *dir, const char *head, const struct rows_share *share,
    const char *who, GError **error)
{
	struct rows *rs;
	unsigned i;

	rs = g_new0(struct rows, 1);
	rs->dir = g_strdup(dir);
	rs->head = g_strdup(head);
	rs->who = g_strdup(who);
	rs->share = *share;
	rs->paths = g_ptr_array_new_with_free_func(g_free);
	rs->slots = g_new0(struct rows_slot, ROWS_FEW);
	rs->mask = ROWS_FEW - 1;
	rs->fd = -1;
	for (i = 0; i < ROWS_OPEN; i++)
		rs->open[i].fd = -1;
	g_mutex_init(&rs->lock);
	g_mutex_init(&rs->syncing);
	if (rows_load(rs, error))
		return (rs);
	rows_free(rs);
	return (NULL);
}

void
rows_free(struct rows *rs)
{
	unsigned i;

	if (rs == NULL)
		return;
	for (i = 0; i < ROWS_OPEN; i++)
		if (rs->open[i].fd >= 0)
			(void)close(rs->open[i].fd);
	if (rs->fd >= 0) {
		(void)close(rs->fd);
		/* Nobody needs a file without a row. */
		if (rs->end == (off_t)strlen(rs->head))
			(void)unlink(rs->paths->pdata[rs->file]);
	}
	g_mutex_clear(&rs->lock);
	g_mutex_clear(&rs->syncing);
	g_ptr_array_unref(rs->paths);
	g_free(rs->first);
	g_free(rs->slots);
	g_free(rs->who);
	g_free(rs->head);
	g_free(rs->dir);
	g_free(rs);
}

unsigned
rows_strange(const struct rows *rs, const char **first)
{

	*first = rs->first;
	return (rs->strange);
}

/* ---- one row ----------------------------------------------------------- */

static uint64_t
rows_at(struct rows *rs, const char *id)
{
	uint64_t at, number;

	if (strlen(id) != ROWS_IDLEN || !rows_line_id(id, &number))
		return (0);
	g_mutex_lock(&rs->lock);
	at = index_slot(rs, number)->at;
	g_mutex_unlock(&rs->lock);
	return (at);
}

enum rows_state
rows_state(struct rows *rs, const char *id)
{
	uint64_t at;

	at = rows_at(rs, id);
	return (at == 0 ? ROWS_NONE : (at & AT_DAMAGED) != 0 ? ROWS_DAMAGED :
	    ROWS_THERE);
}

/* Descriptor of a file, one of the last that were asked for; -1 and errno. */
static int
rows_file(struct rows *rs, unsigned file)
{
	unsigned i;

	i = file % ROWS_OPEN;
	if (rs->open[i].fd >= 0 && rs->open[i].file == file)
		return (rs->open[i].fd);
	if (rs->open[i].fd >= 0)
		(void)close(rs->open[i].fd);
	rs->open[i].file = file;
	rs->open[i].fd = open(rs->paths->pdata[file], O_RDONLY | O_CLOEXEC);
	return (rs->open[i].fd);
}

bool
rows_read(struct rows *rs, const char *id, char **row, GError **error)
{
	g_autofree char *line = NULL;
	const char *path;
	uint64_t at, found, offset;
	unsigned file;
	size_t len;
	int fd;

	*row = NULL;
	at = rows_at(rs, id);
	if (at == 0)
		return (true);
	file = (unsigned)((at & ~AT_DAMAGED) >> AT_OFFSET);
	offset = at & ((UINT64_C(1) << AT_OFFSET) - 1);
	path = rs->paths->pdata[file];
	fd = rows_file(rs, file);
	line = fd < 0 ? NULL : rows_line_at(fd, (off_t)offset, &len);
	if (line == NULL && errno != 0) {
		rows_error(error, "read", path, errno);
		return (false);
	}
	if (line == NULL || rows_line_read(line, len, &found) != ROWS_THERE ||
	    strncmp(line, id, ROWS_IDLEN) != 0) {
		g_set_error(error, ROWS_ERROR, 0, "%s: is damaged at byte %"
		    G_GUINT64_FORMAT "; run again", path, offset);
		return (false);
	}
	*row = g_strndup(line + ROWS_BEFORE, len - ROWS_BEFORE);
	return (true);
}

/* ---- adding ------------------------------------------------------------ */

/* Its name is nobody else's, whatever host and container that is in. */
static bool
rows_begin(struct rows *rs, GError **error)
{
	char *path;
	int cause, fd;

	path = g_strdup_printf("%s/%u-%u.%s.%s.XXXXXX.csv", rs->dir,
	    rs->share.shard + 1, rs->share.nshards, rs->share.list, rs->who);
	fd = g_mkstemp_full(path, O_WRONLY | O_APPEND | O_CLOEXEC, 0666);
	if (fd < 0) {
		rows_error(error, "make", path, errno);
		g_free(path);
		return (false);
	}
	cause = whole_fill(fd, rs->head, strlen(rs->head));
	if (cause != 0) {
		rows_error(error, "write", path, cause);
		(void)close(fd);
		(void)unlink(path);
		g_free(path);
		return (false);
	}
	rs->file = rs->paths->len;
	g_ptr_array_add(rs->paths, path);
	rs->end = rs->safe = (off_t)strlen(rs->head);
	rs->fd = fd;
	return (true);
}

/* The lock is held. */
static bool
rows_append(struct rows *rs, const char *id, const char *row, GError **error)
{
	g_autofree char *line = NULL;
	uint64_t number;
	int cause;

	if (rs->failed == 0 && rs->fd < 0 && !rows_begin(rs, error)) {
		rs->failed = EIO;
		return (false);
	}
	line = rows_line_text(id, row);
	cause = rs->failed != 0 ? rs->failed : whole_fill(rs->fd, line,
	    strlen(line));
	if (cause != 0) {
		rs->failed = cause;
		if (rs->fd >= 0)
			(void)!ftruncate(rs->fd, rs->end);
		rows_error(error, "write", rs->fd < 0 ? rs->dir :
		    rs->paths->pdata[rs->file], cause);
		return (false);
	}
	(void)rows_line_id(id, &number);
	index_add(rs, number, (uint64_t)rs->file << AT_OFFSET |
	    (uint64_t)rs->end);
	rs->end += (off_t)strlen(line);
	return (true);
}

bool
rows_add(struct rows *rs, const char *id, const char *row, GError **error)
{
	bool due, ok;

	g_mutex_lock(&rs->lock);
	ok = rows_append(rs, id, row, error);
	due = g_get_monotonic_time() - rs->synced >= ROWS_SAFE;
	g_mutex_unlock(&rs->lock);
	return (ok && (!due || rows_sync(rs, error)));
}

/* 0 or an errno.  EINVAL: what it is on cannot be synced. */
static int
rows_fsync(int fd)
{

	while (fsync(fd) != 0)
		if (errno != EINTR)
			return (errno == EINVAL ? 0 : errno);
	return (0);
}

/* A new file's name, which its directory holds. */
static int
rows_fsync_dir(const char *dir)
{
	int cause, fd;

	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return (errno);
	cause = rows_fsync(fd);
	(void)close(fd);
	return (cause);
}

bool
rows_sync(struct rows *rs, GError **error)
{
	off_t end;
	int cause;

	g_mutex_lock(&rs->syncing);
	g_mutex_lock(&rs->lock);
	end = rs->end;
	if (rs->fd < 0 || end == rs->safe) {
		g_mutex_unlock(&rs->lock);
		g_mutex_unlock(&rs->syncing);
		return (true);
	}
	rs->synced = g_get_monotonic_time();
	g_mutex_unlock(&rs->lock);
	/* Others add meanwhile. */
	cause = rows_fsync(rs->fd);
	if (cause == 0 && !rs->named)
		cause = rows_fsync_dir(rs->dir);
	rs->named = true;
	g_mutex_lock(&rs->lock);
	if (cause == 0) {
		rs->safe = end;
	} else {
		rs->failed = cause;
		rs->end = rs->safe;
		(void)!ftruncate(rs->fd, rs->safe);
		rows_error(error, "write", rs->paths->pdata[rs->file], cause);
	}
	g_mutex_unlock(&rs->lock);
	g_mutex_unlock(&rs->syncing);
	return (cause == 0);
}
