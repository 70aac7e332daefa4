/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Key files with line numbers; see keyfile.h.
 */

#include <stdlib.h>
#include <string.h>

#include "study/text/file_name.h"
#include "study/text/keyfile.h"
#include "study/text/lines.h"
#include "study/text/piped.h"
#include "study/text/preface.h"

#define	KEYFILE_MAXBYTES	(1024 * 1024)

/* One file on its way in. */
struct keyfile_reader {
	struct keyfile	*kf;
	struct problems	*problems;
	const char	*path;		/* for messages, too */
	const char	*text;		/* instead of a file; NULL: a file */
	bool		piped;
	char		*dir;
	unsigned	depth;
	const struct keyfile_reader *outer;	/* the file that includes it */
	const char	*including;	/* what it includes just now .. */
	unsigned	including_line;	/* .. and on which line of it */
	const struct keyfile_foreign *foreign;	/* NULL: none */
	char		*real;		/* its absolute name */
	GHashTable	*lines;		/* "GROUP\nKEY" -> line, this file */
	char		*group;		/* present one */
	bool		lost;		/* within one that is none */
};

static void keyfile_include(const struct keyfile_reader *, const char *);

static char *
entry_name(const char *group, const char *key)
{

	return (g_strconcat(group, "\n", key, NULL));
}

/* ---- lines ------------------------------------------------------------- */

static bool
name_ok(const char *name, size_t len, const char *also)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!g_ascii_isalnum(name[i]) && strchr(also, name[i]) == NULL)
			return (false);
	return (len > 0);
}

/* Blanks off both ends. */
static void
line_trim(const char **text, size_t *len)
{

	while (*len > 0 && g_ascii_isspace((*text)[*len - 1]))
		--*len;
	while (*len > 0 && g_ascii_isspace(**text)) {
		++*text;
		--*len;
	}
}

static bool
line_group(struct keyfile_reader *r, unsigned line, const char *text,
    size_t len)
{
	g_autofree char *where = NULL;

	if (text[len - 1] != ']' || !name_ok(text + 1, len - 2, "-_:.+")) {
		g_autofree char *quoted = problem_quote(text);

		problems_add(r->problems, "%s:%u: %s: is not a group; allowed: "
		    "[NAME] alone on its line, of letters, digits, - _ : . +",
		    r->path, line, quoted);
		r->lost = true;
		return (false);
	}
	r->lost = false;
	g_free(r->group);
	r->group = g_strndup(text + 1, len - 2);
	where = g_strdup_printf("%s:%u", r->path, line);
	keyfile_group_add(r->kf, r->group, where);
	return (true);
}

/* The key of a line KEY = VALUE, or NULL with a problem told. */
static char *
line_key(struct keyfile_reader *r, unsigned line, const char *text,
    size_t len)
{
	const char *equals;
	size_t klen;

	equals = memchr(text, '=', len);
	if (equals == NULL) {
		g_autofree char *quoted = problem_quote(text);

		problems_add(r->problems, "%s:%u: [%s] %s: is neither a "
		    "[group] nor KEY = VALUE nor a # comment", r->path, line,
		    r->group, quoted);
		return (NULL);
	}
	klen = (size_t)(equals - text);
	line_trim(&text, &klen);
	if (!name_ok(text, klen, "-_:.+")) {
		g_autofree char *key = g_strndup(text, klen);
		g_autofree char *quoted = problem_quote(key);

		problems_add(r->problems, "%s:%u: [%s] %s: %s", r->path, line,
		    r->group, quoted, strchr(key, '[') != NULL ?
		    "translated keys mean nothing here" :
		    "is not a key; allowed: letters, digits, - _ : . +");
		return (NULL);
	}
	return (g_strndup(text, klen));
}

const char *
keyfile_value_wrong(const char *value, size_t len)
{

	if (g_strstr_len(value, (gssize)len, " #") != NULL ||
	    g_strstr_len(value, (gssize)len, "\t#") != NULL || (len > 0 &&
	    *value == '#'))
		return ("a comment must stand on a line of its own");
	return (problem_bytes(value, len));
}

