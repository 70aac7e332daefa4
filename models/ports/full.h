/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What is known to be full: searches that failed, until a port frees.
 *
 * Theory:	a search that has looked at every port in vain fails again, as
 *		long as nobody lets go of a port that its rule looks at.  So a
 *		question (a rule, an address, a destination) has a version,
 *		which rises whenever a port may have become free for it; one
 *		that failed at this version need not be asked again.  Versions
 *		are sums of counters in tables of fixed size: of the question,
 *		of the address, of all.  Questions that share a counter only
 *		make each other forget.
 *
 *		connected (A, p, D) goes:	tuple A to D; local A; local *,
 *						if nobody is on p any more
 *		unconnected (A, p) goes,	all of A; local *, as above
 *		 or is connected
 *		unconnected (*, p), likewise:	all there are
 *
 * No kernel's; a proposal.  25 KiB.
 */

#ifndef MODELS_PORTS_FULL_H
#define	MODELS_PORTS_FULL_H

#include <stdbool.h>
#include <stdint.h>

#include "models/net/rule.h"

#define	PORT_FULL_SLOTS		1024u	/* powers of two */
#define	PORT_FULL_LADDRS	256u

struct port_full_entry {
	uint32_t	laddr, faddr;
	uint16_t	fport;
	uint16_t	first, last;	/* 0, 0: no question failed */
	uint8_t		rule;
	uint32_t	version;	/* when it failed */
};

struct port_full {
	uint32_t	all;
	uint32_t	of_laddr[PORT_FULL_LADDRS];
	uint32_t	of_question[PORT_FULL_SLOTS];
	struct port_full_entry failed[PORT_FULL_SLOTS];
};

/* The question's version now; g_new0() makes the first. */
uint32_t port_full_version(const struct port_full *,
	    const struct port_query *);
/* Would a search for it fail? */
bool	port_full_is(const struct port_full *, const struct port_query *);
/*
 * A search over all ports of q->first to q->last, which began at this version,
 * has failed.
 */
void	port_full_set(struct port_full *, const struct port_query *,
	    uint32_t version);

/* A connection has gone; `empty': nobody is on its port any more. */
void	port_full_left(struct port_full *, uint32_t laddr, uint32_t faddr,
	    uint16_t fport, bool empty);
/* Somebody who was not connected has gone, or has been connected. */
void	port_full_opened(struct port_full *, uint32_t laddr, bool empty);

#endif /* !MODELS_PORTS_FULL_H */
