/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The inside of XNU's tables, for models/xnu/ alone.
 */

#ifndef MODELS_XNU_XNU_H
#define	MODELS_XNU_XNU_H

#include <stdbool.h>
#include <stdint.h>

#include "models/net/family.h"
#include "models/pcb/table.h"
#include "models/ports/set.h"

struct xnu {
	struct net	net;		/* first */
	struct pcb_table table;
	bool		random;		/* net.inet.tcp.randomize_ports */
	uint16_t	lastport;	/* the rover */
	struct port_set	restricted;	/* never given automatically */
};

static inline struct xnu *
xnu_of(struct net *n)
{

	return ((struct xnu *)(void *)n);
}

static inline const struct xnu *
xnu_of_const(const struct net *n)
{

	return ((const struct xnu *)(const void *)n);
}

/* The pcb; panics if it is free. */
struct pcb *xnu_pcb(const struct xnu *, uint32_t pcb);

/*
 * Search a port that no pcb holds from `laddr's point of view.  Returns 0 or
 * EADDRNOTAVAIL.
 */
int	xnu_lport(struct xnu *, uint32_t laddr, uint16_t *lport,
	    struct net_op *);

/* The system calls; see models/net/family.h. */
uint32_t xnu_socket(struct net *, unsigned opts, uint32_t uid,
	    struct net_op *);
void	xnu_setopt(struct net *, uint32_t pcb, enum net_sockopt, bool on);
void	xnu_bind(struct net *, uint32_t pcb, uint32_t laddr, uint16_t lport,
	    struct net_op *);
void	xnu_listen(struct net *, uint32_t pcb, struct net_op *);
void	xnu_connect(struct net *, uint32_t pcb, uint32_t faddr,
	    uint16_t fport, struct net_op *);
void	xnu_accept(struct net *, uint32_t pcb, const struct net_end *,
	    struct net_op *);
void	xnu_close(struct net *, uint32_t pcb, struct net_op *);

#endif /* !MODELS_XNU_XNU_H */
