/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a capture does not say, settled for all formats alike.
 *
 * Theory:	Ours.  Who looks at a machine's own sockets knows which end is
 *		its own; who looks at packets does not.  Then --local says it,
 *		or else the capture itself where it says of some addresses that
 *		they are local.  Where neither does, the capture is refused,
 *		with the addresses in it: it is never guessed.  Of a connection
 *		between two addresses of ours the opener's end is taken.
 *
 *		Ends.  Where only the other side has closed yet, the connection
 *		is open.  One that came from outside and was refused was never
 *		there.
 *
 *		Bound.  Few formats say whether the program had.  An unbound
 *		connect() always gets the address of the route, so connections
 *		from the local address that is used most count as unbound, and
 *		those from others as bound, unless --bound says otherwise.
 */

#ifndef STUDY_CAPTURE_SETTLE_H
#define	STUDY_CAPTURE_SETTLE_H

#include <stdbool.h>

#include <glib.h>

#include "study/capture/capture.h"

/*
 * Choose, decide, sort by time.
 *
 * skip		bad lines are to be left out
 *
 * Errors:	bad lines; nobody says who is local (local_hint is set); nothing
 *		is left; more than 50 days.
 */
bool	capture_settle(struct capture *, bool skip, GError **);

#endif /* !STUDY_CAPTURE_SETTLE_H */
