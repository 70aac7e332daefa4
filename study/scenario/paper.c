/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * On paper; see paper.h.
 */

#include <math.h>
#include <string.h>

#include "models/net/proposal.h"
#include "models/stacks/stack.h"
#include "sim/dist.h"
#include "sim/kassert.h"
#include "study/scenario/addr_set.h"
#include "study/scenario/paper.h"
#include "study/scenario/paper_rule.h"
#include "study/scenario/recorded.h"
#include "study/text/number.h"

#define	PAPER_BEYOND	100	/* times; a share of more is hard to read */

const char *
paper_fit_name(enum paper_fit fit)
{
	static const char *const names[] = {
		[PAPER_FITS] = "fits",
		[PAPER_ALONE] = "alone",
		[PAPER_SHORT] = "short"
	};

	KASSERT(fit < G_N_ELEMENTS(names), ("fit %u", fit));
	return (names[fit]);
}

/* ---- what there is ----------------------------------------------------- */

static bool
paper_port_first(const struct run_conf *conf, const struct workload_conf *wc)
{

	return (wc->bind == BIND_ANY || conf->stack->port_first ||
	    (conf->kernel.require_unique_port &&
	    stack_reads(conf->stack, "require_unique_port")));
}

/* Addresses that an unbound connection may come from: the first ones. */
static unsigned
paper_sources(const struct run_conf *conf)
{

	return (conf->stack->proposal != NULL && (conf->stack->proposal->
	    switches & PROPOSAL_SPREAD) != 0 ? conf->host.nladdrs : 1);
}

/* To an address of its own? */
static bool
paper_binds(const struct workload_conf *wc)
{

	return (bind_has_laddr(wc->bind));
}

/* Which of its connections: all, but of a recording half or none may be so. */
static void
paper_there(const struct run_conf *conf, struct paper *p)
{
	const struct workload_conf *wc;

	wc = p->workload;
	p->ports = paper_rule_ports(conf, wc);
	p->any_peer = !paper_rule_peers(conf, wc, p->bound);
	p->port_first = !p->bound && p->any_peer && paper_port_first(conf, wc);
	p->laddrs = p->bound && wc->recording == NULL ? wc->nladdrs :
	    p->bound || p->port_first ? 1 : paper_sources(conf);
	p->peers = wc->recording == NULL && !p->any_peer ?
	    wc->nfaddrs * wc->nfports : 1;
	p->there = (double)p->laddrs * p->ports * p->peers;
	p->at_most = paper_rule_blind(conf, wc, p->bound);
}

/* ---- what others hold of it -------------------------------------------- */

/* The share of theirs[n] that is in ours[m]; 1 if either is not known. */
static double
paper_overlap(const uint32_t *theirs, unsigned n, const uint32_t *ours,
    unsigned m)
{
	struct addr_set set;
	double share;

	if (n == 0 || m == 0)
		return (1);
	addr_set_init(&set, ours, m);
	share = addr_set_share(&set, theirs, n);
	addr_set_fini(&set);
	return (share);
}

/* The share of their peers' ports that is among ours. */
static double
paper_ports_met(const struct workload_conf *theirs,
    const struct workload_conf *ours)
{
	g_autofree bool *is = NULL;
	unsigned both, i;

	if (theirs->nfports == 0 || ours->nfports == 0)
		return (1);
	is = g_new0(bool, UINT16_MAX + 1);
	for (i = 0; i < ours->nfports; i++)
		is[ours->fports[i]] = true;
	for (i = both = 0; i < theirs->nfports; i++)
		both += is[theirs->fports[i]];
	return ((double)both / theirs->nfports);
}

/*
 * Of the connections of another workload, the share that may hold what this one
 * draws from.  An unbound one is on the primary address, or on any.
 */
