/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Every key of a scenario: one table.  Parsing, ranges, defaults, where a value
 * goes, what it mirrors in the kernel and what it means all come from it.
 *
 * A parameter path is GROUP.KEY, split at its first dot: groups have none, keys
 * may ("kernel.net.inet.tcp.msl").  The groups of workloads, observers and
 * variants have names: "workload:nginx.rate".
 */

#ifndef STUDY_SCENARIO_PARAM_H
#define	STUDY_SCENARIO_PARAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "models/machine/run.h"
#include "sim/dist.h"

/* What a value is, and so in what type of field it goes. */
enum param_type {
	PARAM_TEXT,		/* const char * */
	PARAM_NAME,		/* const char *, may be a file's name */
	PARAM_COUNT,		/* unsigned integer of any size */
	PARAM_BOOL,		/* bool: 0 or 1 */
	PARAM_DURATION,		/* simtime */
	PARAM_RATE,		/* rate_uhz */
	PARAM_PROFILE,		/* const struct rate_step *, and how many */
	PARAM_DIST,		/* struct dist */
	PARAM_ADDRS,		/* const uint32_t *, and how many */
	PARAM_PORTS,		/* const uint16_t *, and how many */
	PARAM_PORTRANGE,	/* struct portrange */
	PARAM_CHOICE,		/* an enum, by its index in `choices' */
	PARAM_FLAGS,		/* unsigned, a bit for each of `choices' */
	PARAM_FACTOR,		/* uint64_t, millionths */
	PARAM_FILE,		/* const char *, a file that exists */
	PARAM_COSTS,		/* const struct costs * */
	PARAM_STACK,		/* const struct stack * */
	PARAM_LOAD		/* const struct load * */
};

enum param_flag {
	PARAM_REQUIRED = 1,
	PARAM_BY_LOAD = 2,	/* only for loads that name it */
	PARAM_POWER_OF_2 = 4,	/* or 0 */
	PARAM_NO_VARIANT = 8,	/* one for all variants */
	PARAM_INCLUDES = 16,	/* files to read: not in the effective form */
	PARAM_UNSAID = 64,	/* not in the effective form as it is by
					   default: it decides nothing then */
	PARAM_OTHERS = 32	/* of stacks that have a default for it */
};

/* The struct that a value goes into. */
enum param_target {
	PARAM_IN_NOTHING,
	PARAM_IN_RUN,		/* struct run_conf */
	PARAM_IN_WORKLOAD,	/* struct workload_conf */
	PARAM_IN_OBSERVER,	/* struct observer_conf */
	PARAM_IN_HEAD		/* struct param_head: not of one run */
};

struct param {
	const char	*group;		/* "workload" for [workload:NAME] */
	const char	*key;
	enum param_type	type;
	unsigned	flags;		/* set of param_flag */
	enum param_target target;
	size_t		offset;		/* in the target */
	size_t		size;
	size_t		count_offset;	/* of the `unsigned' beside a list */
	const char	*def;		/* NULL: none */
	const char	*word;		/* stands for no value: "auto" */
	uint64_t	min, max;	/* in base units; 0, 0: no limit */
	const char	*choices;	/* "none;laddr", in order */
	const char	*mirrors;	/* in the kernel; NULL: nothing */
	const char	*doc;
};

/* What [scenario] says of all runs together. */
struct param_head {
	const char	*name;
	const char	*title;
	unsigned	replications;
};

/* param_table.c; .group NULL ends it.  It has fewer rows than this. */
extern const struct param param_table[];
#define	PARAM_MAXKEYS	256

/*
 * group	as in a file: "workload:nginx"
 *
 * Returns:	NULL if there is none.
 */
const struct param *param_find(const char *group, const char *key);

/*
 * Is it a key of that group?  Where all keys of a group are gone through this
 * is asked instead of looking each up again: keys of a group differ.
 */
bool	param_in(const struct param *, const char *group);

/* Is it a group that has parameters?  "workload:nginx" is one. */
bool	param_group_known(const char *group);

/* Does `group' stand for groups with a name: workload, variant? */
bool	param_group_named(const char *group);

/* "'KEY' is unknown; did you mean X?", for a group that is known. */
void	param_unknown(const char *group, const char *key, GError **);

/* The unit a value is written in, for people: "ns us ms s min h". */
const char *param_unit(const struct param *);

/*
 * Append a number in its unit, as it may stand in a file: "12500ms".
 *
 * value	in the base unit of the type: ps, millionths
 */
void	param_add_number(const struct param *, GString *, uint64_t value);

/* The allowed range or values, for people.  Free with g_free(). */
char	*param_range(const struct param *);

#endif /* !STUDY_SCENARIO_PARAM_H */
