/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * From an experiment to a result; see result.h.
 */

#include "cli/cli.h"
#include "cli/result.h"
#include "cli/say.h"
#include "study/plot/plot.h"
#include "study/report/html.h"
#include "study/report/report.h"
#include "study/run/results.h"

/*
 * What a result is without: it is still a result, so this says which file and
 * why, there too, and the exit code tells.  Returns that.
 */
static int
result_lack(struct output *o, const char *what, const GError *why)
{

	say("no %s: %s\n", what, why->message);
	output_lack(o, what, why->message);
	return (CLI_IO);
}

static int
result_draw(struct output *o)
{
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) names = NULL;
	char **name;

	names = plot_names();
	for (name = names; *name != NULL; name++)
		output_expect(o, *name);
	if (plot_draw(output_partial(o), &error))
		return (CLI_OK);
	/* Who has no gnuplot knows that there are no pictures. */
	if (!g_error_matches(error, PLOT_ERROR, PLOT_ERROR_MISSING))
		return (result_lack(o, "pictures", error));
	say("no pictures: %s\n", error->message);
	return (CLI_OK);
}

static int
result_trace(const struct timeline_trace *tt, struct output *o)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *cut = NULL;
	FILE *f;

	f = output_open(o, "trace.json", &error);
	if (f != NULL) {
		timeline_trace_write(tt, f);
		cut = timeline_trace_cut(tt);
		if (cut != NULL)
			say("trace.json: %s; --trace-window=FROM..TO traces "
			    "another part\n", cut);
		if (output_close(o, f, &error))
			return (CLI_OK);
	}
	return (result_lack(o, "trace.json", error));
}

static int
result_reports(const struct result_how *how, const struct experiment *e,
    struct output *o)
{
	g_autoptr(GError) error = NULL, lack = NULL;
	int code;

	code = CLI_OK;
	if (!report_write(e, how->command, o, &lack, &error))
		code = result_lack(o, "report.txt", error);
	else if (lack != NULL && !g_error_matches(lack, PLOT_ERROR,
	    PLOT_ERROR_MISSING))
		code = result_lack(o, "charts in report.txt", lack);
	g_clear_error(&error);
	if (!report_html_write(o, &error))
		code = result_lack(o, "report.html", error);
	return (code);
}

bool
result_write(const struct result_how *how, const struct experiment *e,
    struct output *o, int *lacks, GError **error)
{
	int drawn, reported, traced;

	output_threads(o, how->threads);
	if (!results_write(e, o, how->threads, error))
		return (false);
	/* Pictures last but for the reports. */
	traced = how->trace != NULL ? result_trace(how->trace, o) : CLI_OK;
	drawn = how->no_plots ? CLI_OK : result_draw(o);
	reported = result_reports(how, e, o);
	*lacks = MAX(MAX(traced, drawn), reported);
	return (true);
}

void
result_tell(struct output *o)
{

	say_remark(output_remark(o));
}

bool
result_commit(const struct experiment *e, struct output *o, GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autofree char *beside = NULL;
	bool ok;

	if (!experiment_complete(e) && output_stands(output_dir(o))) {
		beside = g_strconcat(output_dir(o), ".incomplete", NULL);
		if (!output_divert(o, beside, &cause))
			return (output_commit_beside(o, cause, error));
	}
	ok = output_commit(o, error);
	result_tell(o);
	return (ok);
}
