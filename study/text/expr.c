/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Expressions of [expect]; see expr.h.
 *
 *	or	= and { "||" and }
 *	and	= compare { "&&" compare }
 *	compare	= sum [ ( "<" | "<=" | "==" | "!=" | ">=" | ">" ) sum ]
 *	sum	= product { ( "+" | "-" ) product }
 *	product	= unary { ( "*" | "/" ) unary }
 *	unary	= "-" unary | NUMBER | VARIANT "." METRIC | VERDICT |
 *		  "(" or ")"
 *
 * A variant's name may have dashes, a metric's has none; so a.b-c.d is a
 * difference, and a-b.c is not.  a < b < c means something else in C than in
 * mathematics, so it is an error; so is what holds by being other than 0, of
 * which half the comparison was probably forgotten.
 */

#include <stdarg.h>
#include <string.h>

#include "models/machine/run.h"
#include "study/text/expr.h"
#include "study/text/expr_node.h"
#include "study/text/nearest.h"
#include "study/text/problem.h"

#define	EXPR_MAXDEPTH	100	/* of parentheses and signs */
#define	EXPR_MAXLEN	4000	/* bounds the depth of a long sum, too */

struct expr_parser {
	struct expr	*expr;
	const char	*p;
	unsigned	depth;
	const char	*const *paths;	/* paths[npaths], NULL: metrics */
	unsigned	npaths;
	const char	*variant;	/* of names without one; or NULL */
	GError		**error;
};

static const struct {
	const char	*text;
	enum expr_op	op;
} comparisons[] = {
	{ "<=", EXPR_LE }, { ">=", EXPR_GE }, { "==", EXPR_EQ },
	{ "!=", EXPR_NE }, { "<", EXPR_LT }, { ">", EXPR_GT }
};

static struct expr_node *parse_or(struct expr_parser *);

static void
node_free(void *arg)
{
	struct expr_node *n;

	n = arg;
	g_free(n->variant);
	g_free(n->metric);
	g_free(n);
}

static struct expr_node *
node_new(struct expr_parser *ps, enum expr_op op, struct expr_node *left,
    struct expr_node *right)
{
	struct expr_node *n;

	n = g_new0(struct expr_node, 1);
	n->op = op;
	n->left = left;
	n->right = right;
	g_ptr_array_add(ps->expr->nodes, n);
	return (n);
}

/* ---- parsing ----------------------------------------------------------- */

static struct expr_node *
parse_fail(struct expr_parser *ps, const char *expected)
{
	g_autofree char *quoted = NULL;

	/* The first thing that went wrong is what went wrong. */
	if (*ps->error != NULL)
		return (NULL);
	quoted = problem_quote(ps->p);
	problem_set(ps->error, "at character %zu: expected %s, found %s",
	    (size_t)(ps->p - ps->expr->text) + 1, expected,
	    *ps->p == '\0' ? "the end" : quoted);
	return (NULL);
}

/* The same, with what word[len] may have been meant for. */
static struct expr_node *
parse_unknown(struct expr_parser *ps, const char *word, size_t len,
    const char *expected, const char *const *names, unsigned n)
{
	g_autofree char *hint = NULL, *typed = NULL;
	struct expr_node *none;

	typed = g_strndup(word, len);
	none = parse_fail(ps, expected);
	hint = nearest_hint(typed, names, n);
	if (*hint != '\0') {
		g_autofree char *text = g_strconcat((*ps->error)->message,
		    hint, NULL);

		g_clear_error(ps->error);
		problem_set(ps->error, "%s", text);
	}
	return (none);
}

static void
skip_blanks(struct expr_parser *ps)
{

	while (*ps->p == ' ' || *ps->p == '\t')
		ps->p++;
}

static bool
sees(struct expr_parser *ps, const char *token)
{

	skip_blanks(ps);
	return (g_str_has_prefix(ps->p, token));
}

static bool
take(struct expr_parser *ps, const char *token)
{

	if (!sees(ps, token))
		return (false);
	ps->p += strlen(token);
	return (true);
}

static struct expr_node *
parse_number(struct expr_parser *ps)
{
	struct expr_node *n;
	const char *end;
	char *text;

	end = ps->p + strspn(ps->p, "0123456789");
	if (*end == '.')
		end += 1 + strspn(end + 1, "0123456789");
	if (end[-1] == '.' || g_ascii_isalnum(*end) || *end == '_' ||
	    *end == '%' || *end == '.') {
		ps->p = end;
		return (parse_fail(ps, ps->paths != NULL ?
		    "a plain number (rates are in 1/s, durations in s)" :
		    "a plain number without unit (a metric's unit is in its "
		    "name)"));
	}
	text = g_strndup(ps->p, (size_t)(end - ps->p));
	n = node_new(ps, EXPR_NUMBER, NULL, NULL);
	n->number = g_ascii_strtod(text, NULL);
	g_free(text);
	ps->p = end;
	return (n);
}

