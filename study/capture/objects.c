/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * JSON objects out of lines; see objects.h.
 */

#include <string.h>

#include <glib.h>

#include "study/capture/objects.h"

#define	OBJECTS_MAXBYTES	(1 << 20)	/* of one */

struct objects {
	bool		(*one)(struct capture *, void *, const json_t *);
	void		*arg;
	GString		*text;		/* of the one that has begun */
	unsigned	depth;		/* of braces */
	bool		in_string, escaped;
};

struct objects *
objects_new(bool (*one)(struct capture *, void *, const json_t *), void *arg)
{
	struct objects *o;

	o = g_new0(struct objects, 1);
	o->one = one;
	o->arg = arg;
	o->text = g_string_new(NULL);
	return (o);
}

void
objects_free(struct objects *o)
{

	g_string_free(o->text, TRUE);
	g_free(o);
}

static void
objects_reset(struct objects *o)
{

	g_string_truncate(o->text, 0);
	o->depth = 0;
	o->in_string = o->escaped = false;
}

/* The object is whole. */
static bool
objects_take(struct objects *o, struct capture *c)
{
	g_autofree char *what = NULL;
	json_error_t error;
	json_t *object;
	bool ok;

	object = json_loads(o->text->str, JSON_REJECT_DUPLICATES, &error);
	if (object == NULL) {
		what = g_strdup_printf("is no JSON: %s", error.text);
		ok = capture_bad(c, what, o->text->str);
	} else {
		ok = o->one(c, o->arg, object);
		json_decref(object);
	}
	objects_reset(o);
	return (ok);
}

static void
objects_char(struct objects *o, char ch)
{

	if (o->escaped)
		o->escaped = false;
	else if (o->in_string && ch == '\\')
		o->escaped = true;
	else if (ch == '"')
		o->in_string = !o->in_string;
	else if (!o->in_string && ch == '{')
		o->depth++;
	else if (!o->in_string && ch == '}')
		o->depth--;
}

bool
objects_line(struct objects *o, struct capture *c, const char *text)
{
	bool ok;

	for (ok = true; *text != '\0'; text++) {
		/* Between objects: of an array, or nothing. */
		if (o->depth == 0 && *text != '{') {
			if (strchr(" \t,[]", *text) == NULL)
				return (capture_bad(c, "is no JSON object",
				    text));
			continue;
		}
		g_string_append_c(o->text, *text);
		objects_char(o, *text);
		if (o->depth == 0)
			ok = objects_take(o, c) && ok;
		else if (o->text->len > OBJECTS_MAXBYTES) {
			objects_reset(o);
			return (capture_bad(c, "ends an object of more than "
			    "1 MiB", NULL));
		}
	}
	/* A line break is a blank, and never within a string. */
	if (o->depth > 0)
		g_string_append_c(o->text, '\n');
	return (ok);
}

bool
objects_inside(const struct objects *o)
{

	return (o->depth > 0);
}

void
objects_end(struct objects *o, struct capture *c)
{

	if (o->depth > 0)
		capture_bad(c, "has no end; is the file cut?", o->text->str);
}

/* ---- fields ------------------------------------------------------------ */

static const json_t *
object_get(const json_t *object, const char *name)
{
	g_auto(GStrv) parts = NULL;
	const json_t *value;
	unsigned i;

	value = json_object_get(object, name);
	if (value != NULL || strchr(name, '.') == NULL)
		return (value);
	parts = g_strsplit(name, ".", -1);
	for (i = 0, value = object; parts[i] != NULL && value != NULL; i++)
		value = json_object_get(value, parts[i]);
	return (value);
}

const char *
object_field(const json_t *object, const char *name, char *buf, size_t size)
{
	const json_t *value;

	value = object_get(object, name);
	switch (value == NULL ? JSON_NULL : json_typeof(value)) {
	case JSON_STRING:
		if (g_strlcpy(buf, json_string_value(value), size) >= size)
			return (NULL);
		break;
	case JSON_INTEGER:
		g_snprintf(buf, size, "%" JSON_INTEGER_FORMAT,
		    json_integer_value(value));
		break;
	case JSON_REAL:
		g_ascii_formatd(buf, (gint)size, "%.6f",
		    json_real_value(value));
		break;
	case JSON_TRUE:
	case JSON_FALSE:
		g_strlcpy(buf, json_is_true(value) ? "T" : "F", size);
		break;
	default:
		return (NULL);
	}
	return (buf);
}
