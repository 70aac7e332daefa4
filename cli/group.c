/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Groups of files; see group.h.
 */

#include <string.h>

#include <glib.h>

#include "cli/group.h"
#include "study/scenario/param.h"

#define	OF_SCENARIO	"group of a scenario"
#define	OF_SWEEP	"group of a sweep file"

static const struct group_key sweep_keys[] = {
	{ "scenario", "none; the key is required", "a file, beside this one",
	    "The scenario that is run in each cell." },
	{ "replications", "the scenario's own", "1 to 10000",
	    "How often each variant of a cell is run." },
	{ "constraint", "none", "an expression over paths of parameters",
	    "Cells for which it does not hold are left out: "
	    "workload:nginx.rate <= 2000 * host.cpus. A path stands for its "
	    "value, a rate per second, a time in seconds." },
	{ "zip", "none", "PATH,PATH; more such lists after a ;",
	    "Parameters whose values go in lockstep, the first with the first, "
	    "in place of each with each; they have as many values." },
	{ "format", "1", "1", "Version of the file format." },
	{ .key = NULL }
};

const struct group group_table[] = {
	{ "scenario", OF_SCENARIO, "What is simulated, for how long and how "
	    "often.", "scenario", NULL },
	{ "host", OF_SCENARIO, "The machine.", "host", NULL },
	{ "kernel", OF_SCENARIO, "The kernel's settings: keys are names of "
	    "sysctls, lines of sysctl.conf can be pasted.", "kernel", NULL },
	{ "console", OF_SCENARIO, "Another name of [observer:console] with "
	    "kind = vt-echo: somebody at the machine's terminal.", "observer",
	    NULL },
	{ "inbound", OF_SCENARIO, "What comes in from outside: segments, and "
	    "connections to a server here.", "inbound", NULL },
	{ "netstat", OF_SCENARIO, "Somebody who lists all connections now and "
	    "then.", "netstat", NULL },
	{ "workload", OF_SCENARIO, "Programs that connect; NAME begins their "
	    "columns in summary.csv.", "workload", NULL },
	{ "observer", OF_SCENARIO, "Who notices that the machine stands still; "
	    "NAME begins its columns in summary.csv. None given: screen, ssh, "
	    "daemon and serial.", "observer", NULL },
	{ "variant", OF_SCENARIO, "A column of the comparison: a stack, and "
	    "whatever is set otherwise in it, by path, as in "
	    "kernel.net.inet.tcp.msl = 1s.", "variant", NULL },
	{ "expect", OF_SCENARIO, "Claims, CLAIM = EXPRESSION over "
	    "VARIANT.METRIC, the mean over replications, with numbers, + - * / "
	    "( ), < <= == != >= >, && and ||. One that does not hold is shown "
	    "with its values, and run exits 1.", NULL, NULL },
	{ "sweep", OF_SWEEP, "A scenario and what to vary in it: keys with a "
	    "point are paths of parameters, host.cpus = 2;8;32, or a range: "
	    "500/s..4k/s *2, 1s..9s step 2s.", NULL, sweep_keys },
	{ "labels", OF_SWEEP, "What the values of a swept parameter are called "
	    "in results: PATH = NAME;NAME, as many as it has values.", NULL,
	    NULL },
	{ .name = NULL }
};

/* Does `named' begin with the group, and what comes then? */
static const char *
group_after(const struct group *g, const char *named)
{
	size_t len;

	len = strlen(g->name);
	return (strncmp(named, g->name, len) == 0 ? named + len : NULL);
}

bool
group_means(const struct group *g, const char *named)
{
	g_autofree char *plain = NULL;
	const char *after;

	plain = g_strdup(named + (*named == '['));
	plain[strcspn(plain, "]")] = '\0';
	after = group_after(g, plain);
	if (after == NULL)
		return (false);
	if (*after == '.')
		return (g->params == NULL && g->keys == NULL);
	return (*after == '\0' || (*after == ':' && g->params != NULL &&
	    param_group_named(g->name) && strchr(after, '.') == NULL));
}

bool
group_key_means(const struct group *g, const struct group_key *k,
    const char *named)
{
	const char *after;

	after = group_after(g, named);
	return (strcmp(named, k->key) == 0 || (after != NULL &&
	    *after == '.' && strcmp(after + 1, k->key) == 0));
}
