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

extern const struct lock_class lock_class_mutex, lock_class_rwlock;

const struct lock_plan plan_freebsd_15 = {
	.source = "sys/netinet/{tcp_usrreq,in_pcb,tcp_syncache,tcp_subr}.c, "
	    "main of 2025",
	.locks = {
		[LOCK_INFO] = FREEBSD_INFO(&lock_class_mutex),
		[LOCK_HASH] = FREEBSD_HASH(&lock_class_mutex),
		[LOCK_LISTENER] = FREEBSD_LISTENER(&lock_class_rwlock)
	},
	.search = LOCK_HASH,
	.listener = LOCK_LISTENER,
	.inp = &lock_class_rwlock,
	.prio = &prio_freebsd_15,
	.backoff = BACKOFF_14,
	.like = &plan_freebsd_14
};
