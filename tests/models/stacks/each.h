/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * One test for several stacks: /trap/NN_name/freebsd-12.0.
 */

#ifndef TESTS_MODELS_STACKS_EACH_H
#define	TESTS_MODELS_STACKS_EACH_H

#include <glib.h>

/* stacks[]: names, then NULL; the test's argument is one of them. */
static inline void
stacks_each(const char *path, const char *const *stacks, GTestDataFunc test)
{
	char *p;

	for (; *stacks != NULL; stacks++) {
		p = g_strdup_printf("%s/%s", path, *stacks);
		g_test_add_data_func(p, *stacks, test);
		g_free(p);
	}
}

#endif /* !TESTS_MODELS_STACKS_EACH_H */
