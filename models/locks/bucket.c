/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Locks of buckets, as they are needed; see bucket.h.
 *
 * Theory:	the live ones are as many as threads inside a bind(2), a
 *		connect(2) or an accept: a list does.  Counts and histograms
 *		are kept for all together.
 */

#include <glib.h>

#include "models/locks/bucket.h"
#include "sim/kassert.h"

/* lock.id of a bucket's lock: this and its kind. */
#define	BUCKET_ID	(UINT32_MAX - NET_MAXBUCKETS)

void
bucket_init(struct bucket_set *bs, struct lockset *ls,
    const struct lock_kind *kinds, unsigned n)
{
	struct lock none;

	*bs = (struct bucket_set){ .lockset = ls, .kinds = kinds,
	    .nkinds = n };
	if (n > 0)
		lock_stats_init(&none, &bs->stats);
}

static void
chain_free(struct bucket_lock *b)
{
	struct bucket_lock *next;

	for (; b != NULL; b = next) {
		next = b->next;
		g_free(b);
	}
}

void
bucket_fini(struct bucket_set *bs)
{

	if (bs->nkinds == 0)
		return;
	chain_free(bs->live);
	chain_free(bs->free);
	lock_stats_fini(&bs->stats);
}

struct lock *
bucket_want(struct bucket_set *bs, const struct bucket_key *key)
{
	struct bucket_lock *b;

	for (b = bs->live; b != NULL; b = b->next)
		if (b->kind == key->kind && b->bucket == key->bucket) {
			b->users++;
			return (&b->lock);
		}
	b = bs->free;
	if (b != NULL)
		bs->free = b->next;
	else
		b = g_new(struct bucket_lock, 1);
	*b = (struct bucket_lock){ .kind = key->kind, .bucket = key->bucket,
	    .lport = key->lport, .users = 1, .next = bs->live };
	bs->live = b;
	lock_init(&b->lock, bs->lockset, bs->kinds[key->kind].name,
	    bs->kinds[key->kind].class, BUCKET_ID + key->kind);
	b->stats = (struct lock_stats){ .hold = bs->stats.hold,
	    .wait = bs->stats.wait, .stall_start = SIM_NEVER,
	    .uses = bs->uses == NULL ? NULL : bs->uses[key->kind] };
	b->lock.stats = &b->stats;
	return (&b->lock);
}

static struct bucket_lock *
bucket_of(struct lock *lk)
{

	return ((struct bucket_lock *)(void *)lk);
}

_Static_assert(offsetof(struct bucket_lock, lock) == 0,
    "a bucket_lock is not a lock");

void
bucket_done(struct bucket_set *bs, struct lock *lk)
{
	struct bucket_lock *b, **link;

	b = bucket_of(lk);
	if (--b->users > 0)
		return;
	bs->stats.acquisitions += b->stats.acquisitions;
	bs->stats.contested += b->stats.contested;
	bs->stats.spins += b->stats.spins;
	bs->stats.sleeps += b->stats.sleeps;
	bs->stats.busy += b->stats.busy;
	for (link = &bs->live; *link != b; link = &(*link)->next)
		continue;
	*link = b->next;
	b->next = bs->free;
	bs->free = b;
}

struct lock *
bucket_held(const struct bucket_set *bs, const struct thread *t,
    unsigned kind)
{
	unsigned i;

	for (i = 0; i < t->nheld; i++)
		if (t->held[i]->id == BUCKET_ID + kind)
			return (t->held[i]);
	kpanic("%s holds no %s", t->name, bs->kinds[kind].name);
}

bool
bucket_is(const struct bucket_set *bs, const struct lock *lk)
{

	return (lk->id >= BUCKET_ID && lk->id < BUCKET_ID + bs->nkinds);
}

simtime
bucket_busy(const struct bucket_set *bs, simtime now)
{
	const struct bucket_lock *b;
	simtime busy;

	busy = bs->stats.busy;
	for (b = bs->live; b != NULL; b = b->next) {
		busy += b->stats.busy;
		if (b->lock.owner != NULL)
			busy += now - b->lock.held_since;
	}
	return (busy);
}

unsigned
bucket_ahead(const struct bucket_set *bs, const struct net *n,
    const struct net_seek *s, unsigned max)
{
	const struct net_seek_locks *locks;
	const struct bucket_lock *b;
	unsigned ahead, range;

	if (s->unlocked)
		return (max);
	locks = net_seek_locks(n, s);
	range = s->q.last - s->q.first + 1u;
	for (b = bs->live; b != NULL; b = b->next) {
		if (!lock_held(&b->lock) || b->lport < s->q.first ||
		    b->lport > s->q.last || (b->kind != locks->kind[0] &&
		    b->kind != locks->kind[1]) ||
		    net_bucket(n, b->kind, s->q.faddr, s->q.fport,
		    b->lport) != b->bucket)
			continue;
		ahead = (b->lport + range - s->left.start) % range;
		if (ahead % s->left.step == 0)
			max = MIN(max, ahead / s->left.step);
	}
	return (max);
}
