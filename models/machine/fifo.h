/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * First in, first out: a growable ring of 64-bit words (jobs, segments,
 * callouts that wait for a thread).
 */

#ifndef MODELS_MACHINE_FIFO_H
#define	MODELS_MACHINE_FIFO_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

#include "sim/kassert.h"

struct fifo {
	uint64_t	*word;		/* word[size] */
	uint64_t	size;		/* power of two, or 0 */
	uint64_t	head, tail;	/* ever taken, ever put */
};

static inline uint64_t
fifo_count(const struct fifo *f)
{

	return (f->tail - f->head);
}

/* The oldest and the newest word; only if there is one. */
static inline uint64_t *
fifo_first(const struct fifo *f)
{

	KASSERT(f->head != f->tail, ("first of nothing"));
	return (&f->word[f->head & (f->size - 1)]);
}

static inline uint64_t *
fifo_last(const struct fifo *f)
{

	KASSERT(f->head != f->tail, ("last of nothing"));
	return (&f->word[(f->tail - 1) & (f->size - 1)]);
}

/* The i-th after the oldest; i < fifo_count(). */
static inline uint64_t
fifo_at(const struct fifo *f, uint64_t i)
{

	KASSERT(i < fifo_count(f), ("word %ju", (uintmax_t)i));
	return (f->word[(f->head + i) & (f->size - 1)]);
}

static inline uint64_t
fifo_take(struct fifo *f)
{
	uint64_t word;

	word = *fifo_first(f);
	f->head++;
	return (word);
}

/* Make room for one more. */
static inline void
fifo_room(struct fifo *f)
{
	uint64_t *grown;
	uint64_t i, size;

	if (fifo_count(f) < f->size)
		return;
	size = f->size == 0 ? 64 : 2 * f->size;
	grown = g_new(uint64_t, size);
	for (i = f->head; i != f->tail; i++)
		grown[i & (size - 1)] = f->word[i & (f->size - 1)];
	g_free(f->word);
	f->word = grown;
	f->size = size;
}

static inline void
fifo_put(struct fifo *f, uint64_t word)
{

	fifo_room(f);
	f->word[f->tail++ & (f->size - 1)] = word;
}

/* What was taken last goes back to its place. */
static inline void
fifo_untake(struct fifo *f, uint64_t word)
{

	KASSERT(f->head > 0, ("nothing was taken"));
	fifo_room(f);
	f->word[--f->head & (f->size - 1)] = word;
}

static inline void
fifo_fini(struct fifo *f)
{

	g_free(f->word);
}

#endif /* !MODELS_MACHINE_FIFO_H */
