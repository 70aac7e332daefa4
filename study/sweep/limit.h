/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Where does it break?  The value of one parameter at which a predicate over
 * metrics turns true, by bisection.
 *
 * Theory:	each replication has random numbers of its own, the same at
 *		every value (common random numbers), and is bisected by itself;
 *		so its turning point is known to lie in a bracket, and the
 *		turning points of the replications are a sample: their mean has
 *		an interval of confidence (Student).  Where in its bracket each
 *		point lies nobody knows, so half the mean bracket is added on
 *		either side: no answer is sharper than the values that were
 *		tried.  Between values of one decade or more the middle is the
 *		geometric one.
 *
 *		A run ends as soon as it is certain what the predicate comes
 *		to: that it already holds `verdict >= freezes' nothing changes
 *		any more.  What runs have in common is simulated once a
 *		replication (trunk.h).  What is answered is the same: every
 *		value has the outcome that a run from its start to its end
 *		has, so nothing of the interval depends on when one stopped.
 *
 *		Bisection takes for granted that the predicate turns once.  It
 *		is looked at again at two more values, one on each side; one
 *		that does not fit is told.
 */

#ifndef STUDY_SWEEP_LIMIT_H
#define	STUDY_SWEEP_LIMIT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <glib.h>

#include "study/scenario/load.h"
#include "study/scenario/param.h"

#define	LIMIT_ERROR	g_quark_from_static_string("pcbsim-limit")

#define	LIMIT_MAXSTEPS	60	/* 64 bits and a doubt */
/* .. with both ends, a look on each side, and the middle. */
#define	LIMIT_MAXPOINTS	(LIMIT_MAXSTEPS + 5)

enum limit_outcome {
	LIMIT_FOUND,		/* lo does not hold, hi does */
	LIMIT_ALREADY,		/* holds at the lower end */
	LIMIT_NEVER,		/* does not hold at the upper end */
	LIMIT_STOPPED,		/* before it was known */
	LIMIT_FAILED		/* a run could not be made */
};

/* One value that was tried. */
struct limit_point {
	uint64_t	value;		/* base units of the parameter */
	bool		holds;
	bool		undefined;	/* so it does not hold: it divides by
					   0, or is of what there was none of */
};

struct limit_replication {
	enum limit_outcome outcome;
	uint64_t	lo, hi;
	bool		monotone;	/* as far as was looked */
	GArray		*points;	/* struct limit_point, as tried; of
					   replication 0 the middle last, if it
					   was not asked for */
};

struct limit_range {
	uint64_t	from, to;	/* base units, from < to */
	double		tolerance;	/* of the bracket, to its upper end */
};

/*
 * Does the predicate hold at p->value?  False: *error says why that is not
 * known, or it was stopped.
 */
typedef bool (*limit_holds_fn)(void *arg, unsigned replication,
	    struct limit_point *p, GError **error);

/* Bisect one replication; r->points is the caller's to free. */
void	limit_bisect(const struct limit_range *, unsigned replication,
	    limit_holds_fn, void *arg, struct limit_replication *r,
	    GError **error);

/* "1/s..10k/s" of a parameter that has numbers. */
bool	limit_range_parse(const char *text, const struct param *,
	    struct limit_range *, GError **);

/* The middle of a bracket, or of two values, as bisection takes it. */
uint64_t limit_middle(uint64_t lo, uint64_t hi);

/* How many values bisection is going to try, if it turns somewhere inside. */
unsigned limit_steps(const struct limit_range *);

/* Where it turns: above `lo', where it does not hold; at `hi' at the latest. */
struct limit_bounds {
	bool		has_lo, has_hi;	/* else nothing is known */
	uint64_t	lo, hi;
};

/*
 * What the values that were tried say of that, and nothing else does; none if
 * it turns nowhere between the ends.
 */
void	limit_bounds(const struct limit_replication *, struct limit_bounds *);

/* In the unit of people: 1/s, s, a count; and that unit's name. */
double	limit_number(const struct param *, double base);
const char *limit_unit(const struct param *);
/* As --set takes it.  Free with g_free(). */
char	*limit_text(const struct param *, uint64_t base);

/* ---- of a scenario ------------------------------------------------------ */

struct scenario;
/* How far it is. */
struct limit_tally {
	unsigned	answers;	/* to come: one a variant, or one */
	unsigned	tried, expected; /* values, over all */
	/* The one in the middle of the range, tried first; < 0: not yet. */
	double		middle_s;	/* it took */
};

struct limit_conf {
	const char	*scenario;	/* path */
	const struct override *overrides;	/* overrides[noverrides] */
	unsigned	noverrides;
	const char	*variant;	/* only this one; NULL: all */
	const char	*path;		/* of the parameter */
	const struct param *param;
	struct limit_range range;
	const char	*until;		/* the predicate */
	unsigned	replications, jobs;
	double		memory;		/* bytes for a run; 0: what there is */
	/* Runs go to their end, although the predicate is decided before. */
	bool		whole;
	const gint	*stop;
	/* The scenario was read; NULL: nobody wants to know. */
	void		(*loaded)(const struct scenario *);
	/* Some times a second; first before anything is tried. */
	void		(*tick)(void *arg, const struct limit_tally *);
	void		*tick_arg;
	/* Fewer threads than jobs could be made (crew.h); may be NULL. */
	void		(*fewer)(unsigned made, unsigned wanted,
			    const char *why);
};

struct limit_answer {
	char		*variant;	/* NULL: the predicate names its own */
	unsigned	n;
	struct limit_replication *replication;	/* replication[n] */
};

/*
 * One answer a variant where the predicate's metrics name none, else one.
 * Errors: the predicate, the parameter, the scenario.
 */
bool	limit_run(const struct limit_conf *, GPtrArray *answers, GError **);
void	limit_answer_free(struct limit_answer *);

/* ---- what is said ------------------------------------------------------- */

/* The mean turning point of the replications where it was found. */
struct limit_interval {
	unsigned	n;		/* replications; the rest if > 0 */
	double		mean;		/* base units, as all of these */
	double		bracket;	/* half the mean bracket: at least so
					   far the mean may be off */
	bool		enough;		/* `half' means something */
	double		half;		/* of the 95 % interval, the bracket
					   included */
	double		min, max;	/* no turning point lies outside */
};

/*
 * A count that was bisected to the end is known exactly: its bracket is the one
 * value at which the predicate first holds.
 */
void	limit_interval(const struct param *, const struct limit_answer *,
	    struct limit_interval *);

/* "current: first EADDRNOTAVAIL ... at 463/s +- 4/s": a line or some. */
void	limit_tell(const struct limit_conf *, const struct limit_answer *,
	    GString *);

/* All of it, for programs: docs/schema/limit-1.schema.json. */
void	limit_json(const struct limit_conf *, const GPtrArray *answers,
	    GString *);

/* Every value that was tried, as CSV. */
void	limit_write(const struct limit_conf *, const GPtrArray *answers,
	    FILE *);

#endif /* !STUDY_SWEEP_LIMIT_H */
