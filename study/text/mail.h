/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Text for a mailing list: plain ASCII, at most 72 columns, no trailing
 * blanks.
 */

#ifndef STUDY_TEXT_MAIL_H
#define	STUDY_TEXT_MAIL_H

#include <glib.h>

#define	MAIL_WIDTH	72

/* A heading, underlined, with an empty line before it. */
void	mail_heading(GString *, const char *);

/*
 * A paragraph, wrapped: its first line behind `first', the others behind
 * `rest' (both as wide).  A word that is too long for a line stands alone on
 * one, whole: a command or a digest is of no use in pieces.
 */
void	mail_paragraph(GString *, const char *first, const char *rest,
	    const char *text);

/* The text without what ASCII has no letter for.  Free with g_free(). */
char	*mail_ascii(const char *);

/* At most `width' characters of it.  Free with g_free(). */
char	*mail_cut(const char *, unsigned width);
/* "twelve-clien: twelve-clients-close"; nothing if none of it was cut. */
void	mail_legend(GString *, const char *, unsigned width);

#endif /* !STUDY_TEXT_MAIL_H */