static size_t
name_length(const char *p, const char *also)
{
	const char *q;

	for (q = p; g_ascii_isalnum(*q) || *q == '_' ||
	    (*q != '\0' && strchr(also, *q) != NULL); q++)
		;
	return ((size_t)(q - p));
}

/* The longest path that stands here whole. */
static struct expr_node *
parse_path(struct expr_parser *ps)
{
	struct expr_node *n;
	const char *dot;
	size_t best, len;
	unsigned i;

	best = 0;
	for (i = 0; i < ps->npaths; i++) {
		len = strlen(ps->paths[i]);
		if (len > best && g_str_has_prefix(ps->p, ps->paths[i]) &&
		    name_length(ps->p + len, ".") == 0)
			best = len;
	}
	if (best == 0)
		return (parse_unknown(ps, ps->p, name_length(ps->p, ".:-"),
		    "a parameter that is swept", ps->paths, ps->npaths));
	dot = strchr(ps->p, '.');
	n = node_new(ps, EXPR_NAME, NULL, NULL);
	n->variant = g_strndup(ps->p, (gsize)(dot - ps->p));
	n->metric = g_strndup(dot + 1, best - (size_t)(dot - ps->p) - 1);
	ps->p += best;
	n->end = (size_t)(ps->p - ps->expr->text);
	g_ptr_array_add(ps->expr->names, n);
	return (n);
}

static struct expr_node *
name_new(struct expr_parser *ps, const char *variant, size_t vlen,
    const char *metric, size_t mlen)
{
	struct expr_node *n;

	n = node_new(ps, EXPR_NAME, NULL, NULL);
	n->variant = g_strndup(variant, vlen);
	n->metric = g_strndup(metric, mlen);
	ps->p = metric + mlen;
	n->end = (size_t)(ps->p - ps->expr->text);
	g_ptr_array_add(ps->expr->names, n);
	return (n);
}

/* A word without a dot: a verdict, or a metric of the variant in mind. */
static struct expr_node *
parse_word(struct expr_parser *ps, size_t len)
{
	const char *verdicts[NVERDICTS];
	struct expr_node *n;
	const char *start;
	unsigned v;

	for (v = VERDICT_OK; v < NVERDICTS; v++) {
		verdicts[v] = verdict_name(v);
		if (strlen(verdict_name(v)) == len &&
		    strncmp(ps->p, verdict_name(v), len) == 0) {
			ps->p += len;
			n = node_new(ps, EXPR_NUMBER, NULL, NULL);
			n->number = v;
			return (n);
		}
	}
	if (ps->variant != NULL && name_length(ps->p, "") == len)
		return (name_new(ps, ps->variant, strlen(ps->variant), ps->p,
		    len));
	start = ps->p;
	ps->p += len;
	return (parse_unknown(ps, start, len, "a . and a metric (names are "
	    "VARIANT.METRIC), or a verdict", verdicts,
	    G_N_ELEMENTS(verdicts)));
}

static struct expr_node *
parse_name(struct expr_parser *ps)
{
	const char *start;
	size_t len;

	start = ps->p;
	len = name_length(start, "-");
	if (start[len] != '.')
		return (parse_word(ps, len));
	ps->p += len + 1;
	if (name_length(ps->p, "") == 0)
		return (parse_fail(ps, "the name of a metric"));
	return (name_new(ps, start, len, ps->p, name_length(ps->p, "")));
}

static struct expr_node *
parse_unary(struct expr_parser *ps)
{
	struct expr_node *n;

	skip_blanks(ps);
	if (++ps->depth > EXPR_MAXDEPTH)
		return (parse_fail(ps, "less nesting"));
	if (take(ps, "-")) {
		n = parse_unary(ps);
		if (n != NULL)
			n = node_new(ps, EXPR_NEGATE, n, NULL);
	} else if (take(ps, "(")) {
		n = parse_or(ps);
		if (n != NULL && !take(ps, ")"))
			n = parse_fail(ps, "an operator or )");
	} else if (g_ascii_isdigit(*ps->p))
		n = parse_number(ps);
	else if (g_ascii_isalpha(*ps->p))
		n = ps->paths != NULL ? parse_path(ps) : parse_name(ps);
	else
		n = parse_fail(ps, ps->paths != NULL ?
		    "a number, a parameter that is swept or (" :
		    "a number, VARIANT.METRIC or (");
	ps->depth--;
	return (n);
}

