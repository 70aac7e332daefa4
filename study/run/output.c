/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A directory of results; see output.h.
 */

#include <sys/types.h>
#include <sys/stat.h>

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "sim/kassert.h"
#include "study/run/column.h"
#include "study/run/manifest.h"
#include "study/run/output.h"
#include "study/run/provenance.h"
#include "study/run/stage.h"

#define	OUTPUT_LOOKS	20		/* for a result that may be moving */
#define	OUTPUT_LOOK_US	10000		/* apart */

struct output {
	struct stage	stage;
	struct stage	first;		/* before output_divert(), if it was */
	GString		*lacks;		/* lines for the manifest, or NULL */
	GPtrArray	*open;		/* of struct output_file */
};

struct output_file {
	char		*path;
	FILE		*file;
};

static void
output_error(GError **error, const char *doing, const char *path, int cause)
{

	g_set_error(error, OUTPUT_ERROR, cause, "%s %s: %s", doing, path,
	    g_strerror(cause));
}

char *
output_remark(struct output *o)
{

	return (stage_told(&o->stage));
}

/* ---- what stands there ------------------------------------------------- */

/* The lines of summary.csv up to the data; NULL if it is none of ours. */
static char *
output_read_head(const char *dir)
{
	g_autofree char *path = NULL;
	char buf[4096];
	size_t n;
	FILE *f;

	path = g_build_filename(dir, "summary.csv", NULL);
	if (!g_file_test(path, G_FILE_TEST_IS_REGULAR))
		return (NULL);
	f = fopen(path, "re");
	if (f == NULL)
		return (NULL);
	n = fread(buf, 1, sizeof(buf) - 1, f);
	fclose(f);
	buf[n] = '\0';
	if (!g_str_has_prefix(buf, PROVENANCE_MAGIC))
		return (NULL);
	return (g_strdup(buf));
}

bool
output_stands(const char *dir)
{
	g_autofree char *head = NULL;

	head = output_read_head(dir);
	return (head != NULL && strstr(head, "\n" PROVENANCE_INCOMPLETE) ==
	    NULL);
}

/* ---- the result as a whole --------------------------------------------- */

static void
output_file_free(void *file)
{
	struct output_file *of;

	of = file;
	if (of->file != NULL)
		fclose(of->file);
	g_free(of->path);
	g_free(of);
}

struct output *
output_new(const char *dir, GError **error)
{
	enum place_state state;
	struct output *o;
	GError *cause = NULL;

	o = g_new0(struct output, 1);
	o->open = g_ptr_array_new_with_free_func(output_file_free);
	if (stage_take(&o->stage, dir, &cause) &&
	    place_state(&o->stage.place, &state, NULL, &cause) &&
	    stage_make(&o->stage, &cause))
		return (o);
	output_free(o);
	/* One domain, whoever found it. */
	g_set_error_literal(error, OUTPUT_ERROR, cause->code, cause->message);
	g_error_free(cause);
	return (NULL);
}

void
output_free(struct output *o)
{

	if (o == NULL)
		return;
	g_ptr_array_free(o->open, TRUE);
	stage_fini(&o->stage);
	stage_fini(&o->first);
	if (o->lacks != NULL)
		g_string_free(o->lacks, TRUE);
	g_free(o);
}

void
output_threads(struct output *o, unsigned threads)
{

	o->stage.place.threads = threads;
}

const char *
output_partial(const struct output *o)
{

	return (o->stage.partial);
}

const char *
output_dir(const struct output *o)
{

	return (o->stage.place.dir);
}

FILE *
output_open(struct output *o, const char *name, GError **error)
{
	g_autofree char *parent = NULL, *path = NULL;
	struct output_file *of;
	FILE *file;

	path = g_build_filename(o->stage.partial, name, NULL);
	parent = g_path_get_dirname(path);
	if (g_mkdir_with_parents(parent, 0777) != 0) {
		output_error(error, "cannot make", parent, errno);
		return (NULL);
	}
	stage_expect(&o->stage, name);
	file = fopen(path, "wxe");
	if (file == NULL) {
		output_error(error, "cannot make", path, errno);
		return (NULL);
	}
	of = g_new(struct output_file, 1);
	*of = (struct output_file){ g_steal_pointer(&path), file };
	g_ptr_array_add(o->open, of);
	return (file);
}

/*
 * Why writing failed some time ago: errno is long gone, but a full disk is
 * still full.  The file is of no use any more, so another byte does no harm.
 */
static int
output_cause(FILE *file)
{

	clearerr(file);
	errno = 0;
	(void)fputc('\n', file);
	(void)fflush(file);
	return (errno != 0 ? errno : EIO);
}

/* The path of an open file, which is the caller's to close and to free. */
static char *
output_forget(struct output *o, FILE *file)
{
	struct output_file *of;
	char *path;
	guint i;

	for (i = 0; i < o->open->len; i++) {
		of = o->open->pdata[i];
		if (of->file != file)
			continue;
		path = g_steal_pointer(&of->path);
		of->file = NULL;
		g_ptr_array_remove_index(o->open, i);
		return (path);
	}
	kpanic("a file that is not open");
}

