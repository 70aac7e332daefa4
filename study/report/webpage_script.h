/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The script of a page (study/report/webpage.h).
 */

#ifndef STUDY_REPORT_WEBPAGE_SCRIPT_H
#define	STUDY_REPORT_WEBPAGE_SCRIPT_H

extern const char webpage_script[];

#endif /* !STUDY_REPORT_WEBPAGE_SCRIPT_H */
