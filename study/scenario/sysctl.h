/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lines of sysctl.conf(5), loader.conf(5) and sysctl(8): how they are written,
 * and which of their names mean something here.
 *
 * Theory:	NAME=VALUE, NAME = VALUE, NAME: VALUE and, as sysctl(8) says of
 *		what it set, NAME: OLD -> NEW; the value perhaps in quotes, a
 *		# comment or a remark in parentheses behind it, and the command
 *		itself, `sysctl [-w]', in front.
 *
 *		A name that is nearly one of ours is a typing error; one that is
 *		not, but that stands where a kernel's names do, is the kernel's
 *		own and means nothing here.
 */

#ifndef STUDY_SCENARIO_SYSCTL_H
#define	STUDY_SCENARIO_SYSCTL_H

#include <stdbool.h>

#include <glib.h>

#include "study/scenario/param.h"

enum sysctl_kind {
	SYSCTL_OURS,		/* a parameter */
	SYSCTL_MISTYPED,	/* nearly one */
	SYSCTL_UNUSED,		/* a kernel's name without a meaning here */
	SYSCTL_LINUX,		/* Linux' name for something there is here */
	SYSCTL_NONE		/* no name that a kernel has */
};

/*
 * Take a line apart; it is neither empty nor a comment.
 *
 * name, value	[out] free with g_free()
 *
 * Returns:	false for a line that is not written like one of these.
 */
bool	sysctl_split(const char *line, char **name, char **value);

/* A command that asks for values and sets none. */
bool	sysctl_only_asks(const char *line);

/* NAME: VALUE, as sysctl(8) prints it; its value may go on below. */
bool	sysctl_is_printed(const char *line);

enum sysctl_kind sysctl_kind(const char *name);

/*
 * The parameter that stands for a name: of [kernel], or the one elsewhere that
 * mirrors it, as host.maxsockets does kern.ipc.maxsockets.  NULL: none.
 */
const struct param *sysctl_param(const char *name);

/*
 * The value as a scenario writes it: milliseconds and switches have units and
 * words of their own in the kernel.  Free with g_free().
 */
char	*sysctl_value(const struct param *, const char *value);

/*
 * What FreeBSD has in place of Linux' name, for people.  Free with g_free();
 * NULL if it is none of those known.
 */
char	*sysctl_counterpart(const char *name, const char *value);

#endif /* !STUDY_SCENARIO_SYSCTL_H */
