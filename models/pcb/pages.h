/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Memory of large tables, on large pages where the system has them.
 *
 * Theory:	a pcb among millions is on a page of its own: with pages of
 *		4 KiB the way to it is two misses, of the table of pages and
 *		of the pcb, and with 2 MiB the first one is not.  An array
 *		that grows is moved by its pages, not copied.  Only for what
 *		is used as a whole: of a table with a few entries a large page
 *		would be cleared for each.
 *
 *		A wish that the system may refuse; no result depends on it.
 */

#ifndef MODELS_PCB_PAGES_H
#define	MODELS_PCB_PAGES_H

#include <stddef.h>

/* From here on an array has pages of its own. */
#define	PCB_PAGES_MIN	((size_t)4 << 20)

/*
 * An array of `old' bytes (NULL: 0) gets `bytes', no fewer, and keeps what it
 * has, as by g_realloc(): if there is no memory, that is told and the program
 * ends.  Free it with pcb_pages_free().
 */
void	*pcb_pages_renew(void *memory, size_t old, size_t bytes);
/* A new one, all zero; what is never touched takes no memory. */
void	*pcb_pages_new0(size_t bytes);
void	pcb_pages_free(void *memory, size_t bytes);

#endif /* !MODELS_PCB_PAGES_H */
