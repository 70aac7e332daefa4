/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A kernel's own lines under [kernel]: taken as the kernel means them, told
 * where they mean nothing, and refused where they are mistakes.
 */

#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "study/scenario/effective.h"
#include "study/scenario/load.h"
#include "study/scenario/scenario.h"
#include "study/scenario/sysctl.h"

#define	DATA	"tests/study/scenario/data/"

#define	REST								\
	"[scenario]\nformat = 1\nduration = 5s\n"			\
	"[workload:w]\nload = poisson\nrate = 1/s\n"			\
	"lifetime = constant(1s)\nfaddrs = 198.51.100.1\nfport = 80\n"	\
	"[variant:v]\nstack = freebsd-12.0\n"

static char *dir;		/* of the files that a test makes */

static char *
make_file(const char *name, const char *text)
{
	char *path;

	path = g_build_filename(dir, name, NULL);
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	return (path);
}

/* A scenario whose first line after [kernel] is the second of the file. */
static struct scenario *
load(const char *kernel, GError **error)
{
	g_autofree char *text = g_strconcat("[kernel]\n", kernel, "\n", REST,
	    NULL);
	g_autofree char *path = make_file("s.ini", text);

	return (scenario_load(path, NULL, 0, NULL, error));
}

static struct scenario *
load_good(const char *kernel)
{
	struct scenario *sc;
	GError *error = NULL;

	sc = load(kernel, &error);
	g_assert_no_error(error);
	return (sc);
}

static struct scenario *
load_file(const char *name)
{
	g_autofree char *path = g_strconcat(DATA, name, NULL);
	struct scenario *sc;
	GError *error = NULL;

	sc = scenario_load(path, NULL, 0, NULL, &error);
	g_assert_no_error(error);
	return (sc);
}

static bool
is_noted(const struct scenario *sc, const char *text)
{
	guint i;

	for (i = 0; i < sc->notes->len; i++)
		if (strstr(sc->notes->pdata[i], text) != NULL)
			return (true);
	return (false);
}

#define	CONF(sc)	((sc)->variants[0].conf)

static void
test_tail_comments(void)
{
	struct scenario *sc;

	sc = load_file("sysctl-tail-comments.ini");
	g_assert_cmpuint(CONF(sc).kernel.portrange_first, ==, 1024);
	g_assert_cmpuint(CONF(sc).kernel.portrange_randomcps, ==, 9999);
	g_assert_cmpuint(CONF(sc).kernel.portrange_randomtime, ==, 1);
	g_assert_cmpint(CONF(sc).kernel.msl, ==, 2500 * SIM_MS);
	g_assert_true(CONF(sc).kernel.fast_finwait2_recycle);
	g_assert_cmpint(CONF(sc).kernel.finwait2_timeout, ==, SIM_S);
	/* Once, both of them. */
	g_assert_cmpuint(sc->notes->len, ==, 1);
	g_assert_true(is_noted(sc, "comments.ini:5: [kernel] "));
	g_assert_true(is_noted(sc, ": kern.ipc.maxsockbuf, "
	    "kern.ipc.somaxconn"));
	scenario_free(sc);
}

/* A choice of ports depends on them; nobody says that nothing does. */
static void
test_not_read(void)
{
	struct scenario *sc;

	sc = load_good("kern.ipc.somaxconn=128\n"
	    "net.inet.tcp.baddynamic=587,2049");
	g_assert_cmpuint(sc->notes->len, ==, 2);
	g_assert_true(is_noted(sc, "s.ini:3: [kernel] "
	    "net.inet.tcp.baddynamic is not read"));
	g_assert_true(is_noted(sc, "depends on it: kern.ipc.somaxconn"));
	scenario_free(sc);
}

/* All that sysctl -a prints, values of several lines among it. */
static void
test_all_of_it(void)
{
	struct scenario *sc;

	sc = load_file("sysctl-a.ini");
	g_assert_cmpuint(CONF(sc).host.maxsockets, ==, 1045540);
	g_assert_cmpuint(CONF(sc).host.cpus, ==, 8);
	g_assert_cmpuint(CONF(sc).kernel.tcbhashsize, ==, 2097152);
	g_assert_cmpint(CONF(sc).kernel.keepinit, ==, 75 * SIM_S);
	g_assert_cmpint(CONF(sc).kernel.inaddr_wild, ==, SYSCTL_ON);
	g_assert_true(is_noted(sc, "kern.geom.confxml"));
	g_assert_false(is_noted(sc, "Processes"));
	scenario_free(sc);
}

