/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The pictures of a result; see plot.h.
 */

#include <sys/stat.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "study/plot/chart.h"
#include "study/plot/data.h"
#include "study/plot/figure.h"
#include "study/plot/gnuplot.h"
#include "study/plot/plot.h"
#include "study/run/amend.h"
#include "study/text/whole.h"

static bool
plot_write(const char *dir, const char *name, const char *text,
    GError **error)
{
	g_autofree char *path = NULL;

	path = g_build_filename(dir, name, NULL);
	return (whole_write(path, text, strlen(text), error));
}

static bool
plot_mkdir(const char *plots, GError **error)
{

	if (g_mkdir_with_parents(plots, 0777) == 0)
		return (true);
	g_set_error(error, PLOT_ERROR, PLOT_ERROR_FAILED, "cannot make %s: %s",
	    plots, g_strerror(errno));
	return (false);
}

/* One domain, whoever found it; takes the cause over. */
static void
plot_failed(GError **error, int code, GError *cause)
{

	g_set_error_literal(error, PLOT_ERROR, code, cause->message);
	g_error_free(cause);
}

/* A script's file, named for its picture. */
static bool
plot_write_script(const char *dir, const char *figure, const char *script,
    GError **error)
{
	g_autofree char *name = NULL;

	name = g_strconcat(figure, ".gp", NULL);
	return (plot_write(dir, name, script, error));
}

/*
 * gnuplot may run out of room for its output and still be content: look at
 * what it left.  A PNG may be missing where it cannot draw any.
 */
static bool
plot_is_whole(const char *dir, const char *figure, GError **error)
{
	static const struct {
		const char	*suffix;
		const char	*end;	/* near the end of a whole one */
		bool		required;
	} kinds[] = {
		{ ".svg", "</svg>", true }, { ".png", "IEND", false }
	};
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(kinds); i++) {
		g_autofree char *text = NULL, *name = NULL, *path = NULL;
		gsize len, tail;

		name = g_strconcat(figure, kinds[i].suffix, NULL);
		path = g_build_filename(dir, name, NULL);
		if (!kinds[i].required &&
		    !g_file_test(path, G_FILE_TEST_EXISTS))
			continue;
		if (!g_file_get_contents(path, &text, &len, error))
			return (false);
		tail = MIN(len, 12);
		if (memmem(text + len - tail, tail, kinds[i].end,
		    strlen(kinds[i].end)) != NULL)
			continue;
		g_set_error(error, PLOT_ERROR, PLOT_ERROR_FAILED,
		    "%s is cut short", name);
		return (false);
	}
	return (true);
}

/*
 * gnuplot writes text into an SVG as it is but for & and <; what then means
 * something else, or is no XML, is written so that it does not.
 */
static bool
plot_mend_svg(const char *dir, const char *figure, GError **error)
{
	g_autofree char *name = NULL, *path = NULL, *text = NULL;
	g_autoptr(GString) s = NULL;
	gsize len;

	name = g_strconcat(figure, ".svg", NULL);
	path = g_build_filename(dir, name, NULL);
	if (!g_file_get_contents(path, &text, &len, error))
		return (false);
	if (strstr(text, "]]>") == NULL && strstr(text, "&#x") == NULL)
		return (true);
	s = g_string_new_len(text, (gssize)len);
	g_string_replace(s, "]]>", "]]&gt;", 0);
	g_string_replace(s, "&#x", "&amp;#x", 0);
	return (whole_write(path, s->str, s->len, error));
}

/* Run a script; errors of ours. */
static bool
plot_gnuplot(const char *dir, const char *script, char **output,
    GError **error)
{
	GError *cause = NULL;

	if (gnuplot_run(dir, script, output, &cause))
		return (true);
	plot_failed(error, g_error_matches(cause, GNUPLOT_ERROR,
	    GNUPLOT_ERROR_MISSING) ? PLOT_ERROR_MISSING : PLOT_ERROR_FAILED,
	    cause);
	return (false);
}

