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
#include "sim/sim.h"

_Thread_local struct sim_running sim_running;

void
kpanic(const char *fmt, ...)
{
	const struct sim *s;
	va_list ap;

	fprintf(stderr, "panic: ");
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	s = sim_running.sim;
	if (s != NULL)
		fprintf(stderr, "\nat %jd ps, event %ju, seed %ju",
		    (intmax_t)sim_now(s), (uintmax_t)sim_events(s),
		    (uintmax_t)sim_seed(s));
	fprintf(stderr, "\n");
	abort();
}
