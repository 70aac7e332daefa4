/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What check knows of a scenario, as JSON: docs/schema/check-1.schema.json.
 */

#ifndef CLI_CHECK_JSON_H
#define	CLI_CHECK_JSON_H

#include "study/scenario/scenario.h"
#include "study/text/json.h"

/* One that is good, an item of a list. */
void	check_json_scenario(struct json *, const struct scenario *);

/* One that is not; `problems' is a line each. */
void	check_json_problems(struct json *, const char *path,
	    const char *problems);

#endif /* !CLI_CHECK_JSON_H */