/* Half a picture is worse than none. */
static void
plot_unlink(const char *dir, const char *figure)
{
	static const char *const suffixes[] = { ".svg", ".png" };
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(suffixes); i++) {
		g_autofree char *name = NULL, *path = NULL;

		name = g_strconcat(figure, suffixes[i], NULL);
		path = g_build_filename(dir, name, NULL);
		(void)unlink(path);
	}
}

static bool
plot_run(const char *dir, const char *figure, GError **error)
{
	g_autofree char *script = NULL;

	script = g_strconcat(figure, ".gp", NULL);
	if (plot_gnuplot(dir, script, NULL, error) &&
	    plot_is_whole(dir, figure, error) &&
	    plot_mend_svg(dir, figure, error))
		return (true);
	plot_unlink(dir, figure);
	return (false);
}

static const char *const plot_data[] = { "timeline.dat", "latency.dat",
    "lags.dat", "fullest.dat", "connects.dat", "addresses.dat" };

char **
plot_names(void)
{
	static const char *const suffixes[] = { "gp", "svg", "png" };
	const struct figure *f;
	GPtrArray *names;
	size_t i;

	names = g_ptr_array_new();
	for (i = 0; i < G_N_ELEMENTS(plot_data); i++)
		g_ptr_array_add(names, g_strconcat("plots/", plot_data[i],
		    NULL));
	for (f = figure_table; f->name != NULL; f++)
		for (i = 0; i < G_N_ELEMENTS(suffixes); i++)
			g_ptr_array_add(names, g_strdup_printf("plots/%s.%s",
			    f->name, suffixes[i]));
	g_ptr_array_add(names, NULL);
	return ((char **)g_ptr_array_free(names, FALSE));
}

/* What the pictures of this result are drawn from. */
static bool
plot_write_data(const char *plots, const struct plotdata *pd, GError **error)
{
	const struct {
		char		*(*make)(const struct plotdata *);
		bool		made;
	} files[G_N_ELEMENTS(plot_data)] = {
		{ plotdata_timeline, true },
		{ plotdata_latency, true },
		{ plotdata_lags, figure_has_observers(pd) },
		{ plotdata_fullest, pd->addresses != NULL },
		{ plotdata_connects, figure_has_causes(pd) },
		{ plotdata_addresses, figure_has_addresses(pd) }
	};
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *text = NULL;

		if (!files[i].made)
			continue;
		text = files[i].make(pd);
		if (!plot_write(plots, plot_data[i], text, error))
			return (false);
	}
	return (true);
}

/* Is this picture one of those that the result has? */
static bool
plot_has(const struct figure *f, const struct plotdata *pd)
{

	return (f->has == NULL || f->has(pd));
}

/* plots/ with the data that pictures and charts are drawn from. */
static struct plotdata *
plot_prepare(const char *dir, const char *plots, GError **error)
{
	struct plotdata *pd;
	GError *cause = NULL;

	pd = plotdata_read(dir, &cause);
	if (pd != NULL && (!plotdata_read_connects(pd, dir, &cause) ||
	    !plotdata_read_addresses(pd, dir, &cause)))
		g_clear_pointer(&pd, plotdata_free);
	if (pd == NULL) {
		plot_failed(error, PLOT_ERROR_DATA, cause);
		return (NULL);
	}
	plotdata_merge(pd, plotdata_every(pd, 1));
	if (plot_mkdir(plots, error) && plot_write_data(plots, pd, error))
		return (pd);
	plotdata_free(pd);
	return (NULL);
}

/*
 * Draw the result in `dir'.
 *
 * to		where plots/ is made
 */
static bool
plot_draw_to(const char *dir, const char *to, GError **error)
{
	g_autofree char *plots = NULL;
	const struct figure *f;
	struct plotdata *pd;
	bool ok;

	plots = g_build_filename(to, "plots", NULL);
	pd = plot_prepare(dir, plots, error);
	if (pd == NULL)
		return (false);
	ok = true;
	for (f = figure_table; ok && f->name != NULL; f++) {
		g_autofree char *script = NULL;

		if (!plot_has(f, pd))
			continue;
		script = figure_script(f, pd);
		ok = plot_write_script(plots, f->name, script, error);
	}
	for (f = figure_table; ok && f->name != NULL; f++)
		ok = !plot_has(f, pd) || plot_run(plots, f->name, error);
	plotdata_free(pd);
	return (ok);
}

