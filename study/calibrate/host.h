/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What the machine is, for the lines that say where figures come from.  No
 * host name, no user, no clock.
 */

#ifndef STUDY_CALIBRATE_HOST_H
#define	STUDY_CALIBRATE_HOST_H

#include <stdint.h>
#include <stdio.h>

enum calibrate_host_kind {
	CALIBRATE_HOST_REAL,
	CALIBRATE_HOST_VIRTUAL,
	CALIBRATE_HOST_UNKNOWN
};

/* "AMD EPYC 7763"; what uname(3) calls the machine if there is no more. */
char	*calibrate_host_cpu(void);

/* "FreeBSD 14.1-RELEASE amd64" */
char	*calibrate_host_os(void);

/* The compiler of this program. */
char	*calibrate_host_compiler(void);

/* Does a hypervisor say that it is there? */
enum calibrate_host_kind calibrate_host_kind(void);

/* Lines "# KEY: VALUE" of all that, as files open with them. */
void	calibrate_host_write(FILE *);

/*
 * Bytes that may be taken without driving others out: half of the memory, or
 * three quarters of what is available, where the system says it.
 */
uint64_t calibrate_host_memory(void);

#endif /* !STUDY_CALIBRATE_HOST_H */
