/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What is wrong only beside something else, in another line or group: it is
 * told once, where it stands.
 */

#include <string.h>

#include <glib/gstdio.h>

#include "study/scenario/load.h"

#define	BEFORE								\
	"[scenario]\nformat = 1\nduration = 60s\n"			\
	"[variant:v]\nstack = freebsd-12.0\n"				\
	"[workload:w]\nload = poisson\nrate = 1/s\n"			\
	"lifetime = constant(1s)\nfaddrs = 192.0.2.7\nfport = 80\n"	\
	"# then\n"
#define	POOL_OF(fport)							\
	"[workload:x]\nload = pool\nlifetime = constant(1s)\n"		\
	"faddrs = 192.0.2.1\nfport = " fport "\nsize = 5"
#define	POOL	POOL_OF("1") "\n"

static const struct {
	unsigned	line;
	const char	*text;
	const char	*told;
} problems[] = {
	{ 14, "[variant:x]\nstack = freebsd-14+noprt",
	    "'noprt' is no proposal; allowed: bitmap, " },
	{ 14, "[variant:x]\nstack = freebsd-14+noprt",
	    "did you mean 'noport'?" },
	{ 14, "[variant:x]\nstack = freebsd-14+", "'' is no proposal" },
	{ 14, "[variant:x]\nstack = linux-6.1+noport",
	    "proposal 'noport' does not go with linux-6.1: " },
	{ 13, "[console]\nperiod = 1s\n[observer:console]\nkind = vt-echo",
	    "is another name of [observer:console], which is there, too" },
	{ 15, "[observer:a]\nkind = vt-echo\n[observer:console]\n"
	    "kind = vt-echo", "the first observer only may be called so" },
	{ 13, "[observer:a]", "the key kind is missing" },
	/* What stands below is not told as if it were of the group above. */
	{ 13, "[variant: x]\nstack = freebsd-14\ncpus = 2", "is not a group" },
	{ 13, "[Variant:x]\nstack = freebsd-14",
	    "did you mean 'variant:NAME'?" },
	{ 14, "[scenario]\ninterval = 1us", "at most 1000000 intervals" },
	{ 14, "[scenario]\nwarmup = 60s", "is over before the warm-up" },
	{ 19, POOL "open = 6", "is more than its size, 5" },
	{ 19, POOL "portrange = 1000-2000",
	    "freebsd-12.0 has no IP_LOCAL_PORT_RANGE; with bind" },
	{ 19, POOL "portrange = high\n[variant:l]\nstack = linux-6.1",
	    "linux-6.1 has no such range" },
	{ 19, POOL "portrange = bad", "allowed: default, high, low, or a" },
	{ 19, POOL "portrange = 2000-1000", "is no range" },
	{ 13, POOL "bind = laddr+port\n[kernel]\n"
	    "net.inet.ip.portrange.first = 5000\n"
	    "net.inet.ip.portrange.last = 4000",
	    "counts ports from portrange.first up to .last, which is below" },
	{ 17, POOL_OF("1-3; 2"), "port 2 stands there twice" },
	{ 17, POOL_OF("0"), "is no port" },
	{ 15, "[variant:x]\nstack = linux-6.1\n"
	    "kernel.net.ipv4.ip_local_port_range = 9 8",
	    "is no value that linux-6.1 takes" }
};

static void
test_problems(void)
{
	g_autofree char *dir = g_dir_make_tmp("problems-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, "s.ini", NULL);
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(problems); i++) {
		g_autofree char *text = g_strconcat(BEFORE, problems[i].text,
		    "\n", NULL);
		g_autofree char *where = g_strdup_printf("%s:%u: ", path,
		    problems[i].line);
		g_autoptr(GError) error = NULL;

		g_assert_true(g_file_set_contents(path, text, -1, NULL));
		g_assert_null(scenario_load(path, NULL, 0, NULL, &error));
		if (!g_str_has_prefix(error->message, where) ||
		    strstr(error->message, problems[i].told) == NULL ||
		    strchr(error->message, '\n') != NULL)
			g_error("problem %u: %s", i, error->message);
	}
	g_assert_cmpint(g_unlink(path), ==, 0);
	g_assert_cmpint(g_rmdir(dir), ==, 0);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/scenario/problems_beside_others", test_problems);
	return (g_test_run());
}
