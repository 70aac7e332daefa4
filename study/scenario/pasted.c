/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A kernel's lines in a scenario; see pasted.h.
 */

#include <stdarg.h>
#include <string.h>

#include "study/scenario/pasted.h"
#include "study/scenario/sysctl.h"
#include "study/text/file_name.h"
#include "study/text/lines.h"

#define	PASTED_MAXNAMES	8	/* told one by one */

static char *
pasted_name(const char *group, const char *key)
{

	return (g_strconcat(group, "\n", key, NULL));
}

void
pasted_init(struct pasted *pa)
{

	pa->notes = g_ptr_array_new_with_free_func(g_free);
	pa->unused = g_ptr_array_new_with_free_func(g_free);
	pa->deferred = g_ptr_array_new_with_free_func(g_free);
	pa->where = NULL;
	pa->in_value = false;
	pa->from_files = g_hash_table_new_full(g_str_hash, g_str_equal,
	    g_free, NULL);
}

void
pasted_fini(struct pasted *pa)
{

	g_ptr_array_unref(pa->notes);
	g_ptr_array_unref(pa->unused);
	g_ptr_array_unref(pa->deferred);
	g_free(pa->where);
	g_hash_table_unref(pa->from_files);
}

void
pasted_note(struct pasted *pa, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	g_ptr_array_add(pa->notes, g_strdup_vprintf(fmt, ap));
	va_end(ap);
}

/* "a, b, c and 5 more". */
static char *
names_text(const GPtrArray *names)
{
	GString *out;
	guint i;

	out = g_string_new(NULL);
	for (i = 0; i < names->len && i < PASTED_MAXNAMES; i++)
		g_string_append_printf(out, "%s%s", i > 0 ? ", " : "",
		    (const char *)names->pdata[i]);
	if (names->len > i)
		g_string_append_printf(out, " and %u more", names->len - i);
	return (g_string_free(out, FALSE));
}

/* ---- under [kernel] ---------------------------------------------------- */

/* What results would depend on, were it read; NULL: they do not. */
static const char *
not_read(const char *name)
{
	static const char mslt[] = "TIME_WAIT lasts twice net.inet.tcp.msl "
	    "towards any peer";
	static const char *const names[][2] = {
		{ "net.ipv4.tcp_max_tw_buckets", "TIME_WAIT has no cap here; "
		    "in a kernel that is at it a port is free at once" },
		{ "net.inet.tcp.msl_local", "TIME_WAIT of connections to "
		    "itself lasts as long as of others" },
		{ "net.inet.tcp.mslt.enable", mslt },
		{ "net.inet.tcp.mslt.loopback", mslt },
		{ "net.inet.tcp.mslt.local", mslt },
		{ "net.inet.tcp.mslt.remote", mslt },
		{ "net.inet.tcp.baddynamic", "OpenBSD's own list is what is "
		    "never given" },
		{ "net.inet.ip.anonportalgo.reserve", "no port is reserved" }
	};
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(names); i++)
		if (strcmp(names[i][0], name) == 0)
			return (names[i][1]);
	return (NULL);
}

static void
pasted_unused(struct pasted *pa, const char *where, const char *name)
{

	if (not_read(name) != NULL) {
		pasted_note(pa, "%s: [kernel] %s is not read: %s", where,
		    name, not_read(name));
		return;
	}
	if (pa->where == NULL)
		pa->where = g_strdup(where);
	if (!g_ptr_array_find_with_equal_func(pa->unused, name, g_str_equal,
	    NULL))
		g_ptr_array_add(pa->unused, g_strdup(name));
}

void
pasted_linux(struct pasted *pa, const char *where, const char *name,
    const char *value)
{
	g_autofree char *freebsd = sysctl_counterpart(name, value);

	pasted_note(pa, "%s: [kernel] %s is a name of Linux and left out; in "
	    "its place FreeBSD has %s", where, name, freebsd != NULL ?
	    freebsd : "nothing");
}

/* What it stands for depends on the stacks, which are not known yet. */
static void
pasted_defer(struct pasted *pa, const char *where, const char *name,
    const char *value)
{

	g_ptr_array_add(pa->deferred, g_strdup(where));
	g_ptr_array_add(pa->deferred, g_strdup(name));
	g_ptr_array_add(pa->deferred, g_strdup(value));
}

/* Is Linux the only kernel here? */
static bool
all_are_linux(const struct keyfile *kf)
{
	const struct keyfile_entry *e;
	bool any;
	guint i;

	for (i = 0, any = false; i < kf->entries->len; i++) {
		e = kf->entries->pdata[i];
		if (!g_str_has_prefix(e->group, "variant:") ||
		    strcmp(e->key, "stack") != 0)
			continue;
		if (!g_str_has_prefix(e->value, "linux"))
			return (false);
		any = true;
	}
	return (any);
}

