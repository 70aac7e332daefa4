/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Bytes that may be compressed; see input.h.
 */

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <zlib.h>

#include "sim/kassert.h"
#include "study/text/input.h"
#include "study/text/problem.h"
#include "study/text/taken.h"

#define	INPUT_BUFSIZE	65536
#define	INPUT_GZIP	(MAX_WBITS + 16)	/* inflate: gzip's header */

enum input_state {
	INPUT_PLAIN,
	INPUT_MEMBER,		/* inside of one */
	INPUT_BETWEEN,		/* another member may begin */
	INPUT_PADDING		/* only zeros may follow */
};

struct input {
	char		*path;
	int		fd;		/* -1: all is in `raw' */
	bool		borrowed;	/* not ours to close */
	const unsigned char *raw;	/* raw[start .. end): not used yet */
	size_t		start, end;
	unsigned char	*buf;		/* buf[INPUT_BUFSIZE], or NULL */
	bool		eof;
	enum input_state state;
	z_stream	z;		/* unless INPUT_PLAIN */
	const char	*wrong;		/* with the member; NULL: nothing */
	guint64		bytes;		/* of compressed data, used */
	guint64		text;		/* .. and what came out of them */
};

/* ---- raw bytes --------------------------------------------------------- */

/* False: errno. */
static bool
input_pull(struct input *in, void *buf, size_t size, size_t *got)
{
	ssize_t n;

	do
		n = in->eof ? 0 : read(in->fd, buf, size);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return (false);
	in->eof = n == 0;
	*got = (size_t)n;
	return (true);
}

/* More of the file behind what is there.  False: errno. */
static bool
input_fill(struct input *in)
{
	size_t got;

	memmove(in->buf, in->buf + in->start, in->end - in->start);
	in->end -= in->start;
	in->start = 0;
	if (!input_pull(in, in->buf + in->end, INPUT_BUFSIZE - in->end, &got))
		return (false);
	in->end += got;
	return (true);
}

/* At least `n' bytes are there, or all that the file has left. */
static bool
input_have(struct input *in, size_t n)
{

	while (in->end - in->start < n && !in->eof)
		if (!input_fill(in))
			return (false);
	return (true);
}

static void
input_take(struct input *in, size_t n)
{

	in->start += n;
	in->bytes += n;
}

bool
input_compressed(const void *bytes, size_t len)
{
	const unsigned char *b;

	b = bytes;
	return (len >= 2 && b[0] == 0x1f && b[1] == 0x8b);
}

static bool
input_is_gzip(const struct input *in)
{

	return (input_compressed(in->raw + in->start, in->end - in->start));
}

static bool
input_cannot_read(GError **error)
{

	g_set_error(error, PROBLEM_DOMAIN, PROBLEM_READ,
	    "cannot be read any further: %s", g_strerror(errno));
	return (false);
}

/* ---- compressed -------------------------------------------------------- */

static bool
input_damaged(const struct input *in, const char *what, GError **error)
{

	problem_set(error, "%s: byte %" G_GUINT64_FORMAT " of the compressed "
	    "file, after byte %" G_GUINT64_FORMAT " of its text", what,
	    in->bytes, in->text);
	return (false);
}

/* What inflate() found, in words of ours where it has few of its own. */
static const char *
input_wrong(const struct input *in)
{
	static const struct {
		const char	*zlib, *ours;
	} words[] = {
		{ "incorrect data check", "damaged, its checksum is wrong" },
		{ "incorrect length check", "damaged, its length is wrong" },
		{ "header crc mismatch",
		    "damaged, the checksum of its header is wrong" },
		{ "unknown compression method",
		    "damaged, or of no method that gzip has" }
	};
	unsigned i;

	for (i = 0; in->z.msg != NULL && i < G_N_ELEMENTS(words); i++)
		if (strcmp(in->z.msg, words[i].zlib) == 0)
			return (words[i].ours);
	return ("damaged, no compressed data as gzip writes it");
}

/*
 * Bytes inside of a member; none, if only its end was there.  What came out
 * before something wrong is handed out first: so lines are counted up to there.
 */
static bool
input_inflate(struct input *in, char *buf, size_t size, size_t *got,
    GError **error)
{
	int status;

	if (in->wrong != NULL)
		return (input_damaged(in, in->wrong, error));
	if (!input_have(in, 1))
		return (input_cannot_read(error));
	in->z.next_in = (unsigned char *)(guintptr)(in->raw + in->start);
	in->z.avail_in = (uInt)MIN(in->end - in->start, INPUT_BUFSIZE);
	in->z.next_out = (unsigned char *)buf;
	in->z.avail_out = (uInt)MIN(size, INPUT_BUFSIZE);
	status = inflate(&in->z, Z_NO_FLUSH);
	if (status == Z_MEM_ERROR)
		g_error("failed to allocate what reads %s", in->path);
	*got = (size_t)((char *)in->z.next_out - buf);
	in->text += *got;
	input_take(in, (size_t)(in->z.next_in - (in->raw + in->start)));
	if (status == Z_STREAM_END)
		in->state = INPUT_BETWEEN;
	else if (status == Z_BUF_ERROR)
		/* It wants more bytes, and there are none. */
		in->wrong = "cut off";
	else if (status != Z_OK)
		in->wrong = input_wrong(in);
	return (true);
}