/* Prompts, commands, types; signs and comments of sysctl.d; loader's words. */
static void
test_from_terminals(void)
{
	struct scenario *sc;

	sc = load_file("pasted-prompt.ini");
	g_assert_cmpuint(CONF(sc).kernel.portrange_first, ==, 20000);
	scenario_free(sc);
	sc = load_file("pasted-sysctl-w.ini");
	g_assert_cmpuint(CONF(sc).kernel.portrange_first, ==, 10000);
	g_assert_cmpuint(CONF(sc).kernel.portrange_last, ==, 30000);
	g_assert_cmpint(CONF(sc).kernel.msl, ==, 5 * SIM_S);
	scenario_free(sc);
	sc = load_file("pasted-sysctl-t.ini");
	g_assert_cmpuint(CONF(sc).kernel.portrange_first, ==, 20000);
	scenario_free(sc);
	sc = load_file("pasted-loader.ini");
	g_assert_cmpuint(CONF(sc).kernel.tcbhashsize, ==, 65536);
	g_assert_cmpuint(CONF(sc).host.maxsockets, ==, 512 * 1024);
	scenario_free(sc);
	sc = load_file("pasted-linux.ini");
	g_assert_cmpstr(CONF(sc).kernel.knobs[RUN_TCP_TW_REUSE], ==, "1");
	g_assert_cmpuint(CONF(sc).kernel.fin_timeout, ==, 15);
	scenario_free(sc);
	/* A name of Linux is no stranger on Linux. */
	sc = load_file("pasted-linux-proc.ini");
	g_assert_false(is_noted(sc, "in its place FreeBSD"));
	g_assert_true(is_noted(sc, "net.ipv4.tcp_max_tw_buckets"));
	scenario_free(sc);
}

static void
test_spaces(void)
{
	struct scenario *sc;

	sc = load_file("sysctl-spaces.ini");
	g_assert_cmpuint(CONF(sc).kernel.portrange_last, ==, 65535);
	g_assert_false(CONF(sc).kernel.portrange_randomized);
	g_assert_cmpuint(CONF(sc).kernel.maxtcptw, ==, 40960);
	g_assert_cmpint(CONF(sc).kernel.msl, ==, 10 * SIM_S);
	g_assert_cmpint(CONF(sc).kernel.nolocaltimewait, ==, SYSCTL_ON);
	g_assert_true(is_noted(sc, "kern.maxfiles"));
	scenario_free(sc);
}

static void
test_loader(void)
{
	struct scenario *sc;

	sc = load_file("loader.ini");
	g_assert_cmpuint(CONF(sc).kernel.tcbhashsize, ==, 65536);
	g_assert_cmpuint(CONF(sc).host.maxsockets, ==, 2400000);
	g_assert_cmpuint(CONF(sc).kernel.maxtcptw, ==, 10240);
	g_assert_true(is_noted(sc, "cc_htcp_load"));
	scenario_free(sc);
}

static void
test_colon(void)
{
	struct scenario *sc;

	sc = load_file("sysctl-colon.ini");
	g_assert_cmpuint(CONF(sc).kernel.portrange_first, ==, 10000);
	g_assert_cmpint(CONF(sc).kernel.msl, ==, 30 * SIM_S);
	g_assert_cmpuint(CONF(sc).kernel.portrange_hifirst, ==, 49152);
	scenario_free(sc);
}

static void
test_linux(void)
{
	struct scenario *sc;

	sc = load_file("linux.ini");
	g_assert_cmpuint(sc->notes->len, ==, 3);
	g_assert_true(is_noted(sc, ":5: [kernel] net.ipv4.ip_local_port_range "
	    "is a name of Linux"));
	g_assert_true(is_noted(sc, "net.inet.ip.portrange.first = 1024 and "
	    "net.inet.ip.portrange.last = 65000"));
	g_assert_true(is_noted(sc, ":6: [kernel] net.ipv4.tcp_tw_reuse "));
	g_assert_true(is_noted(sc, "net.inet.tcp.finwait2_timeout"));
	/* The hint is one, nothing was set. */
	g_assert_cmpuint(CONF(sc).kernel.portrange_first, ==, 10000);
	scenario_free(sc);
}

