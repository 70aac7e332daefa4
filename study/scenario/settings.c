/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a scenario's files say, key by key; see settings.h.
 */

#include <stdarg.h>
#include <string.h>

#include "models/registry.h"
#include "models/stacks/stack.h"
#include "sim/kassert.h"
#include "study/scenario/addrs.h"
#include "study/scenario/settings.h"
#include "study/scenario/sysctl.h"
#include "study/text/nearest.h"
#include "study/text/piped.h"
#include "study/text/unit.h"

#define	SETTINGS_MAXNAMES	1000	/* workloads, variants */

/* Who looks on if nobody is named. */
static const struct {
	const char	*group;
	const char	*kind;
} settings_observers[] = {
	{ "observer:screen", "vt-echo" },
	{ "observer:ssh", "ssh" },
	{ "observer:daemon", "timed" },
	{ "observer:serial", "serial" }
};

#define	CONSOLE_GROUP	"observer:console"	/* what [console] is */

void
settings_problem(const struct settings *st, const struct keyfile_entry *e,
    const char *fmt, ...)
{
	g_autofree char *what = NULL;
	va_list ap;

	va_start(ap, fmt);
	what = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	problems_add(st->problems, "%s: [%s] %s = %s: %s", e->where, e->group,
	    e->key, e->value, what);
}

/* ---- groups ------------------------------------------------------------ */

/* "workload:nginx" -> "nginx"; NULL if it is no group of that kind. */
static const char *
group_instance(const char *group, const char *kind)
{
	size_t len;

	len = strlen(kind);
	if (strncmp(group, kind, len) != 0 || group[len] != ':')
		return (NULL);
	return (group + len + 1);
}

static bool
instance_ok(const char *name)
{
	const char *p;

	for (p = name; *p != '\0'; p++)
		if (!g_ascii_isalnum(*p) && *p != '-' && *p != '_')
			return (false);
	/* Expressions must tell a name from a number. */
	return (g_ascii_isalpha(*name) && strlen(name) <= 60);
}

static void
settings_unknown_group(struct settings *st, const struct keyfile_group *g)
{
	static const char *const names[] = { "scenario", "host", "kernel",
	    "console", "inbound", "netstat", "workload:NAME", "observer:NAME",
	    "variant:NAME", "expect" };
	g_autofree char *hint = NULL, *kind = NULL, *typed = NULL;

	if (strcmp(g->name, "sweep") == 0) {
		problems_add(st->problems, "%s: [sweep]: belongs to a sweep "
		    "file of its own, which names this scenario; see "
		    "`pcbsim sweep'", g->where);
		return;
	}
	kind = g_strndup(g->name, strcspn(g->name, ":"));
	if (param_group_named(kind))
		hint = g_strdup_printf("; did you mean '[%s:NAME]'?", kind);
	else {
		typed = strchr(g->name, ':') == NULL ? g_strdup(g->name) :
		    g_strconcat(kind, ":NAME", NULL);
		hint = nearest_hint(typed, names, G_N_ELEMENTS(names));
	}
	problems_add(st->problems, "%s: [%s]: there is no such group; allowed: "
	    "scenario, host, kernel, console, inbound, netstat, workload:NAME, "
	    "observer:NAME, variant:NAME, expect%s", g->where, g->name, hint);
}

static void
settings_instance(struct settings *st, const struct keyfile_group *g,
    const char *name, GPtrArray *names)
{
	unsigned max;

	max = names == st->observers ? RUN_MAXOBSERVERS : SETTINGS_MAXNAMES;
	if (!instance_ok(name))
		problems_add(st->problems, "%s: [%s]: is no name; allowed: a "
		    "letter, then letters, digits, - and _, at most 60",
		    g->where, g->name);
	else if (names->len >= max)
		problems_add(st->problems, "%s: [%s]: one too many; at most "
		    "%u", g->where, g->name, max);
	else
		g_ptr_array_add(names, (void *)(uintptr_t)name);
}

/* console_max_ms is the first observer's, whatever its name. */
static void
settings_console_first(struct settings *st)
{
	guint i;

	for (i = 1; i < st->observers->len; i++)
		if (strcmp(st->observers->pdata[i], "console") == 0)
			problems_add(st->problems, "%s: [%s]: the first "
			    "observer only may be called so",
			    keyfile_group(st->keyfile, CONSOLE_GROUP)->where,
			    CONSOLE_GROUP);
}

