/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Messages; see say.h.
 */

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "cli/cli.h"
#include "cli/say.h"
#include "study/text/problem.h"

/* Of the first flush that failed: a later one may have nothing to write. */
static int say_cause;

int
say_flush(void)
{

	if ((fflush(stdout) != 0 || ferror(stdout)) && say_cause == 0)
		say_cause = errno != 0 ? errno : EIO;
	return (say_cause);
}

void
say(const char *fmt, ...)
{
	g_autofree char *plain = NULL, *text = NULL;
	va_list ap;

	va_start(ap, fmt);
	text = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	plain = problem_plain(text);
	(void)say_flush();
	/* If even this cannot be written, there is nobody to tell. */
	(void)fputs(plain, stderr);
}

int
say_code(const GError *error)
{

	return (problem_unread(error) ? CLI_IO : CLI_USAGE);
}

void
say_remark(char *remark)
{

	if (remark != NULL)
		say("%s\n", remark);
	g_free(remark);
}

void
say_fewer(unsigned made, unsigned wanted, const char *why)
{

	if (made == 0)
		say("no thread could be made (%s): one run after the other\n",
		    why);
	else
		say("only %u of %u threads could be made (%s)\n", made, wanted,
		    why);
}
