/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a subcommand takes; see help.h.
 */

#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>

#include "cli/help.h"
#include "models/registry.h"
#include "models/stacks/stack.h"
#include "study/run/metric.h"
#include "study/text/problem.h"

/* ---- values ------------------------------------------------------------ */

static char **
help_subcommands(void)
{
	GPtrArray *names;
	unsigned i;

	names = g_ptr_array_new();
	for (i = 0; i < nsubcommands; i++)
		g_ptr_array_add(names, g_strdup(subcommands[i].name));
	g_ptr_array_add(names, NULL);
	return ((char **)g_ptr_array_free(names, FALSE));
}

static char **
help_stacks(void)
{
	const struct stack *const *s;
	GPtrArray *names;

	names = g_ptr_array_new();
	for (s = registry_stacks; *s != NULL; s++)
		g_ptr_array_add(names, g_strdup((*s)->name));
	g_ptr_array_add(names, NULL);
	return ((char **)g_ptr_array_free(names, FALSE));
}

/* Those with numbers: what `pcbsim column' can print. */
static char **
help_metrics(void)
{
	const struct metric *m;
	GPtrArray *names;

	names = g_ptr_array_new();
	for (m = metric_table; m->name != NULL; m++)
		if (m->kind != METRIC_TEXT && m->kind != METRIC_VERDICT)
			g_ptr_array_add(names, g_strdup(m->name));
	for (m = metric_measures_table; m->name != NULL; m++)
		if (m->kind != METRIC_TEXT)
			g_ptr_array_add(names, g_strdup(m->name));
	g_ptr_array_add(names, NULL);
	return ((char **)g_ptr_array_free(names, FALSE));
}

/*
 * The kind follows from the placeholder; only NAME says too little, and then
 * the option's name tells.
 */
static enum help_kind
help_kind_of(const char *label, const char *option)
{

	if (strchr(label, '|') != NULL)
		return (HELP_WORDS);
	if (g_str_has_prefix(label, "PATH="))
		return (HELP_PATH);
	if (strcmp(label, "KEY") == 0)
		return (HELP_KEY);
	if (strcmp(label, "DIR") == 0)
		return (HELP_DIR);
	if (g_str_has_suffix(label, ".csv"))
		return (HELP_CSV);
	if (strcmp(label, "SCENARIO") == 0)
		return (HELP_SCENARIO);
	if (strcmp(label, "SWEEP") == 0)
		return (HELP_SWEEP);
	if (g_str_has_prefix(label, "FILE"))
		return (HELP_FILE);
	if (strcmp(label, "NAME") == 0 && strcmp(option, "variant") == 0)
		return (HELP_VARIANT);
	if (strcmp(label, "NAME") == 0 && strcmp(option, "stack") == 0)
		return (HELP_WORDS);
	return (HELP_ANY);
}

/*
 * text		as printed: "DIR", "[OPS.csv]", "SCENARIO...", "index|walk"
 * option	its name; "" for an argument
 */
static struct help_value *
help_value_new(const char *text, const char *option, const char *subcommand)
{
	struct help_value *v;
	char *end;

	v = g_new0(struct help_value, 1);
	v->label = g_strdup(*text == '[' ? text + 1 : text);
	g_strdelimit(v->label, "]", '\0');
	end = strstr(v->label, "...");
	v->repeats = end != NULL;
	if (end != NULL)
		*end = '\0';
	v->kind = help_kind_of(v->label, option);
	if (strchr(v->label, '|') != NULL) {
		v->words = g_strsplit(v->label, "|", -1);
	} else if (v->kind == HELP_WORDS) {
		v->words = help_stacks();
	} else if (strcmp(v->label, "NAME") == 0 &&
	    (strcmp(option, "metric") == 0 ||
	    (*option == '\0' && strcmp(subcommand, "column") == 0))) {
		v->kind = HELP_WORDS;
		v->words = help_metrics();
	} else if (strcmp(v->label, "SUBCOMMAND") == 0) {
		v->kind = HELP_WORDS;
		v->words = help_subcommands();
	}
	return (v);
}

static void
help_value_free(struct help_value *v)
{

	if (v == NULL)
		return;
	g_free(v->label);
	g_strfreev(v->words);
	g_free(v);
}

