/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * pcbsim ask: an answer without a scenario.
 */

#include <string.h>

#include "cli/cli.h"
#include "cli/option.h"
#include "cli/outfile.h"
#include "cli/say.h"
#include "study/scenario/ports.h"
#include "study/scenario/stack_name.h"
#include "study/sweep/ask.h"
#include "study/text/piped.h"
#include "study/text/problem.h"
#include "study/text/unit.h"

#define	ASK_MOST	60000		/* addresses, ports */

struct ask_options {
	char		*stack, *rate, *lifetime, *bind, *range, *msl;
	char		*closer, *netstat, *sysctl, *write, *format, *out;
	char		*laddrs, *faddrs, *fports;
	char		*memory;
	char		*found;		/* the stack, by --sysctl */
	gboolean	fast;
	struct ask	ask;
	struct ask_answer answer;
};

static void
ask_write(const void *text, FILE *f)
{

	fputs(text, f);
}

static int
ask_print(const void *options, GError **error)
{
	const struct ask_options *opt;
	g_autoptr(GString) s = NULL;

	(void)error;
	opt = options;
	s = g_string_new(NULL);
	if (g_strcmp0(opt->format, "json") == 0)
		ask_json(&opt->ask, &opt->answer, s);
	else
		ask_tell(&opt->ask, &opt->answer, s);
	fputs(s->str, stdout);
	return (CLI_OK);
}

static bool
ask_parse(int argc, char **argv, struct ask_options *opt, GError **error)
{
	g_autoptr(GOptionContext) context = NULL;
	const GOptionEntry entries[] = {
		{ "stack", 0, 0, G_OPTION_ARG_STRING, &opt->stack,
		    "The kernel (default: what --sysctl says, or the form of "
		    "--netstat; else freebsd-14)",
		    "NAME" },
		{ "rate", 0, 0, G_OPTION_ARG_STRING, &opt->rate,
		    "Connects a second", "N/s" },
		{ "lifetime", 0, 0, G_OPTION_ARG_STRING, &opt->lifetime,
		    "How long a connection lives", "TIME" },
		{ "laddrs", 0, 0, G_OPTION_ARG_STRING, &opt->laddrs,
		    "Local addresses (default 1)", "N" },
		{ "faddrs", 0, 0, G_OPTION_ARG_STRING, &opt->faddrs,
		    "Addresses connected to (default 1)", "N" },
		{ "fports", 0, 0, G_OPTION_ARG_STRING, &opt->fports,
		    "Ports connected to, on each (default 1)", "N" },
		{ "bind", 0, 0, G_OPTION_ARG_STRING, &opt->bind,
		    "Does the program bind first? (default none)",
		    "none|laddr|any|noport" },
		{ "range", 0, 0, G_OPTION_ARG_STRING, &opt->range,
		    "Local ports (default the kernel's)", "A-B" },
		{ "msl", 0, 0, G_OPTION_ARG_STRING, &opt->msl,
		    "net.inet.tcp.msl (default 30s)", "TIME" },
		{ "closer", 0, 0, G_OPTION_ARG_STRING, &opt->closer,
		    "Who closes first (default local)", "local|remote" },
		{ "netstat", 0, 0, G_OPTION_ARG_FILENAME, &opt->netstat,
		    "What netstat -an, sockstat or ss -tan printed", "FILE" },
		{ "sysctl", 0, 0, G_OPTION_ARG_FILENAME, &opt->sysctl,
		    "What sysctl -a printed, or sysctl.conf", "FILE" },
		{ "write", 0, 0, G_OPTION_ARG_FILENAME, &opt->write,
		    "Leave the scenario in a new file", "FILE" },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &opt->format,
		    "What to print (default text)", "text|json" },
		{ "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt->out,
		    "Where to (default: standard output)", "FILE" },
		{ "memory", 0, 0, G_OPTION_ARG_STRING, &opt->memory,
		    "Refuse what takes more (default: what there is)",
		    "SIZE" },
		{ "fast", 0, 0, G_OPTION_ARG_NONE, &opt->fast,
		    "On paper only", NULL },
		{ .long_name = NULL }
	};

	context = option_context("ask", "When does a machine run out of "
	    "local ports, and what helps?  On paper, by\nsimulation, and again "
	    "with each remedy.", NULL, entries);
	if (!option_parse(context, entries, &argc, &argv, error))
		return (false);
	if (argc > 1)
		return (option_bad(error, "ask: '%s' is no option; see pcbsim "
		    "ask --help", argv[1]));
	return (option_word("--format=", opt->format, "text|json", error) &&
	    option_word("--bind=", opt->bind, "none|laddr|any|noport",
	    error) &&
	    option_word("--closer=", opt->closer, "local|remote", error));
}

