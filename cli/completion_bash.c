/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The completion script for bash.
 *
 * Theory:	tables as functions (what a subcommand takes, and of what kind),
 *		then one function that finds out where the cursor is.  It cuts
 *		the line by blanks itself: bash cuts at `=' and `:', too, which
 *		stand inside --set=workload:nginx.rate, and wants proposals
 *		without what is in front of its own last cut.
 */

#include <glib.h>

#include "cli/completion.h"

static const char bash_code[] =
"# Names of [KIND:NAME] in the scenarios on the line: KIND WORD...\n"
"_pcbsim_sections() {\n"
"	local word\n"
"	for word in \"${@:2}\"; do\n"
"		[[ $word == *.ini && -r $word ]] && sed -n \\\n"
"		    \"s/^\\[$1:\\([^]]*\\)\\].*/\\1/p\" \"$word\"\n"
"	done\n"
"}\n"
"\n"
"# What may stand for KIND: KIND WORDS-TO-CHOOSE CURRENT LINE-WORD...\n"
"_pcbsim_words() {\n"
"	local kind=$1 choice=$2 cur=$3 name key\n"
"	shift 3\n"
"	case $kind in\n"
"	words) compgen -W \"$choice\" -- \"$cur\" ;;\n"
"	dir) compgen -d -- \"$cur\" ;;\n"
"	file) compgen -f -- \"$cur\" ;;\n"
"	csv) compgen -d -- \"$cur\"; compgen -f -X '!*.csv' -- \"$cur\" ;;\n"
"	ini) compgen -d -- \"$cur\"; compgen -f -X '!*.ini' -- \"$cur\" ;;\n"
"	sweep) compgen -d -- \"$cur\"\n"
"		compgen -f -X '!*.sweep' -- \"$cur\" ;;\n"
"	variant) compgen -W \"$(_pcbsim_sections variant \"$@\")\" -- "
"\"$cur\" ;;\n"
"	key) compgen -W \"$_pcbsim_paths ${_pcbsim_keys// / workload.}\" \\\n"
"	    -- \"$cur\" ;;\n"
"	path)\n"
"		choice=\" $_pcbsim_paths\"\n"
"		for name in $(_pcbsim_sections workload \"$@\"); do\n"
"			choice+=${_pcbsim_keys// / workload:$name.}\n"
"		done\n"
"		[[ $cur == *=* ]] || compgen -W \"$choice\" -S = -- "
"\"$cur\" ;;\n"
"	esac\n"
"}\n"
"\n"
"_pcbsim() {\n"
"	local line=${COMP_LINE:0:COMP_POINT} cur sub= pending= what= word\n"
"	local front= place=1 cut= breaks= words=() kind choice\n"
"	read -ra words <<<\"$line\"\n"
"	[[ $line == *[[:space:]] ]] && words+=(\"\")\n"
"	cur=${words[${#words[@]} - 1]}\n"
"	for word in \"${words[@]:1:${#words[@]} - 2}\"; do\n"
"		if [[ -n $pending ]]; then\n"
"			pending=\n"
"		elif [[ $word == -*=* ]]; then\n"
"			continue\n"
"		elif [[ $word == -* ]]; then\n"
"			[[ -n $(_pcbsim_value \"$sub\" \"$word\") ]] &&\n"
"			    pending=$word\n"
"		elif [[ -z $sub ]]; then\n"
"			sub=$word\n"
"		else\n"
"			place=$((place + 1))\n"
"		fi\n"
"	done\n"
"	if [[ -n $pending ]]; then\n"
"		what=$(_pcbsim_value \"$sub\" \"$pending\")\n"
"	elif [[ -z $sub ]]; then\n"
"		what=\"words $(_pcbsim_options '')\"\n"
"	elif [[ $cur == --*=* ]]; then\n"
"		front=${cur%%=*}=\n"
"		what=$(_pcbsim_value \"$sub\" \"${cur%%=*}\")\n"
"	elif [[ $cur == -* ]]; then\n"
"		what=\"words $(_pcbsim_options \"$sub\")\"\n"
"	else\n"
"		what=$(_pcbsim_value \"$sub\" $place)\n"
"	fi\n"
"	kind=${what%% *}\n"
"	choice=${what#* }\n"
"	[[ $COMP_WORDBREAKS == *=* ]] && breaks+==\n"
"	[[ $COMP_WORDBREAKS == *:* ]] && breaks+=:\n"
"	[[ -n $breaks ]] && cut=${cur%\"${cur##*[$breaks]}\"}\n"
"	COMPREPLY=()\n"
"	while IFS= read -r word; do\n"
"		word=$front$word\n"
"		COMPREPLY+=(\"${word#\"$cut\"}\")\n"
"	done < <(_pcbsim_words \"$kind\" \"$choice\" \"${cur#\"$front\"}\" \\\n"
"	    \"${words[@]}\")\n"
"	case $kind in\n"
"	dir|file|csv|ini|sweep) compopt -o filenames 2>/dev/null ;;\n"
"	*) [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace 2>/dev/null ;;\n"
"	esac\n"
"	return 0\n"
"}\n"
"\n"
"complete -F _pcbsim pcbsim\n";

