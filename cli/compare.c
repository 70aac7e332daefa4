/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * pcbsim compare: variants side by side, with confidence.
 */

#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "cli/cli.h"
#include "cli/option.h"
#include "cli/outfile.h"
#include "cli/say.h"
#include "cli/signals.h"
#include "study/run/output.h"
#include "study/stat/compare.h"
#include "study/stat/compare_json.h"
#include "study/stat/compare_samples.h"
#include "study/stat/compare_text.h"
#include "study/sweep/store.h"

struct compare_options {
	char		*baseline;
	char		**metrics;
	char		*format;
	char		*out;
	gboolean	samples;
	char		**dirs;
};

static bool
compare_check_options(const struct compare_options *opt, GError **error)
{
	unsigned n;

	n = opt->dirs == NULL ? 0 : g_strv_length(opt->dirs);
	if (n < 1 || n > 2)
		return (option_bad(error, "compare: needs one or two "
		    "directories of results, not %u", n));
	if (n == 2 && opt->baseline != NULL)
		return (option_bad(error, "--baseline: of two results the "
		    "first is the baseline"));
	return (option_word("--format=", opt->format, "text|csv|json", error));
}

static bool
compare_parse(int argc, char **argv, struct compare_options *opt,
    GError **error)
{
	g_autoptr(GOptionContext) context = NULL;
	GOptionEntry entries[] = {
		{ "baseline", 0, 0, G_OPTION_ARG_STRING, &opt->baseline,
		    "Compare with this variant (default: the first)", "NAME" },
		{ "metric", 0, 0, G_OPTION_ARG_STRING_ARRAY, &opt->metrics,
		    "Only this column of summary.csv, in ministat's layout; "
		    "may be repeated", "NAME" },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &opt->format,
		    "What to print (default text)", "text|csv|json" },
		{ "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt->out,
		    "Where to (default: standard output)", "FILE" },
		{ "samples", 0, 0, G_OPTION_ARG_NONE, &opt->samples,
		    "Write DIR/samples/VARIANT/METRIC.txt for ministat(1), "
		    "too", NULL },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY,
		    &opt->dirs, NULL, "DIR [DIR]" },
		{ .long_name = NULL }
	};

	context = option_context("compare", "Compare the variants of a "
	    "result with the first, or two results variant by variant.",
	    NULL, entries);
	return (option_parse(context, entries, &argc, &argv, error) &&
	    compare_check_options(opt, error));
}

struct compare_print {
	const struct compare_options *opt;
	const struct compare *compared;
};

static void
compare_print(const void *print, FILE *f)
{
	const struct compare_print *p;
	g_autoptr(GString) out = NULL;

	p = print;
	if (g_strcmp0(p->opt->format, "csv") == 0) {
		compare_text_csv(p->compared, f);
		return;
	}
	out = g_string_new(NULL);
	if (g_strcmp0(p->opt->format, "json") == 0)
		compare_json(p->compared, out);
	else if (p->opt->metrics != NULL)
		compare_text_samples(p->compared, out);
	else
		compare_text(p->compared, out);
	fputs(out->str, f);
}

/* Returns what to exit with; not CLI_OK: *error says why. */
static int
compare_results(const struct compare_options *opt,
    struct compare_input *const *inputs, GError **error)
{
	struct compare_print print;
	struct compare *c;
	char *remark;
	unsigned i;
	int code;

	c = inputs[1] == NULL ? compare_one(inputs[0], opt->baseline,
	    opt->metrics, error) : compare_two(inputs[0], inputs[1],
	    opt->metrics, error);
	if (c == NULL)
		return (CLI_USAGE);
	code = CLI_OK;
	for (i = 0; opt->samples && code == CLI_OK && i < 2 &&
	    inputs[i] != NULL; i++) {
		signals_catch();
		if (!compare_samples_write(inputs[i], opt->metrics,
		    &signals_caught, &remark, error))
			code = CLI_IO;
		say_remark(remark);
		if (g_atomic_int_get(&signals_caught) != 0)
			code = 128 + g_atomic_int_get(&signals_caught);
	}
	signals_release();
	print = (struct compare_print){ opt, c };
	if (code == CLI_OK && !outfile_write(opt->out, compare_print, &print,
	    error))
		code = CLI_IO;
	compare_free(c);
	return (code);
}

/* A result, wherever a run that was ended left it. */
static struct compare_input *
compare_read(const char *dir, GError **error)
{
	g_autofree char *found = NULL, *remark = NULL;
	struct compare_input *in;

	found = output_find(dir, &remark);
	if (remark != NULL)
		say("%s\n", remark);
	in = compare_input_new(found, error);
	if (in != NULL && in->remark != NULL)
		say("%s\n", in->remark);
	if (in != NULL)
		say_remark(output_doubt(found));
	return (in);
}

int
cli_compare(int argc, char **argv)
{
	struct compare_options opt = { .dirs = NULL };
	struct compare_input *inputs[2] = { NULL, NULL };
	g_autoptr(GError) error = NULL;
	unsigned i;
	int code;

	code = CLI_OK;
	if (!compare_parse(argc, argv, &opt, &error))
		code = CLI_USAGE;
	for (i = 0; code == CLI_OK && i < G_N_ELEMENTS(inputs) &&
	    opt.dirs[i] != NULL; i++) {
		if (sweep_store_no_result(opt.dirs[i], &error))
			inputs[i] = compare_read(opt.dirs[i], &error);
		if (inputs[i] == NULL)
			code = g_error_matches(error, COMPARE_ERROR,
			    COMPARE_ERROR_READ) ? CLI_IO : CLI_USAGE;
	}
	if (code == CLI_OK && opt.out != NULL &&
	    !outfile_writable(opt.out, &error))
		code = CLI_IO;
	if (code == CLI_OK)
		code = compare_results(&opt, inputs, &error);
	/* What was told of a comparison that is without something. */
	for (i = 0; code == CLI_OK && i < G_N_ELEMENTS(inputs); i++)
		if (inputs[i] != NULL && inputs[i]->unread)
			code = CLI_IO;
	if (error != NULL)
		say("%s\n", error->message);
	for (i = 0; i < G_N_ELEMENTS(inputs); i++)
		compare_input_free(inputs[i]);
	g_free(opt.baseline);
	g_strfreev(opt.metrics);
	g_free(opt.format);
	g_free(opt.out);
	g_strfreev(opt.dirs);
	return (code);
}
