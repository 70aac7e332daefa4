/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */


/*
 * Neighbours of a setting: one value of it changed, the rest as it is.
 *
 * A number has two, half and double; a range of ports likewise, grown upwards
 * first and then down to 1024; who closes has the other side.  A list of
 * addresses is halved from its end and goes on from its last.  A profile of
 * rates and a distribution are scaled as a whole, their shapes stay.  What is
 * not looked at: words, kernels, costs, switches.
 */

#ifndef STUDY_RUN_NEIGHBOUR_H
#define	STUDY_RUN_NEIGHBOUR_H

#include <glib.h>

#include "study/scenario/scenario.h"
#include "study/scenario/settings.h"

struct neighbour {
	char		*setting;	/* "workload:nginx.rate"; "ports" */
	char		*from, *to;	/* as --set takes them, "*25" */
	unsigned	nchanges;
	char		*paths[2];	/* changes[i].path, owned */
	char		*values[2];	/* .. .value */
	struct override	changes[2];	/* what makes it of the scenario */
};

void	neighbour_free(void *neighbour);

/*
 * All of a variant, a setting's own one after the other, in the order of
 * groups; of struct neighbour.  Free with g_ptr_array_unref().
 */
GPtrArray *neighbour_all(const struct scenario *, unsigned variant);

#endif /* !STUDY_RUN_NEIGHBOUR_H */
