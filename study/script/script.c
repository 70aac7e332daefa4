/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The lines of a script, one after the other.
 *
 * Theory:	an operation that meets a field it cannot use says what is
 *		allowed there; file and line are added here.  What was printed
 *		before a bad line stands.
 */

#include <errno.h>
#include <string.h>

#include <glib.h>

#include "models/net/net.h"
#include "study/script/core.h"
#include "study/script/script.h"
#include "study/text/lines.h"
#include "study/text/problem.h"

static bool
run_line(struct script *s, char *text)
{
	const struct script_op *op;
	unsigned n;

	n = 0;
	g_array_set_size(s->draws, 0);
	for (s->nfields = 0; text != NULL; n++) {
		if (s->nfields == SCRIPT_MAXFIELDS) {
			problem_set(s->error, "more than %d fields",
			    SCRIPT_MAXFIELDS);
			return (false);
		}
		s->field[s->nfields++] = text;
		text = strchr(text, ',');
		if (text != NULL)
			*text++ = '\0';
	}
	op = script_op_find(s);
	if (op == NULL)
		return (false);
	if (n - 1 < op->min || n - 1 > op->max) {
		problem_set(s->error, "%s: %u fields after the name; it takes "
		    "%s", op->name, n - 1, op->fields);
		return (false);
	}
	if (s->net == NULL && strcmp(op->name, "config") != 0) {
		problem_set(s->error, "%s: the first operation must be config",
		    op->name);
		return (false);
	}
	return (op->run(s));
}

/* One line; errors with file and line. */
static bool
run_numbered(struct script *s, struct lines *in, char *text, GError **error)
{
	g_autoptr(GError) wrong = NULL;
	bool ok;

	s->line = lines_number(in);
	s->error = &wrong;
	ok = run_line(s, text);
	s->error = NULL;
	if (!ok)
		problem_set(error, "%s:%" G_GUINT64_FORMAT ": %s",
		    lines_path(in), s->line, wrong->message);
	return (ok);
}

/* Every line of the file. */
static enum script_end
run_lines(struct script *s, struct lines *in, GError **error)
{
	char *text;

	for (;;) {
		if (!lines_next(in, &text, error))
			return (problem_unread(*error) ? SCRIPT_CANNOT_READ :
			    SCRIPT_BAD_INPUT);
		if (text == NULL)
			return (SCRIPT_DONE);
		if (text[0] == '\0' || text[0] == '#')
			continue;
		if (!run_numbered(s, in, text, error))
			return (SCRIPT_BAD_INPUT);
		if (ferror(s->out)) {
			problem_set(error, "%s", g_strerror(errno));
			return (SCRIPT_CANNOT_WRITE);
		}
	}
}

enum script_end
script_run(const struct stack *stack, enum net_search search,
    struct lines *in, FILE *out, GError **error)
{
	const struct script_conf conf = { .stack = stack, .search = search };

	return (script_run_conf(&conf, in, out, error));
}

enum script_end
script_run_conf(const struct script_conf *conf, struct lines *in, FILE *out,
    GError **error)
{
	struct script s = { .stack = conf->stack, .search = conf->search,
	    .hash_seed = conf->hash_seed, .costs = conf->costs, .out = out,
	    .seed = 1 };
	enum script_end end;

	s.pcbs = g_hash_table_new(g_direct_hash, g_direct_equal);
	s.ids = g_array_new(FALSE, TRUE, sizeof(uint32_t));
	s.draws = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	fprintf(out, "%s%s\n", SCRIPT_HEADER, s.costs != NULL ? SCRIPT_COST :
	    "");
	end = run_lines(&s, in, error);
	if (fflush(out) != 0 && end == SCRIPT_DONE) {
		problem_set(error, "%s", g_strerror(errno));
		end = SCRIPT_CANNOT_WRITE;
	}
	if (s.net != NULL)
		net_free(s.net);
	g_hash_table_destroy(s.pcbs);
	g_array_free(s.ids, TRUE);
	g_array_free(s.draws, TRUE);
	return (end);
}
