/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What the options of subcommands have in common; see option.h.
 */

#include <stdarg.h>
#include <string.h>

#include "cli/examples.h"
#include "cli/option.h"
#include "study/text/nearest.h"
#include "study/text/problem.h"
#include "study/text/unit.h"

/*
 * As they are, but texts as the bytes that were given: GLib would have them in
 * the locale's characters, and where that is C takes none beyond ASCII.
 */
static void
option_add(GOptionContext *context, const GOptionEntry *entries)
{
	g_autofree GOptionEntry *raw = NULL;
	size_t i, n;

	for (n = 0; entries[n].long_name != NULL; n++)
		continue;
	raw = g_memdup2(entries, (n + 1) * sizeof(*entries));
	for (i = 0; i < n; i++)
		if (raw[i].arg == G_OPTION_ARG_STRING)
			raw[i].arg = G_OPTION_ARG_FILENAME;
		else if (raw[i].arg == G_OPTION_ARG_STRING_ARRAY)
			raw[i].arg = G_OPTION_ARG_FILENAME_ARRAY;
	g_option_context_add_main_entries(context, raw, NULL);
}

/* Texts are UTF-8, as in a file; a place has a name. */
static bool
option_holds(const char *subcommand, const GOptionEntry *e, GError **error)
{
	char *const *text;
	char *one[2] = { NULL };

	if (e->arg == G_OPTION_ARG_FILENAME) {
		one[0] = *(char **)e->arg_data;
		return (one[0] == NULL || *one[0] != '\0' ||
		    option_bad(error, "%s: --%s= names nothing", subcommand,
		    e->long_name));
	}
	if (e->arg == G_OPTION_ARG_STRING) {
		one[0] = *(char **)e->arg_data;
		text = one;
	} else if (e->arg == G_OPTION_ARG_STRING_ARRAY)
		text = *(char ***)e->arg_data;
	else
		return (true);
	for (; text != NULL && *text != NULL; text++) {
		g_autofree char *quoted = NULL;

		if (g_utf8_validate(*text, -1, NULL))
			continue;
		quoted = problem_quote(*text);
		return (option_bad(error, "%s: %s%s%s%s is not UTF-8",
		    subcommand, *e->long_name != '\0' ? "--" : "",
		    e->long_name, *e->long_name != '\0' ? "=" : "", quoted));
	}
	return (true);
}

GOptionContext *
option_context(const char *subcommand, const char *summary, const char *more,
    const GOptionEntry *entries)
{
	g_autofree char *text = NULL;
	GOptionEntry alias[] = {
		{ .long_name = "output", .flags = G_OPTION_FLAG_HIDDEN },
		{ .long_name = NULL }
	};
	GOptionContext *context;
	const GOptionEntry *e;
	const char *lines;

	context = g_option_context_new(NULL);
	g_option_context_set_summary(context, summary);
	lines = examples_find(subcommand);
	g_assert(lines != NULL);
	text = g_strdup_printf("%s%sExamples:\n%s", more != NULL ? more : "",
	    more != NULL ? "\n\n" : "", lines);
	g_option_context_set_description(context, g_strchomp(text));
	option_add(context, entries);
	for (e = entries; e->long_name != NULL; e++)
		if (strcmp(e->long_name, "out") == 0) {
			alias[0].arg = e->arg;
			alias[0].arg_data = e->arg_data;
			option_add(context, alias);
		}
	return (context);
}

/* The first of argv that none of the entries is; NULL: a short one, or none. */
static const char *
option_unknown(const GOptionEntry *entries, int argc, char **argv)
{
	const GOptionEntry *e;
	const char *name;
	size_t length;
	int i;

	for (i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (!g_str_has_prefix(argv[i], "--"))
			continue;
		/* --output is another name of --out; see option_context(). */
		name = argv[i] + 2;
		length = strcspn(name, "=");
		if (length == 6 && strncmp(name, "output", 6) == 0)
			length = 3;
		for (e = entries; e->long_name != NULL; e++)
			if (strlen(e->long_name) == length &&
			    strncmp(e->long_name, name, length) == 0)
				break;
		if (e->long_name == NULL)
			return (argv[i]);
	}
	return (NULL);
}