static double
paper_share(const struct run_conf *conf, const struct paper *p,
    const struct workload_conf *other)
{
	const struct workload_conf *wc;
	const uint32_t *primary;
	unsigned sources;
	bool bound;
	double share;

	wc = p->workload;
	primary = &conf->host.laddrs[0];
	sources = paper_sources(conf);
	bound = paper_binds(other) && other->recording == NULL;
	if (p->port_first)
		return (1);
	share = bound ? paper_overlap(other->laddrs, other->nladdrs,
	    wc->laddrs, wc->nladdrs) : paper_overlap(primary, sources,
	    wc->laddrs, wc->nladdrs);
	if (p->bound && p->any_peer)
		return (share);
	if (p->bound)
		return (share * paper_ports_met(other, wc) *
		    paper_overlap(other->faddrs, other->nfaddrs, wc->faddrs,
		    wc->nfaddrs));
	share = p->any_peer ? 1 : paper_ports_met(other, wc) * paper_overlap(
	    other->faddrs, other->nfaddrs, wc->faddrs, wc->nfaddrs);
	return (share * (bound ? paper_overlap(other->laddrs, other->nladdrs,
	    primary, sources) : 1));
}

static void
paper_others(const struct run_conf *conf, unsigned idx, struct paper *p)
{
	struct estimate est;
	unsigned i;

	for (i = 0; i < conf->nworkloads; i++) {
		if (i == idx)
			continue;
		estimate_workload(conf, &conf->workloads[i], &est);
		p->others += est.held * paper_share(conf, p,
		    &conf->workloads[i]);
	}
}

/* ---- a workload -------------------------------------------------------- */

static void
paper_judge(struct paper *p)
{

	p->fit = p->needed > p->there ? PAPER_SHORT :
	    p->needed + p->others > p->there ? PAPER_ALONE : PAPER_FITS;
}

/* Of a recording: those that are bound, or those that are not. */
static bool
paper_recorded(const struct run_conf *conf, struct paper *p)
{
	const struct workload_conf *wc;
	struct recorded_most most;
	struct recorded_part part;
	struct recorded_stay stay;
	double scale, until;
	unsigned distinct;

	wc = p->workload;
	scale = 1e6 / (double)wc->speed_ppm;
	until = (double)(MIN(wc->stop, conf->duration) - wc->start) / scale;
	if (!recorded_fullest(wc->recording, until, p->bound ?
	    RECORDED_BOUND : RECORDED_UNBOUND, &part, &distinct))
		return (false);
	/* Where any pcb takes a port, it does not matter whither. */
	if (!p->bound && !paper_rule_peers(conf, wc, false))
		part = (struct recorded_part){ .which = RECORDED_UNBOUND };
	else
		p->fullest = distinct > 1;
	estimate_stay(conf, wc, &stay);
	recorded_most(wc->recording, until, &stay, &part, &most);
	p->needed = most.held;
	/* The kernel's cap is for all; who is cut nobody can tell. */
	if (p->est.capped)
		p->needed = MIN(p->needed, p->est.held);
	return (true);
}

unsigned
paper_workload(const struct run_conf *conf, unsigned idx,
    struct paper *papers)
{
	struct paper *p;
	unsigned n, part;

	for (n = part = 0; part < PAPER_MAX; part++) {
		p = &papers[n];
		*p = (struct paper){ .workload = &conf->workloads[idx],
		    .bound = part == 0 };
		estimate_workload(conf, p->workload, &p->est);
		if (p->est.connections <= 0)
			return (0);
		if (p->workload->recording != NULL) {
			if (!paper_recorded(conf, p))
				continue;
		} else if (p->bound == paper_binds(p->workload)) {
			p->needed = p->est.held;
			p->lifetime = dist_mean(&p->workload->lifetime);
			p->timewait = estimate_timewait(conf, p->workload);
		} else {
			continue;
		}
		paper_there(conf, p);
		paper_others(conf, idx, p);
		paper_judge(p);
		n++;
	}
	return (n);
}

/* ---- as text ----------------------------------------------------------- */

static void
paper_add_count(GString *out, double n)
{

	number_add_count(out, (uint64_t)(n + 0.5));
}

