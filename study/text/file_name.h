/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Which file a name in a scenario means.
 *
 * A name is relative to the file that it stands in; if there is no such file,
 * to the current directory.  The second rule lets the run.ini of a result,
 * which names files as the run found them, be run again from where the first
 * run was started.
 */

#ifndef STUDY_TEXT_FILE_NAME_H
#define	STUDY_TEXT_FILE_NAME_H

#include <glib.h>

/*
 * dir		of the file that names it; "." needs not be written
 *
 * Returns:	the path to open, free with g_free(); NULL and an error that
 *		says where it was looked for.
 */
char	*file_name_find(const char *dir, const char *name, GError **);

#endif /* !STUDY_TEXT_FILE_NAME_H */
