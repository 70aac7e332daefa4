/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Connections out of what a machine says of its sockets, once or again and
 * again.
 *
 * Theory:	one sample is a population: all are open from the start, those
 *		in TIME_WAIT end at once.  Of several, each after its time, a
 *		connection opens at the first that shows it and ends at the
 *		first that does not, or that shows it in TIME_WAIT: so times
 *		are as good as the distance of samples, and who lived shorter
 *		and closed remotely is lost.
 *
 *		Who closed: in TIME_WAIT, FIN_WAIT or CLOSING we did first, in
 *		CLOSE_WAIT or LAST_ACK the peer.  What went from ESTABLISHED to
 *		nothing had no TIME_WAIT here, if samples show those and are
 *		nearer than one lasts: the peer closed, too.  What never got
 *		beyond SYN_SENT was refused.
 *
 *		Who opened: a connection at a port that somebody listens on
 *		came from outside.
 */

#ifndef STUDY_CAPTURE_SAMPLES_H
#define	STUDY_CAPTURE_SAMPLES_H

#include <stdbool.h>

#include <glib.h>

#include "study/capture/capture.h"

enum sample_state {
	SAMPLE_UNSAID,		/* listens without a peer, else established */
	SAMPLE_ESTABLISHED,
	SAMPLE_SYN_SENT,
	SAMPLE_SYN_RCVD,
	SAMPLE_FIN_WAIT,	/* we closed */
	SAMPLE_CLOSE_WAIT,	/* the peer closed */
	SAMPLE_TIME_WAIT,
	SAMPLE_GONE,		/* without a process; who closed is not known */
	SAMPLE_RESET,
	SAMPLE_LISTEN,
	SAMPLE_CLOSED
};

/* A socket of a sample.  The texts are the caller's, to be changed. */
struct sample_socket {
	enum sample_state state;
	/* Ours, then the peer's; "*" where there is none. */
	char		*addr[2], *port[2];
	/* Who opened is known, the first of them; but not which is ours. */
	bool		oriented;
};

struct samples;

struct samples *samples_new(void);
void	samples_free(struct samples *);

/*
 * Is the line a time (and what decorates it)?  Then it begins a sample.
 *
 * Returns:	true if it was one, even if a bad one.
 */
bool	samples_time(struct samples *, struct capture *, const char *text);

/* Names of columns: another sample if there was a first, which needs a time. */
void	samples_header(struct samples *);

/* A socket may stand in a sample several times, once a process that has it. */
void	samples_share(struct samples *);

/* A socket; false: capture_bad() was said. */
bool	samples_socket(struct samples *, struct capture *,
	    struct sample_socket *);

/* A line that gives no socket, counted once however many samples have it. */
bool	samples_leave(struct samples *, struct capture *, enum capture_left,
	    const char *text);

/* Somebody listens there, says another list. */
void	samples_listen(struct samples *, const char *addr, const char *port);

void	samples_end(struct samples *, struct capture *);

/*
 * SAMPLE_ESTABLISHED and so on of "ESTAB", "ESTABLISHED", "TIME-WAIT",
 * "TIME_WAIT", "SYN_RECV"; false if it is none.
 */
bool	samples_state(const char *text, enum sample_state *);

/* Is it a name of a TCP socket's protocol in FreeBSD's tools: tcp4, tcp46? */
bool	samples_is_tcp(const char *text);

#endif /* !STUDY_CAPTURE_SAMPLES_H */
