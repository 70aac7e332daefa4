/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Programs that end with this one; see kin.h.
 */

#include <sys/types.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#ifdef __FreeBSD__
#include <sys/procctl.h>
#endif

#include <signal.h>

#include "study/text/kin.h"

void
kin_bind(void *unused)
{

	(void)unused;
#if defined(__linux__)
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
#elif defined(PROC_PDEATHSIG_CTL)
	int signo = SIGKILL;

	(void)procctl(P_PID, 0, PROC_PDEATHSIG_CTL, &signo);
#endif
}