bool
output_close(struct output *o, FILE *file, GError **error)
{
	g_autofree char *path = NULL;
	int cause;

	path = output_forget(o, file);
	cause = 0;
	if (fflush(file) != 0)
		cause = errno;
	else if (ferror(file))
		cause = output_cause(file);
	/* EINVAL: what it is on cannot be synced, as a pipe. */
	else if (fsync(fileno(file)) != 0 && errno != EINVAL)
		cause = errno;
	if (fclose(file) != 0 && cause == 0)
		cause = errno;
	if (cause == 0)
		return (true);
	output_error(error, "cannot write", path, cause);
	/* Half a file is worse than none. */
	(void)unlink(path);
	return (false);
}

bool
output_text(struct output *o, const char *name, const char *text,
    GError **error)
{
	FILE *f;

	f = output_open(o, name, error);
	if (f == NULL)
		return (false);
	fputs(text, f);
	return (output_close(o, f, error));
}

void
output_expect(struct output *o, const char *name)
{

	stage_expect(&o->stage, name);
}

/* ---- putting it in place ----------------------------------------------- */

void
output_lack(struct output *o, const char *what, const char *why)
{
	g_autofree char *line = NULL;

	line = g_strdup_printf("# without: %s: %s", what, why);
	g_strdelimit(line, "\r\n", ' ');
	if (o->lacks == NULL)
		o->lacks = g_string_new(NULL);
	g_string_append_printf(o->lacks, "%s\n", line);
}

static bool
output_list(const struct output *o, GError **error)
{
	g_autoptr(GPtrArray) names = NULL;
	const struct stage *s;
	struct manifest *m;
	GHashTableIter it;
	void *name;
	bool ok;

	s = &o->stage;
	m = manifest_new(s->partial);
	if (o->lacks != NULL)
		manifest_remark(m, o->lacks->str);
	names = g_ptr_array_new();
	g_hash_table_iter_init(&it, s->names);
	while (g_hash_table_iter_next(&it, &name, NULL)) {
		g_autofree char *path = NULL;

		path = g_build_filename(s->partial, name, NULL);
		/* What was expected may not have come. */
		if (g_file_test(path, G_FILE_TEST_EXISTS))
			g_ptr_array_add(names, name);
	}
	manifest_threads(m, s->place.threads);
	ok = manifest_add(m, names, error) && manifest_write(m, NULL, error);
	manifest_free(m);
	if (ok)
		place_sync(s->partial);
	return (ok);
}

/* Remove what was replaced; what came into it meanwhile is put beside. */
static void
output_remove_old(struct stage *s, const struct manifest *m, const char *old)
{
	g_autofree char *aside = NULL;

	if (manifest_remove(m, old))
		return;
	aside = place_aside(&s->place, old, "kept");
	stage_remark(s, "%s: what came into the old result meanwhile, or "
	    "cannot be removed", aside == NULL ? old : aside);
}

/* The old result goes out of the way and this one into its place, in two. */
static bool
output_swap_in_two(struct stage *s, const struct manifest *m, GError **error)
{
	g_autofree char *name = NULL, *old = NULL;
	int cause;

	name = g_strdup_printf(".%s.old-%ld", s->place.name, (long)getpid());
	old = g_build_filename(s->place.parent, name, NULL);
	if (!stage_placing(s, name, error))
		return (false);
	if (!place_move(s->place.dir, old)) {
		output_error(error, "cannot move", s->place.dir, errno);
		return (false);
	}
	if (!place_move(s->partial, s->place.dir)) {
		cause = errno;
		(void)place_move(old, s->place.dir);
		output_error(error, "cannot put in place", s->place.dir, cause);
		return (false);
	}
	place_sync(s->place.parent);
	output_remove_old(s, m, old);
	return (true);
}

static bool
output_swap(struct stage *s, const struct manifest *m, GError **error)
{

	if (!stage_placing(s, NULL, error))
		return (false);
	if (place_exchange(s->partial, s->place.dir)) {
		place_sync(s->place.parent);
		output_remove_old(s, m, s->partial);
		return (true);
	}
	if (errno == EINVAL)
		return (output_swap_in_two(s, m, error));
	output_error(error, "cannot put in place", s->place.dir, errno);
	return (false);
}

/* A result that nothing lists: which of its files are whose nobody can tell. */
static bool
output_move_unlisted(struct stage *s, GError **error)
{
	g_autofree char *aside = NULL;

	if (!stage_placing(s, NULL, error))
		return (false);
	aside = place_aside(&s->place, s->place.dir, "before");
	if (aside == NULL) {
		output_error(error, "cannot move", s->place.dir, errno);
		return (false);
	}
	stage_remark(s, "%s: an older result without a " MANIFEST_NAME
	    ", which was at %s; remove it if nothing in it is yours", aside,
	    s->place.dir);
	return (true);
}

