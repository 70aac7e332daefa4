/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a scenario's files say, key by key: parsed and checked each on its own.
 * What the keys say together is the wiring's affair (study/scenario/wiring.h).
 */

#ifndef STUDY_SCENARIO_SETTINGS_H
#define	STUDY_SCENARIO_SETTINGS_H

#include <glib.h>

#include "study/scenario/defaults.h"
#include "study/scenario/param.h"
#include "study/scenario/pasted.h"
#include "study/scenario/value.h"
#include "study/text/keyfile.h"
#include "study/text/problem.h"

#define	SETTINGS_PRIMARY	"192.0.2.1"	/* TEST-NET-1, RFC 5737 */
#define	SETTINGS_VARY	"--vary"	/* .where of what is bisected */

/*
 * A --set=PATH=VALUE or what an option stands for: takes the place of the line
 * in the files.  What a variant sets itself stays; its own path changes that:
 * "variant:proposed.host.cpus".  Of a list of addresses "*3" is so many, from
 * those that stand there.
 */
struct override {
	const char	*path;		/* "workload:nginx.rate" */
	const char	*value;
	const char	*where;		/* "--set" for messages */
};

struct settings {
	struct keyfile	*keyfile;
	GHashTable	*values;	/* keyfile_entry -> struct value */
	struct defaults	*defaults;
	GPtrArray	*workloads;	/* names, in order */
	GPtrArray	*observers;	/* names, in order */
	GPtrArray	*variants;	/* names, in order */
	struct pasted	pasted;		/* a kernel's lines among them */
	GHashTable	*options;	/* where overrides are from: a set */
	bool		written;	/* by a program, not by hand */
	struct problems	*problems;	/* borrowed, while loading */
};

/*
 * Read the files (or `text', unless it is NULL), apply the overrides, parse
 * every value.  All that is wrong goes to `problems', which must live as long
 * as keys are asked for.
 *
 * base		NULL, or others whose parsed defaults may be borrowed; they
 *		must not change any more, and outlive these
 */
struct settings *settings_new(const char *path, const char *text,
	    const struct override *overrides, unsigned noverrides,
	    const struct settings *base, struct problems *);
void	settings_free(struct settings *);

/*
 * The value of a parameter of `group' ("workload:nginx"), with the variant's
 * own in front of the base's in front of the default.
 *
 * variant	name, or NULL for the base
 *
 * Returns:	borrowed; NULL if there is none, or it was wrong.
 */
/* NULL if it names none that there is. */
const struct stack *settings_stack(struct settings *, const char *variant);

const struct value *settings_value(struct settings *, const char *variant,
	    const char *group, const struct param *);

/* What it is where nobody sets it, whichever kernel; NULL: there is none. */
const struct value *settings_default(struct settings *, const struct param *);

/* The line that sets it in the variant or the base; NULL: the default. */
const struct keyfile_entry *settings_entry(const struct settings *,
	    const char *variant, const char *group, const struct param *);

/* The same only for what stands in [variant:NAME] itself. */
const struct keyfile_entry *settings_own(const struct settings *,
	    const char *variant, const char *group, const struct param *);

/* Set a parameter of a file that was good; the value must be good, too. */
void	settings_replace(struct settings *, const char *group,
	    const char *key, const char *text, const char *where);

/*
 * The parameter that an entry sets, and its group: for one of a variant those
 * of its path.  NULL if there is none; free the group with g_free().
 */
const struct param *settings_param(const struct keyfile_entry *,
	    char **group);

/* A problem with an entry: "WHERE: [GROUP] KEY = VALUE: WHAT". */
void	settings_problem(const struct settings *,
	    const struct keyfile_entry *, const char *fmt, ...)
	    G_GNUC_PRINTF(3, 4);

#endif /* !STUDY_SCENARIO_SETTINGS_H */
