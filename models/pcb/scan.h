/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Whole runs of candidates at once, on the index.
 */

#ifndef MODELS_PCB_SCAN_H
#define	MODELS_PCB_SCAN_H

#include "models/net/rule.h"

struct pcb_index;

/* As pcb_walk_search(): same answer, same counts. */
void	pcb_scan_run(const struct pcb_index *, const struct port_query *,
	    const struct port_run *, struct port_found *);

/*
 * How many ports of the query's range its rule finds free.
 */
unsigned pcb_scan_free(const struct pcb_index *, const struct port_query *);

#endif /* !MODELS_PCB_SCAN_H */
