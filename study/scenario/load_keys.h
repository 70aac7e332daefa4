/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Which keys of a workload its load looks at.
 */

#ifndef STUDY_SCENARIO_LOAD_KEYS_H
#define	STUDY_SCENARIO_LOAD_KEYS_H

#include <stdbool.h>

#include "study/scenario/param.h"
#include "study/scenario/settings.h"

struct load;

/* Does it replay a recording? */
bool	load_replays(const struct load *);
/* Does it need a key of a workload; does it look at one? */
bool	load_needs(const struct load *, const struct param *);
bool	load_takes(const struct load *, const struct param *);

/*
 * Keys of [workload:NAME] in the file, or of the variant if not NULL, that its
 * load ignores: a problem each.
 */
void	load_keys_check(struct settings *, const char *variant,
	    const char *group);

#endif /* !STUDY_SCENARIO_LOAD_KEYS_H */
