/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Samples as files; see compare_samples.h.
 */

#include <string.h>

#include "study/run/amend.h"
#include "study/stat/compare_samples.h"
#include "study/text/number.h"

/* What is written of a variant. */
struct samples {
	const struct compare_input *in;
	const char	*variant;
	GArray		*rows;		/* of size_t */
	struct amend	*amend;
	const gint	*stop;		/* not 0: no further; NULL: never */
};

/* The file of a metric. */
static bool
compare_samples_metric(const struct samples *s,
    const struct compare_metric *m, GError **error)
{
	g_autofree char *file = NULL, *name = NULL;
	g_autoptr(GString) text = NULL;
	const struct compare_input *in;
	const GArray *rows;
	const char *cell;
	double value;
	unsigned i, none;
	size_t row;

	in = s->in;
	rows = s->rows;
	text = g_string_new(NULL);
	none = 0;
	for (i = 0; i < rows->len; i++) {
		row = g_array_index(rows, size_t, i);
		cell = csvtable_text(in->table, row, m->column);
		if (!compare_input_value(in, row, m, &value)) {
			none++;
			continue;
		}
		if (g_ascii_isalpha(*cell))
			number_add_double(text, value);
		else
			g_string_append(text, cell);
		g_string_append_c(text, '\n');
	}
	if (none > 0)
		g_string_append_printf(text, "# %u of %u without a value\n",
		    none, rows->len);
	file = g_strconcat(m->name, ".txt", NULL);
	name = g_build_filename("samples", s->variant, file, NULL);
	return (amend_text(s->amend, name, text->str, error));
}

/* A name is a file's only if it stays in its directory. */
static bool
compare_samples_is_name(const char *name)
{

	return (*name != '\0' && *name != '.' && strchr(name, '/') == NULL);
}

static bool
compare_samples_variant(const struct samples *s, char **metrics,
    GError **error)
{
	const struct compare_input *in;
	const struct compare_metric *m;
	const char *variant;
	unsigned i;

	in = s->in;
	variant = s->variant;
	if (!compare_samples_is_name(variant)) {
		g_set_error(error, COMPARE_ERROR, COMPARE_ERROR_CONTENT, "%s: "
		    "variant '%s' cannot name a directory", in->path,
		    variant);
		return (false);
	}
	compare_input_rows(in, variant, s->rows);
	for (i = 0; i < in->metrics->len; i++) {
		m = &g_array_index(in->metrics, struct compare_metric, i);
		if (metrics != NULL && !g_strv_contains(
		    (const char *const *)metrics, m->name))
			continue;
		if (!compare_samples_is_name(m->name)) {
			g_set_error(error, COMPARE_ERROR,
			    COMPARE_ERROR_CONTENT, "%s: column '%s' cannot "
			    "name a file", in->path, m->name);
			return (false);
		}
		if (s->stop != NULL && g_atomic_int_get(s->stop) != 0) {
			g_set_error(error, COMPARE_ERROR, COMPARE_ERROR_READ,
			    "%s: no samples, because this program is to end",
			    in->dir);
			return (false);
		}
		if (!compare_samples_metric(s, m, error))
			return (false);
	}
	return (true);
}

bool
compare_samples_write(const struct compare_input *in, char **metrics,
    const gint *stop, char **remark, GError **error)
{
	struct samples s = { .in = in, .stop = stop };
	GError *cause = NULL;
	unsigned i;
	bool ok;

	s.amend = amend_new(in->dir, &cause);
	ok = s.amend != NULL;
	*remark = ok ? amend_remark(s.amend) : NULL;
	for (i = 0; ok && i < in->variants->len; i++) {
		s.variant = in->variants->pdata[i];
		s.rows = g_array_new(FALSE, FALSE, sizeof(size_t));
		ok = compare_samples_variant(&s, metrics, &cause);
		g_array_unref(s.rows);
	}
	ok = ok && amend_commit(s.amend, &cause);
	amend_free(s.amend);
	if (ok)
		return (true);
	/* What is in the result is one thing, what a disk does another. */
	if (cause->domain == COMPARE_ERROR)
		g_propagate_error(error, cause);
	else {
		g_set_error_literal(error, COMPARE_ERROR, COMPARE_ERROR_READ,
		    cause->message);
		g_error_free(cause);
	}
	return (false);
}