/* "4.3 %", "362 %"; what is beyond all measure is "15,600,000-fold" */
static void
paper_add_share(GString *out, double part, double all)
{

	double share;

	if (part / all >= PAPER_BEYOND) {
		number_add_short(out, part / all);
		g_string_append(out, "-fold");
		return;
	}
	share = part / all >= 0.1 ? round(part / all * 100) :
	    round(part / all * 1000) / 10;
	/* Whether it is enough must not drown in rounding. */
	if (share == 100 && part != all)
		g_string_append_c(out, part > all ? '>' : '<');
	if (share == 0 && part > 0)
		g_string_append(out, "<0.1");
	else
		number_add_double(out, share);
	g_string_append(out, " %");
}

/* "2,000/s x (60 s + 60 s TIME_WAIT)" */
static void
paper_add_little(const struct paper *p, GString *out)
{

	if (p->est.rate >= 1000)
		paper_add_count(out, p->est.rate);
	else
		number_add_double(out, p->est.rate);
	g_string_append(out, "/s x (");
	number_add_duration(out, p->lifetime < (double)SIM_NEVER ?
	    (simtime)p->lifetime : SIM_NEVER);
	g_string_append(out, " + ");
	number_add_duration(out, (simtime)p->timewait);
	g_string_append(out, p->timewait > 0 ? " TIME_WAIT)" :
	    p->workload->closer == CLOSER_LOCAL ?
	    ", none with this host itself)" : ", the peer closes)");
}

static void
paper_add_needed(const struct paper *p, GString *out)
{
	bool fewer;

	paper_add_count(out, p->needed);
	g_string_append(out, " needed");
	if (p->fullest)
		g_string_append(out, p->bound ? " on its fullest address" :
		    " towards its fullest peer");
	if (p->est.rate > 0) {
		fewer = p->needed < p->est.rate * (p->lifetime +
		    p->timewait) / 1e12 * 0.999;
		g_string_append(out, p->est.capped ? " of " : fewer ?
		    " in this run (" : " = ");
		paper_add_little(p, out);
		if (fewer && !p->est.capped)
			g_string_append(out, " in the long run)");
	}
	if (p->est.capped) {
		g_string_append(out, ", with TIME_WAIT capped at ");
		paper_add_count(out, p->est.timewait);
	}
}

/* What it comes to, and what others may do to it. */
static void
paper_add_fit(const struct paper *p, GString *out)
{
	g_autoptr(GString) alone = NULL, with = NULL;

	alone = g_string_new(NULL);
	with = g_string_new(NULL);
	paper_add_share(alone, p->needed, p->there);
	paper_add_share(with, p->needed + p->others, p->there);
	switch (p->fit) {
	case PAPER_SHORT:
		if (p->there > 0)
			g_string_append_printf(out, "runs out (%s)",
			    alone->str);
		else
			g_string_append(out, "there is none");
		break;
	case PAPER_ALONE:
		g_string_append_printf(out, "fits alone%s (%s), may run out "
		    "beside the others (%s)", p->at_most ? " at best" : "",
		    alone->str, with->str);
		break;
	case PAPER_FITS:
		g_string_append_printf(out, "fits%s (%s", p->at_most ?
		    " at best" : "", alone->str);
		if (strcmp(alone->str, with->str) != 0)
			g_string_append_printf(out, ", beside the others %s",
			    with->str);
		g_string_append_c(out, ')');
		break;
	}
}

void
paper_add(const struct paper *p, const char *between, GString *out)
{

	paper_add_needed(p, out);
	g_string_append(out, between);
	if (p->at_most)
		g_string_append(out, "at most ");
	paper_add_count(out, p->there);
	g_string_append(out, " there = ");
	if (p->port_first) {
		g_string_append(out, "ports that no laddr has taken");
	} else {
		g_string_append_printf(out, "%u %s x ", p->laddrs,
		    p->laddrs == 1 ? "laddr" : "laddrs");
		paper_add_count(out, p->ports);
		g_string_append(out, " ports");
	}
	if (p->peers > 1)
		g_string_append_printf(out, " x %u peers", p->peers);
	g_string_append(out, ": ");
	paper_add_fit(p, out);
}
