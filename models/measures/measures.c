/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * All measures of port choice; see measures.h.
 */

#include <string.h>

#include <glib.h>

#include "models/measures/measures.h"
#include "models/measures/none.h"

const double measures_loads[MEASURES_NLOADS] = { 0, 0.25, 0.5, 0.75, 0.9,
    0.95, 0.99, 0.999, 1 };

#define	SLOTS		(4 * MEASURES_STREAMS)

static unsigned
nports(const struct measures *m)
{

	return (m->last - m->first + 1u);
}

void
measures_init(struct measures *m, uint16_t first, uint16_t last,
    const struct port_set *closed, bool by_port, unsigned nladdrs)
{
	unsigned i, p;

	memset(m, 0, sizeof(*m));
	m->first = first;
	m->last = last;
	m->by_port = by_port;
	m->nladdrs = nladdrs;
	m->closed_ports = g_memdup2(closed, sizeof(*closed));
	m->closed = g_new0(uint64_t, GAPS_WORDS(nports(m)));
	for (p = first; p <= last; p++)
		if (port_set_has(closed, p)) {
			i = p - first + 2;
			m->closed[i / 64] |= UINT64_C(1) << i % 64;
		}
	evenness_init(&m->evenness, first, last, m->closed_ports);
	reuse_init(&m->reuse, REUSE_MAXTUPLES);
	trail_init(&m->trail, nports(m));
	if (by_port) {
		gaps_init(&m->gaps, nports(m), m->closed);
		m->holders = g_new0(uint32_t, nports(m));
	}
	m->from = g_new0(uint64_t, nladdrs);
	memset(m->slot, MEASURES_NONE, sizeof(m->slot));
}

void
measures_fini(struct measures *m)
{
	unsigned i;

	for (i = 0; i < m->nstreams && !m->by_port; i++)
		gaps_fini(&m->stream[i].gaps);
	if (m->by_port)
		gaps_fini(&m->gaps);
	g_free(m->holders);
	evenness_fini(&m->evenness);
	reuse_fini(&m->reuse);
	trail_fini(&m->trail);
	g_free(m->closed_ports);
	g_free(m->closed);
	g_free(m->from);
}

void
measures_forget(struct measures *m)
{
	struct measures_stream *st;
	unsigned i;

	evenness_forget(&m->evenness);
	reuse_forget(&m->reuse);
	trail_forget(&m->trail);
	for (i = 0; i < m->nstreams; i++) {
		st = &m->stream[i];
		st->attempts = st->ok = 0;
		st->held_max = MAX(st->held, st->gaps.held);
	}
	memset(m->from, 0, m->nladdrs * sizeof(m->from[0]));
	m->behind = m->fair = 0;
	memset(m->load, 0, sizeof(m->load));
	m->failed = (struct measures_load){ 0 };
	m->nerrors = 0;
}

/* ---- streams ----------------------------------------------------------- */

unsigned
measures_stream(struct measures *m, uint32_t laddr, uint32_t faddr,
    uint16_t fport)
{
	struct measures_stream *st;
	uint64_t z;
	unsigned i;

	z = ((uint64_t)laddr << 32 | faddr) * UINT64_C(0x9e3779b97f4a7c15) ^
	    fport * UINT64_C(0xd6e8feb86659fd93);
	for (i = (unsigned)(z >> 32) % SLOTS; m->slot[i] != MEASURES_NONE;
	    i = (i + 1) % SLOTS) {
		st = &m->stream[m->slot[i]];
		if (st->laddr == laddr && st->faddr == faddr &&
		    st->fport == fport)
			return (m->slot[i]);
	}
	if (m->nstreams == MEASURES_STREAMS)
		return (MEASURES_NONE);
	st = &m->stream[m->nstreams];
	*st = (struct measures_stream){ .laddr = laddr, .faddr = faddr,
	    .fport = fport };
	if (!m->by_port)
		gaps_init(&st->gaps, nports(m), m->closed);
	m->slot[i] = (uint8_t)m->nstreams++;
	return (m->slot[i]);
}

/* The taken ports that a search in this stream meets; NULL: not watched. */
static struct gaps *
stream_gaps(struct measures *m, unsigned stream)
{

	if (m->by_port)
		return (&m->gaps);
	return (stream == MEASURES_NONE ? NULL : &m->stream[stream].gaps);
}

void
measures_attempt(struct measures *m, unsigned stream, bool ok)
{

	if (stream == MEASURES_NONE)
		return;
	m->stream[stream].attempts++;
	m->stream[stream].ok += ok;
}

/* ---- searches ---------------------------------------------------------- */

