/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * pcbsim import: what another program captured, as a recording to replay.
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "cli/cli.h"
#include "cli/outfile.h"
#include "study/capture/anonymise.h"
#include "study/capture/capture.h"
#include "study/scenario/addrs.h"

#define	IMPORT_KEYLEN	16

struct import_options {
	char		*format;
	char		*local;
	char		*bound;
	char		*on_error;
	char		*key;
	char		*out;
	gboolean	anonymise;
	char		**paths;
};

static bool
import_choice(const char *option, const char *value, const char *const *names,
    GError **error)
{
	g_autofree char *allowed = NULL;

	if (value == NULL || g_strv_contains(names, value))
		return (true);
	allowed = g_strjoinv(", ", (char **)(void *)names);
	g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
	    "--%s=%s: allowed are %s", option, value, allowed);
	return (false);
}

static char *
import_format_names(void)
{
	const struct capture_format *const *f;
	GString *s;

	s = g_string_new(NULL);
	for (f = capture_formats; *f != NULL; f++)
		g_string_append_printf(s, "%s%s", s->len > 0 ? "|" : "",
		    (*f)->name);
	return (g_string_free(s, FALSE));
}

static bool
import_check(const struct import_options *opt, GError **error)
{
	static const char *const bounds[] = { "guess", "all", "none", NULL };
	static const char *const on_errors[] = { "fail", "skip", NULL };
	g_autofree char *names = NULL;

	if (opt->paths == NULL || opt->paths[1] != NULL) {
		g_set_error_literal(error, G_OPTION_ERROR,
		    G_OPTION_ERROR_BAD_VALUE, "import: one FILE is needed; - "
		    "is standard input");
		return (false);
	}
	if (opt->format == NULL || capture_format_find(opt->format) == NULL) {
		names = import_format_names();
		g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
		    "--format=%s: needed is one of %s", opt->format == NULL ?
		    "" : opt->format, names);
		return (false);
	}
	return (import_choice("bound", opt->bound, bounds, error) &&
	    import_choice("on-error", opt->on_error, on_errors, error));
}

static bool
import_parse(int argc, char **argv, struct import_options *opt,
    GError **error)
{
	g_autoptr(GOptionContext) context = NULL;
	g_autofree char *names = import_format_names();
	GOptionEntry entries[] = {
		{ "format", 0, 0, G_OPTION_ARG_STRING, &opt->format,
		    "What captured it", names },
		{ "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt->out,
		    "Where to write (default: standard output)", "FILE.csv" },
		{ "local", 0, 0, G_OPTION_ARG_STRING, &opt->local,
		    "Only connections from these addresses, as in "
		    "198.51.100.1*50", "ADDRESSES" },
		{ "bound", 0, 0, G_OPTION_ARG_STRING, &opt->bound,
		    "Where the capture does not say whether a program had "
		    "bound", "guess|all|none" },
		{ "anonymise", 0, 0, G_OPTION_ARG_NONE, &opt->anonymise,
		    "Other addresses; what shares a prefix still does", NULL },
		{ "key", 0, 0, G_OPTION_ARG_STRING, &opt->key,
		    "Map addresses as other captures with this key; implies "
		    "--anonymise", "TEXT" },
		{ "on-error", 0, 0, G_OPTION_ARG_STRING, &opt->on_error,
		    "What to do about bad lines", "fail|skip" },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY,
		    &opt->paths, NULL, "FILE" },
		{ .long_name = NULL }
	};

	context = g_option_context_new(NULL);
	g_option_context_set_summary(context, "Turn a capture of connections "
	    "into a recording for load = replay.");
	g_option_context_add_main_entries(context, entries, NULL);
	return (g_option_context_parse(context, &argc, &argv, error) &&
	    import_check(opt, error));
}

