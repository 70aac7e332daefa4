/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A thread's beginning; see thread.h.
 */

#include "models/cpus/thread.h"

void
thread_init(struct thread *t, const char *name, unsigned id, enum pri pri,
    int bound)
{

	*t = (struct thread){ .name = name, .id = id,
	    .base_pri = (uint8_t)pri, .pri = (uint8_t)pri,
	    .user_pri = (uint8_t)pri, .user = pri >= PRI_CONSOLE,
	    .newborn = true,
	    .group = pri >= PRI_CONSOLE ? THREAD_USER : THREAD_OTHER,
	    .bound = bound, .home = -1, .cpu = -1, .state = THREAD_IDLE };
	interact_init(&t->interact);
}
