/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Connections of the run: what the simulator must remember of each beside its
 * pcb.  A handle is an index that is used again once the connection is over.
 */

#ifndef MODELS_MACHINE_CONN_H
#define	MODELS_MACHINE_CONN_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/time.h"

#define	CONN_NONE	UINT32_MAX
#define	CONN_INBOUND	UINT16_MAX	/* conn.workload of an accepted one */
/* .. of one of an observer's. */
#define	CONN_OBSERVER(n)	((uint16_t)(CONN_INBOUND - 1 - (n)))

/* What the measures know of it. */
enum conn_measured {
	CONN_MEASURED_NOT,
	CONN_MEASURED_OPEN,
	CONN_MEASURED_ENDED	/* its last segment is gone */
};

/* There may be ten million: the largest first, and no byte for a bit. */
struct conn {
	simtime		due;		/* when this attempt was due; over the
					   loopback, once it is decided, when
					   its program called */
	simtime		lifetime;	/* SIM_NEVER: never closed; < 0: this
					   place is free */
	uint32_t	pcb;		/* NET_NOPCB: none */
	uint32_t	serial;		/* counts connections; picks a queue */
	uint32_t	laddr;		/* to bind to; NET_ANY: not bound */
	uint32_t	faddr;
	uint32_t	twin;		/* over the loopback: the other end,
					   CONN_NONE: none, or not here */
	uint16_t	fport;
	uint16_t	lport;		/* explicit port, 0: none */
	uint16_t	workload;	/* index, or CONN_INBOUND */
	union {
		uint16_t	tried;	/* connect() failed so often, at once */
		uint16_t	caller;	/* from outside: the workload that has
					   recorded it, or CONN_INBOUND */
	};
	bool		server : 1;	/* this is the server's end */
	bool		open : 1;	/* connect() succeeded */
	bool		binds : 1;	/* bind() first, to laddr or *, lport or
					   whatever the kernel chooses */
	bool		failed : 1;	/* got an error, and nothing else yet */
	bool		loopback : 1;	/* its segments come by netisr */
	unsigned	measured : 2;	/* enum conn_measured */
	unsigned	closer : 3;	/* who closes first: enum
					   workload_closer */
	unsigned	ending : 3;	/* of its TIME_WAIT: enum
					   timewait_ending */
	unsigned	recorded : 3;	/* accepted: how its recording says
					   that it ended, enum
					   recording_closer */
	uint8_t		tries;		/* a segment was lost so often */
	uint8_t		stream;		/* .. in which (measures.h) */
};

_Static_assert(sizeof(struct conn) == 48, "a connection has grown");

struct conn_table {
	struct conn	*conn;		/* conn[size] */
	simtime		*wanted;	/* wanted[size]; NULL: nobody asks */
	uint32_t	size;
	uint32_t	used;		/* ever */
	uint32_t	free;		/* chain through .serial */
	uint32_t	serial;
};

void	conn_table_init(struct conn_table *);
void	conn_table_fini(struct conn_table *);

/* A new connection; its fields but pcb and serial are the caller's to set. */
uint32_t conn_alloc(struct conn_table *);
void	conn_release(struct conn_table *, uint32_t idx);

/* So many bits of a serial tell who has a place from who had it. */
#define	CONN_SERIALS	((UINT32_C(1) << 26) - 1)

/* Is it over, whose place, and low bits of the serial, these are? */
bool	conn_is_over(const struct conn_table *, uint32_t idx, uint32_t serial);

/*
 * When it was first due: only who tries again for so long asks, so that of most
 * it is not kept.
 */
void	conn_want(struct conn_table *, uint32_t idx, simtime when);

static inline simtime
conn_wanted(const struct conn_table *ct, uint32_t idx)
{

	return (ct->wanted[idx]);
}

static inline struct conn *
conn_get(const struct conn_table *ct, uint32_t idx)
{

	return (&ct->conn[idx]);
}

#endif /* !MODELS_MACHINE_CONN_H */