static void
load_add(struct measures_load *l, const struct measures_search *s)
{

	l->searches++;
	l->failed += s->no_port;
	l->candidates += s->candidates;
	l->candidates_max = MAX(l->candidates_max, s->candidates);
	l->visits += s->visits;
	l->time += s->time;
	l->time_max = MAX(l->time_max, s->time);
}

static void
error_add(struct measures *m, int error)
{
	unsigned i;

	for (i = 0; i < m->nerrors; i++)
		if (m->errors[i] == error)
			return;
	if (m->nerrors < MEASURES_MAXERRORS)
		m->errors[m->nerrors++] = error;
}

void
measures_search(struct measures *m, unsigned stream,
    const struct measures_search *s)
{
	const struct gaps *g;
	double share;
	unsigned i;

	if (s->no_port) {
		load_add(&m->failed, s);
		error_add(m, s->error);
	}
	g = stream_gaps(m, stream);
	if (g == NULL)
		return;
	share = g->open == 0 ? 1 : (double)g->held / (g->held + g->open);
	for (i = MEASURES_NLOADS - 1; share < measures_loads[i];)
		i--;
	load_add(&m->load[i], s);
}

/* ---- connections ------------------------------------------------------- */

/* What lies behind what, before the place is taken. */
static void
behind_add(struct measures *m, const struct gaps *g, unsigned place)
{

	if (g->held == 0 || g->open == 0 || gaps_bit(g->taken, place))
		return;
	m->behind += gaps_is_behind(g, place);
	m->fair += (double)g->behind / g->open;
}

void
measures_open(struct measures *m, unsigned stream,
    const struct reuse_tuple *t, unsigned place, simtime now)
{
	struct measures_stream *st;
	struct gaps *g;
	unsigned port;

	port = t->lport - m->first;
	evenness_add(&m->evenness, t->lport);
	reuse_open(&m->reuse, t, place, now);
	m->from[place]++;
	g = stream_gaps(m, stream);
	if (g != NULL) {
		behind_add(m, g, port);
		gaps_take(g, port);
	}
	if (m->by_port)
		m->holders[port]++;
	if (stream == MEASURES_NONE)
		return;
	st = &m->stream[stream];
	trail_see(&m->trail, &st->view, port, m->reuse.opened);
	st->held += m->by_port;
	st->held_max = MAX(st->held_max, MAX(st->held, st->gaps.held));
}

void
measures_end(struct measures *m, const struct reuse_tuple *t, unsigned place,
    simtime now)
{

	reuse_end(&m->reuse, t, place, now);
}

void
measures_gone(struct measures *m, unsigned stream, uint16_t lport)
{
	struct gaps *g;
	unsigned port;

	port = lport - m->first;
	if (m->by_port && stream != MEASURES_NONE)
		m->stream[stream].held--;
	if (m->by_port && --m->holders[port] > 0)
		return;
	g = stream_gaps(m, stream);
	if (g != NULL)
		gaps_free(g, port);
}

/* ---- the end ----------------------------------------------------------- */

double
measures_behind(const struct measures *m)
{

	return (m->fair > 0 ? m->behind / m->fair : MEASURE_NONE);
}

static double
jain(double n, double sum, double squares)
{

	return (squares > 0 ? sum * sum / (n * squares) : MEASURE_NONE);
}

double
measures_dest_fairness(const struct measures *m)
{
	const struct measures_stream *a, *b;
	double n, ok, squares, sum, x;
	uint64_t attempts;
	unsigned i, k;

	for (i = 0, n = sum = squares = 0; i < m->nstreams; i++) {
		a = &m->stream[i];
		for (k = 0, ok = 0, attempts = 0; k < m->nstreams; k++) {
			b = &m->stream[k];
			if (b->faddr != a->faddr || b->fport != a->fport)
				continue;
			if (k < i)
				break;		/* told already */
			attempts += b->attempts;
			ok += (double)b->ok;
		}
		if (k < m->nstreams || attempts == 0)
			continue;
		x = ok / (double)attempts;
		n++;
		sum += x;
		squares += x * x;
	}
	return (jain(n, sum, squares));
}

double
measures_addr_fairness(const struct measures *m)
{
	double squares, sum, x;
	unsigned i;

	for (i = 0, sum = squares = 0; i < m->nladdrs; i++) {
		x = (double)m->from[i];
		sum += x;
		squares += x * x;
	}
	return (jain(m->nladdrs, sum, squares));
}

double
measures_held_max(const struct measures *m)
{
	unsigned i, most;

	for (i = 0, most = 0; i < m->nstreams; i++)
		most = MAX(most, m->stream[i].held_max);
	if (m->evenness.ports == 0)
		return (MEASURE_NONE);
	return ((double)most / m->evenness.ports);
}
