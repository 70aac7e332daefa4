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
#include "study/stat/compare.h"
#include "study/stat/compare_samples.h"
#include "study/stat/compare_text.h"

struct compare_options {
	char		*baseline;
	char		**metrics;
	char		*format;
	gboolean	samples;
	char		**dirs;
};

static bool
compare_check_options(const struct compare_options *opt, GError **error)
{
	unsigned n;

	n = opt->dirs == NULL ? 0 : g_strv_length(opt->dirs);
	if (n < 1 || n > 2) {
		g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
		    "compare: needs one or two directories of results, not %u",
		    n);
		return (false);
	}
	if (n == 2 && opt->baseline != NULL) {
		g_set_error_literal(error, G_OPTION_ERROR,
		    G_OPTION_ERROR_BAD_VALUE, "--baseline: of two results the "
		    "first is the baseline");
		return (false);
	}
	if (opt->format != NULL && strcmp(opt->format, "text") != 0 &&
	    strcmp(opt->format, "csv") != 0) {
		g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
		    "--format=%s: allowed are text and csv", opt->format);
		return (false);
	}
	return (true);
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
		    "What to print (default text)", "text|csv" },
		{ "samples", 0, 0, G_OPTION_ARG_NONE, &opt->samples,
		    "Write DIR/samples/VARIANT/METRIC.txt for ministat(1), "
		    "too", NULL },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY,
		    &opt->dirs, NULL, "DIR [DIR]" },
		{ .long_name = NULL }
	};

	context = g_option_context_new(NULL);
	g_option_context_set_summary(context, "Compare the variants of a "
	    "result with the first, or two results variant by variant.");
	g_option_context_add_main_entries(context, entries, NULL);
	return (g_option_context_parse(context, &argc, &argv, error) &&
	    compare_check_options(opt, error));
}

static void
compare_print(const struct compare_options *opt, const struct compare *c)
{
	g_autoptr(GString) out = NULL;

	if (opt->format != NULL && strcmp(opt->format, "csv") == 0) {
		compare_text_csv(c, stdout);
		return;
	}
	out = g_string_new(NULL);
	if (opt->metrics != NULL)
		compare_text_samples(c, out);
	else
		compare_text(c, out);
	fputs(out->str, stdout);
}

static bool
compare_results(const struct compare_options *opt,
    struct compare_input *const *inputs, GError **error)
{
	struct compare *c;
	unsigned i;

	c = inputs[1] == NULL ? compare_one(inputs[0], opt->baseline,
	    opt->metrics, error) : compare_two(inputs[0], inputs[1],
	    opt->metrics, error);
	if (c == NULL)
		return (false);
	for (i = 0; opt->samples && i < 2 && inputs[i] != NULL; i++)
		if (!compare_samples_write(inputs[i], opt->metrics, error)) {
			compare_free(c);
			return (false);
		}
	compare_print(opt, c);
	compare_free(c);
	return (true);
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
	for (i = 0; code == CLI_OK && opt.dirs[i] != NULL; i++) {
		inputs[i] = compare_input_new(opt.dirs[i], &error);
		if (inputs[i] == NULL)
			break;
	}
	if (error == NULL)
		(void)compare_results(&opt, inputs, &error);
	if (error != NULL) {
		fprintf(stderr, "%s\n", error->message);
		code = g_error_matches(error, COMPARE_ERROR,
		    COMPARE_ERROR_READ) ? CLI_IO : CLI_USAGE;
	}
	for (i = 0; i < G_N_ELEMENTS(inputs); i++)
		compare_input_free(inputs[i]);
	g_free(opt.baseline);
	g_strfreev(opt.metrics);
	g_free(opt.format);
	g_strfreev(opt.dirs);
	return (code);
}