static void
test_mixed(void)
{
	g_autofree char *text = NULL;
	struct scenario *sc;

	sc = load_file("sysctl-mixed.ini");
	g_assert_cmpint(CONF(sc).kernel.msl, ==, 30 * SIM_S);
	g_assert_cmpuint(CONF(sc).kernel.portrange_first, ==, 1024);
	g_assert_cmpuint(CONF(sc).host.maxsockets, ==, 2400000);
	g_assert_cmpuint(CONF(sc).kernel.tcbhashsize, ==, 65536);
	/* What is written back has units, and nothing twice. */
	text = scenario_effective(sc);
	g_assert_nonnull(strstr(text, "\nmaxsockets = 2400000\n"));
	g_assert_nonnull(strstr(text, "\nnet.inet.tcp.msl = 30s\n"));
	g_assert_null(strstr(text, "kern.ipc"));
	scenario_free(sc);
}

static void
test_mistakes(void)
{
	static const char *const told[] = {
		":5: [kernel] net.inet.ip.portrange.first = 1000: is out of",
		(":7: [kernel] net.inet.ip.portrange.last = 65535: the key "
		    "stands in line 6 already"),
		":11: [kernel] net.inet.tcp.tcbhashsize = 10000: is out of"
	};
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) lines = NULL;
	unsigned i;

	g_assert_null(scenario_load(DATA "values.ini", NULL, 0, NULL,
	    &error));
	lines = g_strsplit(error->message, "\n", -1);
	g_assert_cmpuint(g_strv_length(lines), ==, G_N_ELEMENTS(told));
	for (i = 0; i < G_N_ELEMENTS(told); i++)
		g_assert_nonnull(strstr(error->message, told[i]));
}

/* Each way to write a line of a name that means something, and msl by it. */
static void
test_ways(void)
{
	static const char *const ways[] = {
		"net.inet.tcp.msl=5000", "net.inet.tcp.msl = 5000",
		"net.inet.tcp.msl: 5000", "net.inet.tcp.msl : 5000",
		"net.inet.tcp.msl=\"5000\"", "net.inet.tcp.msl='5000'",
		"net.inet.tcp.msl=\"5000\" # quick",
		"net.inet.tcp.msl=5000#quick", "net.inet.tcp.msl=5000 (30000)",
		"net.inet.tcp.msl: 30000 -> 5000", "\tnet.inet.tcp.msl=5000 ",
		"sysctl net.inet.tcp.msl=5000",
		"sysctl -w net.inet.tcp.msl=5000", "net.inet.tcp.msl = 5s",
		"net.inet.tcp.msl=5000\r"
	};
	struct scenario *sc;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(ways); i++) {
		g_test_message("%s", ways[i]);
		sc = load_good(ways[i]);
		g_assert_cmpint(CONF(sc).kernel.msl, ==, 5 * SIM_S);
		g_assert_cmpuint(sc->notes->len, ==, 0);
		scenario_free(sc);
	}
	sc = load_good("net.inet.ip.portrange.randomized=\"NO\"\n"
	    "net.inet.tcp.nolocaltimewait=yes\n"
	    "net.inet.tcp.tcbhashsize=\"64k\"\nhw.ncpu: 3");
	g_assert_false(CONF(sc).kernel.portrange_randomized);
	g_assert_cmpint(CONF(sc).kernel.nolocaltimewait, ==, SYSCTL_ON);
	g_assert_cmpuint(CONF(sc).kernel.tcbhashsize, ==, 65536);
	g_assert_cmpuint(CONF(sc).host.cpus, ==, 3);
	scenario_free(sc);
}

