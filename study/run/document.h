/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What every JSON document of ours begins with: its format, the format's
 * version, and which program wrote it.  A file of docs/schema describes each.
 */

#ifndef STUDY_RUN_DOCUMENT_H
#define	STUDY_RUN_DOCUMENT_H

#include "study/text/json.h"

/*
 * Begin the object; json_end() ends it.
 *
 * name		"check"; the format is "pcbsim-check"
 * version	a member that goes or changes its meaning makes it one more
 */
void	document_begin(struct json *, GString *out, const char *name,
	    unsigned version);
/* End it, and its line. */
void	document_end(struct json *);

#endif /* !STUDY_RUN_DOCUMENT_H */
