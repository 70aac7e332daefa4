/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Bitmaps in three levels.
 *
 * Theory:	a search that fails has a full range before it, one that
 *		succeeds late a nearly full one.  The `full' bits let it pass
 *		over 4096 taken ports with one comparison, `whole' over all
 *		those that one set has; the `some' bits do the same for sets
 *		that are nearly empty.
 */

#include <string.h>

#include "models/ports/set.h"
#include "sim/kassert.h"

void
port_set_clear(struct port_set *s)
{

	memset(s, 0, sizeof(*s));
}

void
port_set_add(struct port_set *s, uint16_t port)
{
	uint64_t bit, old;
	unsigned w;

	w = port / 64;
	bit = UINT64_C(1) << port % 64;
	old = s->word[w];
	KASSERT((old & bit) == 0, ("port %u is in the set", port));
	s->word[w] = old | bit;
	s->count++;
	if (old == 0)
		s->some[w / 64] |= UINT64_C(1) << w % 64;
	if ((old | bit) != UINT64_MAX)
		return;
	s->full[w / 64] |= UINT64_C(1) << w % 64;
	if (s->full[w / 64] == UINT64_MAX)
		s->whole |= 1u << w / 64;
}

void
port_set_remove(struct port_set *s, uint16_t port)
{
	uint64_t bit, old;
	unsigned w;

	w = port / 64;
	bit = UINT64_C(1) << port % 64;
	old = s->word[w];
	KASSERT((old & bit) != 0, ("port %u is not in the set", port));
	s->word[w] = old & ~bit;
	s->count--;
	if (old == UINT64_MAX) {
		s->full[w / 64] &= ~(UINT64_C(1) << w % 64);
		s->whole &= ~(1u << w / 64);
	}
	if (old == bit)
		s->some[w / 64] &= ~(UINT64_C(1) << w % 64);
}

/* Bits lo to hi of a word, both within it. */
static uint64_t
mask(unsigned lo, unsigned hi)
{

	return (UINT64_MAX << lo & UINT64_MAX >> (63 - hi));
}

unsigned
port_set_next(const struct port_set *s, unsigned lo, unsigned hi)
{
	uint64_t m;
	unsigned last, w;

	if (lo > hi || s->count == 0)
		return (PORT_NONE);
	w = lo / 64;
	last = hi / 64;
	m = s->word[w] & UINT64_MAX << lo % 64;
	while (m == 0) {
		if (++w > last)
			return (PORT_NONE);
		m = s->some[w / 64] & UINT64_MAX << w % 64;
		if (m == 0) {
			w |= 63;
			continue;
		}
		w = w / 64 * 64 + (unsigned)__builtin_ctzll(m);
		if (w > last)
			return (PORT_NONE);
		m = s->word[w];
	}
	lo = w * 64 + (unsigned)__builtin_ctzll(m);
	return (lo <= hi ? lo : PORT_NONE);
}

unsigned
port_set_prev(const struct port_set *s, unsigned lo, unsigned hi)
{
	uint64_t m;
	unsigned w;

	if (lo > hi || s->count == 0)
		return (PORT_NONE);
	w = hi / 64;
	m = s->word[w] & mask(0, hi % 64);
	while (m == 0) {
		if (w-- == lo / 64)
			return (PORT_NONE);
		m = s->word[w];
	}
	hi = w * 64 + 63 - (unsigned)__builtin_clzll(m);
	return (hi >= lo ? hi : PORT_NONE);
}

/*
 * Bits set: sums of two, four, eight neighbours, then of all bytes.  Without
 * an instruction of the CPU's, which a portable build may not use, compilers
 * call a function for it that is slower.
 */
static unsigned
bits(uint64_t v)
{

	v -= v >> 1 & UINT64_C(0x5555555555555555);
	v = (v & UINT64_C(0x3333333333333333)) +
	    (v >> 2 & UINT64_C(0x3333333333333333));
	v = (v + (v >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
	return ((unsigned)(v * UINT64_C(0x0101010101010101) >> 56));
}

/* Words with no bit set are not read: the timeline asks this at each row. */
static unsigned
count_words(const struct port_set *s, unsigned lo, unsigned hi)
{
	uint64_t some;
	unsigned last, n, w;

	last = hi / 64;
	w = lo / 64;
	if (w == last)
		return (bits(s->word[w] & mask(lo % 64, hi % 64)));
	n = bits(s->word[w] & mask(lo % 64, 63));
	for (w++; w < last; w = (w | 63) + 1) {
		some = s->some[w / 64] & UINT64_MAX << w % 64;
		if (w / 64 == last / 64)
			some &= ~(UINT64_MAX << last % 64);
		for (; some != 0; some &= some - 1)
			n += bits(s->word[w / 64 * 64 +
			    (unsigned)__builtin_ctzll(some)]);
	}
	return (n + bits(s->word[last] & mask(0, hi % 64)));
}

/* What is outside is counted instead if it is less. */
unsigned
port_set_count(const struct port_set *s, unsigned lo, unsigned hi)
{
	unsigned n;

	if (lo > hi || s->count == 0)
		return (0);
	if (hi - lo < 32768)
		return (count_words(s, lo, hi));
	n = s->count;
	if (lo > 0)
		n -= count_words(s, 0, lo - 1);
	if (hi < 65535)
		n -= count_words(s, hi + 1, 65535);
	return (n);
}

unsigned
port_set_count_both(const struct port_set *a, const struct port_set *b,
    unsigned lo, unsigned hi)
{
	unsigned last, n, w;
	uint64_t m;

	if (lo > hi)
		return (0);
	last = hi / 64;
	for (n = 0, w = lo / 64; w <= last; w++) {
		m = a->word[w] & b->word[w];
		if (m != 0)
			n += bits(m & mask(w == lo / 64 ? lo % 64 : 0,
			    w == last ? hi % 64 : 63));
	}
	return (n);
}

/* The 4096s that one of them has whole. */
static uint32_t
whole(const struct port_set *const *sets, unsigned n)
{
	uint32_t areas;
	unsigned i;

	areas = 0;
	for (i = 0; i < n; i++)
		areas |= sets[i]->whole;
	return (areas);
}

unsigned
port_set_first_free(const struct port_set *const *sets, unsigned n,
    unsigned lo, unsigned hi)
{
	uint64_t busy, m;
	unsigned i, last, w;

	if (lo > hi)
		return (PORT_NONE);
	last = hi / 64;
	busy = mask(0, lo % 64) >> 1;
	for (w = lo / 64; w <= last; w++, busy = 0) {
		for (i = 0; i < n; i++)
			busy |= sets[i]->word[w];
		if (busy != UINT64_MAX) {
			lo = w * 64 + (unsigned)__builtin_ctzll(~busy);
			return (lo <= hi ? lo : PORT_NONE);
		}
		/* On to the last full word before one that is not. */
		for (;;) {
			m = UINT64_MAX;
			for (i = 0; i < n; i++)
				m &= ~sets[i]->full[w / 64];
			m &= UINT64_MAX << w % 64 << 1;
			if (w % 64 == 63)
				break;
			if (m != 0) {
				w = w / 64 * 64 +
				    (unsigned)__builtin_ctzll(m) - 1;
				break;
			}
			m = ~(uint64_t)whole(sets, n) & UINT64_MAX <<
			    (w / 64 + 1);
			w = (unsigned)__builtin_ctzll(m) * 64 - 1;
			if (w >= last)
				return (PORT_NONE);
		}
	}
	return (PORT_NONE);
}

/* The highest bit that is set. */
static unsigned
top(uint64_t v)
{

	return (63 - (unsigned)__builtin_clzll(v));
}

unsigned
port_set_last_free(const struct port_set *const *sets, unsigned n,
    unsigned lo, unsigned hi)
{
	uint64_t free, m;
	uint32_t areas;
	unsigned first, i, w;

	if (lo > hi)
		return (PORT_NONE);
	first = lo / 64;
	w = hi / 64;
	free = mask(0, hi % 64);
	for (;; free = UINT64_MAX) {
		for (i = 0; i < n; i++)
			free &= ~sets[i]->word[w];
		if (free != 0) {
			hi = w * 64 + top(free);
			return (hi >= lo ? hi : PORT_NONE);
		}
		/* Down to the next word that is not full. */
		do {
			if (w == first)
				return (PORT_NONE);
			w--;
			m = UINT64_MAX;
			for (i = 0; i < n; i++)
				m &= ~sets[i]->full[w / 64];
			m &= mask(0, w % 64);
			areas = ~whole(sets, n) & ((1u << w / 64) - 1);
			if (m != 0)
				w = w / 64 * 64 + top(m);
			else
				w = areas != 0 ? (top(areas) + 1) * 64 : 0;
			if (w < first)
				return (PORT_NONE);
		} while (m == 0);
	}
}

unsigned
port_set_count_free(const struct port_set *const *sets, unsigned n,
    unsigned lo, unsigned hi)
{
	uint64_t free;
	unsigned count, i, w;

	count = 0;
	if (lo > hi)
		return (0);
	for (w = lo / 64; w <= hi / 64; w++) {
		free = mask(w == lo / 64 ? lo % 64 : 0,
		    w == hi / 64 ? hi % 64 : 63);
		for (i = 0; i < n; i++)
			free &= ~sets[i]->word[w];
		count += bits(free);
	}
	return (count);
}
