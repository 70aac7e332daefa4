/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Connections in TIME_WAIT.  Their pcbs stay in every table: they count as
 * taken.
 *
 * Theory:	to 13.x a FIFO of at most maxtcptw; one too many closes the
 *		oldest at once, in the receive thread; the rest expire in a
 *		scan 500 ms after the one before has ended.  From 14 on no
 *		cap, one callout each.
 *		A SYN for the tuple of a TIME_WAIT, from a client that comes
 *		back with the port it had, ends it: it is closed, and the SYN
 *		goes on to the listener.
 * Models:	tcp_twstart(), tcp_tw_2msl_scan(), tcp_twcheck(), sys/netinet/
 *		tcp_timewait.c, and pfslowtimo(), sys/kern/uipc_domain.c, which
 *		arms itself again as its last statement, FreeBSD 12.1;
 *		tcp_twstart(), FreeBSD 14.3.  inet_twsk_schedule(),
 *		net/ipv4/inet_timewait_sock.c, Linux 6.18: a timer each.
 *		tcp_timewait_state_process(), tcp_minisocks.c: the same of
 *		SYNs.
 * Left out:	restart of the 2 MSL by a retransmitted FIN; SYNs whose
 *		sequence number is not above the old one's (a client's clock
 *		would have gone back).
 */

#ifndef MODELS_MACHINE_TIMEWAIT_H
#define	MODELS_MACHINE_TIMEWAIT_H

#include <stdbool.h>
#include <stdint.h>

#include "models/machine/fifo.h"
#include "models/machine/run.h"
#include "models/machine/tuples.h"
#include "sim/sim.h"

struct conn;
struct machine;
struct softclock;

/* What has become of a TIME_WAIT whose tuple a SYN took. */
enum timewait_ending {
	TIMEWAIT_STANDS,	/* none did */
	TIMEWAIT_TAKEN,		/* its pcb goes, or is gone */
	TIMEWAIT_OVER		/* .. and its time was over meanwhile */
};

#define	TIMEWAIT_NSLOTS	2

struct timewait {
	struct machine	*machine;
	struct softclock *softclock;
	struct fifo	conn;		/* capped: oldest first */
	struct fifo	expiry;		/* ps, in step with `conn' */
	uint64_t	count;		/* slots in use: in TIME_WAIT, or
					   about to be */
	uint64_t	max;		/* cap; UINT64_MAX: none */
	unsigned	end, scan;	/* callouts: one connection's; all */
	unsigned	slot;		/* callouts: ring of 2 MSL */
	unsigned	slot_scan;	/* pfslowtimo() */
	uint64_t	scanned;	/* expiry of the one in hand */
	uint64_t	over;		/* callouts: posted, not freed */
	uint32_t	ending;		/* in hand, CONN_NONE: its pcb is no
					   more */
	bool		scanning;	/* capped: one is in hand */
	uint32_t	*of_pcb;	/* of_pcb[npcbs], conns, where a
					   connect() may end a TIME_WAIT */
	uint32_t	npcbs;
	bool		returns;	/* clients may come back, */
	struct tuples	tuples;		/* .. so here they are by tuple */
};

/* Carries out ACT_TIMEWAIT. */
void	timewait_init(struct timewait *, struct machine *,
	    struct softclock *);
void	timewait_fini(struct timewait *);

/*
 * The cap for a range and a number of sockets.
 *
 * Models:	tcptw_auto_size(), sys/netinet/tcp_timewait.c, FreeBSD 12.1.
 */
uint64_t timewait_auto_max(uint16_t first, uint16_t last,
	    uint64_t maxsockets);

/* Those whose time is over, and whose pcbs are there still. */
uint64_t timewait_over(const struct timewait *);
/* Does a connection to `faddr' go without TIME_WAIT (nolocaltimewait)? */
bool	timewait_skipped(const struct timewait *, uint32_t faddr);
/*
 * A slot for one more.  False: all are in use, and the oldest must go first:
 * its slot is passed on (timewait_recycle()).
 */
bool	timewait_reserve(struct timewait *);
/*
 * Take the oldest out of the queue for the sake of its slot; its pcb is the
 * caller's to remove.  CONN_NONE: none is there yet, all slots belong to
 * connections on their way in; the kernel then goes without TIME_WAIT.
 */
uint32_t timewait_recycle(struct timewait *);

/*
 * The connection in TIME_WAIT whose tuple a client's SYN has, taken out for
 * its sake: its pcb is the caller's to remove, then timewait_taken().
 * CONN_NONE: there is none.
 */
uint32_t timewait_take(struct timewait *, const struct conn *comes);
void	timewait_taken(struct timewait *, uint32_t conn);

#endif /* !MODELS_MACHINE_TIMEWAIT_H */
