/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Tables as mdoc(7); see mdoc.h.
 */

#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "cli/cli.h"
#include "cli/examples.h"
#include "cli/mdoc.h"
#include "models/locks/lock.h"
#include "models/machine/load.h"
#include "models/net/family.h"
#include "models/net/proposal.h"
#include "models/ports/allocator.h"
#include "models/registry.h"
#include "models/stacks/stack.h"
#include "study/run/column.h"
#include "study/run/metric.h"
#include "study/scenario/distribution.h"
#include "study/scenario/param.h"
#include "study/scenario/stack_name.h"
#include "study/scenario/load_keys.h"

/* ---- text -------------------------------------------------------------- */

#define	MDOC_COLUMNS	78

/* No character of a word is taken for a request or an escape. */
static void
mdoc_word(const char *text, size_t len, bool begins)
{
	size_t i;

	if (len == 1 && *text == '.') {
		/* On its own it ends no sentence, either. */
		printf("\\&.\\&");
		return;
	}
	if (begins && (text[0] == '.' || text[0] == '\''))
		printf("\\&");
	for (i = 0; i < len; i++) {
		if (text[i] == '\\')
			printf("\\e");
		else
			putchar(text[i]);
	}
}

/* " ," for each of the delimiters, as a macro line wants them. */
static void
mdoc_delimiters(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		printf(" %c", text[i]);
	putchar('\n');
}

/* The length of a version that stands there: "12.0"; 0: none does. */
static size_t
mdoc_version(const char *text, size_t len)
{
	size_t n;

	n = MIN(strspn(text, "0123456789."), len);
	while (n > 0 && text[n - 1] == '.')
		n--;
	return (n);
}

/* The macro of a system whose name stands there; NULL: none. */
static const char *
mdoc_system(const char *text, size_t word, size_t *used)
{
	static const struct {
		const char	*name, *macro;
	} systems[] = {
		{ "FreeBSD", ".Fx" }, { "NetBSD", ".Nx" },
		{ "OpenBSD", ".Ox" }, { "DragonFly", ".Dx" }
	};
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(systems); i++) {
		*used = strlen(systems[i].name);
		if (word >= *used && strncmp(text, systems[i].name,
		    *used) == 0 && strspn(text + *used, ",.;:?!") >=
		    word - *used)
			return (systems[i].macro);
	}
	return (NULL);
}

/*
 * What has a macro: a system, with a version, and the name of a function.
 *
 * fresh	a line begins here
 *
 * Returns:	how much of text[len] was put on a line of its own; 0: none.
 */
static size_t
mdoc_macro(const char *text, size_t len, bool fresh)
{
	const char *system;
	size_t name, used, version, word;

	word = MIN(strcspn(text, " "), len);
	name = strspn(text, "abcdefghijklmnopqrstuvwxyz_0123456789");
	if (name > 0 && word >= name + 2 && text[name] == '(' &&
	    text[name + 1] == ')' && strspn(text + name + 2, ",.;:?!") >=
	    word - name - 2) {
		printf("%s.Fn %.*s", fresh ? "" : "\n", (int)name, text);
		mdoc_delimiters(text + name + 2, word - name - 2);
		return (word);
	}
	system = mdoc_system(text, word, &used);
	if (system == NULL)
		return (0);
	printf("%s%s", fresh ? "" : "\n", system);
	version = word == used && word < len ? mdoc_version(text + used + 1,
	    len - used - 1) : 0;
	if (version > 0) {
		printf(" %.*s", (int)version, text + used + 1);
		used += 1 + version;
		word = used + MIN(strcspn(text + used, " "), len - used);
	}
	mdoc_delimiters(text + used, word - used);
	return (word);
}

/* A sentence, its words in lines. */
static void
mdoc_line(const char *text, size_t len)
{
	const char *end;
	size_t column, macro, word;

	end = text + len;
	column = 0;
	while (text < end) {
		macro = mdoc_macro(text, (size_t)(end - text), column == 0);
		if (macro > 0) {
			text += macro;
			text += text < end;
			column = 0;
			continue;
		}
		word = strcspn(text, " ");
		word = MIN(word, (size_t)(end - text));
		if (column > 0 && column + 1 + word > MDOC_COLUMNS) {
			putchar('\n');
			column = 0;
		}
		if (column > 0)
			putchar(' ');
		mdoc_word(text, word, column == 0);
		column += word + (column > 0);
		text += word;
		text += text < end;
	}
	if (column > 0)
		putchar('\n');
}

