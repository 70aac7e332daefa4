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
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "models/net/net.h"
#include "study/script/core.h"
#include "study/script/script.h"
#include "study/text/problem.h"

static bool
run_line(struct script *s, char *text)
{
	const struct script_op *op;
	unsigned n;

	n = 0;
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

/* Every line of the file. */
static enum script_end
run_lines(struct script *s, FILE *in)
{
	char *text;
	size_t size;
	ssize_t len;
	enum script_end end;

	text = NULL;
	size = 0;
	end = SCRIPT_DONE;
	while (end == SCRIPT_DONE && (len = getline(&text, &size, in)) > 0) {
		s->line++;
		if (strlen(text) != (size_t)len) {
			problem_set(s->error, "a zero byte in the line");
			end = SCRIPT_BAD_INPUT;
			break;
		}
		text[strcspn(text, "\r\n")] = '\0';
		if (text[0] == '\0' || text[0] == '#')
			continue;
		if (!run_line(s, text))
			end = SCRIPT_BAD_INPUT;
		if (ferror(s->out))
			end = SCRIPT_CANNOT_WRITE;
	}
	free(text);
	if (end == SCRIPT_DONE && ferror(in))
		end = SCRIPT_CANNOT_READ;
	return (end);
}

enum script_end
script_run(const struct stack *stack, enum net_search search, FILE *in,
    const char *name, FILE *out, GError **error)
{
	struct script s = { .stack = stack, .search = search, .out = out,
	    .seed = 1 };
	g_autoptr(GError) wrong = NULL;
	enum script_end end;
	int saved;

	s.error = &wrong;
	s.pcbs = g_hash_table_new(g_direct_hash, g_direct_equal);
	s.ids = g_array_new(FALSE, TRUE, sizeof(uint32_t));
	fprintf(out, "%s\n", SCRIPT_HEADER);
	errno = 0;
	end = run_lines(&s, in);
	saved = errno;
	if (fflush(out) != 0 && end != SCRIPT_CANNOT_READ) {
		saved = errno;
		end = SCRIPT_CANNOT_WRITE;
	}
	if (end == SCRIPT_BAD_INPUT)
		problem_set(error, "%s:%lu: %s", name, s.line,
		    wrong->message);
	else if (end == SCRIPT_CANNOT_READ)
		problem_set(error, "%s: %s", name, g_strerror(saved));
	else if (end == SCRIPT_CANNOT_WRITE)
		problem_set(error, "output: %s", g_strerror(saved));
	if (s.net != NULL)
		net_free(s.net);
	g_hash_table_destroy(s.pcbs);
	g_array_free(s.ids, TRUE);
	return (end);
}
