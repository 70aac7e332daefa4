/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A question without a scenario: when does it run out, and what helps?
 *
 * Theory:	the question becomes a scenario of one workload.  On paper it is
 *		compared with the ports there are (study/scenario/paper.h); then
 *		it is run, and again with each remedy.  What a run says is said
 *		of the time after TIME_WAIT has filled; the connections that are
 *		open in balance are there from the start.  A load of more than
 *		ASK_CONNS connections is run smaller: rate, range and population
 *		divided by the same number (and, where that is not enough, some
 *		of addresses that are alike, with their share of the rate),
 *		which keeps the share of ports that is taken, and so who fails;
 *		the time that a search takes shrinks
 *		with it, so locks are told of only where nothing was divided.
 *		What would still take long is answered on paper.
 */

#ifndef STUDY_SWEEP_ASK_H
#define	STUDY_SWEEP_ASK_H

#include <stdbool.h>

#include <glib.h>

#include "models/machine/run.h"
#include "study/scenario/scenario.h"

#define	ASK_NAME	"the question"	/* as messages call its text */
#define	ASK_CONNS	30000		/* of one run, about */
#define	ASK_MINPORTS	256.0		/* a range is not divided below that;
					   a fourth, an eighth where it is
					   short by far */
#define	ASK_MAXFIXES	16
#define	ASK_LESS	0.99		/* of what was lost: no help above */
#define	ASK_LONG	30		/* s of a CPU; above: on paper */

/* Who says which kernel it is. */
enum ask_by {
	ASK_BY_USER,
	ASK_BY_SYSCTL,
	ASK_BY_NETSTAT,
	ASK_ASSUMED
};

struct ask {
	const char	*stack;
	enum ask_by	by;
	bool		netstat;	/* there is a snapshot */
	double		rate;		/* connects a second; 0: not known */
	simtime		lifetime;	/* < 0: not known */
	unsigned	laddrs, faddrs, fports;
	const char	*bind;		/* as in a scenario */
	const char	*range;		/* "A-B"; NULL: the kernel's */
	const char	*msl;		/* "5s"; NULL: the kernel's */
	const char	*kernel;	/* another line of [kernel]; or NULL */
	const char	*closer;
	const char	*sysctl;	/* file; NULL: none */
	bool		sockets;	/* as many as are wanted, whatever it
					   says */
	/* As typed, for what is told of it; NULL: not given. */
	struct {
		const char	*rate, *lifetime;
	} said;
	/* Of netstat: what there is now; 0: nobody looked. */
	unsigned	open, timewait;
	double		memory;		/* bytes; 0: what there is */
	/* Told if there are fewer threads than wanted; NULL: nobody. */
	void		(*fewer)(unsigned made, unsigned wanted,
			    const char *why);
};

/* What a run bore, of the time that counts. */
struct ask_run {
	bool		done;
	double		wanted, served;	/* connects a second, undivided */
	double		failed, waiting;	/* shares of what was wanted */
	uint64_t	errors[4];	/* enum ask_error */
	char		other[16];	/* ASK_OTHER is this: "EAGAIN" */
	double		first;		/* s until the first failure; < 0 */
	double		pcbs;		/* most, undivided */
	enum verdict	verdict;
};

enum ask_error {
	ASK_EADDRNOTAVAIL,
	ASK_EADDRINUSE,
	ASK_ENOBUFS,
	ASK_OTHER
};

const char *ask_error_name(enum ask_error);

/* A remedy: what to change, and what came of it. */
struct ask_fix {
	const char	*what;		/* "one more destination" */
	char		*how;		/* "workload:it.faddrs = *4" */
	const char	*price;		/* NULL: none to speak of */
	bool		wants_new;	/* what there is not yet */
	struct ask_run	run;
};

struct ask_answer {
	struct scenario	*paper;		/* undivided */
	unsigned	divided;	/* by so much; 1: not at all */
	unsigned	laddrs, faddrs;	/* so many in the run; 0: all */
	double		window;		/* s that count */
	char		*text;		/* the scenario that was run */
	double		effort;		/* instructions of all that was not run
					   for being too many; 0: it was run */
	struct ask_run	base;
	unsigned	nfixes;
	struct ask_fix	fixes[ASK_MAXFIXES];	/* best first */
};

/*
 * Read a snapshot of netstat, ss or sockstat into the question: how many
 * addresses, destinations, connections there are.
 *
 * system	[out] whose form it has, as uname -s calls it; NULL: not known
 */
bool	ask_netstat(struct ask *, const char *path, const char **system,
	    GError **);

/*
 * Which kernel is it that sysctl -a printed this of, by kern.ostype and
 * kern.osrelease?
 *
 * stack	[out] g_free(); NULL: it does not say, or there is no such one
 * system	[out] g_free(); "FreeBSD 99.2-RELEASE"; NULL: it does not say
 */
bool	ask_sysctl(const char *path, char **stack, char **system, GError **);

/*
 * The stack of what uname -s and -r say; g_free().  NULL: there is none.
 *
 * release	NULL: not known, which matters to Linux and FreeBSD alone
 */
char	*ask_stack_of(const char *type, const char *release);

/* Was it run, and did somebody come? */
bool	ask_tried(const struct ask_fix *);
/* Is less lost with it than now?  Of one that was tried. */
bool	ask_helps(const struct ask_answer *, const struct ask_fix *);

/*
 * fast		on paper only
 *
 * Errors:	what was asked is wrong, or cannot be known.
 */
bool	ask_answer(struct ask *, bool fast, struct ask_answer *, GError **);
void	ask_answer_fini(struct ask_answer *);

/* At most 20 lines; the first has the finding. */
void	ask_tell(const struct ask *, const struct ask_answer *, GString *);
/* docs/schema/ask-1.schema.json */
void	ask_json(const struct ask *, const struct ask_answer *, GString *);

/*
 * Change a message about the question's scenario so that it names the options
 * that it was made of (ask_option.c).
 */
void	ask_option_told(const struct ask *, GError *);

/* ---- how a run differs from the question (ask_scale.c) ------------------ */

struct ask_scale {
	bool		whole;		/* the question, not to be run */
	unsigned	divided;	/* rate, range, population */
	double		warmup, window;	/* s */
	double		open;		/* connections, undivided */
	unsigned	first, last;	/* the range; 0: the kernel's */
	/* So many of the addresses, and the share that this is of all. */
	unsigned	laddrs, faddrs;	/* 0: all */
	double		share;
	double		maxsockets;	/* undivided; 0: no limit is known */
};

/* Of a loaded question. */
void	ask_scale_set(struct ask_scale *, const struct ask *,
	    const struct scenario *);
/* Seconds of TIME_WAIT on this side. */
double	ask_scale_timewait(const struct scenario *);
/* What one connection in the run stands for. */
double	ask_scale_times(const struct ask_scale *);

#endif /* !STUDY_SWEEP_ASK_H */
