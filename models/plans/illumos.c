/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lock plan of illumos: whoever works on a connection has entered its squeue;
 * the tables have a mutex a bucket.
 *
 * Models:	tcp_bind(), tcp_connect(), tcp_listen(), tcp_close(), usr/src/
 *		uts/common/inet/tcp/tcp_socket.c and tcp.c, which enter by
 *		squeue_synch_enter(); ip_fanout_v4(), inet/ip/ip.c;
 *		tcp_input_data(), tcp_time_wait_collector(), inet/tcp/
 *		tcp_time_wait.c; tcp_bindi(), tcp_bind.c, which takes and drops
 *		a bucket's mutex for each candidate; illumos-gate of
 *		2020-12-24.
 * Left out:	that a packet which finds its squeue entered is left there, and
 *		the squeue's worker or its ring's poll thread takes it up: here
 *		the receive thread of that CPU is this worker, and waits.  The
 *		collector of TIME_WAIT runs inside the squeue; here it waits for
 *		nobody.  Waiting for a bucket's mutex.
 */

#include "models/locks/lock.h"
#include "models/plans/illumos.h"

extern const struct lock_class lock_class_mutex, lock_class_serializer;

const struct lock_plan plan_illumos = {
	.source = "uts/common/inet/{squeue,tcp/tcp,tcp/tcp_bind,"
	    "tcp/tcp_socket}.c, illumos-gate of 2020-12-24",
	.inp = &lock_class_mutex,
	.buckets = { { "squeue", &lock_class_serializer,
	    "a queue of connections: one thread at a time serves it" } },
	.locks_candidates = true,
	.ops = {
		[OP_SOCKET] = {
			COMPUTE(SYSCALL), COMPUTE(SOCKET), COMPUTE(INSERT), END
		},
		[OP_BIND] = {
			COMPUTE(SYSCALL), ACT(ENTER), ACT(BIND), ACT(EXIT), END
		},
		[OP_CONNECT] = {
			COMPUTE(SYSCALL), ACT(ENTER), ACT(CONNECT), IF(OK, 1),
			COMPUTE(TCP_OUTPUT), ACT(EXIT), END
		},
		[OP_CLOSE] = {
			COMPUTE(SYSCALL), ACT(ENTER), COMPUTE(TCP_OUTPUT),
			ACT(EXIT), END
		},
		[OP_CLOSE_UNCONNECTED] = {
			COMPUTE(SYSCALL), ACT(ENTER), IF(HASHED, 1),
			ACT(REMOVE), COMPUTE(REMOVE), ACT(EXIT), END
		},
		[OP_NETSTAT] = { COMPUTE(SYSCALL), ACT(WALK), END },
		[OP_SEGMENT] = {
			ACT(LOOKUP), ACT(ENTER), COMPUTE(TCP_INPUT),
			ACT(EXIT), END
		},
		[OP_SYN] = {
			ACT(LOOKUP), ACT(ENTER), COMPUTE(TCP_INPUT),
			COMPUTE(TCP_OUTPUT), ACT(EXIT), END
		},
		[OP_SYNACK] = {
			ACT(LOOKUP), ACT(ENTER), COMPUTE(TCP_INPUT),
			COMPUTE(TCP_OUTPUT), ACT(EXIT), END
		},
		[OP_ACCEPT] = {
			ACT(LOOKUP), ACT(ENTER), COMPUTE(TCP_INPUT),
			COMPUTE(SOCKET), ACT(ACCEPT), ACT(EXIT), END
		},
		[OP_FIN] = {
			ACT(LOOKUP), ACT(ENTER), COMPUTE(TCP_INPUT),
			COMPUTE(TCP_OUTPUT), ACT(EXIT), END
		},
		[OP_TCP_CLOSE] = {
			ACT(LOOKUP), ACT(ENTER), COMPUTE(TCP_INPUT),
			ACT(REMOVE), COMPUTE(REMOVE), ACT(EXIT), END
		},
		[OP_TIMEWAIT] = {
			ACT(LOOKUP), ACT(ENTER), COMPUTE(TCP_INPUT),
			COMPUTE(TCP_OUTPUT), ACT(TIMEWAIT), ACT(EXIT), END
		},
		[OP_TIMEWAIT_RECYCLE] = { ACT(REMOVE), COMPUTE(REMOVE), END },
		[OP_CALLOUT] = { COMPUTE(CALLOUT), END },
		[OP_TIMEWAIT_EXPIRE] = { ACT(REMOVE), COMPUTE(REMOVE), END }
	}
};
