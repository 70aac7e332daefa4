/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Faults, one at a time: preloaded into the program, this lets the Nth call of
 * a function fail, write less than it was told, or be the program's last.
 *
 *	FAULT_CALL	the function: open write read rename close ...; below
 *	FAULT_AT	N, from 1; 0: none
 *	FAULT_FOR	that many in a row (1); "all": all from the Nth on
 *	FAULT_ERRNO	a number
 *	FAULT_WAY	fail (the default), short: half of the bytes, kill: it
 *			is done, and then the process is killed; killed: it is
 *			killed instead
 *	FAULT_ALSO	"CALL N ERRNO": another fault, of this or of another
 *			function, counted by itself
 *	FAULT_COUNT	a file that gets the number of calls, at the end
 *
 * Programs that are started from it are let alone.
 */

#include <sys/types.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum fault_way {
	FAULT_PASS,
	FAULT_FAIL,
	FAULT_SHORT
};

static struct {
	char		call[32];
	char		count[1024];
	long		at, run;
	int		error;
	bool		half, kill, killed;
	bool		ready;
	long		calls;		/* of it, atomic */
	struct {
		char		call[32];
		long		at, calls;
		int		error;
	} also;
	/* malloc() is called before anything else can be. */
	void		*(*malloc)(size_t);
	void		*(*calloc)(size_t, size_t);
	void		*(*realloc)(void *, size_t);
} fault;

static const char *
fault_env(const char *name, const char *usual)
{
	const char *text;

	text = getenv(name);
	return (text == NULL ? usual : text);
}

__attribute__((constructor)) static void
fault_init(void)
{
	const char *run, *way;

	snprintf(fault.call, sizeof(fault.call), "%s",
	    fault_env("FAULT_CALL", ""));
	snprintf(fault.count, sizeof(fault.count), "%s",
	    fault_env("FAULT_COUNT", ""));
	fault.at = atol(fault_env("FAULT_AT", "0"));
	run = fault_env("FAULT_FOR", "1");
	fault.run = strcmp(run, "all") == 0 ? INT32_MAX : atol(run);
	fault.error = atoi(fault_env("FAULT_ERRNO", "5"));
	way = fault_env("FAULT_WAY", "fail");
	fault.half = strcmp(way, "short") == 0;
	fault.kill = strcmp(way, "kill") == 0;
	fault.killed = strcmp(way, "killed") == 0;
	if (sscanf(fault_env("FAULT_ALSO", ""), "%31s %ld %d",
	    fault.also.call, &fault.also.at, &fault.also.error) != 3)
		fault.also.call[0] = '\0';
	unsetenv("LD_PRELOAD");
	fault.ready = true;
}

