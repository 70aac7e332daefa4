/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The heart of a process that holds leases: a thread that moves the time of
 * their files on.  Where no thread can be made there is none, and only the
 * locks hold.
 */

#ifndef STUDY_RUN_LEASE_HEART_H
#define	STUDY_RUN_LEASE_HEART_H

#define	LEASE_BEAT	5		/* s, between two beats */

/* An open file; the thread is there while there is one. */
void	lease_heart_add(int fd);

/* Not again from when this returns. */
void	lease_heart_remove(int fd);

#endif /* !STUDY_RUN_LEASE_HEART_H */