static void
help_option_free(struct help_option *o)
{

	help_value_free(o->value);
	g_free(o->name);
	g_free(o->doc);
	g_free(o);
}

/* ---- text -------------------------------------------------------------- */

/* "  -o, --out=DIR   Where ..."; anything else is no option. */
static void
help_read_option(struct help *h, const char *line, const char *subcommand)
{
	struct help_option *o;
	g_autofree char *value = NULL;
	const char *name, *p;
	char letter;
	size_t len;

	p = line + strspn(line, " ");
	letter = 0;
	if (p[0] == '-' && p[1] != '-' && p[1] != '\0' &&
	    strncmp(p + 2, ", ", 2) == 0) {
		letter = p[1];
		p += 4;
	}
	if (p == line || strncmp(p, "--", 2) != 0)
		return;
	name = p + 2;
	len = strcspn(name, "= ");
	p = name + len;
	if (*p == '=') {
		value = g_strndup(p + 1, strcspn(p + 1, " "));
		p += 1 + strlen(value);
	}
	o = g_new0(struct help_option, 1);
	o->letter = letter;
	o->name = g_strndup(name, len);
	o->doc = g_strstrip(g_strdup(p));
	if (value != NULL)
		o->value = help_value_new(value, o->name, subcommand);
	g_ptr_array_add(h->options, o);
}

/* "  pcbsim run [OPTION?] SCENARIO... - what it does" */
static void
help_read_usage(struct help *h, const char *line, const char *subcommand)
{
	static const char mark[] = "[OPTION?]";
	g_auto(GStrv) words = NULL;
	const char *p;
	unsigned i;

	p = strstr(line, mark);
	if (p == NULL)
		return;
	words = g_strsplit(p + sizeof(mark) - 1, " ", -1);
	for (i = 0; words[i] != NULL && strcmp(words[i], "-") != 0; i++)
		if (*words[i] != '\0')
			g_ptr_array_add(h->arguments, help_value_new(words[i],
			    "", subcommand));
}

static struct help *
help_read(const char *text, const char *subcommand)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	struct help *h;
	unsigned i;

	h = g_new0(struct help, 1);
	h->options = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)help_option_free);
	h->arguments = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)help_value_free);
	for (i = 0; lines[i] != NULL; i++) {
		if (i == 1)
			help_read_usage(h, lines[i], subcommand);
		help_read_option(h, lines[i], subcommand);
	}
	return (h);
}

/* ---- running it -------------------------------------------------------- */

/* Never returns: --help ends the process. */
static void
help_child(const struct subcommand *sub, int out)
{
	char *argv[] = { g_strdup(sub->name), g_strdup("--help"), NULL };
	g_autofree char *name = g_strdup_printf("pcbsim %s", sub->name);

	if (dup2(out, STDOUT_FILENO) < 0)
		_exit(CLI_IO);
	g_set_prgname(name);
	exit(sub->run(2, argv));
}

static bool
help_collect(int in, GString *text)
{
	char buf[4096];
	ssize_t n;

	for (;;) {
		n = read(in, buf, sizeof(buf));
		if (n == 0)
			return (true);
		if (n > 0)
			g_string_append_len(text, buf, n);
		else if (errno != EINTR)
			return (false);
	}
}

struct help *
help_new(const struct subcommand *sub, GError **error)
{
	g_autoptr(GString) text = g_string_new(NULL);
	int end[2], status;
	pid_t pid;
	bool ok;

	/* What waits in our buffers must not be written twice. */
	fflush(NULL);
	if (pipe(end) != 0 || (pid = fork()) < 0) {
		problem_set(error, "%s --help: %s", sub->name,
		    g_strerror(errno));
		return (NULL);
	}
	if (pid == 0) {
		close(end[0]);
		help_child(sub, end[1]);
	}
	close(end[1]);
	ok = help_collect(end[0], text);
	close(end[0]);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	if (!ok || !WIFEXITED(status) || WEXITSTATUS(status) != CLI_OK) {
		problem_set(error, "%s --help: it failed", sub->name);
		return (NULL);
	}
	return (help_read(text->str, sub->name));
}

void
help_free(struct help *h)
{

	if (h == NULL)
		return;
	g_ptr_array_free(h->options, TRUE);
	g_ptr_array_free(h->arguments, TRUE);
	g_free(h);
}
