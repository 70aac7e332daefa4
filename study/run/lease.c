/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * One run at a time in a place; see lease.h.
 */

#include <sys/types.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "study/run/boot.h"
#include "study/run/lease.h"
#include "study/run/lease_heart.h"

#define	LEASE_MAGIC	"# a run of pcbsim holds the place beside this file\n"
#define	LEASE_SIZE	4096		/* of a page; the rest is line ends */
#define	LEASE_TRIES	100
#define	LEASE_WAIT_US	1000
/* .. and while what a dead one left behind holds its lock. */
#define	LEASE_DEAD_WAIT_US	50000

struct lease {
	char		*parent, *name;
	char		*path;
	char		*token;
	int		fd;
};

enum lease_lock {
	LEASE_LOCKED,
	LEASE_BUSY,
	LEASE_LOCKLESS		/* this file system knows no locks */
};

/* ---- pages ------------------------------------------------------------- */

void
lease_page_clear(struct lease_page *p)
{

	g_free(p->host);
	g_free(p->boot);
	g_free(p->pids);
	g_free(p->token);
	g_free(p->partial);
	g_free(p->old);
	*p = (struct lease_page){ .pid = 0 };
}

/* Does an escape begin at its end? */
static bool
lease_is_cut(const char *value)
{
	size_t i, n;

	n = strlen(value);
	for (i = 0; i < n && value[n - 1 - i] == '\\'; i++)
		continue;
	return (i % 2 == 1);
}

/*
 * The value of "KEY: VALUE"; NULL if there is none, an empty one, or one that
 * no page of ours has.
 */
static char *
lease_value(const char *text, const char *key)
{
	g_autofree char *start = NULL, *value = NULL;
	const char *at;

	start = g_strdup_printf("\n%s: ", key);
	at = strstr(text, start);
	if (at == NULL)
		return (NULL);
	at += strlen(start);
	value = g_strndup(at, strcspn(at, "\n"));
	return (*value == '\0' || lease_is_cut(value) ? NULL :
	    g_strcompress(value));
}

/* A name that a page may tell: one of those that only we give. */
static char *
lease_name(const char *text, const char *key, const char *name)
{
	g_autofree char *prefix = NULL, *value = NULL;

	value = lease_value(text, key);
	prefix = g_strdup_printf(".%s.%s-", name, key);
	if (value == NULL || !g_str_has_prefix(value, prefix) ||
	    strchr(value, '/') != NULL)
		return (NULL);
	return (g_steal_pointer(&value));
}

/* False: this is none of ours. */
static bool
lease_parse(const char *text, const char *name, struct lease_page *p)
{
	g_autofree char *pid = NULL, *placing = NULL;
	guint64 n;

	*p = (struct lease_page){ .pid = 0 };
	if (!g_str_has_prefix(text, LEASE_MAGIC))
		return (false);
	p->host = lease_value(text, "host");
	p->boot = lease_value(text, "boot");
	p->pids = lease_value(text, "pids");
	p->token = lease_value(text, "token");
	p->partial = lease_name(text, "partial", name);
	p->old = lease_name(text, "old", name);
	pid = lease_value(text, "pid");
	if (pid != NULL && g_ascii_string_to_unsigned(pid, 10, 1, G_MAXINT, &n,
	    NULL))
		p->pid = (long)n;
	placing = lease_value(text, "placing");
	p->placing = g_strcmp0(placing, "yes") == 0;
	return (true);
}

static void
lease_line(GString *s, const char *key, const char *value)
{
	g_autofree char *escaped = NULL;

	escaped = g_strescape(value == NULL ? "" : value, NULL);
	g_string_append_printf(s, "%s: %s\n", key, escaped);
}

