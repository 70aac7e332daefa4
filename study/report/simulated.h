/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What was simulated, in words: duration, CPUs, addresses, ports, msl, each
 * load with its rate and lifetimes, which release each variant is, and what
 * else it sets.  Mail and page say it by the same sentences.
 */

#ifndef STUDY_REPORT_SIMULATED_H
#define	STUDY_REPORT_SIMULATED_H

#include <glib.h>

#include "study/run/moves.h"
#include "study/text/keyfile.h"

struct simulated {
	/*
	 * A key's text as the first variant has it; borrowed; NULL or "": it
	 * has none.
	 */
	const char	*(*said)(const void *arg, const char *group,
			    const char *key);
	const void	*arg;
	const struct keyfile *ini;	/* for groups, and what variants set */
	const char	*const *variants;	/* names */
	const char	*const *stacks;	/* of each, as models/stacks has it */
	unsigned	nvariants;
	const struct moves *moves;	/* NULL: nobody tried */
};

/* The setting itself, as of the first variant. */
void	simulated_settings(const struct simulated *, GString *);
/* "current is freebsd-12.0; proposed is freebsd-12.2, host.cpus = 4." */
void	simulated_variants(const struct simulated *, GString *);
/*
 * Which setting moves the result most, where that was tried (moved.h has
 * the rest); else that nobody did, and how to.
 */
void	simulated_moves(const struct simulated *, GString *);

#endif /* !STUDY_REPORT_SIMULATED_H */
