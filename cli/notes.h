/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a scenario read and has no use for, for its user, on stderr.
 */

#ifndef CLI_NOTES_H
#define	CLI_NOTES_H

struct scenario;

void	notes_tell(const struct scenario *);

#endif /* !CLI_NOTES_H */