/* text		of the option; NULL: not given, and *n stays */
static bool
ask_number(const char *name, const char *text, unsigned *n, GError **error)
{
	g_autoptr(GError) cause = NULL;
	uint64_t count;

	if (text == NULL)
		return (true);
	if (!unit_count(text, &count, &cause))
		return (option_bad(error, "--%s=%s: %s", name, text,
		    cause->message));
	if (count < 1 || count > ASK_MOST)
		return (option_bad(error, "--%s=%s: is out of range; allowed: "
		    "1 to %d", name, text, ASK_MOST));
	*n = (unsigned)count;
	return (true);
}

/* What is said goes before what netstat shows. */
static bool
ask_numbers(const struct ask_options *opt, struct ask *q, GError **error)
{
	g_autoptr(GError) cause = NULL;
	rate_uhz rate;

	if (opt->rate != NULL) {
		if (!unit_rate(opt->rate, &rate, &cause))
			return (option_bad(error, "--rate=%s: %s", opt->rate,
			    cause->message));
		if (rate == 0)
			return (option_bad(error, "--rate=%s: must be above 0; "
			    "the least is 0.000001/s", opt->rate));
		q->rate = (double)rate / 1e6;
		q->said.rate = opt->rate;
	}
	if (opt->lifetime != NULL && !unit_duration(opt->lifetime,
	    &q->lifetime, &cause))
		return (option_bad(error, "--lifetime=%s: %s", opt->lifetime,
		    cause->message));
	q->said.lifetime = opt->lifetime;
	return (ask_number("laddrs", opt->laddrs, &q->laddrs, error) &&
	    ask_number("faddrs", opt->faddrs, &q->faddrs, error) &&
	    ask_number("fports", opt->fports, &q->fports, error));
}

/* A name that the scenario can have in it: a line of its own, no comment. */
static bool
ask_nameable(const char *path, GError **error)
{
	const char *what;

	what = problem_bytes(path, strlen(path));
	if (what == NULL && strpbrk(path, "\n\r") != NULL)
		what = "has a line's end in it";
	else if (what == NULL && (strstr(path, " #") != NULL ||
	    strstr(path, "\t#") != NULL))
		what = "has what begins a comment in it";
	else if (what == NULL && strpbrk(path, ";\\") != NULL)
		what = "has a ; or a \\ in it";
	else if (what == NULL && g_ascii_isspace(path[strlen(path) - 1]))
		what = "ends with a blank";
	return (what == NULL || option_bad(error, "--sysctl=%s: a scenario "
	    "cannot have such a name in it: %s; rename it, or give it by a "
	    "pipe: --sysctl=-", path, what));
}

/* What the machine is goes for --stack=, and where its limits are. */
static bool
ask_machine(struct ask_options *opt, GError **error)
{
	g_autofree char *system = NULL;
	char *given;

	given = opt->sysctl;
	opt->sysctl = strcmp(given, "-") == 0 ? g_strdup("/dev/stdin") :
	    g_canonicalize_filename(given, NULL);
	g_free(given);
	opt->ask.sysctl = opt->sysctl;
	if (!ask_nameable(opt->sysctl, error))
		return (false);
	if (opt->stack != NULL)
		return (true);
	if (!ask_sysctl(opt->sysctl, &opt->found, &system, error))
		return (false);
	if (opt->found != NULL) {
		opt->ask.stack = opt->found;
		opt->ask.by = ASK_BY_SYSCTL;
	} else if (system != NULL)
		say("ask: %s: there is no stack for %s; what follows is of "
		    "%s (--stack=NAME for another, see pcbsim list stacks)\n",
		    opt->sysctl, system, opt->ask.stack);
	return (true);
}

/* Nobody else says which kernel it is: does the form of netstat? */
static void
ask_form(struct ask_options *opt, const char *system)
{

	if (opt->ask.by != ASK_ASSUMED || system == NULL)
		return;
	opt->found = ask_stack_of(system, NULL);
	if (opt->found != NULL) {
		opt->ask.stack = opt->found;
		opt->ask.by = ASK_BY_NETSTAT;
	} else
		say("ask: %s: there is no stack for %s\n", opt->netstat,
		    system);
}

