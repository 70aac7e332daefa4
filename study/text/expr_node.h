/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What an expression was parsed into; for expr.c, which makes it,
 * expr_eval.c and expr_sure.c.
 */

#ifndef STUDY_TEXT_EXPR_NODE_H
#define	STUDY_TEXT_EXPR_NODE_H

#include <stddef.h>

#include <glib.h>

enum expr_op {
	EXPR_NUMBER,
	EXPR_NAME,
	EXPR_NEGATE,
	EXPR_OR,
	EXPR_AND,
	EXPR_LT,
	EXPR_LE,
	EXPR_EQ,
	EXPR_NE,
	EXPR_GE,
	EXPR_GT,
	EXPR_ADD,
	EXPR_SUB,
	EXPR_MUL,
	EXPR_DIV
};

struct expr_node {
	enum expr_op	op;
	double		number;
	char		*variant, *metric;
	size_t		end;		/* of a name, in the text */
	struct expr_node *left, *right;
};

struct expr {
	char		*text;
	struct expr_node *root;
	GPtrArray	*nodes;		/* all, for freeing */
	GPtrArray	*names;		/* EXPR_NAME, in order of the text */
};

#endif /* !STUDY_TEXT_EXPR_NODE_H */
