/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * HTML and SVG as text.  Everything that comes from a scenario or a CSV goes
 * through here and loses its power to be anything but text.
 */

#ifndef STUDY_TEXT_MARKUP_H
#define	STUDY_TEXT_MARKUP_H

#include <glib.h>

/*
 * Append a text with & < > " ' escaped: fit for the inside of an element and
 * of an attribute in quotes.  Control characters, which HTML has no escape
 * for, and bytes that are no UTF-8 become U+FFFD.
 */
void	markup_text(GString *, const char *);

/* `<NAME ATTRIBUTES>TEXT</NAME>'; attributes are ours, as they are. */
void	markup_element(GString *, const char *name, const char *attributes,
	    const char *text);

/* `<OPEN data-variant="NAME">': the script shows and hides it by that. */
void	markup_of_variant(GString *, const char *open, const char *variant);

/*
 * The head of a table with its columns' titles, 'l' or 'r' each in `align';
 * rows follow.  `label' names it to those who do not see it.
 */
void	markup_table_open(GString *, const char *label,
	    const char *const *titles, const char *align);
void	markup_table_close(GString *);

/* Append with at most so many decimals and no trailing zeros. */
void	markup_number(GString *, double, int decimals);

#endif /* !STUDY_TEXT_MARKUP_H */
