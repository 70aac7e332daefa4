/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Scenarios: defaults, overrides, every problem by its line, and a canonical
 * form that is the same after a second reading.
 */

#include <string.h>

#include <glib.h>

#include "models/machine/load.h"
#include "models/stacks/stack.h"
#include "study/scenario/effective.h"
#include "study/scenario/load.h"
#include "study/scenario/replay.h"
#include "study/scenario/scenario.h"
#include "tests/study/scenario/texts.h"

#define	SEED	"tests/study/data/seed.ini"

static void
test_seed(void)
{
	g_autoptr(GError) error = NULL;
	const struct run_conf *conf;
	const struct workload_conf *wc;
	struct run_conf second;
	struct scenario *sc;

	sc = scenario_load(SEED, NULL, 0, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(sc->name, ==, "seed-2019");
	g_assert_true(g_str_has_prefix(sc->question, "why does an unbound"));
	g_assert_true(g_str_has_suffix(sc->expected, "no stall above 1 ms."));
	g_assert_cmpuint(sc->nvariants, ==, 2);
	g_assert_cmpuint(sc->nexpectations, ==, 3);
	g_assert_cmpstr(sc->variants[1].name, ==, "proposed");
	conf = &sc->variants[0].conf;
	g_assert_cmpstr(conf->stack->name, ==, "freebsd-12.0");
	g_assert_cmpint(conf->duration, ==, 120 * SIM_S);
	g_assert_cmpint(conf->interval, ==, 200 * SIM_MS);
	g_assert_cmpint(conf->stall_threshold, ==, SIM_MS);
	g_assert_cmpuint(conf->host.nladdrs, ==, 50);
	g_assert_cmpuint(conf->host.maxsockets, ==, 1000000);
	g_assert_cmpuint(conf->kernel.portrange_last, ==, 65535);
	g_assert_cmpuint(conf->kernel.portrange_randomcps, ==, 10);
	g_assert_cmpuint(conf->inbound.segments, ==, 50000000000);
	g_assert_cmpuint(conf->inbound.lport, ==, 443);
	g_assert_cmpuint(conf->nobservers, ==, 1);
	g_assert_cmpstr(conf->observers[0].name, ==, "console");
	g_assert_cmpint(conf->observers[0].kind, ==, OBSERVER_VT_ECHO);
	g_assert_cmpint(conf->observers[0].deadline, ==, 500 * SIM_MS);
	g_assert_cmpuint(conf->nworkloads, ==, 2);
	wc = &conf->workloads[0];
	g_assert_cmpstr(wc->load->name, ==, "poisson");
	g_assert_cmpuint(wc->nrates, ==, 1);
	g_assert_cmpuint(wc->rates[0].rate, ==, 2000000000);
	g_assert_cmpint(wc->lifetime.kind, ==, DIST_LOGNORMAL);
	g_assert_cmpint(wc->lifetime.a, ==, 60 * SIM_S);
	g_assert_cmpfloat(wc->lifetime.shape, ==, 1.2);
	g_assert_cmpint(wc->bind, ==, BIND_LADDR);
	g_assert_cmpuint(wc->nladdrs, ==, 50);
	g_assert_cmpint(wc->closer, ==, CLOSER_REMOTE);
	g_assert_cmpint(wc->stop, ==, SIM_NEVER);
	g_assert_cmpint(conf->workloads[1].closer, ==, CLOSER_LOCAL);
	g_assert_cmpint(conf->workloads[1].start, ==, 30 * SIM_S);
	scenario_conf(sc, 1, 7, &second);
	g_assert_cmpuint(second.replication, ==, 7);
	g_assert_cmpstr(second.stack->name, ==, "freebsd-12.2");
	scenario_free(sc);
}

/* Reading the effective form again gives the same form and digest. */
static void
check_round_trip_of(const char *path, const char *variant)
{
	g_autofree char *first = NULL, *second = NULL, *run = NULL;
	GError *error = NULL;
	struct scenario *a, *b;

	g_test_message("%s, %s", path, variant != NULL ? variant : "all");
	a = scenario_load(path, NULL, 0, variant, &error);
	g_assert_no_error(error);
	first = scenario_effective(a);
	run = make_file("run.ini", first);
	b = scenario_load(run, NULL, 0, NULL, &error);
	g_assert_no_error(error);
	second = scenario_effective(b);
	g_assert_cmpstr(first, ==, second);
	g_assert_cmpstr(a->digest, ==, b->digest);
	g_assert_cmpstr(a->name, ==, b->name);
	g_assert_cmpstr(a->question, ==, b->question);
	scenario_free(a);
	scenario_free(b);
}

/* .. of all variants, and of each alone. */
static void
check_round_trip(const char *path)
{
	GError *error = NULL;
	struct scenario *sc;
	unsigned i;

	check_round_trip_of(path, NULL);
	sc = scenario_load(path, NULL, 0, NULL, &error);
	g_assert_no_error(error);
	for (i = 0; i < sc->nvariants; i++)
		check_round_trip_of(path, sc->variants[i].name);
	scenario_free(sc);
}

static void
test_round_trip(void)
{
	g_autofree char *mixed = NULL, *rich = NULL, *sample = NULL;
	g_autoptr(GDir) all = g_dir_open("scenarios", 0, NULL);
	const char *name;
	unsigned n;

	check_round_trip(SEED);
	for (n = 0; (name = g_dir_read_name(all)) != NULL;) {
		g_autofree char *path = g_build_filename("scenarios", name,
		    NULL);

		if (g_str_has_suffix(name, ".ini")) {
			check_round_trip(path);
			n++;
		}
	}
	g_assert_cmpuint(n, >, 10);
	/* All there is to write that those do not. */
	sample = make_file("sample.csv", "duration_s\n3\n1\n\n2.5\n");
	rich = make_file("rich.name.ini", SMALL
	    "kernel.debug.mtx.delay_max = 1Ki\n"
	    "workload:w.laddrs = 198.51.100.7; 198.51.100.9*2\n"
	    "workload:w.rate = 1k/s; 0.5s: 0.25/s; 1h: 7/min\n" WORKLOAD
	    "think = constant(0)\n" "[workload:c]\nload = closed\nsize = 2k\n"
	    "lifetime = empirical(sample.csv)\nthink = pareto(1ms, 1.1)\n"
	    "faddrs = 192.0.2.1; 192.0.2.3*3\nfport = 1\n"
	    "sockopts = reuseport;reuseaddr;\nbind = laddr+port\n"
	    "[host]\nladdrs = 192.0.2.1; 198.51.100.7*4\n");
	{
		g_autoptr(GError) error = NULL;

		/* `think' is not for poisson. */
		g_assert_null(scenario_load(rich, NULL, 0, NULL, &error));
		g_assert_nonnull(strstr(error->message, "loads that do: "
		    "closed"));
	}
	{
		g_autofree char *text = NULL;
		GString *good;

		g_file_get_contents(rich, &text, NULL, NULL);
		good = g_string_new(text);
		g_string_replace(good, "think = constant(0)\n", "", 1);
		g_file_set_contents(rich, good->str, -1, NULL);
		g_string_free(good, TRUE);
	}
	check_round_trip(rich);
	/* Alone, neither has what is there for the other. */
	mixed = make_file("mixed.ini", SMALL WORKLOAD "[kernel]\n"
	    "net.inet.ip.anonportmin = 50000\nnet.inet.tcp.msl = 1s\n"
	    "[variant:n]\nstack = netbsd\n[variant:l]\nstack = linux-6.18\n");
	check_round_trip(mixed);
}

static void
test_digest(void)
{
	struct scenario *a, *b, *c, *d;

	a = load_good("# a comment\n" SMALL WORKLOAD);
	b = load_good(WORKLOAD SMALL "[host]\ncpus = 8\n"
	    "[observer:screen]\nkind = vt-echo\nperiod = 0.1s\n"
	    "[observer:ssh]\nkind = ssh\n"
	    "[observer:daemon]\nkind = timed\n"
	    "[observer:serial]\nkind = serial\n");
	c = load_good(SMALL WORKLOAD "rtt = 2ms\n");
	d = load_good(SMALL WORKLOAD "[expect]\nx = v.ok > 0\n");
	g_assert_cmpstr(a->digest, ==, b->digest);
	g_assert_cmpstr(a->digest, !=, c->digest);
	g_assert_cmpstr(a->digest, !=, d->digest);
	g_assert_cmpuint(strlen(a->digest), ==, 64);
	scenario_free(a);
	scenario_free(b);
	scenario_free(c);
	scenario_free(d);
}

/* A line each; what is wrong stands in the last line. */
static const struct {
	unsigned	line;
	const char	*text;
	const char	*told;
} problems[] = {
	{ 14, "[host]\ncpu = 2", "did you mean 'cpus'?" },
	{ 14, "[host]\ncpus = 0", "1 to 1024" },
	{ 14, "[host]\ncpus = two", "whole number" },
	{ 14, "[host]\ncpus = 2 # a comment", "line of its own" },
	{ 15, "[host]\ncpus = 2\ncpus = 3", "line 14 already" },
	{ 14, "[host]\ncpus[de] = 2", "translated" },
	{ 13, "; a comment", "begin with #" },
	{ 13, "some text", "neither" },
	{ 13, "[hots]", "did you mean 'host'?" },
	{ 13, "[sweep]", "sweep file" },
	{ 13, "[workload]", "[workload:NAME]" },
	{ 13, "[workload:9]", "a letter" },
	{ 13, "[workload:a.b]", "a letter" },
	{ 13, "[host", "is not a group" },
	{ 14, "[host]\nladdrs = 198.51.100.1*50; 198.51.100.3",
	    "198.51.100.3 stands there twice" },
	{ 14, "[host]\nladdrs = 198.51.100.256", "IPv4 address" },
	{ 14, "[host]\nladdrs = 010.0.0.1", "IPv4 address" },
	{ 14, "[host]\nladdrs = 223.255.255.255*2", "224.0.0.0" },
	{ 14, "[host]\nladdrs = 10.0.0.1*70k", "1 to 65536" },
	{ 14, "[host]\ncosts = epic-vm", "did you mean 'epyc-vm'?" },
	{ 14, "[host]\ncosts = no/such.csv", "there is no file" },
	{ 14, "[console]\nperiod = 10xs", "did you mean" },
	{ 14, "[console]\nperiod = 100", "the unit is missing" },
	{ 14, "[kernel]\nnet.inet.tcp.msl = 3.5", "unit is missing" },
	{ 14, "[kernel]\nnet.inet.tcp.mls = 30s",
	    "did you mean 'net.inet.tcp.msl'?" },
	{ 14, "[kernel]\nnet.inet.tcp.tcbhashsize = 1000",
	    "a power of two" },
	{ 14, "[kernel]\nnet.inet.ip.portrange.randomized = maybe",
	    "0 or 1" },
	{ 14, "[kernel]\nnet.inet.tcp.require_unique_port = 1",
	    "none of the variants' stacks" },
	{ 15, "[variant:x]\nstack = freebsd-12.0\n"
	    "kernel.net.inet.tcp.require_unique_port = 1",
	    "freebsd-12.0 has no such sysctl" },
	{ 14, "[variant:x]\nstack = freebsd-12", "is no stack" },
	{ 13, "[variant:x]", "the key stack is missing" },
	{ 15, "[variant:x]\nstack = freebsd-12.0\nhost.cpu = 2",
	    "did you mean 'cpus'?" },
	{ 15, "[variant:x]\nstack = freebsd-12.0\nw.rate = 2/s",
	    "is no group of parameters" },
	{ 15, "[variant:x]\nstack = freebsd-12.0\n"
	    "workload:v.rate = 2/s", "did you mean 'w'?" },
	{ 15, "[variant:x]\nstack = freebsd-12.0\n"
	    "scenario.duration = 2s", "the same for all variants" },
	{ 15, "[variant:x]\nstack = freebsd-12.0\n"
	    "workload:w.size = 2", "load = poisson does not look" },
	{ 12, "size = 3", "load = poisson does not look" },
	{ 12, "lifetimes = constant(1s)", "did you mean 'lifetime'?" },
	{ 12, "laddrs = 198.51.100.1\n[host]\nladdrs = 10.0.0.1",
	    "not in host.laddrs" },
	{ 12, "sockopts = reuseaddr;reusport",
	    "did you mean 'reuseport'?" },
	{ 14, "[expect]\nx = v.ok >", "at character 7" },
	{ 14, "[expect]\nx =", "is empty" },
	{ 14, "[workload:x]\nload = poison",
	    "did you mean 'poisson'?" },
	{ 14, "[inbound]\nlifetime = exponential(10s, 2)",
	    "needs 1 argument" },
	{ 14, "[inbound]\nlifetime = normal(10s, 2)",
	    "did you mean 'lognormal'?" },
	{ 14, "[inbound]\nlifetime = uniform(2s, 1s)", "a <= b" },
	{ 14, "[inbound]\nlifetime = pareto(2s, 0)", "0.1 to 100" },
	{ 14, "[inbound]\nlifetime = 10s", "is no distribution" },
	{ 14, "[inbound]\nlifetime = 50ms", "did you mean 'constant(50ms)'?" },
	{ 14, "[inbound]\nlifetime = uniform(1s; 2s)",
	    "did you mean 'uniform(1s, 2s)'?" },
	{ 14, "[inbound]\naccepts = 200", "did you mean '200/s'?" },
	{ 14, "[host]\nladdrs = 198.51.100.1,198.51.100.2 , 198.51.100.3",
	    "did you mean '198.51.100.1; 198.51.100.2; 198.51.100.3'?" },
	{ 12, "sockopts = reuseaddr, reuseport",
	    "did you mean 'reuseaddr; reuseport'?" },
	{ 14, "[inbound]\nlifetime = empirical(no.csv)",
	    "there is no file" },
	{ 14, "[inbound]\naccepts = 2k/s; 30s: 1k/s", "unknown unit" },
	{ 13, "\xff\xfe", "UTF-8" }
};

static void
test_problems(void)
{
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(problems); i++) {
		g_autofree char *text = g_strconcat(SMALL WORKLOAD, "# x\n",
		    problems[i].text, "\n", NULL);
		g_autofree char *inside = NULL;

		/* Line 12 is still inside of the workload. */
		if (problems[i].line == 12) {
			inside = g_strconcat(SMALL WORKLOAD, problems[i].text,
			    "\n", NULL);
			check_problem(inside, 12, problems[i].told);
		} else
			check_problem(text, problems[i].line, problems[i].told);
	}
}

