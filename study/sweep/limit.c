/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Bisection, and how its values are written; see limit.h.
 */

#include <math.h>
#include <string.h>

#include "study/sweep/limit.h"
#include "study/text/unit.h"

/* From here on up the middle is the geometric one. */
#define	LIMIT_DECADE	10

uint64_t
limit_middle(uint64_t lo, uint64_t hi)
{
	double mid;

	if (lo == 0 || hi / lo < LIMIT_DECADE)
		return (lo + (hi - lo) / 2);
	mid = sqrt((double)lo) * sqrt((double)hi);
	return (CLAMP((uint64_t)mid, lo + 1, hi - 1));
}

struct bisection {
	unsigned	replication;
	limit_holds_fn	holds;
	void		*arg;
	struct limit_replication *r;
	GError		**error;
};

/* False: it cannot be known. */
static bool
try_value(struct bisection *b, uint64_t value, bool *holds)
{
	struct limit_point p = { .value = value };
	GError *cause;

	cause = NULL;
	if (!b->holds(b->arg, b->replication, &p, &cause)) {
		b->r->outcome = cause == NULL ? LIMIT_STOPPED : LIMIT_FAILED;
		if (cause != NULL)
			g_propagate_error(b->error, cause);
		return (false);
	}
	g_array_append_val(b->r->points, p);
	*holds = p.holds;
	return (true);
}

/* One value more on each side: the predicate should not turn there. */
static bool
look_again(struct bisection *b, const struct limit_range *range)
{
	struct limit_replication *r;
	bool holds;

	r = b->r;
	if (r->lo > range->from + 1) {
		if (!try_value(b, limit_middle(range->from, r->lo), &holds))
			return (false);
		r->monotone &= !holds;
	}
	if (r->hi + 1 < range->to) {
		if (!try_value(b, limit_middle(r->hi, range->to), &holds))
			return (false);
		r->monotone &= holds;
	}
	return (true);
}

void
limit_bisect(const struct limit_range *range, unsigned replication,
    limit_holds_fn holds_fn, void *arg, struct limit_replication *r,
    GError **error)
{
	struct bisection b = { replication, holds_fn, arg, r, error };
	uint64_t mid;
	unsigned steps;
	bool holds;

	*r = (struct limit_replication){ .lo = range->from,
	    .hi = range->to, .monotone = true };
	r->points = g_array_new(FALSE, FALSE, sizeof(struct limit_point));
	if (!try_value(&b, range->from, &holds))
		return;
	if (holds) {
		r->outcome = LIMIT_ALREADY;
		return;
	}
	if (!try_value(&b, range->to, &holds))
		return;
	if (!holds) {
		r->outcome = LIMIT_NEVER;
		return;
	}
	for (steps = 0; steps < LIMIT_MAXSTEPS && r->hi - r->lo > 1 &&
	    (double)(r->hi - r->lo) > range->tolerance * (double)r->hi;
	    steps++) {
		mid = limit_middle(r->lo, r->hi);
		if (!try_value(&b, mid, &holds))
			return;
		if (holds)
			r->hi = mid;
		else
			r->lo = mid;
	}
	if (look_again(&b, range))
		r->outcome = LIMIT_FOUND;
}

void
limit_bounds(const struct limit_replication *r, struct limit_bounds *b)
{
	const struct limit_point *p;
	unsigned i;

	*b = (struct limit_bounds){ .has_lo = false };
	if (r->points == NULL || r->outcome == LIMIT_NEVER ||
	    r->outcome == LIMIT_ALREADY)
		return;
	for (i = 0; i < r->points->len; i++) {
		p = &g_array_index(r->points, struct limit_point, i);
		/* A look outside of what is known makes that no wider. */
		if ((b->has_lo && p->value <= b->lo) ||
		    (b->has_hi && p->value >= b->hi))
			continue;
		if (p->holds) {
			b->has_hi = true;
			b->hi = p->value;
		} else {
			b->has_lo = true;
			b->lo = p->value;
		}
	}
}

/* ---- how much there is to do ------------------------------------------- */

/* A limit_holds_fn: from *turn on. */
static bool
steps_holds(void *turn, unsigned replication, struct limit_point *p,
    GError **error)
{

	(void)replication;
	(void)error;
	p->holds = p->value >= *(const uint64_t *)turn;
	return (true);
}

unsigned
limit_steps(const struct limit_range *range)
{
	struct limit_replication r;
	uint64_t turns[3];
	unsigned i, steps;

	/* Where it turns decides how many; these are the quarters. */
	turns[1] = limit_middle(range->from, range->to);
	turns[0] = limit_middle(range->from, MAX(turns[1], range->from + 2));
	turns[2] = limit_middle(turns[1], MAX(range->to, turns[1] + 2));
	for (i = steps = 0; i < G_N_ELEMENTS(turns); i++) {
		limit_bisect(range, 0, steps_holds, &turns[i], &r, NULL);
		steps += r.points->len;
		g_array_free(r.points, TRUE);
	}
	return ((steps + 1) / (unsigned)G_N_ELEMENTS(turns));
}

/* ---- values ------------------------------------------------------------ */

static bool
value_parse(const struct param *p, const char *text, uint64_t *base,
    GError **error)
{
	rate_uhz rate;
	simtime ps;

	switch (p->type) {
	case PARAM_COUNT:
	case PARAM_ADDRS:	/* how many */
		return (unit_count(text, base, error));
	case PARAM_DURATION:
		if (!unit_duration(text, &ps, error))
			return (false);
		*base = (uint64_t)ps;
		return (true);
	case PARAM_RATE:
	case PARAM_PROFILE:
		if (!unit_rate(text, &rate, error))
			return (false);
		*base = rate;
		return (true);
	case PARAM_FACTOR:
		return (unit_factor(text, base, error));
	default:
		g_set_error(error, LIMIT_ERROR, 0, "[%s] %s has no numbers to "
		    "bisect; counts, rates, durations, factors and how many "
		    "addresses there are have",
		    p->group, p->key);
		return (false);
	}
}

bool
limit_range_parse(const char *text, const struct param *p,
    struct limit_range *range, GError **error)
{
	g_autofree char *from = NULL;
	const char *dots;

	dots = strstr(text, "..");
	if (dots == NULL) {
		g_set_error(error, LIMIT_ERROR, 0, "'%s' is no range A..B",
		    text);
		return (false);
	}
	from = g_strndup(text, (gsize)(dots - text));
	if (!value_parse(p, from, &range->from, error) ||
	    !value_parse(p, dots + 2, &range->to, error))
		return (false);
	if (range->from >= range->to) {
		g_set_error(error, LIMIT_ERROR, 0, "'%s': the first must be "
		    "the lower one", text);
		return (false);
	}
	return (true);
}

double
limit_number(const struct param *p, double base)
{

	switch (p->type) {
	case PARAM_DURATION:
		return (base / 1e12);
	case PARAM_RATE:
	case PARAM_PROFILE:
	case PARAM_FACTOR:
		return (base / 1e6);
	default:
		return (base);
	}
}

const char *
limit_unit(const struct param *p)
{

	switch (p->type) {
	case PARAM_DURATION:
		return (" s");
	case PARAM_RATE:
	case PARAM_PROFILE:
		return ("/s");
	default:
		return ("");
	}
}

char *
limit_text(const struct param *p, uint64_t base)
{
	GString *s;

	s = g_string_new(p->type == PARAM_ADDRS ? "*" : NULL);
	param_add_number(p, s, base);
	return (g_string_free(s, FALSE));
}
