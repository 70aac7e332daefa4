/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lists of local addresses: each way to write them, and what is none.
 */

#include <string.h>

#include <glib.h>

#include "models/net/net.h"
#include "study/capture/locals.h"

static bool
has(const char *list, const char *text)
{
	g_autoptr(GArray) ranges = NULL;
	GError *error = NULL;
	uint32_t addr;

	ranges = g_array_new(FALSE, FALSE, sizeof(struct locals_range));
	g_assert_true(locals_parse(list, ranges, &error));
	g_assert_no_error(error);
	g_assert_true(net_addr_parse(text, &addr));
	return (locals_have(ranges, addr));
}

static void
test_lists(void)
{

	g_assert_true(has("192.0.2.10", "192.0.2.10"));
	g_assert_false(has("192.0.2.10", "192.0.2.11"));
	g_assert_true(has("10.0.0.1, 192.0.2.10", "192.0.2.10"));
	g_assert_true(has("10.0.0.1;192.0.2.10;", "10.0.0.1"));
	g_assert_true(has("192.0.2.10*3", "192.0.2.12"));
	g_assert_false(has("192.0.2.10*3", "192.0.2.13"));
	g_assert_true(has("192.0.2.254*4", "192.0.3.1"));
	g_assert_true(has("10.1.0.0/16", "10.1.255.255"));
	g_assert_true(has("10.1.77.3/16", "10.1.0.0"));
	g_assert_false(has("10.1.0.0/16", "10.2.0.0"));
	g_assert_true(has("0.0.0.0/0", "223.1.2.3"));
	g_assert_true(has("192.0.2.10/32", "192.0.2.10"));
	g_assert_false(has("192.0.2.10/32", "192.0.2.11"));
	g_assert_true(has("192.0.2.10/31", "192.0.2.11"));
}

static void
test_none(void)
{
	static const char *const lists[] = { "", ",", "192.0.2", "192.0.2.256",
	    "192.0.2.0/33", "192.0.2.0/", "192.0.2.0/x", "192.0.2.0*0",
	    "192.0.2.0*", "192.0.2.0*70000", "host", "2001:db8::1",
	    "192.0.2.1 192.0.2.2", "192.0.2.0/-1" };
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(lists); i++) {
		g_autoptr(GArray) ranges = NULL;
		g_autoptr(GError) error = NULL;

		ranges = g_array_new(FALSE, FALSE,
		    sizeof(struct locals_range));
		g_assert_false(locals_parse(lists[i], ranges, &error));
		g_test_message("%s", error->message);
		g_assert_nonnull(error);
	}
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/locals/lists", test_lists);
	g_test_add_func("/locals/none", test_none);
	return (g_test_run());
}
