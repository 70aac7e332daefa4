/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Where files are made before they stand; see stage.h.
 */

#include <sys/stat.h>

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sim/kassert.h"
#include "study/run/stage.h"
#include "study/text/whole.h"

#define	STAGE_TRIES	1000		/* names for the directory */

void
stage_remark(struct stage *s, const char *fmt, ...)
{
	va_list ap;

	if (s->remark->len > 0)
		g_string_append_c(s->remark, '\n');
	va_start(ap, fmt);
	g_string_append_vprintf(s->remark, fmt, ap);
	va_end(ap);
}

char *
stage_told(struct stage *s)
{
	char *text;

	if (s->remark->len == 0)
		return (NULL);
	text = g_strdup(s->remark->str);
	g_string_truncate(s->remark, 0);
	return (text);
}

/* ---- being ended ------------------------------------------------------- */

/* Of the stage that was taken last; NULL: none, or not there yet. */
static const char *volatile stage_lease;
static const char *volatile stage_partial;
static const GPtrArray *volatile stage_made;	/* parents, for it */

void
stage_abandon(void)
{
	const char *lease, *partial;
	const GPtrArray *made;
	guint i;

	lease = stage_lease;
	partial = stage_partial;
	if (lease != NULL && (partial == NULL || rmdir(partial) == 0))
		(void)unlink(lease);
	made = stage_made;
	for (i = made == NULL ? 0 : made->len; i > 0; i--)
		(void)rmdir(made->pdata[i - 1]);
}

/* ---- what somebody left ------------------------------------------------ */

/* Clear a directory away that a lease named; what is not ours in it stays. */
static void
stage_clear(struct stage *s, const char *name)
{
	g_autofree char *path = NULL;

	if (name == NULL)
		return;
	path = g_build_filename(s->place.parent, name, NULL);
	if (!place_clear(path))
		stage_remark(s, "%s, which a run that was ended left, holds "
		    "what is not the program's: it stays", path);
}

static void
stage_mend(struct stage *s, const struct lease_page *left)
{
	const char *names[] = { left->partial, left->old };
	size_t i;

	for (i = 0; left->placing && i < G_N_ELEMENTS(names); i++) {
		g_autofree char *list = NULL, *path = NULL;

		if (names[i] == NULL)
			continue;
		path = g_build_filename(s->place.parent, names[i], NULL);
		list = g_build_filename(path, MANIFEST_NAME, NULL);
		if (g_file_test(list, G_FILE_TEST_IS_REGULAR) &&
		    place_move(path, s->place.dir))
			stage_remark(s, "%s: the run before was ended while it "
			    "put this result in place; it is there now",
			    s->place.dir);
	}
	stage_clear(s, left->partial);
	stage_clear(s, left->old);
}

/* ---- the directory ----------------------------------------------------- */

bool
stage_take(struct stage *s, const char *dir, GError **error)
{
	struct lease_page left;

	*s = (struct stage){ .lease = NULL };
	s->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	s->remark = g_string_new(NULL);
	if (!place_init(&s->place, dir, error))
		return (false);
	s->lease = lease_take(s->place.parent, s->place.name, &left, error);
	if (s->lease == NULL)
		return (false);
	stage_mend(s, &left);
	lease_page_clear(&left);
	stage_partial = NULL;
	stage_lease = lease_path(s->lease);
	stage_made = s->place.made;
	return (true);
}

static char *
stage_name(const struct stage *s, int i)
{

	return (i == 0 ? g_strdup_printf(".%s.partial-%ld", s->place.name,
	    (long)getpid()) : g_strdup_printf(".%s.partial-%ld.%d",
	    s->place.name, (long)getpid(), i));
}

/*
 * Find a name that nobody has, note it, and call the directory so: either made
 * new or what is called `was'.  A name that somebody has is not ours, and the
 * note comes first so that there is never one of ours that no note tells of.
 */
