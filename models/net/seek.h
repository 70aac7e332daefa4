/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * bind(2) and connect(2) piece by piece, for kernels that hold no lock over
 * the whole of a search: other threads may change the tables between two
 * pieces.
 *
 * A stretch tries candidates as the tables are now.  It ends before one that
 * is to be looked at under the locks of its buckets: the one that seems to be
 * free, one with a long list, or whatever the caller asked for with `max' 0.
 * The caller takes those locks and says net_seek_take().  The operation that
 * results is the same as net_bind()'s or net_connect()'s if nobody else
 * changed the tables meanwhile.
 */

#ifndef MODELS_NET_SEEK_H
#define	MODELS_NET_SEEK_H

#include <stdbool.h>
#include <stdint.h>

#include "models/net/rule.h"

struct net;
struct net_op;

/* A candidate with a list longer than this is looked at alone. */
#define	NET_SEEK_LONG	64

/* Kinds of hash bucket with locks of their own, at most; a family numbers
   its kinds from 0. */
#define	NET_MAXBUCKETS	4

enum net_seek_state {
	NET_SEEK_OVER,		/* op->error says how */
	NET_SEEK_MORE,		/* candidates are left */
	NET_SEEK_CANDIDATE	/* look at the next one under its locks */
};

struct net_seek {
	uint32_t	pcb;
	bool		connects;	/* connect(2); else bind(2) */
	bool		searches;	/* else the port is given */
	bool		unlocked;	/* candidates are looked at without
					   their locks, but the one to take */
	struct port_query q;
	struct port_run	left;		/* .start: the next candidate */
	uint64_t	own[16];	/* the family's */
};

/* The buckets' locks that a candidate is looked at under, in order. */
struct net_seek_locks {
	uint8_t		kind[2];	/* held from the look on */
	uint8_t		paid;		/* locks taken and dropped in all */
};

/* What a family implements; see the functions below. */
struct net_seek_ops {
	enum net_seek_state (*begin_bind)(struct net *, struct net_seek *,
			    uint32_t laddr, uint16_t lport, struct net_op *);
	enum net_seek_state (*begin_connect)(struct net *, struct net_seek *,
			    uint32_t faddr, uint16_t fport, struct net_op *);
	enum net_seek_state (*stretch)(struct net *, struct net_seek *,
			    unsigned max, struct net_op *);
	enum net_seek_state (*take)(struct net *, struct net_seek *,
			    struct net_op *);
	uint32_t	(*bucket)(const struct net *, unsigned kind,
			    uint32_t faddr, uint16_t fport, uint16_t lport);
	struct net_seek_locks bind, connect;
};

/*
 * Begin.  The net_op is cleared here and added to below; its error is set when
 * the state is NET_SEEK_OVER.
 */
enum net_seek_state net_seek_bind(struct net *, struct net_seek *,
	    uint32_t pcb, uint32_t laddr, uint16_t lport, struct net_op *);
enum net_seek_state net_seek_connect(struct net *, struct net_seek *,
	    uint32_t pcb, uint32_t faddr, uint16_t fport, struct net_op *);

/* Try at most `max' candidates without their locks. */
enum net_seek_state net_seek_stretch(struct net *, struct net_seek *,
	    unsigned max, struct net_op *);

/*
 * Look at the next candidate and enter the tables if it is free (or, where the
 * port is given, if it may be had).  NET_SEEK_OVER: entered, or failed for
 * good; NET_SEEK_MORE: taken, go on with the next.
 */
enum net_seek_state net_seek_take(struct net *, struct net_seek *,
	    struct net_op *);

/* The locks of this search's candidates. */
const struct net_seek_locks *net_seek_locks(const struct net *,
	    const struct net_seek *);

/* The number of a port's bucket; faddr and fport matter to some kinds. */
uint32_t net_bucket(const struct net *, unsigned kind, uint32_t faddr,
	    uint16_t fport, uint16_t lport);

#endif /* !MODELS_NET_SEEK_H */
