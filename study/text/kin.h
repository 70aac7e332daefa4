/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Programs that this one starts end with it, however it ends.
 */

#ifndef STUDY_TEXT_KIN_H
#define	STUDY_TEXT_KIN_H

/*
 * A GSpawnChildSetupFunc, or called by one: between fork and exec.  Where a
 * system has nothing of the kind it does nothing.
 */
void	kin_bind(void *unused);

#endif /* !STUDY_TEXT_KIN_H */
