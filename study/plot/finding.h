/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What each picture finds, in words with figures: of the replication that is
 * drawn.  Titles of pictures and the page say it so.
 */

#ifndef STUDY_PLOT_FINDING_H
#define	STUDY_PLOT_FINDING_H

#include <glib.h>

#include "study/plot/data.h"

/*
 * Append a few words on a variant, without its name.
 *
 * Returns:	how bad it is; the worst and the best are told of many variants
 */
typedef double (*finding_fn)(const struct plotdata *,
	    const struct plotdata_variant *, GString *);

double	finding_ports(const struct plotdata *,
	    const struct plotdata_variant *, GString *);
double	finding_stalls(const struct plotdata *,
	    const struct plotdata_variant *, GString *);
double	finding_latency(const struct plotdata *,
	    const struct plotdata_variant *, GString *);
double	finding_causes(const struct plotdata *,
	    const struct plotdata_variant *, GString *);
double	finding_addresses(const struct plotdata *,
	    const struct plotdata_variant *, GString *);
double	finding_frozen(const struct plotdata *,
	    const struct plotdata_variant *, GString *);
double	finding_pcbs(const struct plotdata *,
	    const struct plotdata_variant *, GString *);

/* "current (freebsd-12.0)"; without the stack if the name says it. */
void	finding_name(const char *name, const char *stack, GString *);

/*
 * All variants by their names; of more than FINDING_ALL the worst and the
 * best.  Free with g_free().
 */
#define	FINDING_ALL	2
char	*finding_title(const struct plotdata *, finding_fn);

#endif /* !STUDY_PLOT_FINDING_H */
