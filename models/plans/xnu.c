/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lock plan of XNU: one rwlock over list and hashes, held exclusively over the
 * whole search for a port, and shared by every inbound segment.
 *
 * Models:	in_pcballoc(), in_pcbbind(), in_pcbconnect(), in_pcbrehash(),
 *		in_pcblookup_hash(), in_pcbdispose(), bsd/netinet/in_pcb.c;
 *		tcp_connect(), bsd/netinet/tcp_usrreq.c; tcp_input(),
 *		tcp_input.c; add_to_time_wait(), tcp_garbage_collect(),
 *		tcp_timer.c; get_pcblist_n(), in_pcblist.c,
 *		xnu-11417.101.15 (2025-05-01).
 * Left out:	how an lck_rw spins and queues: rwlock(9) stands in for it.
 *		A pcb that is closed is disposed of where it is closed, not by
 *		the garbage collector's thread a little later.  connect()
 *		decides once, with the lock that covers the search; the lookup
 *		of the tuple and the move to its bucket take the lock two more
 *		times and find what was found then.  The routing locks, the
 *		sockets' own event handlers, netns.
 *
 * The socket's lock is dropped before the search and taken again with the
 * rwlock held, so nobody who has a socket waits behind a search but for the
 * rwlock itself; and that is what all input wants.
 */

#include "models/locks/lock.h"
#include "models/plans/xnu.h"

extern const struct lock_class lock_class_mutex, lock_class_rwlock;

/* Input finds its pcb. */
#define	LOOKUP	RLOCK(IPI), ACT(LOOKUP), UNLOCK(IPI)

const struct lock_plan plan_xnu = {
	.source = "bsd/netinet/{tcp_input,tcp_usrreq,in_pcb,tcp_timer}.c, "
	    "xnu-11417.101.15",
	.locks = {
		[LOCK_IPI] = { "tcbinfo", &lock_class_rwlock,
		    "all pcbs; searches hold it, input shares it" },
		[LOCK_LISTENER] = { "so", &lock_class_mutex,
		    "a socket that listens" }
	},
	.search = LOCK_IPI,
	.inp = &lock_class_mutex,
	.ops = {
		[OP_SOCKET] = {
			COMPUTE(SYSCALL), COMPUTE(SOCKET),
			WLOCK(IPI), COMPUTE(INSERT), UNLOCK(IPI), END
		},
		[OP_BIND] = {
			COMPUTE(SYSCALL), WLOCK(INP), UNLOCK(INP),
			WLOCK(IPI), ACT(BIND), WLOCK(INP), UNLOCK(IPI),
			UNLOCK(INP), END
		},
		[OP_CONNECT] = {
			COMPUTE(SYSCALL), WLOCK(INP), UNLOCK(INP),
			WLOCK(IPI), ACT(CONNECT), WLOCK(INP), UNLOCK(IPI),
			IF(OK, 5), RLOCK(IPI), UNLOCK(IPI),
			WLOCK(IPI), UNLOCK(IPI), COMPUTE(TCP_OUTPUT),
			UNLOCK(INP), END
		},
		[OP_CLOSE] = {
			COMPUTE(SYSCALL), WLOCK(INP), COMPUTE(TCP_OUTPUT),
			UNLOCK(INP), END
		},
		[OP_CLOSE_UNCONNECTED] = {
			COMPUTE(SYSCALL), WLOCK(IPI), WLOCK(INP),
			IF(HASHED, 1), ACT(REMOVE),
			COMPUTE(REMOVE), UNLOCK(INP), UNLOCK(IPI), END
		},
		[OP_NETSTAT] = {
			COMPUTE(SYSCALL), WLOCK(IPI), ACT(WALK),
			UNLOCK(IPI), END
		},
		[OP_SEGMENT] = { LOOKUP, COMPUTE(TCP_INPUT), END },
		[OP_SYN] = {
			LOOKUP, WLOCK(LISTENER), COMPUTE(TCP_INPUT),
			UNLOCK(LISTENER), COMPUTE(TCP_OUTPUT), END
		},
		[OP_SYNACK] = {
			LOOKUP, COMPUTE(TCP_INPUT), COMPUTE(TCP_OUTPUT), END
		},
		[OP_ACCEPT] = {
			LOOKUP, COMPUTE(TCP_INPUT),
			WLOCK(LISTENER), COMPUTE(SOCKET),
			WLOCK(IPI), COMPUTE(INSERT), UNLOCK(IPI),
			WLOCK(IPI), ACT(ACCEPT), UNLOCK(IPI),
			UNLOCK(LISTENER), END
		},
		[OP_FIN] = {
			LOOKUP, COMPUTE(TCP_INPUT), COMPUTE(TCP_OUTPUT), END
		},
		[OP_TCP_CLOSE] = {
			LOOKUP, COMPUTE(TCP_INPUT),
			WLOCK(IPI), ACT(REMOVE), COMPUTE(REMOVE), UNLOCK(IPI),
			END
		},
		[OP_TIMEWAIT] = {
			LOOKUP, COMPUTE(TCP_INPUT), COMPUTE(TCP_OUTPUT),
			WLOCK(IPI), ACT(TIMEWAIT), UNLOCK(IPI), END
		},
		[OP_TIMEWAIT_RECYCLE] = {
			WLOCK(IPI), ACT(REMOVE), COMPUTE(REMOVE), UNLOCK(IPI),
			END
		},
		[OP_CALLOUT] = { COMPUTE(CALLOUT), END },
		[OP_TIMEWAIT_EXPIRE] = {
			WLOCK(IPI), ACT(REMOVE), COMPUTE(REMOVE), UNLOCK(IPI),
			END
		}
	}
};
