/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A result read back as a whole: what a report in any format is made of.
 * Nothing but the files of the directory is looked at, so that a report can
 * be made of a result that came by mail.
 */

#ifndef STUDY_REPORT_DOSSIER_H
#define	STUDY_REPORT_DOSSIER_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

#include "study/plot/data.h"
#include "study/run/metric.h"
#include "study/run/moves.h"
#include "study/text/keyfile.h"

/* A line of [expect], judged by the figures of summary.csv. */
struct dossier_claim {
	const char	*name;		/* borrowed from run.ini */
	const char	*text;
	const char	*outcome;	/* "ok", "FAIL", "skip" */
	char		*why;		/* with its values; NULL if it holds */
};

struct dossier {
	char		*dir;
	struct plotdata	*pd;
	struct keyfile	*ini;		/* run.ini */
	char		*command;	/* what to type; from report.txt, else
					   of run.ini */
	struct moves	*moves;		/* NULL: nobody tried */
	unsigned	replications;	/* of the first variant */
	GArray		*claims;	/* of struct dossier_claim */
};

/*
 * Errors:	the file and what is wrong with it.
 */
struct dossier *dossier_read(const char *dir, GError **);
void	dossier_free(struct dossier *);

/* "digest", "seed", "title", ...: from the lines that open a CSV; or "". */
const char *dossier_origin(const struct dossier *, const char *key);

/*
 * The values of a variant's replications, in their order; one that is empty
 * is infinite.  Free with g_array_unref(); of double, in the metric's unit.
 */
GArray	*dossier_values(const struct dossier *, unsigned variant,
	    const char *metric);

/*
 * Mean over a variant's replications; a single infinite one makes it
 * infinite.  False if there is no such column, or no row.
 */
bool	dossier_mean(const struct dossier *, unsigned variant,
	    const char *metric, double *mean);

/*
 * Half the width of the 95 % interval of that mean; false if there is none:
 * too few replications, or one without a value.
 */
bool	dossier_half(const struct dossier *, unsigned variant,
	    const char *metric, double *half);

/* The mean, for people: "9.75 ms"; "-" if it is not there.  g_free(). */
char	*dossier_figure(const struct dossier *, unsigned variant,
	    const char *metric);

/* Did any run of it begin? */
bool	dossier_ran(const struct dossier *, unsigned variant);

/* The worst verdict of a variant's replications; "not run". */
const char *dossier_verdict(const struct dossier *, unsigned variant);

#endif /* !STUDY_REPORT_DOSSIER_H */
