/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The value of one key; see value.h.
 */

#include <string.h>

#include "models/machine/load.h"
#include "models/registry.h"
#include "sim/kassert.h"
#include "study/scenario/addrs.h"
#include "study/scenario/costs_file.h"
#include "study/scenario/ports.h"
#include "study/scenario/stack_name.h"
#include "study/scenario/value.h"
#include "study/text/file_name.h"
#include "study/text/nearest.h"
#include "study/text/problem.h"
#include "study/text/unit.h"

#define	VALUE_MAXTEXT	400	/* bytes of a title */
#define	VALUE_MAXNAMES	64	/* stacks, loads */

/* ---- numbers ----------------------------------------------------------- */

static bool
value_in_range(const struct param *p, uint64_t number, GError **error)
{
	g_autofree char *range = NULL;

	if ((p->max == 0 || (number >= p->min && number <= p->max)) &&
	    (!(p->flags & PARAM_POWER_OF_2) || (number & (number - 1)) == 0))
		return (true);
	range = param_range(p);
	problem_set(error, "is out of range; allowed: %s", range);
	return (false);
}

static bool
value_number(struct value *v, const char *text, GError **error)
{
	const struct param *p;
	simtime ps;
	bool ok;

	p = v->param;
	switch (p->type) {
	case PARAM_DURATION:
		ok = unit_duration(text, &ps, error);
		if (ok)
			v->number = (uint64_t)ps;
		break;
	case PARAM_RATE:
		ok = unit_rate(text, &v->number, error);
		break;
	case PARAM_FACTOR:
		ok = unit_factor(text, &v->number, error);
		break;
	default:
		ok = unit_count(text, &v->number, error);
		break;
	}
	return (ok && value_in_range(p, v->number, error));
}

static bool
value_bool(struct value *v, const char *text, GError **error)
{

	if (strcmp(text, "0") != 0 && strcmp(text, "1") != 0) {
		problem_set(error, "is no switch; allowed: 0 or 1");
		return (false);
	}
	v->number = *text == '1';
	return (true);
}

/* ---- names ------------------------------------------------------------- */

static bool
value_no_name(const char *text, const char *what, const char *const *names,
    unsigned n, GError **error)
{
	g_autofree char *hint = NULL, *all = NULL, *quoted = NULL;
	GString *list;
	unsigned i;

	list = g_string_new(NULL);
	for (i = 0; i < n; i++)
		g_string_append_printf(list, "%s%s", i > 0 ? ", " : "",
		    names[i]);
	all = g_string_free(list, FALSE);
	hint = nearest_hint(text, names, n);
	quoted = problem_quote(text);
	problem_set(error, "%s is no %s; allowed: %s%s", quoted, what, all,
	    hint);
	return (false);
}

static bool
value_choice(struct value *v, const char *text, GError **error)
{
	g_auto(GStrv) names = g_strsplit(v->param->choices, ";", -1);
	unsigned i;

	for (i = 0; names[i] != NULL; i++)
		if (strcmp(names[i], text) == 0) {
			v->number = i;
			return (true);
		}
	return (value_no_name(text, "choice", (const char *const *)names, i,
	    error));
}

static bool
value_flags(struct value *v, const char *text, GError **error)
{
	g_auto(GStrv) names = g_strsplit(v->param->choices, ";", -1);
	g_auto(GStrv) items = g_strsplit(text, ";", -1);
	unsigned i, k;

	v->number = 0;
	for (i = 0; items[i] != NULL; i++) {
		g_strstrip(items[i]);
		if (*items[i] == '\0')
			continue;
		for (k = 0; names[k] != NULL; k++)
			if (strcmp(names[k], items[i]) == 0)
				break;
		if (names[k] == NULL)
			return (value_no_name(items[i], "option",
			    (const char *const *)names, k, error));
		v->number |= UINT64_C(1) << k;
	}
	return (true);
}

static bool
value_stack(struct value *v, const char *text, GError **error)
{

	v->ref = stack_name_parse(text, error);
	return (v->ref != NULL);
}

static bool
value_load(struct value *v, const char *text, GError **error)
{
	const char *names[VALUE_MAXNAMES];
	unsigned n;

	v->ref = load_find(text);
	if (v->ref != NULL)
		return (true);
	for (n = 0; n < VALUE_MAXNAMES && registry_loads[n] != NULL; n++)
		names[n] = registry_loads[n]->name;
	return (value_no_name(text, "load", names, n, error));
}

/* ---- text -------------------------------------------------------------- */

static bool
value_text(struct value *v, const char *text, GError **error)
{
	const char *p;
	bool ok;

	if (strlen(text) > VALUE_MAXTEXT) {
		problem_set(error, "is longer than %d bytes", VALUE_MAXTEXT);
		return (false);
	}
	if (v->param->type != PARAM_NAME || *text == '\0')
		return (true);
	/* It becomes the name of a directory. */
	ok = *text != '.' && *text != '-' && strlen(text) <= 100;
	for (p = text; *p != '\0'; p++)
		ok = ok && (g_ascii_isalnum(*p) || strchr("-_.+", *p) != NULL);
	if (!ok)
		problem_set(error, "is no name; allowed: up to 100 letters, "
		    "digits, - _ . +; no . or - in front");
	return (ok);
}

