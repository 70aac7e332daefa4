/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What is said of a limit: its interval, a line of text, every value that was
 * tried; see limit.h.
 */

#include <math.h>

#include "study/run/provenance.h"
#include "study/run/version.h"
#include "study/stat/stat.h"
#include "study/sweep/limit.h"
#include "study/text/csvout.h"
#include "study/text/number.h"

/* ---- the interval ------------------------------------------------------ */

void
limit_interval(const struct param *p, const struct limit_answer *a,
    struct limit_interval *iv)
{
	const struct limit_replication *r;
	g_autofree double *values = NULL;
	struct stat_sample s;
	double hi, lo;
	unsigned i;

	*iv = (struct limit_interval){ 0 };
	values = g_new(double, a->n);
	for (i = 0; i < a->n; i++) {
		r = &a->replication[i];
		if (r->outcome != LIMIT_FOUND)
			continue;
		hi = (double)r->hi;
		/* Between two counts there is none. */
		lo = (p->type == PARAM_COUNT ||
		    p->type == PARAM_ADDRS) && r->hi - r->lo == 1 ? hi :
		    (double)r->lo;
		iv->min = iv->n == 0 ? lo : MIN(iv->min, lo);
		iv->max = iv->n == 0 ? hi : MAX(iv->max, hi);
		iv->bracket += (hi - lo) / 2;
		values[iv->n++] = (lo + hi) / 2;
	}
	if (iv->n == 0)
		return;
	iv->bracket /= iv->n;
	stat_sample_init(&s, values, iv->n);
	iv->mean = s.mean;
	iv->enough = stat_half_width(&s, &iv->half);
	iv->half += iv->bracket;
}

/* ---- a line ------------------------------------------------------------ */

/* The place of its `digits'th digit, as a power of ten. */
static double
tell_place(double x, int digits)
{

	return (pow(10, floor(log10(fabs(x))) - (digits - 1)));
}

/* Rounded to a place; 0: as it is. */
static void
tell_number(const struct limit_conf *c, GString *out, double base,
    double place)
{
	double x;

	x = limit_number(c->param, base);
	/* Dividing by what is a power of ten, not by the nearest to 0.1. */
	if (place >= 1)
		x = round(x / place) * place;
	else if (place > 0)
		x = round(x * round(1 / place)) / round(1 / place);
	number_add_double(out, x);
	g_string_append(out, limit_unit(c->param));
}

/* Four digits: more than a bracket of 1 % is worth. */
static void
tell_value(const struct limit_conf *c, GString *out, double base)
{
	double x;

	x = limit_number(c->param, base);
	tell_number(c, out, base, x > 0 ? tell_place(x, 4) : 0);
}

static void
tell_found(const struct limit_conf *c, const struct limit_answer *a,
    GString *out)
{
	struct limit_interval iv;
	double place;

	limit_interval(c->param, a, &iv);
	g_string_append(out, "first at ");
	if (iv.enough && iv.half > 0) {
		/* Two digits of how uncertain it is, and no more of it. */
		place = tell_place(limit_number(c->param, iv.half), 2);
		tell_number(c, out, iv.mean, place);
		g_string_append(out, " +- ");
		tell_number(c, out, iv.half, place);
	} else {
		tell_value(c, out, iv.mean);
		if (iv.enough)
			g_string_append(out, " +- 0");
	}
	g_string_append_printf(out, " (%s, N = %u, ", iv.enough ? "95 %" :
	    "no interval", iv.n);
	tell_value(c, out, iv.min);
	g_string_append(out, " to ");
	tell_value(c, out, iv.max);
	g_string_append_c(out, ')');
}

/* Of stopped ones with these bounds: how many, and the widest of them all. */
static unsigned
tell_widest(const struct limit_answer *a, bool has_lo, bool has_hi,
    uint64_t *least, uint64_t *most)
{
	struct limit_bounds b;
	unsigned i, n;

	*least = *most = 0;
	for (i = n = 0; i < a->n; i++) {
		limit_bounds(&a->replication[i], &b);
		if (a->replication[i].outcome != LIMIT_STOPPED ||
		    b.has_lo != has_lo || b.has_hi != has_hi)
			continue;
		*least = n == 0 ? b.lo : MIN(*least, b.lo);
		*most = MAX(*most, b.hi);
		n++;
	}
	return (n);
}

