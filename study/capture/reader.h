/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A reader of one format of captures: one constant table in one file.
 *
 * Theory:	a reader gets the lines one by one and keeps what it needs
 *		between them in a state of its own.
 */

#ifndef STUDY_CAPTURE_READER_H
#define	STUDY_CAPTURE_READER_H

#include <stdbool.h>

#include "study/capture/capture.h"

struct capture_format {
	const char	*name;		/* "zeek" */
	const char	*title;		/* what it is */
	const char	*command;	/* that makes one, on some lines */
	const char	*sign;		/* what it is recognised by */
	const char	*system;	/* which alone has it, as uname -s
					   calls it; NULL: it does not say */
	bool		terminal;	/* has prompts and the like in it */
	/* Is it a line of this format, and no other?  NULL: none is. */
	bool		(*recognise)(const char *line);
	/*
	 * The next line, without its end; return false for one that is bad,
	 * after capture_bad().  NULL: it is no text.
	 */
	bool		(*line)(struct capture *, void *state, char *text);
	/* The text is over.  NULL: nothing to do. */
	void		(*end)(struct capture *, void *state);
	void		*(*state_new)(void);	/* NULL: no state */
	void		(*state_free)(void *);
};

#endif /* !STUDY_CAPTURE_READER_H */
