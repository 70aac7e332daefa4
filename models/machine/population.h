/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Connections that a workload has when the run begins.
 *
 * Theory:	they were opened long ago, one after the other, as the program
 *		opens all: the same ends, options and rules, but in no time.
 *		Each is met somewhere in its life, by what is left of it
 *		(sim/dist.h), so that a population that is in balance stays so.
 *		One for which there is no port or socket is wanted and has
 *		failed, at 0 s.
 * Left out:	connections in TIME_WAIT before the run.
 */

#ifndef MODELS_MACHINE_POPULATION_H
#define	MODELS_MACHINE_POPULATION_H

struct workload;

/* Open conf->open of them; wl->opened says how many there are. */
void	population_open(struct workload *);

#endif /* !MODELS_MACHINE_POPULATION_H */
