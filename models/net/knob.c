/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A family's knobs, found by name; see net.h.
 */

#include <string.h>

#include <glib.h>

#include "models/net/family.h"
#include "sim/kassert.h"

const struct net_knob *
net_knobs(const struct net *n)
{

	return (n->family->knobs);
}

bool
net_set(struct net *n, const char *name, uint64_t value)
{
	const struct net_knob *k;

	for (k = n->family->knobs; k->name != NULL; k++)
		if (strcmp(k->name, name) == 0) {
			KASSERT(k->set != NULL && value <= k->max,
			    ("%s = %ju", name, (uintmax_t)value));
			k->set(n, value);
			return (true);
		}
	return (false);
}

bool
net_knob_word(const struct net_knob *k, const char *word, uint64_t *value)
{
	unsigned i;

	for (i = 0; k->words != NULL && k->words[i] != NULL; i++)
		if (strcmp(k->words[i], word) == 0) {
			*value = i;
			return (true);
		}
	return (false);
}

bool
net_set_text(struct net *n, const char *name, const char *text)
{
	const struct net_knob *k;
	uint64_t value;
	char *end;

	for (k = n->family->knobs; k->name != NULL; k++)
		if (strcmp(k->name, name) == 0)
			break;
	if (k->name == NULL || k->set_at != NULL)
		return (false);
	if (k->set_text != NULL)
		return (k->set_text(n, text));
	if (!net_knob_word(k, text, &value)) {
		value = g_ascii_strtoull(text, &end, 10);
		if (k->words != NULL || !g_ascii_isdigit(*text) ||
		    *end != '\0' || value > k->max)
			return (false);
	}
	k->set(n, value);
	return (true);
}
