/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Another program, run with limits: whatever it does, it ends, and with it all
 * that it started.
 */

#ifndef STUDY_PLOT_CHILD_H
#define	STUDY_PLOT_CHILD_H

#include <stdbool.h>

#include <glib.h>

#define	CHILD_ERROR	g_quark_from_static_string("pcbsim-child")

enum child_error {
	CHILD_ERROR_START,	/* it could not be started */
	CHILD_ERROR_READ,	/* what it wrote cannot be read */
	CHILD_ERROR_LIMIT,	/* it went beyond a limit and was ended */
	CHILD_ERROR_STOPPED	/* it was ended because we are */
};

struct child_limits {
	gint64		time_us;
	size_t		output;		/* bytes on each of stdout, stderr */
	guint64		file;		/* bytes of a file that it writes */
	const gint	*stop;		/* not 0: end it; may be NULL */
};

/*
 * Run argv[0], a path, in `dir', and wait until it ends.  Its input is empty;
 * it is alone in its process group, which is killed when it has ended; where
 * the system can it does not outlive us.
 *
 * out, err	[out] what it wrote, free with g_free(); set on success only
 * status	[out] as of waitpid(2)
 */
bool	child_run(const char *dir, const char *const *argv, char **env,
	    const struct child_limits *, char **out, char **err, int *status,
	    GError **);

#endif /* !STUDY_PLOT_CHILD_H */