static GString *
lease_text(const struct lease *l, const char *partial, const char *old,
    bool placing)
{
	g_autofree char *pid = NULL;
	GString *s;

	s = g_string_new(LEASE_MAGIC);
	pid = g_strdup_printf("%ld", (long)getpid());
	lease_line(s, "host", g_get_host_name());
	lease_line(s, "boot", boot_id());
	lease_line(s, "pids", boot_pids());
	lease_line(s, "pid", pid);
	lease_line(s, "token", l->token);
	lease_line(s, "partial", partial);
	lease_line(s, "old", old);
	lease_line(s, "placing", placing ? "yes" : "no");
	/* One size, one write: what is read is one page or another. */
	while (s->len < LEASE_SIZE)
		g_string_append_c(s, '\n');
	return (s);
}

/* The text of an open page; "" if it is empty or cannot be read. */
static void
lease_read(int fd, char text[LEASE_SIZE + 1])
{
	ssize_t n;

	do
		n = pread(fd, text, LEASE_SIZE, 0);
	while (n < 0 && errno == EINTR);
	text[MAX(n, 0)] = '\0';
}

static bool
lease_write(struct lease *l, const GString *text)
{
	size_t done;
	ssize_t n;

	/* A disk that is full, or a limit, says so of the rest. */
	for (done = 0; done < text->len; done += (size_t)n) {
		n = pwrite(l->fd, text->str + done, text->len - done,
		    (off_t)done);
		if (n < 0 && errno != EINTR)
			return (false);
		n = MAX(n, 0);
	}
	return (fsync(l->fd) == 0 || errno == EINVAL);
}

/* ---- locks ------------------------------------------------------------- */

static enum lease_lock
lease_lock(int fd)
{
	struct flock fl = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int rc;

	rc = -1;
	errno = EINVAL;
#ifdef F_OFD_SETLK
	/* Of the open file: closing another of this process loses nothing. */
	rc = fcntl(fd, F_OFD_SETLK, &fl);
#endif
	if (rc != 0 && errno == EINVAL)
		rc = fcntl(fd, F_SETLK, &fl);
	if (rc == 0)
		return (LEASE_LOCKED);
	return (errno == EAGAIN || errno == EACCES ? LEASE_BUSY :
	    LEASE_LOCKLESS);
}

/* Does the name still mean the open file? */
static bool
lease_same(const char *path, int fd)
{
	struct stat named, open;

	return (lstat(path, &named) == 0 && fstat(fd, &open) == 0 &&
	    named.st_dev == open.st_dev && named.st_ino == open.st_ino);
}

/* ---- is its owner gone? ------------------------------------------------ */

/* How long a page has been still, s, by the clock of the disk it is on. */
static double
lease_age(const struct lease *l, int fd)
{
	g_autofree char *tmp = NULL;
	struct stat now, page;
	int probe;

	tmp = g_strdup_printf("%s/.%s.lease-XXXXXX", l->parent, l->name);
	probe = g_mkstemp(tmp);
	if (probe < 0)
		return (0);
	/* Writing asks a server for its clock, where there is one. */
	if (write(probe, "\n", 1) != 1 || fstat(probe, &now) != 0 ||
	    fstat(fd, &page) != 0)
		now.st_mtime = page.st_mtime = 0;
	close(probe);
	(void)unlink(tmp);
	return (difftime(now.st_mtime, page.st_mtime));
}

/* Was it a process of this system and pid namespace, and is it no more? */
static bool
lease_is_dead(const struct lease_page *p)
{

	return (g_strcmp0(p->boot, boot_id()) == 0 &&
	    g_strcmp0(p->pids, boot_pids()) == 0 && boot_is_gone(p->pid));
}

/*
 * Has nobody touched it for long?  One that lies as far ahead was left before
 * the disk's clock was set back: who lives has it set to now.
 */
static bool
lease_is_still(const struct lease *l, int fd)
{

	return (fabs(lease_age(l, fd)) > LEASE_STALE);
}

static bool
lease_is_stale(const struct lease *l, int fd, enum lease_lock lock,
    const struct lease_page *p)
{
	bool here;

	here = p->boot != NULL && strcmp(p->boot, boot_id()) == 0;
	/* Locks of one process may not be in each other's way. */
	if (here && p->pid == (long)getpid() &&
	    g_strcmp0(p->pids, boot_pids()) == 0)
		return (false);
	if (here && lock == LEASE_LOCKED)
		return (true);
	if (lease_is_dead(p))
		return (true);
	return (lease_is_still(l, fd));
}

