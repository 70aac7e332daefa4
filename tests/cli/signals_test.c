/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A request to end comes twice from timeout(1), and in two kinds from systemd:
 * it is one; what comes later is another, and ends the program.  GLib aborts
 * for want of memory where it can tell nobody, which is told for it.
 */

#include <sys/wait.h>

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <glib.h>

#include "cli/cli.h"
#include "cli/signals.h"
#include "tests/tools/sanitized.h"

#define	LATER_US	700000

/* In a process of its own: signals, each after so many us; how it ended. */
static int
ends(const int *signals, const gulong *after, unsigned n)
{
	int status;
	unsigned i;
	pid_t pid;

	pid = fork();
	g_assert_cmpint(pid, >=, 0);
	if (pid == 0) {
		signals_catch();
		for (i = 0; i < n; i++) {
			g_usleep(after[i]);
			(void)raise(signals[i]);
		}
		_exit(g_atomic_int_get(&signals_caught));
	}
	g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
	return (status);
}

static void
test_at_once(void)
{
	const int twice[] = { SIGTERM, SIGTERM, SIGTERM };
	const int kinds[] = { SIGHUP, SIGTERM, SIGINT };
	const gulong at_once[] = { 0, 0, 1000 };
	int status;

	status = ends(twice, at_once, G_N_ELEMENTS(twice));
	g_assert_true(WIFEXITED(status));
	g_assert_cmpint(WEXITSTATUS(status), ==, SIGTERM);
	/* The first says which it was. */
	status = ends(kinds, at_once, G_N_ELEMENTS(kinds));
	g_assert_true(WIFEXITED(status));
	g_assert_cmpint(WEXITSTATUS(status), ==, SIGHUP);
}

static void
test_later(void)
{
	const int twice[] = { SIGTERM, SIGTERM };
	const int kinds[] = { SIGINT, SIGINT, SIGTERM };
	const gulong later[] = { 0, LATER_US };
	const gulong both[] = { 0, 0, LATER_US };
	int status;

	status = ends(twice, later, G_N_ELEMENTS(twice));
	g_assert_true(WIFSIGNALED(status));
	g_assert_cmpint(WTERMSIG(status), ==, SIGTERM);
	status = ends(kinds, both, G_N_ELEMENTS(kinds));
	g_assert_true(WIFSIGNALED(status));
	g_assert_cmpint(WTERMSIG(status), ==, SIGTERM);
}

/* In a process of its own: an abort after a call that failed so. */
static int
aborts(int cause)
{
	int status;
	pid_t pid;

	pid = fork();
	g_assert_cmpint(pid, >=, 0);
	if (pid == 0) {
		signals_prepare();
		(void)close(STDERR_FILENO);
		errno = cause;
		abort();
	}
	g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
	return (status);
}

/* GLib aborts for want of memory; whatever else aborts is a fault of ours. */
static void
test_abort(void)
{
	int status;

	if (SANITIZED) {
		g_test_skip("the sanitizer has these signals");
		return;
	}
	status = aborts(ENOMEM);
	g_assert_true(WIFEXITED(status));
	g_assert_cmpint(WEXITSTATUS(status), ==, CLI_IO);
	status = aborts(EINVAL);
	g_assert_true(WIFSIGNALED(status));
	g_assert_cmpint(WTERMSIG(status), ==, SIGABRT);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/signals/at_once_is_one", test_at_once);
	g_test_add_func("/signals/later_is_another", test_later);
	g_test_add_func("/signals/abort_for_want_of_memory", test_abort);
	return (g_test_run());
}
