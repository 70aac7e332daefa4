/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Memory that a test took.
 */

#ifndef TESTS_TOOLS_PEAK_H
#define	TESTS_TOOLS_PEAK_H

#include <sys/resource.h>

#include <glib.h>

/* KiB; what the kernel saw at most so far. */
static inline long
peak_kib(void)
{
	struct rusage ru;

	g_assert_cmpint(getrusage(RUSAGE_SELF, &ru), ==, 0);
	return (ru.ru_maxrss);
}

#endif /* !TESTS_TOOLS_PEAK_H */
