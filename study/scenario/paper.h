/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * On paper: does a workload fit into the ports that its kernel's rule leaves
 * it?
 *
 * Theory:	needed is what is in the tables at a time, at most: rate x
 *		(lifetime + TIME_WAIT), or what estimate.h knows of other
 *		loads.  There is, by the rule that decides whether a port is
 *		taken:
 *
 *		bound		local addresses x ports
 *		  reused	(SO_REUSEADDR, SO_REUSEPORT) ... x peers
 *		unbound, *	ports, if the port is chosen first, as by
 *				bind(*, 0): any pcb takes one, whatever its
 *				address
 *				ports x peers, if port and address are chosen
 *				together, all from the primary address
 *				ports, if that address has each only once,
 *				whatever the peer (OpenBSD)
 *
 *		Which of these it is, what options do to it and how many ports
 *		there are the kernel itself is asked (paper_rule.h).
 *
 *		Of a recording, whose connections differ in where they go, the
 *		fullest local address or peer counts.
 * Left out:	that searches lengthen as the range fills, and fail before it is
 *		full; chance; retries.  That is what the run is for.
 */

#ifndef STUDY_SCENARIO_PAPER_H
#define	STUDY_SCENARIO_PAPER_H

#include <stdbool.h>

#include <glib.h>

#include "models/machine/run.h"
#include "study/scenario/estimate.h"

enum paper_fit {
	PAPER_FITS,
	PAPER_ALONE,		/* but not with all that others may hold */
	PAPER_SHORT		/* it runs out */
};

/* "fits", "alone", "short" */
const char *paper_fit_name(enum paper_fit);

struct paper {
	const struct workload_conf *workload;
	bool		bound;
	bool		fullest;	/* of a recording: of its fullest end */
	bool		port_first;	/* unbound, and so chosen */
	bool		any_peer;	/* a port is taken whatever the peer */
	/* What there is: the product. */
	unsigned	laddrs, ports;
	unsigned	peers;		/* addresses x ports */
	double		there;
	bool		at_most;	/* some connections fail before */
	double		needed;
	double		others;		/* of the same, by other workloads */
	enum paper_fit	fit;
	struct estimate	est;		/* of the workload */
	double		lifetime, timewait;	/* means, ps; of a rate */
};

#define	PAPER_MAX	2	/* a recording may hold bound and unbound */

/*
 * idx		of the workload
 *
 * Returns:	how many of papers[PAPER_MAX]: none if it wants no connection.
 */
unsigned paper_workload(const struct run_conf *, unsigned idx,
	    struct paper *papers);

/*
 * "120,000 needed = 1,000/s x (60 s + 60 s TIME_WAIT); 2,776,800 there = 50
 * laddrs x 55,536 ports: fits (4.3 %)", with `between' for the semicolon.  "at
 * most 100 there = ...: fits at best (100 %)" where ports are chosen blindly.
 */
void	paper_add(const struct paper *, const char *between, GString *);

#endif /* !STUDY_SCENARIO_PAPER_H */