static void
settings_groups(struct settings *st)
{
	const struct keyfile_group *g;
	const char *name;
	guint i;

	for (i = 0; i < st->keyfile->groups->len; i++) {
		g = st->keyfile->groups->pdata[i];
		if ((name = group_instance(g->name, "workload")) != NULL)
			settings_instance(st, g, name, st->workloads);
		else if ((name = group_instance(g->name, "observer")) != NULL)
			settings_instance(st, g, name, st->observers);
		else if ((name = group_instance(g->name, "variant")) != NULL)
			settings_instance(st, g, name, st->variants);
		/* [console] is still there if it was refused: once will do. */
		else if (strcmp(g->name, "expect") != 0 &&
		    strcmp(g->name, "console") != 0 &&
		    !param_group_known(g->name))
			settings_unknown_group(st, g);
	}
	settings_console_first(st);
}

/* ---- observers --------------------------------------------------------- */

/* [console] and its paths, as files before there were observers have them. */
static void
settings_console(struct settings *st)
{
	const struct keyfile_entry *e;
	struct keyfile_group *g;
	guint i;

	for (i = 0; i < st->keyfile->groups->len; i++) {
		g = st->keyfile->groups->pdata[i];
		if (strcmp(g->name, "console") != 0)
			continue;
		if (keyfile_group(st->keyfile, CONSOLE_GROUP) != NULL) {
			problems_add(st->problems, "%s: [console]: is another "
			    "name of [%s], which is there, too", g->where,
			    CONSOLE_GROUP);
			break;
		}
		keyfile_rename(st->keyfile, "console", CONSOLE_GROUP);
		if (keyfile_get(st->keyfile, CONSOLE_GROUP, "kind") == NULL)
			keyfile_set(st->keyfile, CONSOLE_GROUP, "kind",
			    "vt-echo", g->where, ".");
		break;
	}
	for (i = 0; i < st->keyfile->entries->len; i++) {
		e = st->keyfile->entries->pdata[i];
		if (group_instance(e->group, "variant") != NULL &&
		    g_str_has_prefix(e->key, "console."))
			keyfile_prefix(st->keyfile, e, "observer:");
	}
}

/* Nobody is named: some who wait for different things. */
static void
settings_default_observers(struct settings *st, const char *path)
{
	const struct keyfile_group *g;
	guint i;

	for (i = 0; i < st->keyfile->groups->len; i++) {
		g = st->keyfile->groups->pdata[i];
		if (group_instance(g->name, "observer") != NULL)
			return;
	}
	for (i = 0; i < G_N_ELEMENTS(settings_observers); i++)
		keyfile_set(st->keyfile, settings_observers[i].group, "kind",
		    settings_observers[i].kind, path, ".");
}

/* ---- entries ----------------------------------------------------------- */

const struct param *
settings_param(const struct keyfile_entry *e, char **group)
{
	const char *dot;

	*group = NULL;
	if (group_instance(e->group, "variant") == NULL ||
	    (dot = strchr(e->key, '.')) == NULL) {
		*group = g_strdup(e->group);
		return (param_find(e->group, e->key));
	}
	*group = g_strndup(e->key, (size_t)(dot - e->key));
	return (param_find(*group, dot + 1));
}

/* A workload or an observer that a path names, but no file. */
static bool
settings_nobody(struct settings *st, const struct keyfile_entry *e,
    const char *group)
{
	g_autofree char *hint = NULL;
	const GPtrArray *names;
	const char *name;

	names = st->workloads;
	name = group_instance(group, "workload");
	if (name == NULL) {
		names = st->observers;
		name = group_instance(group, "observer");
	}
	if (name == NULL || keyfile_group(st->keyfile, group) != NULL)
		return (false);
	/* It may be in the file that could not be read. */
	if (st->keyfile->partial)
		return (true);
	hint = nearest_hint(name, (const char *const *)names->pdata,
	    names->len);
	settings_problem(st, e, "there is no [%s]%s", group, hint);
	return (true);
}

static void
settings_unknown_key(struct settings *st, const struct keyfile_entry *e,
    const char *group)
{
	g_autoptr(GError) error = NULL;
	const char *dot;

	dot = strchr(e->key, '.');
	if (strcmp(e->group, group) != 0 && !param_group_known(group)) {
		settings_problem(st, e, "'%s' is no group of parameters; a "
		    "path is GROUP.KEY, such as host.cpus or workload:%s.rate",
		    group, st->workloads->len > 0 ?
		    (const char *)st->workloads->pdata[0] : "NAME");
		return;
	}
	param_unknown(group, strcmp(e->group, group) == 0 ? e->key : dot + 1,
	    &error);
	settings_problem(st, e, "%s", error->message);
}