static void
test_all_problems(void)
{
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) lines = NULL;

	g_assert_null(load("x = 1\n[scenario]\nformat = 2\nname = ../x\n"
	    "[host]\ncpus = 0\ncpus = 1\n[workload:w]\nload = poisson\n"
	    "rate = 1\n[variant:v]\nstack = linux\n", &error));
	lines = g_strsplit(error->message, "\n", -1);
	/* Text, format, cpus twice, name, cpus, rate, stack, duration. */
	g_assert_cmpuint(g_strv_length(lines), ==, 8);
	g_assert_nonnull(strstr(error->message, ":4: [scenario] name = ../x"));
	g_assert_nonnull(strstr(error->message, ":7: [host] cpus = 1: "));
	g_assert_nonnull(strstr(error->message,
	    "[scenario]: the key duration is missing"));
}

static void
test_needs(void)
{
	g_autoptr(GError) error = NULL;

	check_problem(SMALL "[workload:w]\nload = poisson\nrate = 1/s\n"
	    "lifetime = constant(1s)\nfport = 80\n", 6, "needs the key faddrs");
	check_problem(SMALL, 1, "nothing happens");
	g_assert_null(load("[scenario]\nformat = 1\nduration = 1s\n" WORKLOAD,
	    &error));
	g_assert_nonnull(strstr(error->message, "no [variant:NAME]"));
	g_clear_error(&error);
	g_assert_null(scenario_load("no-such.ini", NULL, 0, NULL, &error));
	g_assert_nonnull(strstr(error->message, "no-such.ini"));
	g_assert_null(strchr(error->message, '\n'));
	check_problem(SMALL "[workload:a-b]\nload = pool\n"
	    "lifetime = constant(1s)\nfaddrs = 10.0.0.1\nfport = 1\nsize = 1\n"
	    "[workload:a_b]\nload = pool\nlifetime = constant(1s)\n"
	    "faddrs = 10.0.0.1\nfport = 1\nsize = 1\n", 12,
	    "metrics would be named");
}

