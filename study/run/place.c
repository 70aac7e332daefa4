/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The place of a result; see place.h.
 */

#include <sys/types.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "study/run/place.h"
#include "study/run/provenance.h"
#include "study/text/dirs.h"
#include "study/text/problem.h"
#include "study/text/whole.h"

#define	PLACE_PLOTS	"plots/"
#define	PLACE_SAMPLES	"samples/"
#define	PLACE_SWEEP_PAGE "sweep.html"
#define	PLACE_ASIDES	1000		/* names that are tried */

/* What a result may hold; anything else in a directory is somebody's. */
static const char *const place_names[] = {
	"run.ini", "summary.csv", "timeline.csv", "stalls.csv", "latency.csv",
	"connects.csv", "addresses.csv", "locks.csv", "ports.csv",
	"searches.csv", "report.txt", "report.html", "trace.json",
	MANIFEST_NAME, NULL
};
static const char *const place_live[] = { "live.csv", "live.txt", "costs.csv",
    NULL };
static const char *const place_pictures[] = { ".gp", ".svg", ".png", ".dat" };

/* .., and which directories; those of samples/ are called as variants are. */
static bool
place_is_dir(const char *name)
{

	return (strcmp(name, "plots") == 0 || strcmp(name, "samples") == 0 ||
	    g_str_has_prefix(name, PLACE_SAMPLES));
}

/* What a file is called once it is whole; g_free(). */
static char *
place_whole_name(const char *full)
{
	char *name;

	name = g_strdup(full);
	if (g_str_has_suffix(name, WHOLE_SUFFIX))
		name[strlen(name) - strlen(WHOLE_SUFFIX)] = '\0';
	return (name);
}

/* Letters, and an ending that pictures have. */
static bool
place_is_picture(const char *name, const char *letters)
{
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(place_pictures); i++)
		if (g_str_has_suffix(name, place_pictures[i]))
			return (strspn(name, letters) == strlen(name) -
			    strlen(place_pictures[i]));
	return (false);
}

static bool
place_is_name(const char *name)
{

	if (g_strv_contains(place_names, name))
		return (true);
	if (g_str_has_prefix(name, PLACE_SAMPLES))
		return (g_str_has_suffix(name, ".txt"));
	return (g_str_has_prefix(name, PLACE_PLOTS) && place_is_picture(name +
	    strlen(PLACE_PLOTS), "abcdefghijklmnopqrstuvwxyz-"));
}

/*
 * What may be in a directory that was never finished: also pictures and the
 * page of a sweep, what `live' tells, and files by their names of before they
 * were whole.
 */
static bool
place_is_piece(const char *full)
{
	g_autofree char *name = place_whole_name(full);

	return (place_is_name(name) || g_strv_contains(place_live, name) ||
	    strcmp(name, PLACE_SWEEP_PAGE) == 0 ||
	    (g_str_has_prefix(name, "sweep-") && place_is_picture(name,
	    "abcdefghijklmnopqrstuvwxyz0123456789_-")));
}

/* ---- which place ------------------------------------------------------- */

static bool
place_refuse(GError **error, const char *dir, int code, const char *why)
{
	g_autofree char *quoted = NULL;

	quoted = g_strescape(dir, "\\\"");
	g_set_error(error, PLACE_ERROR, code, "not replacing %s: %s", quoted,
	    why);
	return (false);
}

