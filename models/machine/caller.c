/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Recorded clients; see caller.h.
 */

#include <glib.h>

#include "models/machine/caller.h"
#include "models/machine/machine.h"
#include "models/machine/server.h"

struct caller {
	struct machine	*machine;
	struct server	*server;
	const struct workload_conf *conf;
	struct recording_cursor cursor;
	uint64_t	called;		/* so many, through all rounds */
	unsigned	slot;		/* the next one's SYN */
};

/* ---- calls ------------------------------------------------------------- */

static void
caller_next(struct caller *cl)
{
	const struct workload_conf *wc;
	struct machine *m;
	simtime due;

	wc = cl->conf;
	m = cl->machine;
	if (cl->called >= wc->recorded_in->n * wc->repeat)
		return;
	due = wc->start + recording_due(&cl->cursor, cl->called,
	    recording_round(wc->recording, wc->recorded_in), wc->speed_ppm);
	if (due < MIN(wc->stop, m->conf->duration))
		sim_at(m->sim, cl->slot, MAX(due, machine_now(m)));
}

static void
caller_due(void *caller, const struct sim_event *ev)
{
	struct caller *cl;

	(void)ev;
	cl = caller;
	server_call(cl->server, recording_at(&cl->cursor, cl->called %
	    cl->conf->recorded_in->n), (unsigned)(cl->conf -
	    cl->machine->conf->workloads));
	cl->called++;
	caller_next(cl);
}

/* ---- life -------------------------------------------------------------- */

/* One listener a port; 0 stands for the server's own. */
static void
callers_listen(struct callers *cs, struct server *sv)
{
	const struct recording *rec;
	uint16_t lport, own;
	uint64_t i;
	bool *heard;
	unsigned k;

	heard = g_new0(bool, UINT16_MAX + 1);
	own = sv->machine->conf->inbound.lport;
	heard[own] = server_listens(sv);
	for (k = 0; k < cs->n; k++) {
		rec = cs->caller[k].cursor.rec;
		for (i = 0; i < rec->n; i++) {
			lport = recording_at(&cs->caller[k].cursor, i)->lport;
			if (lport == 0)
				lport = own;
			if (!heard[lport])
				server_listen(sv, lport);
			heard[lport] = true;
		}
	}
	g_free(heard);
}

unsigned
callers_nslots(const struct run_conf *conf)
{
	unsigned i, n;

	for (i = n = 0; i < conf->nworkloads; i++)
		n += conf->workloads[i].recorded_in != NULL;
	return (n);
}

void
callers_init(struct callers *cs, struct machine *m, struct server *sv)
{
	const struct workload_conf *wc;
	struct caller *cl;
	unsigned i;

	*cs = (struct callers){ .caller = g_new0(struct caller,
	    callers_nslots(m->conf)) };
	for (i = 0; i < m->conf->nworkloads; i++) {
		wc = &m->conf->workloads[i];
		if (wc->recorded_in == NULL)
			continue;
		cl = &cs->caller[cs->n++];
		*cl = (struct caller){ .machine = m, .server = sv,
		    .conf = wc, .cursor = { .rec = wc->recorded_in } };
		cl->slot = machine_slot(m, caller_due, cl);
	}
	callers_listen(cs, sv);
	for (i = 0; i < cs->n; i++)
		caller_next(&cs->caller[i]);
}

void
callers_fini(struct callers *cs)
{

	g_free(cs->caller);
}
