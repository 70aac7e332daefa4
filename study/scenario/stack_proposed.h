/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Stacks with proposals by name: freebsd-14+spread, and several at once,
 * freebsd-14+spread+full-cache.
 *
 * Theory:	a name is a stack's or a release's, then proposals; the order of
 *		these does not matter, and the stack that results is called by
 *		the stack's own name and them in the order of their names.
 *		What was composed once stays until the program ends, so that a
 *		stack is a pointer that needs no owner, as those that are
 *		compiled in; there are as many as names were typed.
 */

#ifndef STUDY_SCENARIO_STACK_PROPOSED_H
#define	STUDY_SCENARIO_STACK_PROPOSED_H

#include <glib.h>

#include "models/stacks/stack.h"

#define	STACK_PLUS	'+'

/*
 * base		what stands before the first plus
 * proposals	what stands behind it: "spread+full-cache"
 *
 * NULL with an error that says which of them does not fit, and why.  May be
 * called by several threads.
 */
const struct stack *stack_proposed(const struct stack *base,
	    const char *proposals, GError **);

/* "first-match, spread, ..."; g_free(). */
char	*stack_proposed_all(void);

#endif /* !STUDY_SCENARIO_STACK_PROPOSED_H */