static void
lease_busy(const struct lease *l, const struct lease_page *p, GError **error)
{

	g_autofree char *who = NULL;

	who = p->pid == 0 ? g_strdup("that has just begun") :
	    g_strdup_printf("process %ld of host %s", p->pid, p->host == NULL ?
	    "unknown" : p->host);
	g_set_error(error, LEASE_ERROR, EBUSY, "%s/%s: another run is at it, "
	    "%s (%s); wait for it, or take another --out", l->parent, l->name,
	    who, l->path);
}

static void
lease_failed(const struct lease *l, const char *doing, GError **error)
{
	int cause;

	cause = errno;
	g_set_error(error, LEASE_ERROR, cause, "cannot %s %s: %s", doing,
	    l->path, g_strerror(cause));
}

/* ---- taking ------------------------------------------------------------ */

enum lease_try {
	LEASE_TAKEN,
	LEASE_AGAIN,
	LEASE_AGAIN_LATER,	/* its process is dead, and its lock is held */
	LEASE_FAILED
};

/*
 * Where there are no locks, a stale page is moved away first: of several that
 * try only one can.  Then it is made anew, which only one can either.
 */
static enum lease_try
lease_move_away(const struct lease *l)
{
	g_autofree char *away = NULL;

	away = g_strdup_printf("%s-%s", l->path, l->token);
	if (rename(l->path, away) == 0) {
		if (lease_same(away, l->fd))
			(void)unlink(away);
		/* It was another's, made meanwhile: put it back. */
		else if (link(away, l->path) == 0 || errno == EEXIST)
			(void)unlink(away);
	}
	return (LEASE_AGAIN);
}

/* A page is there: whose is it? */
static enum lease_try
lease_try_old(struct lease *l, struct lease_page *left, GError **error)
{
	char text[LEASE_SIZE + 1];
	struct lease_page page;
	enum lease_lock lock;
	enum lease_try got;

	lock = lease_lock(l->fd);
	if (!lease_same(l->path, l->fd))
		return (LEASE_AGAIN);
	lease_read(l->fd, text);
	/* Made, and not written yet: by somebody at it now, or who is gone. */
	if (*text == '\0')
		page = (struct lease_page){ .pid = 0 };
	else if (!lease_parse(text, l->name, &page)) {
		g_set_error(error, LEASE_ERROR, EEXIST, "%s is in the way: it "
		    "is not a lease of this program; move it away", l->path);
		return (LEASE_FAILED);
	}
	if (lock == LEASE_BUSY && lease_is_dead(&page)) {
		/* By a child that it made, until that is another program. */
		got = LEASE_AGAIN_LATER;
	} else if (lock == LEASE_BUSY || (*text == '\0' ?
	    lock != LEASE_LOCKED && !lease_is_still(l, l->fd) :
	    !lease_is_stale(l, l->fd, lock, &page))) {
		lease_busy(l, &page, error);
		got = LEASE_FAILED;
	} else if (lock == LEASE_LOCKLESS) {
		got = lease_move_away(l);
	} else {
		got = LEASE_TAKEN;
	}
	if (got == LEASE_FAILED) {
		lease_page_clear(&page);
		return (got);
	}
	lease_page_clear(left);
	*left = page;
	return (got);
}