static void
pasted_deferred(struct pasted *pa, const struct keyfile *kf)
{
	char *const *d;
	bool ours;
	guint i;

	ours = all_are_linux(kf);
	for (i = 0; i + 2 < pa->deferred->len; i += 3) {
		d = (char *const *)pa->deferred->pdata + i;
		if (ours)
			pasted_unused(pa, d[0], d[1]);
		else
			pasted_linux(pa, d[0], d[1], d[2]);
	}
}

/* A keyfile_foreign.line. */
static char *
pasted_line(void *arg, const char *where, const char *text)
{
	g_autofree char *name = NULL, *value = NULL;
	enum sysctl_kind kind;
	struct pasted *pa;

	pa = arg;
	if (*text == ';' || sysctl_only_asks(text))
		return (g_strdup(""));
	if (!sysctl_split(text, &name, &value))
		return (pa->in_value ? g_strdup("") : NULL);
	if (strcmp(name, "include-sysctl") == 0)
		return (NULL);
	kind = sysctl_kind(name);
	/* A value of several lines, as kern.geom.confxml has. */
	if (pa->in_value && kind == SYSCTL_NONE && sysctl_is_printed(text))
		return (g_strdup(""));
	pa->in_value = kind == SYSCTL_UNUSED && sysctl_is_printed(text);
	switch (kind) {
	case SYSCTL_UNUSED:
		pasted_unused(pa, where, name);
		return (g_strdup(""));
	case SYSCTL_LINUX:
		pasted_defer(pa, where, name, value);
		return (g_strdup(""));
	case SYSCTL_NONE:
		/* It is no kernel's line, so its # is a mistake, too. */
		return (NULL);
	default:
		return (g_strconcat(name, " = ", value, NULL));
	}
}

void
pasted_lines(struct pasted *pa, struct keyfile_foreign *foreign)
{

	foreign->group = "kernel";
	foreign->line = pasted_line;
	foreign->arg = pa;
}

/* ---- files ------------------------------------------------------------- */

/* A file on its way in. */
struct pasted_file {
	struct pasted	*pa;
	struct keyfile	*kf;
	const char	*path;
	GPtrArray	*taken;		/* names */
	unsigned	unused;		/* names without a meaning */
};

/* The scenario's own word goes over it, under either name. */
static void
file_take(struct pasted_file *f, const struct param *p, const char *name,
    const char *value, const char *where)
{
	char *entry;

	entry = pasted_name(p->group, p->key);
	if ((keyfile_get(f->kf, p->group, p->key) != NULL ||
	    keyfile_get(f->kf, "kernel", name) != NULL) &&
	    !g_hash_table_contains(f->pa->from_files, entry)) {
		g_free(entry);
		return;
	}
	keyfile_set(f->kf, p->group, p->key, value, where, ".");
	g_hash_table_add(f->pa->from_files, entry);
	if (!g_ptr_array_find_with_equal_func(f->taken, name, g_str_equal,
	    NULL))
		g_ptr_array_add(f->taken, g_strdup(name));
}

static void
file_line(struct pasted_file *f, uint64_t number, const char *text)
{
	g_autofree char *freebsd = NULL, *name = NULL, *value = NULL;
	g_autofree char *where = NULL;
	const struct param *p;

	/* What is written otherwise continues the value above. */
	if (*text == '#' || *text == ';' ||
	    !sysctl_split(text, &name, &value))
		return;
	where = g_strdup_printf("%s:%" G_GUINT64_FORMAT, f->path, number);
	p = sysctl_param(name);
	if (p != NULL) {
		file_take(f, p, name, value, where);
		return;
	}
	f->unused++;
	freebsd = sysctl_counterpart(name, value);
	if (freebsd != NULL)
		pasted_defer(f->pa, where, name, value);
	else if (not_read(name) != NULL)
		pasted_unused(f->pa, where, name);
}

static void
file_read(struct pasted_file *f, GError **error)
{
	g_autofree char *taken = NULL;
	struct lines *in;
	char *text;

	in = lines_open_again(f->path, error);
	if (in == NULL)
		return;
	while (lines_next(in, &text, error) && text != NULL)
		file_line(f, lines_number(in), g_strstrip(text));
	lines_close(in);
	if (*error != NULL)
		return;
	if (f->taken->len == 0 && f->unused == 0) {
		problem_set(error, "%s: no line of it is NAME=VALUE or NAME: "
		    "VALUE, as sysctl.conf and `sysctl -a' have them",
		    f->path);
		return;
	}
	taken = names_text(f->taken);
	pasted_note(f->pa, "%s: %s%s taken; %u other names have no meaning "
	    "here", f->path, f->taken->len > 0 ? taken : "nothing",
	    f->taken->len > 1 ? " are" : " is", f->unused);
}

