/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a kernel's own rules are, asked of them: a few sockets on idle tables,
 * so that no list of kernels stands beside the kernels.
 */

#ifndef STUDY_SCENARIO_PAPER_RULE_H
#define	STUDY_SCENARIO_PAPER_RULE_H

#include <stdbool.h>

#include "models/machine/run.h"

/*
 * How many ports of the workload's range there are for it.  A kernel may have
 * some that it never gives to who names none: OpenBSD's baddynamic, Linux'
 * ip_local_reserved_ports.
 */
unsigned paper_rule_ports(const struct run_conf *,
	    const struct workload_conf *);

/*
 * May connections of an address to two peers have one port?
 *
 * bound	those that bind to their address first, or (else) those that do
 *		not
 */
bool	paper_rule_peers(const struct run_conf *,
	    const struct workload_conf *, bool bound);

/*
 * Is a port chosen without a look at who has it already (SO_REUSEADDR,
 * SO_REUSEPORT, and at random), so that a connection may fail while others are
 * free?
 */
bool	paper_rule_blind(const struct run_conf *,
	    const struct workload_conf *, bool bound);

/* "EAGAIN": what a connection gets for which there is no port any more. */
const char *paper_rule_error(const struct run_conf *,
	    const struct workload_conf *, bool bound, char buf[16]);

#endif /* !STUDY_SCENARIO_PAPER_RULE_H */