static bool
output_put(struct stage *s, GError **error)
{
	enum place_state state;
	struct manifest *m;
	bool ok;

	/* Somebody may have put something there meanwhile. */
	if (!lease_held(s->lease, error) ||
	    !place_state(&s->place, &state, &m, error))
		return (false);
	if (state == PLACE_OURS) {
		ok = output_swap(s, m, error);
		manifest_free(m);
		return (ok);
	}
	if (state == PLACE_UNLISTED && !output_move_unlisted(s, error))
		return (false);
	/* Onto an empty directory, or nothing. */
	if (rename(s->partial, s->place.dir) == 0) {
		place_sync(s->place.parent);
		return (true);
	}
	output_error(error, "cannot put in place", s->place.dir, errno);
	return (false);
}

bool
output_commit_beside(struct output *o, const GError *why, GError **error)
{
	g_autofree char *aside = NULL;
	struct stage *s;

	KASSERT(o->open->len == 0, ("%u files are still open", o->open->len));
	s = &o->stage;
	if (!s->keep && !output_list(o, error))
		return (false);
	s->keep = true;
	aside = place_aside(&s->place, s->partial, "new");
	place_sync(s->place.parent);
	g_set_error(error, OUTPUT_ERROR, why->code, "%s\nthe new result is at "
	    "%s", why->message, aside == NULL ? s->partial : aside);
	return (false);
}

bool
output_commit(struct output *o, GError **error)
{
	g_autoptr(GError) cause = NULL;
	struct stage *s;

	KASSERT(o->open->len == 0, ("%u files are still open", o->open->len));
	s = &o->stage;
	if (!output_list(o, error))
		return (false);
	/* From here on it is whole: whatever comes, it is kept. */
	s->keep = true;
	return (output_put(s, &cause) || output_commit_beside(o, cause,
	    error));
}

bool
output_divert(struct output *o, const char *dir, GError **error)
{
	enum place_state state;
	struct stage to;

	KASSERT(o->first.lease == NULL, ("%s was diverted before",
	    o->stage.place.dir));
	if (!stage_take(&to, dir, error) ||
	    !place_state(&to.place, &state, NULL, error) ||
	    !stage_move(&o->stage, &to, error)) {
		stage_fini(&to);
		return (false);
	}
	to.place.threads = o->stage.place.threads;
	/* The first place stays ours until all is over. */
	o->first = o->stage;
	o->stage = to;
	return (true);
}

/* ---- for those who read ------------------------------------------------ */

/* What the journal of a place names, if the moves had begun: whole or old. */
static char *
output_moved(const char *parent, const char *name)
{
	g_autofree char *list = NULL, *new = NULL;
	struct lease_page page;
	char *found;

	if (!lease_peek(parent, name, &page))
		return (NULL);
	found = NULL;
	if (page.placing && page.partial != NULL) {
		new = g_build_filename(parent, page.partial, NULL);
		list = g_build_filename(new, MANIFEST_NAME, NULL);
		if (g_file_test(list, G_FILE_TEST_IS_REGULAR))
			found = g_steal_pointer(&new);
	}
	if (found == NULL && page.placing && page.old != NULL)
		found = g_build_filename(parent, page.old, NULL);
	lease_page_clear(&page);
	return (found);
}

char *
output_doubt(const char *dir)
{
	const struct column *c;
	struct manifest *m;
	const char *changed, *file;

	m = manifest_read(dir, NULL);
	if (m == NULL)
		return (NULL);
	changed = NULL;
	file = "run.ini";
	if (!manifest_may_write(m, file, NULL))
		changed = file;
	else if (!manifest_may_write(m, "summary.csv", NULL))
		changed = "summary.csv";
	for (c = column_table; c->name != NULL && changed == NULL; c++) {
		if (strcmp(c->file, file) != 0 &&
		    !manifest_may_write(m, c->file, NULL))
			changed = c->file;
		file = c->file;
	}
	manifest_free(m);
	return (changed == NULL ? NULL : g_strdup_printf("%s/%s: is not as "
	    "the run wrote it (" MANIFEST_NAME "); so what follows may not be "
	    "what came out", dir, changed));
}

char *
output_find(const char *dir, char **remark)
{
	g_autofree char *full = NULL, *name = NULL, *parent = NULL;
	char *found;
	int i;

	*remark = NULL;
	full = g_canonicalize_filename(dir, NULL);
	parent = g_path_get_dirname(full);
	name = g_path_get_basename(full);
	/* A run that is at it needs no longer than this between two moves. */
	for (i = 0; i < OUTPUT_LOOKS; i++) {
		if (g_file_test(full, G_FILE_TEST_EXISTS))
			return (g_strdup(dir));
		found = output_moved(parent, name);
		if (found == NULL)
			return (g_strdup(dir));
		if (i + 1 < OUTPUT_LOOKS) {
			g_free(found);
			g_usleep(OUTPUT_LOOK_US);
		}
	}
	*remark = g_strdup_printf("%s: a run was ended while it put a result "
	    "in place there; read from %s, until a run mends it", dir, found);
	return (found);
}