/* Is something else mounted there? */
static bool
place_is_mount(const char *dir, const char *parent)
{
	struct stat above, st;

#ifdef STATX_ATTR_MOUNT_ROOT
	struct statx sx;

	if (statx(AT_FDCWD, dir, AT_SYMLINK_NOFOLLOW, STATX_TYPE, &sx) == 0 &&
	    (sx.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0)
		return (true);
#endif
	return (stat(dir, &st) == 0 && stat(parent, &above) == 0 &&
	    st.st_dev != above.st_dev);
}

/* Is it the current directory, or one that holds it? */
static bool
place_is_here(const char *dir)
{
	g_autofree char *prefix = NULL;
	char *here;
	bool is;

	here = realpath(".", NULL);
	if (here == NULL)
		return (false);
	prefix = g_strconcat(dir, "/", NULL);
	is = strcmp(here, dir) == 0 || g_str_has_prefix(here, prefix);
	free(here);
	return (is);
}

/* May it be moved away, whatever is in it? */
static bool
place_check(const struct place *p, GError **error)
{
	struct stat st;

	if (lstat(p->dir, &st) != 0)
		return (errno == ENOENT ? true : place_refuse(error, p->dir,
		    errno, g_strerror(errno)));
	if (S_ISLNK(st.st_mode))
		return (place_refuse(error, p->dir, ENOENT, "it is a symbolic "
		    "link that leads nowhere"));
	if (!S_ISDIR(st.st_mode))
		return (place_refuse(error, p->dir, ENOTDIR, "it is not a "
		    "directory"));
	if (place_is_here(p->dir))
		return (place_refuse(error, p->dir, EBUSY, "the current "
		    "directory cannot be replaced, nor one that holds it; "
		    "name one in it"));
	if (place_is_mount(p->dir, p->parent))
		return (place_refuse(error, p->dir, EBUSY, "it is a mount "
		    "point; name a directory in it"));
	return (true);
}

bool
place_init(struct place *p, const char *dir, GError **error)
{
	g_autofree char *full = NULL, *parent = NULL;
	char *real;

	*p = (struct place){ .threads = 1, .made = dirs_new() };
	full = g_canonicalize_filename(dir, NULL);
	real = realpath(full, NULL);
	if (real != NULL) {
		p->dir = g_strdup(real);
		free(real);
		p->parent = g_path_get_dirname(p->dir);
	} else {
		parent = g_path_get_dirname(full);
		if (dirs_make(parent, p->made))
			real = realpath(parent, NULL);
		if (real == NULL) {
			g_set_error(error, PLACE_ERROR, errno, "cannot make "
			    "%s: %s", parent, g_strerror(errno));
			place_fini(p);
			return (false);
		}
		p->parent = g_strdup(real);
		free(real);
		real = g_path_get_basename(full);
		p->dir = g_build_filename(p->parent, real, NULL);
		g_free(real);
	}
	p->name = g_path_get_basename(p->dir);
	if (strcmp(p->parent, p->dir) != 0)
		return (true);
	(void)place_refuse(error, p->dir, EBUSY, "it is the root");
	place_fini(p);
	return (false);
}

void
place_fini(struct place *p)
{

	if (p->made != NULL) {
		dirs_unmake(p->made);
		g_clear_pointer(&p->made, g_ptr_array_unref);
	}
	g_clear_pointer(&p->parent, g_free);
	g_clear_pointer(&p->name, g_free);
	g_clear_pointer(&p->dir, g_free);
}

/* ---- what stands there ------------------------------------------------- */

/* The names in a directory, "plots/x.svg" of one in it. */
static GPtrArray *
place_list(const char *dir, const char *below, GError **error)
{
	g_autoptr(GPtrArray) names = NULL;
	g_autofree char *path = NULL;
	char *name;
	guint i;

	path = g_build_filename(dir, below, NULL);
	names = whole_names(path, error);
	for (i = 0; names != NULL && *below != '\0' && i < names->len; i++) {
		name = names->pdata[i];
		names->pdata[i] = g_strconcat(below, "/", name, NULL);
		g_free(name);
	}
	return (g_steal_pointer(&names));
}

/* The first name that no result has, of a directory that nothing lists. */
static char *
place_alien(const char *dir, const char *below)
{
	g_autoptr(GPtrArray) names = NULL;
	char *alien;
	guint i;

	names = place_list(dir, below, NULL);
	if (names == NULL)
		return (g_strdup(*below == '\0' ? dir : below));
	alien = NULL;
	for (i = 0; alien == NULL && i < names->len; i++) {
		g_autofree char *path = NULL;
		struct stat st;

		path = g_build_filename(dir, names->pdata[i], NULL);
		if (lstat(path, &st) != 0)
			st.st_mode = 0;
		if (S_ISDIR(st.st_mode) && place_is_dir(names->pdata[i]))
			alien = place_alien(dir, names->pdata[i]);
		else if (!S_ISREG(st.st_mode) ||
		    !place_is_name(names->pdata[i]))
			alien = g_strdup(names->pdata[i]);
	}
	return (alien);
}

/* Was summary.csv of `dir' written by us? */
static bool
place_is_result(const char *dir)
{
	char head[sizeof(PROVENANCE_MAGIC)] = "";
	g_autofree char *path = NULL;
	ssize_t n;
	int fd;

	path = g_build_filename(dir, "summary.csv", NULL);
	fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return (false);
	n = read(fd, head, strlen(PROVENANCE_MAGIC));
	close(fd);
	return (n == (ssize_t)strlen(PROVENANCE_MAGIC) &&
	    strcmp(head, PROVENANCE_MAGIC) == 0);
}

/* A directory without a manifest: empty, or a result of an older build. */
static bool
place_state_unlisted(const struct place *p, enum place_state *state,
    GError **error)
{
	g_autofree char *alien = NULL, *quoted = NULL, *why = NULL;
	g_autoptr(GPtrArray) names = NULL;
	g_autoptr(GError) cause = NULL;

	names = place_list(p->dir, "", &cause);
	if (names == NULL)
		return (place_refuse(error, p->dir, cause->code,
		    cause->message));
	*state = names->len == 0 ? PLACE_FREE : PLACE_UNLISTED;
	if (names->len == 0)
		return (true);
	alien = place_alien(p->dir, "");
	if (alien == NULL && place_is_result(p->dir))
		return (true);
	quoted = alien == NULL ? g_strdup("no summary.csv of ours") :
	    problem_quote(alien);
	why = g_strdup_printf("it is not (only) a result of this program (%s)",
	    quoted);
	return (place_refuse(error, p->dir, EEXIST, why));
}

bool
place_state(const struct place *p, enum place_state *state,
    struct manifest **manifest, GError **error)
{
	g_autofree char *stranger = NULL, *why = NULL;
	struct manifest *m;
	GError *cause = NULL;
	struct stat st;

	if (manifest != NULL)
		*manifest = NULL;
	*state = PLACE_FREE;
	if (!place_check(p, error))
		return (false);
	if (lstat(p->dir, &st) != 0)
		return (true);
	/* Its files could not be taken away: said before anything is run. */
	if (faccessat(AT_FDCWD, p->dir, W_OK | X_OK, AT_EACCESS) != 0)
		return (place_refuse(error, p->dir, errno,
		    g_strerror(errno)));
	m = manifest_read(p->dir, &cause);
	if (cause != NULL) {
		g_propagate_prefixed_error(error, cause, "not replacing %s: ",
		    p->dir);
		return (false);
	}
	if (m == NULL)
		return (place_state_unlisted(p, state, error));
	*state = PLACE_OURS;
	manifest_threads(m, p->threads);
	stranger = manifest_stranger(m, NULL);
	if (stranger == NULL && manifest != NULL)
		*manifest = g_steal_pointer(&m);
	manifest_free(m);
	if (stranger == NULL)
		return (true);
	why = g_strdup_printf("%s; move it away, or take another --out",
	    stranger);
	return (place_refuse(error, p->dir, EEXIST, why));
}

/* ---- moves ------------------------------------------------------------- */

bool
place_move(const char *from, const char *to)
{
	struct stat st;

#ifdef RENAME_NOREPLACE
	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
		return (true);
	if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP)
		return (false);
#endif
	if (lstat(to, &st) == 0) {
		errno = EEXIST;
		return (false);
	}
	return (errno == ENOENT && rename(from, to) == 0);
}

