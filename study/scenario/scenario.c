/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A scenario; see scenario.h.
 */

#include <string.h>

#include "study/scenario/replay.h"
#include "study/scenario/scenario.h"
#include "study/scenario/settings.h"
#include "study/scenario/wiring.h"
#include "study/text/expr.h"
#include "study/text/nearest.h"
#include "study/text/problem.h"

void
scenario_free(struct scenario *sc)
{
	unsigned i;

	for (i = 0; i < sc->nexpectations; i++)
		expr_free(sc->expectations[i].expr);
	for (i = 0; i < sc->nreplays; i++)
		replay_free(sc->replays[i]);
	g_free(sc->replays);
	g_free(sc->expectations);
	g_free(sc->variants);
	settings_free(sc->settings);
	g_ptr_array_unref(sc->pool);
	g_free(sc->question);
	g_free(sc->expected);
	g_free(sc->wrong);
	g_free(sc->title);
	g_free(sc->name);
	g_free(sc->path);
	g_free(sc);
}

void
scenario_conf(const struct scenario *sc, unsigned variant,
    unsigned replication, struct run_conf *conf)
{

	*conf = sc->variants[variant].conf;
	conf->replication = replication;
}
