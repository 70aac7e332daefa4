/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a machine's sysctl(8) printed, as a scenario of some kernel includes it
 * and as `ask' looks for the kernel in it: the first byte chooses whose.  It is
 * refused with messages, or its effective form is accepted again.
 */

#include "study/scenario/effective.h"
#include "study/scenario/load.h"
#include "study/sweep/ask.h"
#include "tests/fuzz/inputs/driver.h"

static const char *const stacks[] = { "freebsd-12.0", "freebsd-14",
    "linux-6.18", "netbsd", "openbsd", "dragonfly", "xnu", "illumos" };

static char *path, *ini, *again_path;

static void
sysctl_init(const char *dir)
{

	path = g_build_filename(dir, "sysctl.txt", NULL);
	ini = g_build_filename(dir, "s.ini", NULL);
	again_path = g_build_filename(dir, "run.ini", NULL);
}

static void
sysctl_include(const char *stack)
{
	g_autofree char *text = g_strdup_printf("[scenario]\nformat = 1\n"
	    "duration = 1s\n[kernel]\ninclude-sysctl = sysctl.txt\n"
	    "[workload:w]\nload = poisson\nrate = 1/s\nlifetime = "
	    "constant(1s)\nbind = none\nfaddrs = 192.0.2.7\nfport = 80\n"
	    "[variant:v]\nstack = %s\n", stack);
	g_autofree char *first = NULL, *second = NULL;
	g_autoptr(GError) error = NULL;
	struct scenario *again, *sc;

	fuzz_write(ini, text, strlen(text));
	sc = scenario_load(ini, NULL, 0, NULL, &error);
	if (sc == NULL) {
		fuzz_message(error);
		return;
	}
	first = scenario_effective(sc);
	fuzz_write(again_path, first, strlen(first));
	again = scenario_load(again_path, NULL, 0, NULL, &error);
	g_assert_no_error(error);
	second = scenario_effective(again);
	g_assert_cmpstr(first, ==, second);
	g_assert_cmpstr(sc->digest, ==, again->digest);
	scenario_free(again);
	scenario_free(sc);
}

/* The name of a kernel that there is; the system's is the file's own words. */
static void
sysctl_ask(void)
{
	g_autofree char *stack = NULL, *system = NULL;
	g_autoptr(GError) error = NULL;

	if (!ask_sysctl(path, &stack, &system, &error))
		fuzz_message(error);
	else if (stack != NULL)
		g_assert_nonnull(system);
}

static void
sysctl_one(const uint8_t *data, size_t size)
{

	if (size == 0)
		return;
	fuzz_write(path, data + 1, size - 1);
	sysctl_include(stacks[data[0] % G_N_ELEMENTS(stacks)]);
	sysctl_ask();
}

static void
sysctl_seeds(void (*put)(const char *, const void *, size_t))
{
	static const char freebsd[] = "kern.ostype: FreeBSD\n"
	    "kern.osrelease: 14.2-RELEASE-p1\nkern.hz: 1000\nhw.ncpu: 8\n"
	    "net.inet.ip.portrange.first: 10000\n"
	    "net.inet.ip.portrange.last: 65535\n"
	    "net.inet.ip.portrange.randomized: 1\n"
	    "net.inet.tcp.msl: 30000\nkern.ipc.maxsockets: 1048576\n";
	static const char linux_[] = "kernel.ostype = Linux\n"
	    "kernel.osrelease = 6.18.5-generic\n"
	    "net.ipv4.ip_local_port_range = 32768\t60999\n"
	    "net.ipv4.ip_local_reserved_ports = 8080,9000-9010\n"
	    "net/ipv4/tcp_tw_reuse = 2\nnet.ipv4.tcp_max_tw_buckets=262144\n";
	static const char netbsd[] = "kern.ostype = NetBSD\n"
	    "kern.osrelease = 10.1\nnet.inet.ip.anonportmin = 49152\n"
	    "net.inet.ip.anonportmax = 65535\n"
	    "net.inet.ip.anonportalgo.selected = bsd\n";
	static const char pasted[] = "# sysctl -a | grep port\n"
	    "$ sysctl net.inet.ip.portrange\n"
	    "sysctl -w net.inet.ip.portrange.first=\"2000\"\n"
	    "net.inet.ip.portrange.hifirst: 49152 # none\n;\n\n";
	static const char *const of[] = { freebsd, linux_, netbsd, pasted };
	size_t i, k;

	for (i = 0; i < G_N_ELEMENTS(of); i++)
		for (k = 0; k < G_N_ELEMENTS(stacks); k++) {
			g_autofree char *name = g_strdup_printf("%zu-%s", i,
			    stacks[k]);
			g_autofree char *text = g_strdup_printf("%c%s",
			    (char)('0' + k), of[i]);

			put(name, text, strlen(text));
		}
}

const struct fuzz_kind fuzz_kind = {
	"sysctl", sysctl_init, sysctl_one, sysctl_seeds
};
