/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The scenario to begin with: cli/init.ini, as it was when the program was
 * built.
 */

#ifndef CLI_INIT_H
#define	CLI_INIT_H

extern const char init_text[];

#endif /* !CLI_INIT_H */
