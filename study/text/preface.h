/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The comments that open a scenario; see preface.c.
 */

#ifndef STUDY_TEXT_PREFACE_H
#define	STUDY_TEXT_PREFACE_H

#include "study/text/keyfile.h"

/* lines	NULL-terminated, without their line ends */
void	preface_parse(char *const *lines, struct keyfile_preface *);

#endif /* !STUDY_TEXT_PREFACE_H */
