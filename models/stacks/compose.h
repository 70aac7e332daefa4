/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A stack with proposals: what a kernel would be with them.
 */

#ifndef MODELS_STACKS_COMPOSE_H
#define	MODELS_STACKS_COMPOSE_H

#include "models/net/proposal.h"
#include "models/stacks/stack.h"

enum stack_fit {
	STACK_FITS,
	STACK_OTHER_FAMILY,	/* the proposal is for other tables */
	STACK_OTHER_LOCKS,	/* it has no plan for this stack's locks */
	STACK_BOTH_LOCKS,	/* two of them change the locks, */
	STACK_BOTH_ORDER	/* .. or the order of trying */
};

/*
 * One more proposal for what `sum' has already (begin with zeroes), on the
 * stack `to', a copy of the one that there is.  On STACK_FITS both are as they
 * are with it, but for the names and texts, which are the caller's to set;
 * to->proposal is `sum'.  Otherwise nothing was changed.
 */
enum stack_fit stack_compose(struct stack *to, struct proposal *sum,
	    const struct proposal *);

/* By its name, or NULL. */
const struct proposal *proposal_find(const char *name);

#endif /* !MODELS_STACKS_COMPOSE_H */
