/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The completion script for zsh: one call of _arguments a subcommand.
 */

#include <string.h>

#include <glib.h>

#include "cli/completion.h"

static const char zsh_head[] =
"#compdef pcbsim\n"
"# zsh completion for pcbsim; made by `pcbsim completion zsh'.\n"
"\n"
"# Names of [KIND:NAME] in the scenarios on the line.\n"
"_pcbsim_sections() {\n"
"	local word\n"
"	for word in $words; do\n"
"		[[ $word == *.ini && -r $word ]] && sed -n \\\n"
"		    \"s/^\\[${1}:\\([^]]*\\)\\].*/\\1/p\" $word\n"
"	done\n"
"}\n"
"\n"
"_pcbsim_variants() {\n"
"	compadd -- ${(f)\"$(_pcbsim_sections variant)\"}\n"
"}\n"
"\n"
"_pcbsim_path() {\n"
"	local name\n"
"	compadd -S = -q -- $_pcbsim_paths\n"
"	for name in ${(f)\"$(_pcbsim_sections workload)\"}; do\n"
"		compadd -S = -q -- workload:$name.$^_pcbsim_keys\n"
"	done\n"
"}\n"
"\n"
"_pcbsim_key() {\n"
"	compadd -- $_pcbsim_paths workload.$^_pcbsim_keys\n"
"}\n"
"\n";

/* Loaded by compinit the file is the body; sourced, it says who completes. */
static const char zsh_tail[] =
"\n"
"if [[ $funcstack[1] == _pcbsim ]]; then\n"
"	_pcbsim \"$@\"\n"
"else\n"
"	compdef _pcbsim pcbsim\n"
"fi\n";

/* The text as it may stand in a spec of _arguments. */
static char *
zsh_escape(const char *text)
{
	GString *out;

	out = g_string_new(NULL);
	for (; *text != '\0'; text++) {
		if (strchr("[]:\\", *text) != NULL)
			g_string_append_c(out, '\\');
		g_string_append_c(out, *text);
	}
	return (g_string_free(out, FALSE));
}

/* ":DIR:_files -/" */
static void
zsh_action(const struct help_value *v, GString *spec)
{
	static const char *const actions[] = {
		[HELP_ANY] = " ",
		[HELP_FILE] = "_files",
		[HELP_DIR] = "_files -/",
		[HELP_CSV] = "_files -g \"*.csv\"",
		[HELP_SCENARIO] = "_files -g \"*.ini\"",
		[HELP_SWEEP] = "_files -g \"*.sweep\"",
		[HELP_PATH] = "_pcbsim_path",
		[HELP_KEY] = "_pcbsim_key",
		[HELP_VARIANT] = "_pcbsim_variants"
	};
	g_autofree char *label = zsh_escape(v->words != NULL ? "choice" :
	    v->label);
	g_autofree char *words = NULL;

	if (v->words != NULL) {
		words = g_strjoinv(" ", v->words);
		g_string_append_printf(spec, ":%s:(%s)", label, words);
	} else {
		g_string_append_printf(spec, ":%s:%s", label,
		    actions[v->kind]);
	}
}

static void
zsh_spec(const GString *spec, GString *out)
{
	g_autofree char *quoted = g_shell_quote(spec->str);

	g_string_append_printf(out, " \\\n\t\t    %s", quoted);
}

/* Both spellings, each shutting out the other unless it may come again. */
static void
zsh_option(const struct help_option *o, GString *out)
{
	g_autofree char *doc = zsh_escape(o->doc);
	bool again;
	int i;

	again = o->value != NULL && strchr(o->value->label, '=') != NULL;
	for (i = 0; i < (o->letter != 0 ? 2 : 1); i++) {
		g_autoptr(GString) spec = g_string_new(again ? "*" : "");

		if (o->letter != 0 && !again)
			g_string_append_printf(spec, "(-%c --%s)", o->letter,
			    o->name);
		if (i == 0)
			g_string_append_printf(spec, "--%s%s", o->name,
			    o->value != NULL ? "=" : "");
		else
			g_string_append_printf(spec, "-%c%s", o->letter,
			    o->value != NULL ? "+" : "");
		g_string_append_printf(spec, "[%s]", doc);
		if (o->value != NULL)
			zsh_action(o->value, spec);
		zsh_spec(spec, out);
	}
}

static void
zsh_subcommand(const struct help *h, GString *out)
{
	const struct help_value *v;
	unsigned i;

	for (i = 0; i < h->options->len; i++)
		zsh_option(h->options->pdata[i], out);
	for (i = 0; i < h->arguments->len; i++) {
		g_autoptr(GString) spec = g_string_new(NULL);

		v = h->arguments->pdata[i];
		if (v->repeats)
			g_string_append(spec, "*");
		else
			g_string_append_printf(spec, "%u", i + 1);
		zsh_action(v, spec);
		zsh_spec(spec, out);
	}
}

void
completion_zsh(const struct completion *c, GString *out)
{
	unsigned i;

	g_string_append(out, zsh_head);
	g_string_append(out, "_pcbsim() {\n\tlocal -a commands _pcbsim_paths "
	    "_pcbsim_keys\n\t_pcbsim_paths=(");
	completion_add_paths(out, " ", "");
	g_string_append(out, " )\n\t_pcbsim_keys=(");
	completion_add_keys(out, " ", "");
	g_string_append(out, " )\n\tif (( CURRENT == 2 )); then\n"
	    "\t\tcommands=(");
	for (i = 0; i < nsubcommands; i++) {
		g_autofree char *help = zsh_escape(subcommands[i].help);
		g_autofree char *line = g_strdup_printf("%s:%s",
		    subcommands[i].name, help);
		g_autofree char *quoted = g_shell_quote(line);

		g_string_append_printf(out, "\n\t\t    %s", quoted);
	}
	g_string_append(out, ")\n\t\t_describe subcommand commands\n"
	    "\t\tcompadd -- --version --help\n\t\treturn\n\tfi\n"
	    "\tshift words\n\t(( CURRENT-- ))\n\tcase $words[1] in\n");
	for (i = 0; i < nsubcommands; i++) {
		g_string_append_printf(out, "\t%s)\n\t\t_arguments",
		    subcommands[i].name);
		zsh_subcommand(c->helps->pdata[i], out);
		g_string_append(out, "\n\t\t;;\n");
	}
	g_string_append(out, "\tesac\n}\n");
	g_string_append(out, zsh_tail);
}