static void
test_variants(void)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *path = NULL, *text = NULL;
	struct scenario *sc;

	path = make_file("s.ini", SMALL WORKLOAD
	    "[variant:two]\nstack = freebsd-12.2\nhost.cpus = 2\n"
	    "workload:w.rate = 9/s\nworkload:w.bind = laddr\n"
	    "workload:w.laddrs = 198.51.100.1*3\n"
	    "kernel.net.inet.tcp.msl = 1s\n"
	    "[expect]\nx = v.ok > 0\ny = two.ok > v.ok\n");
	sc = scenario_load(path, NULL, 0, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(sc->variants[0].conf.host.cpus, ==, 8);
	g_assert_cmpuint(sc->variants[1].conf.host.cpus, ==, 2);
	g_assert_cmpuint(sc->variants[0].conf.workloads[0].rates[0].rate, ==,
	    1000000);
	g_assert_cmpuint(sc->variants[1].conf.workloads[0].rates[0].rate, ==,
	    9000000);
	g_assert_cmpint(sc->variants[1].conf.kernel.msl, ==, SIM_S);
	/* laddrs = auto is what this variant binds to, and a primary. */
	g_assert_cmpuint(sc->variants[0].conf.host.nladdrs, ==, 1);
	g_assert_cmpuint(sc->variants[1].conf.host.nladdrs, ==, 4);
	scenario_free(sc);

	/* One of them: what is expected of the others is not written. */
	sc = scenario_load(path, NULL, 0, "v", &error);
	g_assert_no_error(error);
	g_assert_cmpuint(sc->nvariants, ==, 1);
	g_assert_cmpuint(sc->nexpectations, ==, 2);
	text = scenario_effective(sc);
	g_assert_null(strstr(text, "two"));
	g_assert_nonnull(strstr(text, "\nx = v.ok > 0\n"));
	scenario_free(sc);
	g_assert_null(scenario_load(path, NULL, 0, "tow", &error));
	g_assert_nonnull(strstr(error->message, "did you mean 'two'?"));
}