static bool
stage_claim(struct stage *s, const char *was, GError **error)
{
	struct stat st;
	bool ok;
	int i;

	for (i = 0; i < STAGE_TRIES; i++) {
		g_autofree char *name = stage_name(s, i);
		g_autofree char *path = g_build_filename(s->place.parent,
		    name, NULL);

		if (lstat(path, &st) == 0)
			continue;
		/* Not to be left by a handler as long as it is named there. */
		stage_lease = NULL;
		if (!lease_note(s->lease, name, NULL, false, error))
			return (false);
		ok = was == NULL ? mkdir(path, 0777) == 0 :
		    place_move(was, path);
		if (ok) {
			/* Who may read the old one may read this one. */
			if (was == NULL && stat(s->place.dir, &st) == 0 &&
			    S_ISDIR(st.st_mode))
				(void)chmod(path, st.st_mode & 07777);
			s->partial = g_steal_pointer(&path);
			stage_partial = s->partial;
			stage_lease = lease_path(s->lease);
			return (true);
		}
		if (errno != EEXIST) {
			g_set_error(error, PLACE_ERROR, errno, "cannot make "
			    "%s: %s", path, g_strerror(errno));
			break;
		}
	}
	if (i == STAGE_TRIES)
		g_set_error(error, PLACE_ERROR, EEXIST, "%s: %d names beside "
		    "it are taken", s->place.dir, i);
	(void)lease_note(s->lease, NULL, NULL, false, NULL);
	return (false);
}

bool
stage_make(struct stage *s, GError **error)
{

	KASSERT(s->partial == NULL, ("%s is there", s->partial));
	return (stage_claim(s, NULL, error));
}

bool
stage_move(struct stage *from, struct stage *to, GError **error)
{
	GHashTable *names;

	if (!stage_claim(to, from->partial, error))
		return (false);
	g_clear_pointer(&from->partial, g_free);
	(void)lease_note(from->lease, NULL, NULL, false, NULL);
	names = to->names;
	to->names = from->names;
	from->names = names;
	return (true);
}

void
stage_expect(struct stage *s, const char *name)
{

	g_hash_table_add(s->names, g_strdup(name));
}

bool
stage_placing(struct stage *s, const char *old, GError **error)
{
	g_autofree char *name = NULL;

	name = g_path_get_basename(s->partial);
	return (lease_note(s->lease, name, old, true, error));
}

/* ---- its end ----------------------------------------------------------- */

static void
stage_unlink(const struct stage *s, const char *name)
{
	g_autofree char *path = NULL, *rest = NULL;

	path = g_build_filename(s->partial, name, NULL);
	rest = g_strconcat(path, WHOLE_SUFFIX, NULL);
	(void)unlink(path);
	(void)unlink(rest);
}

/* The directories that a file of ours was in, the inner ones first. */
static void
stage_rmdirs(const struct stage *s, const char *name)
{
	g_autofree char *dir = NULL, *path = NULL;

	dir = g_path_get_dirname(name);
	if (strcmp(dir, ".") == 0)
		return;
	path = g_build_filename(s->partial, dir, NULL);
	if (rmdir(path) == 0 || errno == ENOENT)
		stage_rmdirs(s, dir);
}

static void
stage_remove(const struct stage *s)
{
	GHashTableIter it;
	void *name;

	stage_unlink(s, MANIFEST_NAME);
	g_hash_table_iter_init(&it, s->names);
	while (g_hash_table_iter_next(&it, &name, NULL))
		stage_unlink(s, name);
	g_hash_table_iter_init(&it, s->names);
	while (g_hash_table_iter_next(&it, &name, NULL))
		stage_rmdirs(s, name);
	(void)rmdir(s->partial);
}

void
stage_fini(struct stage *s)
{

	stage_lease = NULL;
	stage_made = NULL;
	if (s->partial != NULL && !s->keep)
		stage_remove(s);
	lease_drop(s->lease);
	place_fini(&s->place);
	if (s->names != NULL)
		g_hash_table_destroy(s->names);
	if (s->remark != NULL)
		g_string_free(s->remark, TRUE);
	g_free(s->partial);
	*s = (struct stage){ .lease = NULL };
}
