/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What an allocator does to the ports, to those who watch, and to those who
 * wait: all measures of a run that are taken of its choices.
 *
 * Theory:	every connection whose port the kernel chose is told when it is
 *		opened, when its last segment is gone, and when its pcb is;
 *		every search when it is decided.  Each costs the same, however
 *		many there were, and the memory is bounded: 14 MiB, and 1.5 for
 *		each of 16 addresses.
 *
 *		A *stream* is a source address and a destination.  The first
 *		MEASURES_STREAMS of them are watched: by stream are steps
 *		(trail.h), what is taken (gaps.h), the load that a search meets,
 *		and who gets connections.  Where a connect() looks at ports
 *		alone (`by_port': a port that anybody has is taken), one set of
 *		taken ports is that of all streams.
 *
 *		Fairness is Jain's index (sum x)^2 / (n sum x^2) of shares x of
 *		attempts that succeeded, by destination; and of connections, by
 *		local address: 1 if all get alike, 1 / n if one gets all.
 * Left out:	ports that a program names, and ports outside the range (the
 *		high and low ranges, ranges of a socket's own): they are neither
 *		uses nor taken.
 */

#ifndef MODELS_MEASURES_MEASURES_H
#define	MODELS_MEASURES_MEASURES_H

#include <stdbool.h>
#include <stdint.h>

#include "models/measures/evenness.h"
#include "models/measures/gaps.h"
#include "models/measures/reuse.h"
#include "models/measures/trail.h"

#define	MEASURES_STREAMS	64u
#define	MEASURES_NONE		0xffu	/* no stream */
#define	MEASURES_NLOADS		9
#define	MEASURES_MAXERRORS	4

/* Searches that met such a share of the tuples taken. */
struct measures_load {
	uint64_t	searches, failed;
	uint64_t	candidates, candidates_max;
	uint64_t	visits;
	simtime		time, time_max;	/* that they computed */
};

/* From that share on; the last is: all taken. */
extern const double measures_loads[MEASURES_NLOADS];

/* One that was decided. */
struct measures_search {
	uint64_t	candidates, visits;
	simtime		time;
	int		error;		/* errno; 0: a port was found */
	bool		no_port;	/* .. it says that there is none */
};

struct measures_stream {
	uint32_t	laddr, faddr;
	uint16_t	fport;
	uint64_t	attempts, ok;
	struct trail_view view;
	struct gaps	gaps;		/* unless by_port */
	unsigned	held;		/* if by_port: tuples */
	unsigned	held_max;
};

struct measures {
	uint16_t	first, last;
	bool		by_port;
	unsigned	nladdrs;
	uint64_t	*closed;	/* places; gaps.h */
	struct port_set	*closed_ports;
	struct evenness	evenness;
	struct reuse	reuse;
	struct trail	trail;
	struct gaps	gaps;		/* by_port: of all */
	uint32_t	*holders;	/* .. connections on each place */
	unsigned	nstreams;
	struct measures_stream stream[MEASURES_STREAMS];
	uint8_t		slot[4 * MEASURES_STREAMS];	/* by hash */
	uint64_t	*from;		/* connections of each local address */
	double		behind, fair;	/* sums */
	struct measures_load load[MEASURES_NLOADS];
	struct measures_load failed;	/* those that found no port */
	unsigned	nerrors;
	int		errors[MEASURES_MAXERRORS];	/* with which errno */
};

/*
 * closed	ports that no search may give; copied
 */
void	measures_init(struct measures *, uint16_t first, uint16_t last,
	    const struct port_set *closed, bool by_port, unsigned nladdrs);
void	measures_fini(struct measures *);
/* The warm-up is over: sums begin anew, what is open stays open. */
void	measures_forget(struct measures *);

/*
 * The stream of a source and a destination; MEASURES_NONE: not watched.  One
 * that is new is watched if there is room.
 */
unsigned measures_stream(struct measures *, uint32_t laddr, uint32_t faddr,
	    uint16_t fport);

/* An attempt in that stream was decided; with its search, if it had one. */
void	measures_attempt(struct measures *, unsigned stream, bool ok);
void	measures_search(struct measures *, unsigned stream,
	    const struct measures_search *);

static inline bool
measures_has(const struct measures *m, uint16_t lport)
{

	return (lport >= m->first && lport <= m->last);
}

/*
 * A connection has its port; its last segment is gone; its pcb is.
 *
 * place	the local address's number, < nladdrs
 */
void	measures_open(struct measures *, unsigned stream,
	    const struct reuse_tuple *, unsigned place, simtime now);
void	measures_end(struct measures *, const struct reuse_tuple *,
	    unsigned place, simtime now);
void	measures_gone(struct measures *, unsigned stream, uint16_t lport);

/* NAN where there is nothing to tell of. */
double	measures_behind(const struct measures *);
double	measures_dest_fairness(const struct measures *);
double	measures_addr_fairness(const struct measures *);
/* The fullest stream's tuples, over those there are. */
double	measures_held_max(const struct measures *);

#endif /* !MODELS_MEASURES_MEASURES_H */
