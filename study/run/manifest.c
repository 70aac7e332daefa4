/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Which files are the program's; see manifest.h.
 */

#include <sys/types.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "study/run/crew.h"
#include "study/run/digest.h"
#include "study/run/manifest.h"
#include "study/run/provenance.h"
#include "study/run/version.h"
#include "study/text/problem.h"
#include "study/text/whole.h"

#define	MANIFEST_DEPTH	4		/* directories in each other */
#define	MANIFEST_MAX	(1 << 24)	/* bytes of a list that is read */

/* The comment lines of a list, behind that of the program. */
#define	MANIFEST_HEAD	MANIFEST_HEAD_1 "\n" MANIFEST_HEAD_2 "\n"
#define	MANIFEST_HEAD_1	"# The files of this result. What is not listed, or " \
	"has another digest,"
#define	MANIFEST_HEAD_2	"# is not the program's: it is neither replaced nor " \
	"removed."
#define	MANIFEST_REMARK	"# without: "
#define	MANIFEST_SEAL	"# words: "	/* and the digest of other words */

/* Of our making even with nothing in them, as where one could not go. */
static const char *const manifest_dirs[] = { "plots", "samples" };

struct manifest {
	char		*dir;
	char		*remark;	/* comment lines; NULL: none */
	GString		*words;		/* .. that stand for those above */
	unsigned	threads;	/* that read files */
	/* Name -> hex, or several with a blank between. */
	GHashTable	*digests;
};

struct manifest *
manifest_new(const char *dir)
{
	struct manifest *m;

	m = g_new0(struct manifest, 1);
	m->dir = g_strdup(dir);
	m->words = g_string_new(NULL);
	m->threads = 1;
	m->digests = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    g_free);
	return (m);
}

void
manifest_free(struct manifest *m)
{

	if (m == NULL)
		return;
	g_hash_table_destroy(m->digests);
	g_string_free(m->words, TRUE);
	g_free(m->remark);
	g_free(m->dir);
	g_free(m);
}

void
manifest_threads(struct manifest *m, unsigned threads)
{

	m->threads = threads;
}

/* ---- names ------------------------------------------------------------- */

/* A name that stays below the directory. */
static bool
manifest_is_name(const char *name)
{
	g_auto(GStrv) parts = NULL;
	char **part;

	parts = g_strsplit(name, "/", -1);
	for (part = parts; *part != NULL; part++)
		if (**part == '\0' || strcmp(*part, ".") == 0 ||
		    strcmp(*part, "..") == 0)
			return (false);
	return (*name != '\0' && strcmp(name, MANIFEST_NAME) != 0 &&
	    g_strv_length(parts) <= MANIFEST_DEPTH);
}

/* Is a listed file below this directory, or is it ours without one? */
static bool
manifest_is_parent(const struct manifest *m, const char *name)
{
	g_autofree char *prefix = NULL;
	GHashTableIter it;
	void *key;
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(manifest_dirs); i++)
		if (strcmp(name, manifest_dirs[i]) == 0)
			return (true);

	prefix = g_strconcat(name, "/", NULL);
	g_hash_table_iter_init(&it, m->digests);
	while (g_hash_table_iter_next(&it, &key, NULL))
		if (g_str_has_prefix(key, prefix))
			return (true);
	return (false);
}

/* One more digest with which the file is ours. */
static void
manifest_also(struct manifest *m, const char *name, const char *digest)
{
	const char *was;

	was = g_hash_table_lookup(m->digests, name);
	g_hash_table_replace(m->digests, g_strdup(name), was == NULL ?
	    g_strdup(digest) : g_strconcat(was, " ", digest, NULL));
}

static bool
manifest_take(struct manifest *m, const char *name, const struct digest *d,
    GError **error)
{

	if (d->hex != NULL) {
		manifest_also(m, name, d->hex);
		return (true);
	}
	g_set_error(error, MANIFEST_ERROR, d->cause, "cannot read %s back: %s",
	    d->path, g_strerror(d->cause));
	return (false);
}

bool
manifest_allow(struct manifest *m, const char *name, const char *path,
    GError **error)
{
	g_autofree char *hex = NULL;
	struct digest d = { .path = (char *)path };

	d.hex = hex = digest_file(path, true);
	d.cause = errno;
	return (manifest_take(m, name, &d, error));
}

