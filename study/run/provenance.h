/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Where a file comes from: the comment lines that open every CSV.  The same
 * build, scenario and seed give the same lines: no clock, no host, no path.
 */

#ifndef STUDY_RUN_PROVENANCE_H
#define	STUDY_RUN_PROVENANCE_H

#include <stdint.h>
#include <stdio.h>

/* How the first line of a file of ours begins. */
#define	PROVENANCE_MAGIC	"# pcbsim "
/* How the line that marks an unfinished result begins. */
#define	PROVENANCE_INCOMPLETE	"# INCOMPLETE: "

struct provenance {
	const char	*scenario;	/* its name */
	const char	*title;
	const char	*digest;	/* SHA-256, hex */
	uint64_t	seed;
	unsigned	replications;
	const char	*incomplete;	/* why; NULL: it is complete */
};

/*
 * Lines "# KEY: VALUE"; a control character inside a value becomes a blank.
 */
void	provenance_write(FILE *, const struct provenance *);

/* One more such line. */
void	provenance_write_line(FILE *, const char *key, const char *value);

#endif /* !STUDY_RUN_PROVENANCE_H */
