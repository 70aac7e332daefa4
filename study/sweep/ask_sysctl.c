/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Which kernel a machine's sysctls are of; see ask.h.
 */

#include <stdio.h>
#include <string.h>

#include "models/registry.h"
#include "models/stacks/stack.h"
#include "study/scenario/sysctl.h"
#include "study/sweep/ask.h"
#include "study/text/lines.h"

/* Of those there are the newest that is maintained for years. */
#define	ASK_LINUX	"linux-6.18"

/* The newest of Linux' stacks that is not newer, or the oldest. */
static const char *
linux_stack(unsigned major, unsigned minor)
{
	const struct stack *const *s;
	unsigned best, ma, mi, version;
	const char *name;

	name = NULL;
	best = 0;
	for (s = registry_stacks; *s != NULL; s++) {
		if (sscanf((*s)->name, "linux-%4u.%4u", &ma, &mi) != 2)
			continue;
		version = ma * 10000 + mi;
		if (name == NULL || (version > best && version <= major *
		    10000 + minor)) {
			name = (*s)->name;
			best = version;
		}
	}
	return (name);
}

/* "FreeBSD" and "14.2-RELEASE-p1" are freebsd-14.2. */
char *
ask_stack_of(const char *type, const char *release)
{
	static const char *const others[][2] = { { "NetBSD", "netbsd" },
	    { "OpenBSD", "openbsd" }, { "DragonFly", "dragonfly" },
	    { "Darwin", "xnu" }, { "SunOS", "illumos" } };
	g_autofree char *name = NULL;
	unsigned i, major, minor;

	for (i = 0; i < G_N_ELEMENTS(others); i++)
		if (strcmp(type, others[i][0]) == 0)
			return (g_strdup(others[i][1]));
	if (release == NULL)
		return (strcmp(type, "Linux") == 0 ? g_strdup(ASK_LINUX) :
		    NULL);
	if (sscanf(release, "%4u.%4u", &major, &minor) != 2)
		return (NULL);
	if (strcmp(type, "Linux") == 0)
		return (g_strdup(linux_stack(major, minor)));
	if (strcmp(type, "FreeBSD") != 0)
		return (NULL);
	name = g_strdup_printf("freebsd-%u.%u", major, minor);
	return (stack_find(name) != NULL ? g_steal_pointer(&name) : NULL);
}

bool
ask_sysctl(const char *path, char **stack, char **system, GError **error)
{
	g_autofree char *release = NULL, *type = NULL;
	struct lines *in;
	char *text;
	bool ok;

	*stack = *system = NULL;
	in = lines_open_again(path, error);
	if (in == NULL)
		return (false);
	while ((ok = lines_next(in, &text, error)) && text != NULL) {
		g_autofree char *name = NULL, *value = NULL;

		if (!sysctl_split(text, &name, &value))
			continue;
		if (strcmp(name, "kern.ostype") == 0 ||
		    strcmp(name, "kernel.ostype") == 0) {
			g_free(type);
			type = g_steal_pointer(&value);
		} else if (strcmp(name, "kern.osrelease") == 0 ||
		    strcmp(name, "kernel.osrelease") == 0) {
			g_free(release);
			release = g_steal_pointer(&value);
		}
	}
	lines_close(in);
	if (ok && type != NULL && release != NULL) {
		*stack = ask_stack_of(type, release);
		*system = g_strdup_printf("%s %s", type, release);
	}
	return (ok);
}