/* What is known of the replications that were not done. */
static void
tell_stopped(const struct limit_conf *c, const struct limit_answer *a,
    unsigned stopped, GString *out)
{
	uint64_t least, most;
	unsigned n;

	g_string_append_printf(out, "%sstopped: %u of %u replications are not "
	    "known", stopped < a->n ? "; " : "", stopped, a->n);
	n = tell_widest(a, true, true, &least, &most);
	if (n > 0) {
		g_string_append_printf(out, ", %u of them %s between ", n,
		    n == 1 ? "turns" : "turn");
		tell_value(c, out, (double)least);
		g_string_append(out, " and ");
		tell_value(c, out, (double)most);
	}
	n = tell_widest(a, true, false, &least, &most);
	if (n > 0) {
		g_string_append_printf(out, ", %u of them not yet at ", n);
		tell_value(c, out, (double)least);
	}
	n = tell_widest(a, false, true, &least, &most);
	if (n > 0) {
		g_string_append_printf(out, ", %u of them already at ", n);
		tell_value(c, out, (double)most);
	}
}

/* "; 2 of 5 replications: ", or nothing if it is said of all. */
static void
tell_share(const struct limit_answer *a, unsigned n, GString *out)
{

	if (n < a->n)
		g_string_append_printf(out, "%s%u of %u replications: ",
		    g_str_has_suffix(out->str, ": ") ? "" : "; ", n, a->n);
}

/* What bisection takes for granted, and what was seen of it. */
static void
tell_turns(const struct limit_answer *a, GString *out)
{
	bool bent, found;
	unsigned i;

	bent = found = false;
	for (i = 0; i < a->n; i++) {
		bent |= !a->replication[i].monotone;
		found |= a->replication[i].outcome == LIMIT_FOUND;
	}
	if (bent)
		g_string_append(out, found ? "; it turns more than once in "
		    "between, so this is one of its turning points" : "; but "
		    "not so in between: it turns more than once");
}

/* "; undefined in 3 of them, which counts as not so" */
static void
tell_undefined(const struct limit_answer *a, GString *out)
{
	const GArray *points;
	unsigned i, j, n;

	for (i = n = 0; i < a->n; i++) {
		points = a->replication[i].points;
		for (j = 0; j < points->len; j++)
			n += g_array_index(points, struct limit_point,
			    j).undefined;
	}
	if (n > 0)
		g_string_append_printf(out, "; undefined in %u of them, which "
		    "counts as not so", n);
}

void
limit_tell(const struct limit_conf *c, const struct limit_answer *a,
    GString *out)
{
	unsigned count[LIMIT_FAILED + 1] = { 0 };
	unsigned i, tried;

	for (i = tried = 0; i < a->n; i++) {
		count[a->replication[i].outcome]++;
		tried += a->replication[i].points->len;
	}
	g_string_append_printf(out, "%s%s%s: ", a->variant != NULL ?
	    a->variant : "", a->variant != NULL ? ": " : "", c->until);
	if (count[LIMIT_FOUND] > 0)
		tell_found(c, a, out);
	if (count[LIMIT_NEVER] > 0) {
		tell_share(a, count[LIMIT_NEVER], out);
		g_string_append(out, "never up to ");
		tell_value(c, out, (double)c->range.to);
	}
	if (count[LIMIT_ALREADY] > 0) {
		tell_share(a, count[LIMIT_ALREADY], out);
		g_string_append(out, "already at ");
		tell_value(c, out, (double)c->range.from);
		if (count[LIMIT_ALREADY] == a->n)
			g_string_append(out, ", where the range begins");
	}
	if (count[LIMIT_STOPPED] > 0)
		tell_stopped(c, a, count[LIMIT_STOPPED], out);
	tell_turns(a, out);
	g_string_append_printf(out, "; %u runs", tried);
	tell_undefined(a, out);
	g_string_append_c(out, '\n');
}

/* ---- every value ------------------------------------------------------- */

void
limit_write(const struct limit_conf *c, const GPtrArray *answers, FILE *f)
{
	const struct limit_replication *r;
	const struct limit_answer *a;
	const struct limit_point *p;
	struct csvout csv;
	unsigned i, j, k;

	fprintf(f, PROVENANCE_MAGIC "%s\n", version_text());
	provenance_write_line(f, "scenario", c->scenario);
	provenance_write_line(f, "vary", c->path);
	provenance_write_line(f, "until", c->until);
	fputs("variant,replication,step,value,text,holds\n", f);
	csvout_init(&csv, f);
	for (i = 0; i < answers->len; i++) {
		a = answers->pdata[i];
		for (j = 0; j < a->n; j++) {
			r = &a->replication[j];
			for (k = 0; k < r->points->len; k++) {
				g_autofree char *text = NULL;

				p = &g_array_index(r->points,
				    struct limit_point, k);
				text = limit_text(c->param, p->value);
				csvout_text(&csv, a->variant == NULL ? "" :
				    a->variant);
				csvout_count(&csv, j);
				csvout_count(&csv, k);
				csvout_double(&csv, limit_number(c->param,
				    (double)p->value));
				csvout_text(&csv, text);
				csvout_count(&csv, p->holds);
				csvout_end(&csv);
			}
		}
	}
	csvout_fini(&csv);
}
