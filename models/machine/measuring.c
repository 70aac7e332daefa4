/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Measures of a machine; see measuring.h.
 */

#include <errno.h>

#include <glib.h>

#include "models/machine/machine.h"
#include "models/machine/measuring.h"
#include "models/measures/none.h"
#include "models/net/family.h"
#include "models/plans/plan.h"
#include "models/stacks/stack.h"

/* ---- ends -------------------------------------------------------------- */

void
measuring_ended(struct machine *m, struct conn *c)
{
	struct reuse_tuple u;

	if (c->measured != CONN_MEASURED_OPEN)
		return;
	c->measured = CONN_MEASURED_ENDED;
	u = (struct reuse_tuple){ .laddr = net_pcb_laddr(m->net, c->pcb),
	    .faddr = c->faddr, .lport = net_pcb_lport(m->net, c->pcb),
	    .fport = c->fport };
	measures_end(&m->measuring->measures, &u,
	    net_laddr_place(m->net, u.laddr), machine_now(m));
}

static void
measuring_gone(struct machine *m, struct conn *c)
{

	if (c->measured == CONN_MEASURED_NOT)
		return;
	measuring_ended(m, c);
	c->measured = CONN_MEASURED_NOT;
	measures_gone(&m->measuring->measures, c->stream,
	    net_pcb_lport(m->net, c->pcb));
}

/* ---- life -------------------------------------------------------------- */

/* Ports that no search gives: the kernel's list, and the listener's. */
static void
measuring_closed(const struct machine *m, struct port_set *closed,
    unsigned first, unsigned last)
{
	const struct net_family *f;
	unsigned p;

	f = m->conf->stack->family;
	port_set_clear(closed);
	for (p = first; p <= last && f->avoids != NULL; p++)
		if (f->avoids(m->net, (uint16_t)p))
			port_set_add(closed, (uint16_t)p);
	p = m->conf->inbound.lport;
	if (m->conf->inbound.accepts > 0 && p >= first && p <= last &&
	    !port_set_has(closed, p))
		port_set_add(closed, (uint16_t)p);
}

void
measuring_init(struct machine *m)
{
	struct port_set *closed;
	uint16_t first, last;
	unsigned i;

	if (!m->conf->measures)
		return;
	m->measuring = g_new0(struct measuring, 1);
	closed = g_new(struct port_set, 1);
	net_range(m->net, &first, &last);
	measuring_closed(m, closed, first, last);
	measures_init(&m->measuring->measures, first, last, closed,
	    m->conf->stack->port_first, m->conf->host.nladdrs);
	g_free(closed);
	m->measuring->since = g_new(simtime, m->conf->nworkloads);
	for (i = 0; i < m->conf->nworkloads; i++)
		m->measuring->since[i] = SIM_NEVER;
	m->res->measures.fail_held = MEASURE_NONE;
	m->gone = measuring_gone;
}

void
measuring_fini(struct machine *m)
{

	if (m->measuring == NULL)
		return;
	measures_fini(&m->measuring->measures);
	g_free(m->measuring->since);
	g_free(m->measuring);
}

/* ---- attempts ---------------------------------------------------------- */

static void
measuring_outage_end(struct machine *m, unsigned workload)
{
	simtime *since;

	since = &m->measuring->since[workload];
	if (*since == SIM_NEVER)
		return;
	m->res->measures.outage_max = MAX(m->res->measures.outage_max,
	    machine_now(m) - MAX(*since, MIN(m->conf->warmup,
	    machine_now(m))));
	*since = SIM_NEVER;
}

static void
measuring_failed(struct machine *m, const struct conn *c, uint32_t laddr)
{
	struct measuring *g;
	unsigned free, ports;

	g = m->measuring;
	if (g->since[c->workload] == SIM_NEVER)
		g->since[c->workload] = machine_now(m);
	if (g->asked == MEASURING_MAXASKED)
		return;
	free = net_tuples_free(m->net, laddr, c->faddr, c->fport);
	ports = g->measures.evenness.ports;
	if (measure_is_none(m->res->measures.fail_held) && ports > 0)
		m->res->measures.fail_held = 1 - (double)free / ports;
	g->asked++;
	g->false_fails += free > 0;
}

