/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What terminal, mail and page open with: what became of all that was wanted,
 * and who was frozen, where anybody was.  Of a few variants each by its name;
 * of many which verdict each has, the figures of the worst, and who froze
 * longest if that is another.
 */

#ifndef STUDY_REPORT_LEAD_H
#define	STUDY_REPORT_LEAD_H

#include <stdbool.h>

#include <glib.h>

/* More variants than these are told by their verdicts. */
#define	LEAD_EACH	3

/* In place of a verdict, of a variant none of whose runs began. */
#define	VERDICT_NOT_RUN	"not run"

/* Where names and figures come from; all get `arg'. */
struct lead {
	const void	*arg;
	unsigned	nvariants;
	const char	*(*name)(const void *arg, unsigned variant);
	const char	*(*verdict)(const void *arg, unsigned variant);
	/* The name of the i-th who looks on; NULL: there are no more. */
	const char	*(*observer)(const void *arg, unsigned i);
	/* For people; g_free(). */
	char		*(*figure)(const void *arg, unsigned variant,
			    const char *metric);
	bool		(*mean)(const void *arg, unsigned variant,
			    const char *metric, double *);
};

void	lead_add(const struct lead *, GString *);

/* An observer's metric: "ssh_frozen_s".  Free with g_free(). */
char	*lead_metric(const char *observer, const char *metric);

#endif /* !STUDY_REPORT_LEAD_H */
