/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Connections to this machine itself: each has two pcbs.
 *
 * Theory:	the server's end is made when the handshake completes, by a
 *		receive thread, as that of any accepted connection; the same
 *		thread serves both ends.  Who closes first, client or server,
 *		has the TIME_WAIT, unless net.inet.tcp.nolocaltimewait says that
 *		nobody has; both are here.  Ports that are connected to have a
 *		listener on *, with a pcb and so a lock of its own
 *		(solisten(), tcp_usr_listen(), FreeBSD 12.1).
 * Left out:	the server's program: it closes as soon as it is told, on no
 *		thread.  Two workloads to one port have two listeners.
 */

#ifndef MODELS_MACHINE_LOOPBACK_H
#define	MODELS_MACHINE_LOOPBACK_H

#include <stdbool.h>
#include <stdint.h>

#include "models/locks/lock.h"
#include "models/plans/plan.h"

struct inbound;
struct machine;
struct timewait;

#define	LOOPBACK_NSLOTS	1

/* The service that a workload connects to. */
struct loopback_listener {
	struct lock	lock;		/* its class NULL: there is none */
	struct lock_stats stats;
};

struct loopback {
	struct machine	*machine;
	struct inbound	*inbound;
	const struct timewait *timewait;
	unsigned	slot;		/* timers: segments on their way */
	struct loopback_listener *listeners;	/* by workload */
};

void	loopback_init(struct loopback *, struct machine *, struct inbound *,
	    const struct timewait *);
void	loopback_fini(struct loopback *);

/*
 * The lock of the listener that a workload's connections here come to: not that
 * of the listener for clients from outside.  NULL: they go elsewhere, or this
 * kernel has none.
 */
struct lock *loopback_listener(const struct loopback *, unsigned workload);

/*
 * The handshake of a workload's connection completes.  Nothing happens unless
 * it goes to an address of this machine.
 *
 * now		in no time, before the run begins
 */
void	loopback_opened(struct loopback *, uint32_t conn, bool now);
/* The client's close(2) is done: its FIN reaches the server. */
void	loopback_closed(struct loopback *, uint32_t conn);
/* A receive thread is done with a segment of the server's end. */
void	loopback_segment_done(struct loopback *, enum op, uint32_t conn);

#endif /* !MODELS_MACHINE_LOOPBACK_H */