/* ---- lists, files ------------------------------------------------------ */

static bool
value_addrs(struct value *v, const struct param *p, const char *text,
    GError **error)
{
	GArray *list;
	bool ok;

	list = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	ok = addrs_parse(text, (unsigned)p->max, list, error);
	v->n = list->len;
	v->list = g_array_free(list, FALSE);
	return (ok);
}

static bool
value_ports(struct value *v, const char *text, GError **error)
{
	GArray *list;
	bool ok;

	list = g_array_new(FALSE, FALSE, sizeof(uint16_t));
	ok = ports_parse(text, list, error);
	v->n = list->len;
	v->list = g_array_free(list, FALSE);
	return (ok);
}

static bool
value_profile(struct value *v, const char *text, GError **error)
{
	const struct rate_step *steps;
	GArray *list;
	unsigned i;
	bool ok;

	list = g_array_new(FALSE, FALSE, sizeof(struct rate_step));
	ok = profile_parse(text, list, error);
	v->n = list->len;
	v->list = g_array_free(list, FALSE);
	steps = v->list;
	for (i = 0; ok && i < v->n; i++)
		ok = value_in_range(v->param, steps[i].rate, error);
	return (ok);
}

static bool
value_dist(struct value *v, const char *text, const char *dir,
    GError **error)
{
	const struct dist *d;
	size_t i;

	if (!distribution_parse(text, dir, &v->distribution, error))
		return (false);
	d = &v->distribution.dist;
	if (d->kind == DIST_EMPIRICAL)
		for (i = 0, v->hash = 1; i < d->ntable; i++)
			v->hash = (v->hash ^ (uint64_t)d->table[i]) *
			    UINT64_C(0x100000001b3);
	return (true);
}

static bool
value_costs(struct value *v, const char *text, const char *dir,
    GError **error)
{

	v->costs = costs_file_load(text, dir, &v->text, &v->hash, error);
	v->ref = v->costs;
	return (v->costs != NULL);
}

static bool
value_parse(struct value *v, const char *text, const char *dir,
    GError **error)
{

	switch (v->param->type) {
	case PARAM_TEXT:
	case PARAM_NAME:
		return (value_text(v, text, error));
	case PARAM_BOOL:
		return (value_bool(v, text, error));
	case PARAM_PROFILE:
		return (value_profile(v, text, error));
	case PARAM_DIST:
		return (value_dist(v, text, dir, error));
	case PARAM_ADDRS:
		return (value_addrs(v, v->param, text, error));
	case PARAM_PORTS:
		return (value_ports(v, text, error));
	case PARAM_PORTRANGE:
		return (portrange_parse(text, &v->portrange, error));
	case PARAM_CHOICE:
		return (value_choice(v, text, error));
	case PARAM_FLAGS:
		return (value_flags(v, text, error));
	case PARAM_FILE:
		v->text = file_name_find(dir, text, error);
		return (v->text != NULL);
	case PARAM_COSTS:
		return (value_costs(v, text, dir, error));
	case PARAM_STACK:
		return (value_stack(v, text, error));
	case PARAM_LOAD:
		return (value_load(v, text, error));
	default:
		return (value_number(v, text, error));
	}
}

/* ---- the canonical text ------------------------------------------------ */

static void
flags_add(GString *out, const struct param *p, uint64_t flags)
{
	g_auto(GStrv) names = g_strsplit(p->choices, ";", -1);
	unsigned i;

	for (i = 0; names[i] != NULL; i++)
		if (flags & UINT64_C(1) << i)
			g_string_append_printf(out, "%s%s", out->len > 0 ?
			    ";" : "", names[i]);
}

static char *
value_canonical(const struct value *v, const char *text)
{
	GString *out;

	out = g_string_new(NULL);
	switch (v->param->type) {
	case PARAM_COUNT:
	case PARAM_BOOL:
	case PARAM_DURATION:
	case PARAM_RATE:
	case PARAM_FACTOR:
		param_add_number(v->param, out, v->number);
		break;
	case PARAM_PROFILE:
		profile_add(out, v->list, v->n);
		break;
	case PARAM_DIST:
		distribution_add(out, &v->distribution);
		break;
	case PARAM_ADDRS:
		addrs_add(out, v->list, v->n);
		break;
	case PARAM_PORTS:
		ports_add(out, v->list, v->n);
		break;
	case PARAM_PORTRANGE:
		portrange_add(out, &v->portrange);
		break;
	case PARAM_FLAGS:
		flags_add(out, v->param, v->number);
		break;
	default:
		/* Names and texts are their own canonical form. */
		g_string_append(out, text);
		break;
	}
	return (g_string_free(out, FALSE));
}