static void
test_overrides(void)
{
	static const struct override good[] = {
		{ "workload:w.rate", "5/s", "--set" },
		{ "scenario.seed", "7", "--seed" },
		{ "variant:v.host.cpus", "3", "--set" },
		{ "kernel.net.inet.tcp.msl", "2s", "--set" }
	};
	static const struct override bad[] = {
		{ "workload:v.rate", "5/s", "--set" },
		{ "host", "5", "--set" },
		{ "host.cpsu", "5", "--set" },
		{ "hots.cpus", "5", "--set" },
		{ "scenario.include", "x.ini", "--set" },
		{ "host.cpus", "0", "--set" }
	};
	g_autofree char *path = make_file("s.ini", SMALL WORKLOAD);
	struct scenario *sc;
	unsigned i;

	sc = scenario_load(path, good, G_N_ELEMENTS(good), NULL, NULL);
	g_assert_nonnull(sc);
	g_assert_cmpuint(sc->seed, ==, 7);
	g_assert_cmpuint(sc->variants[0].conf.host.cpus, ==, 3);
	g_assert_cmpint(sc->variants[0].conf.kernel.msl, ==, 2 * SIM_S);
	g_assert_cmpuint(sc->variants[0].conf.workloads[0].rates[0].rate, ==,
	    5000000);
	scenario_free(sc);
	for (i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_null(scenario_load(path, &bad[i], 1, NULL, &error));
		g_test_message("%s", error->message);
		g_assert_true(g_str_has_prefix(error->message, "--set: "));
		g_assert_null(strchr(error->message, '\n'));
	}
}