bool
manifest_add(struct manifest *m, const GPtrArray *names, GError **error)
{
	g_autofree struct digest *d = NULL;
	unsigned i;
	bool ok;

	d = g_new0(struct digest, names->len + 1);
	for (i = 0; i < names->len; i++)
		d[i].path = g_build_filename(m->dir, names->pdata[i], NULL);
	digest_files(d, names->len, m->threads, true);
	for (i = 0, ok = true; i < names->len; i++) {
		g_hash_table_remove(m->digests, names->pdata[i]);
		ok = ok && manifest_take(m, names->pdata[i], &d[i], error);
		digest_clear(&d[i]);
	}
	return (ok);
}

/* ---- the file ---------------------------------------------------------- */

/* "HEX  NAME", as sha256sum(1) prints it. */
static bool
manifest_parse_line(struct manifest *m, char *line)
{
	char *name;

	if (strspn(line, "0123456789abcdef") != DIGEST_HEX ||
	    strncmp(line + DIGEST_HEX, "  ", 2) != 0)
		return (false);
	name = line + DIGEST_HEX + 2;
	line[DIGEST_HEX] = '\0';
	if (!manifest_is_name(name))
		return (false);
	manifest_also(m, name, line);
	return (true);
}

/* The line that proves the words before it another version's, or NULL. */
static char **
manifest_sealed(struct manifest *m, char **lines)
{
	char **line;

	for (line = lines; *line != NULL && **line == '#'; line++) {
		g_autofree char *digest = NULL;

		if (g_str_has_prefix(*line, MANIFEST_REMARK))
			continue;
		if (g_str_has_prefix(*line, MANIFEST_SEAL)) {
			digest = g_compute_checksum_for_string(
			    G_CHECKSUM_SHA256, m->words->str, -1);
			if (strcmp(digest, *line + strlen(MANIFEST_SEAL)) != 0)
				break;
			g_string_append_printf(m->words, "%s\n", *line);
			return (line);
		}
		g_string_append_printf(m->words, "%s\n", *line);
	}
	g_string_truncate(m->words, 0);
	return (NULL);
}

/* A comment line that the program writes; what it is without is kept. */
static bool
manifest_parse_comment(struct manifest *m, const char *line, bool sealed)
{
	g_autofree char *before = NULL;

	if (!g_str_has_prefix(line, MANIFEST_REMARK))
		return (sealed || strcmp(line, MANIFEST_HEAD_1) == 0 ||
		    strcmp(line, MANIFEST_HEAD_2) == 0);
	before = m->remark;
	m->remark = g_strconcat(before == NULL ? "" : before, line, "\n",
	    NULL);
	return (true);
}

static bool
manifest_parse(struct manifest *m, const char *path, const char *text,
    GError **error)
{
	g_auto(GStrv) lines = NULL;
	char **line, **seal;
	unsigned i;
	bool ok;

	lines = g_strsplit(text, "\n", -1);
	line = lines;
	seal = NULL;
	/* Of a list that sha256sum(1) wrote the first line is one of a file. */
	if (g_str_has_prefix(text, PROVENANCE_MAGIC))
		seal = manifest_sealed(m, ++line);
	for (; *line != NULL; line++) {
		g_autofree char *quoted = NULL;

		if (**line == '\0' && line > lines)
			continue;
		quoted = problem_quote(*line);
		ok = **line == '#' ? manifest_parse_comment(m, *line,
		    seal != NULL && line <= seal) :
		    manifest_parse_line(m, *line);
		if (ok)
			continue;
		i = (unsigned)(line - lines);
		g_set_error(error, MANIFEST_ERROR, EINVAL, "%s:%u: %s is not "
		    "%s", path, i + 1, quoted, **line == '#' ?
		    "the program's" : "a SHA-256, two blanks and the name of "
		    "a file below");
		return (false);
	}
	return (true);
}

struct manifest *
manifest_read(const char *dir, GError **error)
{
	g_autofree char *path = NULL, *text = NULL;
	GError *cause = NULL;
	struct manifest *m;

	path = g_build_filename(dir, MANIFEST_NAME, NULL);
	text = whole_read(path, MANIFEST_MAX, NULL, &cause);
	if (text == NULL) {
		if (g_error_matches(cause, WHOLE_ERROR, ENOENT))
			g_error_free(cause);
		else
			g_propagate_error(error, cause);
		return (NULL);
	}
	m = manifest_new(dir);
	if (manifest_parse(m, path, text, error))
		return (m);
	manifest_free(m);
	return (NULL);
}

void
manifest_remark(struct manifest *m, const char *lines)
{

	g_free(m->remark);
	m->remark = g_strdup(lines);
}

