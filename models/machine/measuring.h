/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Telling the measures (models/measures/) what happens in the machine.  All of
 * this does nothing if the scenario wants none.
 *
 * Theory:	of a connect() that fails it is asked, MEASURING_MAXASKED times,
 *		whether there was a tuple from its source address to its
 *		destination: if so, the failure is false, the allocator's and
 *		not the range's.  Outages are times in which a workload got
 *		nothing but failures.
 */

#ifndef MODELS_MACHINE_MEASURING_H
#define	MODELS_MACHINE_MEASURING_H

#include "models/machine/conn.h"
#include "models/measures/measures.h"
#include "sim/time.h"

struct machine;
struct thread;

#define	MEASURING_MAXASKED	4096u

struct measuring {
	struct measures	measures;
	simtime		*since;		/* of each workload's outage;
					   SIM_NEVER: it has none */
	uint64_t	asked, false_fails;
};

void	measuring_init(struct machine *);
void	measuring_fini(struct machine *);
/* The warm-up is over. */
void	measuring_forget(struct machine *);
/* The run is: fill in the result. */
void	measuring_result(struct machine *);

/* An attempt of a workload was decided, by this thread. */
void	measuring_attempt(struct machine *, const struct thread *,
	    struct conn *);
/* One is open before the run begins. */
void	measuring_opened(struct machine *, struct conn *);
/* Its last segment is gone: it goes to TIME_WAIT, or its pcb goes. */
void	measuring_ended(struct machine *, struct conn *);

#endif /* !MODELS_MACHINE_MEASURING_H */
