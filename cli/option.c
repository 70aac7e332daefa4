/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What the options of subcommands have in common; see option.h.
 */

#include <stdarg.h>
#include <string.h>

#include "cli/option.h"

bool
option_bad(GError **error, const char *fmt, ...)
{
	g_autofree char *text = NULL;
	va_list ap;

	va_start(ap, fmt);
	text = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
	    text);
	return (false);
}

/* ---- overrides --------------------------------------------------------- */

void
option_sets_init(struct option_sets *s)
{

	s->paths = g_ptr_array_new_with_free_func(g_free);
	s->overrides = g_array_new(FALSE, FALSE, sizeof(struct override));
}

void
option_sets_fini(struct option_sets *s)
{

	g_ptr_array_free(s->paths, TRUE);
	g_array_free(s->overrides, TRUE);
}

void
option_sets_put(struct option_sets *s, const char *path, const char *value,
    const char *where)
{
	struct override o = { g_strdup(path), value, where };

	g_ptr_array_add(s->paths, (void *)(uintptr_t)o.path);
	g_array_append_val(s->overrides, o);
}

bool
option_sets_add(struct option_sets *s, char **set, GError **error)
{
	const char *equals;

	for (; set != NULL && *set != NULL; set++) {
		g_autofree char *path = NULL;

		equals = strchr(*set, '=');
		if (equals == NULL)
			return (option_bad(error, "--set=%s: not PATH=VALUE, "
			    "as in --set=host.cpus=2", *set));
		path = g_strndup(*set, (gsize)(equals - *set));
		option_sets_put(s, path, equals + 1, "--set");
	}
	return (true);
}

const struct override *
option_sets_all(const struct option_sets *s, unsigned *n)
{

	*n = s->overrides->len;
	return ((const struct override *)(void *)s->overrides->data);
}