void
manifest_mended(struct manifest *m, const char *what)
{
	g_autofree char *start = NULL;
	g_auto(GStrv) lines = NULL;
	GString *kept;
	char **line;

	if (m->remark == NULL)
		return;
	start = g_strconcat(MANIFEST_REMARK, what, ": ", NULL);
	lines = g_strsplit(m->remark, "\n", -1);
	kept = g_string_new(NULL);
	for (line = lines; *line != NULL; line++)
		if (**line != '\0' && !g_str_has_prefix(*line, start))
			g_string_append_printf(kept, "%s\n", *line);
	g_free(m->remark);
	m->remark = g_string_free(kept, FALSE);
}

bool
manifest_write(const struct manifest *m, const char *by, GError **error)
{
	g_autofree char *path = NULL, *tmp = NULL;
	g_autoptr(GList) names = NULL;
	g_autoptr(GString) text = NULL;
	GList *at;

	text = g_string_new(PROVENANCE_MAGIC);
	g_string_append_printf(text, "%s\n%s%s", version_text(),
	    m->words->len > 0 ? m->words->str : MANIFEST_HEAD,
	    m->remark == NULL ? "" : m->remark);
	names = g_list_sort(g_hash_table_get_keys(m->digests),
	    (GCompareFunc)(void (*)(void))strcmp);
	for (at = names; at != NULL; at = at->next) {
		g_auto(GStrv) digests = NULL;
		char **digest;

		digests = g_strsplit(g_hash_table_lookup(m->digests, at->data),
		    " ", -1);
		for (digest = digests; *digest != NULL; digest++)
			g_string_append_printf(text, "%s  %s\n", *digest,
			    (const char *)at->data);
	}
	path = g_build_filename(m->dir, MANIFEST_NAME, NULL);
	tmp = g_build_filename(by == NULL ? m->dir : by, MANIFEST_NAME
	    WHOLE_SUFFIX, NULL);
	return (whole_write_by(tmp, path, text->str, text->len, error));
}

/* ---- what is ours ------------------------------------------------------ */

static char *
manifest_none(const char *name)
{
	g_autofree char *quoted = NULL;

	quoted = problem_quote(name);
	return (g_strdup_printf("%s is none of its files", quoted));
}

/*
 * Why a file is not ours, NULL if it is.
 *
 * path		where it is now
 */
static char *
manifest_why_not(const struct manifest *m, const char *path,
    const char *name)
{
	g_autofree char *digest = NULL, *quoted = NULL;
	const char *listed;

	listed = g_hash_table_lookup(m->digests, name);
	if (listed == NULL)
		return (manifest_none(name));
	digest = digest_file(path, false);
	quoted = problem_quote(name);
	if (digest == NULL)
		return (g_strdup_printf("%s cannot be read: %s", quoted,
		    g_strerror(errno)));
	/* None is a part of another: all have one length. */
	if (strstr(listed, digest) == NULL)
		return (g_strdup_printf("%s was changed since", quoted));
	return (NULL);
}

static char *manifest_look(const struct manifest *, const char *root,
    const char *below);

/* The first file in a directory that is not ours; the directory if empty. */
static char *
manifest_none_in(const char *root, const char *name)
{
	g_autoptr(GPtrArray) names = NULL;
	g_autofree char *dir = NULL, *path = NULL;
	struct stat st;

	dir = g_build_filename(root, name, NULL);
	if (lstat(dir, &st) == 0 && S_ISDIR(st.st_mode))
		names = whole_names(dir, NULL);
	if (names == NULL || names->len == 0)
		return (manifest_none(name));
	path = g_build_filename(name, names->pdata[0], NULL);
	return (manifest_none_in(root, path));
}

/* An entry of a directory; see manifest_look(). */
static char *
manifest_look_at(const struct manifest *m, const char *root,
    const char *name)
{
	g_autofree char *path = NULL;
	struct stat st;

	path = g_build_filename(root, name, NULL);
	if (lstat(path, &st) != 0)
		return (NULL);
	if (S_ISDIR(st.st_mode))
		return (manifest_is_parent(m, name) ? manifest_look(m, root,
		    name) : manifest_none_in(root, name));
	if (S_ISREG(st.st_mode) && strcmp(name, MANIFEST_NAME) == 0)
		return (NULL);
	return (manifest_why_not(m, path, name));
}

/* The entries of a directory, and which are strangers. */
struct manifest_search {
	const struct manifest *m;
	const char	*root, *below;
	GPtrArray	*names;
	char		**found;	/* found[names->len]; NULL: ours */
};

/* A crew_each(). */
static void
manifest_look_one(void *search, unsigned i)
{
	g_autofree char *name = NULL;
	struct manifest_search *s;

	s = search;
	name = *s->below == '\0' ? g_strdup(s->names->pdata[i]) :
	    g_strconcat(s->below, "/", s->names->pdata[i], NULL);
	s->found[i] = manifest_look_at(s->m, s->root, name);
}