bool
place_exchange(const char *a, const char *b)
{

#ifdef RENAME_EXCHANGE
	if (renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE) == 0)
		return (true);
	if (errno == ENOSYS || errno == ENOTSUP)
		errno = EINVAL;
#else
	(void)a;
	(void)b;
	errno = EINVAL;
#endif
	return (false);
}

char *
place_aside(const struct place *p, const char *from, const char *suffix)
{
	char *to;
	int i;

	for (i = 1; i <= PLACE_ASIDES; i++) {
		to = i == 1 ? g_strdup_printf("%s.%s", p->dir, suffix) :
		    g_strdup_printf("%s.%s-%d", p->dir, suffix, i);
		if (place_move(from, to))
			return (to);
		g_free(to);
		if (errno != EEXIST && errno != ENOTEMPTY)
			break;
	}
	return (NULL);
}

void
place_sync(const char *dir)
{
	int fd;

	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return;
	/* Not every file system can; then it is no worse than without. */
	(void)fsync(fd);
	close(fd);
}

/* ---- clearing ---------------------------------------------------------- */

/* Files of our names, in a directory that was never finished. */
static void
place_clear_names(const char *dir, const char *below)
{
	g_autoptr(GPtrArray) names = NULL;
	guint i;

	names = place_list(dir, below, NULL);
	for (i = 0; names != NULL && i < names->len; i++) {
		g_autofree char *path = NULL;
		struct stat st;

		path = g_build_filename(dir, names->pdata[i], NULL);
		if (lstat(path, &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode) && place_is_dir(names->pdata[i])) {
			place_clear_names(dir, names->pdata[i]);
			(void)rmdir(path);
		} else if (S_ISREG(st.st_mode) &&
		    place_is_piece(names->pdata[i])) {
			(void)unlink(path);
		}
	}
}

bool
place_clear(const char *dir)
{
	struct manifest *m;
	GError *cause = NULL;
	struct stat st;
	bool gone;

	if (lstat(dir, &st) != 0)
		return (true);
	if (!S_ISDIR(st.st_mode))
		return (false);
	m = manifest_read(dir, &cause);
	if (m != NULL) {
		gone = manifest_remove(m, dir);
		manifest_free(m);
		return (gone);
	}
	/* Which of its files are whose nobody can tell. */
	if (cause != NULL) {
		g_error_free(cause);
		return (false);
	}
	place_clear_names(dir, "");
	return (rmdir(dir) == 0);
}
