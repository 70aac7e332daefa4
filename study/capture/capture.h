/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Captures: what other programs recorded of TCP connections, made into a
 * recording that `load = replay' reads.
 *
 * Theory:	a reader a format turns lines into connections; what is common
 *		is here: which of them are ours, whether a program had bound
 *		its address, the order of times, bad lines.
 *
 *		Few formats say whether the program had bound.  An unbound
 *		connect always gets the address of the route, so where it is
 *		not said, connections from the local address used most towards
 *		a destination count as unbound, those from others as bound.
 */

#ifndef STUDY_CAPTURE_CAPTURE_H
#define	STUDY_CAPTURE_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <glib.h>

#include "sim/time.h"

#define	CAPTURE_ERROR	g_quark_from_static_string("pcbsim-capture")

enum capture_bound {
	CAPTURE_BOUND_UNKNOWN,
	CAPTURE_BOUND_NO,
	CAPTURE_BOUND_YES
};

/* Times are ps since an origin of the capture's own. */
struct capture_conn {
	int64_t		open;
	int64_t		close;		/* SIM_NEVER: still open */
	uint64_t	line;		/* breaks ties */
	uint32_t	laddr, faddr;	/* network order */
	uint16_t	lport, fport;	/* lport 0: not known */
	uint8_t		bound;		/* enum capture_bound */
};

/* What to do where a format does not say. */
enum capture_guess {
	CAPTURE_GUESS,		/* by the most used address, see above */
	CAPTURE_ALL_BOUND,
	CAPTURE_NONE_BOUND
};

struct capture {
	const char	*path;		/* for messages */
	uint64_t	origin_s;	/* of times; UINT64_MAX: none yet */
	/* How to read. */
	GArray		*locals;	/* uint32_t; empty: not told */
	enum capture_guess guess;
	/* What was read. */
	GArray		*conns;		/* struct capture_conn */
	uint64_t	line;		/* the present one */
	uint64_t	ignored;	/* good lines of no use: UDP, inbound */
	uint64_t	nbad;
	GString		*bad;		/* the first 20 of them */
	GString		*notes;		/* what to tell, a line each */
};

/* A reader: all connections of the text into the capture. */
struct capture_format {
	const char	*name;		/* "zeek" */
	const char	*title;		/* where such a file comes from */
	/*
	 * The next line, without its end; return false for one that is bad,
	 * after capture_bad().  Required.
	 */
	bool		(*line)(struct capture *, void *state, char *text);
	/* The text is over.  NULL: nothing to do. */
	void		(*end)(struct capture *, void *state);
	void		*(*state_new)(void);	/* NULL: no state */
	void		(*state_free)(void *);
};

/* Ends with NULL. */
extern const struct capture_format *const capture_formats[];

/* NULL if there is none of that name. */
const struct capture_format *capture_format_find(const char *name);

void	capture_init(struct capture *);
void	capture_fini(struct capture *);

/* Read a file; "-" is standard input; compressed or not. */
bool	capture_read(struct capture *, const struct capture_format *,
	    const char *path, GError **);

/* For readers: the present line is bad, or of no use, or worth a word. */
bool	capture_bad(struct capture *, const char *what, const char *value);
bool	capture_ignore(struct capture *);
void	capture_note(struct capture *, const char *text);
void	capture_add(struct capture *, const struct capture_conn *);

/*
 * For readers: fields; times and durations in seconds.  False: capture_bad()
 * was said.
 */
bool	capture_time(struct capture *, const char *text, int64_t *ps);
bool	capture_duration(struct capture *, const char *text, int64_t *ps);
bool	capture_addr(struct capture *, const char *text, uint32_t *addr);
bool	capture_port(struct capture *, const char *text, uint16_t *port);
/* Is it one of the local addresses?  True if none was told. */
bool	capture_is_local(const struct capture *, uint32_t addr);

/*
 * Sort, choose, decide what is not said.  False where nothing is left, or bad
 * lines are not to be skipped.
 */
bool	capture_finish(struct capture *, bool skip, GError **);

/* The recording: a CSV with header, times from 0. */
void	capture_write(const struct capture *, FILE *);

#endif /* !STUDY_CAPTURE_CAPTURE_H */