/* True if the line is good and is to go to GKeyFile. */
static bool
line_entry(struct keyfile_reader *r, unsigned line, const char *text,
    size_t len)
{
	g_autofree char *key = NULL, *name = NULL;
	const char *value, *what;
	size_t vlen;
	unsigned before;

	key = line_key(r, line, text, len);
	if (key == NULL)
		return (false);
	name = entry_name(r->group, key);
	before = GPOINTER_TO_UINT(g_hash_table_lookup(r->lines, name));
	value = strchr(text, '=') + 1;
	vlen = (size_t)(text + len - value);
	line_trim(&value, &vlen);
	if (before != 0) {
		problems_add(r->problems, "%s:%u: [%s] %s = %.*s: the key "
		    "stands in line %u already", r->path, line, r->group, key,
		    (int)vlen, value, before);
		return (false);
	}
	what = keyfile_value_wrong(value, vlen);
	if (what != NULL) {
		problems_add(r->problems, "%s:%u: [%s] %s = %.*s: %s", r->path,
		    line, r->group, key, (int)vlen, value, what);
		return (false);
	}
	g_hash_table_insert(r->lines, g_steal_pointer(&name),
	    GUINT_TO_POINTER(line));
	return (true);
}

static bool
line_good(struct keyfile_reader *r, unsigned line, const char *text)
{
	const char *what;
	size_t len;

	len = strlen(text);
	what = problem_bytes(text, len);
	if (what != NULL) {
		problems_add(r->problems, "%s:%u: %s", r->path, line, what);
		return (false);
	}
	line_trim(&text, &len);
	if (len == 0 || *text == '#')
		return (false);
	if (*text == ';') {
		problems_add(r->problems, "%s:%u: comments begin with #, not "
		    "with ;", r->path, line);
		return (false);
	}
	if (*text == '[') {
		g_autofree char *group = g_strndup(text, len);

		return (line_group(r, line, group, len));
	}
	/* Of a group that is none; it would be wrong in the one before. */
	if (r->lost)
		return (false);
	if (r->group == NULL) {
		problems_add(r->problems, "%s:%u: text before the first "
		    "[group]", r->path, line);
		return (false);
	}
	{
		g_autofree char *entry = g_strndup(text, len);

		return (line_entry(r, line, entry, len));
	}
}

/* A line of a group whose lines come from elsewhere. */
static void
line_foreign(struct keyfile_reader *r, unsigned line, char **text)
{
	g_autofree char *where = NULL;
	const char *start;
	char *made;
	size_t len;

	start = *text;
	len = strlen(start);
	line_trim(&start, &len);
	if (r->foreign == NULL || r->group == NULL || len == 0 ||
	    strchr("#[", *start) != NULL ||
	    strcmp(r->group, r->foreign->group) != 0 ||
	    !g_utf8_validate(start, -1, NULL))
		return;
	where = g_strdup_printf("%s:%u", r->path, line);
	made = r->foreign->line(r->foreign->arg, where, start);
	if (made == NULL)
		return;
	g_free(*text);
	*text = made;
}

/* ---- files ------------------------------------------------------------- */

/* The good lines' values, taken apart by GLib, go into the key file. */
static void
reader_take(struct keyfile_reader *r, const char *good)
{
	g_autoptr(GKeyFile) gk = g_key_file_new();
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) groups = NULL;
	unsigned i, k;

	if (!g_key_file_load_from_data(gk, good, (gsize)-1,
	    G_KEY_FILE_KEEP_TRANSLATIONS, &error)) {
		problems_add(r->problems, "%s: %s", r->path, error->message);
		return;
	}
	groups = g_key_file_get_groups(gk, NULL);
	for (i = 0; groups[i] != NULL; i++) {
		g_auto(GStrv) keys = g_key_file_get_keys(gk, groups[i], NULL,
		    NULL);

		for (k = 0; keys[k] != NULL; k++) {
			g_autofree char *name = entry_name(groups[i], keys[k]);
			g_autofree char *value = g_key_file_get_value(gk,
			    groups[i], keys[k], NULL);
			g_autofree char *where = g_strdup_printf("%s:%u",
			    r->path, GPOINTER_TO_UINT(g_hash_table_lookup(
			    r->lines, name)));

			keyfile_set(r->kf, groups[i], keys[k],
			    g_strstrip(value), where, r->dir);
		}
	}
}

static void
reader_include(struct keyfile_reader *r, const char *good)
{
	g_autoptr(GKeyFile) gk = g_key_file_new();
	g_autofree char *value = NULL;
	g_auto(GStrv) names = NULL;
	unsigned i, line;

	if (!g_key_file_load_from_data(gk, good, (gsize)-1,
	    G_KEY_FILE_KEEP_TRANSLATIONS, NULL))
		return;
	value = g_key_file_get_value(gk, "scenario", "include", NULL);
	if (value == NULL)
		return;
	line = GPOINTER_TO_UINT(g_hash_table_lookup(r->lines,
	    "scenario\ninclude"));
	names = g_strsplit(value, ";", -1);
	for (i = 0; names[i] != NULL; i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *path = NULL;

		if (*g_strstrip(names[i]) == '\0' && i > 0)
			continue;
		path = file_name_find(r->dir, names[i], &error);
		r->including = names[i];
		r->including_line = line;
		r->kf->partial |= path == NULL;
		if (path != NULL)
			keyfile_include(r, path);
		else
			problems_add(r->problems, "%s:%u: [scenario] include "
			    "= %s: %s", r->path, line, names[i],
			    error->message);
		problems_because(r->problems, error);
	}
}

