/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A table of costs measured on this machine.
 *
 * Theory:	each cost is measured several times, the median counts
 *		(runs.h).  pcb_visit and chain_visit are whole failing
 *		searches over pcb-sized nodes (nodes.h), less
 *		lport_iter for each candidate, divided by the visits: put back
 *		into the model's formula, they give the time that the search
 *		took.  What a user-space program cannot tell is copied from a
 *		built-in table, and its method says so.
 */

#ifndef STUDY_CALIBRATE_CALIBRATE_H
#define	STUDY_CALIBRATE_CALIBRATE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <glib.h>

struct calibrate;

struct calibrate_conf {
	bool		quick;		/* smaller populations, fewer runs */
	uint64_t	memory;		/* bytes at most; 0: what is there */
	void		(*tick)(void *arg, double share);	/* or NULL */
	void		*tick_arg;
};

/*
 * Measure; binds the calling thread to a CPU, and leaves it so.
 *
 * Errors:	there is no memory for even 64 pcbs.
 */
struct calibrate *calibrate_new(const struct calibrate_conf *, GError **);
void	calibrate_free(struct calibrate *);

/*
 * What a reader of the figures has to know: fewer pcbs than wanted, noise, a
 * virtual machine, small pages.  strings[n], borrowed.
 */
const GPtrArray *calibrate_remarks(const struct calibrate *);

/* The table, as host.costs takes it; errors show in ferror(). */
void	calibrate_write(const struct calibrate *, FILE *);

#endif /* !STUDY_CALIBRATE_CALIBRATE_H */
