/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The whole machine: the parts put together, and one run of it.
 */

#ifndef MODELS_MACHINE_ASSEMBLY_H
#define	MODELS_MACHINE_ASSEMBLY_H

#include "models/machine/run.h"

struct assembly;
struct machine;

/* Both must outlive it. */
struct assembly *assembly_new(const struct run_conf *, struct run_result *);
void	assembly_free(struct assembly *);

/* For who watches a run from outside. */
const struct machine *assembly_machine(const struct assembly *);

/* Run to the end of the scenario, or until conf->stop says so. */
void	assembly_run(struct assembly *);

/* First a part of it: all that is due at `until' or before. */
void	assembly_run_part(struct assembly *, simtime until);

/*
 * From here on it is the run of another scenario, which differs in the rates of
 * a workload alone (load_ops.rates), of which nothing was due yet.
 *
 * wc		of the other; must outlive the run
 *
 * Returns:	false: that cannot be done, and nothing is changed.
 */
bool	assembly_vary(struct assembly *, unsigned workload,
	    const struct workload_conf *wc);

/*
 * For conf->stop: bring verdict and frozen times of the result up to now.  Once
 * the warm-up is over they grow only, as most of its counts do.
 */
void	assembly_so_far(const struct assembly *);

/*
 * Simulate.  `conf' and all it points to is only read, and must live until the
 * result is freed (names are borrowed).
 */
struct run_result *run_simulate(const struct run_conf *conf);

#endif /* !MODELS_MACHINE_ASSEMBLY_H */
