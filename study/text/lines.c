/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lines of a text; see lines.h.
 */

#include <string.h>

#include "study/text/input.h"
#include "study/text/lines.h"
#include "study/text/piped.h"
#include "study/text/problem.h"

struct lines {
	struct input	*input;
	char		*buf;		/* buf[LINES_MAX + 1 + LINES_WORD] */
	size_t		start, end;	/* what is not used yet */
	bool		eof;
	uint64_t	number;
	GByteArray	*kept;		/* what was read; or NULL */
};

static struct lines *
lines_new(struct input *input)
{
	struct lines *in;

	if (input == NULL)
		return (NULL);
	in = g_new0(struct lines, 1);
	in->input = input;
	in->buf = g_malloc0(LINES_MAX + 1 + LINES_WORD);
	return (in);
}

struct lines *
lines_open(const char *path, GError **error)
{

	return (lines_new(strcmp(path, "-") == 0 ? input_open_stdin(error) :
	    input_open(path, error)));
}

struct lines *
lines_open_file(const char *path, GError **error)
{

	return (lines_new(input_open(path, error)));
}

struct lines *
lines_open_piped(const char *path, gsize max, GError **error)
{
	const char *text;
	gsize len;

	text = piped_text(path, max, &len, error);
	if (text != NULL && len <= max)
		return (lines_new(input_open_bytes(piped_title(path), text,
		    len)));
	if (text != NULL)
		problem_set(error, "is larger than %zu MiB, which is too much "
		    "for a pipe here", (size_t)(max >> 20));
	g_prefix_error(error, "%s: ", piped_title(path));
	return (NULL);
}

struct lines *
lines_open_again(const char *path, GError **error)
{

	return (piped_is(path) ? lines_open_piped(path, LINES_KEPT, error) :
	    lines_open_file(path, error));
}

struct lines *
lines_open_text(const char *path, const char *text)
{

	return (lines_new(input_open_text(path, text)));
}

struct lines *
lines_open_bytes(const char *path, const void *bytes, size_t len)
{

	return (lines_new(input_open_bytes(path, bytes, len)));
}

void
lines_keep(struct lines *in, GByteArray *kept)
{

	in->kept = kept;
}

void
lines_close(struct lines *in)
{

	input_close(in->input);
	g_free(in->buf);
	g_free(in);
}

static bool
lines_fail(const struct lines *in, const char *what, GError **error)
{

	problem_set(error, "%s:%" G_GUINT64_FORMAT ": %s",
	    input_path(in->input), in->number, what);
	return (false);
}

static bool
lines_fill(struct lines *in, GError **error)
{
	size_t got;

	if (in->end - in->start == LINES_MAX) {
		in->number++;
		return (lines_fail(in, "a line of more than 64 KiB", error));
	}
	memmove(in->buf, in->buf + in->start, in->end - in->start);
	in->end -= in->start;
	in->start = 0;
	if (!input_read(in->input, in->buf + in->end, LINES_MAX - in->end,
	    &got, error)) {
		g_prefix_error(error, "%s:%" G_GUINT64_FORMAT ": ",
		    input_path(in->input), ++in->number);
		return (false);
	}
	if (in->kept != NULL)
		g_byte_array_append(in->kept, (guint8 *)in->buf + in->end,
		    (guint)got);
	in->end += got;
	in->eof = got == 0;
	return (true);
}

bool
lines_next_raw(struct lines *in, char **text, size_t *len, GError **error)
{
	char *nl;

	*len = 0;
	while ((nl = memchr(in->buf + in->start, '\n', in->end - in->start)) ==
	    NULL && !in->eof)
		if (!lines_fill(in, error))
			return (false);
	if (nl == NULL) {
		if (in->start == in->end)
			return (true);
		nl = in->buf + in->end;
		*nl = '\n';
	}
	*text = in->buf + in->start;
	*len = (size_t)(nl - *text) + 1;
	in->start = MIN(in->end, in->start + *len);
	in->number++;
	if (in->number == 1 && *len > 3 &&
	    memcmp(*text, "\xef\xbb\xbf", 3) == 0) {
		*text += 3;
		*len -= 3;
	}
	return (true);
}

bool
lines_next(struct lines *in, char **text, GError **error)
{
	size_t len;

	if (!lines_next_raw(in, text, &len, error))
		return (false);
	if (len == 0) {
		*text = NULL;
		return (true);
	}
	if (memchr(*text, '\0', len) != NULL)
		return (lines_fail(in, in->number == 1 && len > 1 &&
		    (memcmp(*text, "\xff\xfe", 2) == 0 ||
		    memcmp(*text, "\xfe\xff", 2) == 0) ? "is UTF-16, as "
		    "PowerShell's > writes it; iconv -f UTF-16 -t UTF-8 makes "
		    "it readable" : "a NUL byte", error));
	while (len > 0 && ((*text)[len - 1] == '\n' ||
	    (*text)[len - 1] == '\r'))
		len--;
	(*text)[len] = '\0';
	return (true);
}

uint64_t
lines_number(const struct lines *in)
{

	return (in->number);
}

const char *
lines_path(const struct lines *in)
{

	return (input_path(in->input));
}
