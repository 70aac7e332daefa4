/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Keys that depend on the release that a variant names, or on its family.
 */

#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "study/scenario/load.h"
#include "study/scenario/scenario.h"

static const char scenario[] = "[scenario]\nformat = 1\nduration = 1s\n"
    "[workload:w]\nload = poisson\nrate = 1/s\nlifetime = constant(1s)\n"
    "faddrs = 203.0.113.1\nfport = 80\n[variant:v]\nstack = freebsd-14\n";

/* What one release or family has and another has not, by the stack's name. */
static void
test_by_release(void)
{
	static const struct {
		const char	*stack;
		struct override	o;
		const char	*says;	/* NULL: it is right */
	} rows[] = {
		{ "freebsd-14.2", { "kernel.net.inet.ip.connect_inaddr_wild",
		    "0", "--set" }, NULL },
		{ "freebsd-15", { "kernel.net.inet.ip.connect_inaddr_wild",
		    "1", "--set" }, NULL },
		{ "freebsd-14.1", { "kernel.net.inet.ip.connect_inaddr_wild",
		    "0", "--set" }, "none of the variants' stacks has such" },
		{ "freebsd-14.0", { "kernel.net.inet.ip.connect_inaddr_wild",
		    "0", "--set" }, "none of the variants' stacks has such" },
		{ "freebsd-13.5", { "kernel.net.inet.ip.connect_inaddr_wild",
		    "0", "--set" }, "none of the variants' stacks has such" },
		{ "linux-6.18", { "workload:w.bind", "noport", "--set" },
		    NULL },
		{ "freebsd-14.1+noport", { "workload:w.bind", "noport",
		    "--set" }, NULL },
		{ "freebsd-14.2+noport", { "kernel.net.inet.ip."
		    "connect_inaddr_wild", "0", "--set" }, NULL },
		{ "freebsd-14.2+spread", { "workload:w.bind", "noport",
		    "--set" }, "has no IP_BIND_ADDRESS_NO_PORT" },
		{ "freebsd-15.1", { "workload:w.bind", "noport", "--set" },
		    "has no IP_BIND_ADDRESS_NO_PORT" },
		{ "netbsd", { "workload:w.bind", "noport", "--set" },
		    "has no IP_BIND_ADDRESS_NO_PORT" },
		{ "linux-6.18", { "kernel.net.ipv4.tcp_syn_linear_timeouts",
		    "0", "--set" }, NULL }
	};
	g_autofree char *path = NULL;
	unsigned i;
	int fd;

	fd = g_file_open_tmp("release-XXXXXX.ini", &path, NULL);
	g_assert_cmpint(fd, >=, 0);
	close(fd);
	g_assert_true(g_file_set_contents(path, scenario, -1, NULL));
	for (i = 0; i < G_N_ELEMENTS(rows); i++) {
		const struct override o[] = { { "variant:v.stack",
		    rows[i].stack, "--set" }, rows[i].o };
		g_autoptr(GError) error = NULL;
		struct scenario *sc;

		sc = scenario_load(path, o, 2, NULL, &error);
		g_test_message("%s: %s", rows[i].stack, error == NULL ? "" :
		    error->message);
		g_assert_cmpint(sc != NULL, ==, rows[i].says == NULL);
		if (rows[i].says != NULL)
			g_assert_nonnull(strstr(error->message,
			    rows[i].says));
		else
			scenario_free(sc);
	}
	g_unlink(path);
}

/* A limit on sockets, told of those who have none, if it would be met. */
static void
test_no_limit_on_sockets(void)
{
	static const struct {
		const char	*host, *stack;
		const char	*noted;		/* NULL: nothing is said */
	} cases[] = {
		{ "maxsockets = 2k\n", "dragonfly", "s.ini:10: [host] "
		    "maxsockets: is no limit to dragonfly, linux-6.18; " },
		{ "maxsockets = 2k\n", "freebsd-14", "s.ini:10: [host] "
		    "maxsockets: is no limit to linux-6.18; " },
		/* More than are wanted; and nobody set it. */
		{ "maxsockets = 4k\n", "dragonfly", NULL },
		{ "cpus = 4\n", "dragonfly", NULL }
	};
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = g_strconcat("[scenario]\nformat = 1\n"
		    "duration = 1s\n[workload:w]\nload = burst\nsize = 3000\n"
		    "lifetime = constant(1h)\nfaddrs = 203.0.113.7\n[host]\n",
		    cases[i].host, "[workload:w]\nfport = 80\n[variant:a]\n"
		    "stack = ", cases[i].stack, "\n[variant:b]\n"
		    "stack = linux-6.18\n", NULL);
		g_autoptr(GError) error = NULL;
		struct scenario *sc;

		sc = scenario_load_text("s.ini", text, &error);
		g_assert_no_error(error);
		if (cases[i].noted == NULL)
			g_assert_cmpuint(sc->notes->len, ==, 0);
		else {
			g_assert_cmpuint(sc->notes->len, ==, 1);
			g_assert_nonnull(strstr(sc->notes->pdata[0],
			    cases[i].noted));
		}
		scenario_free(sc);
	}
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/release/keys", test_by_release);
	g_test_add_func("/release/no_limit_on_sockets",
	    test_no_limit_on_sockets);
	return (g_test_run());
}
