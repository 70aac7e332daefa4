/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Which boot of which kernel this is, and what a process number means in it:
 * what a process leaves for others, who may be on another host or in another
 * container, to tell whether it is still there.
 */

#ifndef STUDY_RUN_BOOT_H
#define	STUDY_RUN_BOOT_H

#include <stdbool.h>

/*
 * One word for this boot of this kernel, the same in all its containers;
 * "unknown-..." and no other process' where the system does not tell.
 */
const char *boot_id(void);

/* In which of the kernel's spaces of process numbers we are. */
const char *boot_pids(void);

/* Is there no such process, in our space of numbers? */
bool	boot_is_gone(long pid);

#endif /* !STUDY_RUN_BOOT_H */
