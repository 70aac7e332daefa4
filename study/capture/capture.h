/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Captures: what other programs recorded of TCP connections, made into a
 * recording that `load = replay' reads.
 *
 * Theory:	a reader a format (study/capture/reader.h) turns lines into
 *		connections, as far as the format knows them.  What it does not
 *		say is settled afterwards, for all formats alike
 *		(study/capture/settle.h): which end is this machine's, how it
 *		ended as seen from there, whether a program had bound.
 *
 *		A line is good and gives something; or it is of no use, and
 *		counted by what it is; or it is bad, and told with its number.
 *		Nothing is passed over in silence.
 */

#ifndef STUDY_CAPTURE_CAPTURE_H
#define	STUDY_CAPTURE_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "sim/time.h"

#define	CAPTURE_ERROR	g_quark_from_static_string("pcbsim-capture")

/*
 * A SYN that nobody answers holds its port for net.inet.tcp.keepinit, unless
 * the program gives up before.
 */
#define	CAPTURE_UNANSWERED	(75 * SIM_S)

/* The ends of a connection. */
enum capture_side {
	CAPTURE_OPENER,		/* who sent the first SYN */
	CAPTURE_PEER
};

#define	CAPTURE_SIDE(s)		(1u << (s))

enum capture_end {
	CAPTURE_END_UNSAID,	/* it closed; who did first is not known */
	CAPTURE_END_CLOSED,	/* the closer did first, then the other */
	CAPTURE_END_HALF,	/* the closer did, the other did not yet */
	CAPTURE_END_RESET,
	CAPTURE_END_REFUSED,	/* never established */
	CAPTURE_END_OPEN	/* not seen to close */
};

enum capture_bound {
	CAPTURE_BOUND_UNKNOWN,
	CAPTURE_BOUND_NO,
	CAPTURE_BOUND_YES
};

/* What to do where a format does not say. */
enum capture_guess {
	CAPTURE_GUESS,		/* see study/capture/settle.h */
	CAPTURE_ALL_BOUND,
	CAPTURE_NONE_BOUND
};

/* Times are ps since an origin of the capture's own. */
struct capture_conn {
	int64_t		open;
	int64_t		close;		/* not of CAPTURE_END_OPEN */
	uint64_t	line;		/* breaks ties */
	/* [enum capture_side] */
	uint32_t	addr[2];	/* network order; 0: not known */
	uint16_t	port[2];	/* 0: not known */
	uint8_t		end;		/* enum capture_end */
	uint8_t		closer;		/* enum capture_side */
	uint8_t		bound;		/* enum capture_bound */
	uint8_t		said;		/* set of sides said to be ours */
	bool		sure;		/* by somebody who knows */
	uint8_t		ours;		/* a side; of settled ones */
};

/* What a line is that gives no connection. */
enum capture_left {
	CAPTURE_IPV6,
	CAPTURE_NOT_TCP,
	CAPTURE_ELSEWHERE,	/* neither end is ours */
	CAPTURE_NOT_OPENED,	/* its opening was not seen */
	CAPTURE_LISTENING,
	CAPTURE_NO_PEER,
	CAPTURE_HALF_OPEN,	/* somebody else's SYN waits */
	CAPTURE_OTHER_END,	/* of a connection of this machine to itself */
	CAPTURE_TRANSLATED,	/* by a NAT */
	CAPTURE_NO_UPSTREAM,	/* of a request that needed none */
	CAPTURE_UNIX_SOCKET,
	CAPTURE_NO_ADDRESS,	/* the log has a name in its place */
	CAPTURE_DETAIL,		/* a line that says more of the one above */
	CAPTURE_TWICE,		/* the same record again */
	CAPTURE_OTHER,		/* a record of another kind */
	CAPTURE_NLEFT
};

/* "IPv6", "not TCP", ... */
const char *capture_left_name(enum capture_left);

struct capture {
	const char	*path;		/* for messages */
	uint64_t	origin_s;	/* of times; UINT64_MAX: none yet */
	int64_t		latest;		/* time seen, ps */
	/* How to read. */
	GArray		*locals;	/* struct locals_range; or empty */
	GArray		*listening;	/* uint16_t: told to be listened on */
	GHashTable	*servers;	/* name -> "ADDRESS:PORT", as told */
	enum capture_guess guess;
	/* What was read. */
	const char	*system;	/* that it is of, as uname -s calls it;
					   NULL: its form does not say */
	GArray		*conns;		/* struct capture_conn */
	GHashTable	*named;		/* a record's name -> index in conns */
	uint64_t	line;		/* the present one */
	uint64_t	left[CAPTURE_NLEFT];
	uint64_t	nbad;
	GString		*bad;		/* the first 20 of them */
	GString		*notes;		/* what to tell, a line each */
	/* Not a capture: a recording already, its text; see recording.h. */
	GByteArray	*recording;
	/* Settled, and refused for want of --local: what might be meant. */
	char		*local_hint;
};

void	capture_init(struct capture *);
void	capture_fini(struct capture *);

/* ---- for readers ------------------------------------------------------- */

/* The present line is bad (returns false), or of no use (returns true). */
bool	capture_bad(struct capture *, const char *what, const char *value);
bool	capture_leave(struct capture *, enum capture_left);
/* Something is worth a word, with the line or of the whole; once each. */
void	capture_note(struct capture *, const char *text);
void	capture_remark(struct capture *, const char *text);
/* Returns its index in conns. */
guint	capture_add(struct capture *, const struct capture_conn *);
/*
 * The same if the record, which has that name (NULL: none), was not there
 * before.  Logs that were put together may have it twice; one name with other
 * times is told of again while it goes on, and stays.  Returns true.
 */
bool	capture_add_once(struct capture *, const char *name,
	    const struct capture_conn *);
struct capture_conn *capture_conn_at(struct capture *, guint idx);

/*
 * Fields; false: capture_bad() was said.  A time is anything that
 * study/capture/when.h knows, a duration is in seconds.
 */
bool	capture_time(struct capture *, const char *text, int64_t *ps);
bool	capture_duration(struct capture *, const char *text, int64_t *ps);
bool	capture_port(struct capture *, const char *text, uint16_t *port);
/* A time that is known already, as when_parse() gives it. */
bool	capture_time_at(struct capture *, const char *text, uint64_t s,
	    int64_t *ps);

/* Does the text look like an IPv6 address that is none of IPv4's in it? */
bool	capture_is_ipv6(const char *text);

enum capture_got {
	CAPTURE_GOT,
	CAPTURE_LEFT,		/* IPv6: was counted */
	CAPTURE_BAD		/* capture_bad() was said */
};

/*
 * Both ends of a connection.  An address may stand in brackets, have a zone
 * (%eth0), or be IPv4 in IPv6 (::ffff:192.0.2.1).
 *
 * addr, port	[enum capture_side]; a port that is NULL is not known
 */
enum capture_got capture_ends(struct capture *, struct capture_conn *,
	    const char *const addr[2], const char *const port[2]);

/*
 * The peer's end alone, as the log of a proxy has it: who opened is this
 * machine, from an address that is not known.  A name that the user was asked
 * for is the address that he told.
 *
 * port		NULL: the name stands for it, too; or it is not known, and the
 *		connection is left out as CAPTURE_NO_ADDRESS
 */
enum capture_got capture_upstream(struct capture *, struct capture_conn *,
	    const char *addr, const char *port);

/*
 * Split "192.0.2.1:80", "[::1]:80", "192.0.2.1.80" at its last `mark', in
 * place.  False: there is none.
 */
bool	capture_split(char *text, char mark, char **addr, char **port);

#endif /* !STUDY_CAPTURE_CAPTURE_H */
