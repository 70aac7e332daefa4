/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * pcbsim report: a result in the form that suits its reader.
 */

#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "cli/cli.h"
#include "cli/option.h"
#include "cli/outfile.h"
#include "cli/say.h"
#include "study/report/dossier.h"
#include "study/report/html.h"
#include "study/report/json.h"
#include "study/report/locks.h"
#include "study/run/output.h"
#include "study/sweep/store.h"
#include "study/text/whole.h"

#define	REPORT_MAXTEXT	((size_t)1 << 24)	/* bytes of report.txt */

static char *
report_mail(const struct dossier *d, GError **error)
{
	g_autofree char *path = NULL;

	/* One generator: the run wrote it, unless somebody else did. */
	path = g_build_filename(d->dir, "report.txt", NULL);
	return (whole_read_plain(path, REPORT_MAXTEXT, error));
}

static char *
report_page(const struct dossier *d, GError **error)
{

	(void)error;
	return (report_html(d));
}

static char *
report_object(const struct dossier *d, GError **error)
{

	(void)error;
	return (report_json(d));
}

static const struct {
	const char	*name;
	char		*(*text)(const struct dossier *, GError **);
} report_formats[] = {
	{ "mail", report_mail },
	{ "html", report_page },
	{ "json", report_object },
	{ "lockstat", report_lockstat },
	{ "lockprof", report_lockprof },
	{ "folded", report_folded }
};

#define	REPORT_FORMATS	"mail|html|json|lockstat|lockprof|folded"

/* Index of a format that there is; NULL is the mail. */
static unsigned
report_format(const char *name)
{
	unsigned i;

	for (i = 0; name != NULL && strcmp(report_formats[i].name, name) != 0;
	    i++)
		continue;
	return (i);
}

static void
report_print(const void *text, FILE *f)
{

	fputs(text, f);
}

static int
report_make(const char *dir, unsigned format, const char *path)
{
	g_autofree char *found = NULL, *no_dir = NULL, *remark = NULL;
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;
	struct dossier *d;

	d = NULL;
	found = output_find(dir, &remark);
	if (remark != NULL)
		say("%s\n", remark);
	no_dir = whole_no_dir(found);
	if (no_dir != NULL) {
		say("%s: %s\n", found, no_dir);
		return (CLI_IO);
	}
	if (!sweep_store_no_result(found, &error)) {
		say("%s\n", error->message);
		return (CLI_USAGE);
	}
	if (path == NULL || outfile_writable(path, &error))
		d = dossier_read(found, &error);
	if (d != NULL) {
		say_remark(output_doubt(found));
		text = report_formats[format].text(d, &error);
		dossier_free(d);
	}
	if (text != NULL && outfile_write(path, report_print, text, &error))
		return (CLI_OK);
	say("%s\n", error->message);
	return (CLI_IO);
}

int
cli_report(int argc, char **argv)
{
	g_autoptr(GOptionContext) context = NULL;
	g_autofree char *format = NULL, *out = NULL;
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) dirs = NULL;
	GOptionEntry entries[] = {
		{ "format", 'f', 0, G_OPTION_ARG_STRING, &format,
		    "In which form (default mail)",
		    REPORT_FORMATS },
		{ "out", 'o', 0, G_OPTION_ARG_FILENAME, &out,
		    "Where to (default standard output)", "FILE" },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &dirs,
		    NULL, "DIR" },
		{ .long_name = NULL }
	};

	context = option_context("report", "Report a result, from the "
	    "files of its directory.", NULL, entries);
	if (option_parse(context, entries, &argc, &argv, &error)) {
		if (dirs == NULL || dirs[1] != NULL)
			(void)option_bad(&error, "report: one directory of "
			    "results is to be named");
		else if (option_word("--format=", format, REPORT_FORMATS,
		    &error))
			return (report_make(dirs[0], report_format(format),
			    out));
	}
	say("%s\n", error->message);
	return (CLI_USAGE);
}