static void
test_replays(void)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *csv = NULL;
	struct scenario *sc;

	csv = make_file("r.csv", "time_s,laddr,faddr,fport,duration_s\n"
	    "0,,203.0.113.9,80,1\n1,10.0.0.5,203.0.113.9,80,1\n");
	sc = load_good(SMALL "[workload:r]\nload = replay\nfile = r.csv\n"
	    "[variant:two]\nstack = freebsd-12.2\n");
	g_assert_cmpuint(sc->nreplays, ==, 1);
	g_assert_cmpuint(sc->variants[0].conf.workloads[0].recording->n, ==, 2);
	g_assert_true(sc->variants[0].conf.workloads[0].recording ==
	    sc->variants[1].conf.workloads[0].recording);
	g_assert_cmpuint(sc->variants[0].conf.host.nladdrs, ==, 2);
	scenario_free(sc);
	g_assert_null(load(SMALL "[workload:r]\nload = replay\n"
	    "file = r.csv\n[host]\nladdrs = 10.0.0.1\n", &error));
	g_assert_nonnull(strstr(error->message, "/r.csv:3: column laddr: "
	    "10.0.0.5 is not in host.laddrs"));
	g_clear_error(&error);
	check_problem(SMALL "[workload:r]\nload = replay\nfile = r.csv\n"
	    "bind = laddr\n", 9, "binds as recorded");
	check_problem(SMALL "[workload:r]\nload = replay\nfile = r.csv\n"
	    "faddrs = 10.0.0.1\n", 9, "does not look at it");
	check_problem(SMALL "[workload:r]\nload = replay\nfile = r.csv\n"
	    "speed = 0.001\nrepeat = 1M\n", 6, "lasts longer than 26 days");
	g_free(make_file("r.csv", "time_s,laddr\n"));
	g_assert_null(load(SMALL "[workload:r]\nload = replay\n"
	    "file = r.csv\n", &error));
	g_assert_nonnull(strstr(error->message, "/r.csv:1: missing column"));
}

