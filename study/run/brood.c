/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Copies of this process; see brood.h.
 */

#include <sys/mman.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include <glib.h>

#include "study/run/brood.h"
#include "study/run/brood_pages.h"
#include "study/run/crew.h"

/*
 * A pipe that only who called brood_run() can write to, and nobody does: it is
 * at its end when that one is gone.  -1: there is none.
 */
static int brood_life = -1;

void *
brood_memory(size_t size)
{
	void *p;

	p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANON,
	    -1, 0);
	return (p == MAP_FAILED ? NULL : p);
}

void
brood_memory_free(void *p, size_t size)
{

	(void)munmap(p, size);
}

bool
brood_orphan(void)
{
	struct pollfd fd = { .fd = brood_life, .events = POLLIN };

	return (brood_life >= 0 && poll(&fd, 1, 0) > 0);
}

/* 0 in the copy; < 0: there is none. */
static pid_t
brood_fork(void)
{

	/* Nothing is to be written twice. */
	(void)fflush(NULL);
	return (fork());
}

/* Wait for a copy's end; what killed it is ours, too. */
static void
brood_wait(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return;
	if (!WIFSIGNALED(status))
		return;
	(void)signal(WTERMSIG(status), SIG_DFL);
	(void)raise(WTERMSIG(status));
}

bool
brood_one(void (*work)(void *arg), void *arg)
{
	pid_t pid;

	pid = brood_fork();
	if (pid < 0)
		return (false);
	if (pid == 0) {
		brood_unshare();
		work(arg);
		_exit(0);
	}
	brood_wait(pid);
	return (true);
}

/* A part, and the end of a pipe that tells when it is over. */
struct brood_part {
	pid_t		pid;
	int		fd;
};

static bool
brood_pipe(int end[2])
{

	if (pipe(end) != 0)
		return (false);
	(void)fcntl(end[0], F_SETFD, FD_CLOEXEC);
	(void)fcntl(end[1], F_SETFD, FD_CLOEXEC);
	return (true);
}

static bool
brood_begin(const struct brood *b, unsigned part, int life,
    struct brood_part *p)
{
	int end[2];

	if (!brood_pipe(end))
		return (false);
	p->pid = brood_fork();
	if (p->pid == 0) {
		(void)close(end[0]);
		(void)close(life);
		b->work(b->arg, part);
		_exit(0);
	}
	(void)close(end[1]);
	p->fd = end[0];
	if (p->pid < 0)
		(void)close(end[0]);
	return (p->pid > 0);
}

/* Until one is over; ticks meanwhile, however often one is. */
static void
brood_sleep(const struct brood *b, struct pollfd *fds, unsigned n, gint64 *due)
{
	gint64 left;
	int ended;

	do {
		left = *due - g_get_monotonic_time();
		ended = poll(fds, n, (int)(MAX(left, 0) + 999) / 1000);
		if (g_get_monotonic_time() >= *due) {
			b->tick(b->arg);
			*due = g_get_monotonic_time() + CREW_TICK;
		}
	} while (ended <= 0);
}

/* Sleep until some are over, and forget these. */
static unsigned
brood_some_end(const struct brood *b, struct brood_part *parts, unsigned n,
    gint64 *due)
{
	g_autofree struct pollfd *fds = NULL;
	unsigned i, left;

	fds = g_new0(struct pollfd, n);
	for (i = 0; i < n; i++)
		fds[i] = (struct pollfd){ .fd = parts[i].fd, .events = POLLIN };
	brood_sleep(b, fds, n, due);
	for (i = left = 0; i < n; i++) {
		if (fds[i].revents == 0) {
			parts[left++] = parts[i];
			continue;
		}
		(void)close(parts[i].fd);
		brood_wait(parts[i].pid);
	}
	return (left);
}

unsigned
brood_run(const struct brood *b)
{
	g_autofree struct brood_part *parts = NULL;
	unsigned next, running;
	gint64 due;
	int life[2];

	if (!brood_pipe(life))
		return (0);
	brood_life = life[0];
	parts = g_new(struct brood_part, b->jobs);
	due = g_get_monotonic_time() + CREW_TICK;
	for (next = running = 0; next < b->n; next++) {
		if (running == b->jobs)
			running = brood_some_end(b, parts, running, &due);
		if (!brood_begin(b, next, life[1], &parts[running]))
			break;
		running++;
	}
	while (running > 0)
		running = brood_some_end(b, parts, running, &due);
	brood_life = -1;
	(void)close(life[0]);
	(void)close(life[1]);
	return (next);
}