static enum lease_try
lease_try(struct lease *l, struct lease_page *left, GError **error)
{
	struct stat st;

	l->fd = open(l->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (l->fd >= 0)
		return (lease_lock(l->fd) == LEASE_BUSY ||
		    !lease_same(l->path, l->fd) ? LEASE_AGAIN : LEASE_TAKEN);
	if (errno == EEXIST) {
		l->fd = open(l->path, O_RDWR | O_NOFOLLOW | O_NONBLOCK |
		    O_CLOEXEC);
		/* Its owner has just gone. */
		if (l->fd < 0 && errno == ENOENT)
			return (LEASE_AGAIN);
	}
	if (l->fd < 0) {
		lease_failed(l, "make", error);
		return (LEASE_FAILED);
	}
	if (fstat(l->fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		g_set_error(error, LEASE_ERROR, EEXIST, "%s is in the way: it "
		    "is not a file", l->path);
		return (LEASE_FAILED);
	}
	return (lease_try_old(l, left, error));
}

static void
lease_free(struct lease *l)
{

	if (l->fd >= 0)
		close(l->fd);
	g_free(l->parent);
	g_free(l->name);
	g_free(l->path);
	g_free(l->token);
	g_free(l);
}

static bool
lease_again(enum lease_try got)
{

	return (got == LEASE_AGAIN || got == LEASE_AGAIN_LATER);
}

struct lease *
lease_take(const char *parent, const char *name, struct lease_page *left,
    GError **error)
{
	enum lease_try got;
	struct lease *l;
	unsigned i;

	*left = (struct lease_page){ .pid = 0 };
	l = g_new0(struct lease, 1);
	l->fd = -1;
	l->parent = g_strdup(parent);
	l->name = g_strdup(name);
	l->path = g_strdup_printf("%s/.%s.lease", parent, name);
	l->token = g_uuid_string_random();
	got = LEASE_AGAIN;
	for (i = 0; lease_again(got) && i < LEASE_TRIES; i++) {
		if (l->fd >= 0)
			close(l->fd);
		if (i > 0)
			g_usleep(got == LEASE_AGAIN ? LEASE_WAIT_US :
			    LEASE_DEAD_WAIT_US);
		got = lease_try(l, left, error);
	}
	if (lease_again(got))
		lease_busy(l, left, error);
	if (got == LEASE_TAKEN && lease_note(l, left->partial, left->old,
	    left->placing, error)) {
		lease_heart_add(l->fd);
		return (l);
	}
	/* A page that says nothing is of no use to anybody. */
	if (got == LEASE_TAKEN && left->token == NULL)
		(void)unlink(l->path);
	lease_page_clear(left);
	lease_free(l);
	return (NULL);
}

/* ---- holding ----------------------------------------------------------- */

const char *
lease_path(const struct lease *l)
{

	return (l->path);
}

bool
lease_note(struct lease *l, const char *partial, const char *old,
    bool placing, GError **error)
{
	g_autoptr(GString) text = NULL;

	text = lease_text(l, partial, old, placing);
	if (lease_write(l, text))
		return (true);
	lease_failed(l, "write", error);
	return (false);
}

bool
lease_held(const struct lease *l, GError **error)
{
	char text[LEASE_SIZE + 1];
	struct lease_page page;
	bool held;

	if (lease_same(l->path, l->fd)) {
		/* Not opened anew: closing it might give up the lock. */
		lease_read(l->fd, text);
		(void)lease_parse(text, l->name, &page);
		held = g_strcmp0(page.token, l->token) == 0;
		if (!held)
			lease_busy(l, &page, error);
		lease_page_clear(&page);
		return (held);
	}
	g_set_error(error, LEASE_ERROR, ENOENT, "%s is not there any more: "
	    "somebody took this run for dead, or removed it", l->path);
	return (false);
}

void
lease_drop(struct lease *l)
{

	if (l == NULL)
		return;
	lease_heart_remove(l->fd);
	if (lease_held(l, NULL))
		(void)unlink(l->path);
	lease_free(l);
}

bool
lease_peek(const char *parent, const char *name, struct lease_page *p)
{
	g_autofree char *path = NULL;
	char text[LEASE_SIZE + 1];
	int fd;

	*p = (struct lease_page){ .pid = 0 };
	path = g_strdup_printf("%s/.%s.lease", parent, name);
	fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return (false);
	lease_read(fd, text);
	close(fd);
	return (lease_parse(text, name, p));
}