/* A kernel without a port says so by one of these. */
static bool
is_no_port(const struct thread *t)
{
	int error;

	error = t->result.error;
	return (error == EADDRNOTAVAIL || error == EAGAIN ||
	    (error == EADDRINUSE && t->op == OP_BIND));
}

/* Where it comes from, or would have come from. */
static uint32_t
measuring_source(const struct machine *m, const struct conn *c, bool ok)
{
	uint32_t laddr;

	if (ok)
		return (net_pcb_laddr(m->net, c->pcb));
	if (c->laddr != NET_ANY)
		return (c->laddr);
	if (net_source(m->net, c->faddr, &laddr) != 0)
		return (NET_ANY);
	return (laddr);
}

static void
measuring_open(struct machine *m, struct conn *c, unsigned stream)
{
	struct reuse_tuple u;

	u = (struct reuse_tuple){ .laddr = net_pcb_laddr(m->net, c->pcb),
	    .faddr = c->faddr, .lport = net_pcb_lport(m->net, c->pcb),
	    .fport = c->fport };
	/* A port of another range; 127.0.0.1, which is no address of ours. */
	if (!measures_has(&m->measuring->measures, u.lport) ||
	    !net_laddr_has(m->net, u.laddr))
		return;
	c->measured = CONN_MEASURED_OPEN;
	c->stream = (uint8_t)stream;
	measures_open(&m->measuring->measures, stream, &u,
	    net_laddr_place(m->net, u.laddr), machine_now(m));
}

void
measuring_attempt(struct machine *m, const struct thread *t, struct conn *c)
{
	struct measures_search s;
	unsigned stream;
	uint32_t laddr;
	bool ok;

	/* A port that the program names says nothing of the kernel's. */
	if (m->measuring == NULL || c->lport != 0)
		return;
	ok = t->result.error == 0;
	laddr = measuring_source(m, c, ok);
	stream = measures_stream(&m->measuring->measures, laddr, c->faddr,
	    c->fport);
	measures_attempt(&m->measuring->measures, stream, ok);
	s = (struct measures_search){ .candidates = t->spent.candidates,
	    .visits = t->spent.visits, .time = t->spent.searched,
	    .error = t->result.error, .no_port = is_no_port(t) };
	if (s.candidates > 0 || s.no_port)
		measures_search(&m->measuring->measures, stream, &s);
	if (s.no_port)
		measuring_failed(m, c, laddr);
	if (!ok)
		return;
	measuring_outage_end(m, c->workload);
	measuring_open(m, c, stream);
}

void
measuring_opened(struct machine *m, struct conn *c)
{

	if (m->measuring == NULL || c->lport != 0)
		return;
	measuring_open(m, c, measures_stream(&m->measuring->measures,
	    net_pcb_laddr(m->net, c->pcb), c->faddr, c->fport));
}

/* ---- the whole --------------------------------------------------------- */

void
measuring_forget(struct machine *m)
{

	if (m->measuring == NULL)
		return;
	measures_forget(&m->measuring->measures);
	m->measuring->asked = m->measuring->false_fails = 0;
	m->res->measures.outage_max = 0;
	m->res->measures.fail_held = MEASURE_NONE;
}

static const char *
measuring_errors(const struct measures *ms)
{
	const char *names;
	GString *text;
	char buf[16];
	unsigned i;

	text = g_string_new(NULL);
	for (i = 0; i < ms->nerrors; i++)
		g_string_append_printf(text, "%s%s", i > 0 ? "+" : "",
		    net_error_name(ms->errors[i], buf));
	names = g_intern_string(text->str);
	g_string_free(text, TRUE);
	return (names);
}

void
measuring_result(struct machine *m)
{
	struct measures_result *r;
	struct measuring *g;
	unsigned i;

	g = m->measuring;
	if (g == NULL)
		return;
	r = &m->res->measures;
	for (i = 0; i < m->conf->nworkloads; i++)
		measuring_outage_end(m, i);
	measures_result(&g->measures, r);
	r->fail_errno = measuring_errors(&g->measures);
	r->fail_false = g->asked > 0 ? (double)g->false_fails /
	    (double)g->asked : MEASURE_NONE;
	r->bytes = net_allocator_bytes(m->net);
}