/* As value_new(), without a guess at what was meant. */
static struct value *
value_try(const struct param *p, const char *text, const char *dir,
    GError **error)
{
	struct value *v;

	v = g_new0(struct value, 1);
	v->param = p;
	if (p->word != NULL && strcmp(text, p->word) == 0) {
		v->is_word = true;
		v->text = g_strdup(text);
	} else if (!value_parse(v, text, dir, error)) {
		value_free(v);
		return (NULL);
	} else if (v->text == NULL)
		v->text = value_canonical(v, text);
	return (v);
}

/* ---- what was probably meant ------------------------------------------- */

/* Another text, free with g_free(); NULL if it is no other. */
static char *
meant_with(const char *text, char instead_of, const char *separator)
{
	char between[] = { instead_of, '\0' };
	g_auto(GStrv) parts = NULL;
	unsigned i;

	if (strchr(text, instead_of) == NULL)
		return (NULL);
	parts = g_strsplit(text, between, -1);
	for (i = 0; parts[i] != NULL; i++)
		g_strstrip(parts[i]);
	return (g_strjoinv(separator, parts));
}

/*
 * "; did you mean constant(50ms)?": a lifetime that is only a duration, a comma
 * for a semicolon, a rate without its /s.  What is proposed would be right.
 */
static char *
value_meant(const struct param *p, const char *text, const char *dir)
{
	g_autoptr(GPtrArray) texts = NULL;
	struct value *v;
	guint i;

	texts = g_ptr_array_new_with_free_func(g_free);
	if (p->type == PARAM_DIST) {
		g_ptr_array_add(texts, g_strdup_printf("constant(%s)", text));
		g_ptr_array_add(texts, meant_with(text, ';', ", "));
	}
	if (p->type == PARAM_RATE || p->type == PARAM_PROFILE)
		g_ptr_array_add(texts, g_strconcat(text, "/s", NULL));
	g_ptr_array_add(texts, meant_with(text, ',', "; "));
	for (i = 0; i < texts->len; i++) {
		if (texts->pdata[i] == NULL)
			continue;
		v = value_try(p, texts->pdata[i], dir, NULL);
		if (v == NULL)
			continue;
		value_free(v);
		return (g_strdup_printf("; did you mean '%s'?",
		    (const char *)texts->pdata[i]));
	}
	return (g_strdup(""));
}

struct value *
value_new(const struct param *p, const char *text, const char *dir,
    GError **error)
{
	g_autofree char *meant = NULL;
	g_autoptr(GError) cause = NULL;
	struct value *v;

	v = value_try(p, text, dir, &cause);
	if (v != NULL)
		return (v);
	meant = value_meant(p, text, dir);
	problem_set(error, "%s%s", cause->message, meant);
	problem_because(error, cause);
	return (NULL);
}

void
value_free(struct value *v)
{

	distribution_fini(&v->distribution);
	g_free(v->list);
	g_free(v->costs);
	g_free(v->text);
	g_free(v);
}

/* ---- where it goes ----------------------------------------------------- */

static void
number_store(void *to, size_t size, uint64_t number)
{
	uint8_t b;
	uint16_t w;
	uint32_t l;

	switch (size) {
	case sizeof(b):
		b = (uint8_t)number;
		memcpy(to, &b, size);
		break;
	case sizeof(w):
		w = (uint16_t)number;
		memcpy(to, &w, size);
		break;
	case sizeof(l):
		l = (uint32_t)number;
		memcpy(to, &l, size);
		break;
	default:
		KASSERT(size == sizeof(number), ("a number of %zu bytes",
		    size));
		memcpy(to, &number, size);
		break;
	}
}

void
value_store(const struct value *v, void *target)
{
	const struct param *p;
	const void *ref;
	char *to;

	p = v->param;
	KASSERT(p->target != PARAM_IN_NOTHING, ("%s has no place", p->key));
	to = (char *)target + p->offset;
	ref = NULL;
	switch (p->type) {
	case PARAM_TEXT:
	case PARAM_NAME:
	case PARAM_FILE:
		ref = v->text;
		break;
	case PARAM_PROFILE:
	case PARAM_ADDRS:
	case PARAM_PORTS:
		ref = v->list;
		memcpy((char *)target + p->count_offset, &v->n, sizeof(v->n));
		break;
	case PARAM_COSTS:
	case PARAM_STACK:
	case PARAM_LOAD:
		ref = v->ref;
		break;
	case PARAM_DIST:
		memcpy(to, &v->distribution.dist, sizeof(struct dist));
		return;
	case PARAM_PORTRANGE:
		memcpy(to, &v->portrange, sizeof(v->portrange));
		return;
	default:
		number_store(to, p->size, v->is_word ? (uint64_t)SIM_NEVER :
		    v->number);
		return;
	}
	KASSERT(p->size == sizeof(ref), ("%s is no pointer", p->key));
	memcpy(to, &ref, sizeof(ref));
}
