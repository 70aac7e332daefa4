/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What an expression must come to, while some of its names are known to lie in
 * a range only; see expr.h.
 *
 * Theory:	arithmetic on intervals, cautious: what is not easily said may
 *		be anything, and anything may be NaN, which no comparison makes
 *		true or false.
 */

#include <math.h>

#include "sim/kassert.h"
#include "study/text/expr.h"
#include "study/text/expr_node.h"

static const struct expr_range anything = { -HUGE_VAL, HUGE_VAL, false };

/*
 * The bounds of a sum or a product of what is known; else anything, as where an
 * infinity may be taken from an infinity.
 */
static struct expr_range
bounds(double lo, double hi)
{

	if (lo != lo || hi != hi || lo > hi ||
	    (lo == -HUGE_VAL && hi == HUGE_VAL))
		return (anything);
	return ((struct expr_range){ lo, hi, true });
}

static struct expr_range
truth(bool sure, bool holds)
{

	return (sure ? bounds(holds, holds) : bounds(0, 1));
}

static struct expr_range
range_compare(enum expr_op op, struct expr_range a, struct expr_range b)
{

	if (!a.known || !b.known)
		return (anything);
	switch (op) {
	case EXPR_LT:
		return (truth(a.hi < b.lo || a.lo >= b.hi, a.hi < b.lo));
	case EXPR_LE:
		return (truth(a.hi <= b.lo || a.lo > b.hi, a.hi <= b.lo));
	case EXPR_GT:
		return (range_compare(EXPR_LT, b, a));
	case EXPR_GE:
		return (range_compare(EXPR_LE, b, a));
	default:
		/* Equal if each is one value; apart if they do not meet. */
		if (a.lo == a.hi && b.lo == b.hi && a.lo == b.lo)
			return (truth(true, op == EXPR_EQ));
		return (truth(a.hi < b.lo || b.hi < a.lo, op == EXPR_NE));
	}
}

/* Is it other than 0?  Of what may be NaN nothing is known. */
static struct expr_range
range_truth(struct expr_range a)
{

	return (range_compare(EXPR_NE, a, bounds(0, 0)));
}

static bool
is_truth(struct expr_range a, bool holds)
{

	return (a.known && a.lo == holds && a.hi == holds);
}

/* "or" and "and": one side may decide, whatever the other is. */
static struct expr_range
range_joined(enum expr_op op, struct expr_range a, struct expr_range b)
{
	bool decides;

	decides = op == EXPR_OR;
	a = range_truth(a);
	b = range_truth(b);
	if (is_truth(a, decides) || is_truth(b, decides))
		return (truth(true, decides));
	if (!a.known || !b.known)
		return (anything);
	return (truth(is_truth(a, !decides) && is_truth(b, !decides),
	    !decides));
}

static struct expr_range
range_binary(enum expr_op op, struct expr_range a, struct expr_range b)
{

	switch (op) {
	case EXPR_OR:
	case EXPR_AND:
		return (range_joined(op, a, b));
	case EXPR_ADD:
		return (!a.known || !b.known ? anything :
		    bounds(a.lo + b.lo, a.hi + b.hi));
	case EXPR_SUB:
		return (!a.known || !b.known ? anything :
		    bounds(a.lo - b.hi, a.hi - b.lo));
	case EXPR_MUL:
		/* Of what is below 0 nobody asks; 0 x infinity is NaN. */
		return (!a.known || !b.known || a.lo < 0 || b.lo < 0 ||
		    (a.lo == 0 && isinf(b.hi)) || (b.lo == 0 &&
		    isinf(a.hi)) ? anything : bounds(a.lo * b.lo,
		    a.hi * b.hi));
	case EXPR_DIV:
		return (!a.known || !b.known || a.lo < 0 || b.lo <= 0 ||
		    (isinf(a.hi) && isinf(b.hi)) ? anything :
		    bounds(a.lo / b.hi, a.hi / b.lo));
	default:
		return (range_compare(op, a, b));
	}
}

static struct expr_range
node_range(const struct expr_node *n, expr_range_fn range, void *arg)
{
	struct expr_range r;

	switch (n->op) {
	case EXPR_NUMBER:
		return (bounds(n->number, n->number));
	case EXPR_NAME:
		r = range(n->variant, n->metric, arg);
		return (r.known ? bounds(r.lo, r.hi) : anything);
	case EXPR_NEGATE:
		r = node_range(n->left, range, arg);
		return (r.known ? bounds(-r.hi, -r.lo) : anything);
	default:
		return (range_binary(n->op, node_range(n->left, range, arg),
		    node_range(n->right, range, arg)));
	}
}

bool
expr_sure(const struct expr *e, expr_range_fn range, void *arg, bool *holds)
{
	struct expr_range r;

	r = range_truth(node_range(e->root, range, arg));
	*holds = r.known && r.lo != 0;
	return (r.known && r.lo == r.hi);
}
