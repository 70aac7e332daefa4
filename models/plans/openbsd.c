/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lock plan of OpenBSD: one mutex over the table, which spins and never sleeps,
 * held over the whole search for a port, and taken by the lookup of every
 * inbound segment.
 *
 * Models:	in_pcballoc(), in_pcbbind(), in_pcbconnect(), in_pcblookup(),
 *		in_pcbset_addr(), in_pcbdetach(), sys/netinet/in_pcb.c 1.320;
 *		tcp_usrreq.c; tcp_input.c; fill_file(), sys/kern/
 *		kern_sysctl.c; mtx_enter(), sys/kern/kern_lock.c; OpenBSD of
 *		2025-07.
 * Left out:	The net lock, which all of these take shared; the link from a
 *		pf state to its pcb, which spares a segment the lookup; what
 *		growing the tables takes, at socket().
 *
 * Whoever wants the mutex burns its CPU, receive threads among them, and nobody
 * is lent anything.  A holder's CPU is not taken from it.
 */

#include "models/locks/lock.h"
#include "models/plans/openbsd.h"

extern const struct lock_class lock_class_rwlock, lock_class_spin;

/* Input finds its pcb. */
#define	LOOKUP	WLOCK(TABLE), ACT(LOOKUP), UNLOCK(TABLE)

const struct lock_plan plan_openbsd = {
	.source = "sys/netinet/{in_pcb,tcp_usrreq,tcp_input,tcp_timer}.c, "
	    "sys/kern/kern_lock.c, OpenBSD of 2025-07",
	.locks = {
		[LOCK_TABLE] = { "inpt_mtx", &lock_class_spin,
		    "tables of pcbs; a port is searched under it" },
		[LOCK_LISTENER] = { "so_lock", &lock_class_rwlock,
		    "a socket that listens" }
	},
	.search = LOCK_TABLE,
	.inp = &lock_class_rwlock,
	.ops = {
		[OP_SOCKET] = {
			COMPUTE(SYSCALL), COMPUTE(SOCKET), WLOCK(TABLE),
			COMPUTE(INSERT), UNLOCK(TABLE), END
		},
		[OP_BIND] = {
			COMPUTE(SYSCALL), WLOCK(INP), WLOCK(TABLE), ACT(BIND),
			UNLOCK(TABLE), UNLOCK(INP), END
		},
		[OP_CONNECT] = {
			COMPUTE(SYSCALL), WLOCK(INP), WLOCK(TABLE),
			ACT(CONNECT), UNLOCK(TABLE),
			IF(OK, 1), COMPUTE(TCP_OUTPUT),
			UNLOCK(INP), END
		},
		[OP_CLOSE] = {
			COMPUTE(SYSCALL), WLOCK(INP), COMPUTE(TCP_OUTPUT),
			UNLOCK(INP), END
		},
		[OP_CLOSE_UNCONNECTED] = {
			COMPUTE(SYSCALL), WLOCK(INP), WLOCK(TABLE),
			ACT(REMOVE), UNLOCK(TABLE), UNLOCK(INP), END
		},
		[OP_NETSTAT] = {
			COMPUTE(SYSCALL), WLOCK(TABLE), ACT(WALK),
			UNLOCK(TABLE), END
		},
		[OP_SEGMENT] = { LOOKUP, COMPUTE(TCP_INPUT), END },
		[OP_SYN] = {
			LOOKUP, LOOKUP, WLOCK(LISTENER), COMPUTE(TCP_INPUT),
			UNLOCK(LISTENER), COMPUTE(TCP_OUTPUT), END
		},
		[OP_SYNACK] = {
			LOOKUP, COMPUTE(TCP_INPUT), COMPUTE(TCP_OUTPUT), END
		},
		[OP_ACCEPT] = {
			LOOKUP, LOOKUP, WLOCK(LISTENER), COMPUTE(TCP_INPUT),
			COMPUTE(SOCKET), WLOCK(TABLE), COMPUTE(INSERT),
			UNLOCK(TABLE), WLOCK(TABLE), ACT(ACCEPT),
			UNLOCK(TABLE), UNLOCK(LISTENER), END
		},
		[OP_FIN] = {
			LOOKUP, COMPUTE(TCP_INPUT), COMPUTE(TCP_OUTPUT), END
		},
		[OP_TCP_CLOSE] = {
			LOOKUP, COMPUTE(TCP_INPUT), WLOCK(TABLE), ACT(REMOVE),
			UNLOCK(TABLE), END
		},
		[OP_TIMEWAIT] = {
			LOOKUP, COMPUTE(TCP_INPUT), COMPUTE(TCP_OUTPUT),
			ACT(TIMEWAIT), END
		},
		[OP_TIMEWAIT_RECYCLE] = {
			WLOCK(TABLE), ACT(REMOVE), UNLOCK(TABLE), END
		},
		[OP_CALLOUT] = { COMPUTE(CALLOUT), END },
		[OP_TIMEWAIT_EXPIRE] = {
			WLOCK(TABLE), ACT(REMOVE), UNLOCK(TABLE), END
		}
	}
};