/* Behind a member: another, or zeros to the end, or what should not be. */
static bool
input_between(struct input *in, bool *end, GError **error)
{

	if (!input_have(in, 2))
		return (input_cannot_read(error));
	*end = in->start == in->end;
	if (*end)
		return (true);
	if (in->state == INPUT_BETWEEN && input_is_gzip(in)) {
		in->state = INPUT_MEMBER;
		(void)inflateReset(&in->z);
		return (true);
	}
	in->state = INPUT_PADDING;
	while (in->start < in->end && in->raw[in->start] == 0)
		input_take(in, 1);
	if (in->start < in->end)
		return (input_damaged(in, "something that is not compressed "
		    "follows the compressed data", error));
	return (true);
}

/* ---- reading ----------------------------------------------------------- */

static bool
input_plain(struct input *in, char *buf, size_t size, size_t *got,
    GError **error)
{

	/* Past the first bytes, without a way through our own buffer. */
	if (in->start == in->end) {
		if (!input_pull(in, buf, size, got))
			return (input_cannot_read(error));
		return (true);
	}
	*got = MIN(size, in->end - in->start);
	memcpy(buf, in->raw + in->start, *got);
	input_take(in, *got);
	return (true);
}

bool
input_read(struct input *in, char *buf, size_t size, size_t *got,
    GError **error)
{
	bool end;

	KASSERT(size > 0, ("no room to read into"));
	*got = 0;
	if (in->state == INPUT_PLAIN)
		return (input_plain(in, buf, size, got, error));
	for (end = false; *got == 0 && !end;)
		if (in->state == INPUT_MEMBER ?
		    !input_inflate(in, buf, size, got, error) :
		    !input_between(in, &end, error))
			return (false);
	return (true);
}

/* ---- life -------------------------------------------------------------- */

/* What is it?  Takes the input, gives it back or NULL. */
static struct input *
input_begin(struct input *in, GError **error)
{

	if (in->fd != -1) {
		in->buf = g_malloc(INPUT_BUFSIZE);
		in->raw = in->buf;
	}
	if (!input_have(in, 2)) {
		problem_set_errno(error, errno, "%s: %s", in->path,
		    g_strerror(errno));
		input_close(in);
		return (NULL);
	}
	if (input_is_gzip(in)) {
		if (inflateInit2(&in->z, INPUT_GZIP) != Z_OK)
			g_error("failed to allocate what reads %s", in->path);
		in->state = INPUT_MEMBER;
	} else if (in->fd != -1 && g_str_has_suffix(in->path, ".gz")) {
		problem_set(error, "%s: is no gzip file, though its name says "
		    "so: %s", in->path, in->start == in->end ? "it is empty" :
		    "it does not begin like one");
		input_close(in);
		return (NULL);
	}
	return (in);
}

static struct input *
input_new(const char *path, int fd)
{
	struct input *in;

	in = g_new0(struct input, 1);
	in->path = g_strdup(path);
	in->fd = fd;
	return (in);
}

struct input *
input_open(const char *path, GError **error)
{
	struct stat st;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd == -1) {
		problem_set_errno(error, errno, "%s: %s", path,
		    g_strerror(errno));
		return (NULL);
	}
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		problem_set(error, "%s: is a directory", path);
		close(fd);
		return (NULL);
	}
	taken_note(fd);
	return (input_begin(input_new(path, fd), error));
}

struct input *
input_open_stdin(GError **error)
{
	struct input *in;

	in = input_new("standard input", STDIN_FILENO);
	in->borrowed = true;
	taken_note(STDIN_FILENO);
	return (input_begin(in, error));
}

struct input *
input_open_bytes(const char *path, const void *bytes, size_t len)
{
	struct input *in;

	in = input_new(path, -1);
	in->raw = bytes;
	in->end = len;
	in->eof = true;
	return (input_begin(in, NULL));
}

struct input *
input_open_text(const char *path, const char *text)
{

	return (input_open_bytes(path, text, strlen(text)));
}

void
input_close(struct input *in)
{

	if (in->state != INPUT_PLAIN)
		(void)inflateEnd(&in->z);
	if (in->fd != -1 && !in->borrowed)
		close(in->fd);
	g_free(in->buf);
	g_free(in->path);
	g_free(in);
}

const char *
input_path(const struct input *in)
{

	return (in->path);
}