static struct expr_node *
parse_product(struct expr_parser *ps)
{
	struct expr_node *n, *right;
	enum expr_op op;

	n = parse_unary(ps);
	while (n != NULL) {
		if (take(ps, "*"))
			op = EXPR_MUL;
		else if (take(ps, "/"))
			op = EXPR_DIV;
		else
			break;
		right = parse_unary(ps);
		n = right == NULL ? NULL : node_new(ps, op, n, right);
	}
	return (n);
}

static struct expr_node *
parse_sum(struct expr_parser *ps)
{
	struct expr_node *n, *right;
	enum expr_op op;

	n = parse_product(ps);
	while (n != NULL) {
		if (take(ps, "+"))
			op = EXPR_ADD;
		else if (take(ps, "-"))
			op = EXPR_SUB;
		else
			break;
		right = parse_product(ps);
		n = right == NULL ? NULL : node_new(ps, op, n, right);
	}
	return (n);
}

static bool
take_comparison(struct expr_parser *ps, enum expr_op *op)
{
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(comparisons); i++)
		if (take(ps, comparisons[i].text)) {
			*op = comparisons[i].op;
			return (true);
		}
	return (false);
}

static struct expr_node *
parse_compare(struct expr_parser *ps)
{
	struct expr_node *n, *right;
	const char *second;
	enum expr_op op;

	n = parse_sum(ps);
	if (n == NULL || !take_comparison(ps, &op))
		return (n);
	right = parse_sum(ps);
	if (right == NULL)
		return (NULL);
	skip_blanks(ps);
	second = ps->p;
	n = node_new(ps, op, n, right);
	if (take_comparison(ps, &op)) {
		ps->p = second;
		return (parse_fail(ps, "&& or || between two comparisons"));
	}
	return (n);
}

/* What stands before here is to hold or not; a number does neither. */
static struct expr_node *
parse_truth(struct expr_parser *ps, struct expr_node *n)
{

	if (n == NULL || (n->op >= EXPR_OR && n->op <= EXPR_GT))
		return (n);
	skip_blanks(ps);
	return (parse_fail(ps, "a comparison, such as > 0"));
}

/* Truths by `deeper', with `token' between them. */
static struct expr_node *
parse_joined(struct expr_parser *ps, const char *token, enum expr_op op,
    struct expr_node *(*deeper)(struct expr_parser *))
{
	struct expr_node *n, *right;

	n = deeper(ps);
	while (n != NULL && sees(ps, token)) {
		n = parse_truth(ps, n);
		(void)take(ps, token);
		right = n == NULL ? NULL : parse_truth(ps, deeper(ps));
		n = right == NULL ? NULL : node_new(ps, op, n, right);
	}
	return (n);
}

static struct expr_node *
parse_and(struct expr_parser *ps)
{

	return (parse_joined(ps, "&&", EXPR_AND, parse_compare));
}

static struct expr_node *
parse_or(struct expr_parser *ps)
{

	return (parse_joined(ps, "||", EXPR_OR, parse_and));
}

static struct expr *
parse_text(struct expr_parser *ps, const char *text, GError **error)
{
	GError *cause;

	if (strlen(text) > EXPR_MAXLEN) {
		problem_set(error, "is longer than %d characters",
		    EXPR_MAXLEN);
		return (NULL);
	}
	cause = NULL;
	ps->expr = g_new0(struct expr, 1);
	ps->expr->text = g_strdup(text);
	ps->expr->nodes = g_ptr_array_new_with_free_func(node_free);
	ps->expr->names = g_ptr_array_new();
	ps->p = ps->expr->text;
	ps->error = &cause;
	ps->expr->root = parse_or(ps);
	skip_blanks(ps);
	if (ps->expr->root != NULL && *ps->p != '\0')
		ps->expr->root = parse_fail(ps, "an operator (+ - * / < <= == "
		    "!= >= > && ||) or the end");
	ps->expr->root = parse_truth(ps, ps->expr->root);
	if (ps->expr->root == NULL) {
		g_propagate_error(error, cause);
		expr_free(ps->expr);
		return (NULL);
	}
	return (ps->expr);
}

struct expr *
expr_parse(const char *text, GError **error)
{

	return (expr_parse_paths(text, NULL, 0, error));
}

struct expr *
expr_parse_paths(const char *text, const char *const *paths, unsigned n,
    GError **error)
{
	struct expr_parser ps = { .paths = paths, .npaths = n };

	return (parse_text(&ps, text, error));
}

struct expr *
expr_parse_variant(const char *text, const char *variant, GError **error)
{
	struct expr_parser ps = { .variant = variant };

	return (parse_text(&ps, text, error));
}

void
expr_free(struct expr *e)
{

	g_ptr_array_unref(e->names);
	g_ptr_array_unref(e->nodes);
	g_free(e->text);
	g_free(e);
}
