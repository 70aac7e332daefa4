/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Stacks by the names that a user types: a stack's own, or a release's.
 *
 * Theory:	a mistyped name of a release is as near to the one before the
 *		change of allocators as to the one after it, so a hint that
 *		picks one may say the opposite of what was meant.  Of those
 *		that are equally near and not the same stack, the one whose
 *		number is next to what was typed is offered, or none.  A name
 *		that differs in capital letters only is what was meant.
 */

#ifndef STUDY_SCENARIO_STACK_NAME_H
#define	STUDY_SCENARIO_STACK_NAME_H

#include <glib.h>

#include "models/stacks/stack.h"

/*
 * A stack's name, or a release's, and proposals behind it (stack_proposed.h).
 * NULL with an error that says what there is, and what was perhaps meant.
 */
const struct stack *stack_name_parse(const char *typed, GError **);

/* NULL if there is none. */
const struct stack *stack_name_find(const char *typed);

/* "; did you mean 'freebsd-13.3'?", or what may be said, or "".  g_free(). */
char	*stack_name_hint(const char *typed);

/* "freebsd-11, freebsd-12.0, ..."; g_free(). */
char	*stack_name_all(void);

/* "12.2-12.4, 13.0-13.5", or "-"; g_free(). */
char	*stack_name_releases(const struct stack *);

/*
 * "freebsd-13.3: freebsd-12.2 stands for it (read)"; NULL if `typed' is the
 * stack's own name.  g_free().
 */
char	*stack_name_resolved(const struct stack *, const char *typed);

#endif /* !STUDY_SCENARIO_STACK_NAME_H */
