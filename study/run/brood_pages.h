/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The memory of a copy of a process, all of it its own at once.
 *
 * Theory:	after fork(2) both have the same pages, and the first write to
 *		each is a fault that copies it and flushes what processors
 *		know of it: on a virtual machine 20 us and more.  Of a run
 *		that goes on nearly all pages are written; copied as a whole
 *		they cost a tenth, and lie on large pages then.
 *
 *		A wish that the system may refuse, as systems but Linux do; no
 *		result depends on it.
 */

#ifndef STUDY_RUN_BROOD_PAGES_H
#define	STUDY_RUN_BROOD_PAGES_H

/* In a process that has one thread. */
void	brood_unshare(void);

#endif /* !STUDY_RUN_BROOD_PAGES_H */
