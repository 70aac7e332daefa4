/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A row of a run as a line; see rows_line.h.
 */

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <zlib.h>

#include "study/sweep/rows_line.h"

#define	ROWS_FIRST	1024		/* bytes read of a row, at first */
#define	ROWS_CHECKLEN	(ROWS_BEFORE - ROWS_IDLEN - 2)

/* Digits as they are written: small letters only. */
static bool
hex_read(const char *text, unsigned n, uint64_t *value)
{
	unsigned i;

	*value = 0;
	for (i = 0; i < n; i++) {
		if (!g_ascii_isxdigit(text[i]) || g_ascii_isupper(text[i]))
			return (false);
		*value = *value << 4 | (unsigned)g_ascii_xdigit_value(text[i]);
	}
	return (true);
}

static uint32_t
line_check(const char *id, const char *row, size_t len)
{
	uLong sum;

	sum = crc32(0, (const Bytef *)id, ROWS_IDLEN);
	sum = crc32(sum, (const Bytef *)" ", 1);
	return ((uint32_t)crc32(sum, (const Bytef *)row, (uInt)len));
}

bool
rows_line_id(const char *text, uint64_t *id)
{

	return (hex_read(text, ROWS_IDLEN, id));
}

enum rows_state
rows_line_read(const char *line, size_t len, uint64_t *id)
{
	const char *row;
	uint64_t check;
	size_t n;

	if (len < ROWS_IDLEN + 1 || line[ROWS_IDLEN] != ' ' ||
	    !hex_read(line, ROWS_IDLEN, id))
		return (ROWS_NONE);
	if (len <= ROWS_BEFORE || line[ROWS_BEFORE - 1] != ' ' ||
	    !hex_read(line + ROWS_IDLEN + 1, ROWS_CHECKLEN, &check))
		return (ROWS_DAMAGED);
	row = line + ROWS_BEFORE;
	n = len - ROWS_BEFORE;
	return (memchr(row, '\0', n) == NULL &&
	    line_check(line, row, n) == check ? ROWS_THERE : ROWS_DAMAGED);
}

char *
rows_line_text(const char *id, const char *row)
{

	return (g_strdup_printf("%.*s %08x %s\n", ROWS_IDLEN, id,
	    line_check(id, row, strlen(row)), row));
}

char *
rows_line_at(int fd, off_t offset, size_t *len)
{
	char *end, *line;
	size_t have, size;
	ssize_t n;

	line = NULL;
	have = 0;
	for (size = ROWS_FIRST; size <= 2 * ROWS_MAXLINE; size *= 2) {
		line = g_realloc(line, size);
		while (have < size && (n = pread(fd, line + have, size - have,
		    offset + (off_t)have)) != 0) {
			if (n < 0 && errno != EINTR) {
				g_free(line);
				return (NULL);
			}
			have += n > 0 ? (size_t)n : 0;
			end = memchr(line, '\n', have);
			if (end != NULL) {
				*len = (size_t)(end - line);
				return (line);
			}
		}
		if (have < size)
			break;
	}
	g_free(line);
	errno = 0;
	return (NULL);
}
