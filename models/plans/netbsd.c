/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lock plan of NetBSD without NET_MPSAFE: softnet_lock is the lock of every
 * inet socket, of ip_input() and of the timers, and so covers each search for a
 * port; the kernel lock is taken inside it, by input and for output.
 *
 * Models:	soinit2(), sosetlock(), sys/kern/uipc_socket.c; sys_bind(),
 *		sys_connect(), uipc_syscalls.c; ipintr(), sys/netinet/
 *		ip_input.c; ip_output(), ip_output.c; tcp_timer_2msl(),
 *		tcp_timer.c; sysctl_inpcblist(), sys/net/rtsock.c; NetBSD 7.
 * Left out:	The kernel lock spins and is dropped by whoever sleeps; here it
 *		is a mutex, since it is held only for what takes no time to
 *		speak of and never over a sleep.  softnet_lock's own way to
 *		spin and to wake is mutex(9) of FreeBSD, which does the same:
 *		spins while the owner runs, sleeps else, wakes all.  Interrupt
 *		priority levels (spl), the NIC's interrupt.
 *
 * Nobody who waits for softnet_lock holds the kernel lock, so what needs only
 * that one goes on during a search; all networking
 * stands still, UDP and forwarding to self included, and so does the softclock
 * whose next callout is a TCP timer's.
 */

#include "models/locks/lock.h"
#include "models/plans/netbsd.h"

extern const struct lock_class lock_class_mutex;

/* ipintr() has both locks over everything that input does. */
#define	BEGIN	WLOCK(SOFTNET), WLOCK(KERNEL)
#define	FINISH	UNLOCK(KERNEL), UNLOCK(SOFTNET), END
/* ip_output() of a system call. */
#define	OUTPUT	WLOCK(KERNEL), COMPUTE(TCP_OUTPUT), UNLOCK(KERNEL)

const struct lock_plan plan_netbsd = {
	.source = "sys/netinet/{ip_input,ip_output,tcp_usrreq,tcp_timer}.c, "
	    "sys/kern/uipc_{socket,syscalls}.c, NetBSD 7",
	.locks = {
		[LOCK_SOFTNET] = { "softnet_lock", &lock_class_mutex,
		    "all of TCP/IP: calls, segments, timers, searches" },
		[LOCK_KERNEL] = { "kernel_lock", &lock_class_mutex,
		    "the kernel, where the network is not MP-safe" }
	},
	.search = LOCK_SOFTNET,
	.inp = &lock_class_mutex,
	.ops = {
		[OP_SOCKET] = {
			COMPUTE(SYSCALL), COMPUTE(SOCKET), WLOCK(SOFTNET),
			COMPUTE(INSERT), UNLOCK(SOFTNET), END
		},
		[OP_BIND] = {
			COMPUTE(SYSCALL), WLOCK(SOFTNET), ACT(BIND),
			UNLOCK(SOFTNET), END
		},
		[OP_CONNECT] = {
			COMPUTE(SYSCALL), WLOCK(SOFTNET), ACT(CONNECT),
			IF(OK, 3), OUTPUT, UNLOCK(SOFTNET), END
		},
		[OP_CLOSE] = {
			COMPUTE(SYSCALL), WLOCK(SOFTNET), OUTPUT,
			UNLOCK(SOFTNET), END
		},
		[OP_CLOSE_UNCONNECTED] = {
			COMPUTE(SYSCALL), WLOCK(SOFTNET), ACT(REMOVE),
			UNLOCK(SOFTNET), END
		},
		[OP_NETSTAT] = {
			COMPUTE(SYSCALL), WLOCK(SOFTNET), ACT(WALK),
			UNLOCK(SOFTNET), END
		},
		[OP_SEGMENT] = {
			BEGIN, ACT(LOOKUP), COMPUTE(TCP_INPUT), FINISH
		},
		[OP_SYN] = {
			BEGIN, ACT(LOOKUP), COMPUTE(TCP_INPUT),
			COMPUTE(TCP_OUTPUT), FINISH
		},
		[OP_SYNACK] = {
			BEGIN, ACT(LOOKUP), COMPUTE(TCP_INPUT),
			COMPUTE(TCP_OUTPUT), FINISH
		},
		[OP_ACCEPT] = {
			BEGIN, ACT(LOOKUP), COMPUTE(TCP_INPUT),
			COMPUTE(SOCKET), COMPUTE(INSERT), ACT(ACCEPT), FINISH
		},
		[OP_FIN] = {
			BEGIN, ACT(LOOKUP), COMPUTE(TCP_INPUT),
			COMPUTE(TCP_OUTPUT), FINISH
		},
		[OP_TCP_CLOSE] = {
			BEGIN, ACT(LOOKUP), COMPUTE(TCP_INPUT), ACT(REMOVE),
			FINISH
		},
		[OP_TIMEWAIT] = {
			BEGIN, ACT(LOOKUP), COMPUTE(TCP_INPUT),
			COMPUTE(TCP_OUTPUT), ACT(TIMEWAIT), FINISH
		},
		[OP_TIMEWAIT_RECYCLE] = { BEGIN, ACT(REMOVE), FINISH },
		[OP_CALLOUT] = { COMPUTE(CALLOUT), END },
		[OP_TIMEWAIT_EXPIRE] = { BEGIN, ACT(REMOVE), FINISH }
	}
};
