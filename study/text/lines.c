/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lines of a text; see lines.h.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "study/text/gunzip.h"
#include "study/text/lines.h"
#include "study/text/problem.h"

#define	LINES_MAXLEN	(1 << 16)	/* bytes a line */

struct lines {
	char		*path;		/* for messages */
	FILE		*file;
	GPid		gzip;		/* 0: not compressed */
	char		*text;
	size_t		size;
	uint64_t	number;
};

static bool
lines_open_file(struct lines *in, const char *path, GError **error)
{

	in->file = strcmp(path, "-") == 0 ? fdopen(dup(STDIN_FILENO), "r") :
	    gunzip_open(path, &in->gzip, error);
	return (in->file != NULL);
}

struct lines *
lines_open(const char *path, GError **error)
{
	struct lines *in;

	in = g_new0(struct lines, 1);
	in->path = g_strdup(strcmp(path, "-") == 0 ? "standard input" : path);
	if (lines_open_file(in, path, error))
		return (in);
	lines_close(in);
	return (NULL);
}

void
lines_close(struct lines *in)
{

	if (in->file != NULL)
		fclose(in->file);
	(void)gunzip_reap(&in->gzip);
	free(in->text);
	g_free(in->path);
	g_free(in);
}

/* The end: was it the whole file? */
static bool
lines_ended(struct lines *in, GError **error)
{
	const char *what;

	what = ferror(in->file) ? "cannot read any further" :
	    gunzip_reap(&in->gzip);
	if (what == NULL)
		return (true);
	problem_set(error, "%s:%" G_GUINT64_FORMAT ": %s", in->path,
	    in->number, what);
	return (false);
}

bool
lines_next(struct lines *in, char **text, GError **error)
{
	const char *what;
	ssize_t len;

	*text = NULL;
	len = getline(&in->text, &in->size, in->file);
	if (len < 0)
		return (lines_ended(in, error));
	in->number++;
	what = NULL;
	if (len > LINES_MAXLEN)
		what = "a line of more than 64 KiB";
	else if (memchr(in->text, '\0', (size_t)len) != NULL)
		what = "a NUL byte";
	if (what != NULL) {
		problem_set(error, "%s:%" G_GUINT64_FORMAT ": %s", in->path,
		    in->number, what);
		return (false);
	}
	while (len > 0 && (in->text[len - 1] == '\n' ||
	    in->text[len - 1] == '\r'))
		in->text[--len] = '\0';
	*text = in->text;
	if (in->number == 1 && g_str_has_prefix(in->text, "\xef\xbb\xbf"))
		*text += 3;
	return (true);
}

uint64_t
lines_number(const struct lines *in)
{

	return (in->number);
}
