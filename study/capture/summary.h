/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A packet in the one line that tshark prints of it by itself, and Wireshark
 * exports as text:
 *
 *	  1 0.000000 192.0.2.10 -> 198.51.100.33 TCP 74 46378 -> 80 [SYN] Seq=0
 */

#ifndef STUDY_CAPTURE_SUMMARY_H
#define	STUDY_CAPTURE_SUMMARY_H

#include <stdbool.h>

struct summary {
	char		**words;	/* that the rest points into */
	char		*time;
	char		*addr[2], *port[2];	/* from, to */
	char		*flags;		/* "[SYN, ACK] Seq=..." */
};

/* Does the line look like one, of whatever protocol? */
bool	summary_is(const char *line);

/* False if it is no packet of TCP; else call summary_fini() afterwards. */
bool	summary_parse(struct summary *, const char *line);
void	summary_fini(struct summary *);

#endif /* !STUDY_CAPTURE_SUMMARY_H */
