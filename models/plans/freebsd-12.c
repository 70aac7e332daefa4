/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lock plan of FreeBSD 12.0 to 13.1: a mutex over the hashes, epoch readers.
 * 12.2's is the same; its scheduler is not.
 *
 * Models:	tcp_usr_connect(), tcp_connect(), tcp_usr_bind(),
 *		tcp_usr_close(), tcp_disconnect(), tcp_close(),
 *		in_pcballoc(), in_pcbdrop(), in_pcbfree(),
 *		in_pcbremlists(), sys/netinet/tcp_usrreq.c and in_pcb.c;
 *		syncache_socket(), tcp_syncache.c; tcp_twstart(),
 *		tcp_tw_2msl_scan(), tcp_timewait.c; tcp_pcblist(),
 *		tcp_subr.c; tcp_input(), tcp_input.c; all FreeBSD 12.1.
 * Left out:	the socket's own locks; epoch entry and exit (no waiting
 *		there); listen(2) after the start of the run.  Established
 *		segments take only their own pcb's lock, for which nobody
 *		competes.  The source address (a route lookup) is chosen
 *		under the hash lock, inside ACT_CONNECT.
 *
 * A close takes the hash lock in in_pcbdrop(), with its own pcb's lock alone in
 * hand, and the list's later, in in_pcbfree(), when nothing is hashed any more:
 * socket(2) does not wait behind it.  An accept has the listener's lock while
 * it waits for the hash, so every SYN and ACK of that listener stands behind
 * it.  netstat waits for the pcb that is being connected with the info lock
 * held.
 */

#include "models/locks/lock.h"
#include "models/plans/freebsd.h"

const struct lock_plan plan_freebsd_12 = {
	.source = "sys/netinet/{tcp_usrreq,in_pcb,tcp_syncache,"
	    "tcp_timewait}.c, FreeBSD 12.1",
	FREEBSD_12_LOCKS,
	.prio = &prio_freebsd_12,
	.epoch = {
		[OP_CLOSE] = PLAN_EPOCH,
		[OP_CLOSE_UNCONNECTED] = PLAN_EPOCH_FREES,
		[OP_SEGMENT] = PLAN_EPOCH,
		[OP_SYN] = PLAN_EPOCH,
		[OP_SYNACK] = PLAN_EPOCH,
		[OP_ACCEPT] = PLAN_EPOCH,
		[OP_FIN] = PLAN_EPOCH,
		[OP_TCP_CLOSE] = PLAN_EPOCH_FREES,
		[OP_TIMEWAIT] = PLAN_EPOCH,
		[OP_TIMEWAIT_RECYCLE] = PLAN_EPOCH_FREES,
		[OP_TIMEWAIT_EXPIRE] = PLAN_EPOCH_FREES
	},
	.ops = {
		[OP_SOCKET] = {
			COMPUTE(SYSCALL), COMPUTE(SOCKET),
			WLOCK(LIST), COMPUTE(INSERT), UNLOCK(LIST), END
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
			WLOCK(LIST), COMPUTE(REMOVE), UNLOCK(LIST),
			UNLOCK(INP), END
		},
		[OP_NETSTAT] = {
			COMPUTE(SYSCALL), WLOCK(INFO), ACT(WALK),
			UNLOCK(INFO), ACT(COPY), ACT(UNREF), END
		},
		[OP_SEGMENT] = { COMPUTE(TCP_INPUT), END },
		[OP_SYN] = {
			WLOCK(LISTENER), COMPUTE(TCP_INPUT), UNLOCK(LISTENER),
			COMPUTE(TCP_OUTPUT), END
		},
		[OP_SYNACK] = { COMPUTE(TCP_INPUT), COMPUTE(TCP_OUTPUT), END },
		[OP_ACCEPT] = {
			COMPUTE(TCP_INPUT), WLOCK(LISTENER),
			ACT(ADMIT), IF(OK, 7), COMPUTE(SOCKET),
			WLOCK(LIST), COMPUTE(INSERT), UNLOCK(LIST),
			WLOCK(HASH), ACT(ACCEPT), UNLOCK(HASH),
			UNLOCK(LISTENER), END
		},
		[OP_FIN] = { COMPUTE(TCP_INPUT), COMPUTE(TCP_OUTPUT), END },
		[OP_TCP_CLOSE] = {
			COMPUTE(TCP_INPUT), WLOCK(HASH), ACT(REMOVE),
			UNLOCK(HASH),
			WLOCK(LIST), COMPUTE(REMOVE), UNLOCK(LIST), END
		},
		[OP_TIMEWAIT] = {
			COMPUTE(TCP_INPUT), COMPUTE(TCP_OUTPUT),
			ACT(TIMEWAIT), END
		},
		[OP_TIMEWAIT_RECYCLE] = {
			WLOCK(HASH), ACT(REMOVE), UNLOCK(HASH),
			WLOCK(LIST), COMPUTE(REMOVE), UNLOCK(LIST), END
		},
		[OP_CALLOUT] = { COMPUTE(CALLOUT), END },
		[OP_TIMEWAIT_EXPIRE] = {
			WLOCK(HASH), ACT(REMOVE), UNLOCK(HASH),
			WLOCK(LIST), COMPUTE(REMOVE), UNLOCK(LIST), END
		}
	}
};

const struct lock_plan plan_freebsd_12_2 = {
	.source = "sys/netinet/{tcp_usrreq,in_pcb,tcp_syncache,"
	    "tcp_timewait}.c, FreeBSD 12.2",
	FREEBSD_12_LOCKS,
	.prio = &prio_freebsd_12_2,
	.like = &plan_freebsd_12
};
