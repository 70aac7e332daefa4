/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Rows of a CSV file: plain numbers, text quoted only where it must be, so
 * that ministat(1), awk and a spreadsheet all read it.
 */

#ifndef STUDY_TEXT_CSVOUT_H
#define	STUDY_TEXT_CSVOUT_H

#include <stdint.h>
#include <stdio.h>

#include <glib.h>

#include "sim/time.h"

struct csvout {
	FILE		*file;		/* borrowed; errors show in ferror() */
	GString		*row;
	unsigned	fields;		/* in the present row */
};

void	csvout_init(struct csvout *, FILE *);
void	csvout_fini(struct csvout *);

void	csvout_text(struct csvout *, const char *);
void	csvout_count(struct csvout *, uint64_t);
void	csvout_double(struct csvout *, double);
void	csvout_empty(struct csvout *);

/* Exactly, in units of `unit' ps; SIM_NEVER is an empty field. */
void	csvout_time(struct csvout *, simtime ps, simtime unit);

/* Fields that were written before. */
void	csvout_row(struct csvout *, const char *row);

/* End the row and return it instead, without line end; free with g_free(). */
char	*csvout_steal(struct csvout *);

/* End the row and write it. */
void	csvout_end(struct csvout *);

#endif /* !STUDY_TEXT_CSVOUT_H */
