/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Who pays: stalls summed up by lock, by whom it was held, and for what.  The
 * receive threads of all CPUs count as one.
 */

#ifndef STUDY_REPORT_HOLDERS_H
#define	STUDY_REPORT_HOLDERS_H

#include <stdint.h>

#include <glib.h>

#include "models/machine/run.h"
#include "study/run/experiment.h"
#include "study/text/csvtable.h"

struct holder {
	const char	*lock;		/* borrowed, as the next two */
	const char	*holder;
	const char	*doing;
	uint64_t	count;
	simtime		total;
	simtime		longest;
	uint64_t	iterations;	/* of a search, most */
	uint64_t	visits;		/* most */
};

/*
 * Over all replications of a variant, the longest total first.
 *
 * Returns:	array of struct holder; free with g_array_unref().
 */
GArray	*holders_of(const struct experiment *, unsigned variant);

/* The same of a table that was stalls.csv. */
GArray	*holders_read(const struct csvtable *stalls, const char *variant);

#endif /* !STUDY_REPORT_HOLDERS_H */
