/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What every benchmark needs: a row with its samples, clocks, the yardstick of
 * memory, and a rival that may be there.
 *
 * Theory:	machines differ by a third and more, and so does one machine
 *		from one hour to the next.  So each work is measured several
 *		times, each time right before a yardstick: something simple
 *		that the same machine is doing in the same second.  What is held
 *		to is the ratio of the two, by its median; the spread says how
 *		much the median means.
 *
 * A row is told as one line of fields with tabs between, for
 * tests/tools/bench.awk:
 *	work unit sense target yardstick unit ratio rival recorded samples
 * where a sample is value:yardstick:rival, "-" where there is none.
 */

#ifndef TESTS_BENCH_BENCH_H
#define	TESTS_BENCH_BENCH_H

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <glib.h>

#include "sim/rng.h"
#include "sim/time.h"

#define	BENCH_SAMPLES	31

enum bench_sense {
	BENCH_MOST = -1,	/* the target is the most it may be */
	BENCH_LEAST = 1
};

struct bench_row {
	const char	*unit;
	enum bench_sense sense;
	double		target;		/* absolute, for the eye; 0: none */
	const char	*yard;		/* NULL: none */
	const char	*yard_unit;
	double		ratio;		/* of value and yardstick; 0: none is
					   asked for */
	const char	*rival;		/* NULL: none */
	double		recorded;	/* .. where it is not here; 0: never */
	double		sample[BENCH_SAMPLES][3];
	unsigned	n;
};

/* NAN: there is none. */
static inline void
bench_add(struct bench_row *b, double value, double yard, double rival)
{

	g_assert_cmpuint(b->n, <, BENCH_SAMPLES);
	b->sample[b->n][0] = value;
	b->sample[b->n][1] = yard;
	b->sample[b->n++][2] = rival;
}

static inline void
bench_number(double x, const char *after)
{

	if (isnan(x) || x == 0)
		printf("-%s", after);
	else
		printf("%.6g%s", x, after);
}

static inline void G_GNUC_PRINTF(2, 3)
bench_tell(const struct bench_row *b, const char *work, ...)
{
	va_list ap;
	unsigned i;

	va_start(ap, work);
	vprintf(work, ap);
	va_end(ap);
	printf("\t%s\t%s\t", b->unit, b->sense == BENCH_MOST ? "most" :
	    "least");
	bench_number(b->target, "\t");
	printf("%s\t%s\t", b->yard != NULL ? b->yard : "-",
	    b->yard_unit != NULL ? b->yard_unit : "-");
	bench_number(b->ratio, "\t");
	printf("%s\t", b->rival != NULL ? b->rival : "-");
	bench_number(b->recorded, "\t");
	for (i = 0; i < b->n; i++) {
		bench_number(b->sample[i][0], ":");
		bench_number(b->sample[i][1], ":");
		bench_number(b->sample[i][2], i + 1 < b->n ? " " : "\n");
	}
	(void)fflush(stdout);
}

/* ---- clocks ------------------------------------------------------------ */

static inline double
bench_clock(clockid_t which)
{
	struct timespec ts;

	(void)clock_gettime(which, &ts);
	return ((double)ts.tv_sec + (double)ts.tv_nsec / 1e9);
}

/* Of this process, s: what others do meanwhile does not count. */
static inline double
bench_cpu(void)
{

	return (bench_clock(CLOCK_PROCESS_CPUTIME_ID));
}

/* For what is too short for a system call at each end. */
static inline double
bench_ns(void)
{

	return (1e9 * bench_clock(CLOCK_MONOTONIC));
}

static inline int
bench_by_value(const void *a, const void *b)
{
	const double *x, *y;

	x = a;
	y = b;
	return (*x < *y ? -1 : *x > *y);
}

/* Sorts them. */
static inline double
bench_median(double *v, size_t n)
{

	qsort(v, n, sizeof(*v), bench_by_value);
	return (v[n / 2]);
}

/* ---- chance -------------------------------------------------------------- */

static inline simtime
bench_draw(struct rng *r, double mean)
{

	return ((simtime)(mean * rng_exp1(r) + 0.5));
}

/* ---- the yardstick of memory ------------------------------------------- */

/*
 * Dependent loads all over so many bytes, each of a line that was not there a
 * while ago: what reaching one thing by a pointer costs among that much.
 */
struct bench_hops {
	struct bench_line {
		uint32_t	next;
		char		pad[60];
	} *line;
	uint32_t	n, at;
};

static inline struct bench_hops *
bench_hops_new(size_t bytes)
{
	struct bench_hops *h;
	struct rng r;
	uint32_t i, j, swap;

	h = g_new0(struct bench_hops, 1);
	h->n = (uint32_t)MAX(bytes / sizeof(*h->line), 2);
	h->line = g_new(struct bench_line, h->n);
	for (i = 0; i < h->n; i++)
		h->line[i].next = i;
	/* One cycle through all (Sattolo 1986). */
	rng_init(&r, 1, 0, "hops");
	for (i = h->n - 1; i > 0; i--) {
		j = (uint32_t)rng_below(&r, i);
		swap = h->line[i].next;
		h->line[i].next = h->line[j].next;
		h->line[j].next = swap;
	}
	return (h);
}

static inline void
bench_hops_free(struct bench_hops *h)
{

	g_free(h->line);
	g_free(h);
}

/* ns for one. */
static inline double
bench_hop(struct bench_hops *h)
{
	double start;
	unsigned i;
	enum { HOPS = 20000 };

	start = bench_cpu();
	for (i = 0; i < HOPS; i++)
		h->at = h->line[h->at].next;
	return ((bench_cpu() - start) * 1e9 / HOPS);
}

/* ---- a rival that may be there ----------------------------------------- */

/*
 * What the program named by PCBSIM_RIVAL measures of the same work, in the same
 * unit; NAN if there is no such program, or it does not know this work.
 */
static inline double G_GNUC_PRINTF(1, 2)
bench_rival(const char *work, ...)
{
	g_autofree char *command = NULL, *what = NULL;
	const char *program;
	va_list ap;
	FILE *said;
	double value;

	program = getenv("PCBSIM_RIVAL");
	if (program == NULL || *program == '\0')
		return (NAN);
	va_start(ap, work);
	what = g_strdup_vprintf(work, ap);
	va_end(ap);
	command = g_strdup_printf("%s %s", program, what);
	said = popen(command, "r");
	if (said == NULL)
		return (NAN);
	if (fscanf(said, "%lf", &value) != 1)
		value = NAN;
	(void)pclose(said);
	return (value);
}

#endif /* !TESTS_BENCH_BENCH_H */
