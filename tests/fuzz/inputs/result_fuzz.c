/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A result that came from somebody: the first byte chooses which of its files
 * is not as a run wrote it, and who reads it; from MOVES_FROM on it is what
 * --moves wrote.  What they print is lines of UTF-8, without a control
 * character.
 */

#include "models/machine/assembly.h"
#include "study/plot/chart.h"
#include "study/plot/data.h"
#include "study/plot/figure.h"
#include "study/report/dossier.h"
#include "study/report/html.h"
#include "study/report/json.h"
#include "study/report/locks.h"
#include "study/run/experiment.h"
#include "study/run/manifest.h"
#include "study/run/results.h"
#include "study/scenario/load.h"
#include "study/stat/compare.h"
#include "study/stat/compare_text.h"
#include "study/text/problem.h"
#include "tests/fuzz/inputs/driver.h"

static const char *const names[] = { "summary.csv", "timeline.csv",
    "stalls.csv", "latency.csv", "connects.csv", "addresses.csv",
    "locks.csv", "run.ini", "report.txt", "manifest.sha256", "moves.csv" };

#define	MOVES		(G_N_ELEMENTS(names) - 1)
#define	MOVES_FROM	240	/* of the first byte */

static struct {
	char		*path;
	char		*text;
	gsize		len;
} files[G_N_ELEMENTS(names)];

/* With its first byte. */
static const char moves_input[] = "\xf0"
    "variant,replication,setting,from,to,wanted,failed,waiting,late_max_ms,"
    "verdict,untried\ncurrent,1,,,,104,0,0,0.01,ok,\n"
    "current,2,,,,93,3,1,8.5,stalls,\n"
    "current,1,host.cpus,8,4,104,9,0,0.01,exhausts,\n"
    "current,1,kernel.net.inet.tcp.msl,30s,1min,104,0,0,44,freezes,\n"
    "current,1,workload:web.faddrs,*1,*2,,,,,,no route\n";

static char *dir;

enum reader { READER_PAGE, READER_LOCKS, READER_PLOT, READER_COMPARE,
    NREADERS };

/* Who reads what; digits are indices of names[]. */
static const char *const reads[NREADERS] = { "0123578", "06789", "012345",
    "07" };

/* A run of our own, so that it has all that a result has now. */
static void
result_init(const char *root)
{
	static const char ini[] = "# Question:  why?\n[scenario]\nformat = 1\n"
	    "name = s\ntitle = t\nduration = 1s\ninterval = 250ms\n"
	    "replications = 3\nstall-threshold = 1us\n[host]\nladdrs = "
	    "198.51.100.1*3\n[kernel]\n"
	    "net.inet.ip.portrange.first = 10000\n"
	    "net.inet.ip.portrange.last = 10019\n"
	    "[workload:web]\nload = poisson\nrate = 40/s\nlifetime = "
	    "exponential(1s)\nbind = none\nfaddrs = 192.0.2.7\nfport = 80\n"
	    "[variant:current]\nstack = freebsd-12.0\n"
	    "[variant:proposed]\nstack = freebsd-12.2\n"
	    "[expect]\nfails = current.failed > 0\n";
	struct experiment_how how = { .jobs = 1, .simulate = run_simulate };
	g_autofree char *s = g_build_filename(root, "s.ini", NULL);
	g_autoptr(GError) error = NULL;
	struct experiment *e;
	struct scenario *sc;
	struct output *o;
	size_t i;

	fuzz_write(s, ini, strlen(ini));
	sc = scenario_load(s, NULL, 0, NULL, &error);
	g_assert_no_error(error);
	e = experiment_new(sc, NET_SEARCH_INDEX);
	experiment_run(e, &how);
	dir = g_build_filename(root, "result", NULL);
	o = output_new(dir, &error);
	g_assert_no_error(error);
	g_assert_true(results_write(e, o, 2, &error));
	g_assert_true(output_text(o, "report.txt", "How to repeat it\n"
	    "  $ pcbsim run s.ini\n    --seed=1\n", &error));
	g_assert_true(output_commit(o, &error));
	output_free(o);
	experiment_free(e);
	scenario_free(sc);
	files[MOVES].path = g_build_filename(dir, names[MOVES], NULL);
	fuzz_write(files[MOVES].path, moves_input + 1,
	    sizeof(moves_input) - 2);
	g_free(files[MOVES].path);
	for (i = 0; i < G_N_ELEMENTS(names); i++) {
		files[i].path = g_build_filename(dir, names[i], NULL);
		g_assert_true(g_file_get_contents(files[i].path,
		    &files[i].text, &files[i].len, NULL));
	}
}

