/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Files that were read; see taken.h.
 */

#include <sys/types.h>
#include <sys/stat.h>

#include <inttypes.h>

#include <glib.h>

#include "study/text/taken.h"

static GMutex taken_lock;
static GHashTable *taken_all;	/* "DEVICE:INODE" */

/* NULL: no file of a disk; g_free(). */
static char *
taken_key(const struct stat *st)
{

	return (!S_ISREG(st->st_mode) ? NULL : g_strdup_printf("%" PRIuMAX
	    ":%" PRIuMAX, (uintmax_t)st->st_dev, (uintmax_t)st->st_ino));
}

static void
taken_add(const struct stat *st)
{
	char *key;

	key = taken_key(st);
	if (key == NULL)
		return;
	g_mutex_lock(&taken_lock);
	if (taken_all == NULL)
		taken_all = g_hash_table_new_full(g_str_hash, g_str_equal,
		    g_free, NULL);
	g_hash_table_add(taken_all, key);
	g_mutex_unlock(&taken_lock);
}

void
taken_note(int fd)
{
	struct stat st;

	if (fstat(fd, &st) == 0)
		taken_add(&st);
}

void
taken_note_path(const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0)
		taken_add(&st);
}

bool
taken_is(const char *path)
{
	g_autofree char *key = NULL;
	struct stat st;
	bool is;

	if (stat(path, &st) != 0)
		return (false);
	key = taken_key(&st);
	if (key == NULL)
		return (false);
	g_mutex_lock(&taken_lock);
	is = taken_all != NULL && g_hash_table_contains(taken_all, key);
	g_mutex_unlock(&taken_lock);
	return (is);
}
