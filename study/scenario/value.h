/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The value of one key: parsed, checked against its range, and in its one
 * canonical text.
 */

#ifndef STUDY_SCENARIO_VALUE_H
#define	STUDY_SCENARIO_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

#include "study/scenario/distribution.h"
#include "study/scenario/param.h"

struct value {
	const struct param *param;
	char		*text;		/* canonical: parses to the same */
	bool		is_word;	/* param->word: no value */
	uint64_t	number;		/* count, ps, rate, choice, flags */
	struct portrange portrange;	/* PARAM_PORTRANGE */
	struct distribution distribution;
	void		*list;		/* addresses, rate steps; list[n] */
	unsigned	n;
	const void	*ref;		/* stack, load; or `costs' */
	struct costs	*costs;
	/* Of what is in a file that the value names; 0: it names none. */
	uint64_t	hash;
};

/*
 * dir		where names of files are looked up first
 *
 * Errors:	what is wrong and what is allowed.
 */
struct value *value_new(const struct param *, const char *text,
	    const char *dir, GError **);
void	value_free(struct value *);

/*
 * Put it into the struct of its param->target; lists and texts stay the
 * value's.  A word stands for no address, or for never.
 */
void	value_store(const struct value *, void *target);

#endif /* !STUDY_SCENARIO_VALUE_H */
