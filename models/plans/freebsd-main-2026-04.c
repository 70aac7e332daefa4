/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lock plan of FreeBSD main from 2026-04-12 to its bucket locks: as that of 14
 * and 15, but socket(2) takes the mutex over the hashes, too.
 *
 * Models:	in_pcballoc(), in_pcbfree(), sys/netinet/in_pcb.c;
 *		tcp_usr_connect(), tcp_usrreq.c; syncache_socket(),
 *		tcp_syncache.c; tcp_pcblist(), tcp_subr.c; main after
 *		2026-04-12.
 * Left out:	as in freebsd-14.c; the rare locked lookup after an SMR lookup
 *		that lost a race.  netstat walks without a global lock and
 *		stops at each pcb alone.
 */

#include "models/locks/lock.h"
#include "models/plans/freebsd.h"

const struct lock_plan plan_freebsd_main_2026_04 = {
	.source = "sys/netinet/{tcp_usrreq,in_pcb,tcp_syncache,tcp_subr}.c, "
	    "main after 2026-04-12",
	FREEBSD_14_LOCKS,
	.prio = &prio_freebsd_15,
	.like = &plan_freebsd_14,
	.ops = {
		[OP_SOCKET] = {
			COMPUTE(SYSCALL), COMPUTE(SOCKET),
			WLOCK(HASH), COMPUTE(INSERT), UNLOCK(HASH), END
		}
	}
};