bool
option_parse(GOptionContext *context, const GOptionEntry *entries, int *argc,
    char ***argv, GError **error)
{
	g_autofree char *name = NULL, *quoted = NULL;
	g_autoptr(GPtrArray) known = NULL;
	g_autoptr(GError) cause = NULL;
	const char *meant, *unknown;
	const GOptionEntry *e;

	/* It takes out of argv what it knows, up to what it does not. */
	if (g_option_context_parse(context, argc, argv, &cause)) {
		for (e = entries; e->long_name != NULL; e++)
			if (!option_holds((*argv)[0], e, error))
				return (false);
		return (true);
	}
	unknown = g_error_matches(cause, G_OPTION_ERROR,
	    G_OPTION_ERROR_UNKNOWN_OPTION) ?
	    option_unknown(entries, *argc, *argv) : NULL;
	if (unknown == NULL)
		return (option_bad(error, "%s: %s; see pcbsim %s --help",
		    (*argv)[0], cause->message, (*argv)[0]));
	known = g_ptr_array_new();
	for (e = entries; e->long_name != NULL; e++)
		if (*e->long_name != '\0')
			g_ptr_array_add(known, (void *)(uintptr_t)
			    e->long_name);
	name = g_strndup(unknown, strcspn(unknown, "="));
	quoted = problem_quote(name);
	meant = nearest_find(name + 2, (const char *const *)known->pdata,
	    known->len);
	return (option_bad(error, "%s: there is no option %s%s%s%s; see "
	    "pcbsim %s --help", (*argv)[0], quoted, meant != NULL ?
	    "; did you mean --" : "", meant != NULL ? meant : "",
	    meant != NULL ? "?" : "", (*argv)[0]));
}

bool
option_bad(GError **error, const char *fmt, ...)
{
	g_autofree char *text = NULL;
	va_list ap;

	va_start(ap, fmt);
	text = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
	    text);
	return (false);
}

bool
option_word(const char *before, const char *value, const char *allowed,
    GError **error)
{
	g_auto(GStrv) words = NULL;
	g_autofree char *all = NULL, *hint = NULL, *quoted = NULL;

	words = g_strsplit(allowed, "|", -1);
	if (value == NULL || g_strv_contains((const char *const *)words,
	    value))
		return (true);
	hint = nearest_hint(value, (const char *const *)words,
	    g_strv_length(words));
	quoted = problem_quote(value);
	all = g_strjoinv(", ", words);
	return (option_bad(error, "%s%s: allowed are %s%s", before, quoted, all,
	    hint));
}

bool
option_memory(const char *value, double *bytes, GError **error)
{
	g_autoptr(GError) cause = NULL;
	uint64_t n;

	*bytes = 0;
	if (value == NULL)
		return (true);
	if (!unit_count(value, &n, &cause))
		return (option_bad(error, "--memory=%s: %s; bytes, as in "
		    "--memory=4G", value, cause->message));
	if (n == 0)
		return (option_bad(error, "--memory=%s: nothing runs in no "
		    "memory", value));
	*bytes = (double)n;
	return (true);
}

bool
option_new_file(const char *path, GError **error)
{

	return (!g_file_test(path, G_FILE_TEST_IS_REGULAR) ||
	    option_bad(error, "%s: is there already; name another", path));
}

bool
option_jobs(int jobs, GError **error)
{

	return ((jobs >= 0 && jobs <= OPTION_MAXJOBS) || option_bad(error,
	    "--jobs=%d: allowed are 1 to %d, or 0 for one a CPU", jobs,
	    OPTION_MAXJOBS));
}

/* ---- overrides --------------------------------------------------------- */

void
option_sets_init(struct option_sets *s)
{

	s->paths = g_ptr_array_new_with_free_func(g_free);
	s->overrides = g_array_new(FALSE, FALSE, sizeof(struct override));
}

void
option_sets_fini(struct option_sets *s)
{

	g_ptr_array_free(s->paths, TRUE);
	g_array_free(s->overrides, TRUE);
}

void
option_sets_put(struct option_sets *s, const char *path, const char *value,
    const char *where)
{
	struct override o = { g_strdup(path), value, where };

	g_ptr_array_add(s->paths, (void *)(uintptr_t)o.path);
	g_array_append_val(s->overrides, o);
}

bool
option_sets_add(struct option_sets *s, char **set, GError **error)
{
	const char *equals;

	for (; set != NULL && *set != NULL; set++) {
		g_autofree char *path = NULL;

		equals = strchr(*set, '=');
		if (equals == NULL)
			return (option_bad(error, "--set=%s: not PATH=VALUE, "
			    "as in --set=host.cpus=2", *set));
		path = g_strndup(*set, (gsize)(equals - *set));
		option_sets_put(s, path, equals + 1, "--set");
	}
	return (true);
}

const struct override *
option_sets_all(const struct option_sets *s, unsigned *n)
{

	*n = s->overrides->len;
	return ((const struct override *)(void *)s->overrides->data);
}