/* A typing error is one; a name that looks like one is none. */
static void
test_names(void)
{
	static const struct {
		const char	*name;
		enum sysctl_kind kind;
	} names[] = {
		{ "net.inet.tcp.msl", SYSCTL_OURS },
		{ "kern.ipc.maxsockets", SYSCTL_OURS },
		{ "hw.ncpu", SYSCTL_OURS },
		{ "net.inet.tcp.mls", SYSCTL_MISTYPED },
		{ "net.inet.ip.portrage.frist", SYSCTL_MISTYPED },
		{ "kern.ipc.maxsocket", SYSCTL_MISTYPED },
		{ "net.inet.ip.portrange.hifirst", SYSCTL_OURS },
		{ "net.inet.ip.portrange.reservedhigh", SYSCTL_UNUSED },
		{ "net.inet.tcp.mssdflt", SYSCTL_UNUSED },
		{ "net.inet.tcp.syncache.hashsize", SYSCTL_UNUSED },
		{ "net.inet.sctp.tcbhashsize", SYSCTL_UNUSED },
		{ "kern.ipc.somaxconn", SYSCTL_UNUSED },
		{ "dev.cpu.0.%driver", SYSCTL_UNUSED },
		{ "hint.acpi.0.disabled", SYSCTL_UNUSED },
		{ "if_ixl_load", SYSCTL_UNUSED },
		{ "autoboot_delay", SYSCTL_UNUSED },
		{ "net.ipv4.tcp_timestamps", SYSCTL_OURS },
		{ "net.ipv4.ip_local_port_range", SYSCTL_OURS },
		{ "net.ipv4.tcp_fin_timeout", SYSCTL_OURS },
		{ "net.ipv4.tcp_max_tw_buckets", SYSCTL_LINUX },
		{ "net.ipv4.tcp_synack_retries", SYSCTL_UNUSED },
		{ "net.inet6.ip6.connect_in6addr_wild", SYSCTL_UNUSED },
		{ "net.inet.tcp.keepidle", SYSCTL_UNUSED },
		{ "net/core/somaxconn", SYSCTL_LINUX },
		{ "rate", SYSCTL_NONE },
		{ "workload.rate", SYSCTL_NONE },
		{ "sshd_enable", SYSCTL_NONE }
	};
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(names); i++) {
		g_test_message("%s", names[i].name);
		g_assert_cmpint(sysctl_kind(names[i].name), ==,
		    names[i].kind);
	}
}

static void
check_problem(const char *kernel, const char *told)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(load(kernel, &error));
	g_test_message("%s", error->message);
	g_assert_null(strchr(error->message, '\n'));
	g_assert_nonnull(strstr(error->message, told));
}

static void
test_problems(void)
{

	check_problem("net.inet.tcp.mls=30000 # was 30000",
	    "s.ini:2: [kernel] net.inet.tcp.mls = 30000: there is no key "
	    "'net.inet.tcp.mls'; did you mean 'net.inet.tcp.msl'?");
	check_problem("kern.ipc.maxsocket=5000",
	    "did you mean 'kern.ipc.maxsockets'?");
	check_problem("rate = 5 # x", "s.ini:2: [kernel] rate = 5 # x: a "
	    "comment must stand");
	check_problem("net.inet.tcp.msl=soon", "s.ini:2: [kernel] ");
	check_problem("net.inet.tcp.msl", "is neither a [group] nor");
	check_problem("net.inet.tcp.msl=", "s.ini:2: [kernel] ");
	check_problem("kern.ipc.maxsockets=5000\n[host]\nmaxsockets = 6000",
	    "s.ini:2: [kernel] kern.ipc.maxsockets = 5000: the same as [host] "
	    "maxsockets, which stands in ");
	/* Only [kernel] takes a kernel's lines. */
	check_problem("net.inet.tcp.msl=5\n[host]\ncpus = 4 # all",
	    "a comment must stand");
	check_problem("include-sysctl = no.conf", "s.ini:2: [kernel] "
	    "include-sysctl = no.conf: there is no file");
}