bool
plot_draw(const char *dir, GError **error)
{

	return (plot_draw_to(dir, dir, error));
}

bool
plot_again(const char *dir, char **remark, GError **error)
{
	g_auto(GStrv) names = NULL;
	struct amend *a;
	GError *cause = NULL;
	char **name;
	bool ok;

	*remark = NULL;
	a = amend_new(dir, error);
	if (a == NULL)
		return (false);
	*remark = amend_remark(a);
	names = plot_names();
	ok = true;
	for (name = names; ok && *name != NULL; name++)
		ok = amend_expect(a, *name, error);
	if (ok)
		ok = plot_draw_to(dir, amend_partial(a), &cause);
	if (ok)
		amend_mended(a, "pictures");
	/* Scripts and data are there even if nobody can draw them. */
	if ((ok || g_error_matches(cause, PLOT_ERROR, PLOT_ERROR_MISSING)) &&
	    !amend_commit(a, cause == NULL ? &cause : NULL))
		ok = false;
	if (cause != NULL)
		g_propagate_error(error, cause);
	amend_free(a);
	return (ok);
}

bool
plot_draw_script(const char *dir, const char *name, const char *script,
    GError **error)
{

	return (plot_write_script(dir, name, script, error) &&
	    plot_run(dir, name, error));
}

/* ---- charts ------------------------------------------------------------ */

/* A chart of charts.dat in `plots', with its caption. */
static char *
plot_chart(const struct plotdata *pd, const char *plots, const char *what,
    char *(*script)(const struct plotdata *, const char *), GError **error)
{
	g_autofree char *caption = NULL, *chart = NULL, *out = NULL;
	g_autofree char *text = NULL;

	caption = chart_caption(pd, what);
	text = script(pd, "charts.dat");
	if (!plot_write(plots, "charts.gp", text, error) ||
	    !plot_gnuplot(plots, "charts.gp", &out, error))
		return (NULL);
	chart = chart_clean(out);
	return (g_strconcat(caption, chart, NULL));
}

/* Take away what was there for a moment, and the directory if that was all. */
static bool
plot_chart_clear(const char *plots, GError **error)
{
	static const char *const names[] = { "charts.gp", "charts.dat" };
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = NULL;

		path = g_build_filename(plots, names[i], NULL);
		if (unlink(path) != 0 && errno != ENOENT) {
			g_set_error(error, PLOT_ERROR, PLOT_ERROR_FAILED,
			    "cannot remove %s: %s", path, g_strerror(errno));
			return (false);
		}
	}
	if (rmdir(plots) == 0 || errno == ENOTEMPTY || errno == EEXIST ||
	    errno == ENOENT)
		return (true);
	g_set_error(error, PLOT_ERROR, PLOT_ERROR_FAILED, "cannot remove %s: "
	    "%s", plots, g_strerror(errno));
	return (false);
}

bool
plot_charts(const char *dir, char **ports, char **stalls, GError **error)
{
	g_autofree char *data = NULL, *plots = NULL;
	struct plotdata *pd;
	GError *cause = NULL;

	*ports = *stalls = NULL;
	pd = plotdata_read_timeline(dir, &cause);
	if (pd == NULL) {
		plot_failed(error, PLOT_ERROR_DATA, cause);
		return (false);
	}
	plots = g_build_filename(dir, "plots", NULL);
	data = plotdata_timeline(pd);
	if (plot_mkdir(plots, error) &&
	    plot_write(plots, "charts.dat", data, error))
		*ports = plot_chart(pd, plots, "Ports free for an unbound "
		    "connect", chart_ports, error);
	if (*ports != NULL)
		*stalls = plot_chart(pd, plots, "Longest stall in an "
		    "interval", chart_stalls, error);
	plotdata_free(pd);
	if (!plot_chart_clear(plots, *stalls != NULL ? error : NULL))
		g_clear_pointer(stalls, g_free);
	if (*stalls == NULL)
		g_clear_pointer(ports, g_free);
	return (*stalls != NULL);
}
