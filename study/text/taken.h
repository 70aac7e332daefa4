/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Which files were read, so that no answer takes the place of its question: a
 * recording that is named twice by a slip is not replaced by what was made of
 * it.  Any thread may note, and ask.
 */

#ifndef STUDY_TEXT_TAKEN_H
#define	STUDY_TEXT_TAKEN_H

#include <stdbool.h>

/* This open file is read; one that is no file of a disk is not noted. */
void	taken_note(int fd);

/* The same of one that another program reads for us. */
void	taken_note_path(const char *path);

/* Was what `path' leads to read, by whatever name? */
bool	taken_is(const char *path);

#endif /* !STUDY_TEXT_TAKEN_H */
