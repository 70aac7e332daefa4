/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Groups of scenario and sweep files, in words, and the keys of those groups
 * that the table of parameters does not have.
 */

#ifndef CLI_GROUP_H
#define	CLI_GROUP_H

#include <stdbool.h>

struct group_key {
	const char	*key;		/* NULL ends */
	const char	*def;
	const char	*allowed;
	const char	*doc;
};

struct group {
	const char	*name;		/* "workload"; NULL ends */
	const char	*kind;		/* "group of a scenario" */
	const char	*doc;
	/* The group of parameters whose keys it has; NULL: those below. */
	const char	*params;
	const struct group_key *keys;	/* NULL: names of the user's own */
};

extern const struct group group_table[];

/*
 * Is the group, or something of it, what somebody named?  "host", "[host]",
 * "workload:nginx"; "labels.host.cpus" of a group whose keys are the user's.
 */
bool	group_means(const struct group *, const char *named);

/* The same of a key: "zip", "sweep.zip". */
bool	group_key_means(const struct group *, const struct group_key *,
	    const char *named);

#endif /* !CLI_GROUP_H */