static void
settings_entry_parse(struct settings *st, const struct keyfile_entry *e)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *group = NULL, *text = NULL;
	const struct param *p;
	struct value *v;

	if (strcmp(e->group, "expect") == 0) {
		if (*e->value == '\0')
			settings_problem(st, e, "is empty; allowed: an "
			    "expression such as VARIANT.ok > 0");
		return;
	}
	p = settings_param(e, &group);
	if (strcmp(group, e->group) != 0 &&
	    settings_nobody(st, e, group))
		return;
	if (p == NULL) {
		/* The unknown group was told already. */
		if (strcmp(group, e->group) != 0 || param_group_known(group))
			settings_unknown_key(st, e, group);
		return;
	}
	if (strcmp(group, e->group) != 0 && (p->flags & PARAM_NO_VARIANT ||
	    strcmp(p->group, "variant") == 0)) {
		settings_problem(st, e, "is the same for all variants; set it "
		    "in [%s]", p->group);
		return;
	}
	text = strcmp(p->group, "kernel") == 0 ?
	    sysctl_value(p, e->value) : g_strdup(e->value);
	v = value_new(p, text, e->dir, &error);
	problems_because(st->problems, error);
	if (v == NULL)
		settings_problem(st, e, "%s", error->message);
	else
		g_hash_table_replace(st->values, (void *)(uintptr_t)e, v);
}

/* ---- overrides --------------------------------------------------------- */

/* The path in today's words.  Free with g_free(). */
static char *
override_path(const char *path)
{
	const char *dot;

	if (g_str_has_prefix(path, "console."))
		return (g_strconcat("observer:", path, NULL));
	dot = strchr(path, '.');
	if (group_instance(path, "variant") != NULL && dot != NULL &&
	    g_str_has_prefix(dot, ".console."))
		return (g_strdup_printf("%.*s.observer:%s",
		    (int)(dot - path), path, dot + 1));
	return (g_strdup(path));
}

/*
 * "*3" of addresses: as many of those that stand there, and on from the last.
 * Free with g_free(); NULL: it is no such value.
 */
static char *
override_count(struct settings *st, const char *group, const char *key,
    const char *text)
{
	g_autoptr(GArray) addrs = NULL;
	const struct keyfile_entry *e;
	const struct param *p;
	g_auto(GStrv) path = NULL;
	GString *out;
	uint32_t addr;
	uint64_t n;

	path = g_strsplit(key, ".", 2);
	p = param_find(group, key);
	if (p == NULL && g_strv_length(path) == 2)
		p = param_find(path[0], path[1]);
	if (p == NULL || p->type != PARAM_ADDRS || *text != '*' ||
	    !unit_count(text + 1, &n, NULL) || n == 0 || n > ADDRS_MAX)
		return (NULL);
	addrs = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	e = keyfile_get(st->keyfile, group, key);
	if (e == NULL || !addrs_parse(e->value, ADDRS_MAX, addrs,
	    NULL)) {
		g_array_set_size(addrs, 0);
		addrs_parse(SETTINGS_PRIMARY, 1, addrs, NULL);
	}
	while (addrs->len < n) {
		addr = net_addr_add(g_array_index(addrs, uint32_t,
		    addrs->len - 1), 1);
		g_array_append_val(addrs, addr);
	}
	out = g_string_new(NULL);
	addrs_add(out, (const uint32_t *)(void *)addrs->data, (unsigned)n);
	return (g_string_free(out, FALSE));
}

static void
settings_override(struct settings *st, const struct override *o)
{
	g_autofree char *counted = NULL, *value = NULL;
	g_autofree char *group = NULL, *key = NULL, *path = NULL;
	const char *dot, *home, *what;

	g_hash_table_add(st->options, g_strdup(o->where));
	path = override_path(o->path);
	dot = strchr(path, '.');
	if (dot == NULL || dot == path || dot[1] == '\0') {
		problems_add(st->problems, "%s: %s = %s: is no parameter; a "
		    "path is GROUP.KEY, such as host.cpus", o->where, o->path,
		    o->value);
		return;
	}
	group = g_strndup(path, (size_t)(dot - path));
	if (strcmp(o->path, "scenario.include") == 0 ||
	    strcmp(o->path, "kernel.include-sysctl") == 0) {
		problems_add(st->problems, "%s: %s = %s: files are included "
		    "by files only", o->where, o->path, o->value);
		return;
	}
	if (strchr(group, ':') != NULL &&
	    keyfile_group(st->keyfile, group) == NULL) {
		const char *names[SETTINGS_MAXNAMES];
		g_autofree char *hint = NULL;
		unsigned i;

		for (i = 0; i < st->keyfile->groups->len &&
		    i < SETTINGS_MAXNAMES; i++)
			names[i] = ((struct keyfile_group *)
			    st->keyfile->groups->pdata[i])->name;
		hint = nearest_hint(group, names, i);
		problems_add(st->problems, "%s: %s = %s: there is no [%s]%s",
		    o->where, o->path, o->value, group, hint);
		return;
	}
	/* Nothing that run.ini could not say. */
	value = g_strstrip(g_strdup(o->value));
	what = keyfile_value_wrong(value, strlen(value));
	if (what != NULL) {
		g_autofree char *quoted = problem_quote(value);

		problems_add(st->problems, "%s: %s = %s: %s", o->where,
		    o->path, quoted, what);
		return;
	}
	counted = override_count(st, group, dot + 1, value);
	if (counted != NULL)
		keyfile_set(st->keyfile, group, dot + 1, counted, o->where,
		    ".");
	else if (pasted_home(group, dot + 1, &home, &key))
		keyfile_set(st->keyfile, home, key, value, o->where, ".");
	else
		keyfile_set(st->keyfile, group, dot + 1, value, o->where, ".");
}

