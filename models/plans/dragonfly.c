/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lock plan of DragonFly: a system call is a message to the thread of the
 * protocol that the socket belongs to, and sleeps until the answer; binds go
 * to CPU 0.
 *
 * Models:	tcp_usr_bind(), tcp_usr_listen(), tcp_usr_connect(),
 *		tcp_connect(), tcp_usr_detach(), sys/netinet/tcp_usrreq.c;
 *		tcp_input(), tcp_input.c; syncache_socket(), tcp_syncache.c;
 *		in_pcbporthash_update(), in_pcb.c, which takes and drops a pool
 *		token for each candidate; DragonFly of 2020-07-24.
 * Left out:	the message to another CPU behind a connect() whose tuple
 *		hashes there; socket(2) as a message; that close(2) does not
 *		wait for its answer.  The end of TIME_WAIT is a message, too:
 *		here it is done where the timer runs and waits for nobody.
 */

#include "models/locks/lock.h"
#include "models/plans/dragonfly.h"

extern const struct lock_class lock_class_mutex, lock_class_serializer;

const struct lock_plan plan_dragonfly = {
	.source = "sys/netinet/{tcp_usrreq,tcp_input,in_pcb,tcp_syncache}.c, "
	    "DragonFly of 2020-07-24",
	.inp = &lock_class_mutex,
	.buckets = { { "netisr", &lock_class_serializer,
	    "a thread of the network, through which its connections go" } },
	.locks_candidates = true,
	.messages = true,
	.ops = {
		[OP_SOCKET] = {
			COMPUTE(SYSCALL), COMPUTE(SOCKET), COMPUTE(INSERT), END
		},
		[OP_BIND] = { COMPUTE(SYSCALL), ACT(MESSAGE), END },
		[OP_CONNECT] = { COMPUTE(SYSCALL), ACT(MESSAGE), END },
		[OP_CLOSE] = { COMPUTE(SYSCALL), ACT(MESSAGE), END },
		[OP_CLOSE_UNCONNECTED] = {
			COMPUTE(SYSCALL), ACT(MESSAGE), END
		},
		[OP_MSG_BIND] = { ACT(ENTER), ACT(BIND), ACT(EXIT), END },
		[OP_MSG_CONNECT] = {
			ACT(ENTER), ACT(CONNECT), IF(OK, 1),
			COMPUTE(TCP_OUTPUT), ACT(EXIT), END
		},
		[OP_MSG_CLOSE] = {
			ACT(ENTER), COMPUTE(TCP_OUTPUT), ACT(EXIT), END
		},
		[OP_MSG_CLOSE_UNCONNECTED] = {
			ACT(ENTER), IF(HASHED, 1), ACT(REMOVE),
			COMPUTE(REMOVE), ACT(EXIT), END
		},
		[OP_NETSTAT] = { COMPUTE(SYSCALL), ACT(WALK), END },
		[OP_SEGMENT] = {
			ACT(ENTER), ACT(LOOKUP), COMPUTE(TCP_INPUT),
			ACT(EXIT), END
		},
		[OP_SYN] = {
			ACT(ENTER), ACT(LOOKUP), COMPUTE(TCP_INPUT),
			COMPUTE(TCP_OUTPUT), ACT(EXIT), END
		},
		[OP_SYNACK] = {
			ACT(ENTER), ACT(LOOKUP), COMPUTE(TCP_INPUT),
			COMPUTE(TCP_OUTPUT), ACT(EXIT), END
		},
		[OP_ACCEPT] = {
			ACT(ENTER), ACT(LOOKUP), COMPUTE(TCP_INPUT),
			COMPUTE(SOCKET), ACT(ACCEPT), ACT(EXIT), END
		},
		[OP_FIN] = {
			ACT(ENTER), ACT(LOOKUP), COMPUTE(TCP_INPUT),
			COMPUTE(TCP_OUTPUT), ACT(EXIT), END
		},
		[OP_TCP_CLOSE] = {
			ACT(ENTER), ACT(LOOKUP), COMPUTE(TCP_INPUT),
			ACT(REMOVE), COMPUTE(REMOVE), ACT(EXIT), END
		},
		[OP_TIMEWAIT] = {
			ACT(ENTER), ACT(LOOKUP), COMPUTE(TCP_INPUT),
			COMPUTE(TCP_OUTPUT), ACT(TIMEWAIT), ACT(EXIT), END
		},
		[OP_TIMEWAIT_RECYCLE] = { ACT(REMOVE), COMPUTE(REMOVE), END },
		[OP_CALLOUT] = { COMPUTE(CALLOUT), END },
		[OP_TIMEWAIT_EXPIRE] = { ACT(REMOVE), COMPUTE(REMOVE), END }
	}
};
