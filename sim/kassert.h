/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Assertions that stay on in every build: a wrong number posted to a list
 * costs more than the time they take.  Same shape as the kernel's own:
 *
 *	KASSERT(n > 0, ("ring is empty, head %u", head));
 */

#ifndef SIM_KASSERT_H
#define	SIM_KASSERT_H

/*
 * Print "panic: " and the message on stderr, with the simulated time, the
 * event number and the seed of the run this thread is in (if it is in one),
 * and abort.
 */
void	kpanic(const char *fmt, ...)
	    __attribute__((__format__(__printf__, 1, 2), __noreturn__));

#define	KASSERT(exp, msg) do {						\
	if (__builtin_expect(!(exp), 0))				\
		kpanic msg;						\
} while (0)

#endif /* !SIM_KASSERT_H */
