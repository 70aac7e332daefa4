/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What an expression comes to, and why; see expr.h.
 */

#include <math.h>

#include "sim/kassert.h"
#include "study/text/expr.h"
#include "study/text/expr_node.h"
#include "study/text/number.h"

bool
expr_check(const struct expr *e, expr_lookup_fn lookup, void *arg,
    GError **error)
{
	const struct expr_node *n;
	double value;
	guint i;

	for (i = 0; i < e->names->len; i++) {
		n = e->names->pdata[i];
		if (!lookup(n->variant, n->metric, &value, arg, error))
			return (false);
	}
	return (true);
}

/* What one side decides holds, or not, whether or not the other is defined. */
static double
node_joined(enum expr_op op, double a, double b)
{
	bool decides;

	decides = op == EXPR_OR;
	if ((!isnan(a) && (a != 0) == decides) ||
	    (!isnan(b) && (b != 0) == decides))
		return (decides);
	return (isnan(a) || isnan(b) ? (double)NAN : !decides);
}

static double
node_binary(enum expr_op op, double a, double b)
{

	if (op == EXPR_OR || op == EXPR_AND)
		return (node_joined(op, a, b));
	if (isnan(a) || isnan(b) || (op == EXPR_DIV && b == 0))
		return ((double)NAN);
	switch (op) {
	case EXPR_LT:
		return (a < b);
	case EXPR_LE:
		return (a <= b);
	case EXPR_EQ:
		return (a == b);
	case EXPR_NE:
		return (a != b);
	case EXPR_GE:
		return (a >= b);
	case EXPR_GT:
		return (a > b);
	case EXPR_ADD:
		return (a + b);
	case EXPR_SUB:
		return (a - b);
	case EXPR_MUL:
		return (a * b);
	case EXPR_DIV:
		return (a / b);
	default:
		kpanic("no binary operator: %d", op);
	}
}

static bool
node_eval(const struct expr_node *n, expr_lookup_fn lookup, void *arg,
    double *value, GError **error)
{
	double left, right;

	if (n->op == EXPR_NUMBER) {
		*value = n->number;
		return (true);
	}
	if (n->op == EXPR_NAME)
		return (lookup(n->variant, n->metric, value, arg, error));
	if (!node_eval(n->left, lookup, arg, &left, error))
		return (false);
	if (n->op == EXPR_NEGATE) {
		*value = -left;
		return (true);
	}
	if (!node_eval(n->right, lookup, arg, &right, error))
		return (false);
	*value = node_binary(n->op, left, right);
	return (true);
}

bool
expr_eval(const struct expr *e, expr_lookup_fn lookup, void *arg,
    double *value, GError **error)
{

	return (node_eval(e->root, lookup, arg, value, error));
}

/* Does it divide by 0 anywhere? */
static bool
node_divides(const struct expr *e, expr_lookup_fn lookup, void *arg)
{
	const struct expr_node *n;
	double by;
	guint i;

	for (i = 0; i < e->nodes->len; i++) {
		n = e->nodes->pdata[i];
		if (n->op == EXPR_DIV && node_eval(n->right, lookup, arg, &by,
		    NULL) && by == 0)
			return (true);
	}
	return (false);
}

char *
expr_explain(const struct expr *e, expr_lookup_fn lookup, void *arg)
{
	const struct expr_node *n;
	GString *out;
	size_t from;
	double value;
	guint i;

	out = g_string_new(NULL);
	from = 0;
	for (i = 0; i < e->names->len; i++) {
		n = e->names->pdata[i];
		g_string_append_len(out, e->text + from,
		    (gssize)(n->end - from));
		from = n->end;
		g_string_append(out, " (= ");
		if (lookup(n->variant, n->metric, &value, arg, NULL))
			number_add_double(out, value);
		else
			g_string_append_c(out, '?');
		g_string_append_c(out, ')');
	}
	g_string_append(out, e->text + from);
	if (expr_eval(e, lookup, arg, &value, NULL) && isnan(value))
		g_string_append(out, node_divides(e, lookup, arg) ?
		    ": undefined, a division by 0" : ": undefined");
	return (g_string_free(out, FALSE));
}
