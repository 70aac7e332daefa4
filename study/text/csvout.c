/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Rows of a CSV file; see csvout.h.
 */

#include <string.h>

#include "sim/kassert.h"
#include "study/text/csvout.h"
#include "study/text/number.h"

void
csvout_init(struct csvout *c, FILE *file)
{

	c->file = file;
	c->row = g_string_new(NULL);
	c->fields = 0;
}

void
csvout_fini(struct csvout *c)
{

	KASSERT(c->fields == 0, ("row of %u fields not ended", c->fields));
	g_string_free(c->row, TRUE);
}

static void
csvout_field(struct csvout *c)
{

	if (c->fields++ > 0)
		g_string_append_c(c->row, ',');
}

void
csvout_text(struct csvout *c, const char *text)
{
	const char *p;

	csvout_field(c);
	/*
	 * A leading `#' would make a comment of the row, and blanks at the
	 * ends are lost by readers that trim.
	 */
	if (strpbrk(text, ",\"\r\n") == NULL && text[0] != '#' &&
	    text[0] != ' ' && !g_str_has_suffix(text, " ")) {
		g_string_append(c->row, text);
		return;
	}
	g_string_append_c(c->row, '"');
	for (p = text; *p != '\0'; p++) {
		if (*p == '"')
			g_string_append_c(c->row, '"');
		g_string_append_c(c->row, *p);
	}
	g_string_append_c(c->row, '"');
}

void
csvout_count(struct csvout *c, uint64_t n)
{

	csvout_field(c);
	number_add_plain(c->row, n);
}

void
csvout_double(struct csvout *c, double v)
{

	csvout_field(c);
	number_add_double(c->row, v);
}

void
csvout_empty(struct csvout *c)
{

	csvout_field(c);
}

void
csvout_time(struct csvout *c, simtime ps, simtime unit)
{

	csvout_field(c);
	if (ps != SIM_NEVER)
		number_add_ps(c->row, ps, unit);
}

void
csvout_row(struct csvout *c, const char *row)
{

	csvout_field(c);
	g_string_append(c->row, row);
}

char *
csvout_steal(struct csvout *c)
{
	char *row;

	row = g_strndup(c->row->str, c->row->len);
	g_string_truncate(c->row, 0);
	c->fields = 0;
	return (row);
}

void
csvout_end(struct csvout *c)
{

	g_string_append_c(c->row, '\n');
	fwrite(c->row->str, 1, c->row->len, c->file);
	g_string_truncate(c->row, 0);
	c->fields = 0;
}
