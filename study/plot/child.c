/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Another program, run with limits; see child.h.
 */

#include <sys/types.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "study/plot/child.h"
#include "study/text/kin.h"

#define	CHILD_LOOK_MS	50		/* how often limits are looked at */
#define	CHILD_REAP_US	2000000		/* the killed are waited for so long */
#define	CHILD_PIECE	8192	/* bytes read at a time */

struct child {
	GPid		pid;
	const struct child_limits *limits;
	gint64		until;		/* monotonic, us */
	int		fds[2];		/* its stdout, stderr; -1: at its end */
	GString		*text[2];
};

/* ---- in the child ------------------------------------------------------ */

static void
child_limit(int what, rlim_t most)
{
	struct rlimit rl;

	if (getrlimit(what, &rl) != 0 || rl.rlim_cur <= most)
		return;
	rl.rlim_cur = most;
	(void)setrlimit(what, &rl);
}

/* A GSpawnChildSetupFunc: between fork and exec. */
static void
child_setup(void *limits)
{
	const struct child_limits *cl;

	cl = limits;
	(void)setpgid(0, 0);
	child_limit(RLIMIT_FSIZE, (rlim_t)cl->file);
	/* Beyond that it is to be killed, not to be content with half. */
	(void)signal(SIGXFSZ, SIG_DFL);
	kin_bind(NULL);
}

/* ---- while it runs ----------------------------------------------------- */

/* Take what is there; false: that is more than it may write, or an error. */
static bool
child_take(struct child *c, int i, GError **error)
{
	char buf[CHILD_PIECE];
	ssize_t n;

	while (c->fds[i] >= 0) {
		n = read(c->fds[i], buf, sizeof(buf));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return (true);
		if (n < 0) {
			g_set_error(error, CHILD_ERROR, CHILD_ERROR_READ,
			    "what it wrote cannot be read: %s",
			    g_strerror(errno));
			return (false);
		}
		if (n == 0) {
			close(c->fds[i]);
			c->fds[i] = -1;
			return (true);
		}
		if (c->text[i]->len + (size_t)n > c->limits->output) {
			g_set_error(error, CHILD_ERROR, CHILD_ERROR_LIMIT,
			    "wrote more than %zu bytes of messages, and was "
			    "ended", c->limits->output);
			return (false);
		}
		g_string_append_len(c->text[i], buf, n);
	}
	return (true);
}

/* Has it ended?  It stays to be reaped, so that its number is still its. */
static bool
child_ended(const struct child *c)
{
	siginfo_t info;

	info.si_pid = 0;
	return (waitid(P_PID, (id_t)c->pid, &info, WEXITED | WNOHANG |
	    WNOWAIT) != 0 ? errno != EINTR : info.si_pid != 0);
}

/* What is wrong, if anything is; 0: nothing. */
static int
child_look(const struct child *c, GError **error)
{

	if (c->limits->stop != NULL && g_atomic_int_get(c->limits->stop) != 0)
		g_set_error_literal(error, CHILD_ERROR, CHILD_ERROR_STOPPED,
		    "ended, because this program is to end");
	else if (g_get_monotonic_time() >= c->until)
		g_set_error(error, CHILD_ERROR, CHILD_ERROR_LIMIT, "not done "
		    "after %d s, and ended", (int)(c->limits->time_us /
		    G_USEC_PER_SEC));
	else
		return (0);
	return (-1);
}

/* Until it has ended; false: it must be. */
static bool
child_wait(struct child *c, GError **error)
{
	struct pollfd pfds[2];
	bool ended;
	int i;

	do {
		for (i = 0; i < 2; i++)
			pfds[i] = (struct pollfd){ c->fds[i], POLLIN, 0 };
		(void)poll(pfds, 2, CHILD_LOOK_MS);
		/* In this order: what it wrote before its end is there. */
		ended = child_ended(c);
		for (i = 0; i < 2; i++)
			if (!child_take(c, i, error))
				return (false);
		if (!ended && child_look(c, error) != 0)
			return (false);
		/* poll() returns at once when both are closed. */
		if (!ended && c->fds[0] < 0 && c->fds[1] < 0)
			g_usleep(1000);
	} while (!ended);
	return (true);
}

/* End all that is left of it, and take its status. */
static int
child_reap(const struct child *c)
{
	gint64 until;
	int status;
	pid_t pid;

	(void)kill(-c->pid, SIGKILL);
	(void)kill(c->pid, SIGKILL);
	status = 0;
	until = g_get_monotonic_time() + CHILD_REAP_US;
	for (;;) {
		pid = waitpid(c->pid, &status, WNOHANG);
		if (pid == c->pid || (pid < 0 && errno != EINTR) ||
		    g_get_monotonic_time() >= until)
			return (status);
		g_usleep(1000);
	}
}

bool
child_run(const char *dir, const char *const *argv, char **env,
    const struct child_limits *limits, char **out, char **err, int *status,
    GError **error)
{
	struct child c = { .limits = limits };
	GError *cause = NULL;
	bool ok;
	int i;

	if (!g_spawn_async_with_pipes(dir, (char **)(uintptr_t)argv, env,
	    G_SPAWN_DO_NOT_REAP_CHILD, child_setup,
	    (void *)(uintptr_t)limits, &c.pid, NULL, &c.fds[0], &c.fds[1],
	    &cause)) {
		g_set_error(error, CHILD_ERROR, CHILD_ERROR_START,
		    "cannot be started: %s", cause->message);
		g_error_free(cause);
		return (false);
	}
	c.until = g_get_monotonic_time() + limits->time_us;
	for (i = 0; i < 2; i++) {
		(void)fcntl(c.fds[i], F_SETFL, O_NONBLOCK);
		(void)fcntl(c.fds[i], F_SETFD, FD_CLOEXEC);
		c.text[i] = g_string_new(NULL);
	}
	ok = child_wait(&c, error);
	*status = child_reap(&c);
	for (i = 0; i < 2; i++)
		if (c.fds[i] >= 0)
			close(c.fds[i]);
	*out = g_string_free(c.text[0], !ok);
	*err = g_string_free(c.text[1], !ok);
	return (ok);
}
