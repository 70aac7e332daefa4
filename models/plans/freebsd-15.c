/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lock plan of FreeBSD 15: the locks are 14's, the priorities are not.
 *
 * Models:	as freebsd-14.c; main of 2025, before 2026-04-12.
 * Left out:	as in freebsd-14.c.
 */

#include "models/locks/lock.h"
#include "models/plans/freebsd.h"

const struct lock_plan plan_freebsd_15 = {
	.source = "sys/netinet/{tcp_usrreq,in_pcb,tcp_syncache,tcp_subr}.c, "
	    "main of 2025",
	FREEBSD_14_LOCKS,
	.prio = &prio_freebsd_15,
	.like = &plan_freebsd_14
};
