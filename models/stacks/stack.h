/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A stack: one kernel's way of doing it, as data plus the few plug-ins in
 * which it differs from its neighbours.  One file a stack in models/stacks/;
 * nothing else names one.
 */

#ifndef MODELS_STACKS_STACK_H
#define	MODELS_STACKS_STACK_H

#include <stdbool.h>

struct lock_plan;		/* models/plans/plan.h */
struct net;			/* models/net/net.h */
struct net_conf;
struct net_family;		/* models/net/family.h */
struct proposal;		/* models/net/proposal.h */

/*
 * How it is known that a release decides as its stack does, the weakest first.
 * None of them is a claim about time.
 */
enum stack_known {
	STACK_PROPOSED,		/* no kernel decides so */
	STACK_INFERRED,		/* from its neighbours, or from dates */
	STACK_READ,		/* its source was read */
	STACK_RECORDED,		/* its code's decisions, recorded and equal */
	STACK_BOOTED		/* the booted kernel's decisions, the same */
};

/* A release that a stack stands for; a list ends with a NULL name. */
struct stack_release {
	const char	*name;		/* "freebsd-13.3" */
	enum stack_known known;
};

enum timewait_kind {
	TIMEWAIT_CAPPED,	/* FIFO, capped, scanned every 500 ms (<= 13) */
	TIMEWAIT_CALLOUT	/* uncapped, one exact callout each (14) */
};

/* A sysctl, tunable or property that a stack reads, and its default. */
struct stack_sysctl {
	const char	*key;		/* of [kernel]; NULL ends a list */
	const char	*def;
};

struct stack {
	const char	*name;		/* "freebsd-12.0" */
	/* Its releases, oldest first; NULL: it stands for nothing else. */
	const struct stack_release *releases;
	enum stack_known known;		/* the best of what it rests on */
	const char	*title;		/* one line for `pcbsim list stacks' */
	const char	*source;	/* kernel functions and release */
	const char	*left_out;	/* what the model leaves out */
	/*
	 * Operations recorded from that kernel's code (tests/golden/) whose
	 * decisions and counts are the model's; 0: none were to be had.
	 */
	unsigned	recorded_ops;
	/*
	 * The kernel of these releases that was booted, as it calls itself,
	 * and how many of its decisions are the model's (tests/kernel/).
	 */
	const char	*booted;	/* "12.1-RELEASE"; NULL: none */
	unsigned	booted_ops;
	const char	*recorded_but;	/* what of them does not count; NULL */

	/* Decisions (models/net/net.h). */
	const struct net_family *family;
	const void	*variant;	/* the family's: which release */
	/* An unbound connect() takes its port before its address. */
	bool		port_first;
	/* What it does otherwise than that kernel; NULL: nothing. */
	const struct proposal *proposal;

	/* All keys of [kernel] it has; NULL: FreeBSD's, with their defaults. */
	const struct stack_sysctl *sysctls;

	/* Time (models/machine/machine.h). */
	const struct lock_plan *plan;	/* NULL: it does not run, only decides
					   (pcbsim script) */
	enum timewait_kind timewait;
	bool		nolocaltimewait;	/* default of the sysctl */
	/* A knob that came with one of its releases (by name); NULL: none. */
	const char	*late_knob, *late_since;
};

/* The default that the stack itself has for a key of [kernel], or NULL. */
const char *stack_default(const struct stack *, const char *key);

/* Does its choice of ports read the knob (models/net/net.h)? */
bool	stack_reads(const struct stack *, const char *knob);

/* stack_reads() by the name of a release, which may lack what others have. */
bool	stack_release_reads(const struct stack *, const char *release,
	    const char *knob);

/* Does a bind() with IP_BIND_ADDRESS_NO_PORT take no port? */
bool	stack_noport(const struct stack *);

/* net_new(), with the stack's family and variant put into the conf. */
struct net *stack_net(const struct stack *, const struct net_conf *);

/*
 * By its own name or by that of a release it stands for; NULL if there is
 * neither.
 */
const struct stack *stack_find(const char *name);

/* How that release, or else the stack as a whole, is known. */
enum stack_known stack_known_of(const struct stack *, const char *name);

/* "booted", "recorded", "read", "inferred", "proposed". */
const char *stack_known_name(enum stack_known);

#endif /* !MODELS_STACKS_STACK_H */
