/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Two CPUs to measure on: the first that this process may use, and one on
 * another core.  Binding a thread to one is not in POSIX; where it cannot be
 * done, what needs it is not measured.
 */

#ifndef STUDY_CALIBRATE_CPU_H
#define	STUDY_CALIBRATE_CPU_H

#include <stdbool.h>

struct calibrate_cpu {
	int		first;		/* -1: threads cannot be bound */
	int		other;		/* -1: there is none */
};

void	calibrate_cpu_init(struct calibrate_cpu *);

/* Bind the calling thread, and those that it makes, to one CPU. */
bool	calibrate_cpu_bind(int cpu);

#endif /* !STUDY_CALIBRATE_CPU_H */
