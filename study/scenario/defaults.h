/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Defaults of parameters, each parsed when it is first asked for.  One serves
 * all groups of a kind.
 */

#ifndef STUDY_SCENARIO_DEFAULTS_H
#define	STUDY_SCENARIO_DEFAULTS_H

#include "study/scenario/param.h"
#include "study/scenario/value.h"

struct defaults;

/*
 * base		NULL, or others from which what is there is borrowed; they must
 *		not change any more, and outlive these
 */
struct defaults *defaults_new(const struct defaults *base);
void	defaults_free(struct defaults *);

/*
 * The value of a default that a table has, of the parameters or of a kernel;
 * it is told apart by where it is, not by what it says.
 */
const struct value *defaults_get(struct defaults *, const struct param *,
	    const char *text);

#endif /* !STUDY_SCENARIO_DEFAULTS_H */
