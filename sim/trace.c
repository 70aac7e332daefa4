/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Records to a sink; see trace.h.
 */

#include "sim/trace.h"

void
trace_put(const struct trace *tr, struct trace_rec rec)
{

	tr->sink(tr->arg, &rec);
}