static void
test_other_places(void)
{
	static const struct override set[] = {
		{ "kernel.kern.ipc.maxsockets", "7000", "--set" },
		{ "kernel.net.inet.tcp.msl", "4000", "--set" }
	};
	g_autofree char *base = make_file("base.ini", "[host]\n"
	    "maxsockets = 4000\n[kernel]\nhw.ncpu: 5\n" REST);
	g_autofree char *path = make_file("top.ini", "[scenario]\n"
	    "include = base.ini\n[kernel]\nkern.ipc.maxsockets=5000\n"
	    "[host]\ncpus = 6\n[variant:v]\n"
	    "[variant:w]\nstack = freebsd-12.2\n"
	    "kernel.kern.ipc.maxsockets = 6000\n"
	    "kernel.net.inet.tcp.msl = 1500\n");
	GError *error = NULL;
	struct scenario *sc;

	g_assert_nonnull(base);
	/* The outer file goes over the inner one, under either name. */
	sc = scenario_load(path, NULL, 0, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(CONF(sc).host.maxsockets, ==, 5000);
	g_assert_cmpuint(CONF(sc).host.cpus, ==, 6);
	g_assert_cmpuint(sc->variants[1].conf.host.maxsockets, ==, 6000);
	g_assert_cmpint(sc->variants[1].conf.kernel.msl, ==, 1500 * SIM_MS);
	scenario_free(sc);
	/* The command line goes over all but a variant's own. */
	sc = scenario_load(path, set, G_N_ELEMENTS(set), NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(CONF(sc).host.maxsockets, ==, 7000);
	g_assert_cmpint(CONF(sc).kernel.msl, ==, 4 * SIM_S);
	g_assert_cmpuint(sc->variants[1].conf.host.maxsockets, ==, 6000);
	scenario_free(sc);
}

/* The output of sysctl -a, more or less. */
static void
test_include(void)
{
	g_autofree char *conf = make_file("machine.txt",
	    "kern.ostype: FreeBSD\n"
	    "kern.geom.conftxt: 0 DISK ada0 8589934592 512 hd 16 sc 63\n"
	    "1 PART ada0p2 8053063680 512 i 2 o 544768 ty freebsd-ufs\n\n"
	    "kern.ipc.maxsockets: 1039990\nhw.ncpu: 12\n"
	    "net.inet.ip.portrange.first: 10000\n"
	    "net.inet.ip.portrange.first: 20000\n"
	    "net.inet.tcp.msl: 2000\nnet.inet.tcp.mls: 5\n"
	    "net.inet.tcp.require_unique_port: 1\n"
	    "net.core.somaxconn = 4096\n\x01\xff\n");
	g_autoptr(GError) error = NULL;
	g_autofree char *again = NULL, *text = NULL;
	struct scenario *back, *sc;

	sc = load_good("net.inet.tcp.msl = 3s\ninclude-sysctl = machine.txt");
	g_assert_cmpint(CONF(sc).kernel.msl, ==, 3 * SIM_S);
	g_assert_cmpuint(CONF(sc).host.maxsockets, ==, 1039990);
	g_assert_cmpuint(CONF(sc).host.cpus, ==, 12);
	g_assert_cmpuint(CONF(sc).kernel.portrange_first, ==, 20000);
	g_assert_true(is_noted(sc, "machine.txt: kern.ipc.maxsockets, "
	    "hw.ncpu, net.inet.ip.portrange.first, net.inet.tcp."
	    "require_unique_port are taken; 4 other names"));
	g_assert_true(is_noted(sc, "kern.ipc.soacceptqueue"));
	/* It is no mistake that another kernel lacks what this one has. */
	g_assert_true(is_noted(sc, "machine.txt:11: [kernel] "
	    "net.inet.tcp.require_unique_port = 1: none of the variants'"));
	text = scenario_effective(sc);
	g_assert_null(strstr(text, "include"));
	/* What no stack has is not in run.ini, which can be fed back. */
	g_assert_null(strstr(text, "require_unique_port = 1"));
	again = make_file("top.ini", text);
	back = scenario_load(again, NULL, 0, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(back->digest, ==, sc->digest);
	scenario_free(back);
	scenario_free(sc);
	/* The scenario's own word goes over it by either name. */
	sc = load_good("include-sysctl = machine.txt\n[host]\ncpus = 2\n"
	    "maxsockets = 5k");
	g_assert_cmpuint(CONF(sc).host.cpus, ==, 2);
	g_assert_cmpuint(CONF(sc).host.maxsockets, ==, 5000);
	scenario_free(sc);
	sc = load_good("include-sysctl = machine.txt\n"
	    "kern.ipc.maxsockets=5000");
	g_assert_cmpuint(CONF(sc).host.maxsockets, ==, 5000);
	scenario_free(sc);
	g_free(g_steal_pointer(&conf));
	conf = make_file("machine.txt", "net.inet.ip.portrange.first: 10\n");
	g_assert_null(load("include-sysctl = machine.txt", &error));
	g_assert_nonnull(strstr(error->message, "machine.txt:1: [kernel] "));
	g_clear_error(&error);
	g_free(g_steal_pointer(&conf));
	conf = make_file("machine.txt", "nothing\nof the kind\n");
	g_assert_null(load("include-sysctl = machine.txt", &error));
	g_assert_nonnull(strstr(error->message, "machine.txt: no line of it"));
}

/* A scenario with one more variant, w, the first. */
static struct scenario *
load_two(const char *kernel, const char *stack)
{
	g_autofree char *text = g_strconcat(kernel, "\n[variant:w]\n"
	    "stack = ", stack, NULL);

	return (load_good(text));
}

/* A kernel that lacks a sysctl has it at its default, whoever else has it. */
static void
test_other_kernels(void)
{
	static const struct override set = { "kernel.net.inet.ip.portfirst",
	    "2000", "--set" };
	g_autoptr(GError) error = NULL;
	g_autofree char *path = NULL;
	struct scenario *sc;

	/* Named as another kernel names it: told, and without an effect. */
	sc = load_good("net.inet.ip.portfirst=2000\n"
	    "net.inet.ip.anonportmax=30000");
	g_assert_cmpuint(CONF(sc).kernel.portrange_first, ==, 10000);
	g_assert_cmpuint(CONF(sc).kernel.portrange_last, ==, 65535);
	g_assert_true(is_noted(sc, "s.ini:2: [kernel] net.inet.ip.portfirst "
	    "is left out: none of the variants' stacks reads it; in its place "
	    "there is net.inet.ip.portrange.first"));
	scenario_free(sc);
	sc = load_two("net.inet.ip.anonportmin = 20000\n"
	    "_time_wait_interval = 10s", "netbsd");
	g_assert_cmpuint(sc->variants[1].conf.kernel.portrange_first, ==,
	    10000);
	g_assert_cmpint(sc->variants[1].conf.kernel.msl, ==, 30 * SIM_S);
	g_assert_cmpuint(CONF(sc).kernel.portrange_first, ==, 20000);
	scenario_free(sc);
	sc = load_two("net.inet.tcp.msl = 5000", "openbsd");
	g_assert_cmpint(sc->variants[1].conf.kernel.msl, ==, 5 * SIM_S);
	g_assert_cmpint(CONF(sc).kernel.msl, ==, 30 * SIM_S);
	scenario_free(sc);
	/* An option is no paste. */
	path = make_file("s.ini", REST);
	g_assert_null(scenario_load(path, &set, 1, NULL, &error));
	g_assert_nonnull(strstr(error->message, "--set: [kernel] "
	    "net.inet.ip.portfirst = 2000: none of the variants' stacks"));
}

static void
test_linux_values(void)
{
	struct scenario *sc;

	check_problem("net.ipv4.ip_local_port_range = 60999 32768\n"
	    "[variant:w]\nstack = linux-6.1", "s.ini:2: [kernel] "
	    "net.ipv4.ip_local_port_range = 60999 32768: is no value that "
	    "linux-6.1 takes; allowed: two ports, 1 to 65535, the lower one "
	    "first");
	sc = load_two("net.ipv4.ip_local_port_range = 1024\t65535\n"
	    "net.ipv4.tcp_max_tw_buckets = 5000", "linux-6.1");
	g_assert_cmpuint(CONF(sc).kernel.portrange_first, ==, 1024);
	scenario_free(sc);
}

/* What stands before a line is none of its prompt. */
static void
test_before_the_line(void)
{
	static const char text[] = "# sysctl net.inet.tcp.msl=5000";
	g_autofree char *name = NULL, *value = NULL;

	g_assert_true(sysctl_split(text, &name, &value));
	g_assert_cmpstr(name, ==, "net.inet.tcp.msl");
	g_assert_false(sysctl_split(text + 1, &name, &value));
}

int
main(int argc, char **argv)
{
	static const char *const files[] = { "s.ini", "base.ini", "top.ini",
	    "machine.txt" };
	unsigned i;
	int rc;

	g_test_init(&argc, &argv, NULL);
	dir = g_dir_make_tmp("pasted-XXXXXX", NULL);
	g_test_add_func("/pasted/comments_behind", test_tail_comments);
	g_test_add_func("/pasted/not_read", test_not_read);
	g_test_add_func("/pasted/all_of_it", test_all_of_it);
	g_test_add_func("/pasted/from_terminals", test_from_terminals);
	g_test_add_func("/pasted/spaces", test_spaces);
	g_test_add_func("/pasted/loader_conf", test_loader);
	g_test_add_func("/pasted/output_of_sysctl", test_colon);
	g_test_add_func("/pasted/linux_names", test_linux);
	g_test_add_func("/pasted/mixed", test_mixed);
	g_test_add_func("/pasted/mistakes_are_errors", test_mistakes);
	g_test_add_func("/pasted/ways_to_write_it", test_ways);
	g_test_add_func("/pasted/names", test_names);
	g_test_add_func("/pasted/problems", test_problems);
	g_test_add_func("/pasted/variants_and_overrides", test_other_places);
	g_test_add_func("/pasted/include_sysctl", test_include);
	g_test_add_func("/pasted/other_kernels", test_other_kernels);
	g_test_add_func("/pasted/values_of_linux", test_linux_values);
	g_test_add_func("/pasted/before_the_line", test_before_the_line);
	rc = g_test_run();
	for (i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *path = g_build_filename(dir, files[i], NULL);

		g_unlink(path);
	}
	g_rmdir(dir);
	g_free(dir);
	return (rc);
}
