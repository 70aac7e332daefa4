/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Scenarios that a test writes and has read: whole ones, and those of one
 * problem.
 */

#ifndef TESTS_STUDY_SCENARIO_TEXTS_H
#define	TESTS_STUDY_SCENARIO_TEXTS_H

#include <string.h>

#include <glib.h>

#include "study/scenario/scenario.h"

/* Enough for a run; further lines may follow, in any group. */
#define	SMALL								\
	"[scenario]\nformat = 1\nduration = 60s\n"			\
	"[variant:v]\nstack = freebsd-12.0\n"

#define	WORKLOAD							\
	"[workload:w]\nload = poisson\nrate = 1/s\n"			\
	"lifetime = constant(1s)\nfaddrs = 192.0.2.7\nfport = 80\n"

static char *dir;		/* of the files that a test makes */

static inline char *
make_file(const char *name, const char *text)
{
	char *path;

	path = g_build_filename(dir, name, NULL);
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	return (path);
}

static inline struct scenario *
load(const char *text, GError **error)
{
	g_autofree char *path = make_file("s.ini", text);

	return (scenario_load(path, NULL, 0, NULL, error));
}

static inline struct scenario *
load_good(const char *text)
{
	GError *error = NULL;
	struct scenario *sc;

	sc = load(text, &error);
	g_assert_no_error(error);
	return (sc);
}

/* The one problem of a text: where, and some of what is said. */
static inline void
check_problem(const char *text, unsigned line, const char *told)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *where = NULL;

	g_assert_null(load(text, &error));
	g_test_message("%s", error->message);
	g_assert_null(strchr(error->message, '\n'));
	where = g_strdup_printf("%s/s.ini:%u: ", dir, line);
	g_assert_true(g_str_has_prefix(error->message, where));
	g_assert_nonnull(strstr(error->message, told));
}

#endif /* !TESTS_STUDY_SCENARIO_TEXTS_H */