static bool
reader_may_not(const struct keyfile_reader *r, const char *what)
{

	problems_add(r->problems, "%s:%u: [scenario] include = %s: %s",
	    r->outer->path, r->outer->including_line, r->outer->including,
	    what);
	return (false);
}

static bool
reader_may(const struct keyfile_reader *r)
{
	const struct keyfile_reader *o;

	if (r->depth > KEYFILE_MAXDEPTH)
		return (reader_may_not(r, "files include one another more "
		    "than " G_STRINGIFY(KEYFILE_MAXDEPTH) " deep"));
	for (o = r->outer; o != NULL; o = o->outer)
		if (strcmp(o->real, r->real) == 0)
			return (reader_may_not(r, o == r->outer ?
			    "the file includes itself" :
			    "the file includes itself, by way of this one"));
	return (true);
}

/* The outermost one may come through a pipe, any of them out of a FIFO. */
static struct lines *
reader_open(const struct keyfile_reader *r, GError **error)
{

	if (r->text != NULL)
		return (lines_open_text(r->path, r->text));
	return (r->piped ? lines_open_piped(PIPED_NAME, KEYFILE_MAXBYTES,
	    error) : lines_open_again(r->path, error));
}

/* NULL with a problem told: not to be read, too long, no text. */
static GStrv
reader_lines(struct keyfile_reader *r)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GError) error = NULL;
	struct lines *in;
	size_t bytes;
	char *text;

	bytes = 0;
	in = reader_open(r, &error);
	while (in != NULL && lines_next(in, &text, &error) && text != NULL) {
		bytes += strlen(text) + 1;
		if (bytes > KEYFILE_MAXBYTES) {
			problem_set(&error, "%s: is larger than 1 MiB; it is "
			    "no scenario", r->path);
			break;
		}
		g_ptr_array_add(all, g_strdup(text));
	}
	if (in != NULL)
		lines_close(in);
	if (error != NULL) {
		problems_add(r->problems, "%s", error->message);
		problems_because(r->problems, error);
		return (NULL);
	}
	g_ptr_array_add(all, NULL);
	return ((GStrv)g_ptr_array_free(g_steal_pointer(&all), FALSE));
}

/* False: it cannot be read. */
static bool
reader_file(struct keyfile_reader *r)
{
	g_auto(GStrv) lines = NULL;
	GString *good;
	unsigned i;

	lines = reader_lines(r);
	if (lines == NULL)
		return (false);
	if (r->outer == NULL)
		preface_parse(lines, &r->kf->preface);
	good = g_string_new(NULL);
	for (i = 0; lines[i] != NULL; i++) {
		g_strchomp(lines[i]);
		line_foreign(r, i + 1, &lines[i]);
		if (line_good(r, i + 1, lines[i]))
			g_string_append_printf(good, "%s\n", lines[i]);
	}
	reader_include(r, good->str);
	reader_take(r, good->str);
	g_string_free(good, TRUE);
	return (true);
}

/* The rest of what a reader knows follows from its path. */
static void
keyfile_read(struct keyfile_reader *r)
{
	const char *path;
	char *real;

	path = r->path;
	real = realpath(path, NULL);
	r->real = g_strdup(real != NULL ? real : path);
	free(real);
	r->dir = g_path_get_dirname(path);
	r->piped = r->outer == NULL && r->text == NULL &&
	    strcmp(path, PIPED_NAME) == 0;
	if (r->piped)
		r->path = piped_title(path);
	r->lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	if (!reader_may(r) || !reader_file(r))
		r->kf->partial = true;
	g_hash_table_unref(r->lines);
	g_free(r->group);
	g_free(r->dir);
	g_free(r->real);
}

static void
keyfile_include(const struct keyfile_reader *outer, const char *path)
{
	struct keyfile_reader r = { .kf = outer->kf, .path = path,
	    .problems = outer->problems, .foreign = outer->foreign,
	    .depth = outer->depth + 1, .outer = outer };

	keyfile_read(&r);
}

struct keyfile *
keyfile_new(const char *path, const char *text,
    const struct keyfile_foreign *foreign, struct problems *problems)
{
	struct keyfile_reader r = { .kf = keyfile_empty(), .path = path,
	    .text = text, .problems = problems, .foreign = foreign };

	keyfile_read(&r);
	return (r.kf);
}
