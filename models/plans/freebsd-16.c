/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lock plan of FreeBSD 16: a mutex for each bucket of the exact, the wild and
 * the port hash, one for the list of unconnected pcbs, SMR readers.
 *
 * Models:	in_pcballoc(), in_pcbbind(), in_pcbconnect(), in_pcbfree(),
 *		sys/netinet/in_pcb.c; tcp_usr_connect(), tcp_usrreq.c;
 *		syncache_socket(), tcp_syncache.c; tcp_pcblist(),
 *		tcp_subr.c; main of 2026 with bucket locks.
 * Left out:	as in freebsd-14.c.  Which buckets an accepted connection and
 *		a dying one take, and in which order, is inferred from the
 *		order of a connect: exact or wild, list, port.
 *
 * SEEK leaves the two buckets of the port it took locked: exact and wild after
 * a connect, wild and port after a bind.
 */

#include "models/locks/lock.h"
#include "models/plans/freebsd.h"

extern const struct lock_class lock_class_mutex, lock_class_rwlock;

const struct lock_plan plan_freebsd_16 = {
	.source = "sys/netinet/{tcp_usrreq,in_pcb,tcp_syncache,tcp_subr}.c, "
	    "main of 2026 with bucket locks",
	.locks = {
		[LOCK_LISTENER] = FREEBSD_LISTENER(&lock_class_rwlock),
		[LOCK_UNCONN] = { "tcpunconn", &lock_class_mutex,
		    "the list of pcbs that are not connected" }
	},
	.search = LOCK_HASH,
	.buckets = {
		[FREEBSD_BUCKET_EXACT] = { "tcpexact", &lock_class_mutex,
		    "a bucket of connections" },
		[FREEBSD_BUCKET_WILD] = { "tcpwild", &lock_class_mutex,
		    "a bucket of pcbs that are not connected" },
		[FREEBSD_BUCKET_PORT] = { "tcpport", &lock_class_mutex,
		    "a bucket of ports" }
	},
	.listener = LOCK_LISTENER,
	.inp = &lock_class_rwlock,
	.prio = &prio_freebsd_15,
	.backoff = BACKOFF_14,
	.ops = {
		[OP_SOCKET] = {
			COMPUTE(SYSCALL), COMPUTE(SOCKET),
			WLOCK(UNCONN), COMPUTE(INSERT), UNLOCK(UNCONN), END
		},
		[OP_BIND] = {
			COMPUTE(SYSCALL), WLOCK(INP), SEEK,
			/* Without a port (noport) nothing was locked. */
			IF(HASHED, 3), COMPUTE(INSERT), UNLOCK(PORT),
			UNLOCK(WILD),
			UNLOCK(INP), END
		},
		[OP_CONNECT] = {
			COMPUTE(SYSCALL), WLOCK(INP), COMPUTE(ROUTE), SEEK,
			IF(OK, 10),
			WLOCK(UNCONN), COMPUTE(REMOVE), UNLOCK(UNCONN),
			COMPUTE(INSERT),
			IF(SEARCHED, 2), WLOCK(PORT), UNLOCK(PORT),
			UNLOCK(WILD), UNLOCK(EXACT),
			COMPUTE(TCP_OUTPUT),
			UNLOCK(INP), END
		},
		[OP_CLOSE] = {
			COMPUTE(SYSCALL), WLOCK(INP), COMPUTE(TCP_OUTPUT),
			UNLOCK(INP), END
		},
		[OP_CLOSE_UNCONNECTED] = {
			COMPUTE(SYSCALL), WLOCK(INP),
			WLOCK(UNCONN), COMPUTE(REMOVE), UNLOCK(UNCONN),
			IF(HASHED, 5), WLOCK(WILD), WLOCK(PORT), ACT(REMOVE),
			UNLOCK(PORT), UNLOCK(WILD),
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
			ACT(ADMIT), IF(OK, 6), COMPUTE(SOCKET),
			WLOCK(EXACT), WLOCK(PORT), ACT(ACCEPT),
			UNLOCK(PORT), UNLOCK(EXACT),
			UNLOCK(LISTENER), END
		},
		[OP_FIN] = { COMPUTE(TCP_INPUT), COMPUTE(TCP_OUTPUT), END },
		[OP_TCP_CLOSE] = {
			COMPUTE(TCP_INPUT), WLOCK(EXACT), WLOCK(PORT),
			ACT(REMOVE), UNLOCK(PORT), UNLOCK(EXACT), END
		},
		[OP_TIMEWAIT] = {
			COMPUTE(TCP_INPUT), COMPUTE(TCP_OUTPUT),
			ACT(TIMEWAIT), END
		},
		[OP_CALLOUT] = { COMPUTE(CALLOUT), END },
		[OP_TIMEWAIT_EXPIRE] = {
			COMPUTE(CALLOUT), WLOCK(EXACT), WLOCK(PORT),
			ACT(REMOVE), UNLOCK(PORT), UNLOCK(EXACT), END
		}
	}
};
