/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Parts of cores; see share.h.
 */

#include <glib.h>

#include "models/cpus/share.h"
#include "sim/kassert.h"

void
share_init(struct share *sh, unsigned cores, double busy, simtime turn,
    simtime pause)
{

	KASSERT(busy >= 0 && busy < 1, ("interrupts take %f", busy));
	*sh = (struct share){ .cores = cores, .ticks = busy, .turn = turn,
	    .pause = pause, .apart = cores == 0 && turn == 0,
	    .whole = cores == 0 && busy == 0 };
}

void
share_change(struct share *sh, simtime now, int more)
{

	sh->spun = share_spin_now(sh, now);
	sh->since = now;
	sh->computing += (unsigned)more;
}

/* How many times as long work takes if `n' CPUs compute. */
static double
share_stretch(const struct share *sh, unsigned n)
{
	double stretch;

	stretch = sh->cores > 0 && n > sh->cores ? (double)n / sh->cores : 1;
	return (stretch / (1 - sh->ticks));
}

/* How many times as long a spinner's time takes. */
static double
share_spin_stretch(const struct share *sh, unsigned n)
{

	if (sh->turn == 0 || n == 0)
		return (1);
	return ((double)sh->turn * n / (double)sh->pause);
}

simtime
share_stretched(const struct share *sh, simtime work)
{

	return ((simtime)((double)work * share_stretch(sh, sh->computing)));
}

simtime
share_work(const struct share *sh, simtime wall)
{

	if (sh->whole)
		return (wall);
	return ((simtime)((double)wall / share_stretch(sh, sh->computing)));
}

simtime
share_spin_now(const struct share *sh, simtime now)
{

	if (sh->turn == 0)
		return (now);
	return (sh->spun + (simtime)((double)(now - sh->since) /
	    share_spin_stretch(sh, sh->computing)));
}

simtime
share_spin_wall(const struct share *sh, simtime spin)
{

	if (sh->turn == 0)
		return (spin);
	return ((simtime)((double)spin * share_spin_stretch(sh,
	    sh->computing)));
}

simtime
share_work_again(const struct share *sh, simtime left, int more)
{

	return ((simtime)((double)left * share_stretch(sh, sh->computing) /
	    share_stretch(sh, sh->computing - (unsigned)more)));
}

simtime
share_spin_again(const struct share *sh, simtime left, int more)
{

	return ((simtime)((double)left *
	    share_spin_stretch(sh, sh->computing) /
	    share_spin_stretch(sh, sh->computing - (unsigned)more)));
}
