/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * kpanic(): the only place below study/ that writes anything.
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "sim/kassert.h"
#include "sim/running.h"

_Thread_local struct sim_running sim_running;

void
kpanic(const char *fmt, ...)
{
	const struct sim_where *w;
	va_list ap;

	fprintf(stderr, "panic: ");
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	w = sim_running.where;
	if (w != NULL)
		fprintf(stderr, "\nat %jd ps, event %ju, seed %ju",
		    (intmax_t)w->now, (uintmax_t)w->events,
		    (uintmax_t)w->seed);
	fprintf(stderr, "\n");
	abort();
}
