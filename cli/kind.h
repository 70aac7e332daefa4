/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Kinds of things that have names: stacks, loads, metrics, verdicts ... .  What
 * `list' prints, `explain' finds and the hints of both know comes from here.
 */

#ifndef CLI_KIND_H
#define	CLI_KIND_H

#include <stdbool.h>

#include <glib.h>

#define	KIND_MAXFIELDS	40

/* Borrowed while a kind_fn is called. */
struct kind_item {
	const char	*name;		/* "freebsd-12.0" */
	const char	*title;		/* one line */
	unsigned	nfields;
	struct {
		const char	*key;
		const char	*text;
		bool		number;	/* plain */
	} field[KIND_MAXFIELDS];
};

typedef void (*kind_fn)(const struct kind_item *, void *arg);

struct kind {
	const char	*name;		/* "stacks" */
	const char	*one;		/* "stack" */
	void		(*each)(kind_fn, void *arg);
};

extern const struct kind kinds[];
extern const unsigned nkinds;

/* NULL if there is none of that name ("stacks"). */
const struct kind *kind_find(const char *name);

/* "stacks|allocators|...", for --help; free with g_free(). */
char	*kind_names(const char *between);

/*
 * The stack with proposals that is named "freebsd-14+spread", which no list
 * has; false: none is.
 */
bool	kind_composed(const char *name, kind_fn, void *arg);

/*
 * Is that item what somebody named?  A metric of workloads is by its end:
 * "nginx_ok" is WORKLOAD_ok.
 */
bool	kind_means(const struct kind_item *, const char *named);

#endif /* !CLI_KIND_H */
