/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A request to end comes twice from timeout(1), and in two kinds from systemd:
 * it is one; what comes later is another, and ends the program.
 */

#include <sys/wait.h>

#include <signal.h>
#include <unistd.h>

#include <glib.h>

#include "cli/signals.h"

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

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/signals/at_once_is_one", test_at_once);
	g_test_add_func("/signals/later_is_another", test_later);
	return (g_test_run());
}
