/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Monotone radix heap of timers; see timerq.h.
 */

#include <glib.h>

#include "sim/grow.h"
#include "sim/kassert.h"
#include "sim/timerq.h"

/* Blocks of the first slab. */
#define	TIMERQ_SLAB	4
/* Lines of a cache that are asked for before they are read. */
#define	TIMERQ_AHEAD	4

static size_t
timerq_block_bytes(uint64_t size)
{

	return (sizeof(struct timerq_block) + size * sizeof(struct timer));
}

static void
timerq_slab_new(struct timerq *q, struct timerq_pool *pool, uint64_t size)
{
	struct timerq_slab *slab;
	size_t bytes;
	uint32_t n;

	n = grow_size(pool->nblocks, TIMERQ_SLAB) - pool->nblocks;
	bytes = n * timerq_block_bytes(size);
	slab = g_malloc(sizeof(*slab) + bytes);
	slab->next = q->slabs;
	q->slabs = slab;
	pool->nblocks += n;
	pool->fresh = slab->blocks;
	pool->end = slab->blocks + bytes;
}

/*
 * A block for somebody: the last that was given back, else one whose memory
 * was never touched.
 */
static struct timerq_block *
timerq_block(struct timerq *q)
{
	const uint64_t size = q->count < TIMERQ_CROWD ? TIMERQ_FEW :
	    TIMERQ_MANY;
	struct timerq_pool *const pool = size == TIMERQ_FEW ? &q->few :
	    &q->many;
	struct timerq_block *block;

	block = pool->spare;
	if (block != NULL) {
		pool->spare = block->next;
		return (block);
	}
	if (pool->fresh == pool->end)
		timerq_slab_new(q, pool, size);
	block = (struct timerq_block *)pool->fresh;
	pool->fresh += timerq_block_bytes(size);
	block->size = size;
	return (block);
}

/* The tail, if there is one, is full: a block more. */
static void
timerq_extend(struct timerq *q, struct timerq_bucket *b)
{
	struct timerq_block *block;

	block = timerq_block(q);
	block->next = NULL;
	if (b->tail == NULL)
		b->head = block;
	else
		b->tail->next = block;
	b->tail = block;
	b->free = block->timer;
	b->end = block->timer + block->size;
}

/* A block of no bucket any more. */
static inline void
timerq_spare(struct timerq *q, struct timerq_block *block)
{
	struct timerq_pool *pool;

	pool = block->size == TIMERQ_FEW ? &q->few : &q->many;
	block->next = pool->spare;
	pool->spare = block;
}

static inline void
timerq_append(struct timerq *q, const struct timer *t)
{
	struct timerq_bucket *b;
	unsigned digit, value;

	/* Equal times differ, if you like, in the lowest bit. */
	digit = (63 - (unsigned)__builtin_clzll((uint64_t)(t->time ^
	    q->last) | 1)) / TIMERQ_BITS;
	value = (unsigned)(t->time >> digit * TIMERQ_BITS) &
	    (TIMERQ_VALUES - 1);
	b = &q->bucket[digit][value];
	if (__builtin_expect(b->free == b->end, 0))
		timerq_extend(q, b);
	/* Strictly: of equal times the first stays the first. */
	if (b->first == NULL || t->time < b->first_time) {
		b->first = b->free;
		b->first_time = t->time;
	}
	*b->free++ = *t;
	q->values[digit] |= 1u << value;
	q->digits |= 1u << digit;
}

void
timerq_push(struct timerq *q, struct timer t)
{

	KASSERT(t.time >= q->last, ("timer at %jd, after %jd",
	    (intmax_t)t.time, (intmax_t)q->last));
	timerq_append(q, &t);
	q->count++;
}

/* All of the lowest bucket's were taken; it keeps a block, its tail. */
static inline void
timerq_empty(struct timerq *q, struct timerq_bucket *b, unsigned digit)
{

	b->head = b->tail;
	b->free = b->tail->timer;
	b->first = NULL;
	q->values[digit] &= q->values[digit] - 1;
	if (q->values[digit] == 0)
		q->digits &= ~(1u << digit);
}

/* The rest follows by itself, as memory is read in sequence. */
static inline void
timerq_fetch(const struct timerq_block *block)
{
	unsigned i;

	for (i = 0; i < TIMERQ_AHEAD; i++)
		__builtin_prefetch((const char *)block + 64 * i);
}

/* Those before `end' in `block', but for `first', to the digits below. */
static inline void
timerq_lower(struct timerq *q, const struct timer *block,
    const struct timer *end, const struct timer *first)
{

	for (; block < end; block++)
		if (block != first)
			timerq_append(q, block);
}

/* Take the earliest of a bucket, move the others to the digits below. */
static struct timer
timerq_spread(struct timerq *q, struct timerq_bucket *b, unsigned digit)
{
	struct timerq_block *block, *next;
	const struct timer *end, *first;
	struct timer t;

	block = b->head;
	end = b->free;
	first = b->first;
	t = *first;
	q->last = t.time;
	timerq_empty(q, b, digit);
	for (; block != b->tail; block = next) {
		next = block->next;
		timerq_fetch(next);
		timerq_lower(q, block->timer, block->timer + block->size,
		    first);
		timerq_spare(q, block);
	}
	timerq_lower(q, block->timer, end, first);
	return (t);
}

/* The next of the lowest bucket, all of whose timers are of one time. */
static struct timer
timerq_take(struct timerq *q, struct timerq_bucket *b)
{
	struct timerq_block *block;
	struct timer t;

	block = b->head;
	t = block->timer[q->front++];
	q->last = t.time;
	if (&block->timer[q->front] == b->free) {
		q->front = 0;
		timerq_empty(q, b, 0);
	} else if (q->front == block->size) {
		q->front = 0;
		b->head = block->next;
		timerq_spare(q, block);
	}
	return (t);
}

struct timer
timerq_pop(struct timerq *q)
{
	struct timerq_bucket *b;
	unsigned digit;

	KASSERT(q->count > 0, ("no timer to pop"));
	q->count--;
	digit = (unsigned)__builtin_ctz(q->digits);
	b = &q->bucket[digit][__builtin_ctz(q->values[digit])];
	return (digit > 0 ? timerq_spread(q, b, digit) : timerq_take(q, b));
}

void
timerq_fini(struct timerq *q)
{
	struct timerq_slab *next, *slab;

	for (slab = q->slabs; slab != NULL; slab = next) {
		next = slab->next;
		g_free(slab);
	}
}
