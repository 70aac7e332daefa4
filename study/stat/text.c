/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * ministat's layout; see text.h.
 */

#include <math.h>

#include "study/stat/text.h"

/* A number of at most `digits' digits, in a field of `width'. */
static void
stat_text_add(GString *out, double v, int digits, int width)
{
	char buf[G_ASCII_DTOSTR_BUF_SIZE], format[16];

	g_snprintf(format, sizeof(format), "%%.%dg", digits);
	g_ascii_formatd(buf, sizeof(buf), format, v);
	g_string_append_printf(out, "%*s", width, buf);
}

static void
stat_text_row(GString *out, char mark, const struct stat_sample *s)
{
	const double values[] = { s->min, s->max, s->median, s->mean, s->sd };
	size_t i;

	g_string_append_printf(out, "%c %3u", mark, s->n);
	for (i = 0; i < G_N_ELEMENTS(values); i++)
		stat_text_add(out, values[i], 8, 14);
	g_string_append_c(out, '\n');
}

void
stat_text_samples(GString *out, const char *name_a,
    const struct stat_sample *a, const char *name_b,
    const struct stat_sample *b)
{
	static const char *const titles[] = { "Min", "Max", "Median", "Avg",
	    "Stddev" };
	size_t i;

	g_string_append_printf(out, "x %s\n+ %s\n%5s", name_a, name_b, "N");
	for (i = 0; i < G_N_ELEMENTS(titles); i++)
		g_string_append_printf(out, "%14s", titles[i]);
	g_string_append_c(out, '\n');
	stat_text_row(out, 'x', a);
	stat_text_row(out, '+', b);
}

/* "\tDIFF +/- HALF", each with `unit' behind it. */
static void
stat_text_interval(GString *out, double diff, double half, const char *unit)
{

	g_string_append_c(out, '\t');
	stat_text_add(out, diff, 6, 0);
	g_string_append_printf(out, "%s +/- ", unit);
	stat_text_add(out, half, 6, 0);
	g_string_append_printf(out, "%s\n", unit);
}

static void
stat_text_method(GString *out, const struct stat_diff *d)
{

	switch (d->test) {
	case STAT_POOLED:
		g_string_append(out, "\t(Student's t, pooled s = ");
		stat_text_add(out, d->sd, 6, 0);
		break;
	case STAT_WELCH:
		g_string_append(out, "\t(Welch's t, degrees of freedom = ");
		stat_text_add(out, d->df, 4, 0);
		break;
	case STAT_PAIRED:
		g_string_append(out, "\t(Student's t, paired s = ");
		stat_text_add(out, d->sd, 6, 0);
		break;
	}
	g_string_append(out, ")\n");
	if (d->resolution > 0) {
		g_string_append(out, "\t(resolution of the figure, included: ");
		stat_text_add(out, d->resolution, 6, 0);
		g_string_append(out, ")\n");
	}
}

void
stat_text_diff(GString *out, const struct stat_diff *d, double base)
{
	static const char *const some[] = { [STAT_POOLED] = "Difference",
	    [STAT_WELCH] = "Welch difference",
	    [STAT_PAIRED] = "Paired difference" };
	static const char *const none[] = {
	    [STAT_POOLED] = "No difference proven",
	    [STAT_WELCH] = "No Welch difference proven",
	    [STAT_PAIRED] = "No paired difference proven" };
	double percent;

	if (!d->enough) {
		g_string_append_printf(out, "%s: N < %d proves nothing\n",
		    some[d->test], STAT_MIN);
		return;
	}
	percent = STAT_CONFIDENCE * 100;
	g_string_append_printf(out, "%s at %d.%d%% confidence\n", d->proven ?
	    some[d->test] : none[d->test], (int)percent,
	    (int)(percent * 10 + 0.5) % 10);
	if (!d->proven)
		return;
	stat_text_interval(out, d->diff, d->half, "");
	if (base != 0)
		stat_text_interval(out, d->diff * 100 / base,
		    d->half * 100 / fabs(base), "%");
	stat_text_method(out, d);
}
