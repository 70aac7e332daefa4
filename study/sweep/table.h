/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What `sweep merge' prints, as cells: a variant and a value of each axis, with
 * all its replications.
 */

#ifndef STUDY_SWEEP_TABLE_H
#define	STUDY_SWEEP_TABLE_H

#include <stdbool.h>

#include <glib.h>

#include "study/stat/stat.h"
#include "study/text/csvtable.h"

#define	TABLE_ERROR	g_quark_from_static_string("pcbsim-sweep-table")

struct sweep_table {
	struct csvtable	*csv;
	int		variant, verdict;	/* columns */
	int		naxes;		/* columns 0 .. naxes - 1 */
	GPtrArray	*variants;	/* names, in order */
	GPtrArray	*values[2];	/* texts of each axis, in order */
};

/* Errors: the file and what is wrong with it; of one parameter or two. */
struct sweep_table *table_read(const char *path, GError **);
void	table_free(struct sweep_table *);

/* The replications of a cell; false if it has none. */
bool	table_sample(const struct sweep_table *, int column, guint variant,
	    guint x, guint y, struct stat_sample *);
/* The worst verdict of a cell; -1 if it has none. */
int	table_verdict(const struct sweep_table *, guint variant, guint x,
	    guint y);

#endif /* !STUDY_SWEEP_TABLE_H */
