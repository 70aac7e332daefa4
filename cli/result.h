/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * From an experiment that was run to a result that stands.
 */

#ifndef CLI_RESULT_H
#define	CLI_RESULT_H

#include <stdbool.h>

#include <glib.h>

#include "study/run/experiment.h"
#include "study/run/output.h"
#include "study/run/timeline_trace.h"

struct result_how {
	const char	*command;	/* what to type to have it again */
	bool		no_plots;
	unsigned	threads;	/* that write and read files */
	const struct timeline_trace *trace;	/* NULL: none */
};

/*
 * Write all files of a result.  What is left out for want of anything but the
 * figures is said, there too.
 *
 * lacks	[out] what to exit with for the sake of that
 * Errors:	of the figures one cannot be written: that is no result.
 */
bool	result_write(const struct result_how *, const struct experiment *,
	    struct output *, int *lacks, GError **);

/*
 * Put it where it belongs.  A whole result that stands there is worth more
 * than a piece of a new one, which then goes beside it; if that place is not to
 * be had, to another beside.
 */
bool	result_commit(const struct experiment *, struct output *, GError **);

/* Say what became of older results, and of what a crash left. */
void	result_tell(struct output *);

#endif /* !CLI_RESULT_H */
