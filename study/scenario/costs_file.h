/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Tables of costs from files: name,population,pages,median_ns,min_ns,method.
 *
 * Theory:	the median counts.  Rows that are not a cost of the model
 *		(other ways to measure, other page sizes) may stand there; they
 *		are skipped.  A cost with several populations is a curve.  For
 *		pcb_visit and chain_visit only large pages count, since that is
 *		what a kernel maps, and of those the rows whose method does not
 *		name another order of memory.
 */

#ifndef STUDY_SCENARIO_COSTS_FILE_H
#define	STUDY_SCENARIO_COSTS_FILE_H

#include <stdint.h>

#include <glib.h>

#include "models/cpus/costs.h"

/* A table that is built in. */
struct costs_builtin {
	const char	*name;		/* "epyc-vm" */
	const char	*text;		/* the CSV */
};

/* Ends with .name NULL; made from the files in study/costs. */
extern const struct costs_builtin costs_builtin[];

/*
 * name		a built-in name, or a file (what holds a / or ends in .csv)
 * dir		where a file is looked up first
 * path		[out] the name, or the file as it was found; g_free() it
 * hash		[out] of the figures
 *
 * Errors:	unknown name with the nearest; bad rows by line; every cost that
 *		is missing, by name.
 */
struct costs *costs_file_load(const char *name, const char *dir, char **path,
	    uint64_t *hash, GError **);

#endif /* !STUDY_SCENARIO_COSTS_FILE_H */
