/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * All observers of a run; see observers.h.
 */

#include <glib.h>

#include "models/machine/machine.h"
#include "models/machine/observers.h"
#include "models/machine/softclock.h"

static bool
observers_callout(void *observers, struct thread *t, uint32_t idx, bool again)
{

	return (observer_called(&((struct observers *)observers)->
	    observer[idx], t, again));
}

void
observers_init(struct observers *os, struct machine *m, struct softclock *sc,
    struct inbound *in)
{
	unsigned i;

	*os = (struct observers){ .machine = m, .softclock = sc };
	os->callout = softclock_callout(sc, observers_callout, os);
	os->observer = g_new0(struct observer, m->conf->nobservers);
	for (i = 0; i < m->conf->nobservers; i++)
		observer_init(&os->observer[i], m, i, sc, os->callout, in);
}

void
observers_fini(struct observers *os)
{
	unsigned i;

	for (i = 0; i < os->machine->conf->nobservers; i++)
		observer_fini(&os->observer[i]);
	g_free(os->observer);
}

void
observers_waiting(const struct observers *os, simtime lag[RUN_MAXOBSERVERS])
{
	unsigned i;

	for (i = 0; i < os->machine->conf->nobservers; i++)
		lag[i] = observer_waiting(&os->observer[i]);
}

void
observers_forget(struct observers *os)
{
	unsigned i;

	for (i = 0; i < os->machine->conf->nobservers; i++)
		lateness_forget(&os->observer[i].lateness);
}

void
observers_end(struct observers *os)
{
	struct run_result *res;
	unsigned i;

	res = os->machine->res;
	for (i = 0; i < res->nobservers; i++) {
		observer_end(&os->observer[i]);
		res->frozen_at_end |= res->observers[i].frozen_at_end;
	}
	if (res->nobservers == 0)
		return;
	res->frozen = res->observers[0].frozen;
	res->unfreeze = res->observers[0].unfreeze;
}
