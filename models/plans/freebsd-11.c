/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lock plan of FreeBSD 11: rwlocks, and every inbound segment takes the hash
 * lock shared.
 *
 * Models:	tcp_input(), in_pcblookup_mbuf(), sys/netinet/tcp_input.c and
 *		in_pcb.c; tcp_attach(), tcp_usrreq.c; tcp_tw_2msl_scan(),
 *		tcp_timewait.c; the functions that freebsd-12.c names;
 *		FreeBSD 11.0.
 * Left out:	as there; the pcb's own lock, but for a listener's.  The info
 *		lock is taken shared by FIN and RST segments before their pcb is
 *		looked up, by socket(2) and close(2), exclusively by netstat's
 *		first pass.  A segment for what is neither established nor
 *		listens, and the ACK that completes a handshake, find their pcb
 *		first: they try for the info lock, and if a writer has it let go
 *		of the pcb and wait.  The SYN for a listener takes none.  The
 *		scan of TIME_WAIT only tries, and gives up until the next one.
 */

#include "models/locks/lock.h"
#include "models/plans/freebsd.h"

extern const struct lock_class lock_class_rwlock;

const struct lock_plan plan_freebsd_11 = {
	.source = "sys/netinet/{tcp_input,tcp_usrreq,in_pcb,tcp_syncache,"
	    "tcp_timewait}.c, FreeBSD 11.0",
	.locks = {
		[LOCK_INFO] = FREEBSD_INFO(&lock_class_rwlock),
		[LOCK_LIST] = FREEBSD_LIST(&lock_class_rwlock),
		[LOCK_HASH] = { "pcbinfohash", &lock_class_rwlock,
		    "tables of pcbs, searches; each segment shares it" },
		[LOCK_LISTENER] = FREEBSD_LISTENER(&lock_class_rwlock)
	},
	.search = LOCK_HASH,
	.listener = LOCK_LISTENER,
	.inp = &lock_class_rwlock,
	.backoff = BACKOFF_11,
	.prio = &prio_freebsd_11,
	.ops = {
		[OP_SOCKET] = {
			COMPUTE(SYSCALL), COMPUTE(SOCKET), RLOCK(INFO),
			WLOCK(LIST), COMPUTE(INSERT), UNLOCK(LIST),
			UNLOCK(INFO), END
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
			COMPUTE(SYSCALL), RLOCK(INFO), WLOCK(INP),
			COMPUTE(TCP_OUTPUT), UNLOCK(INP), UNLOCK(INFO), END
		},
		[OP_CLOSE_UNCONNECTED] = {
			COMPUTE(SYSCALL), RLOCK(INFO), WLOCK(INP),
			IF(HASHED, 3), WLOCK(HASH), ACT(REMOVE), UNLOCK(HASH),
			WLOCK(LIST), COMPUTE(REMOVE), UNLOCK(LIST),
			UNLOCK(INP), UNLOCK(INFO), END
		},
		[OP_NETSTAT] = {
			COMPUTE(SYSCALL), WLOCK(INFO), ACT(WALK),
			UNLOCK(INFO), ACT(COPY),
			RLOCK(INFO), ACT(UNREF), UNLOCK(INFO), END
		},
		[OP_SEGMENT] = {
			RLOCK(HASH), ACT(LOOKUP), UNLOCK(HASH),
			COMPUTE(TCP_INPUT), END
		},
		[OP_SYN] = {
			RLOCK(HASH), ACT(LOOKUP), UNLOCK(HASH),
			WLOCK(LISTENER), COMPUTE(TCP_INPUT), UNLOCK(LISTENER),
			COMPUTE(TCP_OUTPUT), END
		},
		[OP_SYNACK] = {
			RLOCK(HASH), ACT(LOOKUP), UNLOCK(HASH),
			TRYRLOCK(INFO, 1), RLOCK(INFO),
			COMPUTE(TCP_INPUT), UNLOCK(INFO), COMPUTE(TCP_OUTPUT),
			END
		},
		[OP_ACCEPT] = {
			RLOCK(HASH), ACT(LOOKUP), UNLOCK(HASH),
			WLOCK(LISTENER), TRYRLOCK(INFO, 3),
			UNLOCK(LISTENER), RLOCK(INFO), WLOCK(LISTENER),
			COMPUTE(TCP_INPUT), ACT(ADMIT), IF(OK, 7),
			COMPUTE(SOCKET),
			WLOCK(LIST), COMPUTE(INSERT), UNLOCK(LIST),
			WLOCK(HASH), ACT(ACCEPT), UNLOCK(HASH),
			UNLOCK(LISTENER), UNLOCK(INFO), END
		},
		[OP_FIN] = {
			RLOCK(INFO), RLOCK(HASH), ACT(LOOKUP), UNLOCK(HASH),
			COMPUTE(TCP_INPUT), UNLOCK(INFO), COMPUTE(TCP_OUTPUT),
			END
		},
		[OP_TCP_CLOSE] = {
			RLOCK(HASH), ACT(LOOKUP), UNLOCK(HASH),
			TRYRLOCK(INFO, 1), RLOCK(INFO),
			COMPUTE(TCP_INPUT), WLOCK(HASH), ACT(REMOVE),
			UNLOCK(HASH),
			WLOCK(LIST), COMPUTE(REMOVE), UNLOCK(LIST),
			UNLOCK(INFO), END
		},
		[OP_TIMEWAIT] = {
			RLOCK(INFO), RLOCK(HASH), ACT(LOOKUP), UNLOCK(HASH),
			COMPUTE(TCP_INPUT), COMPUTE(TCP_OUTPUT),
			ACT(TIMEWAIT), UNLOCK(INFO), END
		},
		[OP_TIMEWAIT_RECYCLE] = {
			RLOCK(INFO), WLOCK(HASH), ACT(REMOVE), UNLOCK(HASH),
			WLOCK(LIST), COMPUTE(REMOVE), UNLOCK(LIST),
			UNLOCK(INFO), END
		},
		[OP_CALLOUT] = { COMPUTE(CALLOUT), END },
		[OP_TIMEWAIT_EXPIRE] = {
			TRYRLOCK(INFO, 1), GIVE_UP,
			WLOCK(HASH), ACT(REMOVE), UNLOCK(HASH),
			WLOCK(LIST), COMPUTE(REMOVE), UNLOCK(LIST),
			UNLOCK(INFO), END
		},
		[OP_TIMER_CLOSE] = {
			RLOCK(INFO), WLOCK(HASH), ACT(REMOVE), UNLOCK(HASH),
			WLOCK(LIST), COMPUTE(REMOVE), UNLOCK(LIST),
			UNLOCK(INFO), END
		}
	}
};