static void
test_marks(void)
{
	struct scenario *sc;

	/* A byte-order mark, CR LF, blanks: all fine. */
	sc = load_good("\xef\xbb\xbf# Question:  why?\r\n#   because\r\n"
	    "# Expected: this\r\n# not this\r\n"
	    "[scenario]\r\n  format=1  \r\nduration\t=\t60s\r\n"
	    "[variant:v]\r\nstack = freebsd-12.0\r\n[inbound]\r\n"
	    "segments = 1/s\r\n");
	g_assert_cmpstr(sc->question, ==, "why? because");
	g_assert_cmpstr(sc->expected, ==, "this");
	g_assert_null(sc->wrong);
	g_assert_cmpstr(sc->name, ==, "s");
	g_assert_cmpstr(sc->title, ==, "s");
	scenario_free(sc);
}

int
main(int argc, char **argv)
{
	int rc;

	g_test_init(&argc, &argv, NULL);
	dir = g_dir_make_tmp("scenario-XXXXXX", NULL);
	g_test_add_func("/scenario/values_and_defaults", test_seed);
	g_test_add_func("/scenario/effective_form_round_trip",
	    test_round_trip);
	g_test_add_func("/scenario/digest_is_of_meaning", test_digest);
	g_test_add_func("/scenario/problem_names_its_line", test_problems);
	g_test_add_func("/scenario/all_problems_are_told",
	    test_all_problems);
	g_test_add_func("/scenario/what_is_needed", test_needs);
	g_test_add_func("/scenario/variants_override", test_variants);
	g_test_add_func("/scenario/set_overrides", test_overrides);
	g_test_add_func("/scenario/replay", test_replays);
	g_test_add_func("/scenario/marks_and_preface", test_marks);
	rc = g_test_run();
	{
		const char *argv_rm[] = { "rm", "-rf", dir, NULL };

		g_spawn_sync(NULL, (char **)(uintptr_t)argv_rm, NULL,
		    G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
	}
	g_free(dir);
	return (rc);
}
