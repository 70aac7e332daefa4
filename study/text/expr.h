/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Expressions of [expect]: VARIANT.METRIC, numbers, + - * / ( ), < <= == != >=
 * > && ||.  A verdict's name (ok, fails, exhausted, stalls, freezes ...)
 * is its number, 0 to 4.  A whole one, and each side of && and ||, is a
 * comparison.  A small recursive-descent parser; no shell, no functions.
 */

#ifndef STUDY_TEXT_EXPR_H
#define	STUDY_TEXT_EXPR_H

#include <stdbool.h>

#include <glib.h>

struct expr;

/* Errors: what was expected and at which character. */
struct expr *expr_parse(const char *text, GError **);
/*
 * The same over parameters, as in a sweep's constraint: the names are
 * paths[n], such as "workload:nginx.rate".  Lookups get the group for a variant
 * and the key for a metric.
 */
struct expr *expr_parse_paths(const char *text, const char *const *paths,
	    unsigned n, GError **);
/* The same; a name without a variant is one of `variant'. */
struct expr *expr_parse_variant(const char *text, const char *variant,
	    GError **);
void	expr_free(struct expr *);

/*
 * Look up a name.  False and a GError for an unknown variant or metric.
 */
typedef bool (*expr_lookup_fn)(const char *variant, const char *metric,
	    double *value, void *arg, GError **);

/* Check every name without evaluating; used before anything runs. */
bool	expr_check(const struct expr *, expr_lookup_fn, void *arg, GError **);

/*
 * Truth values are 0 and 1; NaN: undefined, which holds as little as 0 does.  A
 * division by 0 is, and all that is made of it, but "or" what holds and "and"
 * what does not.
 */
bool	expr_eval(const struct expr *, expr_lookup_fn, void *arg,
	    double *value, GError **);

/* What is known of a value; not `known': nothing, it may be NaN. */
struct expr_range {
	double		lo, hi;
	bool		known;
};

typedef struct expr_range (*expr_range_fn)(const char *variant,
	    const char *metric, void *arg);

/*
 * Is it certain whether the expression holds, whatever the names come to in
 * their ranges?
 */
bool	expr_sure(const struct expr *, expr_range_fn, void *arg, bool *holds);

/*
 * The expression with each name's value beside it, for a claim that fails:
 * "proposed.eaddrnotavail (= 12) == 0"; and ": undefined, a division by 0".
 * Free with g_free().
 */
char	*expr_explain(const struct expr *, expr_lookup_fn, void *arg);

#endif /* !STUDY_TEXT_EXPR_H */