static void
pasted_file(struct pasted *pa, struct keyfile *kf,
    const struct keyfile_entry *e, const char *given, struct problems *all)
{
	struct pasted_file f = { .pa = pa, .kf = kf };
	g_autoptr(GError) error = NULL;
	g_autofree char *path = NULL;

	path = file_name_find(e->dir, given, &error);
	if (path == NULL) {
		problems_add(all, "%s: [kernel] include-sysctl = %s: %s",
		    e->where, given, error->message);
		problems_because(all, error);
		return;
	}
	f.path = path;
	f.taken = g_ptr_array_new_with_free_func(g_free);
	file_read(&f, &error);
	if (error != NULL)
		problems_add(all, "%s", error->message);
	problems_because(all, error);
	g_ptr_array_unref(f.taken);
}

void
pasted_files(struct pasted *pa, struct keyfile *kf, struct problems *all)
{
	const struct keyfile_entry *e;
	g_auto(GStrv) names = NULL;
	unsigned i;

	e = keyfile_get(kf, "kernel", "include-sysctl");
	if (e == NULL)
		return;
	/* The entries move while others are added. */
	names = g_strsplit(e->value, ";", -1);
	for (i = 0; names[i] != NULL; i++)
		if (*g_strstrip(names[i]) != '\0' || i == 0)
			pasted_file(pa, kf, e, names[i], all);
}

bool
pasted_from_file(const struct pasted *pa, const struct keyfile_entry *e)
{
	g_autofree char *name = pasted_name(e->group, e->key);

	return (g_hash_table_contains(pa->from_files, name));
}

/* ---- names of other groups --------------------------------------------- */

bool
pasted_home(const char *group, const char *key, const char **home_group,
    char **home_key)
{
	const struct param *p;

	if (strcmp(group, "kernel") == 0) {
		p = sysctl_param(key);
		if (p == NULL || strcmp(p->group, group) == 0)
			return (false);
		*home_group = p->group;
		*home_key = g_strdup(p->key);
		return (true);
	}
	if (!g_str_has_prefix(group, "variant:") ||
	    !g_str_has_prefix(key, "kernel."))
		return (false);
	p = sysctl_param(key + strlen("kernel."));
	if (p == NULL || strcmp(p->group, "kernel") == 0)
		return (false);
	*home_group = group;
	*home_key = g_strconcat(p->group, ".", p->key, NULL);
	return (true);
}

/* What goes over what: a file of sysctls, an included file, the scenario. */
static unsigned
entry_rank(const struct pasted *pa, const struct keyfile_entry *e,
    const char *path)
{
	size_t len;

	if (pasted_from_file(pa, e))
		return (0);
	len = strlen(path);
	return (strncmp(e->where, path, len) == 0 && e->where[len] == ':' ?
	    2 : 1);
}

static void
entry_settle(struct pasted *pa, struct keyfile *kf,
    const struct keyfile_entry *e, const char *path, struct problems *all)
{
	const struct keyfile_entry *there;
	g_autofree char *key = NULL;
	const char *group;

	if (!pasted_home(e->group, e->key, &group, &key))
		return;
	there = keyfile_get(kf, group, key);
	if (there == NULL ||
	    entry_rank(pa, e, path) > entry_rank(pa, there, path))
		keyfile_set(kf, group, key, e->value, e->where, e->dir);
	else if (entry_rank(pa, e, path) == entry_rank(pa, there, path))
		problems_add(all, "%s: [%s] %s = %s: the same as [%s] %s, "
		    "which stands in %s", e->where, e->group, e->key,
		    e->value, group, key, there->where);
	keyfile_remove(kf, e);
}

/* Settings of what no run here has: that is more than a key without use. */
static void
note_out_of_scope(struct pasted *pa)
{
	static const struct {
		const char	*prefix, *what;
	} scopes[] = {
		{ "net.inet6.", "IPv6" }, { "net.inet.udp.", "UDP" },
		{ "net.pf.", "pf and its NAT" },
		{ "net.inet.ip.fw.", "ipfw and its NAT" },
		{ "security.jail.", "jails" }
	};
	const char *name;
	unsigned i;
	guint k;

	for (i = 0; i < G_N_ELEMENTS(scopes); i++)
		for (k = 0; k < pa->unused->len; k++) {
			name = pa->unused->pdata[k];
			if (!g_str_has_prefix(name, scopes[i].prefix))
				continue;
			pasted_note(pa, "out of scope: %s; nothing here has "
			    "it (%s)", scopes[i].what, name);
			break;
		}
}

void
pasted_settle(struct pasted *pa, struct keyfile *kf, const char *path,
    struct problems *all)
{
	g_autoptr(GPtrArray) entries = NULL;
	g_autofree char *names = NULL;
	guint i;

	entries = g_ptr_array_new();
	for (i = 0; i < kf->entries->len; i++)
		g_ptr_array_add(entries, kf->entries->pdata[i]);
	for (i = 0; i < entries->len; i++)
		entry_settle(pa, kf, entries->pdata[i], path, all);
	pasted_deferred(pa, kf);
	if (pa->unused->len == 0)
		return;
	note_out_of_scope(pa);
	names = names_text(pa->unused);
	pasted_note(pa, "%s: [kernel] left out, since nothing here depends on "
	    "%s: %s", pa->where, pa->unused->len > 1 ? "them" : "it", names);
}
