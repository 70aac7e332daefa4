/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Connections out of packets, whoever printed them.
 *
 * Theory:	a SYN without ACK opens; a SYN with ACK shows that the peer
 *		answered, and who opened where the first SYN was not seen.  Who
 *		sends the first FIN closes; it ends with the other side's FIN,
 *		or with a RST unless both FINs were there before.  A RST in
 *		place of an answer refuses.  A SYN that was sent again is one
 *		connection; one between the same ports after the end of a
 *		connection is another.
 *
 *		No answer at all, in a capture that shows answers and goes on
 *		for CAPTURE_UNANSWERED: nobody was there.
 */

#ifndef STUDY_CAPTURE_PACKETS_H
#define	STUDY_CAPTURE_PACKETS_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

#include "study/capture/capture.h"

struct packet {
	const char	*stream;	/* its number, NULL: none */
	int64_t		when;
	uint32_t	addr[2];	/* from, to */
	uint16_t	port[2];
	bool		syn, ack, fin, rst;
};

struct packets;

struct packets *packets_new(void);
void	packets_free(struct packets *);

void	packets_see(struct packets *, struct capture *, const struct packet *);

/* There are no more: say how each connection ended. */
void	packets_end(struct packets *, struct capture *);

#endif /* !STUDY_CAPTURE_PACKETS_H */