/* The first stranger in a directory, `below' it from `root' on ("": root). */
static char *
manifest_look(const struct manifest *m, const char *root, const char *below)
{
	struct manifest_search s = { .m = m, .root = root, .below = below };
	g_autofree char *dir = NULL;
	g_autoptr(GError) error = NULL;
	char *first;
	guint i;

	dir = g_build_filename(root, below, NULL);
	s.names = whole_names(dir, &error);
	if (s.names == NULL)
		return (g_strdup(error->message));
	s.found = g_new0(char *, s.names->len + 1);
	crew_each(*below == '\0' ? m->threads : 1, s.names->len,
	    manifest_look_one, &s);
	first = NULL;
	for (i = 0; i < s.names->len; i++) {
		if (first == NULL)
			first = g_steal_pointer(&s.found[i]);
		g_free(s.found[i]);
	}
	g_free(s.found);
	g_ptr_array_unref(s.names);
	return (first);
}

char *
manifest_stranger(const struct manifest *m, const char *at)
{

	return (manifest_look(m, at == NULL ? m->dir : at, ""));
}

bool
manifest_may_write(const struct manifest *m, const char *name,
    GError **error)
{
	g_autofree char *path = NULL, *why = NULL;
	struct stat st;

	path = g_build_filename(m->dir, name, NULL);
	if (lstat(path, &st) != 0 && errno == ENOENT)
		return (true);
	why = manifest_why_not(m, path, name);
	if (why == NULL)
		return (true);
	g_set_error(error, MANIFEST_ERROR, EEXIST, "not replacing %s: in "
	    MANIFEST_NAME " of its directory, %s; move it away", path, why);
	return (false);
}

/* ---- removing ---------------------------------------------------------- */

/* Is a directory on the way to the file a symbolic link? */
static bool
manifest_leads_away(const char *at, const char *name)
{
	g_autofree char *dir = NULL, *path = NULL;
	struct stat st;

	dir = g_path_get_dirname(name);
	if (strcmp(dir, ".") == 0)
		return (false);
	path = g_build_filename(at, dir, NULL);
	return (lstat(path, &st) != 0 || !S_ISDIR(st.st_mode) ||
	    manifest_leads_away(at, dir));
}

/* The first `depth' parts of a name, NULL if it has no more than those. */
static char *
manifest_parent(const char *name, int depth)
{
	const char *end;

	for (end = name - 1; depth > 0 && end != NULL; depth--)
		end = strchr(end + 1, '/');
	return (end == NULL ? NULL : g_strndup(name, (gsize)(end - name)));
}

/* The directories of listed files, the innermost first. */
static void
manifest_remove_dirs(const struct manifest *m, const char *at)
{
	GHashTableIter it;
	void *key;
	size_t i;
	int depth;

	for (depth = MANIFEST_DEPTH; depth > 0; depth--) {
		g_hash_table_iter_init(&it, m->digests);
		while (g_hash_table_iter_next(&it, &key, NULL)) {
			g_autofree char *name = NULL, *path = NULL;

			name = manifest_parent(key, depth);
			if (name == NULL || manifest_leads_away(at, name))
				continue;
			path = g_build_filename(at, name, NULL);
			(void)rmdir(path);
		}
	}
	for (i = 0; i < G_N_ELEMENTS(manifest_dirs); i++) {
		g_autofree char *path = NULL;

		path = g_build_filename(at, manifest_dirs[i], NULL);
		(void)rmdir(path);
	}
}

/* Files to be removed. */
struct manifest_removal {
	const struct manifest *m;
	const char	*at;
	void		**names;
};

/* A crew_each(). */
static void
manifest_remove_one(void *removal, unsigned i)
{
	g_autofree char *path = NULL, *why = NULL;
	struct manifest_removal *r;

	r = removal;
	if (manifest_leads_away(r->at, r->names[i]))
		return;
	path = g_build_filename(r->at, r->names[i], NULL);
	why = manifest_why_not(r->m, path, r->names[i]);
	if (why == NULL)
		(void)unlink(path);
}

bool
manifest_remove(const struct manifest *m, const char *at)
{
	struct manifest_removal r = { .m = m, .at = at };
	g_autofree char *list = NULL;
	unsigned n;

	r.names = g_hash_table_get_keys_as_array(m->digests, &n);
	crew_each(m->threads, n, manifest_remove_one, &r);
	g_free(r.names);
	manifest_remove_dirs(m, at);
	list = g_build_filename(at, MANIFEST_NAME, NULL);
	(void)unlink(list);
	return (rmdir(at) == 0);
}
