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

/* The comments that open a file. */
struct keyfile_preface {
	char		*question;	/* each NULL if it is not there */
	char		*expected;
	char		*wrong;
};

/* lines	NULL-terminated, without their line ends */
void	preface_parse(char *const *lines, struct keyfile_preface *);

#endif /* !STUDY_TEXT_PREFACE_H */