/* A sentence a line, as mdoc wants it to space them well. */
static void
mdoc_text(const char *text)
{
	const char *end;

	while ((end = strstr(text, ". ")) != NULL) {
		mdoc_line(text, (size_t)(end - text) + 1);
		text = end + 2;
	}
	mdoc_line(text, strlen(text));
}

/* A phrase of a table, as a sentence. */
static void
mdoc_phrase(const char *before, const char *text)
{
	g_autofree char *s = NULL;

	s = g_strdup_printf("%s%s%s", before, text,
	    g_str_has_suffix(text, ".") ? "" : ".");
	if (*before == '\0')
		*s = g_ascii_toupper(*s);
	mdoc_line(s, strlen(s));
}

static void
mdoc_item(const char *name)
{

	printf(".It Cm %s\n", name);
}

static void
mdoc_begin(void)
{

	printf(".Bl -tag -width Ds\n");
}

static void
mdoc_end(void)
{

	printf(".El\n");
}

/* ---- kinds ------------------------------------------------------------- */

static void
mdoc_from(const char *source, const char *left_out)
{

	printf(".br\n");
	mdoc_phrase("Source: ", source);
	if (left_out == NULL || *left_out == '\0')
		return;
	printf(".br\n");
	mdoc_phrase("Left out: ", left_out);
}

static void
mdoc_stacks(void)
{
	const struct stack *const *s;

	mdoc_begin();
	for (s = registry_stacks; *s != NULL; s++) {
		g_autofree char *releases = stack_name_releases(*s);

		mdoc_item((*s)->name);
		mdoc_phrase("", (*s)->title);
		printf("Releases: %s.\nKnown: %s.\n", releases,
		    stack_known_name((*s)->known));
		if ((*s)->family->allocator != NULL)
			mdoc_phrase("Allocator: ", (*s)->family->allocator(
			    (*s)->variant));
		printf("TIME_WAIT: %s.\n", (*s)->timewait == TIMEWAIT_CAPPED ?
		    "capped, scanned every 500 ms" :
		    "no cap, a timer for each connection");
		mdoc_from((*s)->source, (*s)->left_out);
	}
	mdoc_end();
}

static void
mdoc_allocators(void)
{
	const struct allocator *const *a;

	mdoc_begin();
	for (a = registry_allocators; *a != NULL; a++) {
		mdoc_item((*a)->name);
		mdoc_phrase("", (*a)->title);
		mdoc_from((*a)->source, (*a)->left_out);
	}
	mdoc_end();
}

static void
mdoc_proposals(void)
{
	const struct proposal *const *p;

	mdoc_begin();
	for (p = registry_proposals; *p != NULL; p++) {
		mdoc_item((*p)->name);
		mdoc_phrase("", (*p)->title);
		printf(".br\n");
		mdoc_phrase("Changes: ", (*p)->changes);
		if ((*p)->left_out == NULL)
			continue;
		printf(".br\n");
		mdoc_phrase("Left out: ", (*p)->left_out);
	}
	mdoc_end();
}

static void
mdoc_locks(void)
{
	const struct lock_class *const *l;

	mdoc_begin();
	for (l = registry_lock_classes; *l != NULL; l++) {
		mdoc_item((*l)->name);
		mdoc_text((*l)->title);
		mdoc_from((*l)->source, NULL);
	}
	mdoc_end();
}

/* "size, lifetime", from a list with semicolons. */
static void
mdoc_keys(const char *before, const char *keys)
{
	g_auto(GStrv) names = g_strsplit(keys, ";", -1);
	g_autofree char *list = g_strjoinv(", ", names);

	if (*list != '\0')
		mdoc_phrase(before, list);
}

static void
mdoc_loads(void)
{
	const struct load *const *l;

	mdoc_begin();
	for (l = registry_loads; *l != NULL; l++) {
		mdoc_item((*l)->name);
		mdoc_phrase("", (*l)->title);
		printf(".br\n");
		mdoc_keys("Needs: ", (*l)->needs);
		mdoc_keys("Takes: ", (*l)->takes);
	}
	mdoc_end();
}

static void
mdoc_metric_rows(const struct metric *m)
{

	printf(".Bl -tag -width first_exhaustion_s -compact\n");
	for (; m->name != NULL; m++) {
		mdoc_item(m->name);
		mdoc_line(m->doc, strlen(m->doc));
	}
	mdoc_end();
}

