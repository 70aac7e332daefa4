/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The inside of DragonFly's tables, for models/dragonfly/ alone.
 *
 *	class (port mod CPUs) -> bucket (port mod a prime) -> port heads
 *	                                                        -> pcbs
 *	CPU (of the 4-tuple) -> bucket -> connected pcbs
 */

#ifndef MODELS_DRAGONFLY_DRAGONFLY_H
#define	MODELS_DRAGONFLY_DRAGONFLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/net/family.h"
#include "models/pcb/heads.h"
#include "models/pcb/memo.h"
#include "models/ports/addr.h"

#define	DPCB_NONE	UINT32_MAX

/* dragonfly_pcb.flags */
#define	DPCB_FREE	0x01
#define	DPCB_INPORT	0x02	/* in the port table */
#define	DPCB_INCONN	0x04	/* in a connection table: connected */
#define	DPCB_LISTENING	0x08
#define	DPCB_ACCEPTED	0x10	/* made by a listener */

struct dragonfly_pcb {
	uint32_t	laddr, faddr;
	uint16_t	lport, fport;
	uint32_t	uid;
	uint32_t	pnext, pprev;	/* on its port; free ones: pnext */
	uint32_t	cnext, cprev;	/* in its connection bucket */
	uint16_t	laddr_idx;	/* number of laddr, in the port table */
	uint8_t		opts;		/* set of enum net_sockopt */
	uint8_t		flags;
};

/* What a candidate is asked. */
enum dragonfly_rule {
	/* Any pcb with laddr, or * on either side; connected or not. */
	DRAGONFLY_LOCAL,
	/* An unconnected one with exactly laddr. */
	DRAGONFLY_EXACT,
	/* One with laddr or *, and the foreign end or none. */
	DRAGONFLY_REMOTE
};

struct dragonfly {
	struct net	net;		/* first */
	enum net_search	search;
	unsigned	cpus;		/* protocol threads, classes of ports */
	unsigned	trycount;	/* net.inet.ip.porthash_trycount */
	struct dragonfly_pcb *pcb;	/* pcb[size] */
	uint32_t	size, used, free;
	size_t		hashed;		/* pcbs in any table */
	/* The port table. */
	struct pcb_heads heads;
	uint32_t	list[65536];	/* first pcb on each port, */
	uint32_t	on[65536];	/* .. and how many there are */
	uint16_t	place[65536];	/* of each port, class by class */
	uint16_t	port[65536];	/* .. at each place */
	/* Connection tables, one a CPU. */
	uint32_t	hashsize;
	uint32_t	*conn;		/* conn[cpus * hashsize] */
	/* The search by index. */
	struct pcb_clock clock, clock_place;
	struct pcb_memos by_port, by_place;
	struct port_addr_table addrs;
};

static inline struct dragonfly *
dragonfly_of(struct net *n)
{

	return ((struct dragonfly *)(void *)n);
}

static inline const struct dragonfly *
dragonfly_of_const(const struct net *n)
{

	return ((const struct dragonfly *)(const void *)n);
}

/* ---- table.c: the tables ------------------------------------------------ */

/* Anew for so many CPUs; there must be no pcb. */
void	dragonfly_table_init(struct dragonfly *, unsigned cpus);
void	dragonfly_table_fini(struct dragonfly *);
size_t	dragonfly_table_memory(const struct dragonfly *);
void	dragonfly_table_check(const struct dragonfly *);

uint32_t dragonfly_pcb_new(struct dragonfly *);
void	dragonfly_pcb_free(struct dragonfly *, uint32_t pcb);
/* The pcb; panics if it is free. */
struct dragonfly_pcb *dragonfly_pcb(const struct dragonfly *, uint32_t pcb);

/* Into, out of the port table, by its lport. */
void	dragonfly_port_insert(struct dragonfly *, uint32_t pcb,
	    struct net_visits *);
void	dragonfly_port_remove(struct dragonfly *, uint32_t pcb);
/* Other addresses for a pcb, wherever it is but in a connection table. */
void	dragonfly_pcb_set(struct dragonfly *, uint32_t pcb, uint32_t laddr,
	    uint32_t faddr, uint16_t fport);

/*
 * The pcb that a lookup of the port finds, or DPCB_NONE; the nodes of the
 * port's list are added to *visits, those of the bucket are not.  Along the
 * list; or, unless searches are by walk, without it if nobody there matters.
 */
uint32_t dragonfly_port_walk(const struct dragonfly *,
	    const struct pcb_question *, uint16_t lport, uint64_t *visits);
uint32_t dragonfly_port_find(const struct dragonfly *,
	    const struct pcb_question *, uint16_t lport, uint64_t *visits);

/* Is the 4-tuple in its CPU's table? */
bool	dragonfly_conn_find(const struct dragonfly *, uint32_t faddr,
	    uint16_t fport, uint32_t laddr, uint16_t lport,
	    uint64_t *visits);
void	dragonfly_conn_insert(struct dragonfly *, uint32_t pcb);
void	dragonfly_conn_remove(struct dragonfly *, uint32_t pcb);

/* ---- lport.c: the search for a port ------------------------------------- */

/*
 * For bind(2), class by class; for connect(2), for a socket that has its
 * laddr already.  0, EADDRNOTAVAIL or NET_EDIVZERO.
 */
int	dragonfly_lport_bind(struct dragonfly *, const struct pcb_question *,
	    uint16_t *lport, struct net_op *);
int	dragonfly_lport_connect(struct dragonfly *,
	    const struct pcb_question *, uint16_t *lport, struct net_op *);

/* ---- call.c: the system calls ------------------------------------------- */

uint32_t dragonfly_socket(struct net *, unsigned opts, uint32_t uid,
	    struct net_op *);
void	dragonfly_setopt(struct net *, uint32_t pcb, enum net_sockopt,
	    bool on);
void	dragonfly_bind(struct net *, uint32_t pcb, uint32_t laddr,
	    uint16_t lport, struct net_op *);
void	dragonfly_listen(struct net *, uint32_t pcb, struct net_op *);
void	dragonfly_connect(struct net *, uint32_t pcb, uint32_t faddr,
	    uint16_t fport, struct net_op *);
void	dragonfly_accept(struct net *, uint32_t pcb, const struct net_end *,
	    struct net_op *);
void	dragonfly_close(struct net *, uint32_t pcb, struct net_op *);

#endif /* !MODELS_DRAGONFLY_DRAGONFLY_H */
