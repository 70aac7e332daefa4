/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The parts of a report that a doubter turns to: how it was made, which claims
 * hold, what to switch, how to repeat it, what it rests on.
 */

#ifndef STUDY_REPORT_APPENDIX_H
#define	STUDY_REPORT_APPENDIX_H

#include <glib.h>

#include "models/stacks/stack.h"
#include "study/run/experiment.h"

void	appendix_made_by(const struct experiment *, const char *command,
	    GString *);
void	appendix_claims(const struct experiment *, GString *);
void	appendix_switches(const struct experiment *, GString *);
void	appendix_repeat(const char *command, GString *);
void	appendix_model(const struct experiment *, GString *);

/* What every report says of repeating it, and of what it rests on. */
extern const char appendix_repeat_text[];
extern const char appendix_model_text[];
extern const char appendix_checks_text[];

/*
 * What a stack stands for, leaves out, and was held against.  g_free().
 *
 * release	what the user called it: its own name, or a release's.
 */
char	*appendix_stack(const struct stack *, const char *release);

#endif /* !STUDY_REPORT_APPENDIX_H */