static const char *const kinds[] = {
	[HELP_ANY] = "any",
	[HELP_WORDS] = "words",
	[HELP_FILE] = "file",
	[HELP_DIR] = "dir",
	[HELP_CSV] = "csv",
	[HELP_SCENARIO] = "ini",
	[HELP_SWEEP] = "sweep",
	[HELP_PATH] = "path",
	[HELP_KEY] = "key",
	[HELP_VARIANT] = "variant"
};

static void
bash_options(const struct completion *c, GString *out)
{
	const struct help_option *o;
	const struct help *h;
	unsigned i, j;

	g_string_append(out, "# Options of a subcommand; of none: the "
	    "subcommands.\n_pcbsim_options() {\n\tcase $1 in\n\t'') echo \"");
	for (i = 0; i < nsubcommands; i++)
		g_string_append_printf(out, "%s ", subcommands[i].name);
	g_string_append(out, "--version --help\" ;;\n");
	for (i = 0; i < nsubcommands; i++) {
		h = c->helps->pdata[i];
		g_string_append_printf(out, "\t%s) echo \"",
		    subcommands[i].name);
		for (j = 0; j < h->options->len; j++) {
			o = h->options->pdata[j];
			g_string_append_printf(out, "%s--%s%s", j > 0 ? " " :
			    "", o->name, o->value != NULL ? "=" : "");
		}
		g_string_append(out, "\" ;;\n");
	}
	g_string_append(out, "\tesac\n}\n\n");
}

static void
bash_value(const struct help_value *v, GString *out)
{
	g_autofree char *words = NULL;

	words = v->words != NULL ? g_strjoinv(" ", v->words) : g_strdup("");
	g_string_append_printf(out, ") echo \"%s%s%s\" ;;\n", kinds[v->kind],
	    *words != '\0' ? " " : "", words);
}

static void
bash_values(const struct completion *c, GString *out)
{
	const struct help_option *o;
	const struct help_value *v;
	const struct help *h;
	const char *name;
	unsigned i, j;

	g_string_append(out, "# The kind of a value: SUBCOMMAND OPTION, or the "
	    "number of an argument.\n_pcbsim_value() {\n\tcase $1,$2 in\n");
	for (i = 0; i < nsubcommands; i++) {
		h = c->helps->pdata[i];
		name = subcommands[i].name;
		for (j = 0; j < h->options->len; j++) {
			o = h->options->pdata[j];
			if (o->value == NULL)
				continue;
			g_string_append_printf(out, "\t%s,--%s", name, o->name);
			if (o->letter != 0)
				g_string_append_printf(out, "|%s,-%c", name,
				    o->letter);
			bash_value(o->value, out);
		}
		for (j = 0; j < h->arguments->len; j++) {
			v = h->arguments->pdata[j];
			g_string_append_printf(out, v->repeats ?
			    "\t%s,[0-9]*" : "\t%s,%u", name, j + 1);
			bash_value(v, out);
		}
	}
	g_string_append(out, "\tesac\n}\n\n");
}

void
completion_bash(const struct completion *c, GString *out)
{

	g_string_append(out, "# bash completion for pcbsim; made by `pcbsim "
	    "completion bash'.\n\n_pcbsim_paths=\"");
	completion_add_paths(out, "", " ");
	/* A blank in front of each: one substitution makes them paths. */
	g_string_append(out, "\"\n_pcbsim_keys=\"");
	completion_add_keys(out, " ", "");
	g_string_append(out, "\"\n\n");
	bash_options(c, out);
	bash_values(c, out);
	g_string_append(out, bash_code);
}
