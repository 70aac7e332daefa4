/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The tallies of models/locks/use.h, taken into a result.
 */

#ifndef MODELS_MACHINE_LOCK_USES_H
#define	MODELS_MACHINE_LOCK_USES_H

struct machine;

/* The run is over: fill in res->uses, by lock, operation and mode. */
void	lock_uses_end(struct machine *);

#endif /* !MODELS_MACHINE_LOCK_USES_H */
