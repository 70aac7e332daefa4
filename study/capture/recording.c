/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Recordings that come instead of a capture; see recording.h.
 */

#include <string.h>

#include "models/net/net.h"
#include "study/capture/reader.h"
#include "study/capture/recording.h"
#include "study/scenario/addrs.h"

const struct capture_format capture_format_recording = {
	.name = "recording", .title = "a recording already"
};

bool
recording_is(const char *line)
{

	return (*line != '#' && strstr(line, "time_s") != NULL &&
	    (strstr(line, "faddr") != NULL || strstr(line, "laddr") != NULL ||
	    strstr(line, "duration_s") != NULL));
}

bool
recording_read(struct lines *in, const GByteArray *kept, GError **error)
{
	size_t len;
	char *text;

	do {
		if (!lines_next_raw(in, &text, &len, error))
			return (false);
	} while (len > 0 && kept->len <= RECORDING_MAX);
	if (len == 0)
		return (true);
	g_set_error(error, CAPTURE_ERROR, 0, "%s: is a recording of more than "
	    "2 GiB, which is too much at once", lines_path(in));
	return (false);
}

struct replay *
recording_check(const struct capture *c, bool skip, GError **error)
{

	return (replay_load_bytes(c->path, c->recording->data,
	    c->recording->len, skip, error));
}

/* ---- its lines --------------------------------------------------------- */

/* One behind the line that begins there, its end with it. */
static const char *
recording_line_end(const char *from, const char *end)
{
	const char *nl;

	nl = memchr(from, '\n', (size_t)(end - from));
	return (nl == NULL ? end : nl + 1);
}

static bool
recording_column(const char *name)
{
	static const char *const names[] = { "time_s", "laddr", "faddr",
	    "fport", "duration_s", "t_close_s", "lport", "bound", "state",
	    "closer", "dir", NULL };

	return (g_strv_contains(names, name));
}

static bool
recording_head_has_more(const char *from, const char *to)
{
	g_autofree char *line = g_strndup(from, (gsize)(to - from));
	g_auto(GStrv) names = g_strsplit(line, ",", -1);
	char *name;
	unsigned i;

	for (i = 0; names[i] != NULL; i++) {
		name = g_strstrip(names[i]);
		if (*name == '"') {
			name++;
			name[strcspn(name, "\"")] = '\0';
		}
		if (!recording_column(name))
			return (true);
	}
	return (false);
}

bool
recording_has_more(const struct capture *c)
{
	const char *end, *from, *to;
	bool head, more;

	from = (const char *)c->recording->data;
	end = from + c->recording->len;
	if (c->recording->len >= 3 && memcmp(from, "\xef\xbb\xbf", 3) == 0)
		from += 3;
	for (head = more = false; from < end && !more; from = to) {
		to = recording_line_end(from, end);
		if (*from == '#') {
			more = true;
		} else if (!head && (size_t)(to - from) >
		    strspn(from, " \t\r\n")) {
			head = true;
			more = recording_head_has_more(from, to);
		}
	}
	return (more);
}

/* ---- its addresses ----------------------------------------------------- */

/*
 * Four numbers with points between: how many bytes they are, 0 if there are
 * none.
 */
static size_t
recording_quad(const char *from, const char *end)
{
	const char *p;
	unsigned digits, part;

	for (p = from, part = 0; part < 4; part++) {
		if (part > 0 && (p == end || *p++ != '.'))
			return (0);
		for (digits = 0; p < end && g_ascii_isdigit(*p); digits++)
			p++;
		if (digits < 1 || digits > 3)
			return (0);
	}
	return ((size_t)(p - from));
}

static void
recording_write_quad(const char *quad, size_t len, struct anonymise *a,
    FILE *f)
{
	char text[16];
	uint32_t addr;

	memcpy(text, quad, len);
	text[len] = '\0';
	if (net_addr_parse(text, &addr) && addrs_is_host(addr))
		fputs(net_addr_format(anonymise_addr(a, addr), text), f);
	else
		fwrite(quad, 1, len, f);
}

static void
recording_write_line(const char *from, const char *end, struct anonymise *a,
    FILE *f)
{
	size_t len;

	for (; from < end; from += len) {
		if (!g_ascii_isdigit(*from)) {
			len = 1;
			fputc(*from, f);
			continue;
		}
		len = recording_quad(from, end);
		if (len > 0) {
			recording_write_quad(from, len, a, f);
			continue;
		}
		/* The end of a number that is none begins none. */
		do
			fputc(from[len++], f);
		while (from + len < end && g_ascii_isdigit(from[len]));
	}
}

void
recording_write(const struct capture *c, const struct replay *rp,
    struct anonymise *a, FILE *f)
{
	const char *end, *from, *to;
	uint64_t line;
	guint bad;

	from = (const char *)c->recording->data;
	end = from + c->recording->len;
	for (line = 1, bad = 0; from < end; from = to, line++) {
		to = recording_line_end(from, end);
		if (bad < rp->skipped_lines->len && line ==
		    g_array_index(rp->skipped_lines, uint64_t, bad))
			bad++;
		else
			recording_write_line(from, to, a, f);
	}
}
