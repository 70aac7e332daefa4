/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * When a workload's load next wants something.
 *
 * Theory:	what is due when the run, or the workload, ends belongs to
 *		nobody any more.  Until the first arrival nobody has looked at
 *		the rates: a run of other rates has been the same until then,
 *		and a copy of it may go on as either.
 */

#ifndef MODELS_MACHINE_ARRIVAL_H
#define	MODELS_MACHINE_ARRIVAL_H

#include <stdbool.h>

struct workload;
struct workload_conf;

/* After workload_init(): make the first one due. */
void	arrival_init(struct workload *);

/* See assembly_vary(). */
bool	arrival_vary(struct workload *, const struct workload_conf *);

#endif /* !MODELS_MACHINE_ARRIVAL_H */
