/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Which connections were due in a run, as a digest; see compare_input.h.
 *
 * Theory:	two runs saw the same arrivals if their random streams and all
 *		that turns these into connections are the same.  The streams
 *		follow from seed and replication; the rest stands in run.ini,
 *		in the keys of [workload:NAME] and [inbound] listed here.  How
 *		a program opens a connection (bind, threads, retry) is no
 *		matter of arrivals: just that is often what is compared.
 */

#include <string.h>

#include "study/stat/compare_input.h"
#include "study/text/keyfile.h"

/* Keys of a workload, or of [inbound], that decide what is due when. */
static const char *const compare_arrival_keys[] = {
	"load", "rate", "lifetime", "think", "faddrs", "fport",
	"total", "open", "start", "stop", "size", "every", "file", "speed",
	"repeat", "on-error", "segments", "accepts", NULL
};

static bool
compare_arrivals_group(const char *group)
{

	return (g_str_has_prefix(group, "workload:") ||
	    strcmp(group, "inbound") == 0);
}

/* The line of the variant that stands in front of this one, or itself. */
static const char *
compare_arrivals_value(const struct keyfile *ini,
    const struct keyfile_entry *entry, const char *variant)
{
	g_autofree char *group = NULL, *key = NULL;
	const struct keyfile_entry *own;

	group = g_strconcat("variant:", variant, NULL);
	key = g_strconcat(entry->group, ".", entry->key, NULL);
	own = keyfile_get(ini, group, key);
	return (own != NULL ? own->value : entry->value);
}

/* Does the value name a file, of which run.ini holds no content? */
static bool
compare_arrivals_external(const char *key, const char *value)
{

	return (strcmp(key, "file") == 0 ||
	    g_str_has_prefix(value, "empirical"));
}

/* Lines of the variant's own for which the base has none. */
static void
compare_arrivals_own(const struct keyfile *ini, const char *variant,
    GString *text, bool *external)
{
	g_autofree char *group = NULL;
	const struct keyfile_entry *entry;
	const char *dot;
	unsigned i;

	group = g_strconcat("variant:", variant, NULL);
	for (i = 0; i < ini->entries->len; i++) {
		g_autofree char *base = NULL;

		entry = ini->entries->pdata[i];
		dot = strrchr(entry->key, '.');
		if (strcmp(entry->group, group) != 0 || dot == NULL)
			continue;
		base = g_strndup(entry->key, (gsize)(dot - entry->key));
		if (!compare_arrivals_group(base) ||
		    !g_strv_contains(compare_arrival_keys, dot + 1) ||
		    keyfile_get(ini, base, dot + 1) != NULL)
			continue;
		if (compare_arrivals_external(dot + 1, entry->value))
			*external = true;
		g_string_append_printf(text, "\n%s=%s", entry->key,
		    entry->value);
	}
}

char *
compare_input_arrivals(const struct compare_input *in, const char *variant)
{
	g_autoptr(GString) text = NULL;
	const struct keyfile_entry *entry;
	const char *digest, *value;
	bool external;
	unsigned i;

	if (in->ini == NULL)
		return (NULL);
	entry = keyfile_get(in->ini, "scenario", "duration");
	if (entry == NULL)
		return (NULL);
	text = g_string_new(compare_arrivals_value(in->ini, entry, variant));
	external = false;
	for (i = 0; i < in->ini->entries->len; i++) {
		entry = in->ini->entries->pdata[i];
		if (!compare_arrivals_group(entry->group) ||
		    !g_strv_contains(compare_arrival_keys, entry->key))
			continue;
		value = compare_arrivals_value(in->ini, entry, variant);
		if (compare_arrivals_external(entry->key, value))
			external = true;
		g_string_append_printf(text, "\n%s.%s=%s", entry->group,
		    entry->key, value);
	}
	compare_arrivals_own(in->ini, variant, text, &external);
	digest = csvtable_comment(in->table, "digest");
	if (external && digest == NULL)
		return (NULL);
	if (external)
		g_string_append_printf(text, "\n%s", digest);
	return (g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str,
	    (gssize)text->len));
}
