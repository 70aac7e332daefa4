/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * JSON (RFC 8259), value by value: whoever writes some, writes it through here.
 *
 * Theory:	commas, escapes and ends are this file's; what is to stand
 *		where is the caller's, and a value without its key, a key in a
 *		list or an end too many is a KASSERT.  Nothing is kept but how
 *		deep it is: whoever has much to write empties `out' into a file
 *		whenever he likes.
 * Not here:	reading, and a tree in memory.
 */

#ifndef STUDY_TEXT_JSON_H
#define	STUDY_TEXT_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

#define	JSON_MAXDEPTH	8

/* All members side by side, or each on a line of its own. */
enum json_look {
	JSON_TIGHT,
	JSON_LINES
};

struct json {
	GString		*out;		/* borrowed */
	enum json_look	look;
	bool		first;		/* the innermost is empty as yet */
	bool		keyed;		/* a key has no value yet */
	bool		line;		/* json_line() was said */
	unsigned	depth;
	char		ends[JSON_MAXDEPTH];	/* ends[depth]: } or ] */
};

void	json_init(struct json *, GString *out, enum json_look);
/*
 * The same for what goes on in a list that another writer began, and has put
 * something into: all values come with a comma before them.
 */
void	json_init_inside(struct json *, GString *out, enum json_look);
/* KASSERTs that all that was begun has ended. */
void	json_fini(struct json *);

/* The next value, key or end begins a line. */
void	json_line(struct json *);

void	json_object(struct json *);
void	json_list(struct json *);
void	json_end(struct json *);	/* of the innermost of these */

/* Of the value that follows, which an object must have. */
void	json_key(struct json *, const char *key);

/* NULL is null; bytes that are no UTF-8 become U+FFFD. */
void	json_text(struct json *, const char *text);
void	json_bool(struct json *, bool);
/*
 * A whole number.  Whoever reads it may have no more than 53 bits for one: what
 * may be longer, such as a seed, is better a text.
 */
void	json_count(struct json *, uint64_t);
/*
 * So that one may calculate with it: whole numbers whole, others with up to 15
 * digits, as many as are sure to mean something; null if it is not finite.
 */
void	json_double(struct json *, double);
/* A number in the caller's own digits. */
void	json_number(struct json *, const char *fmt, ...) G_GNUC_PRINTF(2, 3);

/* A key and its value. */
void	json_member_text(struct json *, const char *key, const char *text);
void	json_member_count(struct json *, const char *key, uint64_t);
void	json_member_double(struct json *, const char *key, double);

#endif /* !STUDY_TEXT_JSON_H */