static void
mdoc_metrics(void)
{

	mdoc_metric_rows(metric_table);
	printf(".Pp\nWith\n.Cm scenario.measures\n= 1, of the choice of "
	    "ports:\n.Pp\n");
	mdoc_metric_rows(metric_measures_table);
	printf(".Pp\nOf each workload, as\n.Ar WORKLOAD_METRIC ,\n"
	    "with _ for each - of its name:\n.Pp\n");
	mdoc_metric_rows(metric_workload_table);
}

static void
mdoc_columns(void)
{
	const struct column *c;
	const char *file;

	file = NULL;
	for (c = column_table; c->name != NULL; c++) {
		if (file == NULL || strcmp(c->file, file) != 0) {
			if (file != NULL)
				mdoc_end();
			file = c->file;
			printf(".Ss %s\n.Bl -tag -width first_exhaustion_s "
			    "-compact\n", file);
		}
		mdoc_item(c->name);
		mdoc_line(c->doc, strlen(c->doc));
	}
	mdoc_end();
}

static void
mdoc_distributions(void)
{
	const char *doc, *form, *name;
	unsigned i;

	mdoc_begin();
	for (i = 0; distribution_known(i, &name, &form, &doc); i++) {
		/* Its bracket is no delimiter. */
		printf(".It Cm \"%s\"\n", form);
		mdoc_phrase("", doc);
	}
	mdoc_end();
}

/* ---- parameters -------------------------------------------------------- */

static void
mdoc_param_loads(const struct param *p)
{
	const struct load *const *l;
	g_autoptr(GString) names = g_string_new(NULL);

	for (l = registry_loads; *l != NULL; l++)
		if (load_takes(*l, p))
			g_string_append_printf(names, "%s%s", names->len > 0 ?
			    ", " : "", (*l)->name);
	mdoc_phrase("Loads: ", names->str);
}

static void
mdoc_param(const struct param *p)
{
	g_autofree char *range = param_range(p);

	mdoc_item(p->key);
	mdoc_text(p->doc);
	printf(".br\n");
	mdoc_phrase("Allowed: ", range);
	if (p->flags & PARAM_REQUIRED)
		printf("Required.\n");
	else if (p->def != NULL && *p->def != '\0')
		mdoc_phrase("Default: ", p->def);
	if (p->mirrors != NULL && strcmp(p->mirrors, p->key) != 0)
		mdoc_phrase("In the kernel: ", p->mirrors);
	if (p->flags & PARAM_BY_LOAD)
		mdoc_param_loads(p);
	if (p->flags & PARAM_NO_VARIANT)
		printf("The same for all variants.\n");
}

static void
mdoc_params(void)
{
	const struct param *p;
	const char *group;

	group = "";
	for (p = param_table; p->group != NULL; p++) {
		if (strcmp(group, p->group) != 0) {
			if (*group != '\0')
				mdoc_end();
			group = p->group;
			/* A bracket at the end of a line is no delimiter. */
			printf(".Ss [%s%s]\\&\n", group,
			    param_group_named(group) ? ":NAME" : "");
			mdoc_begin();
		}
		mdoc_param(p);
	}
	mdoc_end();
}

/* ---- examples ---------------------------------------------------------- */

void
mdoc_examples(void)
{
	const char *line, *lines;
	unsigned i;

	mdoc_begin();
	for (i = 0; i < nsubcommands; i++) {
		lines = examples_find(subcommands[i].name);
		mdoc_item(subcommands[i].name);
		printf(".Bd -literal -compact\n");
		for (line = lines; *line != '\0';
		    line += strcspn(line, "\n") + 1) {
			line += strspn(line, " ");
			mdoc_word(line, strcspn(line, "\n"), true);
			putchar('\n');
		}
		printf(".Ed\n");
	}
	mdoc_end();
}

/* ---- which ------------------------------------------------------------- */

static const struct {
	const char	*name;
	void		(*print)(void);
} kinds[] = {
	{ "stacks", mdoc_stacks },
	{ "allocators", mdoc_allocators },
	{ "proposals", mdoc_proposals },
	{ "locks", mdoc_locks },
	{ "loads", mdoc_loads },
	{ "metrics", mdoc_metrics },
	{ "columns", mdoc_columns },
	{ "distributions", mdoc_distributions },
	{ "params", mdoc_params }
};

bool
mdoc_print(const char *kind)
{
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (strcmp(kind, kinds[i].name) == 0) {
			kinds[i].print();
			return (true);
		}
	return (false);
}
