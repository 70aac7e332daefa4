/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Results, and how verdicts are called; see run.h.
 */

#include <glib.h>

#include "models/machine/run.h"
#include "sim/hist.h"
#include "sim/kassert.h"

static const char *const verdict_names[NVERDICTS] = {
	[VERDICT_OK] = "ok",
	[VERDICT_FAILS] = "fails",
	[VERDICT_EXHAUSTED] = "exhausted",
	[VERDICT_STALLS] = "stalls",
	[VERDICT_FREEZES] = "freezes",
	[VERDICT_NEVER_RECOVERS] = "never-recovers",
	[VERDICT_PANICS] = "panics"
};

static const char *const run_knob_names[] = {
	[RUN_IP_LOCAL_PORT_RANGE] = "ip_local_port_range",
	[RUN_IP_LOCAL_RESERVED_PORTS] = "ip_local_reserved_ports",
	[RUN_IP_LOCAL_PORT_STEP_WIDTH] = "ip_local_port_step_width",
	[RUN_IP_AUTOBIND_REUSE] = "ip_autobind_reuse",
	[RUN_TCP_TW_REUSE] = "tcp_tw_reuse",
	[RUN_TCP_TW_REUSE_DELAY] = "tcp_tw_reuse_delay",
	[RUN_TCP_TIMESTAMPS] = "tcp_timestamps"
};

_Static_assert(G_N_ELEMENTS(run_knob_names) == RUN_NKNOBS,
    "each knob has a name");

const char *
run_knob_name(enum run_knob knob)
{

	KASSERT((unsigned)knob < RUN_NKNOBS, ("knob %d", (int)knob));
	return (run_knob_names[knob]);
}

const char *
verdict_name(enum verdict v)
{

	KASSERT((unsigned)v < NVERDICTS, ("verdict %d", v));
	return (verdict_names[v]);
}

void
run_result_free(struct run_result *res)
{
	unsigned i;

	if (res == NULL)
		return;
	hist_free(res->connect);
	hist_free(res->probes);
	for (i = 0; i < res->nworkloads; i++) {
		hist_free(res->workloads[i].connect);
		hist_free(res->workloads[i].call);
	}
	hist_free(res->accept);
	g_free(res->workloads);
	/* `console' is the first of these. */
	for (i = 0; i < res->nobservers; i++)
		hist_free(res->observers[i].lag);
	g_free(res->observers);
	/* hash_hold and hash_wait are among these. */
	for (i = 0; i < res->nlocks; i++) {
		hist_free(res->locks[i].hold);
		hist_free(res->locks[i].wait);
	}
	g_free(res->locks);
	g_free(res->uses);
	g_free(res->rows);
	g_free(res->causes);
	g_free(res->occupancies);
	g_free(res->stalls);
	measures_result_fini(&res->measures);
	g_free(res);
}

void
portrange_of(const struct run_conf *conf, const struct workload_conf *wc,
    uint16_t *first, uint16_t *last)
{
	uint16_t a, b;

	a = conf->kernel.portrange_first;
	b = conf->kernel.portrange_last;
	switch (wc->portrange.kind) {
	case PORTRANGE_DEFAULT:
		break;
	case PORTRANGE_HIGH:
		a = conf->kernel.portrange_hifirst;
		b = conf->kernel.portrange_hilast;
		break;
	case PORTRANGE_LOW:
		a = conf->kernel.portrange_lowfirst;
		b = conf->kernel.portrange_lowlast;
		break;
	case PORTRANGE_OWN:
		a = wc->portrange.first;
		b = wc->portrange.last;
		break;
	}
	*first = MIN(a, b);
	*last = MAX(a, b);
}

bool
bind_has_laddr(enum workload_bind bind)
{

	return (bind == BIND_LADDR || bind == BIND_LADDR_LPORT ||
	    bind == BIND_NOPORT);
}
