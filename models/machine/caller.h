/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Clients from outside that a recording has: each calls the service (server.h)
 * at its time, from its address and port, at the address and port that it
 * called when it was recorded.
 *
 * Theory:	a workload that replays a recording has the connections that
 *		programs opened; the others are here, at the same speed and as
 *		often.  Whatever port one of them came to has a listener on *
 *		from the beginning, so that no search gives it away.
 * Left out:	that listeners are several programs: one queue and one thread
 *		accept for all.  That a SYN may end a TIME_WAIT of its own
 *		tuple (tcp_twcheck()): it is refused.
 */

#ifndef MODELS_MACHINE_CALLER_H
#define	MODELS_MACHINE_CALLER_H

#include <stdint.h>

#include "models/machine/recording.h"

struct caller;
struct machine;
struct run_conf;
struct server;

struct callers {
	struct caller	*caller;	/* caller[n]: a recording each */
	unsigned	n;
};

/* None, where no workload has recorded clients. */
unsigned callers_nslots(const struct run_conf *);
/* After the server, which must outlive them; before anybody has a port. */
void	callers_init(struct callers *, struct machine *, struct server *);
void	callers_fini(struct callers *);

#endif /* !MODELS_MACHINE_CALLER_H */