static bool
ask_question(struct ask_options *opt, GError **error)
{
	g_autoptr(GError) cause = NULL;
	const char *system;
	uint16_t first, last;
	simtime msl;
	struct ask *q;

	q = &opt->ask;
	*q = (struct ask){ .stack = opt->stack != NULL ? opt->stack :
	    "freebsd-14", .by = opt->stack != NULL ? ASK_BY_USER :
	    ASK_ASSUMED, .lifetime = -1, .laddrs = 1, .faddrs = 1,
	    .fports = 1, .bind = opt->bind != NULL ? opt->bind : "none",
	    .range = opt->range, .msl = opt->msl,
	    .closer = opt->closer != NULL ? opt->closer : "local",
	    .fewer = say_fewer };
	system = NULL;
	if (opt->netstat != NULL && !ask_netstat(q, opt->netstat, &system,
	    error))
		return (false);
	if (!ask_numbers(opt, q, error))
		return (false);
	/* Nothing of theirs is to be a line of its own in the scenario. */
	if (opt->stack != NULL && stack_name_parse(opt->stack, &cause) == NULL)
		return (option_bad(error, "--stack: %s", cause->message));
	if (opt->msl != NULL && !unit_duration(opt->msl, &msl, &cause))
		return (option_bad(error, "--msl=%s: %s", opt->msl,
		    cause->message));
	if (opt->range != NULL && (strchr(opt->range, '-') == NULL ||
	    !ports_parse_range(opt->range, &first, &last, NULL)))
		return (option_bad(error, "--range=%s: is no range; allowed: "
		    "A-B, such as 10000-65535", opt->range));
	if (opt->fast && opt->write != NULL)
		return (option_bad(error, "--write: with --fast nothing is "
		    "run, so there is no scenario; leave one of them away"));
	if (opt->write != NULL && !option_new_file(opt->write, error))
		return (false);
	if (opt->sysctl != NULL && opt->write != NULL &&
	    (strcmp(opt->sysctl, "-") == 0 || piped_is(opt->sysctl)))
		return (option_bad(error, "--write: the scenario would name "
		    "--sysctl=%s, and a pipe is gone; put it into a file",
		    opt->sysctl));
	if (opt->sysctl != NULL && !ask_machine(opt, error))
		return (false);
	ask_form(opt, system);
	return (option_memory(opt->memory, &q->memory, error));
}

static void
ask_options_fini(struct ask_options *opt)
{
	char *const given[] = { opt->stack, opt->rate, opt->lifetime,
	    opt->bind, opt->range, opt->msl, opt->closer, opt->netstat,
	    opt->sysctl, opt->write, opt->format, opt->out, opt->memory,
	    opt->found, opt->laddrs, opt->faddrs, opt->fports };
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(given); i++)
		g_free(given[i]);
}

/* Sysctls that were left out; those that were taken need no word. */
static void
ask_notes(const struct scenario *sc)
{
	guint i;

	for (i = 0; i < sc->notes->len; i++)
		if (strstr(sc->notes->pdata[i], ": [kernel] ") != NULL)
			say("%s\n", (const char *)sc->notes->pdata[i]);
}

int
cli_ask(int argc, char **argv)
{
	struct ask_options opt = { .stack = NULL };
	g_autoptr(GError) error = NULL;
	int code;

	code = CLI_USAGE;
	if (ask_parse(argc, argv, &opt, &error) &&
	    ask_question(&opt, &error) &&
	    ask_answer(&opt.ask, opt.fast, &opt.answer, &error)) {
		code = CLI_OK;
		if (opt.ask.sysctl != NULL)
			ask_notes(opt.answer.paper);
		if (opt.write != NULL && opt.answer.text != NULL &&
		    !outfile_write(opt.write, ask_write, opt.answer.text,
		    &error))
			code = CLI_IO;
		if (code == CLI_OK)
			code = outfile_print(opt.out, ask_print, &opt, &error);
	}
	if (error != NULL)
		say("%s\n", error->message);
	if (code == CLI_USAGE)
		code = say_code(error);
	ask_answer_fini(&opt.answer);
	ask_options_fini(&opt);
	return (code);
}
