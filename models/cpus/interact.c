/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Scores of threads; see interact.h.
 */

#include <glib.h>

#include "models/cpus/interact.h"

#define	SLP_RUN_MAX	(5 * SIM_S)
#define	SLP_RUN_FORK	(SIM_S / 2)
#define	TICK		SIM_MS		/* of hz = 1000 */
#define	HALF		50
#define	START		(10 * SIM_MS)	/* what it takes to load a program */
#define	SHARE_SPAN	(10 * SIM_S)	/* of a CPU share */
#define	SHARE_MAX	(11 * SIM_S)

void
interact_init(struct interact *ia)
{

	*ia = (struct interact){ .ran = START, .slept = SLP_RUN_FORK - START };
}

/* Keep 4 to 5 s of history. */
static void
interact_fade(struct interact *ia)
{
	simtime sum;

	sum = ia->ran + ia->slept;
	if (sum < SLP_RUN_MAX)
		return;
	if (sum > 2 * SLP_RUN_MAX) {
		if (ia->ran > ia->slept) {
			ia->ran = SLP_RUN_MAX;
			ia->slept = 1;
		} else {
			ia->slept = SLP_RUN_MAX;
			ia->ran = 1;
		}
	} else if (sum > SLP_RUN_MAX / 5 * 6) {
		ia->ran /= 2;
		ia->slept /= 2;
	} else {
		ia->ran = ia->ran / 5 * 4;
		ia->slept = ia->slept / 5 * 4;
	}
}

static void
interact_share(struct interact *ia, simtime now, simtime used)
{

	if (now - ia->last >= SHARE_SPAN) {
		ia->used = 0;
		ia->first = now - SHARE_SPAN;
	} else if (now - ia->first >= SHARE_MAX) {
		ia->used = ia->last == ia->first ? 0 :
		    (simtime)((double)ia->used *
		    (double)(ia->last - (now - SHARE_SPAN)) /
		    (double)(ia->last - ia->first));
		ia->first = now - SHARE_SPAN;
	}
	ia->used += used;
	ia->last = now;
}

void
interact_ran(struct interact *ia, simtime now, simtime length)
{

	ia->ran += length;
	interact_fade(ia);
	interact_share(ia, now, length);
}

void
interact_slept(struct interact *ia, simtime now, simtime length)
{

	if (length < TICK)
		return;
	ia->slept += length;
	interact_fade(ia);
	interact_share(ia, now, 0);
}

void
interact_fork(struct interact *parent, struct interact *child)
{
	simtime ratio;

	*child = *parent;
	ratio = (child->ran + child->slept) / SLP_RUN_FORK;
	if (ratio > 1) {
		child->ran /= ratio;
		child->slept /= ratio;
	}
	child->ran += START;
	parent->ran += INTERACT_TICK;
	interact_fade(parent);
}

void
interact_exit(struct interact *parent, simtime ran)
{

	parent->ran += ran;
	interact_fade(parent);
}

unsigned
interact_score(const struct interact *ia)
{

	if (ia->ran >= ia->slept)
		return (ia->ran == 0 ? 0 : HALF);
	return ((unsigned)(ia->ran / MAX(ia->slept / HALF, 1)));
}

uint8_t
interact_pri(const struct interact *ia, const struct prio_table *p)
{
	simtime span;
	unsigned range, score, share;

	score = interact_score(ia);
	if (score < INTERACT_THRESHOLD) {
		range = p->max_interact - p->min_interact + 1u;
		return ((uint8_t)(p->min_interact + (p->spreads ?
		    range * score / INTERACT_THRESHOLD :
		    range / INTERACT_THRESHOLD * score)));
	}
	span = MAX(ia->last - ia->first, SIM_S);
	share = (unsigned)(ia->used / (span / p->batch_range));
	return ((uint8_t)(p->batch + MIN(share, p->batch_range - 1u)));
}