static void
check_lines(const char *text)
{
	const char *end;

	for (; *text != '\0'; text = end + (*end != '\0')) {
		end = text + strcspn(text, "\n");
		g_assert_null(problem_bytes(text, (size_t)(end - text)));
	}
}

static void
report_page(const struct dossier *d)
{
	g_autofree char *html = NULL, *json = NULL;

	html = report_html(d);
	check_lines(html);
	json = report_json(d);
	check_lines(json);
}

static void
report_locks(const struct dossier *d)
{
	char *(*const locks[])(const struct dossier *, GError **) = {
	    report_lockstat, report_lockprof, report_folded };
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(locks); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *text = locks[i](d, &error);

		if (text == NULL)
			fuzz_message(error);
		else
			check_lines(text);
	}
}

static void
try_report(void (*report)(const struct dossier *))
{
	g_autoptr(GError) error = NULL;
	struct dossier *d;

	d = dossier_read(dir, &error);
	if (d == NULL) {
		fuzz_message(error);
		return;
	}
	report(d);
	dossier_free(d);
}

static void
try_plot(void)
{
	char *(*const data[])(const struct plotdata *) = {
	    plotdata_timeline, plotdata_latency };
	g_autoptr(GError) error = NULL;
	const struct figure *f;
	struct plotdata *pd;
	size_t i;

	pd = plotdata_read(dir, &error);
	if (pd == NULL || !plotdata_read_connects(pd, dir, &error) ||
	    !plotdata_read_addresses(pd, dir, &error)) {
		fuzz_message(error);
		if (pd != NULL)
			plotdata_free(pd);
		return;
	}
	for (i = 0; i < G_N_ELEMENTS(data); i++)
		g_free(data[i](pd));
	if (figure_has_causes(pd))
		g_free(plotdata_connects(pd));
	if (figure_has_addresses(pd))
		g_free(plotdata_addresses(pd));
	for (f = figure_table; f->name != NULL; f++) {
		g_autofree char *script = NULL;

		if (f->has != NULL && !f->has(pd))
			continue;
		script = figure_script(f, pd);
		check_lines(script);
	}
	g_free(chart_ports(pd, "x"));
	g_free(chart_stalls(pd, "x"));
	plotdata_free(pd);
}

static void
try_compare(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) out = g_string_new(NULL);
	struct compare_input *in;
	struct compare *c;

	in = compare_input_new(dir, &error);
	c = in == NULL ? NULL : compare_one(in, NULL, NULL, &error);
	if (c == NULL) {
		fuzz_message(error);
	} else {
		compare_text(c, out);
		compare_text_samples(c, out);
		check_lines(out->str);
	}
	compare_free(c);
	compare_input_free(in);
}

static void
result_one(const uint8_t *data, size_t size)
{
	g_autoptr(GError) error = NULL;
	struct manifest *m;
	unsigned reader, which;

	if (size == 0)
		return;
	which = data[0] >= MOVES_FROM ? MOVES : data[0] % MOVES;
	reader = data[0] >= MOVES_FROM ? READER_PAGE :
	    data[0] / MOVES % NREADERS;
	fuzz_write(files[which].path, data + 1, size - 1);
	if (strcmp(names[which], "manifest.sha256") == 0) {
		m = manifest_read(dir, &error);
		if (m == NULL)
			fuzz_message(error);
		else
			g_free(manifest_stranger(m, NULL));
		manifest_free(m);
	} else if (reader == READER_PAGE) {
		try_report(report_page);
	} else if (reader == READER_LOCKS) {
		try_report(report_locks);
	} else if (reader == READER_PLOT) {
		try_plot();
	} else {
		try_compare();
	}
	fuzz_write(files[which].path, files[which].text, files[which].len);
}

static void
result_seeds(void (*put)(const char *, const void *, size_t))
{
	const char *of;
	unsigned i, r;

	for (r = 0; r < NREADERS; r++)
		for (of = reads[r]; *of != '\0'; of++) {
			g_autofree char *input = NULL, *name = NULL;

			i = (unsigned)(*of - '0');
			input = g_malloc(files[i].len + 1);
			input[0] = (char)(r * MOVES + i);
			memcpy(input + 1, files[i].text, files[i].len);
			name = g_strdup_printf("%s-%u", names[i], r);
			put(name, input, files[i].len + 1);
		}
	put("moves.csv-0", moves_input, sizeof(moves_input) - 1);
}

const struct fuzz_kind fuzz_kind = {
	"result", result_init, result_one, result_seeds
};
