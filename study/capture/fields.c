/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The fields of one line; see fields.h.
 */

#include <string.h>

#include <csv.h>

#include "study/capture/fields.h"

struct fields {
	struct csv_parser parser;
	GString		*text;		/* all of them, NUL after each */
	GArray		*offset;	/* gsize, in text */
};

struct fields *
fields_new(void)
{
	struct fields *f;

	f = g_new0(struct fields, 1);
	if (csv_init(&f->parser, 0) != 0)
		g_error("failed to allocate what reads CSV");
	f->text = g_string_new(NULL);
	f->offset = g_array_new(FALSE, FALSE, sizeof(gsize));
	return (f);
}

void
fields_free(struct fields *f)
{

	csv_free(&f->parser);
	g_string_free(f->text, TRUE);
	g_array_free(f->offset, TRUE);
	g_free(f);
}

static void
field_end(void *bytes, size_t len, void *arg)
{
	struct fields *f;

	f = arg;
	g_array_append_val(f->offset, f->text->len);
	g_string_append_len(f->text, bytes, (gssize)len);
	g_string_append_c(f->text, '\0');
}

guint
fields_split(struct fields *f, const char *line, char separator)
{

	g_string_truncate(f->text, 0);
	g_array_set_size(f->offset, 0);
	csv_set_delim(&f->parser, (unsigned char)separator);
	csv_set_quote(&f->parser, *line == '\'' ? '\'' : '"');
	(void)csv_parse(&f->parser, line, strlen(line), field_end, NULL, f);
	(void)csv_fini(&f->parser, field_end, NULL, f);
	return (f->offset->len);
}

const char *
fields_at(const struct fields *f, guint i)
{

	return (f->text->str + g_array_index(f->offset, gsize, i));
}