__attribute__((destructor)) static void
fault_fini(void)
{
	char text[32];
	int fd, n;

	if (fault.count[0] == '\0')
		return;
	fault.ready = false;
	fd = open(fault.count, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	n = snprintf(text, sizeof(text), "%ld\n", fault.calls);
	if (fd < 0 || write(fd, text, (size_t)n) != n)
		abort();
	close(fd);
}

static void *
fault_next(const char *name)
{
	void *next;

	next = dlsym(RTLD_NEXT, name);
	if (next == NULL)
		abort();
	return (next);
}

/* What becomes of this call? */
static enum fault_way
fault_now(const char *call)
{
	long n;

	if (fault.ready && strcmp(fault.also.call, call) == 0 &&
	    __atomic_add_fetch(&fault.also.calls, 1, __ATOMIC_SEQ_CST) ==
	    fault.also.at) {
		errno = fault.also.error;
		return (FAULT_FAIL);
	}
	if (!fault.ready || strcmp(fault.call, call) != 0)
		return (FAULT_PASS);
	n = __atomic_add_fetch(&fault.calls, 1, __ATOMIC_SEQ_CST);
	if (fault.at == 0 || n < fault.at || n - fault.at >= fault.run)
		return (FAULT_PASS);
	if (fault.killed)
		(void)raise(SIGKILL);
	if (fault.half)
		return (FAULT_SHORT);
	if (fault.kill)
		return (FAULT_PASS);
	errno = fault.error;
	return (FAULT_FAIL);
}

/* It was done: was that the last thing to do? */
static void
fault_done(const char *call)
{

	if (fault.ready && fault.kill && strcmp(fault.call, call) == 0 &&
	    fault.at > 0 && fault.calls >= fault.at)
		(void)raise(SIGKILL);
}

/* A function of ints and pointers: type, name, parameters, arguments, failed */
#define	FAULT(type, name, params, args, failed)				\
type name params;							\
type									\
name params								\
{									\
	static type (*next) params;					\
	type rc;							\
									\
	if (next == NULL)						\
		*(void **)&next = fault_next(#name);			\
	if (fault_now(#name) == FAULT_FAIL)				\
		return (failed);					\
	rc = next args;							\
	fault_done(#name);						\
	return (rc);							\
}

FAULT(int, rename, (const char *a, const char *b), (a, b), -1)
FAULT(int, renameat2, (int da, const char *a, int db, const char *b,
    unsigned flags), (da, a, db, b, flags), -1)
FAULT(int, linkat, (int da, const char *a, int db, const char *b, int flags),
    (da, a, db, b, flags), -1)
FAULT(int, fsync, (int fd), (fd), -1)
FAULT(int, mkdir, (const char *path, mode_t mode), (path, mode), -1)
FAULT(int, rmdir, (const char *path), (path), -1)
FAULT(int, unlink, (const char *path), (path), -1)
FAULT(int, fclose, (FILE *f), (f), EOF)
FAULT(int, fflush, (FILE *f), (f), EOF)
FAULT(FILE *, fopen, (const char *path, const char *mode), (path, mode), NULL)
FAULT(FILE *, fdopen, (int fd, const char *mode), (fd, mode), NULL)
FAULT(ssize_t, read, (int fd, void *buf, size_t n), (fd, buf, n), -1)
FAULT(void *, opendir, (const char *path), (path), NULL)
FAULT(int, pipe, (int fds[2]), (fds), -1)
FAULT(int, pipe2, (int fds[2], int flags), (fds, flags), -1)
FAULT(int, link, (const char *a, const char *b), (a, b), -1)
FAULT(ssize_t, pread, (int fd, void *buf, size_t n, off_t at),
    (fd, buf, n, at), -1)
FAULT(void *, mmap, (void *p, size_t n, int prot, int flags, int fd,
    off_t at), (p, n, prot, flags, fd, at), MAP_FAILED)
FAULT(pid_t, fork, (void), (), -1)
FAULT(FILE *, open_memstream, (char **text, size_t *len), (text, len), NULL)

#ifdef __linux__
FAULT(int, sched_getaffinity, (pid_t pid, size_t n, cpu_set_t *set),
    (pid, n, set), -1)
FAULT(int, sched_setaffinity, (pid_t pid, size_t n, const cpu_set_t *set),
    (pid, n, set), -1)

/* Where to is read only if the flags say so. */
void *
mremap(void *p, size_t was, size_t n, int flags, ...)
{
	static void *(*next)(void *, size_t, size_t, int, ...);
	va_list ap;
	void *to;

	if (next == NULL)
		*(void **)&next = fault_next("mremap");
	va_start(ap, flags);
	to = (flags & MREMAP_FIXED) != 0 ? va_arg(ap, void *) : NULL;
	va_end(ap);
	if (fault_now("mremap") == FAULT_FAIL)
		return (MAP_FAILED);
	return (next(p, was, n, flags, to));
}
#endif

/* A file that is closed is closed, whatever is said of it. */
int
close(int fd)
{
	static int (*next)(int);
	int cause;

	if (next == NULL)
		*(void **)&next = fault_next("close");
	if (fault_now("close") == FAULT_FAIL) {
		cause = errno;
		(void)next(fd);
		errno = cause;
		return (-1);
	}
	return (next(fd));
}

ssize_t
write(int fd, const void *buf, size_t n)
{
	static ssize_t (*next)(int, const void *, size_t);
	enum fault_way way;

	if (next == NULL)
		*(void **)&next = fault_next("write");
	way = fault_now("write");
	if (way == FAULT_FAIL)
		return (-1);
	return (next(fd, buf, way == FAULT_SHORT && n > 1 ? n / 2 : n));
}

ssize_t
pwrite(int fd, const void *buf, size_t n, off_t at)
{
	static ssize_t (*next)(int, const void *, size_t, off_t);
	enum fault_way way;

	if (next == NULL)
		*(void **)&next = fault_next("pwrite");
	way = fault_now("pwrite");
	if (way == FAULT_FAIL)
		return (-1);
	return (next(fd, buf, way == FAULT_SHORT && n > 1 ? n / 2 : n, at));
}

/* "tmpfile": those of open() that make a file without a name. */
#ifdef O_TMPFILE
#define	FAULT_NAMELESS(flags)	(((flags) & O_TMPFILE) == O_TMPFILE)
#else
#define	FAULT_NAMELESS(flags)	false
#endif

static int
fault_open(const char *path, int flags, mode_t mode)
{
	static int (*next)(const char *, int, ...);
	int rc;

	if (next == NULL)
		*(void **)&next = fault_next("open");
	if (fault_now("open") == FAULT_FAIL || (FAULT_NAMELESS(flags) &&
	    fault_now("tmpfile") == FAULT_FAIL))
		return (-1);
	rc = next(path, flags, mode);
	fault_done("open");
	return (rc);
}

/* The mode is there only if a file may be made. */
int
open(const char *path, int flags, ...)
{
	va_list ap;
	mode_t mode;

	va_start(ap, flags);
	mode = (flags & O_CREAT) != 0 || FAULT_NAMELESS(flags) ?
	    (mode_t)va_arg(ap, int) : 0;
	va_end(ap);
	return (fault_open(path, flags, mode));
}

#ifdef __linux__
/* The same under the names that a library may call them by. */
int
open64(const char *path, int flags, ...)
{
	va_list ap;
	mode_t mode;

	va_start(ap, flags);
	mode = (flags & O_CREAT) != 0 || FAULT_NAMELESS(flags) ?
	    (mode_t)va_arg(ap, int) : 0;
	va_end(ap);
	return (fault_open(path, flags, mode));
}

FILE *
fopen64(const char *path, const char *mode)
{

	return (fopen(path, mode));
}
#endif

/* Locks only, by their own name. */
int
fcntl(int fd, int cmd, ...)
{
	static int (*next)(int, int, ...);
	va_list ap;
	void *arg;

	if (next == NULL)
		*(void **)&next = fault_next("fcntl");
	va_start(ap, cmd);
	arg = va_arg(ap, void *);
	va_end(ap);
	if ((cmd == F_SETLK
#ifdef F_OFD_SETLK
	    || cmd == F_OFD_SETLK
#endif
	    ) && fault_now("lock") == FAULT_FAIL)
		return (-1);
	return (next(fd, cmd, arg));
}

int
pthread_create(pthread_t *t, const pthread_attr_t *attr,
    void *(*start)(void *), void *arg)
{
	static int (*next)(pthread_t *, const pthread_attr_t *,
	    void *(*)(void *), void *);

	if (next == NULL)
		*(void **)&next = fault_next("pthread_create");
	if (fault_now("pthread_create") == FAULT_FAIL)
		return (errno);
	return (next(t, attr, start, arg));
}

/*
 * Memory.  dlsym() may want some before the functions are known: from here,
 * and never given back.
 */
static void *
fault_early(size_t n)
{
	static _Alignas(16) char room[16384];
	static size_t used;
	void *p;

	p = room + used;
	used += (n + 15) / 16 * 16;
	if (used > sizeof(room))
		_exit(99);
	return (p);
}

void *
malloc(size_t n)
{
	static bool asked;

	if (fault.malloc == NULL) {
		if (asked)
			return (fault_early(n));
		asked = true;
		*(void **)&fault.malloc = fault_next("malloc");
	}
	return (fault_now("malloc") == FAULT_FAIL ? NULL : fault.malloc(n));
}

void *
calloc(size_t n, size_t size)
{
	static bool asked;

	if (fault.calloc == NULL) {
		if (asked)
			return (fault_early(n * size));
		asked = true;
		*(void **)&fault.calloc = fault_next("calloc");
	}
	return (fault_now("malloc") == FAULT_FAIL ? NULL :
	    fault.calloc(n, size));
}

void *
realloc(void *p, size_t n)
{

	if (fault.realloc == NULL)
		*(void **)&fault.realloc = fault_next("realloc");
	return (fault_now("malloc") == FAULT_FAIL ? NULL :
	    fault.realloc(p, n));
}