/* A key that nobody knows. */
static bool
import_random_key(guint8 key[IMPORT_KEYLEN], GError **error)
{
	FILE *f;
	bool ok;

	f = fopen("/dev/urandom", "r");
	ok = f != NULL && fread(key, IMPORT_KEYLEN, 1, f) == 1;
	if (f != NULL)
		fclose(f);
	if (!ok)
		g_set_error(error, CAPTURE_ERROR, 0, "/dev/urandom: %s",
		    g_strerror(errno));
	return (ok);
}

static bool
import_anonymise(const struct import_options *opt, struct capture *c,
    GError **error)
{
	guint8 key[IMPORT_KEYLEN];
	struct capture_conn *cc;
	struct anonymise *a;
	unsigned i;

	if (!opt->anonymise && opt->key == NULL)
		return (true);
	if (opt->key == NULL && !import_random_key(key, error))
		return (false);
	a = opt->key != NULL ? anonymise_new(opt->key, strlen(opt->key)) :
	    anonymise_new(key, sizeof(key));
	for (i = 0; i < c->conns->len; i++) {
		cc = &g_array_index(c->conns, struct capture_conn, i);
		cc->laddr = anonymise_addr(a, cc->laddr);
		cc->faddr = anonymise_addr(a, cc->faddr);
	}
	anonymise_free(a);
	return (true);
}

static void
import_tell(const struct capture *c, const struct import_options *opt)
{
	const struct capture_conn *cc;
	unsigned bound, i, open;

	for (i = bound = open = 0; i < c->conns->len; i++) {
		cc = &g_array_index(c->conns, struct capture_conn, i);
		bound += cc->bound == CAPTURE_BOUND_YES;
		open += cc->close == SIM_NEVER;
	}
	fputs(c->notes->str, stderr);
	fprintf(stderr, "%s: %u connections, %u of them bound, %u open at the "
	    "end; %" G_GUINT64_FORMAT " lines of no use, %" G_GUINT64_FORMAT
	    " bad ones%s\n", c->path, c->conns->len, bound, open, c->ignored,
	    c->nbad, c->nbad > 0 ? " skipped" : "");
	if (opt->anonymise && opt->key == NULL)
		fprintf(stderr, "%s: addresses mapped by a random key; --key "
		    "maps several captures alike\n", c->path);
}

static void
import_print(const void *c, FILE *f)
{

	capture_write(c, f);
}

static int
import_run(const struct import_options *opt, struct capture *c,
    GError **error)
{

	if (opt->local != NULL && !addrs_parse(opt->local, c->locals, error)) {
		g_prefix_error(error, "--local=%s: ", opt->local);
		return (CLI_USAGE);
	}
	if (opt->bound != NULL && strcmp(opt->bound, "guess") != 0)
		c->guess = strcmp(opt->bound, "all") == 0 ?
		    CAPTURE_ALL_BOUND : CAPTURE_NONE_BOUND;
	if (!capture_read(c, capture_format_find(opt->format), opt->paths[0],
	    error) || !capture_finish(c, opt->on_error != NULL &&
	    strcmp(opt->on_error, "skip") == 0, error))
		return (CLI_USAGE);
	if (opt->out != NULL && !outfile_writable(opt->out, error))
		return (CLI_IO);
	if (!import_anonymise(opt, c, error))
		return (CLI_IO);
	if (!outfile_write(opt->out, import_print, c, error))
		return (CLI_IO);
	import_tell(c, opt);
	return (CLI_OK);
}

int
cli_import(int argc, char **argv)
{
	struct import_options opt = { .format = NULL };
	struct capture c;
	GError *error = NULL;
	int code;

	capture_init(&c);
	if (import_parse(argc, argv, &opt, &error))
		code = import_run(&opt, &c, &error);
	else
		code = CLI_USAGE;
	if (error != NULL) {
		fprintf(stderr, "%s\n", error->message);
		g_error_free(error);
	}
	capture_fini(&c);
	g_free(opt.format);
	g_free(opt.local);
	g_free(opt.bound);
	g_free(opt.on_error);
	g_free(opt.key);
	g_free(opt.out);
	g_strfreev(opt.paths);
	return (code);
}