void
settings_replace(struct settings *st, const char *group, const char *key,
    const char *text, const char *where)
{
	struct value *v;

	v = value_new(param_find(group, key), text, ".", NULL);
	KASSERT(v != NULL, ("%s.%s = %s", group, key, text));
	keyfile_set(st->keyfile, group, key, text, where, ".");
	g_hash_table_replace(st->values,
	    (void *)(uintptr_t)keyfile_get(st->keyfile, group, key), v);
}

/* ---- required keys ----------------------------------------------------- */

static void
settings_required(struct settings *st, const char *path)
{
	const struct keyfile_group *g;
	const struct param *p;
	guint i;

	if (keyfile_group(st->keyfile, "scenario") == NULL)
		problems_add(st->problems, "%s: there is no [scenario]",
		    piped_title(path));
	for (i = 0; i < st->keyfile->groups->len; i++) {
		g = st->keyfile->groups->pdata[i];
		/* One with a bad name was told already. */
		if (strchr(g->name, ':') != NULL &&
		    !instance_ok(strchr(g->name, ':') + 1))
			continue;
		for (p = param_table; p->group != NULL; p++)
			if (p->flags & PARAM_REQUIRED &&
			    param_in(p, g->name) &&
			    keyfile_get(st->keyfile, g->name, p->key) == NULL)
				problems_add(st->problems, "%s: [%s]: the key "
				    "%s is missing", g->where, g->name,
				    p->key);
	}
	if (st->variants->len == 0)
		problems_add(st->problems, "%s: there is no [variant:NAME]; a "
		    "scenario needs one at least", piped_title(path));
}

/* ---- life -------------------------------------------------------------- */

static void
settings_value_free(void *value)
{

	value_free(value);
}

struct settings *
settings_new(const char *path, const char *text,
    const struct override *overrides, unsigned noverrides,
    const struct settings *base,
    struct problems *problems)
{
	struct keyfile_foreign foreign;
	struct settings *st;
	unsigned i;
	guint before;

	st = g_new0(struct settings, 1);
	st->problems = problems;
	st->values = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL,
	    settings_value_free);
	st->defaults = defaults_new(base == NULL ? NULL : base->defaults);
	st->written = text != NULL;
	st->options = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	st->workloads = g_ptr_array_new();
	st->observers = g_ptr_array_new();
	st->variants = g_ptr_array_new();
	before = problems->lines->len;
	pasted_init(&st->pasted);
	pasted_lines(&st->pasted, &foreign);
	st->keyfile = keyfile_new(path, text, &foreign, problems);
	/* A file that cannot be read is one problem, not twenty. */
	if (st->keyfile->groups->len == 0 && problems->lines->len > before)
		return (st);
	pasted_files(&st->pasted, st->keyfile, problems);
	pasted_settle(&st->pasted, st->keyfile, path, problems);
	settings_console(st);
	settings_default_observers(st, path);
	for (i = 0; i < noverrides; i++)
		settings_override(st, &overrides[i]);
	settings_groups(st);
	for (i = 0; i < st->keyfile->entries->len; i++)
		settings_entry_parse(st, st->keyfile->entries->pdata[i]);
	if (!st->keyfile->partial)
		settings_required(st, path);
	return (st);
}

void
settings_free(struct settings *st)
{

	g_hash_table_unref(st->values);
	g_hash_table_unref(st->options);
	defaults_free(st->defaults);
	g_ptr_array_unref(st->workloads);
	g_ptr_array_unref(st->observers);
	g_ptr_array_unref(st->variants);
	keyfile_free(st->keyfile);
	pasted_fini(&st->pasted);
	g_free(st);
}
