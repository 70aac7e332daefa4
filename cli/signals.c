/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Signals; see signals.h.
 */

#include <signal.h>
#include <stddef.h>

#include "cli/signals.h"

gint signals_caught;

static void
signals_on(int signo)
{

	g_atomic_int_set(&signals_caught, signo);
}

void
signals_catch(void)
{
	struct sigaction sa = { .sa_handler = signals_on };

	/* A second signal finds the default action: it ends us at once. */
	sigemptyset(&sa.sa_mask);
	sa.sa_flags = (int)SA_RESETHAND | SA_RESTART;
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	/* A limit on file sizes is an error to tell of, not to die of. */
	signal(SIGXFSZ, SIG_IGN);
}
