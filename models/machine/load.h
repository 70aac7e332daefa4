/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A load: when a workload wants its connections.  One file a load in
 * models/machine/loads/; nothing else names one.
 */

#ifndef MODELS_MACHINE_LOAD_H
#define	MODELS_MACHINE_LOAD_H

#include <stdbool.h>

struct load {
	const char	*name;		/* "poisson" */
	const char	*title;		/* one line for `pcbsim list loads' */
	const char	*needs;		/* required keys, ';'-separated */
	const char	*takes;		/* further keys that mean something */
	const struct load_ops *ops;	/* models/machine/workload.h */
};

/* NULL if there is none of that name. */
const struct load *load_find(const char *name);

#endif /* !MODELS_MACHINE_LOAD_H */
