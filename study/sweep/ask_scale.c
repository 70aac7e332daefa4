/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * How large a run is; see ask.h.
 */

#include <math.h>

#include "study/scenario/estimate.h"
#include "study/scenario/paper.h"
#include "study/sweep/ask.h"

#define	ASK_WINDOW	3.0		/* s that count, at least */
#define	ASK_LONGEST	3600.0		/* s, for the sake of so many .. */
#define	ASK_MAXSOCKETS	(1000000u)	/* where nobody said */
#define	ASK_MINSOCKETS	1024		/* of host.maxsockets */
#define	ASK_FREED	32		/* ports, in the smallest range */
#define	ASK_SAMPLES	200		/* .. connections */

double
ask_scale_times(const struct ask_scale *s)
{

	return (s->divided / s->share);
}

double
ask_scale_timewait(const struct scenario *sc)
{
	const struct run_conf *conf;

	conf = &sc->variants[0].conf;
	return (estimate_timewait(conf, &conf->workloads[0]) / 1e12);
}

/*
 * How small a range may become.  Near its edge chance decides who fails, and
 * more of it in a smaller range; far beyond it nobody can tell.
 */
static double
scale_minports(double load)
{

	return (load > 8 ? ASK_MINPORTS / 8 : load > 2 ? ASK_MINPORTS / 4 :
	    ASK_MINPORTS);
}

/* Connections that there is room for. */
static double
scale_room(const struct run_conf *conf)
{
	struct paper papers[PAPER_MAX];

	return (paper_workload(conf, 0, papers) > 0 ? papers[0].there : 0);
}

/* `all' addresses that are alike; fewer, for `left' times too much. */
static unsigned
scale_fewer(unsigned all, double *left, double *share)
{
	unsigned some;

	if (*left <= 1 || all == 1)
		return (0);
	some = (unsigned)MAX(1, ceil(all / *left));
	*left *= (double)some / all;
	*share *= (double)some / all;
	return (some);
}

/* Where each peer, or each address that is bound to, has ports of its own. */
static void
scale_addresses(const struct ask *q, const struct run_conf *conf,
    double left, struct ask_scale *s)
{
	struct paper papers[PAPER_MAX];

	if (paper_workload(conf, 0, papers) == 0)
		return;
	if (papers[0].peers > 1)
		s->faddrs = scale_fewer(q->faddrs, &left, &s->share);
	if (papers[0].laddrs > 1)
		s->laddrs = scale_fewer(q->laddrs, &left, &s->share);
}

void
ask_scale_set(struct ask_scale *s, const struct ask *q,
    const struct scenario *sc)
{
	const struct run_conf *conf;
	double conns, least, most, ports, room, stay, tw;
	unsigned first, last;

	conf = &sc->variants[0].conf;
	first = MIN(conf->kernel.portrange_first, conf->kernel.portrange_last);
	last = MAX(conf->kernel.portrange_first, conf->kernel.portrange_last);
	ports = last - first + 1.0;
	tw = ask_scale_timewait(sc);
	/*
	 * Where ports run out, they all come back together when TIME_WAIT ends
	 * and are gone together: what counts is a whole such turn.
	 */
	*s = (struct ask_scale){ .divided = 1, .share = 1,
	    .warmup = tw * 1.02 + 0.5,
	    .window = MAX(ASK_WINDOW, tw + MIN((double)q->lifetime / 1e12,
	    MAX(tw, 10))) };
	room = MAX(scale_room(conf), 1);
	stay = (double)MAX(q->lifetime, 0) / 1e12 + tw;
	least = MIN(scale_minports(q->rate * stay / room), ports);
	/*
	 * Of a few a minute there are too few in that to speak of shares; and
	 * of what lives for hours, too few ports that become free.
	 */
	s->window = MAX(s->window, MIN(ASK_SAMPLES / q->rate, ASK_LONGEST));
	if (q->rate * stay > room)
		s->window = MAX(s->window, MIN(ASK_FREED * stay / least,
		    ASK_LONGEST));
	s->open = MIN(q->rate * (double)q->lifetime / 1e12, 16e6);
	conns = q->rate * (s->warmup + s->window) + s->open;
	most = floor(ports / least);
	if (q->sysctl != NULL && !q->sockets &&
	    conf->host.maxsockets != ASK_MAXSOCKETS) {
		s->maxsockets = (double)conf->host.maxsockets;
		most = MIN(most, floor(s->maxsockets / ASK_MINSOCKETS));
	}
	s->divided = (unsigned)CLAMP(ceil(conns / ASK_CONNS), 1,
	    MAX(1, most));
	if (s->divided > 1) {
		s->first = first;
		s->last = first + (unsigned)(ports / s->divided) - 1;
	}
	/* The limit on sockets is for all addresses together. */
	if (s->maxsockets <= 0)
		scale_addresses(q, conf, conns / s->divided / ASK_CONNS, s);
}
