/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Connections whose peer is not heard of: timers close them, in softclock.
 *
 * Theory:	a SYN that nobody answers holds its port until the keepalive
 *		timer of a connection on its way goes off; then connect(2)
 *		fails with ETIMEDOUT.  A connection that we closed and the peer
 *		did not is in FIN_WAIT_2, and holds its port until the peer's
 *		FIN comes and TIME_WAIT begins, or until a timer gives it up
 *		and TIME_WAIT never was.  Both timers are callouts of CPU 0, and
 *		take the locks of a close there: whoever is served by softclock
 *		waits with them.
 *		What FIN_WAIT_2 lasts at most: tcp_timer_2msl() looks for the
 *		first time keepcnt x keepintvl after the ACK of our FIN, when
 *		that is not yet *longer* than this ago, and again after
 *		keepintvl: 675 s.  With fast_finwait2_recycle it is
 *		finwait2_timeout, whatever has been heard meanwhile.
 * Models:	tcp_timer_2msl(), tcp_timer_keep(), sys/netinet/tcp_timer.c;
 *		tcp_usr_connect(), tcp_usrreq.c; tcp_do_segment(), tcp_input.c;
 *		FreeBSD 12.1.  Of Linux tcp_fin_timeout alone (up to a minute
 *		FIN_WAIT_2 is a TIME_WAIT of that length, tcp_time_wait(),
 *		net/ipv4/tcp_minisocks.c) and how long tcp_syn_retries take,
 *		tcp_write_timeout(), tcp_timer.c, 6.18.
 * Left out:	SYNs that are sent again; keys of other kernels than FreeBSD
 *		and Linux: they have FreeBSD's defaults; a FIN that comes while
 *		its timer's close waits for a lock.
 */

#ifndef MODELS_MACHINE_LAPSE_H
#define	MODELS_MACHINE_LAPSE_H

#include <stdint.h>

#include "models/machine/run.h"
#include "sim/time.h"

struct inbound;
struct machine;
struct softclock;
struct timewait;

#define	LAPSE_NSLOTS	2

struct lapse {
	struct machine	*machine;
	struct softclock *softclock;
	struct inbound	*inbound;
	const struct timewait *timewait;
	unsigned	callout;
	unsigned	slot;		/* timers that go off */
	unsigned	slot_fin;	/* timers: FINs that come late */
};

void	lapse_init(struct lapse *, struct machine *, struct softclock *,
	    struct inbound *, const struct timewait *);

/* So long a SYN waits for its answer, FIN_WAIT_2 for the peer's FIN. */
simtime	lapse_syn_sent(const struct run_conf *);
simtime	lapse_finwait2(const struct run_conf *);

/*
 * Its SYN is out, and nobody will answer; when the timer has closed the pcb,
 * its owner's `lapsed' is called.
 */
void	lapse_unanswered(struct lapse *, uint32_t conn);
/*
 * We closed; `acked' from now on our FIN is acknowledged, and the peer's comes
 * `late' after that.
 */
void	lapse_finwait(struct lapse *, uint32_t conn, simtime acked,
	    simtime late);

#endif /* !MODELS_MACHINE_LAPSE_H */
