/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Key files, once they are read; see keyfile.h.
 */

#include <stdint.h>
#include <string.h>

#include "study/text/keyfile.h"

/* ---- entries ----------------------------------------------------------- */

static guint
entry_hash(const void *arg)
{
	const struct keyfile_entry *e = arg;

	return (g_str_hash(e->group) * 31 + g_str_hash(e->key));
}

static gboolean
entry_equal(const void *a, const void *b)
{
	const struct keyfile_entry *x = a, *y = b;

	return (strcmp(x->key, y->key) == 0 &&
	    strcmp(x->group, y->group) == 0);
}

static void
entry_free(void *arg)
{
	struct keyfile_entry *e = arg;

	g_free(e->group);
	g_free(e->key);
	g_free(e->value);
	g_free(e->where);
	g_free(e->dir);
	g_free(e);
}

static void
group_free(void *arg)
{
	struct keyfile_group *g = arg;

	g_free(g->name);
	g_free(g->where);
	g_free(g);
}

const struct keyfile_entry *
keyfile_get(const struct keyfile *kf, const char *group, const char *key)
{
	const struct keyfile_entry asked = { .group = (char *)(uintptr_t)group,
	    .key = (char *)(uintptr_t)key };

	return (g_hash_table_lookup(kf->index, &asked));
}

const struct keyfile_group *
keyfile_group(const struct keyfile *kf, const char *name)
{

	return (g_hash_table_lookup(kf->named, name));
}

void
keyfile_group_add(struct keyfile *kf, const char *name, const char *where)
{
	struct keyfile_group *g;

	if (keyfile_group(kf, name) != NULL)
		return;
	g = g_new0(struct keyfile_group, 1);
	g->name = g_strdup(name);
	g->where = g_strdup(where);
	g_ptr_array_add(kf->groups, g);
	g_hash_table_insert(kf->named, g->name, g);
}

void
keyfile_set(struct keyfile *kf, const char *group, const char *key,
    const char *value, const char *where, const char *dir)
{
	struct keyfile_entry *e;

	keyfile_group_add(kf, group, where);
	e = (struct keyfile_entry *)(uintptr_t)keyfile_get(kf, group, key);
	if (e == NULL) {
		e = g_new0(struct keyfile_entry, 1);
		e->group = g_strdup(group);
		e->key = g_strdup(key);
		g_ptr_array_add(kf->entries, e);
		g_hash_table_add(kf->index, e);
	} else {
		g_free(e->value);
		g_free(e->where);
		g_free(e->dir);
	}
	e->value = g_strdup(value);
	e->where = g_strdup(where);
	e->dir = g_strdup(dir);
}

/* Another name for an entry; both strings become its own. */
static void
keyfile_entry_name(struct keyfile *kf, struct keyfile_entry *e, char *group,
    char *key)
{

	g_hash_table_remove(kf->index, e);
	g_free(e->group);
	g_free(e->key);
	e->group = group;
	e->key = key;
	g_hash_table_add(kf->index, e);
}

void
keyfile_rename(struct keyfile *kf, const char *from, const char *to)
{
	struct keyfile_entry *e;
	struct keyfile_group *g;
	guint i;

	g = g_hash_table_lookup(kf->named, from);
	if (g != NULL) {
		g_hash_table_remove(kf->named, from);
		g_free(g->name);
		g->name = g_strdup(to);
		g_hash_table_insert(kf->named, g->name, g);
	}
	for (i = 0; i < kf->entries->len; i++) {
		e = kf->entries->pdata[i];
		if (strcmp(e->group, from) == 0)
			keyfile_entry_name(kf, e, g_strdup(to),
			    g_strdup(e->key));
	}
}

void
keyfile_prefix(struct keyfile *kf, const struct keyfile_entry *entry,
    const char *prefix)
{

	keyfile_entry_name(kf, (struct keyfile_entry *)(uintptr_t)entry,
	    g_strdup(entry->group), g_strconcat(prefix, entry->key, NULL));
}

void
keyfile_remove(struct keyfile *kf, const struct keyfile_entry *e)
{

	(void)g_hash_table_remove(kf->index, e);
	g_ptr_array_remove(kf->entries, (void *)(uintptr_t)e);
}

struct keyfile *
keyfile_empty(void)
{
	struct keyfile *kf;

	kf = g_new0(struct keyfile, 1);
	kf->groups = g_ptr_array_new_with_free_func(group_free);
	kf->named = g_hash_table_new(g_str_hash, g_str_equal);
	kf->entries = g_ptr_array_new_with_free_func(entry_free);
	kf->index = g_hash_table_new(entry_hash, entry_equal);
	return (kf);
}

void
keyfile_free(struct keyfile *kf)
{

	g_hash_table_unref(kf->index);
	g_hash_table_unref(kf->named);
	g_ptr_array_unref(kf->entries);
	g_ptr_array_unref(kf->groups);
	g_free(kf->preface.question);
	g_free(kf->preface.expected);
	g_free(kf->preface.wrong);
	g_free(kf);
}
