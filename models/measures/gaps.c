/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Taken places and those behind them; see gaps.h.
 */

#include <glib.h>

#include "models/measures/gaps.h"

void
gaps_init(struct gaps *g, unsigned ports, const uint64_t *closed)
{
	unsigned i;

	*g = (struct gaps){ .ports = ports, .closed = closed };
	g->taken = g_new0(uint64_t, GAPS_WORDS(ports));
	for (i = 0; i < ports; i++)
		g->open += !gaps_bit(closed, i);
}

void
gaps_fini(struct gaps *g)
{

	g_free(g->taken);
}

bool
gaps_is_behind(const struct gaps *g, unsigned place)
{
	unsigned bit;
	uint64_t two;

	/* The bits of the two places before it begin at bit `place'. */
	bit = place % 64;
	two = g->taken[place / 64] >> bit;
	if (bit == 63)
		two |= g->taken[place / 64 + 1] << 1;
	return ((two & 3) != 0);
}

/* Of this place and the two behind it: how many are free, and behind. */
static unsigned
gaps_behind(const struct gaps *g, unsigned place)
{
	unsigned end, n;

	end = MIN(place + 3, g->ports);
	for (n = 0; place < end; place++)
		n += !gaps_bit(g->taken, place) &&
		    !gaps_bit(g->closed, place) && gaps_is_behind(g, place);
	return (n);
}

static void
gaps_flip(struct gaps *g, unsigned place)
{

	g->behind -= gaps_behind(g, place);
	g->taken[(place + 2) / 64] ^= UINT64_C(1) << (place + 2) % 64;
	g->behind += gaps_behind(g, place);
}

void
gaps_take(struct gaps *g, unsigned place)
{

	if (gaps_bit(g->taken, place) || gaps_bit(g->closed, place))
		return;
	gaps_flip(g, place);
	g->held++;
	g->open--;
}

void
gaps_free(struct gaps *g, unsigned place)
{

	if (!gaps_bit(g->taken, place))
		return;
	gaps_flip(g, place);
	g->held--;
	g->open++;
}
