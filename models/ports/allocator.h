/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A port allocator: in which order the ports are tried, and by which rule one
 * is taken.  It does not look into the tables itself: it proposes runs of
 * candidates, and one search (pcb_table_search()) serves all allocators.
 *
 * One file an allocator in models/ports/allocators/, which defines one constant
 * table allocator_NAME; nothing but a stack names it.  The allocator says how
 * big its state is; whoever searches owns the memory, zeroes it and passes it
 * to every hook.
 */

#ifndef MODELS_PORTS_ALLOCATOR_H
#define	MODELS_PORTS_ALLOCATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/net/rule.h"

/* The sysctls that port choice reads; they may change between calls. */
struct allocator_conf {
	bool		randomized;
	unsigned	randomcps;	/* searches a second */
	unsigned	randomtime;	/* s */
	/* The CPU that searches, of so many; 0: it is not known. */
	unsigned	cpu, cpus;
	/* The search in hand: where the connection goes, and from where. */
	const struct port_query *query;
	uint32_t	(*draw)(void *arg);	/* arc4random() */
	void		*draw_arg;
};

/* What became of the call. */
enum allocator_begin {
	ALLOCATOR_OK,
	ALLOCATOR_DIVIDES_BY_ZERO	/* the kernel would panic here */
};

struct allocator {
	const char	*name;		/* "rover" */
	const char	*title;		/* for `pcbsim list allocators' */
	const char	*source;	/* kernel functions and release */
	const char	*left_out;
	size_t		state_size;	/* bytes */

	/*
	 * How a connect() of an unbound socket chooses: PORT_RULE_LOCAL binds
	 * it to (*, port) first and its address after; PORT_RULE_TUPLE takes
	 * the address first.  bind() of port 0 is by local end everywhere.
	 */
	enum port_rule	connect_rule;

	/*
	 * A search begins, in [first, last], first <= last.  Draws, counts.
	 * Required.
	 */
	enum allocator_begin (*begin)(void *st, const struct allocator_conf *,
			    uint16_t first, uint16_t last);

	/*
	 * The next candidates; false: the search has failed.  None is
	 * proposed twice in a search, but by RFC 6056's 2 and 5.  The runs
	 * must end.  Required.
	 * Where searches run side by side (models/net/seek.h) there is one.
	 */
	bool		(*propose)(void *st, uint16_t first, uint16_t last,
			    struct port_run *run);

	/*
	 * The last candidate of the run that was tried: the free port if
	 * `found', else the run's last.  Required.
	 */
	void		(*tried)(void *st, uint16_t lport, bool found);

	/*
	 * The search that conf->query was for took the port; others may have
	 * begun since.  NULL: it does not matter.
	 */
	void		(*took)(void *st, const struct allocator_conf *,
			    uint16_t first, uint16_t last, uint16_t lport);

	/* Once a second.  NULL: none. */
	void		(*tick)(void *st, const struct allocator_conf *);

	/* The rover, to show and to set.  NULL: shown as 0, not settable. */
	unsigned	(*lastport)(const void *st);
	void		(*set_lastport)(void *st, uint16_t lport);

	/*
	 * Bytes that the kernel holds for choosing, beside its pcb tables.
	 * NULL: state_size.
	 */
	size_t		(*bytes)(const void *st);

	/* Seconds until random again.  NULL: always 0. */
	unsigned	(*stoprandom)(const void *st);
	void		(*set_stoprandom)(void *st, unsigned seconds);
};

#endif /* !MODELS_PORTS_ALLOCATOR_H */
