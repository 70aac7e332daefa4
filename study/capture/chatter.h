/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a terminal shows beside what was asked for: prompts, commands, warnings,
 * ^C.  Who pastes from one has it in the file.
 *
 * Theory:	a prompt ends in $, % or >, or in # behind a name, and has no
 *		blank in it unless it stands in brackets.  What a command prints
 *		that is none of those which show sockets is passed over up to
 *		the next prompt, or to a line that the format knows.
 */

#ifndef STUDY_CAPTURE_CHATTER_H
#define	STUDY_CAPTURE_CHATTER_H

#include <stdbool.h>

#include "study/capture/reader.h"

struct chatter {
	bool		elsewhere;	/* another command's output */
};

/* Is the line of a terminal, and none of the format's? */
bool	chatter_is(struct chatter *, const struct capture_format *,
	    const char *line);

#endif /* !STUDY_CAPTURE_CHATTER_H */
