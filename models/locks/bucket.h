/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The mutexes of single hash buckets.  There are many, and at any time few of
 * them matter: a lock exists here only while somebody holds it or waits for
 * it.
 *
 * Models:	the bucket mutexes of sys/netinet/in_pcb.c, main of 2025.
 */

#ifndef MODELS_LOCKS_BUCKET_H
#define	MODELS_LOCKS_BUCKET_H

#include <stdbool.h>
#include <stdint.h>

#include "models/net/seek.h"
#include "models/locks/lock.h"

struct net;

struct bucket_lock {
	struct lock	lock;
	struct lock_stats stats;	/* histograms are the set's */
	unsigned	kind;		/* models/net/seek.h */
	uint32_t	bucket;
	uint16_t	lport;		/* for which it was first wanted */
	unsigned	users;		/* who hold it or wait for it */
	struct bucket_lock *next;	/* live ones, or free ones */
};

struct bucket_set {
	struct lockset	*lockset;
	const struct lock_kind *kinds;	/* kinds[nkinds] */
	unsigned	nkinds;		/* 0: this kernel has none */
	struct bucket_lock *live, *free;
	struct lock_stats stats;	/* of all of them */
	/* uses[nkinds][LOCK_USES]; NULL: not asked. */
	struct lock_use	(*uses)[LOCK_USES];
};

/* What a bucket is looked up for. */
struct bucket_key {
	unsigned	kind;		/* models/net/seek.h */
	uint32_t	bucket;
	uint16_t	lport;
};

/* kinds[n], which must outlive the set. */
void	bucket_init(struct bucket_set *, struct lockset *,
	    const struct lock_kind *kinds, unsigned n);
void	bucket_fini(struct bucket_set *);

/* The lock, made if need be, for one more thread that wants it. */
struct lock *bucket_want(struct bucket_set *, const struct bucket_key *);

/* The thread has released it. */
void	bucket_done(struct bucket_set *, struct lock *);

/* The lock of this kind that the thread holds; panics if there is none. */
struct lock *bucket_held(const struct bucket_set *, const struct thread *,
	    unsigned kind);

/* Is it the lock of a bucket? */
bool	bucket_is(const struct bucket_set *, const struct lock *);

/* Time held so far, summed over all buckets, ps. */
simtime	bucket_busy(const struct bucket_set *, simtime now);

/*
 * Candidates from port `start' of [q.first, q.last] that can be tried, of
 * `max', before one whose bucket is locked now.
 */
unsigned bucket_ahead(const struct bucket_set *, const struct net *,
	    const struct net_seek *, unsigned max);

#endif /* !MODELS_LOCKS_BUCKET_H */
