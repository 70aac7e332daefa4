/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What was reached is written by a process that ends in another way than by
 * exit(), too: a copy of a brood, one that a signal or a lack of memory ends, a
 * panic.  Linked into the programs of `make coverage' alone, with
 * --wrap=_exit,--wrap=abort,--wrap=raise: see coverage.sh.
 */

#include <sys/resource.h>

#include <signal.h>
#include <stdlib.h>

void	__gcov_dump(void);
void	__gcov_reset(void);

_Noreturn void	__real__exit(int code);
_Noreturn void	__wrap__exit(int code);
_Noreturn void	__real_abort(void);
_Noreturn void	__wrap_abort(void);
int	__real_raise(int signo);
int	__wrap_raise(int signo);

void
__wrap__exit(int code)
{
	const struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };

	/*
	 * Writing it takes memory, of which a test may have left none: root may
	 * have more, and to others a fault is the end, not the program's own
	 * handler that waits for this very end.
	 */
	(void)setrlimit(RLIMIT_AS, &all);
	(void)signal(SIGSEGV, SIG_DFL);
	__gcov_dump();
	__real__exit(code);
}

void
__wrap_abort(void)
{

	/* Whoever catches it goes on to count. */
	__gcov_dump();
	__gcov_reset();
	__real_abort();
}

/* What is caught or ignored does not end. */
int
__wrap_raise(int signo)
{
	struct sigaction sa;

	if (sigaction(signo, NULL, &sa) == 0 && sa.sa_handler == SIG_DFL &&
	    signo != SIGCHLD && signo != SIGURG && signo != SIGCONT) {
		__gcov_dump();
		__gcov_reset();
	}
	return (__real_raise(signo));
}
