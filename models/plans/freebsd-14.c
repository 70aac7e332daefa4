/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lock plan of FreeBSD 14: a mutex over the hashes, SMR readers, no list lock.
 *
 * Models:	in_pcballoc(), in_pcbfree(), sys/netinet/in_pcb.c;
 *		tcp_usr_connect(), tcp_usrreq.c; syncache_socket(),
 *		tcp_syncache.c; tcp_pcblist(), tcp_subr.c; FreeBSD 14.3.
 *		All but socket(2), bind(2) and netstat are in sections of the
 *		network's epoch, connect(2) from before it takes the hash lock:
 *		they pin; what is freed waits for SMR, not for them.
 * Left out:	as in freebsd-12.c; the rare locked lookup after an SMR lookup
 *		that lost a race.  netstat walks without a global lock and
 *		stops at each pcb alone.
 */

#include "models/locks/lock.h"
#include "models/plans/freebsd.h"

const struct lock_plan plan_freebsd_14 = {
	.source = "sys/netinet/{tcp_usrreq,in_pcb,tcp_syncache,tcp_subr}.c, "
	    "FreeBSD 14.3",
	FREEBSD_14_LOCKS,
	.prio = &prio_freebsd_14,
	.epoch = {
		[OP_CONNECT] = PLAN_EPOCH,
		[OP_CLOSE] = PLAN_EPOCH,
		[OP_CLOSE_UNCONNECTED] = PLAN_EPOCH,
		[OP_SEGMENT] = PLAN_EPOCH,
		[OP_SYN] = PLAN_EPOCH,
		[OP_SYNACK] = PLAN_EPOCH,
		[OP_ACCEPT] = PLAN_EPOCH,
		[OP_FIN] = PLAN_EPOCH,
		[OP_TCP_CLOSE] = PLAN_EPOCH,
		[OP_TIMEWAIT] = PLAN_EPOCH,
		[OP_TIMEWAIT_EXPIRE] = PLAN_EPOCH
	},
	.ops = {
		[OP_SOCKET] = {
			COMPUTE(SYSCALL), COMPUTE(SOCKET),
			WLOCK(INFO), COMPUTE(INSERT), UNLOCK(INFO), END
		},
		[OP_BIND] = {
			COMPUTE(SYSCALL), WLOCK(INP), WLOCK(HASH), ACT(BIND),
			UNLOCK(HASH), UNLOCK(INP), END
		},
		[OP_CONNECT] = {
			COMPUTE(SYSCALL), WLOCK(INP), WLOCK(HASH),
			ACT(CONNECT), UNLOCK(HASH),
			IF(OK, 1), COMPUTE(TCP_OUTPUT),
			UNLOCK(INP), END
		},
		[OP_CLOSE] = {
			COMPUTE(SYSCALL), WLOCK(INP), COMPUTE(TCP_OUTPUT),
			UNLOCK(INP), END
		},
		[OP_CLOSE_UNCONNECTED] = {
			COMPUTE(SYSCALL), WLOCK(INP),
			IF(HASHED, 3), WLOCK(HASH), ACT(REMOVE), UNLOCK(HASH),
			WLOCK(INFO), COMPUTE(REMOVE), UNLOCK(INFO),
			UNLOCK(INP), END
		},
		[OP_NETSTAT] = { COMPUTE(SYSCALL), ACT(WALK), ACT(COPY), END },
		[OP_SEGMENT] = { COMPUTE(TCP_INPUT), END },
		[OP_SYN] = {
			RLOCK(LISTENER), COMPUTE(TCP_INPUT), UNLOCK(LISTENER),
			COMPUTE(TCP_OUTPUT), END
		},
		[OP_SYNACK] = { COMPUTE(TCP_INPUT), COMPUTE(TCP_OUTPUT), END },
		[OP_ACCEPT] = {
			COMPUTE(TCP_INPUT), WLOCK(LISTENER),
			ACT(ADMIT), IF(OK, 7), COMPUTE(SOCKET),
			WLOCK(INFO), COMPUTE(INSERT), UNLOCK(INFO),
			WLOCK(HASH), ACT(ACCEPT), UNLOCK(HASH),
			UNLOCK(LISTENER), END
		},
		[OP_FIN] = { COMPUTE(TCP_INPUT), COMPUTE(TCP_OUTPUT), END },
		[OP_TCP_CLOSE] = {
			COMPUTE(TCP_INPUT), WLOCK(HASH), ACT(REMOVE),
			UNLOCK(HASH),
			WLOCK(INFO), COMPUTE(REMOVE), UNLOCK(INFO), END
		},
		[OP_TIMEWAIT] = {
			COMPUTE(TCP_INPUT), COMPUTE(TCP_OUTPUT),
			ACT(TIMEWAIT), END
		},
		[OP_CALLOUT] = { COMPUTE(CALLOUT), END },
		[OP_TIMEWAIT_EXPIRE] = {
			COMPUTE(CALLOUT), WLOCK(HASH), ACT(REMOVE),
			UNLOCK(HASH),
			WLOCK(INFO), COMPUTE(REMOVE), UNLOCK(INFO), END
		}
	}
};
