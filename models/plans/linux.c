/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lock plan of Linux: a spinlock for each bucket, bottom halves off while it
 * is held, none from one candidate to the next.
 *
 * Models:	tcp_v4_connect(), __inet_hash_connect(), inet_csk_get_port(),
 *		__inet_put_port(), __inet_inherit_port(), inet_unhash(),
 *		inet_twsk_hashdance_schedule(), inet_twsk_kill(),
 *		inet_csk_reqsk_queue_add(), net/ipv4, Linux 6.1 and 6.18; which
 *		candidates of a connect() are locked is the family's to say
 *		(net_op.unlocked): each on 6.1, the one that is taken from
 *		6.15 on.
 * Left out:	the lock of an established chain is one of 1,024 and more,
 *		not one a chain; request sockets in that hash; lock_sock()'s
 *		backlog (a segment of a socket in use does not wait, it is
 *		queued).  Softirqs come before every thread, always: that
 *		under load they go on in ksoftirqd, a thread among others, is
 *		left out, so programs get less of a busy CPU here.
 *
 * Threads:	the receive threads stand for the softirqs of their CPUs, and
 *		softclock for that of timers.  A search runs in its program's
 *		thread, as preemptible as anything it does.
 */

#include "models/locks/lock.h"
#include "models/plans/linux.h"

extern const struct lock_class lock_class_mutex, lock_class_qspinlock;

const struct lock_plan plan_linux = {
	.source = "net/ipv4/{inet_hashtables,inet_connection_sock,"
	    "inet_timewait_sock,tcp_ipv4}.c, Linux 6.18",
	.locks = {
		[LOCK_ACCEPTQ] = { "rskq", &lock_class_qspinlock,
		    "the queue of connections to accept" }
	},
	.search = LOCK_SEARCH,
	.buckets = {
		[LINUX_BUCKET_BIND] = { "bhash", &lock_class_qspinlock,
		    "a bucket of ports" },
		[LINUX_BUCKET_BIND2] = { "bhash2", &lock_class_qspinlock,
		    "a bucket of addresses and ports" },
		[LINUX_BUCKET_EHASH] = { "ehash", &lock_class_qspinlock,
		    "a bucket of established connections" }
	},
	.listener = LOCK_ACCEPTQ,
	.inp = &lock_class_mutex,
	.ops = {
		[OP_SOCKET] = { COMPUTE(SYSCALL), COMPUTE(SOCKET), END },
		[OP_BIND] = {
			COMPUTE(SYSCALL), WLOCK(INP), SEEK,
			/* Without a port (noport) nothing was locked. */
			IF(HASHED, 3), COMPUTE(INSERT), UNLOCK(BHASH2),
			UNLOCK(BHASH),
			UNLOCK(INP), END
		},
		[OP_CONNECT] = {
			COMPUTE(SYSCALL), WLOCK(INP), COMPUTE(ROUTE), SEEK,
			IF(OK, 4), COMPUTE(INSERT), UNLOCK(EHASH),
			UNLOCK(BHASH), COMPUTE(TCP_OUTPUT),
			UNLOCK(INP), END
		},
		[OP_CLOSE] = {
			COMPUTE(SYSCALL), WLOCK(INP), COMPUTE(TCP_OUTPUT),
			UNLOCK(INP), END
		},
		[OP_CLOSE_UNCONNECTED] = {
			COMPUTE(SYSCALL), WLOCK(INP),
			IF(HASHED, 5), WLOCK(BHASH), WLOCK(BHASH2),
			ACT(REMOVE), UNLOCK(BHASH2), UNLOCK(BHASH),
			UNLOCK(INP), END
		},
		[OP_NETSTAT] = { COMPUTE(SYSCALL), ACT(WALK), END },
		[OP_SEGMENT] = { COMPUTE(TCP_INPUT), END },
		[OP_SYN] = { COMPUTE(TCP_INPUT), COMPUTE(TCP_OUTPUT), END },
		[OP_SYNACK] = { COMPUTE(TCP_INPUT), COMPUTE(TCP_OUTPUT), END },
		[OP_ACCEPT] = {
			COMPUTE(TCP_INPUT), COMPUTE(SOCKET),
			WLOCK(BHASH), WLOCK(EHASH), ACT(ACCEPT),
			UNLOCK(EHASH), UNLOCK(BHASH),
			WLOCK(ACCEPTQ), UNLOCK(ACCEPTQ), END
		},
		[OP_FIN] = { COMPUTE(TCP_INPUT), COMPUTE(TCP_OUTPUT), END },
		[OP_TCP_CLOSE] = {
			COMPUTE(TCP_INPUT), WLOCK(EHASH), UNLOCK(EHASH),
			WLOCK(BHASH), WLOCK(BHASH2), ACT(REMOVE),
			UNLOCK(BHASH2), UNLOCK(BHASH), END
		},
		[OP_TIMEWAIT] = {
			COMPUTE(TCP_INPUT), COMPUTE(TCP_OUTPUT),
			WLOCK(BHASH), WLOCK(BHASH2), ACT(TIMEWAIT),
			UNLOCK(BHASH2), UNLOCK(BHASH), END
		},
		[OP_CALLOUT] = { COMPUTE(CALLOUT), END },
		[OP_TIMEWAIT_EXPIRE] = {
			COMPUTE(CALLOUT), WLOCK(EHASH), UNLOCK(EHASH),
			WLOCK(BHASH), WLOCK(BHASH2), ACT(REMOVE),
			UNLOCK(BHASH2), UNLOCK(BHASH), END
		}
	}
};
