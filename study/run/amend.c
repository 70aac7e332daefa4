/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Files that come into a directory; see amend.h.
 */

#include <sys/stat.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "study/run/amend.h"
#include "study/run/stage.h"
#include "study/text/whole.h"

#define	AMEND_ERROR	g_quark_from_static_string("pcbsim-amend")

struct amend {
	struct stage	stage;
	struct manifest	*manifest;
};

/* Nothing is there yet, or a directory. */
static bool
amend_check(const char *dir, GError **error)
{
	g_autofree char *no_dir = NULL;
	struct stat st;

	if (lstat(dir, &st) == 0)
		no_dir = whole_no_dir(dir);
	if (no_dir == NULL)
		return (true);
	g_set_error(error, AMEND_ERROR, ENOTDIR, "%s: %s", dir, no_dir);
	return (false);
}

struct amend *
amend_new(const char *dir, GError **error)
{
	struct amend *a;
	GError *cause = NULL;

	a = g_new0(struct amend, 1);
	if (stage_take(&a->stage, dir, &cause) &&
	    amend_check(a->stage.place.dir, &cause) &&
	    stage_make(&a->stage, &cause))
		a->manifest = manifest_read(a->stage.place.dir, &cause);
	if (cause != NULL) {
		amend_free(a);
		g_propagate_error(error, cause);
		return (NULL);
	}
	if (a->manifest == NULL)
		a->manifest = manifest_new(a->stage.place.dir);
	return (a);
}

void
amend_mended(struct amend *a, const char *what)
{

	manifest_mended(a->manifest, what);
}

void
amend_free(struct amend *a)
{

	if (a == NULL)
		return;
	stage_fini(&a->stage);
	manifest_free(a->manifest);
	g_free(a);
}

char *
amend_remark(struct amend *a)
{

	return (stage_told(&a->stage));
}

const char *
amend_partial(const struct amend *a)
{

	return (a->stage.partial);
}

/* Make the directory that a file of this name is in. */
static bool
amend_mkdir(const char *root, const char *name, GError **error)
{
	g_autofree char *dir = NULL, *path = NULL;

	path = g_build_filename(root, name, NULL);
	dir = g_path_get_dirname(path);
	if (g_mkdir_with_parents(dir, 0777) == 0)
		return (true);
	g_set_error(error, AMEND_ERROR, errno, "cannot make %s: %s", dir,
	    g_strerror(errno));
	return (false);
}

bool
amend_expect(struct amend *a, const char *name, GError **error)
{

	stage_expect(&a->stage, name);
	return (manifest_may_write(a->manifest, name, error) &&
	    amend_mkdir(a->stage.partial, name, error));
}

bool
amend_text(struct amend *a, const char *name, const char *text,
    GError **error)
{
	g_autofree char *path = NULL;

	if (!amend_expect(a, name, error))
		return (false);
	path = g_build_filename(a->stage.partial, name, NULL);
	return (whole_write(path, text, strlen(text), error));
}

/* Both digests of every file that is about to move. */
static bool
amend_allow(struct amend *a, GPtrArray *moved, GError **error)
{
	GHashTableIter it;
	void *name;

	g_hash_table_iter_init(&it, a->stage.names);
	while (g_hash_table_iter_next(&it, &name, NULL)) {
		g_autofree char *path = NULL;

		path = g_build_filename(a->stage.partial, name, NULL);
		/* What was expected may not have come. */
		if (!g_file_test(path, G_FILE_TEST_EXISTS))
			continue;
		if (!manifest_may_write(a->manifest, name, error) ||
		    !manifest_allow(a->manifest, name, path, error))
			return (false);
		g_ptr_array_add(moved, name);
	}
	return (true);
}

static bool
amend_move(struct amend *a, const char *name, GError **error)
{
	g_autofree char *from = NULL, *to = NULL;

	/* Not before the list knows of it: whose is an empty directory? */
	if (!amend_mkdir(a->stage.place.dir, name, error))
		return (false);
	from = g_build_filename(a->stage.partial, name, NULL);
	to = g_build_filename(a->stage.place.dir, name, NULL);
	if (rename(from, to) != 0) {
		g_set_error(error, AMEND_ERROR, errno, "cannot put in place "
		    "%s: %s", to, g_strerror(errno));
		return (false);
	}
	return (true);
}

bool
amend_commit(struct amend *a, GError **error)
{
	g_autoptr(GPtrArray) moved = NULL;
	bool ok;
	guint i;

	moved = g_ptr_array_new();
	if (!lease_held(a->stage.lease, error) ||
	    !amend_allow(a, moved, error) ||
	    !amend_mkdir(a->stage.place.dir, MANIFEST_NAME, error) ||
	    !manifest_write(a->manifest, a->stage.partial, error))
		return (false);
	ok = true;
	for (i = 0; ok && i < moved->len; i++)
		ok = amend_move(a, moved->pdata[i], error);
	return (ok && manifest_add(a->manifest, moved, error) &&
	    manifest_write(a->manifest, a->stage.partial, error));
}
