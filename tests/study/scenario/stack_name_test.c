/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Releases are names of stacks, and no hint says the opposite of what was
 * meant.
 */

#include <stdint.h>

#include <glib.h>

#include "models/registry.h"
#include "study/scenario/stack_name.h"

/* Every release of FreeBSD from 11.0 to 15.1, and who stands for it. */
static void
test_every_release(void)
{
	static const struct {
		const char	*stack, *releases;
	} want[] = {
		{ "freebsd-11", "11;11.0;11.1;11.2;11.3;11.4" },
		{ "freebsd-12.0", "12.0;12.1" },
		{ "freebsd-12.2",
		    "12.2;12.3;12.4;13;13.0;13.1;13.2;13.3;13.4;13.5" },
		{ "freebsd-14.0", "14.0;14.1;14.2" },
		{ "freebsd-14", "14;14.3;14.4" },
		{ "freebsd-15", "15;15.0;15.1" }
	};
	unsigned i, k;

	for (i = 0; i < G_N_ELEMENTS(want); i++) {
		g_auto(GStrv) names = g_strsplit(want[i].releases, ";", -1);

		for (k = 0; names[k] != NULL; k++) {
			g_autofree char *name = g_strconcat("freebsd-",
			    names[k], NULL);
			const struct stack *stack = stack_name_parse(name,
			    NULL);

			g_assert_nonnull(stack);
			g_assert_cmpstr(stack->name, ==, want[i].stack);
		}
	}
}

/* A release's name is one stack's alone. */
static void
test_no_name_twice(void)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash,
	    g_str_equal);
	const struct stack_release *r;
	const struct stack *const *s;

	for (s = registry_stacks; *s != NULL; s++) {
		g_assert_true(stack_find((*s)->name) == *s);
		for (r = (*s)->releases; r != NULL && r->name != NULL; r++) {
			g_assert_true(g_hash_table_add(seen,
			    (gpointer)(uintptr_t)r->name));
			g_assert_true(stack_find(r->name) == *s);
			/* The whole is not known better than its best part. */
			g_assert_cmpint(r->known, <=, (*s)->known);
		}
	}
}

static void
test_hints(void)
{
	static const struct {
		const char	*typed, *hint;
	} want[] = {
		{ "freebsd-12", "; which of 'freebsd-12.0' (12.0-12.1), "
		    "'freebsd-12.2' (12.2-12.4, 13.0-13.5)?" },
		/* The next number: what came before is the opposite. */
		{ "freebsd-12.5", "; did you mean 'freebsd-12.4'?" },
		{ "freebsd-12.9", "; did you mean 'freebsd-12.4'?" },
		{ "freebsd-10.4", "; did you mean 'freebsd-11.4'?" },
		{ "freebsd-17", "; did you mean 'freebsd-16'?" },
		{ "freebsd-13.9", "; did you mean 'freebsd-13.5'?" },
		/* No number, or none that is nearer than another. */
		{ "freebsd-12.x", "" },
		/* Another name begins with it, too. */
		{ "Linux-6.1", "; did you mean 'linux-6.1'?" },
		{ "FREEBSD-16", "; did you mean 'freebsd-16'?" },
		{ "FreeBSD-12.0", "; did you mean 'freebsd-12.0'?" },
		/* Without releases there is nothing in brackets. */
		{ "linux-6", "; which of 'linux-6.1', 'linux-6.18'?" },
		{ "fribsd-12.2", "; did you mean 'freebsd-12.2'?" },
		{ "freebsd-15-lportcache",
		    "; did you mean 'freebsd-16-lportcache'?" },
		{ "macos", "; did you mean 'xnu'?" },
		{ "macOS-15", "; did you mean 'xnu'?" },
		{ "plan9", "" }
	};
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(want); i++) {
		g_autofree char *hint = stack_name_hint(want[i].typed);
		g_autoptr(GError) error = NULL;

		g_assert_cmpstr(hint, ==, want[i].hint);
		g_assert_null(stack_name_parse(want[i].typed, &error));
		g_assert_true(g_str_has_suffix(error->message, hint));
	}
}

static void
test_resolved(void)
{
	const struct stack *stack = stack_find("freebsd-12.2");
	g_autofree char *releases = stack_name_releases(stack);
	g_autofree char *main_releases = stack_name_releases(stack_find(
	    "freebsd-16"));
	g_autofree char *read = stack_name_resolved(stack, "freebsd-13.3");
	g_autofree char *inferred = stack_name_resolved(stack,
	    "freebsd-12.4");

	g_assert_cmpstr(releases, ==, "12.2-12.4, 13.0-13.5");
	g_assert_cmpstr(main_releases, ==, "-");
	g_assert_cmpstr(read, ==,
	    "freebsd-13.3: freebsd-12.2 stands for it (read)");
	g_assert_cmpstr(inferred, ==,
	    "freebsd-12.4: freebsd-12.2 stands for it (inferred)");
	g_assert_null(stack_name_resolved(stack, "freebsd-12.2"));
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/stack_name/every_release", test_every_release);
	g_test_add_func("/stack_name/no_name_twice", test_no_name_twice);
	g_test_add_func("/stack_name/hints", test_hints);
	g_test_add_func("/stack_name/resolved", test_resolved);
	return (g_test_run());
}
